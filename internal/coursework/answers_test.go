package coursework

import (
	"slices"
	"testing"
)

// TestAmounts reads numbers with the words that students put behind them.
func TestAmounts(t *testing.T) {
	for given, want := range map[string]float64{"2": 2, "２": 2, "2.": 2, "1,460 bytes": 1460, "2 connections": 2, "1 connection": 1, "3 responses": 3, "4 times": 4, "2 条": 2, "2个": 2, "0x1a": 26, "20 ms": 0.02} {
		if v, _, ok := amount(given); !ok || v != want {
			t.Errorf("%q is %v, %v; want %v", given, v, ok, want)
		}
	}
	for _, given := range []string{"a few", "2 cables", "connections", "2 or 3", ""} {
		if v, _, ok := amount(given); ok {
			t.Errorf("%q is taken for %v", given, v)
		}
	}
}

// TestWorded parts lists that are written as a sentence, when that gives as many
// entries as are asked for.
func TestWorded(t *testing.T) {
	given := []string{"as given"}
	for _, c := range []struct {
		text string
		n    int
		want []string
	}{
		{"200 and 404", 2, []string{"200", "404"}},
		{"200 404", 2, []string{"200", "404"}},
		{"200, then 404", 2, []string{"200", "404"}},
		{"200, 304, and 404", 3, []string{"200", "304", "404"}},
		{"200 → 404", 2, []string{"200", "404"}},
		{"200 OK and 404 Not Found", 2, []string{"200 OK", "404 Not Found"}},
		{"200和404", 2, []string{"200", "404"}},
		{"200 and 404", 3, given},
		{"command", 2, given},
		{"", 2, given},
	} {
		if got := worded(c.text, c.n, given); !slices.Equal(got, c.want) {
			t.Errorf("%q for %d: %q, want %q", c.text, c.n, got, c.want)
		}
	}
}
