package quiz_test

import (
	"bytes"
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"httpscope/internal/quiz"
	"httpscope/internal/recording"
	"httpscope/internal/synth"
	"httpscope/internal/texts"
)

// nasty is what attackers put into any place.
var nasty = []string{"\x1b[31m", "\x1b]0;title\x07", "[red]", "\u202e", "\u200b", "\xff\xfe", "\x00", "\t", "\x7f",
	"%s%d%!", "A) ", "yes", "404", "", " ", "\u2028", "Packet 9999 ", "会：", "请求成功。", strings.Repeat("a", 5000), "简体"}

func dirty(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(nasty), 0, 3).Draw(t, "dirt"), "")
}

// hostileCapture is a connection of messages with dirt in every place.
func hostileCapture(t *rapid.T) []byte {
	var b bytes.Buffer
	c := synth.NewCapture(&b, time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
	x := c.Conn(netip.MustParseAddrPort("10.0.0.2:40001"), netip.MustParseAddrPort("10.0.0.1:8080"),
		[2]uint32{rapid.Uint32().Draw(t, "isn"), rapid.Uint32().Draw(t, "isn")})
	x.Open()
	x.MSS = rapid.IntRange(20, 1400).Draw(t, "mss")
	for range rapid.IntRange(1, 4).Draw(t, "exchanges") {
		method := rapid.SampledFrom([]string{"GET", "HEAD", "POST", "~"}).Draw(t, "method")
		fields := rapid.SliceOfN(rapid.SampledFrom([]string{"Host: ~", "Host: a", "Cookie: a=~", "Range: bytes=0-~",
			"Range: bytes=1-2", "If-None-Match: \"~\"", "User-Agent: ~", "Referer: ~", "Connection: ~"}), 0,
			5).Draw(t, "fields")
		x.Send(0, []byte(fill(t, method+" /~ HTTP/1.1\r\n"+lines(fields)+"\r\n")))
		status := rapid.SampledFrom([]string{"200 OK", "206 ~", "302 ~", "304 x", "404 ~", "999 x",
			"100 ~\r\n\r\nHTTP/1.1 200 OK"}).Draw(t, "status")
		fields = rapid.SliceOfN(rapid.SampledFrom([]string{"Content-Length: 5", "Content-Length: ~",
			"Transfer-Encoding: chunked", "Content-Encoding: ~", "Set-Cookie: a=~; Path=/~",
			"Set-Cookie: b=1; Domain=~", "Location: ~", "Content-Range: bytes 1-2/~",
			"Content-Range: bytes 1-2/10", "X-~: ~"}), 0, 5).Draw(t, "fields")
		body := rapid.SampledFrom([]string{"", "hello", "1a;~\r\nabcdefghijklmnopqrstuvwxyz\r\n0\r\n~: 1\r\n\r\n",
			"ffffffffffffffff\r\n"}).Draw(t, "body")
		x.Send(1, []byte(fill(t, "HTTP/1.1 "+status+"\r\n"+lines(fields)+"\r\n"+body)))
	}
	x.Close(rapid.IntRange(0, 1).Draw(t, "closer"))
	return b.Bytes()
}

func lines(fields []string) string {
	out := ""
	for _, f := range fields {
		out += f + "\r\n"
	}
	return out
}

// fill puts dirt into the places that are marked.
func fill(t *rapid.T, s string) string {
	for strings.Contains(s, "~") {
		s = strings.Replace(s, "~", strings.ReplaceAll(dirty(t), "~", ""), 1)
	}
	return s
}

// TestHostileCapture is a law: whatever a capture holds, all text of its
// questions is fit to be shown, right answers are right, and wrong ones wrong; and
// the questions are the same in every language.
func TestHostileCapture(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r, err := recording.Read(bytes.NewReader(hostileCapture(t)), 0)
		if err != nil {
			t.Fatal(err)
		}
		english := shapes(quiz.New(source{r}, 1, quiz.Options{Questions: everything}))
		for _, lang := range texts.Languages() {
			questions := quiz.New(source{r}, 1, quiz.Options{Questions: everything, Lang: lang})
			if d := cmp.Diff(english, shapes(questions)); d != "" {
				t.Errorf("%s: %s", lang, d)
			}
			for i := range questions {
				checkHostile(t, &questions[i])
			}
		}
	})
}

func checkHostile(t *rapid.T, q *quiz.Question) {
	checkVisible(t, q)
	for _, s := range shownText(q) {
		if len(s) > 4000 {
			t.Errorf("%s: a text of %d bytes", q.ID, len(s))
		}
	}
	if o, _ := q.Judge(q.Answer); o != quiz.Right {
		t.Errorf("%s: the answer %q is %s", q.ID, q.Answer, o)
	}
	for i, c := range q.Choices {
		if o, _ := q.Judge(quiz.Letter(i)); c.Right != (o == quiz.Right) {
			t.Errorf("%s: the choice %s, %q, is %s", q.ID, quiz.Letter(i), c.Text, o)
		}
	}
}
