package quiz_test

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"httpscope/internal/doc"
	"httpscope/internal/quiz"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden holds what a long quiz about the demo asks, and how it explains.
func TestGolden(t *testing.T) {
	var b strings.Builder
	for i, q := range quiz.New(demo(t), 1, quiz.Options{Questions: 60}) {
		fmt.Fprintf(&b, "%d. %s, %s\n%s%sHint: %s\n", i+1, q.Topic, q.ID, doc.Text(q.Lines()), doc.Text(q.AnswerLines()), q.Hint)
		for _, s := range q.Slips {
			fmt.Fprintf(&b, "Not %s: %s\n", s.Answer, s.Why)
		}
		for j, c := range q.Choices {
			if c.Why != "" {
				fmt.Fprintf(&b, "Not %s: %s\n", quiz.Letter(j), c.Why)
			}
		}
		b.WriteByte('\n')
	}
	const path = "testdata/demo.txt"
	if *update {
		if err := os.WriteFile(path, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), b.String()); d != "" {
		t.Errorf("the quiz differs (-want +got):\n%s", d)
	}
}
