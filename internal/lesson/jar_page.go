package lesson

import (
	"strings"

	"httpscope/internal/doc"
	"httpscope/internal/layer"
)

// Page implements [Lesson].
func (j *Jar) Page() doc.Lines {
	var s sheet
	s.title("The time machine of cookie jars")
	if len(j.Clients) == 0 && j.Left == 0 {
		s.say(doc.Dim, "No cookie is sent or set in what was looked at.")
		return s.lines
	}
	s.say(doc.Plain, "Each client has a jar, filled by the Set-Cookie fields of the responses that it got. Before each request the rules of RFC 6265bis, Section 5.8.3, say which cookies of the jar go with it. This is the jar after each response, and the Cookie line that follows from it beside the one that was sent.")
	s.say(doc.Dim, "Scripts of a page, and what a client got before the capture began, cannot be seen in it.")
	for i := range j.Clients {
		c := &j.Clients[i]
		s.title("Client %s", c.client)
		for k := range c.Steps {
			j.stepLines(&s, &c.Steps[k])
		}
	}
	if j.Left > 0 {
		s.say(doc.Dim, "%s are left out: ask for one exchange or connection.", count(int64(j.Left), "more step", "more steps"))
	}
	return s.lines
}

func (j *Jar) stepLines(s *sheet, t *JarStep) {
	role, side, what := doc.Request, layer.Client, "request"
	if t.Response {
		role, side, what = doc.Response, layer.Server, "response"
	}
	ref := doc.Ref{Place: layer.Place{Side: side}, Frame: t.Packet, Exchange: t.Exchange}
	s.add(doc.LineOf(ref, doc.Spanf(doc.Dim, "%10s  ", since(j.begin, t.Nano)), doc.Spanf(role, "%s of exchange %d", what, t.Exchange), doc.Spanf(doc.Plain, "  %s", t.Asked), doc.Spanf(doc.Dim, "  packet %d", t.Packet)))
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

func (j *Jar) requestLines(s *sheet, t *JarStep, ref doc.Ref) {
	if t.Sent == t.Predicted {
		s.add(doc.LineOf(ref, doc.Spanf(doc.Dim, "            sent, as predicted  "), doc.Spanf(doc.Request, "%s", orNone(t.Sent))))
	} else {
		s.add(doc.LineOf(ref, doc.Spanf(doc.Dim, "            predicted  "), doc.Spanf(doc.Plain, "%s", orNone(t.Predicted))),
			doc.LineOf(ref, doc.Spanf(doc.Dim, "            sent       "), doc.Spanf(doc.Request, "%s", orNone(t.Sent))))
	}
	if t.Sent != t.Predicted && t.onlyOrder {
		s.say(doc.Note, "            the same cookies in another order: longer paths and older cookies should come first, and no server may rely on it")
	}
	for _, v := range t.Verdicts {
		if v.Kind != "sent" {
			remark(s, "            ", doc.Warning, v)
		}
	}
	leftOut(s, t.VerdictsTotal, len(t.Verdicts))
	for _, w := range t.Withheld {
		s.add(doc.LineOf(doc.Ref{}, doc.Spanf(doc.Plain, "            stays home  "), doc.Spanf(doc.Name, "%s", clip(w.Name)), doc.Spanf(doc.Note, " (%s)", w.Kind), doc.Spanf(doc.Plain, ": %s", clip(w.Detail))))
	}
	if t.WithheldMore {
		s.say(doc.Dim, "            others stay home too")
	}
}

// leftOut says how many of so many cookies were not listed; a total of 0 is none.
func leftOut(s *sheet, total, listed int) {
	if total > listed {
		s.say(doc.Dim, "            and %s", count(int64(total-listed), "more cookie", "more cookies"))
	}
}

func (j *Jar) responseLines(s *sheet, t *JarStep) {
	for _, c := range t.Changes {
		role := doc.Note
		if c.Kind == "refused" {
			role = doc.Warning
		}
		remark(s, "            ", role, c)
	}
	leftOut(s, t.ChangesTotal, len(t.Changes))
	if len(t.Jar) == 0 {
		s.say(doc.Dim, "            the jar is empty")
		return
	}
	for i, c := range t.Jar {
		head := "            jar  "
		if i > 0 {
			head = "                 "
		}
		s.add(doc.LineOf(doc.Ref{}, doc.Shown(head, doc.Dim), doc.Spanf(doc.Name, "%s=%s", clip(c.Name), clip(c.Value)), doc.Spanf(doc.Dim, "  %s", clip(c.scope()))))
	}
	leftOut(s, t.JarTotal, len(t.Jar))
}

func remark(s *sheet, indent string, r doc.Role, c CookieRemark) {
	spans := []doc.Span{doc.Shown(indent, doc.Plain), doc.Spanf(doc.Name, "%s", clip(c.Name)), doc.Spanf(r, " %s", c.Kind)}
	if c.Detail != "" {
		spans = append(spans, doc.Spanf(doc.Plain, ": %s", clip(c.Detail)))
	}
	s.add(doc.LineOf(doc.Ref{Code: c.Code}, spans...))
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
