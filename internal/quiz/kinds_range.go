package quiz

import (
	"fmt"

	"httpscope/httpdecode"
	"httpscope/internal/trace"
)

// ranged reports a range request whose answer can be computed: the size is
// known, and no condition of If-Range is in between.
func ranged(x *trace.Exchange) bool {
	r := x.Ranges
	return answered(x) && r != nil && r.HasAsked && r.Size > 0 && r.Expected.Status != 0 &&
		x.Request.Head.Method == "GET" && !x.Request.Head.Has(httpdecode.FieldIfRange) &&
		len(x.Request.Head.Values(httpdecode.FieldRange)) == 1
}

// askRange finishes a question about what a Range field asks for.
func (a *asker) askRange(q *Question, x *trace.Exchange, frame int64) *Question {
	q.about(x, frame)
	q.Given = a.headOf(x.Request, only(httpdecode.FieldRange, httpdecode.FieldHost))
	return q
}

func rangeOf(x *trace.Exchange) string {
	v, _ := x.Request.Head.Lookup(httpdecode.FieldRange)
	return quoted(v)
}

// rangeBytes asks how many bytes a Range field stands for.
func rangeBytes(a *asker, x *trace.Exchange) *Question {
	if !ranged(x) || x.Ranges.Expected.Status != 206 {
		return nil
	}
	e, size := x.Ranges.Expected, x.Ranges.Size
	q := a.number(e.Bytes, "quiz.range-bytes.ask", rangeOf(x), bytesOf(size), nameOf(x))
	a.askRange(q, x, x.Request.First.Packet)
	q.slip(e.Bytes-int64(len(e.Parts)), "quiz.range-bytes.ends").slip(e.Bytes+1, "quiz.range-bytes.zero").
		slip(size, "quiz.range-bytes.whole")
	q.hint("quiz.range-bytes.hint")
	q.at(x.Request.First.Packet, "quiz.packet.range", rangeOf(x))
	for _, p := range e.Parts {
		q.say("quiz.range-bytes.sum", p.First, p.Last, p.Last, p.First, p.Last-p.First+1)
	}
	return q.cite("RFC 9110, Section 14.1.2")
}

// rangeStatus asks which status a range request should get.
func rangeStatus(a *asker, x *trace.Exchange) *Question {
	if !ranged(x) {
		return nil
	}
	e, size := x.Ranges.Expected, x.Ranges.Size
	q := a.number(int64(e.Status), "quiz.range-status.ask", rangeOf(x), bytesOf(size), nameOf(x))
	a.askRange(q, x, x.Request.First.Packet)
	q.slip(200, "quiz.range-status.not-200").slip(206, "quiz.range-status.not-206").
		slip(416, "quiz.range-status.not-416").slip(404, "quiz.range-status.not-404")
	q.hint("quiz.range-status.hint")
	q.at(x.Request.First.Packet, "quiz.packet.range", rangeOf(x))
	q.at(x.Response.First.Packet, "quiz.packet.answer", startOf(x.Response))
	switch e.Status {
	case 206:
		q.say("quiz.range-status.means-206")
	case 416:
		q.say("quiz.range-status.means-416", size)
	default:
		q.say("quiz.range-status.means-200")
	}
	return q.cite("RFC 9110, Sections 14.2, 15.3.7 and 15.5.17")
}

// contentRange asks for the field that says which bytes a part is.
func contentRange(a *asker, x *trace.Exchange) *Question {
	if !ranged(x) || x.Ranges.Expected.Status != 206 || len(x.Ranges.Expected.Parts) != 1 {
		return nil
	}
	p, size := x.Ranges.Expected.Parts[0], x.Ranges.Size
	n := p.Last - p.First + 1
	field := func(first, last, size int64) saying { return literal(fmt.Sprintf("bytes %d-%d/%d", first, last, size)) }
	wrong := []option{{field(p.First, p.Last, n), phrase("quiz.content-range.part")},
		{field(p.First, p.Last+1, size), phrase("quiz.content-range.last")},
		{literal(fmt.Sprintf("bytes=%d-%d", p.First, p.Last)), phrase("quiz.content-range.range")},
		{field(0, p.Last-p.First, size), phrase("quiz.content-range.positions")}}
	if n == size {
		wrong = wrong[1:3]
	}
	q := a.choose(field(p.First, p.Last, size), wrong, "quiz.content-range.ask", rangeOf(x), bytesOf(size), nameOf(x))
	a.askRange(q, x, x.Response.First.Packet)
	q.hint("quiz.content-range.hint")
	q.at(x.Request.First.Packet, "quiz.packet.range", rangeOf(x))
	q.at(x.Response.First.Packet, "quiz.packet.answer", startOf(x.Response))
	return q.say("quiz.content-range.both", bytesOf(n), p.First, p.Last).cite("RFC 9110, Section 14.4")
}
