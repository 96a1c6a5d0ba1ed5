package lesson_test

import (
	"testing"

	"httpscope/internal/lesson"
)

// TestGoEndsAsTheStreamDid: a body up to the end is whole where the connection was closed, and not where
// it was reset.
func TestGoEndsAsTheStreamDid(t *testing.T) {
	const text = "HTTP/1.1 200 OK\r\n\r\nhello"
	if got := lesson.ReadAs("go", true, "GET", []byte(text)); !got.Accepts || got.End != len(text) || got.Body != 5 {
		t.Errorf("%+v", got)
	}
	for text, want := range map[string]lesson.Message{
		"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel": {End: -1, Body: 3},
		"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello": {Accepts: true,
			End: 46},
		"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nx": {Accepts: true,
			End: 71},
	} {
		got := lesson.ReadAs("go", true, "GET", []byte(text))
		if got.Says = ""; got != want {
			t.Errorf("%q: %+v, want %+v", text, got, want)
		}
	}
}

// FuzzReaders: no reader breaks on any bytes, nor sees an end behind them.
func FuzzReaders(f *testing.F) {
	for _, c := range ambiguous {
		for _, s := range c.talk {
			f.Add(s.dir == 1, []byte(s.text))
		}
	}
	f.Fuzz(func(t *testing.T, response bool, data []byte) {
		for _, reader := range []string{"strict", "go", "wireshark"} {
			if m := lesson.ReadAs(reader, response, "GET", data); m.End > len(data) || m.Body > len(data) ||
				m.Accepts && m.Body > m.End || m.Accepts && m.End < 0 {
				t.Fatalf("%s: %+v of %d bytes", reader, m, len(data))
			}
		}
	})
}
