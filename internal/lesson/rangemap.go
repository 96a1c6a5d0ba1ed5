package lesson

import (
	"httpscope/httpdecode"
	"httpscope/internal/layer"
	"httpscope/internal/ranges"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// RangeMaps is the byte map of each resource of which a part was asked for or
// sent, filled by all responses that brought bytes of it.
type RangeMaps struct {
	Resources []ResourceMap `json:"resources"`
	Left      int           `json:"left_out"` // resources beyond the first maxResources

	words texts.Catalogue
}

// ResourceMap is the map of one resource. Positions count from 0, both ends of
// a span belong to it.
type ResourceMap struct {
	Server   string        `json:"server"`
	Host     string        `json:"host"`
	Target   string        `json:"target"`
	Size     int64         `json:"size"` // in bytes, -1 when no response told
	Covered  int64         `json:"covered"`
	Holes    []Interval    `json:"holes"`
	Overlaps []Interval    `json:"overlaps"`
	Answers  []RangeAnswer `json:"answers"`

	bytes ranges.Map
}

// Interval is the bytes First to Last of a resource, both included.
type Interval struct {
	First int64 `json:"first"`
	Last  int64 `json:"last"`
}

func intervals(list []ranges.Span) []Interval {
	out := make([]Interval, 0, len(list))
	for _, s := range list {
		out = append(out, Interval(s))
	}
	return out
}

// RangeAnswer is what one exchange asked for, should give and gave.
type RangeAnswer struct {
	Exchange       int64      `json:"exchange"`
	Packet         int64      `json:"packet"` // first of the response
	Asked          string     `json:"range,omitempty"`
	Status         int        `json:"status"`
	Expected       int        `json:"expected_status"` // 0 when the size is not known, or nothing was asked for
	ContentRange   string     `json:"content_range,omitempty"`
	ExpectedRange  string     `json:"expected_content_range,omitempty"`
	Length         int64      `json:"body_bytes"`
	ExpectedLength int64      `json:"expected_body_bytes"` // -1 when not known
	Multipart      bool       `json:"multipart"`           // that is what should be sent
	Given          []Interval `json:"given"`
	Findings       []string   `json:"findings,omitempty"` // codes about ranges
}

// maxMaps bounds the resources that are mapped, maxAnswers the exchanges listed
// of each.
const (
	maxMaps    = 200
	maxAnswers = 200
)

// resourceKey names a resource.
type resourceKey struct{ server, host, target string }

func keyOf(x *trace.Exchange) resourceKey {
	k := resourceKey{server: x.Conn.Ends[layer.Server].String()}
	if x.Request != nil && x.Request.Head != nil {
		k.host, _ = x.Request.Head.Lookup(httpdecode.FieldHost)
		k.target = x.Request.Head.Target
	}
	return k
}

// rangeMaps fills the maps by the exchanges of the scope.
func rangeMaps(lang texts.Lang, src Source, scope Scope) Lesson {
	list := exchangesIn(src, scope)
	involved := map[resourceKey]bool{}
	for _, x := range list {
		if x.Ranges != nil {
			involved[keyOf(x)] = true
		}
	}
	l := &RangeMaps{words: texts.In(lang)}
	at := map[resourceKey]int{}
	for _, x := range list {
		k := keyOf(x)
		if !involved[k] || x.Response == nil || x.Response.Head == nil {
			continue
		}
		i, known := at[k]
		if !known {
			if len(l.Resources) >= maxMaps {
				l.Left++
				continue
			}
			i = len(l.Resources)
			at[k] = i
			l.Resources = append(l.Resources, ResourceMap{Server: k.server, Host: k.host, Target: k.target, Size: -1})
		}
		l.Resources[i].answer(x)
	}
	for i := range l.Resources {
		l.Resources[i].finish()
	}
	return l
}

func (r *ResourceMap) finish() {
	if size, ok := r.bytes.Size(); ok {
		r.Size = size
	}
	r.Covered, r.Holes, r.Overlaps = r.bytes.Covered(), intervals(r.bytes.Holes()), intervals(r.bytes.Overlaps())
}

// answer adds an exchange, and its bytes to the map.
func (r *ResourceMap) answer(x *trace.Exchange) {
	a := RangeAnswer{Exchange: x.ID, Packet: x.Response.First.Packet, Status: x.Response.Head.Status,
		Length: x.Response.Body, ExpectedLength: -1}
	a.expect(x)
	for _, c := range given(x) {
		span, ok := c.Span()
		if !ok {
			continue
		}
		r.bytes.Add(span.First, span.Last, c.Size, x.ID)
		a.Given = append(a.Given, Interval(span))
	}
	for i := range x.Findings {
		if code := x.Findings[i].Code; isRangeCode(code) && len(a.Findings) < 8 {
			a.Findings = append(a.Findings, code)
		}
	}
	if len(r.Answers) < maxAnswers {
		r.Answers = append(r.Answers, a)
	}
}

// expect fills in what the request should have given.
func (a *RangeAnswer) expect(x *trace.Exchange) {
	if x.Request != nil && x.Request.Head != nil {
		a.Asked, _ = x.Request.Head.Lookup(httpdecode.FieldRange)
	}
	a.ContentRange, _ = x.Response.Head.Get("Content-Range")
	if x.Ranges == nil || x.Ranges.Expected.Status == 0 {
		return
	}
	e := &x.Ranges.Expected
	a.Expected, a.ExpectedRange, a.Multipart = e.Status, e.ContentRange, e.Multipart()
	if e.Status != 206 {
		return // the length of an error page is the server's affair
	}
	a.ExpectedLength = e.BodyLen("", "")
	if a.Multipart {
		boundary, contentType := layout(x)
		a.ExpectedLength = e.BodyLen(boundary, contentType)
	}
}

// layout is the boundary and the type of the parts that the server chose.
func layout(x *trace.Exchange) (boundary, contentType string) {
	value, _ := x.Response.Head.Lookup(httpdecode.FieldContentType)
	boundary = boundaryOf(value)
	for _, p := range x.Ranges.Parts {
		contentType = p.ContentType
	}
	return boundary, contentType
}

// came is what a body brought of the range that its field claims.
func came(c ranges.ContentRange, body int64) []ranges.ContentRange {
	if !c.Valid || c.Unsatisfied || body == 0 {
		return nil
	}
	c.Last = min(c.Last, c.First+body-1)
	return []ranges.ContentRange{c}
}

// given is the parts of the resource that a response brought whole. A complete
// 200 brings all of it.
func given(x *trace.Exchange) []ranges.ContentRange {
	r := x.Response
	switch {
	case x.Ranges != nil && len(x.Ranges.Parts) > 0:
		var out []ranges.ContentRange
		for _, p := range x.Ranges.Parts {
			if c, _ := ranges.ParseContentRange(p.ContentRange); p.Complete && c.Valid {
				out = append(out, c)
			}
		}
		return out
	case !r.Complete:
		return nil
	case r.Head.Status == 206:
		value, _ := r.Head.Get("Content-Range")
		c, _ := ranges.ParseContentRange(value)
		return came(c, r.Body)
	case r.Head.Status == 200 && r.Body > 0 && !r.Head.Has(httpdecode.FieldContentEncoding):
		return []ranges.ContentRange{{Unit: "bytes", First: 0, Last: r.Body - 1, Size: r.Body, Valid: true}}
	}
	return nil
}
