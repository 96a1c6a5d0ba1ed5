package quiz

import (
	"httpscope/httpdecode"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// stays are the ways in which a message speaks about its connection.
var stays = map[httpdecode.Persistence]string{
	httpdecode.PersistDefault:   "quiz.persistence.default",
	httpdecode.PersistKeepAlive: "quiz.persistence.keep-alive",
	httpdecode.CloseAsked:       "quiz.persistence.close",
	httpdecode.CloseOld:         "quiz.persistence.old",
}

// persistence asks what a message says of the connection after it.
func persistence(a *asker, x *trace.Exchange) *Question {
	m := x.Response
	if whole(x.Request) && (!whole(m) || a.rng.IntN(2) == 0) {
		m = x.Request
	}
	if !whole(m) || m.Head.Version == "" || m.Head.Framing().Kind == httpdecode.Tunnel {
		return nil
	}
	right := stays[m.Head.Persist()]
	wrong := phrases(stays[httpdecode.PersistDefault], stays[httpdecode.PersistKeepAlive], stays[httpdecode.CloseAsked])
	if m.Head.Persist() != httpdecode.CloseAsked || m.Head.Version != "HTTP/1.0" { // there both would be true
		wrong = append(wrong, phrase(stays[httpdecode.CloseOld]))
	}
	q := a.choose(phrase(right), options(wrong...), "quiz.persistence.ask", kindOf(m), nameOf(x))
	q.about(x, m.First.Packet)
	q.Given = a.headOf(m, only(httpdecode.FieldConnection, httpdecode.FieldKeepAlive))
	q.hint("quiz.persistence.hint")
	q.at(m.First.Packet, "quiz.persistence.message", startOf(m))
	if connection, ok := m.Head.Lookup(httpdecode.FieldConnection); ok {
		q.say("quiz.persistence.field", quoted(connection))
	} else {
		q.say("quiz.persistence.no-field")
	}
	return q.say("quiz.sentence", texts.Say(right)).cite("RFC 9112, Section 9.3")
}
