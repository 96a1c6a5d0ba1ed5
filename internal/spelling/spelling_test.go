package spelling_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"httpscope/internal/spelling"
)

func TestDistance(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"", "", 0}, {"abc", "", 3}, {"abc", "abc", 0}, {"method", "methud", 1}, {"kitten", "sitting", 3},
		{"ab", "ba", 2}} {
		if got := spelling.Distance(c.a, c.b); got != c.want {
			t.Errorf("Distance(%q, %q) = %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

// TestNearest: one mistake, and one more for every four letters.
func TestNearest(t *testing.T) {
	names := []string{"get", "put", "method", "http.request.method", ""}
	for word, want := range map[string]string{
		"metod": "method", "METHODS": "method", "mthd": "method", "mtd": "", "got": "get", "gut": "get",
		"port": "put", "x": "", "": "",
		"http.rquest.mthod": "http.request.method", "request.method": "", strings.Repeat("method", 20): "",
	} {
		if got := spelling.Nearest(word, names); got != want {
			t.Errorf("Nearest(%q) = %q, want %q", word, got, want)
		}
	}
}

// TestDistanceIsAMetric: it is symmetric, zero for the same word only, and no
// detour is shorter.
func TestDistanceIsAMetric(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		word := rapid.StringMatching(`[ab]{0,6}`)
		a, b, c := word.Draw(r, "a"), word.Draw(r, "b"), word.Draw(r, "c")
		ab := spelling.Distance(a, b)
		if ab != spelling.Distance(b, a) || (ab == 0) != (a == b) || ab > spelling.Distance(a, c)+spelling.Distance(c,
			b) {
			r.Fatalf("%q %q %q: %d", a, b, c, ab)
		}
	})
}
