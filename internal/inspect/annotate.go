package inspect

import (
	"time"

	"httpscope/httpdecode"
	"httpscope/internal/cookies"
	"httpscope/internal/forms"
	"httpscope/internal/layer"
	"httpscope/internal/trace"
)

// annotator adds meaning to exchanges: ranges, cookies, conditions,
// credentials. It remembers jars and resources from exchange to exchange.
type annotator struct {
	brief     bool // see [Options]
	jars      jars
	resources resources
	pairs     []cookies.Pair    // of one request: memory
	line      cookies.SetCookie // likewise, of one line
}

// request looks at a request's head as soon as it is read: what the client
// knew then is what counts.
func (a *annotator) request(s *meaningStep, r *report) {
	m := s.message
	a.sent(s, r)
	if !m.Head.HasAny(httpdecode.FieldAuthorization, httpdecode.FieldProxyAuthorization) {
		return
	}
	for i := range m.Head.Fields {
		if f := &m.Head.Fields[i]; f.ID == httpdecode.FieldAuthorization || f.ID == httpdecode.FieldProxyAuthorization {
			_, problems := forms.ParseAuthorization(f.Value)
			for _, p := range problems {
				r.add(m, f.ID, p.Code, p.Detail)
			}
		}
	}
}

// response looks at a response's head, interim ones included.
func (a *annotator) response(s *meaningStep, r *report) { a.received(s, r) }

// exchange looks at both messages when they are over.
func (a *annotator) exchange(s *meaningStep, r *report) {
	x := s.exchange
	if x.Response == nil || x.Response.Head == nil {
		return
	}
	a.ranges(s, r)
	conditions(x, r)
}

// conditions compares the answer to a conditional request with RFC 9110, Section 13.2.2.
func conditions(x *trace.Exchange, found *report) {
	if x.Request == nil || x.Request.Head == nil {
		return
	}
	q, r := x.Request.Head, x.Response.Head
	if !q.HasAny(httpdecode.FieldIfMatch, httpdecode.FieldIfNoneMatch, httpdecode.FieldIfModifiedSince,
		httpdecode.FieldIfUnmodifiedSince) {
		return
	}
	p := forms.Preconditions{Method: q.Method, IfMatch: q.Values(httpdecode.FieldIfMatch),
		IfNoneMatch:       q.Values(httpdecode.FieldIfNoneMatch),
		IfModifiedSince:   q.Values(httpdecode.FieldIfModifiedSince),
		IfUnmodifiedSince: q.Values(httpdecode.FieldIfUnmodifiedSince)}
	p.Status, p.Now = r.Status, timeOf(x.Response.First)
	p.ResponseETag, _ = r.Lookup(httpdecode.FieldETag)
	if q.Method == "GET" || q.Method == "HEAD" {
		p.ETag = p.ResponseETag
		p.LastModified, _ = r.Lookup(httpdecode.FieldLastModified)
	}
	for _, problem := range forms.Conditional(p).Problems {
		found.add(x.Request, conditionField(q), problem.Code, problem.Detail)
	}
}

// conditionField is the field that a finding about a condition points at: the
// one that is evaluated first.
func conditionField(h *trace.Head) httpdecode.FieldID {
	for _, id := range []httpdecode.FieldID{httpdecode.FieldIfMatch, httpdecode.FieldIfUnmodifiedSince,
		httpdecode.FieldIfNoneMatch, httpdecode.FieldIfModifiedSince} {
		if _, ok := h.Lookup(id); ok {
			return id
		}
	}
	return httpdecode.FieldOther
}

// timeOf is a point's time, the zero time when unknown.
func timeOf(p layer.Stamp) time.Time {
	if p.Nano == 0 {
		return time.Time{}
	}
	return time.Unix(0, p.Nano).UTC()
}
