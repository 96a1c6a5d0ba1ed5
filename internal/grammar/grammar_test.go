package grammar

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestIsToken(t *testing.T) {
	for s, want := range map[string]bool{"": false, "close": true, "M-SEARCH": true, "a b": false, "a:": false, "!#$%&'*+-.^_`|~09azAZ": true, "é": false, "(x)": false} {
		if IsToken(s) != want {
			t.Errorf("IsToken(%q) = %t", s, !want)
		}
	}
}

func TestUnquote(t *testing.T) {
	for in, want := range map[string][3]string{
		`a" b`:     {"a", " b", "closed"},
		`a\"b"`:    {`a"b`, "", "closed"},
		`a\\"; c"`: {`a\`, `; c"`, "closed"},
		`open`:     {"open", "", ""},
		`open\`:    {`open\`, "", ""},
		``:         {"", "", ""},
	} {
		value, rest, closed := Unquote(in)
		if value != want[0] || rest != want[1] || closed != (want[2] != "") {
			t.Errorf("Unquote(%q) = %q, %q, %t", in, value, rest, closed)
		}
	}
}

// TestUnquoteUndoesQuoting holds for any text.
func TestUnquoteUndoesQuoting(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, tail := rapid.String().Draw(t, "text"), rapid.String().Draw(t, "tail")
		quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text)
		if value, rest, closed := Unquote(quoted + `"` + tail); value != text || rest != tail || !closed {
			t.Fatalf("%q, %q, %t", value, rest, closed)
		}
	})
}

func TestTrim(t *testing.T) {
	if got := Trim(" \ta b\t "); got != "a b" {
		t.Errorf("%q", got)
	}
}
