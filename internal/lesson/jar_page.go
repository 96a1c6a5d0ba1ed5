package lesson

import (
	"strings"

	"httpscope/internal/layer"
	"httpscope/internal/page"
)

// Page implements [Lesson].
func (j *Jar) Page() page.Lines {
	var s sheet
	s.title("The time machine of cookie jars")
	if len(j.Clients) == 0 && j.Left == 0 {
		s.say(page.Dim, "No cookie is sent or set in what was looked at.")
		return s.lines
	}
	s.say(page.Plain, "Each client has a jar, filled by the Set-Cookie fields of the responses that it got. Before each request the rules of RFC 6265bis, Section 5.8.3, say which cookies of the jar go with it. This is the jar after each response, and the Cookie line that follows from it beside the one that was sent.")
	s.say(page.Dim, "Scripts of a page, and what a client got before the capture began, cannot be seen in it.")
	for i := range j.Clients {
		c := &j.Clients[i]
		s.title("Client %s", c.client)
		for k := range c.Steps {
			j.stepLines(&s, &c.Steps[k])
		}
	}
	if j.Left > 0 {
		s.say(page.Dim, "%s are left out: ask for one exchange or connection.", count(int64(j.Left), "more step", "more steps"))
	}
	return s.lines
}

func (j *Jar) stepLines(s *sheet, t *JarStep) {
	role, side, what := page.Request, layer.Client, "request"
	if t.Response {
		role, side, what = page.Response, layer.Server, "response"
	}
	ref := page.Ref{Place: layer.Place{Side: side}, Frame: t.Packet, Exchange: t.Exchange}
	s.add(about(ref, span(page.Dim, "%10s  ", since(j.begin, t.Nano)), span(role, "%s of exchange %d", what, t.Exchange), span(page.Plain, "  %s", t.Asked), span(page.Dim, "  packet %d", t.Packet)))
	if t.Response {
		j.responseLines(s, t)
		return
	}
	j.requestLines(s, t, ref)
}

// orNone stands for a line that is not there.
func orNone(line string) string {
	if line == "" {
		return "(no Cookie field)"
	}
	return clip(line)
}

func (j *Jar) requestLines(s *sheet, t *JarStep, ref page.Ref) {
	if t.Sent == t.Predicted {
		s.add(about(ref, span(page.Dim, "            sent, as predicted  "), span(page.Request, "%s", orNone(t.Sent))))
	} else {
		s.add(about(ref, span(page.Dim, "            predicted  "), span(page.Plain, "%s", orNone(t.Predicted))),
			about(ref, span(page.Dim, "            sent       "), span(page.Request, "%s", orNone(t.Sent))))
	}
	if t.Sent != t.Predicted && t.onlyOrder {
		s.say(page.Note, "            the same cookies in another order: longer paths and older cookies should come first, and no server may rely on it")
	}
	for _, v := range t.Verdicts {
		if v.Kind != "sent" {
			remark(s, "            ", page.Warning, v)
		}
	}
	leftOut(s, t.VerdictsTotal, len(t.Verdicts))
	for _, w := range t.Withheld {
		s.add(about(page.Ref{}, span(page.Plain, "            stays home  "), span(page.Name, "%s", clip(w.Name)), span(page.Note, " (%s)", w.Kind), span(page.Plain, ": %s", clip(w.Detail))))
	}
	if t.WithheldMore {
		s.say(page.Dim, "            others stay home too")
	}
}

// leftOut says how many of so many cookies were not listed; a total of 0 is none.
func leftOut(s *sheet, total, listed int) {
	if total > listed {
		s.say(page.Dim, "            and %s", count(int64(total-listed), "more cookie", "more cookies"))
	}
}

func (j *Jar) responseLines(s *sheet, t *JarStep) {
	for _, c := range t.Changes {
		role := page.Note
		if c.Kind == "refused" {
			role = page.Warning
		}
		remark(s, "            ", role, c)
	}
	leftOut(s, t.ChangesTotal, len(t.Changes))
	if len(t.Jar) == 0 {
		s.say(page.Dim, "            the jar is empty")
		return
	}
	for i, c := range t.Jar {
		head := "            jar  "
		if i > 0 {
			head = "                 "
		}
		s.add(about(page.Ref{}, span(page.Dim, head), span(page.Name, "%s=%s", clip(c.Name), clip(c.Value)), span(page.Dim, "  %s", clip(c.scope()))))
	}
	leftOut(s, t.JarTotal, len(t.Jar))
}

func remark(s *sheet, indent string, r page.Role, c CookieRemark) {
	spans := []page.Span{span(page.Plain, indent), span(page.Name, "%s", clip(c.Name)), span(r, " %s", c.Kind)}
	if c.Detail != "" {
		spans = append(spans, span(page.Plain, ": %s", clip(c.Detail)))
	}
	s.add(about(page.Ref{Code: c.Code}, spans...))
}

// scope says where a cookie goes, and how long it is kept.
func (c *JarCookie) scope() string {
	words := []string{c.Domain + c.Path}
	add := func(is bool, word string) {
		if is {
			words = append(words, word)
		}
	}
	add(c.HostOnly, "this host only")
	add(!c.HostOnly, "and hosts below it")
	add(c.Secure, "Secure")
	add(c.HTTPOnly, "HttpOnly")
	add(c.SameSite != "", "SameSite="+c.SameSite)
	add(c.Expires != "", "until "+c.Expires)
	return strings.Join(words, ", ")
}
