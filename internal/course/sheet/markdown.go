package sheet

import (
	"regexp"
	"strings"
)

// Lines of a Markdown sheet. A heading names a question by its first word; what
// follows a line that begins with "Answer:" up to the next heading is its answer.
// So is what stands after the name of a question at the beginning of a line, and
// below it: 3-1: lo, (3-1) lo, Q3: lo.
var (
	headingLine = regexp.MustCompile(
		`^#{1,6}\s+(?i:question|q|exercise|题|问题|第)?\s*([\p{L}\p{N}][\p{L}\p{N}._/–—-]*)(.*)$`)
	answerLine   = labelLine(`answer|ans|答案|答`)
	studentLine  = labelLine(`student(?: id)?|学号|学生`)
	labelledLine = regexp.MustCompile(`^[>\s]*(?:[-*+]\s+)?[*_]*(?:` +
		`[(（\[](\d{1,2}(?:[-–—]\d{1,2})+)[)）\]][*_]*\s*[:：.、]?` +
		`|(?i:question|exercise|practice|task|q|题|问题|第)?\s*(\d{1,2}(?:[-–—]\d{1,2})+)\s*题?[*_]*\s*[:：.)、]` +
		`|(?i:question|exercise|q)\s*(\d{1,2})[*_]*\s*[:：.)]` +
		`)[*_]*(?:\s+|$|([^\d\s].*))(.*)$`)
	tableLine = regexp.MustCompile(`^\s*\|.*\|\s*$`)
)

// labelLine is a line that begins with one of some words and a colon: the marks around the words, and what follows.
func labelLine(words string) *regexp.Regexp {
	return regexp.MustCompile(`^[>\s-]*(?:[*]\s+)?([*_]*)(?i:` + words + `)\s*([*_]*)\s*[:：]\s*(.*)$`)
}

// afterLabel is what follows the label of a line that was matched. Marks that close those before the label are not a
// part of it; others are: */* is an answer.
func afterLabel(m []string) string {
	text := m[3]
	if m[1] != "" && m[2] == "" {
		if rest, closed := strings.CutPrefix(text, m[1]); closed {
			text = rest
		} else {
			text = strings.TrimSuffix(text, m[1])
		}
	}
	return strings.TrimSpace(text)
}

// dashes are those that word processors make of a hyphen.
var dashes = strings.NewReplacer("–", "-", "—", "-")

// markdown reads a sheet, or a document with tables.
func (s *Sheet) markdown(text string) error {
	m := document{sheet: s, tables: tables{sheet: s}}
	line := 0
	for l := range strings.Lines(text) {
		line++
		if len(l) > maxText {
			return wrong(line, "sheet.long-line", maxText>>10)
		}
		if err := m.line(strings.TrimRight(l, "\n"), line); err != nil {
			return err
		}
	}
	return m.end()
}

// document is a Markdown sheet while it is read.
type document struct {
	sheet  *Sheet
	id     string // of the question whose heading came last
	at     int    // its line
	inside bool   // an answer has begun
	text   []string
	tables tables // outside of answers
	table  tables // within an answer
	fenced bool
}

func (m *document) line(l string, n int) error {
	trimmed := strings.TrimSpace(l)
	if strings.HasPrefix(trimmed, "```") || strings.HasPrefix(trimmed, "~~~") {
		m.fenced = !m.fenced
		return nil
	}
	if !m.fenced {
		if h := headingLine.FindStringSubmatch(l); h != nil {
			return m.heading(strings.TrimRight(dashes.Replace(h[1]), "._-"), n)
		}
		if q := labelledLine.FindStringSubmatch(l); q != nil {
			return m.labelled(q, n)
		}
		if a := answerLine.FindStringSubmatch(l); a != nil && m.id != "" && !m.inside {
			m.inside, m.text = true, append(m.text, afterLabel(a))
			return nil
		} else if p := studentLine.FindStringSubmatch(l); p != nil && m.sheet.Student == "" && !m.inside {
			m.sheet.Student = strings.Trim(afterLabel(p), " _*")
			return nil
		}
	}
	if tableLine.MatchString(l) && !m.fenced {
		return m.tableRow(l, n)
	}
	if m.inside && strings.TrimSpace(l) != "" {
		m.text = append(m.text, strings.TrimSpace(l))
	}
	return nil
}

// heading ends the answer before it.
func (m *document) heading(id string, n int) error {
	if err := m.finish(); err != nil {
		return err
	}
	m.id, m.at = id, n
	return nil
}

// labelled begins an answer that stands after the name of its question.
func (m *document) labelled(q []string, n int) error {
	if err := m.heading(dashes.Replace(q[1]+q[2]+q[3]), n); err != nil {
		return err
	}
	m.inside = true
	if text := strings.TrimSpace(q[4] + q[5]); text != "" {
		m.text = append(m.text, text)
	}
	return nil
}

// tableRow takes a line of a table: within an answer it is a part of it.
func (m *document) tableRow(l string, n int) error {
	cells := splitRow(l)
	if m.inside {
		if m.table.sheet == nil {
			m.table.sheet = &Sheet{}
		}
		return m.table.row(cells, n)
	}
	return m.tables.row(cells, n)
}

// splitRow parts the cells of | a | b |, in which \| is a bar.
func splitRow(l string) []string {
	l = strings.TrimSpace(l)
	l = strings.TrimSuffix(strings.TrimPrefix(l, "|"), "|")
	var cells []string
	var b strings.Builder
	for i := 0; i < len(l); i++ {
		switch {
		case l[i] == '\\' && i+1 < len(l) && l[i+1] == '|':
			i++
			b.WriteByte('|')
		case l[i] == '|':
			cells = append(cells, b.String())
			b.Reset()
		default:
			b.WriteByte(l[i])
		}
	}
	return append(cells, b.String())
}

// finish takes the answer that is being read into the sheet.
func (m *document) finish() error {
	defer func() { m.inside, m.text, m.table = false, nil, tables{} }()
	if !m.inside {
		return nil
	}
	a := Answer{ID: m.id, Text: unquoted(strings.TrimSpace(strings.Join(m.text, "\n"))), Line: m.at}
	if m.table.sheet != nil {
		if err := m.table.end(); err != nil {
			return err
		}
		for _, t := range m.table.sheet.Answers {
			a.Header, a.Rows = t.Header, append(a.Rows, t.Rows...)
			if len(t.Rows) == 0 && t.ID != "" {
				a.Rows = append(a.Rows, []string{t.ID, t.Text})
			}
		}
	}
	return m.sheet.add(a)
}

func (m *document) end() error {
	if err := m.finish(); err != nil {
		return err
	}
	return m.tables.end()
}

// unquoted takes away the marks that make code of a whole answer.
func unquoted(s string) string {
	for _, mark := range []string{"``", "`", "**"} {
		if len(s) > 2*len(mark) && strings.HasPrefix(s, mark) && strings.HasSuffix(s, mark) &&
			!strings.Contains(s[len(mark):len(s)-len(mark)], mark) {
			return strings.TrimSpace(s[len(mark) : len(s)-len(mark)])
		}
	}
	return s
}
