package lesson_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"httpscope/internal/lesson"
	"httpscope/internal/texts"
)

// nasty is what attackers and broken programs put into any place.
var nasty = []string{"\x1b[31m", "\x1b]0;title\x07", "[red]", "\u202e", "\u200b", "\xff\xfe", "简体", "\x00", "\t", "\x7f", "%s%d", "'\"`$(id)\\", "a=b", "|", "word", "0", "-1", " ", "/"}

func drawText(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(nasty), 0, 4).Draw(t, "text"), "")
}

// TestLessonsOfAnyTraffic: whatever is sent, every lesson can be made of it, and
// nothing in it reaches the page unseen.
func TestLessonsOfAnyTraffic(t *testing.T) {
	requests := []string{"GET /~ HTTP/1.1\r\nHost: ~\r\nCookie: a=~; b=1\r\nUser-Agent: ~\r\n", "POST /?pass=~ HTTP/1.1\r\nContent-Length: 5\r\nAuthorization: Basic ~\r\nContent-Type: application/x-www-form-urlencoded\r\n", "GET /r HTTP/1.1\r\nRange: bytes=~-3,5-\r\n", "GET / HTTP/1.1\r\nRange: bytes=0-9223372036854775807\r\n", "GET /~\r\n", "~ ~ ~\r\n"}
	responses := []string{"HTTP/1.1 200 ~\r\nSet-Cookie: a=~; Path=/~; Domain=~\r\nContent-Length: 5\r\n", "HTTP/1.1 206 x\r\nContent-Range: bytes 0-4/~\r\nContent-Length: 5\r\n", "HTTP/1.1 206 x\r\nContent-Range: bytes 9223372036854775800-9223372036854775806/9223372036854775807\r\nContent-Length: 7\r\n", "HTTP/1.1 206 x\r\nContent-Type: multipart/byteranges; boundary=~\r\nTransfer-Encoding: chunked\r\n",
		"HTTP/1.1 200 x\r\nTransfer-Encoding: chunked\r\nContent-Length: ~\r\n", "HTTP/1.1 204 ~\r\nContent-Length: 5\r\n", "HTTP/1.1 416 ~\r\nContent-Range: bytes */~\r\nContent-Length: 0\r\n", "~\r\n"}
	bodies := []string{"", "hello", "5;~\r\nhello\r\n0\r\n\r\n", "~", "a=~&password=~"}
	rapid.Check(t, func(r *rapid.T) {
		fill := func(s string) string {
			for strings.Contains(s, "~") {
				s = strings.Replace(s, "~", drawText(r), 1)
			}
			return s
		}
		var talk []said
		for range rapid.IntRange(1, 4).Draw(r, "exchanges") {
			talk = append(talk, said{0, fill(rapid.SampledFrom(requests).Draw(r, "request")) + "\r\n" + fill(rapid.SampledFrom(bodies).Draw(r, "body"))},
				said{1, fill(rapid.SampledFrom(responses).Draw(r, "response")) + "\r\n" + fill(rapid.SampledFrom(bodies).Draw(r, "body"))})
		}
		checkAll(r, talk)
	})
}

func checkAll(t *rapid.T, talk []said) {
	src := recordBytes(t, written(talk...))
	for _, k := range lesson.Kinds {
		checkLesson(t, k.Name, k.Make(texts.English, src, lesson.Everything))
	}
}

// TestLessonsOfManyThings: a capture with very many cookies, chunks, ranges or
// messages makes a page that can still be read.
func TestLessonsOfManyThings(t *testing.T) {
	var talk []said
	for i := range 1200 {
		talk = append(talk, said{0, "GET /" + strings.Repeat("x", i%7) + " HTTP/1.1\r\nHost: x\r\nCookie: " + strings.Repeat("a=b; ", 200) + "\r\nRange: bytes=" + strings.Repeat("0-1,", 50) + "2-3\r\n\r\n"},
			said{1, "HTTP/1.1 206 OK\r\nSet-Cookie: a=b\r\nContent-Range: bytes 0-1/1000\r\nTransfer-Encoding: chunked\r\n\r\n" + strings.Repeat("1\r\na\r\n", 300) + "0\r\n\r\n"})
	}
	src := recordBytes(t, written(talk...))
	for _, k := range lesson.Kinds {
		if n := len(k.Make(texts.English, src, lesson.Everything).Page()); n > 300_000 {
			t.Errorf("%s: %d lines", k.Name, n)
		}
	}
}
