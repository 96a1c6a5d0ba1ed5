package quiz

import (
	"slices"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/doc"
	"httpscope/internal/trace"
)

// messageKinds ask about messages: where they are, and what their heads say.
func messageKinds() []kind {
	return []kind{
		{about: "response-begins", topic: "messages", exchange: responseBegins},
		{about: "response-ends", topic: "messages", exchange: responseEnds},
		{about: "body-begins", topic: "messages", exchange: bodyBegins},
		{about: "answers-which", topic: "messages", exchange: answersWhich},
		{about: "responses-in-all", topic: "messages", exchange: responsesInAll},
		{about: "host", topic: "messages", exchange: hostAsked},
		{about: "field-meaning", topic: "messages", exchange: fieldMeaning},
		{about: "method-semantics", topic: "methods", exchange: methodSemantics},
		{about: "method-meaning", topic: "methods", exchange: methodMeaning},
		{about: "status-meaning", topic: "status", exchange: statusMeaning},
		{about: "status-class", topic: "status", exchange: statusClass},
		{about: "redirect-target", topic: "status", exchange: redirectTarget},
	}
}

// answered reports an exchange with both heads whole.
func answered(x *trace.Exchange) bool { return whole(x.Request) && whole(x.Response) }

func whole(m *trace.Message) bool { return m != nil && m.Head != nil && m.Head.Complete }

// responseBegins asks for the packet of a response's first byte.
func responseBegins(a *asker, x *trace.Exchange) *Question {
	if !answered(x) || x.InterimCount > 0 || x.Response.First.Packet == x.Request.Last.Packet {
		return nil
	}
	r, asked := x.Response, x.Request.Last.Packet
	q := a.number(r.First.Packet, "quiz.response-begins.ask", nameOf(x)).about(x, r.First.Packet)
	q.slip(asked, "quiz.response-begins.request").slip(r.Last.Packet, "quiz.response-begins.last")
	if s := a.segments(x.Conn); s != nil {
		g := s.first(0, func(g *trace.Segment) bool { return g.Frame > asked && s.side(g) == 1 })
		if g != nil && g.Len == 0 {
			q.slip(g.Frame, "quiz.response-begins.acknowledgment")
		}
		q.Given = s.around(r.First.Packet)
	}
	q.hint("quiz.response-begins.hint")
	q.at(asked, "quiz.response-begins.asked")
	q.at(r.First.Packet, "quiz.response-begins.begins", r.Head.Span.From, startOf(r))
	return q.say("quiz.response-begins.between").cite("RFC 9112, Section 2.1; RFC 9293, Section 3.8.6.3")
}

// around shows the packets near one.
func (s *segments) around(frame int64) doc.Lines {
	for i := range s.list {
		if s.list[i].Frame == frame {
			return s.table(i-5, i+6)
		}
	}
	return nil
}

// responseEnds asks for the packet of a response's last byte.
func responseEnds(a *asker, x *trace.Exchange) *Question {
	if !answered(x) || !x.Response.Complete || x.Response.First.Packet == x.Response.Last.Packet {
		return nil
	}
	r := x.Response
	q := a.number(r.Last.Packet, "quiz.response-ends.ask", nameOf(x)).about(x, r.Last.Packet)
	q.slip(r.First.Packet, "quiz.response-ends.first").slip(r.HeadEnd.Packet, "quiz.packet-of.head-end")
	if r.Ended.Packet != r.Last.Packet {
		q.slip(r.Ended.Packet, "quiz.response-ends.ended")
	}
	q.hint("quiz.response-ends.hint")
	q.at(r.First.Packet, "quiz.response-ends.begins", startOf(r))
	q.at(r.Last.Packet, "quiz.response-ends.ends", bytesOf(r.Body))
	return q.say("quiz.response-ends.stretch").rule(a.texts.Rule(r.Head.Framing().Rule))
}

// bodyBegins asks for the packet of a body's first byte.
func bodyBegins(a *asker, x *trace.Exchange) *Question {
	for m := range x.Messages() {
		if whole(m) && m.Body > 0 && m.BodyFirst.Packet != 0 && m.BodyFirst.Packet != m.First.Packet {
			return a.askBody(x, m)
		}
	}
	return nil
}

func (a *asker) askBody(x *trace.Exchange, m *trace.Message) *Question {
	q := a.number(m.BodyFirst.Packet, "quiz.body-begins.ask", kindOf(m), nameOf(x)).about(x, m.BodyFirst.Packet)
	q.slip(m.First.Packet, "quiz.packet-of.start-line").slip(m.HeadEnd.Packet, "quiz.packet-of.head-end").
		slip(m.Last.Packet, "quiz.packet-of.last-byte")
	q.hint("quiz.body-begins.hint")
	q.at(m.HeadEnd.Packet, "quiz.body-begins.head", bytesOf(m.Head.Size()))
	q.at(m.BodyFirst.Packet, "quiz.body-begins.body", m.BodyOffset)
	return q.say("quiz.body-begins.calls").cite("RFC 9112, Section 2.1")
}

