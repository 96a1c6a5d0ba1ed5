package page_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"httpscope/internal/chart"
	"httpscope/internal/doc"
	"httpscope/internal/page"
	"httpscope/internal/testkit"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// TestChineseOnEverySample: nothing that the pages say themselves is left in
// English, and no line of a narrow pane begins with a sign that belongs to the
// line before. What was sent stays as it is.
func TestChineseOnEverySample(t *testing.T) {
	lines := 0
	for _, name := range testkit.Samples(t) {
		if s, err := os.Stat(name); err != nil || s.Size() > 1<<20 {
			continue
		}
		r := testkit.Record(t, filepath.Base(name))
		for _, x := range r.Exchanges {
			said := sentBy(x)
			lines += checkChinese(t, name, page.TCP(texts.Chinese, x.Conn, r.Tape(x.Conn.ID), x), said)
			lines += checkChinese(t, name, page.Chunks(texts.Chinese, x, r.Tape(x.Conn.ID)), said)
			lines += checkChinese(t, name, page.Why(texts.Chinese, x, doc.Ref{}), said)
			lines += checkChineseAt(t, name, page.Headers(texts.Chinese, x), said, 40)
			lines += checkChineseAt(t, name, page.Cookies(texts.Chinese, x), said, 40)
			d := page.Wire(texts.Chinese, x, r.Tape(x.Conn.ID))
			lines += checkChineseAt(t, name, d, said, 40)
			for i := range min(d.Len(), 200) {
				lines += checkChinese(t, name, page.Why(texts.Chinese, x, d.Line(i).Ref), said)
			}
		}
		for _, c := range r.Connections {
			ladder := chart.Ladder(c, r.On(c.ID), r.Tape(c.ID), chart.LadderOptions{Lang: texts.Chinese, Width: 200})
			lines += checkChinese(t, name, ladder, startLines(r.On(c.ID)))
			lines += checkChinese(t, name, page.WhyConnection(texts.Chinese, c), "")
		}
	}
	if lines < 50_000 {
		t.Errorf("only %d lines checked", lines)
	}
}

// sentBy is what was sent in an exchange: heads, trailers, and bodies as far as they were kept.
func sentBy(x *trace.Exchange) string {
	var b strings.Builder
	for m := range x.Messages() {
		if m.Head != nil {
			b.WriteString(m.Head.AsSent())
		}
		for i := range m.Trailers {
			b.WriteString(m.Trailers[i].Value + "\n")
		}
		b.Write(m.Kept)
	}
	return b.String()
}

// startLines are those of exchanges.
func startLines(xs []*trace.Exchange) string {
	var b strings.Builder
	for _, x := range xs {
		for m := range x.Messages() {
			if m.Head != nil {
				b.WriteString(m.Head.StartLine() + "\n")
			}
		}
	}
	return b.String()
}

var englishWords = regexp.MustCompile(`[a-z]{2,}( [a-z]+){3,}`)

func checkChinese(t *testing.T, name string, d doc.Page, said string) int {
	t.Helper()
	return checkChineseAt(t, name, d, said, 24)
}

// checkChineseAt wraps the page to a width: names of codes are longer than the narrowest pane, and are broken there.
func checkChineseAt(t *testing.T, name string, d doc.Page, said string, width int) int {
	t.Helper()
	for i := range d.Len() {
		line := d.Line(i).String()
		if strings.HasPrefix(line, "   | ") { // of a body
			continue
		}
		if found := englishWords.FindString(line); found != "" && !strings.Contains(said, found) {
			t.Errorf("%s: English in %q", name, line)
		}
		checkSpans(t, name, d.Line(i))
	}
	narrow := doc.Wrap(d, width)
	for i := range narrow.Len() {
		if l := strings.TrimLeft(narrow.Line(i).String(), " "); strings.IndexAny(l, "。，、；：？）」”") == 0 {
			t.Errorf("%s: a line begins with a sign: %q", name, l)
		}
	}
	return d.Len()
}
