package gradebook

import (
	"fmt"
	"html/template"
	"strings"

	"httpscope/internal/course/coursework"
	"httpscope/internal/texts"
	"httpscope/internal/visible"
)

// overview is what the page shows, in words: every text is visible, every number written.
type overview struct {
	Lang       string
	Policy     string
	Style      template.CSS
	Title      string
	Assignment string
	Marked     string
	Facts      []fact
	ChartLabel string
	Tails      string // the share of a class in its upper and in its lower group
	Bars       []bar
	Columns    []itemRow
	Rows       []studentRow
	Items      []itemRow
	Groups     []groupRow
}

type groupRow struct {
	Members []member
	Why     string
}

// member is a submission of a group; Number is its row, 0 when it is not in the class.
type member struct {
	Number int
	Name   string
}

type fact struct{ Name, Value string }

// bar is one column of the distribution, in the units of the drawing.
type bar struct {
	X, Y, Height, Middle, Above float64
	Count                       int
	Label                       string
}

type studentRow struct {
	Number            int // from 1, for links
	Name, Who         string
	Score, Max, Share string
	Problem           string
	Cells             []verdictCell
	Notes             []string
	Remarks           []coursework.Remark
	Answers           []answerRow
}

type verdictCell struct{ Class, Letter, Points string }

type answerRow struct {
	verdictCell
	Title, Text string
	Tags        []string
}

type itemRow struct {
	Number                                 int
	ID, Prompt, Points                     string
	Label                                  string
	Counts                                 []int // right, partly, wrong, missing
	Difficulty, Discrimination, UpperLower string
	Doubtful                               bool
	Stack                                  []part
	Wrong                                  []WrongAnswer
	Tags                                   []TagCount
}

// part of a bar of answers, in percent.
type part struct {
	Class    string
	X, Width float64
}

func (v voice) overview(c Class) overview {
	items, s := Statistics(c.Entries), Summarise(c.Entries)
	o := overview{
		Lang: string(v.Lang()), Title: firstOf(v.line(c.Title), v.line(c.Assignment), v.onPage("marks")),
		Assignment: v.line(c.Assignment),
		Marked:     c.Marked.Format(v.onPage("date")), Facts: v.facts(s), Bars: bars(s), ChartLabel: v.chartLabel(s),
		Tails: fmt.Sprintf("%.0f %%", 100*tails),
	}
	for i, item := range items {
		o.Items = append(o.Items, v.itemRow(i+1, item))
	}
	o.Columns = o.Items
	equal := equalTo(c.Groups)
	for i, e := range c.Entries {
		o.Rows = append(o.Rows, v.studentRow(i+1, e, items, equal[e.Submission]))
	}
	o.Groups = v.groupRows(c)
	return o
}

// groupRows links the members of groups to their rows.
func (v voice) groupRows(c Class) []groupRow {
	number := map[string]int{}
	for i, e := range c.Entries {
		number[e.Submission] = i + 1
	}
	var rows []groupRow
	for _, g := range c.Groups {
		row := groupRow{Why: v.text(g.Why)}
		for _, s := range g.Submissions {
			name := v.line(s)
			if n := number[s]; n > 0 && c.Entries[n-1].Student != nil {
				name = v.onPage("student-of", c.Entries[n-1].Student.name(), name)
			}
			row.Members = append(row.Members, member{number[s], name})
		}
		rows = append(rows, row)
	}
	return rows
}

func firstOf(words ...string) string {
	for _, w := range words {
		if strings.TrimSpace(w) != "" {
			return w
		}
	}
	return ""
}

func (v voice) facts(s Summary) []fact {
	list := []fact{
		{v.onPage("marked"), fmt.Sprint(s.Marked)}, {v.onPage("unmarked"), fmt.Sprint(s.Unmarked)},
		{v.onPage("possible"), number(s.Possible)},
	}
	for _, f := range []struct {
		key string
		x   *float64
	}{{"mean", s.Mean}, {"median", s.Median}, {"deviation", s.SD}, {"lowest", s.Min}, {"highest", s.Max},
		{"alpha", s.Alpha}} {
		list = append(list, fact{v.onPage(f.key), places(f.x)})
	}
	return list
}

// places writes two places, and a dash for what is not defined.
func places(x *float64) string {
	if x == nil {
		return "–"
	}
	return fmt.Sprintf("%.2f", finite(*x))
}

const (
	chartFloor  = 126.0
	chartHeight = 108.0
)

func bars(s Summary) []bar {
	most := 1
	for _, n := range s.Histogram {
		most = max(most, n)
	}
	var list []bar
	for i, n := range s.Histogram {
		x, h := float64(8+51*i), chartHeight*float64(n)/float64(most)
		list = append(list, bar{X: x, Y: chartFloor - h, Height: h, Middle: x + 22, Above: chartFloor - h - 4,
			Count: n, Label: tenth(i)})
	}
	return list
}

func tenth(i int) string {
	if i == 9 {
		return "90–100"
	}
	return fmt.Sprintf("%d–%d", 10*i, 10*i+9)
}

func (v voice) chartLabel(s Summary) string {
	var parts []string
	for i, n := range s.Histogram {
		if n > 0 {
			parts = append(parts, v.onPage("share", tenth(i), n))
		}
	}
	return v.onPage("distribution", texts.ListOf("", parts))
}

// cellGiven is what was given in a cell of a table of connections, with the column's name in the language of the page.
func (v voice) cellGiven(given string) string {
	column, value, is := strings.Cut(given, ": ")
	if !is {
		return given
	}
	return v.Phrase("gradebook.labelled", coursework.ColumnName(v.Catalogue, column), value)
}

func (v voice) itemRow(n int, item Item) itemRow {
	r := itemRow{
		Number: n, ID: item.ID, Points: v.points(item.Max),
		Prompt:     visible.Cut(visible.Line(strings.Join(strings.Fields(item.Prompt), " ")), 240),
		Counts:     []int{item.Right, item.Partly, item.Wrong, item.Missing},
		Difficulty: places(item.Difficulty), Discrimination: places(item.Discrimination),
		UpperLower: places(item.UpperLower),
		Doubtful:   item.Discrimination != nil && *item.Discrimination < 0, Tags: item.Tags,
	}
	for _, w := range item.WrongAnswers {
		if coursework.HasTable(item.Kind) {
			w.Given = v.cellGiven(w.Given)
		}
		r.Wrong = append(r.Wrong, w)
	}
	r.Label = v.onPage("counts", item.Right, item.Partly, item.Wrong, item.Missing)
	total, x := item.Answered+item.Missing, 0.0
	for _, p := range []struct {
		class string
		n     int
	}{{"r", item.Right}, {"p", item.Partly}, {"w", item.Wrong}, {"m", item.Missing}} {
		if p.n > 0 {
			width := 100 * float64(p.n) / float64(total)
			r.Stack = append(r.Stack, part{p.class, finite(x), finite(width)})
			x += width
		}
	}
	return r
}
