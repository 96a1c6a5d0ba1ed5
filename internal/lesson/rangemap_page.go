package lesson

import (
	"fmt"
	"slices"

	"httpscope/internal/content"
	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/ranges"
	"httpscope/internal/texts"
)

// boundaryOf is the boundary parameter of a media type.
func boundaryOf(value string) string {
	t, _ := content.ParseMediaType(value)
	boundary, _ := t.Param("boundary")
	return boundary
}

// isRangeCode reports whether a finding is about ranges.
func isRangeCode(code string) bool {
	return slices.Contains(ranges.Codes, code)
}

// Page implements [Lesson].
func (l *RangeMaps) Page() doc.Lines {
	w := doc.NewWriter(l.words)
	w.Title("lesson.title.ranges")
	if len(l.Resources) == 0 {
		w.Say(doc.Dim, "lesson.ranges.none")
		return w.Lines
	}
	w.Say(doc.Plain, "lesson.ranges.intro")
	for i := range l.Resources {
		l.Resources[i].lines(w)
	}
	if l.Left > 0 {
		w.Say(doc.Dim, "lesson.ranges.left", l.Left)
	}
	return w.Lines
}

func (r *ResourceMap) lines(w *doc.Writer) {
	w.Title("lesson.ranges.resource", clip(r.Host+r.Target), r.Server)
	for i := range r.Answers {
		r.Answers[i].lines(w)
	}
	if r.Covered == 0 {
		inset(w, 3, doc.Plain, "lesson.ranges.no-byte")
		return
	}
	w.Empty()
	r.drawn(w)
}

// verdict compares what was sent with what should be: the key of a phrase.
func (a *RangeAnswer) verdict() (doc.Role, string) {
	switch {
	case a.Expected == 0 && a.Asked == "":
		return doc.Dim, "lesson.ranges.not-asked"
	case a.Expected == 0:
		return doc.Dim, "lesson.ranges.not-known"
	case a.Status != a.Expected && a.Status == 200:
		return doc.Note, "lesson.ranges.may-ignore"
	case a.Status != a.Expected:
		return doc.Warning, "lesson.ranges.other-status"
	case a.Status == 206 && !a.Multipart && a.ContentRange != a.ExpectedRange:
		return doc.Error, "lesson.ranges.other-bytes"
	case a.Status == 206 && a.Length != a.ExpectedLength && !a.Multipart:
		return doc.Error, "lesson.ranges.other-length"
	case a.Status == 206 && a.Multipart && a.Length != a.ExpectedLength:
		return doc.Note, "lesson.ranges.other-heads"
	}
	return doc.Plain, "lesson.ranges.as-expected"
}

// answerWidth is the columns before what an answer should have and has.
const answerWidth = 10

func (a *RangeAnswer) lines(w *doc.Writer) {
	ref := doc.Ref{Place: layer.Place{Side: layer.Server}, Exchange: a.Exchange, Frame: a.Packet}
	head := func(key string) doc.Span { return doc.Spanf(doc.Dim, "      %s", cell(w.Phrase(key), answerWidth)) }
	w.About(ref, doc.Space(3), w.Span(doc.Plain, "lesson.exchange", a.Exchange),
		doc.Spanf(doc.Request, "  %s  ", a.asked(w)), w.Span(doc.Dim, "lesson.packet", a.Packet))
	if a.Expected != 0 {
		words := answerWords(w, a.Expected, a.ExpectedRange, a.Multipart, a.ExpectedLength)
		w.About(doc.Ref{}, head("lesson.ranges.expected"), doc.Spanf(doc.Dim, "%s", words))
	}
	role, verdict := a.verdict()
	words := answerWords(w, a.Status, a.ContentRange, a.Status == 206 && a.ContentRange == "", a.Length)
	w.About(ref, head("lesson.ranges.actual"), doc.Spanf(doc.Response, "%s  ", words), w.Span(role, verdict))
	for _, code := range a.Findings {
		finding := cell(w.Phrase("lesson.finding"), answerWidth)
		w.About(doc.Ref{Code: code, Exchange: a.Exchange}, doc.Spanf(doc.Warning, "      %s%s", finding, code))
	}
}

// asked is the Range field of the request.
func (a *RangeAnswer) asked(w *doc.Writer) string {
	if a.Asked == "" {
		return w.Phrase("lesson.ranges.no-field")
	}
	return "Range: " + clip(a.Asked)
}

