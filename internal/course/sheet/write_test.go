package sheet

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"httpscope/internal/visible"
)

// TestWrittenYAMLReadsBack: what is hidden is escaped, nothing is taken for another type, and
// reading gives the same answers.
func TestWrittenYAMLReadsBack(t *testing.T) {
	const hidden = "a\u202eb\u2066\u200b\u009b\x1b[31m\ufeff"
	want := Sheet{Student: hidden, Answers: []Answer{
		{ID: "1", Text: hidden},
		{ID: "2", Text: "007"},
		{ID: "3", Text: "two\nlines of text: # x"},
		{ID: "4", List: []string{"yes", hidden, "~"}},
		{ID: "5", Header: []string{"source ip", "status"}, Rows: [][]string{{"1", hidden}, {"null", "0x10"}}},
	}}
	var b bytes.Buffer
	if err := want.WriteYAML(&b); err != nil {
		t.Fatal(err)
	}
	shown := strings.ReplaceAll(b.String(), "\n", "")
	if at := strings.IndexFunc(shown, visible.Hidden); at >= 0 {
		t.Errorf("%q is hidden in\n%s", shown[at:], b.String())
	}
	got, err := Parse("a.yaml", b.Bytes())
	if err != nil {
		t.Fatalf("%v in\n%s", err, b.String())
	}
	same := []cmp.Option{cmpopts.IgnoreFields(Answer{}, "Line"), cmpopts.EquateEmpty()}
	if d := cmp.Diff(want.Answers, got.Answers, same...); d != "" || got.Student != want.Student {
		t.Errorf("student %q, answers %s\nin\n%s", got.Student, d, b.String())
	}
}
