package lesson

import (
	"fmt"
	"slices"
	"strings"

	"httpscope/internal/content"
	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/ranges"
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
	var s sheet
	s.title("The map of a resource")
	if len(l.Resources) == 0 {
		s.say(doc.Dim, "No part of a resource is asked for or sent in what was looked at.")
		return s.lines
	}
	s.say(doc.Plain, "A Range field asks for bytes of a resource by their positions, which count from 0, and both ends belong to it (RFC 9110, Section 14). With the size of the resource one can say beforehand what the answer must be: 206 with these Content-Range and length, or 416.")
	for i := range l.Resources {
		l.Resources[i].lines(&s)
	}
	if l.Left > 0 {
		s.say(doc.Dim, "%s of further resources are left out.", count(int64(l.Left), "exchange", "exchanges"))
	}
	return s.lines
}

func (r *ResourceMap) lines(s *sheet) {
	s.title("%s", clip(r.Host+r.Target)+" at "+r.Server)
	for i := range r.Answers {
		r.Answers[i].lines(s)
	}
	if r.Covered == 0 {
		s.say(doc.Plain, "   No byte of it was sent.")
		return
	}
	s.add(doc.Line{})
	r.drawn(s)
}

// verdict compares what was sent with what should be.
func (a *RangeAnswer) verdict() (doc.Role, string) {
	switch {
	case a.Expected == 0 && a.Asked == "":
		return doc.Dim, "no range was asked for: the whole is sent"
	case a.Expected == 0:
		return doc.Dim, "what should come is not known: no response told the size, or the field is not valid"
	case a.Status != a.Expected && a.Status == 200:
		return doc.Note, "a server may ignore Range and send the whole"
	case a.Status != a.Expected:
		return doc.Warning, "another status than expected"
	case a.Status == 206 && !a.Multipart && a.ContentRange != a.ExpectedRange:
		return doc.Error, "other bytes than asked for"
	case a.Status == 206 && a.Length != a.ExpectedLength && !a.Multipart:
		return doc.Error, "the body has another length than its range"
	case a.Status == 206 && a.Multipart && a.Length != a.ExpectedLength:
		return doc.Note, "the parts' heads are written in another way than assumed: their length is the server's choice"
	}
	return doc.Plain, "as expected"
}

func (a *RangeAnswer) lines(s *sheet) {
	ref := doc.Ref{Place: layer.Place{Side: layer.Server}, Exchange: a.Exchange, Frame: a.Packet}
	asked := "no Range field"
	if a.Asked != "" {
		asked = "Range: " + clip(a.Asked)
	}
	role, words := a.verdict()
	s.add(doc.LineOf(ref, doc.Spanf(doc.Plain, "   exchange %d  ", a.Exchange), doc.Spanf(doc.Request, "%s", asked), doc.Spanf(doc.Dim, "  packet %d", a.Packet)))
	if a.Expected != 0 {
		s.say(doc.Dim, "      expected  %s", answerWords(a.Expected, a.ExpectedRange, a.Multipart, a.ExpectedLength))
	}
	s.add(doc.LineOf(ref, doc.Spanf(doc.Dim, "      actual    "), doc.Spanf(doc.Response, "%s", answerWords(a.Status, a.ContentRange, a.Status == 206 && a.ContentRange == "", a.Length)), doc.Spanf(role, "  %s", words)))
	for _, code := range a.Findings {
		s.add(doc.LineOf(doc.Ref{Code: code, Exchange: a.Exchange}, doc.Spanf(doc.Warning, "      finding   %s", code)))
	}
}

func answerWords(status int, contentRange string, multipart bool, length int64) string {
	words := []string{fmt.Sprint(status)}
	switch {
	case contentRange != "":
		words = append(words, "Content-Range: "+clip(contentRange))
	case multipart:
		words = append(words, "multipart/byteranges")
	}
	if length >= 0 {
		words = append(words, count(length, "byte", "bytes")+" of body")
	}
	return strings.Join(words, ", ")
}

// mapWidth is the columns of a drawn map.
const mapWidth = 64

// drawn draws the map: each column stands for as many bytes as the next.
func (r *ResourceMap) drawn(s *sheet) {
	size := r.Size
	if size <= 0 {
		runs := r.bytes.Runs()
		size = runs[len(runs)-1].Last + 1
	}
	runs := r.bytes.Runs()
	s.add(doc.LineOf(doc.Ref{}, doc.Spanf(doc.Dim, "   all        "), doc.Spanf(doc.Body, "|%s|", r.row(size, runs, 0))))
	for i := range r.Answers {
		a := &r.Answers[i]
		if len(a.Given) == 0 {
			continue
		}
		var own []ranges.Run
		for _, g := range a.Given {
			own = append(own, ranges.Run{Span: ranges.Span(g), Count: 1})
		}
		s.add(doc.LineOf(doc.Ref{Exchange: a.Exchange, Frame: a.Packet, Place: layer.Place{Side: layer.Server}}, doc.Spanf(doc.Dim, "   %-10s ", fmt.Sprintf("exch. %d", a.Exchange)), doc.Spanf(doc.Response, "|%s|", r.row(size, own, 1))))
	}
	s.say(doc.Dim, "   # sent once  2-9 sent so many times  + partly sent  . missing; a column is %s", columnWords(size))
	s.say(doc.Plain, "   %d of %s were sent.", r.Covered, sizeWords(r.Size))
	spans(s, doc.Warning, "Missing", r.Holes)
	spans(s, doc.Note, "Sent more than once", r.Overlaps)
}

func sizeWords(size int64) string {
	if size < 0 {
		return "an unknown number of bytes"
	}
	return count(size, "byte", "bytes")
}

func columnWords(size int64) string {
	if size <= mapWidth {
		return "one byte or less"
	}
	return fmt.Sprintf("about %d bytes", (size+mapWidth-1)/mapWidth)
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

func spans(s *sheet, r doc.Role, what string, list []Interval) {
	if len(list) == 0 {
		return
	}
	var words []string
	for _, g := range list[:min(len(list), maxSpans)] {
		words = append(words, fmt.Sprintf("%d-%d", g.First, g.Last))
	}
	if n := len(list) - maxSpans; n > 0 {
		words = append(words, fmt.Sprintf("and %d more", n))
	}
	s.say(r, "   %s: %s", what, strings.Join(words, ", "))
}
