package quiz

import (
	"fmt"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/doc"
	"httpscope/internal/explain"
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
	q := number(r.First.Packet, "Which packet carries the first byte of the response of %s?", nameOf(x)).about(x, r.First.Packet)
	q.slip(asked, "This packet carries the request.").slip(r.Last.Packet, "This packet carries the last byte of the response.")
	if s := a.segments(x.Conn); s != nil {
		if g := s.first(0, func(g *trace.Segment) bool { return g.Frame > asked && s.side(g) == 1 }); g != nil && g.Len == 0 {
			q.slip(g.Frame, "This packet is the acknowledgment of TCP: it carries no byte of the response.")
		}
		q.Given = s.around(r.First.Packet)
	}
	q.hint("Look for the first packet of the server behind the request that carries data.")
	q.at(asked, "carries the last byte of the request.")
	q.at(r.First.Packet, "carries the offset %d of the server's stream, which begins with %s", r.Head.Span.From, startOf(r))
	return q.say("TCP acknowledges what has come before the program has an answer, so a packet without data may stand between.").cite("RFC 9112, Section 2.1; RFC 9293, Section 3.8.6.3")
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
	q := number(r.Last.Packet, "Which packet carries the last byte of the response of %s?", nameOf(x)).about(x, r.Last.Packet)
	q.slip(r.First.Packet, "This packet carries the first byte of the response.").slip(r.HeadEnd.Packet, "This packet carries the end of the head.")
	if r.Ended.Packet != r.Last.Packet {
		q.slip(r.Ended.Packet, "This packet shows that the response has ended, and carries no byte of it.")
	}
	q.hint("The framing says how many bytes follow the head, or which bytes end the body.")
	q.at(r.First.Packet, "carries the beginning: %s", startOf(r))
	q.at(r.Last.Packet, "carries the end: %s of body in all.", bytesOf(r.Body))
	return q.say("A message is a stretch of the stream. How many packets it takes is up to TCP.").rule(explain.Rule(r.Head.Framing().Rule))
}

// bodyBegins asks for the packet of a body's first byte.
func bodyBegins(_ *asker, x *trace.Exchange) *Question {
	for m := range x.Messages() {
		if !whole(m) || m.Body == 0 || m.BodyFirst.Packet == 0 || m.BodyFirst.Packet == m.First.Packet {
			continue
		}
		q := number(m.BodyFirst.Packet, "Which packet carries the first byte of the body of the %s of %s?", m.Side, nameOf(x)).about(x, m.BodyFirst.Packet)
		q.slip(m.First.Packet, "This packet carries the start line.").slip(m.HeadEnd.Packet, "This packet carries the end of the head.").slip(m.Last.Packet, "This packet carries the last byte of the message.")
		q.hint("The body begins after the empty line, and after the first chunk size if it is chunked.")
		q.at(m.HeadEnd.Packet, "carries the empty line that ends the head, which has %s.", bytesOf(m.Head.Size()))
		q.at(m.BodyFirst.Packet, "carries the first byte of the body, offset %d of the stream.", m.BodyOffset)
		return q.say("Programs often send head and body by two calls, which makes two packets. For HTTP that makes no difference.").cite("RFC 9112, Section 2.1")
	}
	return nil
}

// answersWhich asks which of a connection's requests a response answers.
func answersWhich(a *asker, x *trace.Exchange) *Question {
	on := a.on[x.Conn.ID]
	if !answered(x) || len(on) < 2 || len(on) > maxTable {
		return nil
	}
	label := func(y *trace.Exchange) string {
		return fmt.Sprintf("Request %d on the connection: %s", y.Ordinal, quoted(y.Request.Head.Method+" "+y.Request.Head.Target))
	}
	var wrong []Choice
	for _, y := range on {
		if !answered(y) || y.Ordinal < 1 {
			return nil
		}
		if y != x {
			wrong = append(wrong, Choice{Text: label(y)})
		}
	}
	q := choose(a.rng, label(x), mixed(a.rng, wrong), "A response begins in packet %d of connection %d, at the offset %d of the server's stream. Which request does it answer?", x.Response.First.Packet, x.Conn.ID, x.Response.Head.Span.From).about(x, x.Response.First.Packet)
	q.Given = headOf(x.Response, only(httpdecode.FieldContentLength, httpdecode.FieldTransferEncoding, httpdecode.FieldContentType))
	q.hint("Nothing in a response names its request. Only the order does.")
	q.at(x.Request.First.Packet, "carries request %d of the connection: %s", x.Ordinal, startOf(x.Request))
	q.at(x.Response.First.Packet, "carries response %d of the connection: %s", x.Ordinal, startOf(x.Response))
	return q.say("Responses come in the order of the requests, also when several requests were sent at once.").cite("RFC 9112, Sections 9.2 and 9.3.2")
}

