package sheet

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

// TestYAMLBombs: YAML that would crash its parser, or keep it busy for minutes,
// is refused before it is parsed, with the line. Before the bounds each of these
// took the memory of the machine or more than half a minute.
func TestYAMLBombs(t *testing.T) {
	many := func(line func(i int) string) string {
		var b strings.Builder
		for i := 0; b.Len() < MaxSize-100; i++ {
			b.WriteString(line(i))
		}
		return b.String()
	}
	for _, c := range []struct{ name, text, want string }{
		{"brackets that a comment closes", "a: " + many(func(int) string { return "[[[[ # ]]]]\n" }),
			"line 10001: the YAML has more than 10000 lines"},
		{"the same in fewer lines", "a: " + strings.Repeat("[[[[ # ]]]]\n", 5000),
			"line 11: the YAML is nested too deeply"},
		{"brackets that a string closes", "a: " + strings.Repeat(`[["]]", `, 9000),
			"line 1: the YAML is nested too deeply"},
		{"braces", strings.Repeat("{a: ", 9000), "line 1: the YAML is nested too deeply"},
		{"100 000 keys", many(func(i int) string { return fmt.Sprintf("k%d: 1\n", i) }),
			"line 10001: the YAML has more than 10000 lines"},
		{"100 000 keys in a line", "a: {" + many(func(i int) string { return fmt.Sprintf("k%d: 1, ", i) }),
			"line 1: the YAML has too many values"},
		{"empty lines in a text", "a: |\n" + many(func(int) string { return "\n" }),
			"line 10001: the YAML has more than 10000 lines"},
		{"documents", many(func(int) string { return "--- 1\n" }), "line 10001: the YAML has more than 10000 lines"},
		{"anchors", "a: " + many(func(int) string { return "&a " }), "line 1: anchors, aliases and tags are not taken"},
		{"tags", "a: " + many(func(int) string { return "!a " }), "line 1: anchors, aliases and tags are not taken"},
		{"a billion laughs", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
			"line 1: anchors, aliases and tags are not taken"},
		{"a merge", "a: {<<: {b: c}}\n", "line 1: anchors, aliases and tags are not taken"},
		{"a message as long as the file", "a: " + strings.Repeat("|", 500_000), `line 1: invalid header option: "|||`},
		{"a key twice", "a: 1\na: 2\n", `line 2: mapping key "a" already defined`},
	} {
		began := time.Now()
		_, err := Parse("a.yaml", []byte(c.text))
		if err == nil || !strings.HasPrefix(err.Error(), c.want) || !IsError(err) {
			t.Errorf("%s: error %.200v, want %s", c.name, err, c.want)
		}
		if err != nil && len(err.Error()) > 300 {
			t.Errorf("%s: the error has %d bytes", c.name, len(err.Error()))
		}
		t.Logf("%s: %v", c.name, time.Since(began))
	}
}

// TestWithinBounds: what an honest sheet has is far from the bounds.
func TestWithinBounds(t *testing.T) {
	var b strings.Builder
	b.WriteString("student: alice\nanswers:\n")
	for i := range 500 {
		fmt.Fprintf(&b, "  q%d: [one, two, 'th]r[ee{']\n", i)
	}
	b.WriteString("  table:\n")
	for i := range 500 {
		fmt.Fprintf(&b, "    - {source ip: 127.0.0.1, source port: %d, destination ip: 127.0.0.1, destination port: 8000, status: 200}\n", 50000+i)
	}
	s, err := Parse("a.yaml", []byte(b.String()))
	if err != nil || len(s.Answers) != 501 || len(s.Answers[500].Rows) != 500 || s.Answers[3].List[2] != "th]r[ee{" {
		t.Errorf("%d answers, %v", len(s.Answers), err)
	}
}
