package export

import (
	"strconv"
	"time"

	"httpscope/internal/cookies"
	"httpscope/internal/ranges"
	"httpscope/internal/trace"
)

// object writes one JSON object, member by member.
type object struct {
	b       []byte
	started bool
	escaped bool
}

func (o *object) key(name string) {
	before := byte(',')
	if !o.started {
		before, o.started = '{', true
	}
	o.b = append(append(append(o.b, before, '"'), name...), '"', ':')
}

func (o *object) str(name, v string) {
	o.key(name)
	o.b = appendString(o.b, v, &o.escaped)
}

func (o *object) num(name string, v int64) {
	o.key(name)
	o.b = appendInt(o.b, v)
}

func (o *object) truth(name string, v bool) {
	o.key(name)
	o.b = strconv.AppendBool(o.b, v)
}

func (o *object) end() []byte { return append(o.b, '}') }

// list writes a JSON array of n elements.
func list(b []byte, n int, each func(b []byte, i int) []byte) []byte {
	b = append(b, '[')
	for i := range n {
		if i > 0 {
			b = append(b, ',')
		}
		b = each(b, i)
	}
	return append(b, ']')
}

func appendRanges(b []byte, r *trace.RangeReading, full bool) []byte {
	o := object{b: b}
	if r.Size >= 0 {
		o.num("size", r.Size)
	}
	if r.Answer.Valid {
		o.str("answer", r.Answer.String())
	}
	if r.Expected.Status != 0 {
		o.key("expected")
		o.b = appendExpected(o.b, &r.Expected)
	}
	o.key("parts")
	o.b = list(o.b, len(r.Parts), func(b []byte, i int) []byte { return appendPart(b, &r.Parts[i]) })
	o.num("covered", r.Covered)
	o.num("holes_total", int64(r.HolesTotal))
	overlaps, more := r.Overlaps, r.MoreOverlaps
	if full {
		o.key("holes")
		o.b = appendSpans(o.b, r.Seen.Holes())
		overlaps, more = r.Seen.Overlaps(), false
	}
	o.key("overlaps")
	o.b = appendSpans(o.b, overlaps)
	if more {
		o.truth("overlaps_more", true)
	}
	return o.end()
}

func appendExpected(b []byte, e *ranges.Expected) []byte {
	o := object{b: b}
	o.num("status", int64(e.Status))
	o.str("content_range", e.ContentRange)
	o.num("bytes", e.Bytes)
	o.key("parts")
	o.b = list(o.b, len(e.Parts), func(b []byte, i int) []byte {
		var escaped bool
		return appendString(b, e.Parts[i].ContentRange, &escaped)
	})
	return o.end()
}

func appendPart(b []byte, p *ranges.Part) []byte {
	o := object{b: b}
	o.str("content_type", p.ContentType)
	o.str("content_range", p.ContentRange)
	o.num("offset", p.Offset)
	o.num("length", p.Length)
	o.truth("complete", p.Complete)
	return o.end()
}

func appendSpans(b []byte, s []ranges.Span) []byte {
	return list(b, len(s), func(b []byte, i int) []byte {
		b = appendInt(append(b, '['), s[i].First)
		return append(appendInt(append(b, ','), s[i].Last), ']')
	})
}

func appendCookies(b []byte, c *trace.CookieReading, full bool) []byte {
	o := object{b: b}
	line, more := c.Line(full)
	o.str("predicted", line)
	if more > 0 {
		o.num("predicted_more", int64(more))
	}
	o.key("sent")
	o.b = append(o.b, '[')
	verdicts, again := c.Verdicts(full)
	for v := verdicts.Next(); v != nil; v = verdicts.Next() {
		o.b = appendVerdict(appendComma(o.b), v)
	}
	o.b = append(o.b, ']')
	if again > 0 {
		o.num("withheld_again", int64(again))
	}
	o.key("set")
	o.b = list(o.b, len(c.Set), func(b []byte, i int) []byte { return appendChange(b, &c.Set[i]) })
	if !c.Changed {
		return o.end()
	}
	o.key("jar_change")
	o.b = appendJarChange(o.b, c.Set)
	o.num("jar_size", int64(c.JarSize))
	if full {
		o.key("jar")
		o.b = appendJar(o.b, c.Jar)
	}
	return o.end()
}

// appendComma writes a comma unless a list has just begun.
func appendComma(b []byte) []byte {
	if b[len(b)-1] != '[' {
		b = append(b, ',')
	}
	return b
}

// appendJarChange lists the cookies that came into the jar and left it.
func appendJarChange(b []byte, set []cookies.Change) []byte {
	b = append(b, '[')
	add := func(kind string, c *cookies.Cookie) {
		o := object{b: appendComma(b)}
		o.str("kind", kind)
		o.str("name", c.Name)
		o.str("domain", c.Domain)
		o.str("path", c.Path)
		b = o.end()
	}
	for i := range set {
		c := &set[i]
		if c.Kind == cookies.ChangeStored || c.Kind == cookies.ChangeReplaced || c.Kind == cookies.ChangeDeleted {
			add(string(c.Kind), &c.Cookie)
		}
		for k := range c.Evicted {
			add(string(cookies.GoneEvicted), &c.Evicted[k])
		}
	}
	return append(b, ']')
}

func appendJar(b []byte, jar *cookies.Contents) []byte {
	b = append(b, '[')
	for c := range jar.All() {
		b = appendCookie(appendComma(b), c)
	}
	return append(b, ']')
}

func appendVerdict(b []byte, v *cookies.Verdict) []byte {
	o := object{b: b}
	o.str("kind", string(v.Kind))
	name, value := v.Pair.Name, v.Pair.Value
	if v.Position < 0 && v.Cookie != nil {
		name, value = v.Cookie.Name, v.Cookie.Value
	}
	o.str("name", name)
	o.str("value", value)
	o.str("detail", v.Detail.String())
	return o.end()
}

func appendChange(b []byte, c *cookies.Change) []byte {
	o := object{b: b}
	o.str("kind", string(c.Kind))
	if c.Reason != "" {
		o.str("reason", string(c.Reason))
	}
	o.key("cookie")
	o.b = appendCookie(o.b, &c.Cookie)
	o.str("detail", c.Detail.String())
	return o.end()
}

func appendCookie(b []byte, c *cookies.Cookie) []byte {
	o := object{b: b}
	o.str("name", c.Name)
	o.str("value", c.Value)
	o.str("domain", c.Domain)
	o.truth("host_only", c.HostOnly)
	o.str("path", c.Path)
	if c.Persistent {
		o.str("expires", c.Expires.UTC().Format(time.RFC3339))
	}
	o.truth("secure", c.Secure)
	o.truth("http_only", c.HttpOnly)
	o.str("same_site", c.SameSite.String())
	return o.end()
}
