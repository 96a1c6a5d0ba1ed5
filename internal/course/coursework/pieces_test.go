package coursework

import (
	"fmt"
	"testing"

	"httpscope/internal/course/sheet"
)

func TestPieces(t *testing.T) {
	for _, c := range []struct {
		text string
		n    int
		want string
	}{
		{"yes, Tue, 23 Sep 2003 05:35:00 GMT", 2, `["yes" " Tue, 23 Sep 2003 05:35:00 GMT"]`},
		{"yes\nTue, 23 Sep 2003", 2, `["yes" "Tue, 23 Sep 2003"]`},
		{"304; no", 2, `["304" " no"]`},
		{"304 no", 2, `["304" "no"]`},
		{"304，没有", 2, `["304" "没有"]`},
		{"HTTP/1.1", 2, `["HTTP/1.1"]`},
		{"1、2、3", 3, `["1" "2" "3"]`},
		{",,,a,,b", 2, `["a" "b"]`},
	} {
		if got := fmt.Sprintf("%q", pieces(&sheet.Answer{Text: c.text}, c.n)); got != c.want {
			t.Errorf("%q in %d: %s, want %s", c.text, c.n, got, c.want)
		}
	}
}
