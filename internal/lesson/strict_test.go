package lesson_test

import (
	"fmt"
	"strings"
	"testing"

	"httpscope/internal/lesson"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// TestStrictReading: what RFC 9112 decides where it is taken strictly.
func TestStrictReading(t *testing.T) {
	const head = "HTTP/1.1 200 OK\r\n"
	for _, c := range []struct {
		name     string
		response bool
		method   string
		data     string
		accepts  bool
		left     string // what follows the message
	}{
		{"Content-Length counts the body", true, "GET", head + "Content-Length: 5\r\n\r\nhellomore", true, "more"},
		{"a list of equal lengths is one", true, "GET", head + "Content-Length: 5, 5\r\n\r\nhellomore", true, "more"},
		{"two lengths are refused", true, "GET", head + "Content-Length: 3\r\nContent-Length: 5\r\n\r\nhello", false,
			""},
		{"a sign is no digit", true, "GET", head + "Content-Length: +5\r\n\r\nhello", false, ""},
		{"CL and TE are refused", true, "GET",
			head + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", false, ""},
		{"chunks end with the last one", true, "GET",
			head + "Transfer-Encoding: chunked\r\n\r\n5;x\r\nhello\r\n0\r\nA: b\r\n\r\nmore", true, "more"},
		{"a chunk line must end with CR LF", true, "GET",
			head + "Transfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n", false, ""},
		{"no space behind a chunk size", true, "GET",
			head + "Transfer-Encoding: chunked\r\n\r\n5 \r\nhello\r\n0\r\n\r\n", false, ""},
		{"the answer to HEAD has no body", true, "HEAD", head + "Content-Length: 5\r\n\r\nmore", true, "more"},
		{"204 has no body", true, "GET", "HTTP/1.1 204 x\r\nContent-Length: 2\r\n\r\nok", true, "ok"},
		{"304 has no body, though it may tell a length", true, "GET", "HTTP/1.1 304 x\r\nContent-Length: 2\r\n\r\nok",
			true, "ok"},
		{"chunked in HTTP/1.0 is decoded", true, "GET",
			"HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nmore", true, "more"},
		{"without either field, up to the close", true, "GET", head + "\r\nhello", true, ""},
		{"an unknown coding of a response, up to the close", true, "GET", head + "Transfer-Encoding: x\r\n\r\nhello",
			true, ""},
		{"an unknown coding of a request is refused", false, "POST",
			"POST / HTTP/1.1\r\nTransfer-Encoding: x\r\n\r\nhello", false, ""},
		{"chunked twice is refused", true, "GET", head + "Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
			false, ""},
		{"LF alone is refused", false, "GET", "GET / HTTP/1.1\nHost: x\n\n", false, ""},
		{"a fold in a request is refused", false, "GET", "GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n", false, ""},
		{"a fold in a response is joined", true, "GET", head + "A: b\r\n c\r\nContent-Length: 0\r\n\r\nmore", true,
			"more"},
		{"a space before the colon of a request is refused", false, "POST",
			"POST / HTTP/1.1\r\nContent-Length : 5\r\n\r\nhello", false, ""},
		{"a space before the colon of a response is cut", true, "GET", head + "Content-Length : 5\r\n\r\nhellomore",
			true, "more"},
		{"a target without its slash is refused", false, "GET", "GET a.html HTTP/1.1\r\n\r\n", false, ""},
		{"a request without either field has no body", false, "POST", "POST / HTTP/1.1\r\n\r\nmore", true, "more"},
		{"a body that is cut is not complete", true, "GET", head + "Content-Length: 9\r\n\r\nhello", false, ""},
	} {
		m := lesson.ReadAs("strict", c.response, c.method, []byte(c.data))
		if m.Accepts != c.accepts || c.accepts && c.data[m.End:] != c.left {
			t.Errorf("%s: %+v of %d bytes", c.name, m, len(c.data))
		}
	}
}

// TestGoldenAmbiguousTalks holds the readings of all ambiguous talks.
func TestGoldenAmbiguousTalks(t *testing.T) {
	k, _ := lesson.Lookup("readings")
	var b strings.Builder
	for _, c := range ambiguous {
		_, page, _ := strings.Cut(text(texts.English, k, recordBytes(t, written(c.talk...))), "ambiguous.\n")
		fmt.Fprintf(&b, "== %s\n%s", c.name, page)
	}
	golden(t, "talks", b.String())
}

// lengthless is a source that knows no lengths of packets, as the screen's.
type lengthless struct{ recorded }

func (lengthless) WireLen(int64) int { return 0 }

// tapeless is a source that keeps no bytes any more.
type tapeless struct{ recorded }

func (tapeless) Tape(int64) *trace.Tape { return nil }

// TestSourcesThatKnowLess: lessons say what they cannot say.
func TestSourcesThatKnowLess(t *testing.T) {
	r := record(t, "persistent.pcap")
	price, _ := lesson.Lookup("price")
	if got := strings.Join(strings.Fields(text(texts.English, price, lengthless{r})), " "); !strings.Contains(got,
		"Lengths of packets on the wire are not known") {
		t.Errorf("%s", got)
	}
	if got := text(texts.English, price, tapeless{r}); !strings.Contains(got, "No packet of a connection") {
		t.Errorf("%s", got)
	}
	for _, name := range []string{"demo.pcapng", "cl-te.pcap", "https.pcapng", "range-multi.pcap",
		"slow-buffered.pcap"} {
		for _, k := range lesson.Kinds {
			checkLesson(t, name+" "+k.Name, k.Make(texts.English, tapeless{record(t, name)}, lesson.Everything))
		}
	}
}