func answerWords(w *doc.Writer, status int, contentRange string, multipart bool, length int64) string {
	list := texts.List{Items: []any{status}}
	switch {
	case contentRange != "":
		list.Items = append(list.Items, "Content-Range: "+clip(contentRange))
	case multipart:
		list.Items = append(list.Items, "multipart/byteranges")
	}
	if length >= 0 {
		list.Items = append(list.Items, texts.Say("lesson.ranges.of-body", byteCount(length)))
	}
	return w.Phrase("lesson.list", list)
}

// mapWidth is the columns of a drawn map.
const mapWidth = 64

// mapHead is the columns before a drawn map.
const mapHead = 10

// drawn draws the map: each column stands for as many bytes as the next.
func (r *ResourceMap) drawn(w *doc.Writer) {
	runs := r.bytes.Runs()
	size := r.Size
	if size <= 0 {
		size = runs[len(runs)-1].Last + 1
	}
	line := func(ref doc.Ref, name string, role doc.Role, drawn string) {
		w.About(ref, doc.Spanf(doc.Dim, "   %s ", filled(name, mapHead, false)), doc.Spanf(role, "|%s|", drawn))
	}
	line(doc.Ref{}, w.Phrase("lesson.col.all"), doc.Body, r.row(size, runs, 0))
	for i := range r.Answers {
		if a := &r.Answers[i]; len(a.Given) > 0 {
			ref := doc.Ref{Exchange: a.Exchange, Frame: a.Packet, Place: layer.Place{Side: layer.Server}}
			line(ref, w.Phrase("lesson.ranges.exch", a.Exchange), doc.Response, r.row(size, a.runs(), 1))
		}
	}
	inset(w, 3, doc.Dim, "lesson.ranges.legend", columnWords(size))
	inset(w, 3, doc.Plain, "lesson.ranges.covered", r.Covered, sizeWords(r.Size))
	spans(w, doc.Warning, "lesson.ranges.missing", r.Holes)
	spans(w, doc.Note, "lesson.ranges.twice", r.Overlaps)
}

// runs are what the answer gave, as they are drawn.
func (a *RangeAnswer) runs() []ranges.Run {
	var own []ranges.Run
	for _, g := range a.Given {
		own = append(own, ranges.Run{Span: ranges.Span(g), Count: 1})
	}
	return own
}

func sizeWords(size int64) texts.Phrase {
	if size < 0 {
		return texts.Say("lesson.ranges.size-unknown")
	}
	return byteCount(size)
}

func columnWords(size int64) texts.Phrase {
	if size <= mapWidth {
		return texts.Say("lesson.ranges.one-byte")
	}
	return texts.Say("lesson.ranges.about-bytes", (size+mapWidth-1)/mapWidth)
}

// row draws intervals; most is how often a byte may count at most, 0 for any.
func (r *ResourceMap) row(size int64, runs []ranges.Run, most int) string {
	out := make([]byte, mapWidth)
	for i := range out {
		from, to := size*int64(i)/mapWidth, max(size*int64(i)/mapWidth+1, size*int64(i+1)/mapWidth)
		if size > 1<<56 { // no product may overflow
			from, to = size/mapWidth*int64(i), size/mapWidth*int64(i+1)
		}
		out[i] = column(from, to, runs, most)
	}
	return string(out)
}

// column is the sign for the bytes [from, to).
func column(from, to int64, runs []ranges.Run, most int) byte {
	covered, times := int64(0), 0
	for _, g := range runs {
		n := min(to, g.Last+1) - max(from, g.First)
		if n <= 0 {
			continue
		}
		covered += n
		times = max(times, g.Count)
	}
	if most > 0 {
		times = min(times, most)
	}
	switch {
	case covered == 0:
		return '.'
	case times > 1:
		return byte('0' + min(times, 9))
	case covered < to-from:
		return '+'
	}
	return '#'
}

// maxSpans bounds the intervals that are listed.
const maxSpans = 32

func spans(w *doc.Writer, r doc.Role, key string, list []Interval) {
	if len(list) == 0 {
		return
	}
	var words texts.List
	for _, g := range list[:min(len(list), maxSpans)] {
		words.Items = append(words.Items, fmt.Sprintf("%d-%d", g.First, g.Last))
	}
	if n := len(list) - maxSpans; n > 0 {
		words.Items = append(words.Items, texts.Say("lesson.and-more", n))
	}
	inset(w, 3, r, key, words)
}
