package export

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"httpscope/internal/cookies"
	"httpscope/internal/ranges"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// TestWireListsTheFirst: what a jar and a resource hold from before is not printed for each
// exchange, but with --full.
func TestWireListsTheFirst(t *testing.T) {
	var jar cookies.Jar
	var m ranges.Map
	u := cookies.URL{Scheme: "http", Host: "h.example", Path: "/"}
	long := strings.Repeat("v", 1000)
	const total = MostListed + 3
	for i := range total {
		jar.Receive(time.Unix(0, 0), u, cookies.ParseSetCookie(fmt.Sprintf("a%02d=%s", i, long)))
		m.Add(int64(10*i+1), int64(10*i+2), 1000, 1)
	}
	x := &trace.Exchange{
		Conn:    &trace.Connection{},
		Cookies: &trace.CookieReading{Predicted: "a00=v", More: 12, Again: 4, Changed: true, Jar: jar.Contents()},
		Ranges:  &trace.RangeReading{Size: 1000, HolesTotal: m.HolesTotal(), Seen: m.Now()},
	}
	written := func(full bool) string {
		var b bytes.Buffer
		w := NewWire(texts.English, &b).Full(full)
		w.Exchange(x)
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	short, full := written(false), written(true)
	for _, want := range []string{
		"the rules ask for: Cookie: a00=v … and 12 more (--full lists all)\n",
		"4 withheld, as was said before (--full lists all)\n",
		"jar now: … and 3 more (--full lists all)\n",
		", 4 more missing\n",
	} {
		if !strings.Contains(short, want) {
			t.Errorf("%q is not in\n%s", want, short)
		}
	}
	if n := strings.Count(short, "jar now: a"); n != MostListed {
		t.Errorf("%d cookies, want %d, in\n%s", n, MostListed, short)
	}
	if n := strings.Count(full, long+" at h.example/\n"); n != total {
		t.Errorf("--full: %d cookies, want %d", n, total)
	}
	if n := strings.Count(full, " missing"); n != total+1 {
		t.Errorf("--full: %d holes, want %d, in\n%s", n, total+1, full)
	}
}
