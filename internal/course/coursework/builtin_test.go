package coursework

import (
	"strings"
	"testing"
)

// TestBuiltins holds that every assignment that comes with the program can be
// loaded, and is there in English and Chinese.
func TestBuiltins(t *testing.T) {
	all := Builtins()
	if len(all) < 8 {
		t.Fatalf("%d assignments", len(all))
	}
	for _, a := range all {
		if Builtin(a.ID) != a || len(Source(a.ID)) == 0 {
			t.Errorf("%s is not found by its ID", a.ID)
		}
		inBothLanguages(t, a.ID+" title", a.Title)
		inBothLanguages(t, a.ID+" about", a.About)
		for i := range a.Questions {
			question(t, a.ID, &a.Questions[i])
		}
	}
}

func question(t *testing.T, at string, q *Question) {
	t.Helper()
	at += " " + q.ID
	inBothLanguages(t, at, q.Prompt)
	for _, h := range q.Hints {
		inBothLanguages(t, at+" hint", h)
	}
	for i := range q.Options {
		inBothLanguages(t, at+" option", q.Options[i].Text)
	}
	for i := range q.Parts {
		question(t, at, &q.Parts[i])
	}
}

func inBothLanguages(t *testing.T, at string, x Text) {
	t.Helper()
	if x["en"] == "" || x["zh"] == "" || strings.TrimSpace(x.In("zh")) == "" {
		t.Errorf("%s: %v", at, x)
	}
}