// responsesInAll asks for interim responses too.
func responsesInAll(_ *asker, x *trace.Exchange) *Question {
	if !answered(x) || x.InterimCount == 0 || int64(len(x.Interim)) != x.InterimCount {
		return nil
	}
	q := number(x.InterimCount+1, "How many responses did the server send to the request of %s, the interim ones included?", nameOf(x)).about(x, x.Interim[0].First.Packet)
	q.slip(1, "This counts the final response only.").slip(x.InterimCount, "This counts the interim responses only.")
	q.hint("A status from 100 to 199 is not the last word.")
	for _, m := range x.Interim {
		if m.Head == nil {
			return nil
		}
		q.at(m.First.Packet, "carries an interim response: %s", startOf(m))
	}
	return q.at(x.Response.First.Packet, "carries the final response: %s", startOf(x.Response)).cite("RFC 9110, Section 15.2")
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
	agent, _ := h.Lookup(httpdecode.FieldUserAgent)
	var wrong []Choice
	for _, w := range []Choice{{Text: endText(x.Conn.Ends[0]), Why: "This is the client's end of the connection."}, {Text: quoted(h.Target), Why: "The target names a resource of the site, not the site."},
		{Text: endText(x.Conn.Ends[1]), Why: "This is where the packets go. One server there may serve several sites."}, {Text: quoted(agent), Why: "This is the program that asks."}} {
		if !strings.Contains(w.Text, host) && !strings.Contains(host, w.Text) && !strings.Contains(host, x.Conn.Ends[0].Addr().String()) {
			wrong = append(wrong, w)
		}
	}
	q := choose(a.rng, host, wrong, "Which site does the client ask in %s?", nameOf(x)).about(x, x.Request.First.Packet)
	q.Given = headOf(x.Request, nil)
	q.hint("One field is obligatory in a request of HTTP/1.1.")
	q.at(x.Request.First.Packet, "carries the field Host: %s", host)
	return q.say("The target is only a path here, and several sites may share one address and port, so the field tells which is meant.").cite("RFC 9110, Section 7.2; RFC 9112, Section 3.2")
}

// fieldMeaning asks what a field of a message is for.
func fieldMeaning(a *asker, x *trace.Exchange) *Question {
	var names []string
	var of []*trace.Message
	for _, m := range []*trace.Message{x.Request, x.Response} {
		if whole(m) {
			for i := range m.Head.Fields {
				if _, ok := explain.Field(m.Head.Fields[i].Name); ok {
					names, of = append(names, m.Head.Fields[i].Name), append(of, m)
				}
			}
		}
	}
	if len(names) == 0 {
		return nil
	}
	i := a.rng.IntN(len(names))
	right, _ := explain.Field(names[i])
	var wrong []Choice
	for _, other := range mixed(a.rng, []string{"Host", "Content-Length", "Content-Type", "Transfer-Encoding", "Range", "Set-Cookie", "Location", "ETag", "User-Agent", "Accept-Encoding", "Server"}) {
		if t, ok := explain.Field(other); ok && !strings.EqualFold(other, names[i]) {
			wrong = append(wrong, Choice{Text: t.Text, Why: fmt.Sprintf("This is what %s is for.", other)})
		}
	}
	q := choose(a.rng, right.Text, wrong, "What is the field %s of the %s of %s for?", quoted(names[i]), of[i].Side, nameOf(x)).about(x, of[i].First.Packet)
	q.Given = headOf(of[i], func(f *httpdecode.Field) bool { return f.Name == names[i] })
	q.hint("Who sends the field, and what can the other side do with it?")
	return q.at(of[i].First.Packet, "carries the %s: %s", of[i].Side, startOf(of[i])).say("%s: %s", names[i], right.Text).cite(right.Cite)
}

// semantics are what methods promise (RFC 9110, Section 9.2). The second is
// about one request sent twice.
var semantics = map[string]string{
	"GET": safeMethod, "HEAD": safeMethod, "OPTIONS": safeMethod, "TRACE": safeMethod,
	"PUT": idempotentMethod, "DELETE": idempotentMethod,
	"POST": neitherMethod, "PATCH": neitherMethod, "CONNECT": neitherMethod,
}

const (
	safeMethod       = "Safe and idempotent: it asks for no change, and may be repeated"
	idempotentMethod = "Idempotent and not safe: it changes something, and twice has the effect of once"
	neitherMethod    = "Neither safe nor idempotent: it may change something, and twice may change it twice"
)

// methodSemantics asks whether a request may be repeated.
func methodSemantics(a *asker, x *trace.Exchange) *Question {
	if !whole(x.Request) || semantics[x.Request.Head.Method] == "" {
		return nil
	}
	method := x.Request.Head.Method
	wrong := append(choicesOf(safeMethod, idempotentMethod, neitherMethod), Choice{Text: "Safe and not idempotent: it asks for no change, and may not be repeated", Why: "What changes nothing may be repeated: every safe method is idempotent."})
	q := choose(a.rng, semantics[method], wrong, "What does the standard say of the method %s, as in %s?", method, nameOf(x)).about(x, x.Request.First.Packet)
	q.hint("Safe: the client asks for no change. Idempotent: the same request once more has no further effect.")
	q.at(x.Request.First.Packet, "carries the request line: %s", startOf(x.Request))
	return q.say("A client may repeat an idempotent request by itself when the connection breaks; a crawler follows safe ones only.").cite("RFC 9110, Sections 9.2.1 and 9.2.2")
}

// methodMeaning asks what a method is for.
func methodMeaning(a *asker, x *trace.Exchange) *Question {
	if !whole(x.Request) || semantics[x.Request.Head.Method] == "" {
		return nil
	}
	method := x.Request.Head.Method
	right, _ := explain.Method(method)
	var wrong []Choice
	for _, other := range mixed(a.rng, []string{"GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE"}) {
		if t, ok := explain.Method(other); ok && other != method {
			wrong = append(wrong, Choice{Text: t.Text, Why: fmt.Sprintf("This is what %s does.", other)})
		}
	}
	q := choose(a.rng, right.Text, wrong, "What does the method %s ask for, as in %s?", method, nameOf(x)).about(x, x.Request.First.Packet)
	q.hint("Which methods have a body, and in which message?")
	return q.at(x.Request.First.Packet, "carries the request line: %s", startOf(x.Request)).say("%s: %s", method, right.Text).cite(right.Cite)
}