// answersWhich asks which of a connection's requests a response answers.
func answersWhich(a *asker, x *trace.Exchange) *Question {
	on := a.on[x.Conn.ID]
	if !answered(x) || len(on) < 2 || len(on) > maxTable {
		return nil
	}
	label := func(y *trace.Exchange) saying {
		return phrase("quiz.answers-which.request", y.Ordinal, quoted(y.Request.Head.Method+" "+y.Request.Head.Target))
	}
	var wrong []option
	for _, y := range on {
		if !answered(y) || y.Ordinal < 1 {
			return nil
		}
		if y != x {
			wrong = append(wrong, option{says: label(y)})
		}
	}
	r := x.Response
	q := a.choose(label(x), mixed(a.rng, wrong), "quiz.answers-which.ask", r.First.Packet, x.Conn.ID, r.Head.Span.From)
	q.about(x, r.First.Packet)
	q.Given = a.headOf(r, only(httpdecode.FieldContentLength, httpdecode.FieldTransferEncoding,
		httpdecode.FieldContentType))
	q.hint("quiz.answers-which.hint")
	q.at(x.Request.First.Packet, "quiz.answers-which.asked", x.Ordinal, startOf(x.Request))
	q.at(r.First.Packet, "quiz.answers-which.answered", x.Ordinal, startOf(r))
	return q.say("quiz.answers-which.order").cite("RFC 9112, Sections 9.2 and 9.3.2")
}

// responsesInAll asks for interim responses too.
func responsesInAll(a *asker, x *trace.Exchange) *Question {
	if !answered(x) || x.InterimCount == 0 || int64(len(x.Interim)) != x.InterimCount {
		return nil
	}
	q := a.number(x.InterimCount+1, "quiz.responses-in-all.ask", nameOf(x)).about(x, x.Interim[0].First.Packet)
	q.slip(1, "quiz.responses-in-all.one").slip(x.InterimCount, "quiz.responses-in-all.others")
	q.hint("quiz.responses-in-all.hint")
	for _, m := range x.Interim {
		if m.Head == nil {
			return nil
		}
		q.at(m.First.Packet, "quiz.responses-in-all.interim", startOf(m))
	}
	q.at(x.Response.First.Packet, "quiz.responses-in-all.final", startOf(x.Response))
	return q.cite("RFC 9110, Section 15.2")
}

// hostAsked asks which site a request is for.
func hostAsked(a *asker, x *trace.Exchange) *Question {
	if !whole(x.Request) || x.Request.Head.Form() == httpdecode.AbsoluteForm {
		return nil
	}
	h := x.Request.Head
	hosts := h.Values(httpdecode.FieldHost)
	if len(hosts) != 1 || hosts[0] == "" {
		return nil
	}
	host := quoted(hosts[0])
	q := a.choose(literal(host), notHosts(x, host), "quiz.host.ask", nameOf(x)).about(x, x.Request.First.Packet)
	q.Given = a.headOf(x.Request, nil)
	q.hint("quiz.host.hint")
	q.at(x.Request.First.Packet, "quiz.host.field", host)
	return q.say("quiz.host.several").cite("RFC 9110, Section 7.2; RFC 9112, Section 3.2")
}

// notHosts are what else of a request might be taken for its host. What holds the
// host, or is held by it, is not wrong.
func notHosts(x *trace.Exchange, host string) []option {
	agent, _ := x.Request.Head.Lookup(httpdecode.FieldUserAgent)
	var out []option
	for _, w := range [][2]string{
		{endText(x.Conn.Ends[0]), "quiz.host.client"},
		{quoted(x.Request.Head.Target), "quiz.host.target"},
		{endText(x.Conn.Ends[1]), "quiz.host.server"},
		{quoted(agent), "quiz.host.agent"},
	} {
		if !strings.Contains(w[0], host) && !strings.Contains(host, w[0]) &&
			!strings.Contains(host, x.Conn.Ends[0].Addr().String()) {
			out = append(out, option{literal(w[0]), phrase(w[1])})
		}
	}
	return out
}

// otherFields stand as wrong choices for what a field means.
var otherFields = []string{"Host", "Content-Length", "Content-Type", "Transfer-Encoding", "Range", "Set-Cookie",
	"Location", "ETag", "User-Agent", "Accept-Encoding", "Server"}

// fieldMeaning asks what a field of a message is for.
func fieldMeaning(a *asker, x *trace.Exchange) *Question {
	var names []string
	var of []*trace.Message
	for _, m := range []*trace.Message{x.Request, x.Response} {
		if whole(m) {
			for i := range m.Head.Fields {
				if _, ok := a.texts.Field(m.Head.Fields[i].Name); ok {
					names, of = append(names, m.Head.Fields[i].Name), append(of, m)
				}
			}
		}
	}
	if len(names) == 0 {
		return nil
	}
	i := a.rng.IntN(len(names))
	return a.askField(x, of[i], names[i])
}

func (a *asker) askField(x *trace.Exchange, m *trace.Message, name string) *Question {
	right, _ := a.texts.Field(name)
	var wrong []option
	for _, other := range mixed(a.rng, slices.Clone(otherFields)) {
		if t, ok := a.texts.Field(other); ok && !strings.EqualFold(other, name) {
			wrong = append(wrong, option{meaningOf(t), phrase("quiz.field-meaning.other", other)})
		}
	}
	q := a.choose(meaningOf(right), wrong, "quiz.field-meaning.ask", quoted(name), kindOf(m), nameOf(x))
	q.about(x, m.First.Packet)
	q.Given = a.headOf(m, func(f *httpdecode.Field) bool { return f.Name == name })
	q.hint("quiz.field-meaning.hint")
	q.at(m.First.Packet, "quiz.field-meaning.message", kindOf(m), startOf(m))
	return q.say("quiz.means", name, right.What).cite(right.Cite)
}
