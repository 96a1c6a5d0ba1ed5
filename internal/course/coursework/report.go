package coursework

import (
	"slices"
	"strings"

	"httpscope/internal/texts"
	"httpscope/internal/visible"
)

// Verdict is what came of an answer.
type Verdict string

// Verdicts. A person's is an answer that no program can mark; an unread one is an answer that this program cannot read
// as what the question asks for, and so is a person's too.
const (
	Right   Verdict = "right"
	Partly  Verdict = "partly"
	Wrong   Verdict = "wrong"
	Missing Verdict = "missing"
	Unread  Verdict = "unread"
	Person  Verdict = "person"
)

// Report is one submission, marked, in words of one language. Points that are left to a person are in Open, and neither
// in Score nor in Max.
type Report struct {
	Lang       texts.Lang `json:"-"`
	Assignment string     `json:"assignment"` // its ID
	Title      string     `json:"title"`
	Student    string     `json:"student,omitempty"`
	Score      float64    `json:"score"`
	Max        float64    `json:"max"`
	Open       float64    `json:"open"`
	Questions  []Marked   `json:"questions"`
	Remarks    []Remark   `json:"remarks,omitempty"` // about the capture and the sheet
	Problem    string     `json:"problem,omitempty"` // why nothing could be marked
}

// Marked is one question with its answer.
type Marked struct {
	ID       string   `json:"id"`
	Kind     string   `json:"kind"`
	Prompt   string   `json:"prompt"`
	Verdict  Verdict  `json:"verdict"`
	Points   float64  `json:"points"`
	Max      float64  `json:"max"`
	Open     float64  `json:"open,omitempty"`          // of Max: points that a person gives
	Given    string   `json:"given"`                   // as the student wrote it
	ReadAs   *string  `json:"read_as"`                 // what was marked of it; nil where nothing was
	Form     string   `json:"expected_form,omitempty"` // of an unread one: what it should be, such as "a number"
	Expected string   `json:"expected,omitempty"`      // with feedback full only
	Feedback []string `json:"feedback,omitempty"`      // sentences for the student
	Hints    []string `json:"hints,omitempty"`         // where to look, without the answer
	Tags     []string `json:"tags,omitempty"`          // codes of misconceptions
	Cells    []Cell   `json:"cells,omitempty"`         // of tables and answers of several parts
	Proof    []Proof  `json:"proof,omitempty"`         // with feedback full only
}

// Cell is one cell of a table, or one part of an answer.
type Cell struct {
	Row      int     `json:"row"` // of the student's table, from 1; 0 for a row that is missing
	Column   string  `json:"column"`
	Given    string  `json:"given"`
	Expected string  `json:"expected,omitempty"` // with feedback full only
	Verdict  Verdict `json:"verdict"`
	Tag      string  `json:"tag,omitempty"`
	Comment  string  `json:"comment,omitempty"`
}

// Proof is a packet that shows what is right.
type Proof struct {
	Frame int64  `json:"frame"`
	Text  string `json:"text"` // what stands in it
}

// Words is the language of the report.
func (r *Report) Words() texts.Catalogue { return texts.In(r.Lang) }

// Override gives an answer the points that a teacher says, with a comment or "". The error says that there is no such
// question, or that it does not have the points.
func (r *Report) Override(question string, points float64, comment string) error {
	i := slices.IndexFunc(r.Questions, func(m Marked) bool { return strings.EqualFold(m.ID, question) })
	if i < 0 {
		return texts.Errorf("coursework.override-question", visible.Line(question))
	}
	m := &r.Questions[i]
	if !(0 <= points && points <= m.Max) {
		return texts.Errorf("coursework.override-points", points, m.ID, m.Max)
	}
	r.Open, r.Score, r.Max = rounded(r.Open-m.Open), rounded(r.Score-m.Points+points), rounded(r.Max+m.Open)
	m.Points, m.Open, m.Form, m.Verdict = points, 0, "", Partly
	switch points {
	case m.Max:
		m.Verdict = Right
	case 0:
		m.Verdict = Wrong
	}
	said := texts.Say("coursework.overridden", points)
	if comment != "" {
		said = texts.Say("coursework.overridden-comment", points, visible.Line(comment))
	}
	m.Feedback = append(m.Feedback, r.Words().Of(said))
	return nil
}

// AllRight reports that every answer that no person marks has all its points.
func (r *Report) AllRight() bool {
	unread := func(m Marked) bool { return m.Verdict == Unread }
	return r.Score >= r.Max && r.Problem == "" && !slices.ContainsFunc(r.Questions, unread)
}

// remark adds a remark.
func (r *Report) remark(code, severity string, text texts.Phrase) {
	r.Remarks = append(r.Remarks, Remark{code, severity, r.Words().Of(text)})
}

// ColumnName is the column of a cell in a language: of a table of connections the name there, else as it is.
func ColumnName(words texts.Catalogue, column string) string {
	key := "coursework.column." + strings.ReplaceAll(column, " ", "-")
	if !words.Has(key) {
		return column
	}
	return words.Phrase(key)
}

// ColumnNames are the names of columns, as a parameter of a phrase.
func ColumnNames(words texts.Catalogue, columns []string) texts.List {
	var names []string
	for _, c := range columns {
		names = append(names, ColumnName(words, c))
	}
	return texts.ListOf("", names)
}

// Remark is something odd about a capture or a sheet, for the teacher.
type Remark struct {
	Code     string `json:"code"`
	Severity string `json:"severity"` // note or warning
	Text     string `json:"text"`
}
