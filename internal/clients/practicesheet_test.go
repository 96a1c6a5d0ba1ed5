//go:build clients && linux

package clients

import "strings"

// answer is what a student writes to a question. Its kind says how it can be
// wrong: table, number, packet, list, word, interface, choice, filter, free.
type answer struct {
	id, kind string
	text     string
	list     []string
	head     []string // of a table; nil: as the empty sheet has it
	rows     [][]string
}

// connectionColumns head the table of the empty sheet.
var connectionColumns = []string{"source ip", "source port", "destination ip", "destination port", "status"}

// line is the answer where it fits into a line.
func (a *answer) line() string {
	if a.list != nil {
		return strings.Join(a.list, ", ")
	}
	return a.text
}

func answerTo(sheet []answer, id string) *answer {
	for i := range sheet {
		if sheet[i].id == id {
			return &sheet[i]
		}
	}
	return nil
}

// fillIn writes a student's name and answers into an empty Markdown sheet, as a
// text editor does: behind "Answer:", and in place of the table's empty row.
func fillIn(blank, student string, sheet []answer) string {
	var b strings.Builder
	id := ""
	for line := range strings.Lines(blank) {
		if heading, is := strings.CutPrefix(line, "## "); is {
			id, _, _ = strings.Cut(heading, " ")
		}
		a := answerTo(sheet, id)
		switch {
		case strings.HasPrefix(line, "Student:"):
			line = "Student: " + student + "\n"
		case a == nil:
		case strings.HasPrefix(line, "Answer:") && a.rows == nil:
			line = "Answer: " + a.line() + "\n"
		case strings.HasPrefix(line, "| source ip") && a.head != nil:
			line = "| " + strings.Join(a.head, " | ") + " |\n"
		case strings.HasPrefix(line, "| | "):
			line = ""
			for _, row := range a.rows {
				line += "| " + strings.Join(row, " | ") + " |\n"
			}
		}
		b.WriteString(line)
	}
	return b.String()
}

// inCSV writes answers as a spreadsheet exports them.
func inCSV(_, _ string, sheet []answer) string {
	var b strings.Builder
	quoted := func(cells ...string) {
		for i, c := range cells {
			if strings.ContainsAny(c, "\",\n") {
				cells[i] = `"` + strings.ReplaceAll(c, `"`, `""`) + `"`
			}
		}
		b.WriteString(strings.Join(cells, ",") + "\r\n")
	}
	quoted("question", "answer")
	for _, a := range sheet {
		if a.rows == nil {
			quoted(a.id, a.line())
		}
	}
	for _, a := range sheet {
		if a.rows == nil {
			continue
		}
		quoted(append([]string{"question"}, a.columns()...)...)
		for _, row := range a.rows {
			quoted(append([]string{a.id}, row...)...)
		}
	}
	return b.String()
}

// inYAML writes answers as YAML by hand, with quotes where there is a sign in
// them that means something to YAML.
func inYAML(_, student string, sheet []answer) string {
	word := func(s string) string {
		if s == "" || s == "-" || strings.ContainsAny(s[:1], "\"'[{&*!|>%@`") || strings.Contains(s, ": ") || strings.Contains(s, " #") {
			return "'" + strings.ReplaceAll(s, "'", "''") + "'"
		}
		return s
	}
	var b strings.Builder
	b.WriteString("student: " + student + "\nanswers:\n")
	for _, a := range sheet {
		b.WriteString("  " + a.id + ": ")
		switch {
		case a.rows != nil:
			for _, row := range append([][]string{a.columns()}, a.rows...) {
				var cells []string
				for _, c := range row {
					cells = append(cells, word(c))
				}
				b.WriteString("\n    - [" + strings.Join(cells, ", ") + "]")
			}
		case a.list != nil:
			b.WriteString("[" + strings.Join(a.list, ", ") + "]")
		default:
			b.WriteString(word(a.text))
		}
		b.WriteString("\n")
	}
	return b.String()
}

func (a *answer) columns() []string {
	if a.head != nil {
		return a.head
	}
	return connectionColumns
}
