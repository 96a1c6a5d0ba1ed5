package problem

import (
	"slices"
	"strings"
	"testing"
)

func TestListKeepsTheFirstOfEachCode(t *testing.T) {
	var l List
	l.Add("a", "%d of %s", 1, Quote("x\n"))
	l.Add("b", "second")
	l.Add("a", "again")
	l.Join([]Problem{{"b", "joined"}, {"c", "100%d"}, {"c", "twice"}})
	l.Join(nil)
	want := List{{"a", `1 of "x\n"`}, {"b", "second"}, {"c", "100%d"}}
	if !slices.Equal(l, want) {
		t.Errorf("got %q, want %q", l, want)
	}
}

func TestQuote(t *testing.T) {
	full := strings.Repeat("x", maxQuote)
	for in, want := range map[string]string{
		"":                  `""`,
		"a\"b\x1b[31m\xff":  `"a\"b\x1b[31m\xff"`,
		full:                `"` + full + `"`,
		full + "y":          `"` + full + `"...`,
		full[1:] + "\u00e9": `"` + full[1:] + `\xc3"...`, // cut inside a rune
	} {
		if got := Quote(in).String(); got != want {
			t.Errorf("%q: got %s, want %s", in, got, want)
		}
	}
}

// counter counts how often it is formatted.
type counter struct{ n *int }

func (c counter) String() string { *c.n++; return "" }

func TestAddFormatsOnlyWhatItKeeps(t *testing.T) {
	var l List
	n := 0
	for range 1000 {
		l.Add("a", "%s", counter{&n})
	}
	if n != 1 {
		t.Errorf("formatted %d times", n)
	}
}
