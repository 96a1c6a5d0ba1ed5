package inspect

import (
	"net/netip"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/content"
	"httpscope/internal/layer"
	"httpscope/internal/ranges"
	"httpscope/internal/trace"
)

// maxResources bounds the resources whose parts are remembered; the one
// asked for first goes first.
const maxResources = 128

// maxResourceName bounds the name of a resource that is remembered, in bytes: a
// target may be a quarter of a megabyte long.
const maxResourceName = 4096

// resource names what a range is of.
type resource struct {
	server       netip.AddrPort
	host, target string
}

// resources are the byte maps of the resources that were asked for in parts.
type resources struct {
	of    map[resource]*ranges.Map
	order []resource
}

func (rs *resources) open(r resource) *ranges.Map {
	if m := rs.of[r]; m != nil {
		return m
	}
	if len(r.host)+len(r.target) > maxResourceName {
		return &ranges.Map{}
	}
	if rs.of == nil {
		rs.of = map[resource]*ranges.Map{}
	}
	if len(rs.order) >= maxResources {
		delete(rs.of, rs.order[0])
		rs.order = rs.order[1:]
	}
	m := &ranges.Map{}
	r.host, r.target = strings.Clone(r.host), strings.Clone(r.target) // they are part of a head
	rs.of[r] = m
	rs.order = append(rs.order, r)
	return m
}

// resourceOf names the resource of an exchange; without a request only the server is known.
func resourceOf(x *trace.Exchange) resource {
	r := resource{server: x.Conn.Ends[layer.Server]}
	if x.Request != nil && x.Request.Head != nil {
		r.host, _ = x.Request.Head.Lookup(httpdecode.FieldHost)
		r.target = x.Request.Head.Target
	}
	return r
}

// parts splits a multipart/byteranges body while it passes by.
type parts struct {
	split *ranges.Multipart
	list  []ranges.Part
}

// begin looks at the response's type.
func (p *parts) begin(h *trace.Head) {
	if h.Status != 206 {
		return
	}
	value, ok := h.Lookup(httpdecode.FieldContentType)
	if !ok || !strings.HasPrefix(strings.ToLower(value), "multipart/byteranges") {
		return
	}
	if t, _ := content.ParseMediaType(value); t.Essence() == "multipart/byteranges" {
		boundary, _ := t.Param("boundary")
		p.split = ranges.NewMultipart(boundary)
	}
}

func (p *parts) feed(b []byte) {
	if p.split != nil {
		p.list = append(p.list, p.split.Feed(b)...)
	}
}

func (p *parts) gap(n int64) {
	if p.split != nil {
		p.list = append(p.list, p.split.Gap(n)...)
	}
}

// finish returns the parts and what is odd about the body as a whole.
func (p *parts) finish() []ranges.Problem {
	if p.split == nil {
		return nil
	}
	p.list = append(p.list, p.split.Close()...)
	return p.split.Problems()
}

// involved reports whether an exchange has to do with ranges at all.
func involved(x *trace.Exchange) bool {
	r := x.Response.Head
	asked := x.Request != nil && x.Request.Head != nil && x.Request.Head.HasAny(httpdecode.FieldRange,
		httpdecode.FieldIfRange)
	return asked || r.Has(httpdecode.FieldContentRange) || r.Status == 206 || r.Status == 416
}

// ranges reads what the exchange says of parts of a resource (RFC 9110, Section 14).
func (a *annotator) ranges(s *meaningStep, found *report) {
	x := s.exchange
	r := x.Response.Head
	if !involved(x) {
		return
	}
	known := ranges.Exchange{Status: r.Status, ContentRange: r.Values(httpdecode.FieldContentRange), BodyLen: -1,
		Size: -1}
	var q *trace.Head
	if x.Request != nil && x.Request.Head != nil {
		q = x.Request.Head
		known.Method, known.Range, known.IfRange = q.Method, q.Values(httpdecode.FieldRange),
			q.Values(httpdecode.FieldIfRange)
	}
	known.ContentType, known.ETag = r.Values(httpdecode.FieldContentType), r.Values(httpdecode.FieldETag)
	known.LastModified, known.AcceptRanges = r.Values(httpdecode.FieldLastModified),
		r.Values(httpdecode.FieldAcceptRanges)
	if x.Response.Complete && r.Framing().Rule != 1 {
		known.BodyLen = x.Response.Body
	}
	bodyProblems := s.parts.finish()
	known.Parts = s.parts.list
	reading := a.fit(x, &known, found)
	known.Size = reading.Size
	x.Ranges = reading
	for _, p := range append(ranges.Check(known), bodyProblems...) {
		addRange(x, p, found)
	}
	for _, part := range known.Parts {
		for _, p := range part.Problems {
			addRange(x, p, found)
		}
	}
}

// addRange points a finding at the field that it is about.
func addRange(x *trace.Exchange, p ranges.Problem, found *report) {
	switch {
	case x.Request != nil && strings.HasPrefix(p.Code, "if-range"):
		found.add(x.Request, httpdecode.FieldIfRange, p.Code, p.Detail)
	case x.Request != nil && strings.HasPrefix(p.Code, "range-") && !strings.HasPrefix(p.Code, "range-ignored"):
		found.add(x.Request, httpdecode.FieldRange, p.Code, p.Detail)
	default:
		found.add(x.Response, httpdecode.FieldContentRange, p.Code, p.Detail)
	}
}

// fit adds what the response gave to the map of its resource.
func (a *annotator) fit(x *trace.Exchange, known *ranges.Exchange, found *report) *trace.RangeReading {
	reading := &trace.RangeReading{Size: -1, Parts: known.Parts, Answer: ranges.ContentRange{First: -1, Last: -1,
		Size: -1}}
	if len(known.Range) > 0 {
		reading.Asked, _ = ranges.ParseRange(known.Range[0])
		reading.HasAsked = true
	}
	if len(known.ContentRange) > 0 {
		reading.Answer, _ = ranges.ParseContentRange(known.ContentRange[0])
		reading.Size = reading.Answer.Size
	}
	m := a.resources.open(resourceOf(x))
	for _, value := range given(x, known) {
		give(x, m, value, found)
	}
	if size, ok := m.Size(); ok && reading.Size < 0 {
		reading.Size = size
	}
	if reading.HasAsked && reading.Asked.Valid && reading.Size >= 0 {
		reading.Expected = ranges.Expect(reading.Asked, reading.Size)
	}
	reading.Covered, reading.HolesTotal = m.Covered(), m.HolesTotal()
	reading.Overlaps, reading.MoreOverlaps = m.FirstOverlaps(trace.MostOverlaps)
	if !a.brief {
		reading.Seen = m.Now()
	}
	return reading
}

// given lists the Content-Range of every part that is whole in this capture.
func given(x *trace.Exchange, known *ranges.Exchange) []string {
	var values []string
	if len(known.ContentRange) > 0 && known.Status == 206 && x.Response.Complete {
		values = append(values, known.ContentRange[0])
	}
	for _, part := range known.Parts {
		if part.Complete {
			values = append(values, part.ContentRange)
		}
	}
	return values
}

// give adds one part to the map of its resource.
func give(x *trace.Exchange, m *ranges.Map, value string, found *report) {
	c, _ := ranges.ParseContentRange(value)
	span, ok := c.Span()
	if !ok {
		return
	}
	for _, p := range m.Add(span.First, span.Last, c.Size, x.ID) {
		addRange(x, p, found)
	}
}
