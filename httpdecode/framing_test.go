package httpdecode

import (
	"fmt"
	"strings"
	"testing"

	"httpscope/internal/explain"
	"httpscope/internal/texts"
)

// TestRules: every rule of RFC 9112, Section 6.3, what proves it, and the
// readings that it excludes. An answer of HEAD, CONNECT or GET comes first.
func TestRules(t *testing.T) {
	for _, c := range []struct{ name, method, message, want string }{
		{"rule 1: HEAD", "HEAD", `HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n`,
			`none 1: the request's method is HEAD; not content-length 6: Content-Length says 9, but rule 1 comes first`},
		{"rule 1: HEAD and chunked", "HEAD", `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n`,
			`none 1: the request's method is HEAD; not chunked 4: Transfer-Encoding says chunked, but rule 1 comes first`},
		{"rule 1: 100", "GET", `HTTP/1.1 100 Continue\r\n\r\n`, `none 1: the status is 100`},
		{"rule 1: 204", "GET", `HTTP/1.1 204 No Content\r\n\r\n`, `none 1: the status is 204`},
		{"rule 1: 304", "GET", `HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n`,
			`none 1: the status is 304; not content-length 6: Content-Length says 5, but rule 1 comes first`},
		{"rule 1: 101", "GET", `HTTP/1.1 101 Switching Protocols\r\n\r\n`, `tunnel 1: the status is 101`},
		{"rule 2", "CONNECT", `HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n`,
			`tunnel 2: the request's method is CONNECT and the status 200; not content-length 6: Content-Length says 5, but rule 2 comes first`},
		{"rule 2: 204", "CONNECT", `HTTP/1.1 204 No Content\r\n\r\n`,
			`tunnel 2: the request's method is CONNECT and the status 204`},
		{"CONNECT refused", "CONNECT", `HTTP/1.1 403 Forbidden\r\nContent-Length: 5\r\n\r\n`,
			`content-length 6: Content-Length is 5`},
		{"rule 3", "", `POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: gzip, chunked\r\n\r\n`,
			`chunked 3: Transfer-Encoding ends with chunked; not content-length 6: Content-Length says 5, but Transfer-Encoding overrides it`},
		{"rule 3: a request without chunked", "",
			`POST / HTTP/1.1\r\nContent-Length: 5\r\nTransfer-Encoding: gzip\r\n\r\n`,
			`content-length 3: Transfer-Encoding ends with "gzip", not with chunked`},
		{"rule 3: with an invalid length", "",
			`POST / HTTP/1.1\r\nContent-Length: x\r\nTransfer-Encoding: chunked\r\n\r\n`,
			`chunked 3: Transfer-Encoding ends with chunked`},
		{"rule 4", "", `POST / HTTP/1.1\r\nTransfer-Encoding: CHUNKED\r\n\r\n`,
			`chunked 4: Transfer-Encoding ends with chunked`},
		{"rule 4: a response without chunked", "GET", `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, gzip\r\n\r\n`,
			`until-close 4: Transfer-Encoding ends with "gzip", not with chunked; not chunked 4: Transfer-Encoding names chunked, but not as the last coding`},
		{"rule 5: two lengths", "GET", `HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 7\r\n\r\n`,
			`content-length 5: Content-Length says 5 and 7; not content-length 5: the other value is 7`},
		{"rule 5: no number", "GET", `HTTP/1.1 200 OK\r\nContent-Length: 5 bytes\r\n\r\n`,
			`until-close 5: Content-Length "5 bytes" is no number of bytes`},
		{"rule 5: too large a number", "", `POST / HTTP/1.1\r\nContent-Length: 9223372036854775808\r\n\r\n`,
			`none 5: Content-Length "9223372036854775808" is no number of bytes`},
		{"rule 6", "GET", `HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n`, `content-length 6: Content-Length is 0`},
		{"rule 7", "", `POST / HTTP/1.1\r\n\r\n`,
			`none 7: a request with neither Transfer-Encoding nor Content-Length`},
		{"rule 8", "GET", `HTTP/1.1 200 OK\r\n\r\n`,
			`until-close 8: a response with neither Transfer-Encoding nor Content-Length`},
		{"a response whose request was not seen is taken for one to GET", "", `HTTP/1.1 200 OK\r\n\r\n`,
			`until-close 8: a response with neither Transfer-Encoding nor Content-Length`},
		{"no rule for half a head", "GET", `HTTP/1.1 200 OK\r\nContent-Length: 5\r\n`,
			`none 0: the head is not complete`},
	} {
		if got := verdictOf(c.method, strings.NewReplacer(`\r`, "\r", `\n`, "\n").Replace(c.message)); got != c.want {
			t.Errorf("%s: got\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// verdictOf writes the framing of the last message.
func verdictOf(method, message string) string {
	d, got := New(nil), &collect{}
	side := Client
	if strings.HasPrefix(message, "HTTP/") {
		side = Server
	}
	if method != "" {
		d.Feed(Client, []byte(method+" a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n"), Stamp{})
	}
	d.Feed(side, []byte(message), Stamp{})
	d.EOF(side, Unknown, Stamp{})
	got.drain(d)
	f := got.messages[len(got.messages)-1].head.Framing
	s := fmt.Sprintf("%s %d: %s", f.Kind, f.Rule, words(f.Proof()))
	for _, r := range f.Rejected() {
		s += fmt.Sprintf("; not %s %d: %s", r.Kind, r.Rule, words(r.Why))
	}
	return s
}

// TestPersistence: RFC 9112, Section 9.3.
func TestPersistence(t *testing.T) {
	for head, want := range map[string]Persistence{
		"GET / HTTP/1.1\r\n\r\n":                                PersistDefault,
		"GET / HTTP/1.1\r\nConnection: x, Close\r\n\r\n":        CloseAsked,
		"GET / HTTP/1.0\r\n\r\n":                                CloseOld,
		"GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n":      PersistKeepAlive,
		"GET / HTTP/1.1\r\nConnection: keep-alive\r\n\r\n":      PersistDefault,
		"GET / HTTP/1.1\r\nConnection: closed\r\n\r\n":          PersistDefault,
		"HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n\r\n":     PersistKeepAlive,
		"HTTP/1.1 200 OK\r\nX: y\r\nConnection:\tclose\r\n\r\n": CloseAsked,
		"GET /\r\n": CloseOld,
	} {
		d, got := New(nil), &collect{}
		d.Feed(map[bool]Side{true: Server, false: Client}[strings.HasPrefix(head, "HTTP")], []byte(head), Stamp{})
		got.drain(d)
		if p := got.messages[0].head.Persist; p != want {
			t.Errorf("%q: %s, want %s", head, p, want)
		}
	}
}

// words is a fact as people read it.
func words(f Fact) string { return explain.In(texts.English).Phrase(f.Key, f.Args...) }
