package lesson

import (
	"httpscope/internal/doc"
	"httpscope/internal/layer"
)

// Page implements [Lesson].
func (l *Hijack) Page() doc.Lines {
	var s sheet
	s.title("The stolen session")
	if len(l.Sessions) == 0 {
		s.say(doc.Dim, "No cookie was sent by two clients in what was looked at.")
		s.say(doc.Dim, "A client is told by its address and its User-Agent.")
		return s.lines
	}
	s.say(doc.Plain, "A session cookie is a password that is sent with every request. Whoever sends it is the user, since the server sees nothing else (RFC 6265bis, Section 8.4). These cookies were sent by more than one client.")
	for i := range l.Sessions {
		l.Sessions[i].lines(&s)
	}
	if l.Left > 0 {
		s.say(doc.Dim, "There are more cookies than are followed: %s was not looked at.", count(int64(l.Left), "sight", "sights"))
	}
	return s.lines
}

func (c *SharedCookie) lines(s *sheet) {
	s.title("%s at %s", clip(c.Name+"="+c.Value), clip(c.Server))
	if c.SetAt == nil {
		s.say(doc.Note, "   Its Set-Cookie was not captured: the first client that sent it is taken for its owner.")
	} else {
		s.add(sightLine("given out by the server to", doc.Response, c.SetAt, layer.Server))
		s.add(doc.LineOf(doc.Ref{}, doc.Spanf(doc.Dim, "      Set-Cookie: "), doc.Spanf(doc.Response, "%s", clip(c.Line))))
	}
	s.add(sightLine("sent by its owner", doc.Request, &c.Owner, layer.Client))
	for i := range c.Others {
		o := &c.Others[i]
		s.add(sightLine("sent by another client", doc.Error, o, layer.Client))
		s.say(doc.Plain, "      %s", served(*o))
	}
	s.say(doc.Plain, "   A listener could read it in %s.", packetsOf(c.Readers))
	s.say(doc.Dim, "   The same pair from two clients is also what one person with two browsers makes who copies the cookie, or whose address changed. The capture shows that it was used, not by whom.")
	s.add(doc.Line{})
	s.say(doc.Plain, "   Would it have been prevented?")
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
	role, had := doc.Note, "absent"
	if k.Help == "yes" {
		role = doc.Title
	}
	if k.Had {
		had = "present"
	}
	for n, row := range fold(k.Why, Width-3-cureWidth-2*helpWidth) {
		if n > 0 {
			s.say(doc.Plain, "   %s%s", cell("", cureWidth+2*helpWidth), row)
			continue
		}
		s.add(doc.LineOf(doc.Ref{}, doc.Spanf(doc.Name, "   %s", cell(k.Name, cureWidth)), doc.Spanf(doc.Dim, "%s", cell(had, helpWidth)), doc.Spanf(role, "%s", cell(k.Help, helpWidth)), doc.Spanf(doc.Plain, "%s", row)))
	}
}

func sightLine(what string, r doc.Role, c *CookieSight, side layer.Side) doc.Line {
	agent := "no User-Agent"
	if c.Agent != "" {
		agent = clip(c.Agent)
	}
	return doc.LineOf(doc.Ref{Place: layer.Place{Side: side}, Frame: c.Packet, Exchange: c.Exchange}, doc.Spanf(doc.Dim, "   %s", cell(what, 28)),
		doc.Spanf(r, "%s", c.Address), doc.Spanf(doc.Plain, "  %s", agent), doc.Spanf(doc.Dim, "  packet %d, exchange %d, ", c.Packet, c.Exchange), doc.Spanf(doc.Plain, "%s", c.Asked))
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
