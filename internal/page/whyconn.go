package page

import (
	"httpscope/internal/doc"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// WhyConnection explains a connection that carried no exchange, or is looked
// at as a whole: what it is, who closed it, and each finding.
func WhyConnection(lang texts.Lang, c *trace.Connection) doc.Page {
	w := newWhy(lang, &trace.Exchange{Conn: c})
	w.Title("why.connection", c.ID)
	w.Say(doc.Plain, "why.connection-is", named(w.Catalogue, "protocol.", c.Protocol.String()),
		named(w.Catalogue, "state.", c.State.String()), w.Phrase(handshakeWords(c)))
	if c.ClosedBy != trace.Nobody {
		w.Say(doc.Plain, "why.closed-first", named(w.Catalogue, "role.", c.ClosedBy.String()))
	}
	for i := range c.Findings {
		if t, ok := w.texts.Lookup(c.Findings[i].Code); ok {
			w.code(t)
		}
	}
	return w.Lines
}

func handshakeWords(c *trace.Connection) string {
	switch {
	case c.Heard:
		return "why.heard"
	case c.Handshake:
		return "why.handshake"
	}
	return "why.no-handshake"
}
