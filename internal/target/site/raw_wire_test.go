package site_test

import (
	"io"
	"net"
	"strings"
	"testing"
	"time"

	"httpscope/internal/target/site"
)

const fortyTwo = "abcdefghijklmnopqrstuvwxyz1234567890abcdef"

// TestRawWire holds the odd bytes, and what the raw group does with odd requests.
func TestRawWire(t *testing.T) {
	t.Parallel()
	address := rawServer(t)
	const get = " HTTP/1.1\r\nHost: a\r\n\r\n"
	for name, c := range map[string]struct{ request, want string }{
		"the slide's Content-Length": {"GET /slide/length" + get,
			"HTTP/1.1 200 OK\r\nDate: Wed, 19 Mar 2008 01:46:57 GMT\r\nContent-Type: text/plain\r\nContent-Length: 42\r\n\r\n" + fortyTwo},
		"the slide's chunks": {"GET /slide/chunked" + get,
			"HTTP/1.1 200 OK\r\nDate: Wed, 19 Mar 2008 01:46:57 GMT\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n1a\r\nabcdefghijklmnopqrstuvwxyz\r\n10\r\n1234567890abcdef\r\n0\r\n\r\n"},
		"the slide's missing CR LF": {"GET /slide/hello" + get,
			"HTTP/1.0 200 OK\r\nConnection: closeContent-Type:text/html; charset=utf-8\r\n\r\n<html><body>Hello World!<body></html>\r\n\r\n"},
		"Content-Length too long, then close": {"GET /length/long" + get,
			"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\n" + fortyTwo},
		"chunk size zz": {"GET /chunked/zz" + get,
			"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n1a\r\nabcdefghijklmnopqrstuvwxyz\r\nzz\r\n1234567890abcdef\r\n0\r\n\r\n"},
		"LF alone": {"GET /head/lf" + get,
			"HTTP/1.1 200 OK\nContent-Type: text/plain\nContent-Length: 42\n\n" + fortyTwo},
		"HTTP/0.9":              {"GET /head/none" + get, "<html>Hello from 1991.</html>\r\n"},
		"a request of HTTP/0.9": {"GET /head/none\r\n", "<html>Hello from 1991.</html>\r\n"},
		"after what keeps comes the next": {"GET /length/304" + get + "GET /head/none" + get,
			"HTTP/1.1 304 Not Modified\r\nETag: \"a42\"\r\nContent-Length: 42\r\n\r\n<html>Hello from 1991.</html>\r\n"},
		"after what does not keep comes nothing": {"GET /head/none" + get + "GET /length/304" + get,
			"<html>Hello from 1991.</html>\r\n"},
		"Connection: close ends it": {"GET /length/304 HTTP/1.1\r\nconnection: CLOSE\r\n\r\nGET /head/none" + get,
			"HTTP/1.1 304 Not Modified\r\nETag: \"a42\"\r\nContent-Length: 42\r\n\r\n"},
		"HTTP/1.0 ends it": {"GET /length/304 HTTP/1.0\r\n\r\nGET /head/none" + get,
			"HTTP/1.1 304 Not Modified\r\nETag: \"a42\"\r\nContent-Length: 42\r\n\r\n"},
		"a query picks nothing else": {"GET /head/none?a=b" + get, "<html>Hello from 1991.</html>\r\n"},
		"a body is read": {"POST /length/304 HTTP/1.1\r\nContent-Length: 3\r\n\r\nabcGET /head/none" +
			get, "HTTP/1.1 304 Not Modified\r\nETag: \"a42\"\r\nContent-Length: 42\r\n\r\n<html>Hello from 1991.</html>\r\n"},
		"a body is asked for": {"POST /head/none HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc",
			"HTTP/1.1 100 Continue\r\n\r\n<html>Hello from 1991.</html>\r\n"},
		"a chunked body is refused": {"POST /head/none HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
			"HTTP/1.1 411 Length Required\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"},
		"a very long body is refused": {"POST /head/none HTTP/1.1\r\nContent-Length: 99999999999\r\n\r\n",
			"HTTP/1.1 411 Length Required\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"},
		"a length that is no number": {"POST /head/none HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
			"HTTP/1.1 411 Length Required\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"},
		"HEAD is refused, its answer has no body": {"HEAD /length/none" + get,
			"HTTP/1.1 405 Method Not Allowed\r\nAllow: GET, POST\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"},
		"empty lines before the request": {"\r\n\n\r\nGET /head/none" + get, "<html>Hello from 1991.</html>\r\n"},
		"no target":                      {"GET\r\n\r\n", ""},
		"nothing":                        {"", ""},
		"half a head":                    {"GET / HTTP/1.1\r\nHo", ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			answer, reset := converse(t, address, c.request, true)
			if answer != c.want || reset {
				t.Errorf("reset %t\ngot  %q\nwant %q", reset, answer, c.want)
			}
		})
	}
}

// TestRawReset: the client sees a broken connection after a part of the body.
func TestRawReset(t *testing.T) {
	t.Parallel()
	for _, path := range []string{"/length/reset", "/length/none-reset"} {
		answer, reset := converse(t, rawServer(t), "GET "+path+" HTTP/1.1\r\n\r\n", false)
		if !reset || !strings.HasSuffix(answer, "abcdefghijklmnopqrstuvwxyz") {
			t.Errorf("%s: reset %t after %q", path, reset, answer)
		}
	}
}

