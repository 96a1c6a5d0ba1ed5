package coursework

import (
	"fmt"
	"strings"
	"testing"

	"httpscope/internal/course/sheet"
)

// forms are the ways to write the entries of a list in one text.
var forms = map[string]func(entries []string) string{
	"commas":     func(all []string) string { return strings.Join(all, ", ") },
	"semicolons": func(all []string) string { return strings.Join(all, "; ") },
	"lines":      func(all []string) string { return strings.Join(all, "\n") },
	"and": func(all []string) string {
		last := len(all) - 1
		return strings.TrimPrefix(strings.Join(all[:last], ", ")+" and "+all[last], " and ")
	},
	"numbered": func(all []string) string {
		var lines []string
		for i, one := range all {
			lines = append(lines, fmt.Sprintf("%d. %s", i+1, one))
		}
		return strings.Join(lines, "\n")
	},
	"bullets": func(all []string) string { return "- " + strings.Join(all, "\n- ") },
}

// TestKeyInEveryForm gives full points for the key's own words, however the entries of its lists are written.
func TestKeyInEveryForm(t *testing.T) {
	tried := 0
	for _, lab := range labs {
		a, e := Builtin(lab.assignment), evidence(t, lab.captures...)
		for _, answer := range a.Key(e).Answers {
			if len(answer.List) == 0 {
				continue
			}
			for form, write := range forms {
				given := sheet.Answer{ID: answer.ID, Text: write(answer.List)}
				r := a.Mark(e, &sheet.Sheet{Answers: []sheet.Answer{given}}, "en")
				for _, m := range r.Questions {
					if m.ID == answer.ID && m.Verdict != Right {
						t.Errorf("%s %s, %s: %q is %s, %v of %v: %+v", lab.assignment, m.ID, form, given.Text,
							m.Verdict,
							m.Points, m.Max, m.Cells)
					}
				}
				tried++
			}
		}
	}
	if tried < 30 {
		t.Errorf("only %d answers were tried", tried)
	}
}
