package quiz

import (
	"fmt"

	"httpscope/httpdecode"
	"httpscope/internal/doc"
	"httpscope/internal/trace"
)

// otherKinds ask about conditions, ranges, display filters and findings.
func otherKinds() []kind {
	return []kind{
		{about: "condition", topic: "conditions", exchange: condition},
		{about: "range-bytes", topic: "ranges", exchange: rangeBytes},
		{about: "range-status", topic: "ranges", exchange: rangeStatus},
		{about: "content-range", topic: "ranges", exchange: contentRange},
		{about: "filter", topic: "filters", exchange: filterFor},
		{about: "finding", topic: "findings", exchange: findingOf},
	}
}

// Sentences for what a conditional response rests on.
const (
	conditionTag      = "If-None-Match names the entity tag that the resource still has"
	conditionSince    = "The resource has not changed since the date in If-Modified-Since"
	conditionMatch    = "If-Match names an entity tag that the resource does not have"
	conditionNotSince = "The resource has changed since the date in If-Unmodified-Since"
)

// condition asks why a server answered 304 or 412 (RFC 9110, Section 13.2.2).
func condition(a *asker, x *trace.Exchange) *Question {
	if !answered(x) {
		return nil
	}
	h, status := x.Request.Head, x.Response.Head.Status
	right := ""
	switch {
	case status == 304 && h.Has(httpdecode.FieldIfNoneMatch):
		right = conditionTag
	case status == 304 && h.Has(httpdecode.FieldIfModifiedSince):
		right = conditionSince
	case status == 412 && h.Has(httpdecode.FieldIfMatch) && !h.HasAny(httpdecode.FieldIfNoneMatch, httpdecode.FieldIfUnmodifiedSince):
		right = conditionMatch
	case status == 412 && h.Has(httpdecode.FieldIfUnmodifiedSince) && !h.HasAny(httpdecode.FieldIfMatch, httpdecode.FieldIfNoneMatch):
		right = conditionNotSince
	default:
		return nil
	}
	wrong := append(mixed(a.rng, choicesOf(conditionTag, conditionSince, conditionMatch, conditionNotSince)), choicesOf("The resource has moved to another place", "The request has no body")...)
	q := choose(a.rng, right, wrong, "Why did the server answer %s with %d?", nameOf(x), status).about(x, x.Response.First.Packet)
	q.Given = append(headOf(x.Request, only(httpdecode.FieldIfMatch, httpdecode.FieldIfNoneMatch, httpdecode.FieldIfModifiedSince, httpdecode.FieldIfUnmodifiedSince)),
		headOf(x.Response, only(httpdecode.FieldETag, httpdecode.FieldLastModified))...)
	q.hint("Compare the condition in the request with the validators in the response. An entity tag goes before a date.")
	q.at(x.Request.First.Packet, "carries the condition: %s", startOf(x.Request))
	q.at(x.Response.First.Packet, "carries the answer: %s", startOf(x.Response))
	if status == 304 {
		q.say("The client has a stored copy and asks whether it is still good. It is, so the body is not sent again.")
	} else {
		q.say("The condition does not hold, so the server does nothing: it protects a change that somebody else made meanwhile.")
	}
	return q.cite("RFC 9110, Sections 13.1 and 13.2.2")
}

// ranged reports a range request whose answer can be computed: the size is
// known, and no condition of If-Range is in between.
func ranged(x *trace.Exchange) bool {
	r := x.Ranges
	return answered(x) && r != nil && r.HasAsked && r.Size > 0 && r.Expected.Status != 0 && x.Request.Head.Method == "GET" && !x.Request.Head.Has(httpdecode.FieldIfRange) &&
		len(x.Request.Head.Values(httpdecode.FieldRange)) == 1
}

// asks shows what a range question is about.
func (q *Question) asks(x *trace.Exchange) *Question {
	q.Given = headOf(x.Request, only(httpdecode.FieldRange, httpdecode.FieldHost))
	return q
}

func rangeOf(x *trace.Exchange) string {
	v, _ := x.Request.Head.Lookup(httpdecode.FieldRange)
	return quoted(v)
}

