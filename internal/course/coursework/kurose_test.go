package coursework

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"httpscope/internal/course/sheet"
	"httpscope/internal/recording"
)

// kuroseQuestion is a question about the textbook's traces with its answer.
type kuroseQuestion struct {
	ID, Trace string
	Answer    any
	Accept    []any
}

// loadFile loads an assignment of the tests.
func loadFile(t *testing.T, path string) *Assignment {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	a, err := Load(b)
	if err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return a
}

// TestTextbookTraces marks the answers that were read from the textbook's traces
// with another program. The traces and answers are in folders that environment
// variables name; without them the assignments are still loaded.
func TestTextbookTraces(t *testing.T) {
	assignments := map[byte]*Assignment{}
	for _, n := range "123" {
		assignments[byte(n)] = loadFile(t, fmt.Sprintf("testdata/kurose-%c.yaml", n))
	}
	corpus, suites := os.Getenv("HTTPSCOPE_CORPUS"), os.Getenv("HTTPSCOPE_CONFORMANCE")
	if corpus == "" || suites == "" {
		t.Log("the folders with the traces and the answers are not named: the assignments were loaded only")
		return
	}
	file, err := os.Open(filepath.Join(suites, "kurose-http-lab", "questions.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	recordings := map[string]*recording.Recording{}
	n := 0
	for lines := bufio.NewScanner(file); lines.Scan(); n++ {
		var q kuroseQuestion
		if err := json.Unmarshal(lines.Bytes(), &q); err != nil {
			t.Fatal(err)
		}
		if recordings[q.Trace] == nil {
			if recordings[q.Trace], err = recording.Open(filepath.Join(corpus, "pcaps", q.Trace), 0); err != nil {
				t.Fatal(err)
			}
		}
		for _, answer := range append([]any{q.Answer}, q.Accept...) {
			markOne(t, assignments[q.ID[0]], recordings[q.Trace], q.ID, answer)
		}
	}
	t.Logf("%d questions", n)
	if n < 20 {
		t.Errorf("%d questions only", n)
	}
}

func markOne(t *testing.T, a *Assignment, r *recording.Recording, id string, answer any) {
	t.Helper()
	given := sheet.Answer{ID: id}
	if list := flat(answer); len(list) > 1 {
		given.List = list
	} else {
		given.Text = list[0]
	}
	report := a.Mark(NewEvidence(r), &sheet.Sheet{Answers: []sheet.Answer{given}}, "en")
	for _, m := range report.Questions {
		if m.ID == id && m.Verdict != Right {
			t.Errorf("%s answered %v: %s, right is %s; %v %+v", id, answer, m.Verdict, m.Expected, m.Feedback, m.Cells)
		}
	}
}

// flat are the values of a list in a list, as a student writes them.
func flat(v any) []string {
	switch v := v.(type) {
	case []any:
		var out []string
		for _, x := range v {
			out = append(out, flat(x)...)
		}
		return out
	case bool:
		return []string{map[bool]string{true: "yes", false: "no"}[v]}
	}
	return []string{fmt.Sprint(v)}
}