// TestRawPipeline: several requests at once are answered in their order, each
// with its own head.
func TestRawPipeline(t *testing.T) {
	t.Parallel()
	var request, want string
	for _, n := range []string{"1", "2", "3"} {
		head := "GET /pace/pipeline?" + n + " HTTP/1.1\r\nhOsT:a\r\n\r\n"
		request += head
		want += "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX-Content-Type-Options: nosniff\r\nContent-Length: 41\r\n\r\n" + head
	}
	if got, _ := converse(t, rawServer(t), request, true); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}

// TestRawEarly: the answer is there although the body never comes.
func TestRawEarly(t *testing.T) {
	t.Parallel()
	answer, _ := converse(t, rawServer(t),
		"POST /interim/early HTTP/1.1\r\nHost: a\r\nContent-Length: 9000000\r\n\r\nabc", false)
	if !strings.HasPrefix(answer, "HTTP/1.1 413 ") || !strings.HasSuffix(answer, "too much\n") {
		t.Errorf("%q", answer)
	}
}

// TestRawIndex: the index links to every route.
func TestRawIndex(t *testing.T) {
	t.Parallel()
	answer, _ := converse(t, rawServer(t), "GET / HTTP/1.1\r\n\r\n", true)
	for _, r := range site.RawRoutes() {
		if !strings.Contains(answer, `<a href="`+r.Path+`">`) {
			t.Errorf("the index lacks %s", r.Path)
		}
	}
	if answer, _ := converse(t, rawServer(t), "GET /<script> HTTP/1.1\r\n\r\n", true); !strings.HasPrefix(answer,
		"HTTP/1.1 404 Not Found\r\n") || strings.Contains(answer, "<script") {
		t.Errorf("%q", answer)
	}
}

// writes is a connection that remembers each write call.
type writes struct {
	net.Conn
	in    io.Reader
	parts []string
}

func (w *writes) Read(b []byte) (int, error) { return w.in.Read(b) }

func (w *writes) Write(b []byte) (int, error) {
	w.parts = append(w.parts, string(b))
	return len(b), nil
}

func (w *writes) Close() error                     { return nil }
func (w *writes) SetReadDeadline(time.Time) error  { return nil }
func (w *writes) SetWriteDeadline(time.Time) error { return nil }

// TestRawPace: where the writes are cut.
func TestRawPace(t *testing.T) {
	t.Parallel()
	for path, want := range map[string][]string{
		"/pace/bytes": strings.Split(
			"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 42\r\n\r\n"+fortyTwo, ""),
		"/slide/hello": {"HTTP/1.0 200 OK\r\n", "Connection: closeContent-Type:text/html; charset=utf-8\r\n",
			"\r\n", "<html><body>Hello World!<body></html>\r\n", "\r\n"},
		"/slide/length":  {"HTTP/1.1 200 OK\r\nDate: Wed, 19 Mar 2008 01:46:57 GMT\r\nContent-Type: text/plain\r\nContent-Length: 42\r\n\r\n" + fortyTwo},
		"/chunked/bytes": nil,
	} {
		w := &writes{in: strings.NewReader("GET " + path + " HTTP/1.1\r\n\r\n")}
		site.ServeRaw(w)
		if want == nil {
			if got := strings.Join(w.parts, ""); strings.Count(got, "\r\n1\r\n") != 42 {
				t.Errorf("%s: %q", path, got)
			}
			continue
		}
		if got := strings.Join(w.parts, "|"); got != strings.Join(want, "|") {
			t.Errorf("%s: %q", path, got)
		}
	}
}

// TestRawIsBounded: neither a head without end nor requests without end are served.
func TestRawIsBounded(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		in   io.Reader
		want int // responses
	}{
		"a line without end":      {endless("GET /" + strings.Repeat("a", 1000)), 0},
		"fields without end":      {io.MultiReader(strings.NewReader("GET / HTTP/1.1\r\n"), endless("a: b\r\n")), 0},
		"empty lines without end": {endless("\r\n"), 0},
		"requests without end":    {endless("GET /length/304 HTTP/1.1\r\n\r\n"), 100},
	} {
		w := &writes{in: c.in}
		site.ServeRaw(w)
		if len(w.parts) != c.want {
			t.Errorf("%s: %d responses", name, len(w.parts))
		}
	}
}

// endless repeats a text.
type endless string

func (e endless) Read(b []byte) (int, error) {
	n := copy(b, strings.Repeat(string(e), len(b)/len(e)+1)[:len(b)/len(e)*len(e)])
	return n, nil
}

// FuzzServeRaw: whatever a client sends, the connection ends, and what comes
// back is bounded by what was asked.
func FuzzServeRaw(f *testing.F) {
	for _, r := range site.RawRoutes() {
		if !strings.HasPrefix(r.Path, "/pace/split") && !strings.Contains(r.Path, "reset") &&
			!strings.Contains(r.Path, "unsolicited") {
			f.Add("GET " + r.Path + " HTTP/1.1\r\nHost: a\r\n\r\n")
		}
	}
	f.Add("POST / HTTP/1.1\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\nabc")
	f.Add("GET /\r\n")
	f.Fuzz(func(t *testing.T, request string) {
		for _, slow := range []string{"/pace/split", "reset", "unsolicited"} {
			if strings.Contains(request, slow) {
				return // these wait on purpose
			}
		}
		w := &writes{in: strings.NewReader(request)}
		site.ServeRaw(w)
		if n := len(strings.Join(w.parts, "")); n > 40_000*(1+strings.Count(request, "\n")) {
			t.Errorf("%d bytes for %q", n, request)
		}
	})
}
