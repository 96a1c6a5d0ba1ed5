package page

import (
	"cmp"

	"httpscope/httpdecode"
	"httpscope/internal/cookies"
	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// Cookies is what an exchange did with cookies: which were sent and whether the
// rules ask for it, which were set with each attribute explained, which were
// withheld, and the client's jar after the response (RFC 6265bis).
func Cookies(lang texts.Lang, x *trace.Exchange) doc.Page {
	p := cookiePage{Writer: doc.NewWriter(texts.In(lang)), x: x}
	if x.Cookies == nil {
		p.Say(doc.Dim, "page.cookies.none")
		return p.Lines
	}
	p.sent()
	p.withheld()
	p.set()
	p.jar()
	return p.Lines
}

type cookiePage struct {
	*doc.Writer
	x *trace.Exchange
}

// sent compares the Cookie line with the one that the rules ask for.
func (p *cookiePage) sent() {
	c := p.x.Cookies
	lines, ref := p.sentLines()
	predicted, _ := c.Line(true)
	if len(lines) == 0 && predicted == "" {
		return
	}
	p.Title("page.cookies.sent")
	label := func(key string) doc.Span {
		const width = 19
		return doc.Shown(indent+doc.Column(p.Phrase(key), width, "..", false), doc.Dim)
	}
	none := p.Phrase("page.cookies.no-field")
	p.About(doc.Ref{}, label("page.cookies.asked"), doc.Sent(doc.Plain, cmp.Or(predicted, none)))
	if len(lines) == 0 {
		p.About(doc.Ref{}, label("page.cookies.got"), doc.Shown(none, doc.Warning))
	}
	for i, line := range lines {
		p.About(ref[i], label("page.cookies.got"), doc.Sent(doc.Request, line))
	}
	for i := range c.Sent {
		if v := &c.Sent[i]; v.Position >= 0 {
			p.verdict(v, v.Pair.Name)
		}
	}
}

// sentLines are the Cookie fields and where they stand.
func (p *cookiePage) sentLines() (lines []string, refs []doc.Ref) {
	if p.x.Request == nil || p.x.Request.Head == nil {
		return nil, nil
	}
	return fieldLines(p.x, p.x.Request, httpdecode.FieldCookie)
}

// fieldLines are the values of a field in a message and where they stand.
func fieldLines(x *trace.Exchange, m *trace.Message, id httpdecode.FieldID) (lines []string, refs []doc.Ref) {
	for i := range m.Head.Fields {
		f := &m.Head.Fields[i]
		if f.ID != id {
			continue
		}
		lines = append(lines, f.Value)
		refs = append(refs, refTo(x, m, m.Head.FieldSpan(f)))
	}
	return lines, refs
}

func (p *cookiePage) verdict(v *cookies.Verdict, name string) {
	role := doc.Warning
	if v.Kind == cookies.VerdictSent {
		role = doc.Note
		if v.Detail.IsZero() {
			p.About(doc.Ref{Exchange: p.x.ID}, doc.Shown(indent, doc.Plain), doc.Sent(doc.Name, name),
				p.Span(role, "page.cookies.as-asked"))
			return
		}
	}
	kind := p.Span(role, "page.cookies.verdict", texts.Say("page.cookies.verdict-"+string(v.Kind)))
	p.About(doc.Ref{Code: v.Code, Exchange: p.x.ID}, doc.Shown(indent, doc.Plain), doc.Sent(doc.Name, name), kind,
		p.Span(doc.Plain, "page.text", v.Detail))
}

// withheld are the cookies that the client should have sent and did not.
func (p *cookiePage) withheld() {
	began := false
	verdicts, _ := p.x.Cookies.Verdicts(true)
	for v := verdicts.Next(); v != nil; v = verdicts.Next() {
		if v.Position >= 0 {
			continue
		}
		if !began {
			p.Title("page.cookies.withheld")
			began = true
		}
		name := v.Pair.Name
		if v.Cookie != nil {
			name = v.Cookie.Name
		}
		p.verdict(v, name)
	}
}

// set explains each Set-Cookie of the responses.
func (p *cookiePage) set() {
	var lines []string
	var refs []doc.Ref
	var times []layer.Stamp
	for m := range p.x.Messages() {
		if m.Side == layer.Server && m.Head != nil {
			l, r := fieldLines(p.x, m, httpdecode.FieldSetCookie)
			lines, refs = append(lines, l...), append(refs, r...)
			for range l {
				times = append(times, m.First)
			}
		}
	}
	for i := range p.x.Cookies.Set {
		if i == 0 {
			p.Title("page.cookies.set")
		}
		if i < len(lines) {
			p.About(refs[i], doc.Shown(indent+"Set-Cookie: ", doc.Dim), doc.Sent(doc.Response, lines[i]))
			p.attributes(lines[i], times[i])
		}
		p.change(&p.x.Cookies.Set[i])
	}
}

// change says what became of a cookie that was set.
func (p *cookiePage) change(c *cookies.Change) {
	role := doc.Note
	if c.Kind == cookies.ChangeRefused {
		role = doc.Warning
	}
	kind := texts.Say("page.cookies.change-" + string(c.Kind))
	p.About(doc.Ref{Code: c.Code, Exchange: p.x.ID}, doc.Shown(indent, doc.Plain), doc.Sent(doc.Name, c.Cookie.Name),
		p.Span(role, "page.cookies.change", c.Cookie.Domain+c.Cookie.Path, kind),
		p.Span(doc.Plain, "page.text", c.Detail))
	for i := range c.Evicted {
		p.About(doc.Ref{}, doc.Shown(indent+indent, doc.Warning), p.Span(doc.Warning, "page.cookies.evicted",
			c.Evicted[i].Pair()))
	}
}

// attributes explains a cookie's attributes, and the important ones that it lacks.
func (p *cookiePage) attributes(line string, at layer.Stamp) {
	const width = 24
	sc := cookies.ParseSetCookie(line)
	for i := range sc.Attributes {
		a := &sc.Attributes[i]
		text := a.Name
		if a.HasEquals {
			text += "=" + a.Value
		}
		means := p.Of(attributeWords(a, &sc, at))
		p.About(doc.Ref{}, doc.Shown(indent+indent, doc.Plain), doc.Shown(column(text, width), doc.Name),
			doc.Spanf(doc.Dim, "  %s", means))
	}
	for _, name := range absent(&sc) {
		lacks := column(p.Phrase("page.cookies.lacks", texts.Say("page.cookies.name-"+name)), width)
		p.About(doc.Ref{}, doc.Shown(indent+indent, doc.Plain), doc.Shown(lacks, doc.Dim),
			doc.Spanf(doc.Dim, "  %s", p.Phrase("page.cookies.lacks-"+name)))
	}
}
