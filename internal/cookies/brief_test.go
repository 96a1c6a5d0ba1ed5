package cookies

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestBrief: of a jar that a client does not send, a brief one tells once, and shortens the
// line that the rules ask for, between two cookies, by what was sent.
func TestBrief(t *testing.T) {
	whole, brief := Jar{}, Jar{Brief: true}
	u := URL{Scheme: "http", Host: "h.example", Path: "/"}
	for i := range 100 {
		field := fmt.Sprintf("a%d=%s", i, strings.Repeat("v", 100))
		whole.Receive(noon, u, ParseSetCookie(field))
		brief.Receive(noon, u, ParseSetCookie(field))
	}
	all := strings.Split(whole.Line(noon, u), between)
	for i, sent := range []int{0, 0, 1, 30, 100} {
		pairs := ParseCookie(strings.Join(all[:sent], between))
		w, b := whole.CompareLine(nil, noon, u, pairs), brief.CompareLine(nil, noon, u, pairs)
		if w.Line != strings.Join(all, between) || w.More != 0 {
			t.Fatalf("%d sent: the whole line has %d bytes, %d more", sent, len(w.Line), w.More)
		}
		shown := strings.Split(b.Line, between)
		if !slices.Equal(shown, all[:len(shown)]) || len(shown)+b.More != len(all) {
			t.Errorf("%d sent: %d cookies and %d more, want the first of %d", sent, len(shown), b.More, len(all))
		}
		if want := min(len(all), sent+MostMore/len("a99=; "+strings.Repeat("v", 100))); len(shown) != want {
			t.Errorf("%d sent: %d cookies are in the line, want %d", sent, len(shown), want)
		}
		rebuilt := LineOf(b.Due())
		if rebuilt != w.Line {
			t.Errorf("%d sent: the line made of what the rules ask for has %d bytes, want %d", sent, len(rebuilt),
				len(w.Line))
		}
		again := len(all) - sent
		if i == 0 {
			again = 0
		}
		if b.Again != again || len(b.Verdicts) != len(all)-again {
			t.Errorf("%d sent: %d verdicts and %d again, want %d again", sent, len(b.Verdicts), b.Again, again)
		}
	}
}