// rangeBytes asks how many bytes a Range field stands for.
func rangeBytes(_ *asker, x *trace.Exchange) *Question {
	if !ranged(x) || x.Ranges.Expected.Status != 206 {
		return nil
	}
	e, size := x.Ranges.Expected, x.Ranges.Size
	q := number(e.Bytes, "A client sends Range: %s for a resource of %s, as in %s. How many bytes of the resource does it ask for?", rangeOf(x), bytesOf(size), nameOf(x)).about(x, x.Request.First.Packet).asks(x)
	q.slip(e.Bytes-int64(len(e.Parts)), "Both ends belong to a range: it has last minus first plus one bytes.").slip(e.Bytes+1, "Positions begin at 0, so the last one is the size minus one.").slip(size, "This is the whole resource.")
	q.hint("Positions count from 0, and the last one is included. -n stands for the last n bytes.")
	q.at(x.Request.First.Packet, "carries Range: %s", rangeOf(x))
	for _, p := range e.Parts {
		q.say("Bytes %d to %d: %d - %d + 1 = %d.", p.First, p.Last, p.Last, p.First, p.Last-p.First+1)
	}
	return q.cite("RFC 9110, Section 14.1.2")
}

// rangeStatus asks which status a range request should get.
func rangeStatus(_ *asker, x *trace.Exchange) *Question {
	if !ranged(x) {
		return nil
	}
	e := x.Ranges.Expected
	q := number(int64(e.Status), "A client sends Range: %s for a resource of %s, as in %s. Which status should a server that supports ranges answer?", rangeOf(x), bytesOf(x.Ranges.Size), nameOf(x)).about(x, x.Request.First.Packet).asks(x)
	q.slip(200, "200 would bring the whole resource.").slip(206, "206 needs at least one range that lies in the resource.").slip(416, "416 is for ranges that all lie after the end.").slip(404, "The resource is there.")
	q.hint("Does at least one range begin before the end of the resource?")
	q.at(x.Request.First.Packet, "carries Range: %s", rangeOf(x))
	q.at(x.Response.First.Packet, "carries the answer of this server: %s", startOf(x.Response))
	switch e.Status {
	case 206:
		q.say("At least one range lies in the resource, so the answer is 206 Partial Content.")
	case 416:
		q.say("No range begins before byte %d, so the answer is 416 Range Not Satisfiable, with the size in Content-Range.", x.Ranges.Size)
	default:
		q.say("The field is not valid, so a server ignores it and sends everything.")
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
	wrong := []Choice{{Text: fmt.Sprintf("bytes %d-%d/%d", p.First, p.Last, n), Why: "After the slash stands the size of the whole resource, not of the part."},
		{Text: fmt.Sprintf("bytes %d-%d/%d", p.First, p.Last+1, size), Why: "The last position is included."},
		{Text: fmt.Sprintf("bytes=%d-%d", p.First, p.Last), Why: "This is how Range asks. Content-Range has a space, and the size."},
		{Text: fmt.Sprintf("bytes %d-%d/%d", 0, p.Last-p.First, size), Why: "Positions are those in the resource, not in the part."}}
	if n == size {
		wrong = wrong[1:3]
	}
	q := choose(a.rng, fmt.Sprintf("bytes %d-%d/%d", p.First, p.Last, size), wrong, "A client sends Range: %s for a resource of %s, as in %s. Which Content-Range belongs into the 206 response?", rangeOf(x), bytesOf(size), nameOf(x)).about(x, x.Response.First.Packet).asks(x)
	q.hint("First and last position, a slash, and the size of the whole resource.")
	q.at(x.Request.First.Packet, "carries Range: %s", rangeOf(x))
	q.at(x.Response.First.Packet, "carries the answer of this server: %s", startOf(x.Response))
	return q.say("%s from position %d on, up to %d: both ends are included.", bytesOf(n), p.First, p.Last).cite("RFC 9110, Section 14.4")
}

// listHeads shows which messages are meant.
func listHeads(ms []*trace.Message) doc.Lines {
	var out doc.Lines
	for i, m := range ms {
		if i == maxTable {
			return append(out, words(doc.Dim, "    and %s more", counted(int64(len(ms)-i), "message", "messages")))
		}
		l := words(doc.Plain, "    packet %d  %s", m.First.Packet, startOf(m))
		l.Ref.Frame, l.Ref.Side = m.First.Packet, m.Side
		out = append(out, l)
	}
	return out
}
