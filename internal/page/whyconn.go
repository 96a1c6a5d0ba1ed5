package page

import (
	"httpscope/internal/doc"
	"httpscope/internal/explain"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// WhyConnection explains a connection that carried no exchange, or is looked
// at as a whole: what it is, who closed it, and each finding.
func WhyConnection(lang texts.Lang, c *trace.Connection) doc.Page {
	w := why{x: &trace.Exchange{Conn: c}, texts: explain.In(lang)}
	w.head("why.connection", c.ID)
	w.say("why.connection-is", named(w.texts.Catalogue, "protocol.", c.Protocol.String()), named(w.texts.Catalogue, "state.", c.State.String()), w.words(handshakeWords(c)))
	if c.ClosedBy != trace.Nobody {
		w.say("why.closed-first", named(w.texts.Catalogue, "role.", c.ClosedBy.String()))
	}
	for i := range c.Findings {
		if t, ok := w.texts.Lookup(c.Findings[i].Code); ok {
			w.code(t)
		}
	}
	return w.out
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
