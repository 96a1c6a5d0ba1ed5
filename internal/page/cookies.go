package page

import (
	"fmt"
	"strings"
	"time"

	"httpscope/httpdecode"
	"httpscope/internal/cookies"
	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/trace"
)

// Cookies is what an exchange did with cookies: which were sent and whether the
// rules ask for it, which were set with each attribute explained, which were
// withheld, and the client's jar after the response (RFC 6265bis).
func Cookies(x *trace.Exchange) doc.Page {
	if x.Cookies == nil {
		return doc.Lines{doc.Linef(doc.Dim, "No cookie is sent or set in this exchange.")}
	}
	p := cookiePage{x: x}
	p.sent()
	p.withheld()
	p.set()
	p.jar()
	return p.out
}

type cookiePage struct {
	x   *trace.Exchange
	out doc.Lines
}

func (p *cookiePage) add(lines ...doc.Line) { p.out = append(p.out, lines...) }

// title begins a section.
func (p *cookiePage) title(format string, args ...any) {
	if len(p.out) > 0 {
		p.add(doc.Line{})
	}
	p.add(doc.Linef(doc.Title, format, args...))
}

// sent compares the Cookie line with the one that the rules ask for.
func (p *cookiePage) sent() {
	c := p.x.Cookies
	lines, ref := p.sentLines()
	predicted, _ := c.Line(true)
	if len(lines) == 0 && predicted == "" {
		return
	}
	p.title("Sent by the client")
	if predicted == "" {
		predicted = "(no Cookie field)"
	}
	p.add(doc.LineOf(doc.Ref{}, doc.Spanf(doc.Dim, "   the rules ask for  "), doc.Sent(doc.Plain, predicted)))
	if len(lines) == 0 {
		p.add(doc.LineOf(doc.Ref{}, doc.Spanf(doc.Dim, "   sent               "), doc.Spanf(doc.Warning, "(no Cookie field)")))
	}
	for i, line := range lines {
		p.add(doc.LineOf(ref[i], doc.Spanf(doc.Dim, "   sent               "), doc.Sent(doc.Request, line)))
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
			p.add(doc.LineOf(doc.Ref{Exchange: p.x.ID}, doc.Spanf(doc.Plain, "   "), doc.Sent(doc.Name, name), doc.Spanf(role, ": as the rules ask for")))
			return
		}
	}
	p.add(doc.LineOf(doc.Ref{Code: v.Code, Exchange: p.x.ID}, doc.Spanf(doc.Plain, "   "), doc.Sent(doc.Name, name), doc.Spanf(role, ": %s. ", v.Kind), doc.Sent(doc.Plain, v.Detail.String())))
}

