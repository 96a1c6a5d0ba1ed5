package page

import (
	"bytes"
	"fmt"
	"math"
	"sort"
	"strings"

	"httpscope/internal/doc"
	"httpscope/internal/layer"
)

// hexPage shows bytes as rows of offset, hexadecimal, ASCII and packet. A row
// is made when it is asked for: a body of 100 MB costs no more than its map.
type hexPage struct {
	b     *bodyMap
	per   int // bytes of a row
	list  []stretch
	lines []int // the line after each stretch
}

// hexNarrow is the width below which a row holds 8 bytes instead of 16.
const hexNarrow = 79

func newHexPage(b *bodyMap, width int) *hexPage {
	h := &hexPage{b: b, per: 16, list: b.stretches()}
	if width > 0 && width < hexNarrow {
		h.per = 8
	}
	n := 0
	for _, s := range h.list {
		n += h.rows(s)
		h.lines = append(h.lines, n)
	}
	return h
}

// rows is the number of lines of a stretch: one for missing bytes.
func (h *hexPage) rows(s stretch) int {
	if s.why != "" {
		return 1
	}
	return int((s.n + int64(h.per) - 1) / int64(h.per))
}

// Len implements [Doc].
func (h *hexPage) Len() int {
	if len(h.lines) == 0 {
		return 0
	}
	return h.lines[len(h.lines)-1]
}

// Line implements [Doc].
func (h *hexPage) Line(i int) doc.Line {
	k := sort.SearchInts(h.lines, i+1)
	s := h.list[k]
	if s.why != "" {
		return h.b.missingLine(s)
	}
	from := s.body + int64(i-h.begin(k))*int64(h.per)
	return h.row(from, min(int64(h.per), s.body+s.n-from))
}

// begin is the first line of a stretch.
func (h *hexPage) begin(k int) int {
	if k == 0 {
		return 0
	}
	return h.lines[k-1]
}

// row is the line of n bytes.
func (h *hexPage) row(from, n int64) doc.Line {
	var buf [16]byte
	data := buf[:h.b.read(from, buf[:n])]
	ref := h.b.ref(from, from+n)
	spans := []doc.Span{doc.Spanf(doc.Dim, "%08x  ", from), doc.Shown(hexCells(data, h.per), doc.Body),
		doc.Shown("  |"+asciiCells(data)+"|", doc.Plain)}
	if ref.Frame > 0 {
		mark := packetsMark(h.b.Catalogue, ref.Frame, h.b.frame(ref.To-1))
		spans = append(spans, doc.Space(h.per-len(data)+1), doc.Shown(mark, doc.Dim))
	}
	return doc.LineOf(ref, spans...)
}

// hexCells is bytes in hexadecimal, filled up to a full row, a wider gap in the middle.
func hexCells(data []byte, per int) string {
	var b strings.Builder
	for i := range per {
		switch {
		case i == 8:
			b.WriteString("  ")
		case i > 0:
			b.WriteByte(' ')
		}
		if i < len(data) {
			fmt.Fprintf(&b, "%02x", data[i])
		} else {
			b.WriteString("  ")
		}
	}
	return b.String()
}

// asciiCells is bytes as characters, a dot for what is none of ASCII.
func asciiCells(data []byte) string {
	out := make([]byte, len(data))
	for i, c := range data {
		if out[i] = c; c < 0x20 || c >= 0x7f {
			out[i] = '.'
		}
	}
	return string(out)
}

// lineAt implements placed.
func (h *hexPage) lineAt(at layer.Place) (line int, width int64) {
	if h.b.m == nil || !h.b.holds(at) {
		return -1, math.MaxInt64
	}
	body := h.b.bodyAt(at.From)
	k := sort.Search(len(h.list), func(i int) bool { return h.list[i].body+h.list[i].n > body })
	if body < 0 || k == len(h.list) {
		return -1, math.MaxInt64
	}
	line = h.begin(k)
	if h.list[k].why == "" {
		line += int((body - h.list[k].body) / int64(h.per))
	}
	r := h.Line(line).Ref
	if at.From < r.From || at.From >= r.To {
		return -1, math.MaxInt64 // chunk framing between two rows
	}
	return line, r.To - r.From
}

// searchBlock is how many bytes are searched at a time.
const searchBlock = 64 << 10

// find implements searched: it looks for the text in the bytes, so that one
// that goes over the end of a row is found too.
func (h *hexPage) find(lower string, from int, backwards bool) int {
	for n := range h.list {
		k := n
		if backwards {
			k = len(h.list) - 1 - n
		}
		first, last := h.begin(k), h.lines[k]-1
		if !backwards && last < from || backwards && first > from {
			continue
		}
		if i := h.findIn(k, []byte(lower), min(max(from, first), last), backwards); i >= 0 {
			return i
		}
	}
	return -1
}

// findIn searches a stretch from one of its lines on.
func (h *hexPage) findIn(k int, lower []byte, from int, backwards bool) int {
	s, first := h.list[k], h.begin(k)
	if s.why != "" {
		if strings.Contains(strings.ToLower(h.Line(first).String()), string(lower)) {
			return first
		}
		return -1
	}
	lo, hi := s.body+int64(from-first)*int64(h.per), s.body+s.n
	if backwards {
		lo, hi = s.body, min(hi, lo+int64(h.per))
	}
	at := h.findBytes(lower, lo, hi, s.body+s.n, backwards)
	if at < 0 {
		return -1
	}
	return first + int((at-s.body)/int64(h.per))
}

// findBytes is the first, or last, place in [lo, hi) at which the bytes begin.
// They may go on up to end.
func (h *hexPage) findBytes(lower []byte, lo, hi, end int64, backwards bool) int64 {
	buf := make([]byte, searchBlock+len(lower))
	for lo < hi {
		at, n := lo, min(hi-lo, searchBlock)
		if backwards {
			at = hi - n
		}
		got := h.b.read(at, buf[:min(n+int64(len(lower))-1, end-at)])
		block := lowerASCII(buf[:got])
		i := bytes.Index(block, lower)
		if backwards {
			i = bytes.LastIndex(block, lower)
			hi = at
		} else {
			lo = at + n
		}
		if i >= 0 {
			return at + int64(i)
		}
	}
	return -1
}

// lowerASCII makes the letters of ASCII small, in place.
func lowerASCII(b []byte) []byte {
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return b
}
