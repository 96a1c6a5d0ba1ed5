package sheet

import (
	"encoding/csv"
	"errors"
	"io"
	"strings"
)

// csv reads rows of `question,answer`. A row with more cells is a row of a
// table; the row before it whose first cell names no other question, or the
// first of the file, heads the table.
func (s *Sheet) csv(text string) error {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord, r.LazyQuotes, r.TrimLeadingSpace = separator(text), -1, true, true
	t := tables{sheet: s}
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return t.end()
		}
		line, _ := r.FieldPos(0)
		if err != nil {
			return wrong(line, "sheet.bad-row", err)
		}
		if err := t.row(cells, line); err != nil {
			return err
		}
	}
}

// separator is what parts the cells of the first line: a comma, a semicolon or
// a tab.
func separator(text string) rune {
	first, _, _ := strings.Cut(strings.TrimLeft(text, "\n"), "\n")
	best, most := ',', strings.Count(first, ",")
	for _, c := range []rune{';', '\t'} {
		if n := strings.Count(first, string(c)); n > most {
			best, most = c, n
		}
	}
	return best
}

// tables gathers rows into answers.
type tables struct {
	sheet  *Sheet
	header []string // of the table that is being read
	named  bool     // its first column names questions
	begun  bool
	last   *Answer // the table that is being read
}

// questionNames head a column that names questions.
var questionNames = []string{"question", "id", "no", "no.", "nr", "number", "题号", "问题", "编号", "题目"}

// answerNames head a column of answers.
var answerNames = []string{"answer", "answers", "your answer", "答案", "回答"}

func is(cell string, names []string) bool {
	cell = strings.ToLower(strings.Trim(cell, " *`_"))
	for _, n := range names {
		if cell == n {
			return true
		}
	}
	return false
}

// row takes the next row of a table or list.
func (t *tables) row(cells []string, line int) error {
	if len(cells) > maxCells {
		return wrong(line, "sheet.many-cells", maxCells)
	}
	for i := range cells {
		cells[i] = strings.TrimSpace(cells[i])
		if len(cells[i]) > maxText {
			return wrong(line, "sheet.long-cell", maxText>>10)
		}
	}
	switch {
	case blank(cells):
		return nil
	case !t.begun || headed(cells):
		t.begun = true
		if err := t.end(); err != nil {
			return err
		}
		if t.named = is(cells[0], questionNames); t.named || headed(cells) {
			t.header = cells
			return nil
		}
	}
	return t.data(cells, line)
}

// headed reports whether a row is the head of a table of connections, or of
// questions and answers.
func headed(cells []string) bool {
	words := 0
	for _, c := range cells {
		if c == "" || strings.ContainsAny(c, "0123456789") {
			return false
		}
		if Column(c) != "" || is(c, questionNames) || is(c, answerNames) {
			words++
		}
	}
	return words >= 2
}

func blank(cells []string) bool {
	for _, c := range cells {
		if strings.Trim(c, "-: ") != "" {
			return false
		}
	}
	return true
}

// data takes a row that is no head.
func (t *tables) data(cells []string, line int) error {
	named := t.named || t.header == nil && len(cells) == 2
	switch {
	case named && len(cells) <= 2 || named && blank(cells[2:]) && (len(t.header) <= 2 || is(t.header[1], answerNames)):
		if len(cells) < 2 {
			cells = append(cells, "")
		}
		if err := t.end(); err != nil {
			return err
		}
		return t.sheet.add(Answer{ID: cells[0], Text: cells[1], Line: line})
	case named:
		return t.add(cells[0], tail(t.header), cells[1:], line)
	}
	return t.add("", t.header, cells, line)
}

func tail(header []string) []string {
	if len(header) < 2 {
		return nil
	}
	return header[1:]
}

// add appends a row to the table of a question.
func (t *tables) add(id string, header, cells []string, line int) error {
	if t.last != nil && (t.last.ID == id || id == "") {
		t.last.Rows = append(t.last.Rows, cells)
		if len(t.last.Rows) > maxRows {
			return wrong(line, "sheet.many-rows", maxRows)
		}
		return nil
	}
	if err := t.flush(); err != nil {
		return err
	}
	t.last = &Answer{ID: id, Header: header, Rows: [][]string{cells}, Line: line}
	return nil
}

func (t *tables) flush() error {
	if t.last == nil {
		return nil
	}
	a := *t.last
	t.last = nil
	return t.sheet.add(a)
}

// end closes the table.
func (t *tables) end() error {
	t.header, t.named = nil, false
	return t.flush()
}
