package lesson

import (
	"httpscope/internal/layer"
	"httpscope/internal/page"
)

// Page implements [Lesson].
func (l *Hijack) Page() page.Lines {
	var s sheet
	s.title("The stolen session")
	if len(l.Sessions) == 0 {
		s.say(page.Dim, "No cookie was sent by two clients in what was looked at.")
		s.say(page.Dim, "A client is told by its address and its User-Agent.")
		return s.lines
	}
	s.say(page.Plain, "A session cookie is a password that is sent with every request. Whoever sends it is the user, since the server sees nothing else (RFC 6265bis, Section 8.4). These cookies were sent by more than one client.")
	for i := range l.Sessions {
		l.Sessions[i].lines(&s)
	}
	if l.Left > 0 {
		s.say(page.Dim, "There are more cookies than are followed: %s was not looked at.", count(int64(l.Left), "sight", "sights"))
	}
	return s.lines
}

func (c *SharedCookie) lines(s *sheet) {
	s.title("%s at %s", clip(c.Name+"="+c.Value), clip(c.Server))
	if c.SetAt == nil {
		s.say(page.Note, "   Its Set-Cookie was not captured: the first client that sent it is taken for its owner.")
	} else {
		s.add(sightLine("given out by the server to", page.Response, c.SetAt, layer.Server))
		s.add(about(page.Ref{}, span(page.Dim, "      Set-Cookie: "), span(page.Response, "%s", clip(c.Line))))
	}
	s.add(sightLine("sent by its owner", page.Request, &c.Owner, layer.Client))
	for i := range c.Others {
		o := &c.Others[i]
		s.add(sightLine("sent by another client", page.Error, o, layer.Client))
		s.say(page.Plain, "      %s", served(*o))
	}
	s.say(page.Plain, "   A listener could read it in %s.", packetsOf(c.Readers))
	s.say(page.Dim, "   The same pair from two clients is also what one person with two browsers makes who copies the cookie, or whose address changed. The capture shows that it was used, not by whom.")
	s.add(page.Line{})
	s.say(page.Plain, "   Would it have been prevented?")
	for i := range c.Cures {
		c.Cures[i].lines(s)
	}
}

// Widths of the columns before the reason of a cure.
const (
	cureWidth = 23
	helpWidth = 8
)

func (k *Cure) lines(s *sheet) {
	role, had := page.Note, "absent"
	if k.Help == "yes" {
		role = page.Title
	}
	if k.Had {
		had = "present"
	}
	for n, row := range fold(k.Why, Width-3-cureWidth-2*helpWidth) {
		if n > 0 {
			s.say(page.Plain, "   %s%s", cell("", cureWidth+2*helpWidth), row)
			continue
		}
		s.add(about(page.Ref{}, span(page.Name, "   %s", cell(k.Name, cureWidth)), span(page.Dim, "%s", cell(had, helpWidth)), span(role, "%s", cell(k.Help, helpWidth)), span(page.Plain, "%s", row)))
	}
}

func sightLine(what string, r page.Role, c *CookieSight, side layer.Side) page.Line {
	agent := "no User-Agent"
	if c.Agent != "" {
		agent = clip(c.Agent)
	}
	return about(page.Ref{Place: layer.Place{Side: side}, Frame: c.Packet, Exchange: c.Exchange}, span(page.Dim, "   %s", cell(what, 28)),
		span(r, "%s", c.Address), span(page.Plain, "  %s", agent), span(page.Dim, "  packet %d, exchange %d, ", c.Packet, c.Exchange), span(page.Plain, "%s", c.Asked))
}

// served says what the server did for the other client.
func served(c CookieSight) string {
	switch {
	case c.Status == 0:
		return "No answer to it was captured."
	case worked(c):
		return "The server answered " + number(int64(c.Status)) + ": it took this client for the owner."
	}
	return "The server answered " + number(int64(c.Status)) + ": it did not simply serve this client."
}
