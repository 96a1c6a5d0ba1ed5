package quiz

import (
	"httpscope/httpdecode"
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

// What a conditional response rests on.
const (
	conditionTag      = "quiz.condition.tag"
	conditionSince    = "quiz.condition.since"
	conditionMatch    = "quiz.condition.match"
	conditionNotSince = "quiz.condition.not-since"
)

// conditionOf is the condition that a response rests on (RFC 9110, Section
// 13.2.2), "" when it rests on none, or it cannot be told on which.
func conditionOf(x *trace.Exchange) string {
	h, status := x.Request.Head, x.Response.Head.Status
	switch {
	case status == 304 && h.Has(httpdecode.FieldIfNoneMatch):
		return conditionTag
	case status == 304 && h.Has(httpdecode.FieldIfModifiedSince):
		return conditionSince
	case status == 412 && h.Has(httpdecode.FieldIfMatch) &&
		!h.HasAny(httpdecode.FieldIfNoneMatch, httpdecode.FieldIfUnmodifiedSince):
		return conditionMatch
	case status == 412 && h.Has(httpdecode.FieldIfUnmodifiedSince) &&
		!h.HasAny(httpdecode.FieldIfMatch, httpdecode.FieldIfNoneMatch):
		return conditionNotSince
	}
	return ""
}

// condition asks why a server answered 304 or 412.
func condition(a *asker, x *trace.Exchange) *Question {
	if !answered(x) || conditionOf(x) == "" {
		return nil
	}
	status := x.Response.Head.Status
	wrong := append(mixed(a.rng, phrases(conditionTag, conditionSince, conditionMatch, conditionNotSince)),
		phrases("quiz.condition.moved", "quiz.condition.no-body")...)
	q := a.choose(phrase(conditionOf(x)), options(wrong...), "quiz.condition.ask", nameOf(x), status)
	q.about(x, x.Response.First.Packet)
	q.Given = append(a.headOf(x.Request, only(httpdecode.FieldIfMatch, httpdecode.FieldIfNoneMatch,
		httpdecode.FieldIfModifiedSince, httpdecode.FieldIfUnmodifiedSince)),
		a.headOf(x.Response, only(httpdecode.FieldETag, httpdecode.FieldLastModified))...)
	q.hint("quiz.condition.hint")
	q.at(x.Request.First.Packet, "quiz.condition.asked", startOf(x.Request))
	q.at(x.Response.First.Packet, "quiz.condition.answered", startOf(x.Response))
	if status == 304 {
		q.say("quiz.condition.means-304")
	} else {
		q.say("quiz.condition.means-412")
	}
	return q.cite("RFC 9110, Sections 13.1 and 13.2.2")
}
