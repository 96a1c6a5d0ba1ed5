package target

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"slices"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"
)

// journal collects entries.
type journal struct {
	mu      sync.Mutex
	entries []Entry
}

func (j *journal) add(e Entry) {
	j.mu.Lock()
	defer j.mu.Unlock()
	j.entries = append(j.entries, e)
}

func (j *journal) lines() []string {
	j.mu.Lock()
	defer j.mu.Unlock()
	var out []string
	for _, e := range j.entries {
		out = append(out, fmt.Sprintf("%s %q %d %d", e.Server, e.Line, e.Status, e.Bytes))
	}
	return out
}

// TestRequestLog asks every kind of server, and looks for the line in the log.
func TestRequestLog(t *testing.T) {
	for _, tt := range []struct {
		server, request, want string
	}{
		{"hello", "GET / HTTP/1.1\r\n\r\n", `hello "GET / HTTP/1.1" 200 41`},
		{"hello", "GET", ""},
		{"hello-fixed", "HEAD / HTTP/1.1\r\n\r\n", `hello-fixed "HEAD / HTTP/1.1" 200 0`},
		{"directory", "GET /alphabet.txt HTTP/1.1\r\n\r\n", `directory "GET /alphabet.txt HTTP/1.1" 200 43`},
		{"directory", "GET /alphabet.txt\r\n\r\n", `directory "GET /alphabet.txt" 0 43`},
		{"directory", "GET /" + strings.Repeat("x", 300) + " HTTP/1.0\r\n\r\n",
			`directory "GET /` + strings.Repeat("x", 251) + `" 404 335`},
		{"form", "POST / HTTP/1.1\r\nExpect: 100-continue\r\n\r\n", `form "POST / HTTP/1.1" 200 25`},
		{"echo", "a\r\nb", `echo "a" 0 4`},
		{"echo-threads", "\x1b[2J", `echo-threads "\x1b[2J" 0 4`},
		{"site", "GET /there/is/no/such/page HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
			`site "GET /there/is/no/such/page HTTP/1.1" 404 `},
	} {
		t.Run(tt.server, func(t *testing.T) {
			var j journal
			s := start(t, Options{Log: j.add, Ear: newTape()})
			c := dial(t, address(t, s, tt.server))
			defer c.Close()
			if _, err := io.WriteString(c, tt.request); err != nil {
				t.Fatal(err)
			}
			if info(t, s, tt.server).Kind == "TCP" {
				take(t, c, len(tt.request))
			} else {
				untilEnd(t, c)
			}
			if tt.want == "" {
				tt.want = fmt.Sprintf("%s %q 0 0", tt.server, tt.request)
			}
			eventually(t, tt.want, func() bool { return len(j.lines()) > 0 })
			if got := j.lines(); len(got) != 1 || !strings.HasPrefix(got[0], tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			client := c.LocalAddr().String()
			if got := j.entries[0].Client.String(); got != client {
				t.Errorf("the client is %s, not %s", client, got)
			}
		})
	}
}

// TestLogDoesNotDependOnTheSends cuts a response into sends at random.
func TestLogDoesNotDependOnTheSends(t *testing.T) {
	const response = "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 206 Partial Content\r\nContent-Length: 9\r\n\r\n012\r\n\r\n78"
	rapid.Check(t, func(t *rapid.T) {
		var j journal
		heard := requestLog{log: j.add}.Opened("s", netip.AddrPort{}, netip.AddrPort{}, noon())
		for rest := "GET /x HTTP/1.1\r\n\r\n"; rest != ""; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "read")
			heard.Read([]byte(rest[:n]), noon())
			rest = rest[n:]
		}
		for rest := response; rest != ""; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "wrote")
			heard.Wrote([]byte(rest[:n]), noon())
			rest = rest[n:]
		}
		heard.Closed(false, noon())
		if got := j.lines(); !slices.Equal(got, []string{`s "GET /x HTTP/1.1" 206 9`}) {
			t.Fatalf("got %q", got)
		}
	})
}

// TestLoggedHandler shows that a logged handler can do what it could before.
func TestLoggedHandler(t *testing.T) {
	var j journal
	o := Options{Log: j.add}.orDefault()
	handler := logged(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/flush":
			fmt.Fprint(w, "one")
			w.(http.Flusher).Flush()
			fmt.Fprint(w, "two")
		case "/hints":
			w.WriteHeader(http.StatusEarlyHints)
			w.WriteHeader(http.StatusAccepted)
		case "/copy":
			if _, err := w.(io.ReaderFrom).ReadFrom(strings.NewReader("copied")); err != nil {
				t.Error(err)
			}
		case "/hijack":
			w.WriteHeader(http.StatusSwitchingProtocols)
			c, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			c.Close()
		case "/abort":
			panic(http.ErrAbortHandler)
		}
	}), "s", o)
	server := httptest.NewServer(handler)
	defer server.Close()
	var want []string
	for _, tt := range []struct{ path, want string }{
		{"/flush", "200 6"}, {"/hints", "202 0"}, {"/copy", "200 6"}, {"/hijack", "101 0"}, {"/abort", "0 0"},
		{"/empty", "0 0"},
	} {
		// Two of them end without an answer.
		if answer, err := http.Get(server.URL + tt.path); err == nil {
			if _, err := io.Copy(io.Discard, answer.Body); err != nil {
				t.Error(err)
			}
			answer.Body.Close()
		}
		want = append(want, fmt.Sprintf("s %q %s", "GET "+tt.path+" HTTP/1.1", tt.want))
		eventually(t, "the entry is there", func() bool { return len(j.lines()) == len(want) })
	}
	if got := j.lines(); !slices.Equal(got, want) {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
