package lesson

import (
	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/texts"
)

// Page implements [Lesson].
func (l *Hijack) Page() doc.Lines {
	w := doc.NewWriter(l.words)
	w.Title("lesson.title.hijack")
	if len(l.Sessions) == 0 {
		w.Say(doc.Dim, "lesson.hijack.none")
		w.Say(doc.Dim, "lesson.hijack.told-by")
		return w.Lines
	}
	w.Say(doc.Plain, "lesson.hijack.intro")
	for i := range l.Sessions {
		l.Sessions[i].lines(w)
	}
	if l.Left > 0 {
		w.Say(doc.Dim, "lesson.hijack.left", l.Left)
	}
	return w.Lines
}

func (c *SharedCookie) lines(w *doc.Writer) {
	w.Title("lesson.hijack.session", clip(c.Name+"="+c.Value), clip(c.Server))
	c.origin(w)
	w.Add(c.Owner.line(w, "lesson.hijack.owner", doc.Request, layer.Client))
	for i := range c.Others {
		o := &c.Others[i]
		w.Add(o.line(w, "lesson.hijack.other", doc.Error, layer.Client))
		w.About(doc.Ref{}, doc.Space(6), doc.Spanf(doc.Plain, "%s", w.Of(o.served())))
	}
	inset(w, 3, doc.Plain, "lesson.hijack.readable", packetsOf(c.Readers))
	inset(w, 3, doc.Dim, "lesson.hijack.or-else")
	w.Empty()
	inset(w, 3, doc.Plain, "lesson.hijack.prevented")
	for i := range c.Cures {
		c.Cures[i].lines(w)
	}
}

// origin shows where the cookie came from.
func (c *SharedCookie) origin(w *doc.Writer) {
	if c.SetAt == nil {
		inset(w, 3, doc.Note, "lesson.hijack.no-set-cookie")
		return
	}
	w.Add(c.SetAt.line(w, "lesson.hijack.given", doc.Response, layer.Server))
	w.About(doc.Ref{}, doc.Spanf(doc.Dim, "      Set-Cookie: "), doc.Spanf(doc.Response, "%s", clip(c.Line)))
}

// Widths of the columns before the reason of a cure.
const (
	cureWidth = 23
	helpWidth = 8
)

func (k *Cure) lines(w *doc.Writer) {
	role, had := doc.Note, "lesson.cure.absent"
	if k.Help == helps {
		role = doc.Title
	}
	if k.Had {
		had = "lesson.cure.present"
	}
	for n, text := range fold(k.Why, Width-3-cureWidth-2*helpWidth) {
		if n > 0 {
			w.About(doc.Ref{}, doc.Space(3+cureWidth+2*helpWidth), doc.Spanf(doc.Plain, "%s", text))
			continue
		}
		w.About(doc.Ref{}, doc.Spanf(doc.Name, "   %s", cell(w.Of(k.Name), cureWidth)),
			doc.Spanf(doc.Dim, "%s", cell(w.Phrase(had), helpWidth)),
			doc.Spanf(role, "%s", cell(w.Phrase("lesson.cure.help-"+k.Help), helpWidth)),
			doc.Spanf(doc.Plain, "%s", text))
	}
}

// line is the packet in which a client or the server sent the cookie.
func (s *CookieSight) line(w *doc.Writer, key string, r doc.Role, side layer.Side) doc.Line {
	agent := w.Phrase("lesson.hijack.no-agent")
	if s.Agent != "" {
		agent = clip(s.Agent)
	}
	ref := doc.Ref{Place: layer.Place{Side: side}, Frame: s.Packet, Exchange: s.Exchange}
	return doc.LineOf(ref, doc.Spanf(doc.Dim, "   %s", cell(w.Phrase(key), 28)), doc.Spanf(r, "%s", s.Address),
		doc.Spanf(doc.Plain, "  %s  ", agent), w.Span(doc.Dim, "lesson.hijack.where", s.Packet, s.Exchange),
		doc.Spanf(doc.Plain, "%s", s.Asked))
}

// served says what the server did for the client.
func (s *CookieSight) served() texts.Phrase {
	switch {
	case s.Status == 0:
		return texts.Say("lesson.hijack.unanswered")
	case s.worked():
		return texts.Say("lesson.hijack.taken", s.Status)
	}
	return texts.Say("lesson.hijack.not-taken", s.Status)
}
