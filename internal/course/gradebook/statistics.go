package gradebook

import (
	"slices"

	"httpscope/internal/course/coursework"
)

// Item is one question over a class. Numbers that are not defined, such as a
// correlation with a constant, are nil.
type Item struct {
	ID     string  `json:"id"`
	Prompt string  `json:"prompt"`
	Kind   string  `json:"kind"`
	Max    float64 `json:"max"`

	// Right, Partly, Wrong and Missing add up to the submissions of which a program
	// marked this question; Answered is all of them but Missing.
	Answered int `json:"answered"`
	Right    int `json:"right"`
	Partly   int `json:"partly"`
	Wrong    int `json:"wrong"`
	Missing  int `json:"missing"`
	Person   int `json:"person"` // left to a person: in no number below
	Unread   int `json:"unread"` // could not be read, and so left to a person: likewise

	Mean *float64 `json:"mean"` // points, a missing answer counting as 0
	// Difficulty is mean/max: 1 is easy, 0 is hard (the p value of classical test theory).
	Difficulty *float64 `json:"difficulty"`
	// Discrimination is the correlation of the item's points with the rest score, the
	// points of all other items: corrected point-biserial, or Pearson's r with partial credit.
	Discrimination *float64 `json:"discrimination"`
	// UpperLower is the mean of the upper 27 % by total score less that of the lower
	// 27 %, as a share of max (Kelley, 1939).
	UpperLower *float64 `json:"upper_lower"`

	WrongAnswers []WrongAnswer `json:"wrong_answers"`
	Tags         []TagCount    `json:"tags"`
}

// Summary is the scores of a class, in points. Every number is about the
// submissions that could be marked; what is not defined for so few is nil.
type Summary struct {
	Marked   int      `json:"marked"`
	Unmarked int      `json:"unmarked"`
	Possible float64  `json:"possible"` // the largest maximum
	Mean     *float64 `json:"mean"`
	Median   *float64 `json:"median"`
	SD       *float64 `json:"sd"` // of a sample, over n-1
	Min      *float64 `json:"min"`
	Max      *float64 `json:"max"`
	// Alpha is Cronbach's (1951), over the questions that a program marked in every submission.
	Alpha *float64 `json:"alpha"`
	// Histogram counts scores by share of their maximum in tenths: 0 to under 10 %, …,
	// 90 to 100 %. A report without a maximum is in none.
	Histogram [10]int `json:"histogram"`
}

// Statistics computes the items of a class, in the order in which questions first
// appear. A question that a submission does not have counts as missing in it.
func Statistics(entries []Entry) []Item {
	m := newMatrix(entries)
	items := make([]Item, len(m.questions))
	for j, q := range m.questions {
		items[j] = Item{ID: importers.line(q.ID), Prompt: importers.text(q.Prompt), Kind: importers.line(q.Kind),
			Max: m.most(j)}
		m.count(j, &items[j])
		m.rate(j, &items[j])
		items[j].WrongAnswers, items[j].Tags = m.wrongAnswers(j), m.tags(j)
	}
	return items
}

// Summarise computes the scores of a class.
func Summarise(entries []Entry) Summary {
	s := Summary{Possible: possible(entries)}
	var scores []float64
	for _, e := range entries {
		if !e.marked() {
			s.Unmarked++
			continue
		}
		s.Marked++
		score, max := finite(e.Report.Score), finite(e.Report.Max)
		scores = append(scores, score)
		if max > 0 {
			s.Histogram[min(int(share(score, max)*10+1e-9), 9)]++ // 2.1 of 3 is 70 %, whatever binary says
		}
	}
	if len(scores) > 0 {
		slices.Sort(scores)
		s.Min, s.Max = &scores[0], &scores[len(scores)-1]
		s.Mean, s.Median, s.SD = defined(mean(scores), true), defined(median(scores), true), deviation(scores)
	}
	s.Alpha = newMatrix(entries).alpha()
	return s
}

// matrix is submissions that could be marked by questions.
type matrix struct {
	questions []coursework.Marked    // as they first appear
	cells     [][]*coursework.Marked // by submission and question; nil where there is none
}

func newMatrix(entries []Entry) matrix {
	var m matrix
	column := map[string]int{}
	for _, e := range entries {
		if !e.marked() {
			continue
		}
		row := make([]*coursework.Marked, len(m.questions))
		for i := range e.Report.Questions {
			q := &e.Report.Questions[i]
			j, known := column[q.ID]
			if !known {
				j = len(m.questions)
				column[q.ID] = j
				m.questions, row = append(m.questions, *q), append(row, nil)
			}
			row[j] = q
		}
		m.cells = append(m.cells, row)
	}
	return m
}

// at is the answer of submission i to question j, nil if it has none.
func (m matrix) at(i, j int) *coursework.Marked {
	if j < len(m.cells[i]) {
		return m.cells[i][j]
	}
	return nil
}

// points is what submission i has for question j; not when a person marks it.
func (m matrix) points(i, j int) (p float64, marked bool) {
	q := m.at(i, j)
	switch {
	case q == nil:
		return 0, true
	case q.Open > 0:
		return 0, false
	}
	return finite(q.Points), true
}

// rest is what submission i has for all questions but j.
func (m matrix) rest(i, j int) float64 {
	sum := 0.0
	for k := range m.questions {
		if p, marked := m.points(i, k); marked && k != j {
			sum += p
		}
	}
	return sum
}

func (m matrix) most(j int) float64 {
	most := 0.0
	for i := range m.cells {
		if q := m.at(i, j); q != nil {
			most = max(most, finite(q.Max))
		}
	}
	return most
}

func (m matrix) count(j int, item *Item) {
	for i := range m.cells {
		v := coursework.Missing
		if q := m.at(i, j); q != nil {
			v = q.Verdict
		}
		switch v {
		case coursework.Right:
			item.Right++
		case coursework.Partly:
			item.Partly++
		case coursework.Missing:
			item.Missing++
		case coursework.Person:
			item.Person++
		case coursework.Unread:
			item.Unread++
		default:
			item.Wrong++
		}
	}
	item.Answered = item.Right + item.Partly + item.Wrong
}

// rate computes what is about points.
func (m matrix) rate(j int, item *Item) {
	var own, rest, total []float64
	for i := range m.cells {
		if p, marked := m.points(i, j); marked {
			r := m.rest(i, j)
			own, rest, total = append(own, p), append(rest, r), append(total, p+r)
		}
	}
	if len(own) == 0 {
		return
	}
	item.Mean = defined(mean(own), true)
	item.Difficulty = defined(mean(own)/item.Max, item.Max > 0)
	item.Discrimination = pearson(own, rest)
	if d, ok := upperLower(own, total); ok {
		item.UpperLower = defined(d/item.Max, item.Max > 0)
	}
}

// alpha is k/(k-1) · (1 - Σ var(item) / var(sum of items)), over k items.
func (m matrix) alpha() *float64 {
	sums := make([]float64, len(m.cells))
	k, variances := 0, 0.0
	for j := range m.questions {
		column, all := m.column(j)
		if !all || len(column) < 2 {
			continue
		}
		k++
		variances += variance(column)
		for i, p := range column {
			sums[i] += p
		}
	}
	if k < 2 || variance(sums) == 0 {
		return nil
	}
	f := float64(k)
	return defined(f/(f-1)*(1-variances/variance(sums)), true)
}

// column is the points of all submissions for question j, and whether a program marked all.
func (m matrix) column(j int) (column []float64, all bool) {
	for i := range m.cells {
		p, marked := m.points(i, j)
		if !marked {
			return nil, false
		}
		column = append(column, p)
	}
	return column, true
}