// withheld are the cookies that the client should have sent and did not.
func (p *cookiePage) withheld() {
	began := false
	verdicts, _ := p.x.Cookies.Verdicts(true)
	for v := range verdicts {
		if v.Position >= 0 {
			continue
		}
		if !began {
			p.title("Not sent, although the rules ask for it")
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
			p.title("Set by the server")
		}
		if i < len(lines) {
			p.add(doc.LineOf(refs[i], doc.Spanf(doc.Dim, "   Set-Cookie: "), doc.Sent(doc.Response, lines[i])))
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
	p.add(doc.LineOf(doc.Ref{Code: c.Code, Exchange: p.x.ID}, doc.Spanf(doc.Plain, "   "), doc.Sent(doc.Name, c.Cookie.Name), doc.Spanf(role, " for %s%s: %s. ", c.Cookie.Domain, c.Cookie.Path, c.Kind), doc.Sent(doc.Plain, c.Detail.String())))
	for i := range c.Evicted {
		p.add(doc.Linef(doc.Warning, "      to make room, %s was dropped", c.Evicted[i].Pair()))
	}
}

// attributes explains a cookie's attributes, and the important ones that it lacks.
func (p *cookiePage) attributes(line string, at layer.Stamp) {
	sc := cookies.ParseSetCookie(line)
	for i := range sc.Attributes {
		a := &sc.Attributes[i]
		text := a.Name
		if a.HasEquals {
			text += "=" + a.Value
		}
		p.add(doc.LineOf(doc.Ref{}, doc.Spanf(doc.Plain, "      "), doc.Shown(column(text, 24), doc.Name), doc.Spanf(doc.Dim, "  %s", attributeWords(a, &sc, at))))
	}
	for _, s := range absent(&sc) {
		p.add(doc.LineOf(doc.Ref{}, doc.Spanf(doc.Plain, "      "), doc.Spanf(doc.Dim, "%s  %s", column("no "+s[0], 24), s[1])))
	}
}

// attributeWords says what an attribute means for this cookie (RFC 6265bis, Section 5.6).
func attributeWords(a *cookies.Attribute, sc *cookies.SetCookie, at layer.Stamp) string {
	switch {
	case !a.Known:
		return "unknown, clients ignore it"
	case !a.Used:
		return "ignored: not valid, or overridden by another attribute"
	}
	switch strings.ToLower(a.Name) {
	case "expires":
		if sc.HasMaxAge {
			return "overridden by Max-Age"
		}
		return "kept until then; a time in the past deletes it"
	case "max-age":
		return maxAgeWords(sc.MaxAge, at)
	case "domain":
		if sc.Domain == "" {
			return "empty: sent to this host only"
		}
		return "sent to " + sc.Domain + " and to all hosts below it"
	case "path":
		if sc.Path == "" {
			return "no path: the default is taken"
		}
		return "sent with requests for " + sc.Path + " and what is below it"
	case "secure":
		return "sent over HTTPS only"
	case "httponly":
		return "scripts of the page cannot read it"
	case "partitioned":
		return "kept apart for each site in which it is embedded"
	}
	return sameSiteWords(sc.SameSite)
}

// maxAgeWords says until when a cookie is kept.
func maxAgeWords(seconds int64, at layer.Stamp) string {
	const year = 366 * 24 * 3600
	if seconds <= 0 {
		return "deletes the cookie"
	}
	text := "kept for " + plural(seconds, "second", "seconds")
	if at.Nano > 0 && seconds < 100*year {
		text += ", until " + time.Unix(at.Nano/1e9+seconds, 0).UTC().Format("2006-01-02 15:04:05 UTC")
	}
	return text
}

func sameSiteWords(s cookies.SameSite) string {
	switch s {
	case cookies.SameSiteNone:
		return "sent with requests from other sites too; needs Secure"
	case cookies.SameSiteLax:
		return "from other sites sent only when the user follows a link"
	case cookies.SameSiteStrict:
		return "never sent with a request from another site"
	}
	return "no known value: treated like Lax"
}

// absent lists attributes that a cookie lacks, and what follows from it.
func absent(sc *cookies.SetCookie) [][2]string {
	var out [][2]string
	add := func(lacks bool, name, means string) {
		if lacks {
			out = append(out, [2]string{name, means})
		}
	}
	add(!sc.HasMaxAge && !sc.HasExpires, "Max-Age or Expires", "kept until the browser is closed")
	add(!sc.HasDomain, "Domain", "sent to this host only")
	add(!sc.HasPath, "Path", "sent for the folder of the request's target and below")
	add(!sc.Secure, "Secure", "sent over HTTP too, where anybody on the way can read it")
	add(!sc.HttpOnly, "HttpOnly", "scripts of the page can read it")
	return out
}

// maxJar bounds the cookies of a jar that are listed.
const maxJar = 500

func (p *cookiePage) jar() {
	jar := p.x.Cookies.Jar
	if jar.Len() == 0 {
		if len(p.x.Cookies.Set) > 0 {
			p.title("The client's jar is empty after this response")
		}
		return
	}
	p.title("The client's jar after this response: %s", plural(int64(jar.Len()), "cookie", "cookies"))
	listed := 0
	for k := range jar.All() {
		if listed == maxJar {
			p.add(doc.Linef(doc.Dim, "   and %d more", jar.Len()-listed))
			return
		}
		listed++
		p.add(doc.LineOf(doc.Ref{}, doc.Spanf(doc.Plain, "   "), doc.Sent(doc.Name, k.Pair()), doc.Spanf(doc.Dim, "  %s%s%s", k.Domain, k.Path, flagsOf(k))))
	}
}

// flagsOf is what limits a cookie in a jar.
func flagsOf(k *cookies.Cookie) string {
	var b strings.Builder
	if k.HostOnly {
		b.WriteString(", this host only")
	}
	if k.Secure {
		b.WriteString(", Secure")
	}
	if k.HttpOnly {
		b.WriteString(", HttpOnly")
	}
	if k.SameSite != cookies.SameSiteDefault {
		fmt.Fprintf(&b, ", SameSite=%s", k.SameSite)
	}
	switch {
	case !k.Persistent:
		b.WriteString(", until the browser is closed")
	case !k.Expires.IsZero():
		b.WriteString(", until " + k.Expires.UTC().Format("2006-01-02 15:04:05 UTC"))
	}
	return b.String()
}
