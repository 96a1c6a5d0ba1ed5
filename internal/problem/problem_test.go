package problem

import (
	"slices"
	"strings"
	"testing"

	"httpscope/internal/texts"
)

func TestListKeepsTheFirstOfEachCode(t *testing.T) {
	var l List
	l.Add("a", "found.two-values", "1", Quote("x\n"))
	l.Add("b", "found.no-value")
	l.Add("a", "again")
	l.Join([]Problem{{"b", texts.Say("joined")}, {"c", texts.Say("found.value", "100%d")}, {"c", texts.Say("twice")}})
	l.Join(nil)
	var got []string
	for _, p := range l {
		got = append(got, p.Code+": "+p.Detail.String())
	}
	want := []string{`a: 1 "x\n"`, "b: the field has no value", "c: 100%d"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
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
