package coursework

import (
	"strings"

	"httpscope/internal/course/sheet"
	"httpscope/internal/texts"
	"httpscope/internal/visible"
)

// assign finds the answer to each question, and remarks on those that answer none.
func (a *Assignment) assign(s *sheet.Sheet, r *Report) map[string]*sheet.Answer {
	found := map[string]*sheet.Answer{}
	ids := a.ids()
	for i := range s.Answers {
		answer := &s.Answers[i]
		id := a.idOf(answer, ids)
		switch {
		case id == "":
			r.remark("answer-unknown", "note", texts.Say("coursework.answer-unknown", answer.Line,
				visible.Text(short(answer.ID)), didYouMean(strings.ToLower(answer.ID), ids)))
		case found[id] == nil || empty(found[id]):
			found[id] = answer
		case !empty(answer):
			r.remark("answer-twice", "warning", texts.Say("coursework.answer-twice", answer.Line, id))
		}
	}
	if len(found) == 0 {
		r.remark("nothing-recognised", "warning", texts.Say("coursework.nothing-recognised"))
	}
	return found
}

// Recognised is how many answers of a sheet belong to questions of the assignment.
func (a *Assignment) Recognised(s *sheet.Sheet) int {
	n := 0
	ids := a.ids()
	for i := range s.Answers {
		if !empty(&s.Answers[i]) && a.idOf(&s.Answers[i], ids) != "" {
			n++
		}
	}
	return n
}

func (a *Assignment) ids() []string {
	var ids []string
	for i := range a.Questions {
		ids = append(ids, strings.ToLower(a.Questions[i].ID))
	}
	return ids
}

// idOf is the question that an answer belongs to. A table without a name
// belongs to the only question that asks for one.
func (a *Assignment) idOf(answer *sheet.Answer, ids []string) string {
	name := plain(answer.ID)
	for _, prefix := range []string{"question ", "question", "q", "no.", "("} {
		for _, id := range ids {
			if name == id || dashed(strings.Trim(strings.TrimPrefix(name, prefix), " .):")) == dashed(id) {
				return id
			}
		}
	}
	if name == "" && answer.Rows != nil {
		table := ""
		for i := range a.Questions {
			if a.Questions[i].TableColumns() != nil {
				if table != "" {
					return ""
				}
				table = strings.ToLower(a.Questions[i].ID)
			}
		}
		return table
	}
	return ""
}

// dashed makes one of the ways to write a number with parts: 2-6, 2.6.
func dashed(id string) string { return strings.ReplaceAll(id, ".", "-") }

// short cuts what a student wrote for a message.
func short(s string) string {
	const longest = 200
	if r := []rune(s); len(r) > longest {
		return string(r[:longest]) + "…"
	}
	return s
}

// empty reports whether an answer says nothing.
func empty(a *sheet.Answer) bool {
	if a == nil {
		return true
	}
	if strings.Trim(a.Text, " .…_-\n") != "" || strings.TrimSpace(strings.Join(a.List, "")) != "" {
		return false
	}
	for _, row := range a.Rows {
		if strings.Trim(strings.Join(row, ""), " .…_-") != "" {
			return false
		}
	}
	return true
}

// written is an answer as one text.
func written(a *sheet.Answer) string {
	switch {
	case a == nil:
		return ""
	case a.Rows != nil:
		var rows []string
		for _, row := range a.Rows {
			rows = append(rows, strings.Join(row, " | "))
		}
		return strings.TrimSpace(a.Text + "\n" + strings.Join(rows, "\n"))
	case a.List != nil:
		return join(a.List)
	}
	return a.Text
}
