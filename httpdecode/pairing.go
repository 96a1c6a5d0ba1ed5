package httpdecode

import "fmt"

// await queues the request for its response.
func (d *Decoder) await(h *half, p *parser) {
	if h.answered {
		return
	}
	if s := &d.sides[Server]; s.state == lost && s.hole {
		// The client goes on after what was lost of the other side: what it
		// waited for was in there.
		d.giveUp(&d.sides[Server], ResponseLost, "the response to the %s is in what was not captured")
	}
	if len(d.pending) >= maxPending {
		d.blind = true
		d.find(h, TooManyPending, 0, fmt.Sprintf("more than %d requests wait for a response", maxPending))
		return
	}
	if len(d.pending) > 0 {
		d.find(h, Pipelined, 0, fmt.Sprintf("sent while %d earlier requests wait for their responses", len(d.pending)))
	}
	_, upgrade := p.head.Lookup(FieldUpgrade)
	if d.pending == nil {
		d.pending = d.first[:0]
	}
	d.pending = append(d.pending, pending{h.exchange, p.head.Method, upgrade, !p.head.atLeast11(), p.head.Complete && p.simple()})
}

// pair finds the request that a response answers. Where there is none the
// response has an exchange of its own and its request is taken for a GET.
func (d *Decoder) pair(h *half, interim bool) (pending, bool) {
	if len(d.pending) > 0 {
		h.exchange = d.pending[0].exchange
		return d.pending[0], true
	}
	c := &d.sides[Client]
	if (c.state == sniff || c.state == start) && startsRequest(c.buf) && c.buf[0] > ' ' {
		c.state = readHead // the answer shows that what waits there is a request
		d.beginMessage(c)
	}
	if c.inHead && !c.answered && c.exchange > 0 {
		c.answered = !interim // an answer to a request whose head is not complete: 408, 400
		h.exchange = c.exchange
		return pending{exchange: c.exchange, method: "GET"}, true
	}
	d.next++
	h.exchange = d.next
	return pending{exchange: d.next, method: "GET"}, false
}

func (d *Decoder) unqueue(exchange int64) {
	if len(d.pending) > 0 && d.pending[0].exchange == exchange {
		d.pending = d.pending[:copy(d.pending, d.pending[1:])]
	}
	if len(d.pending) == 0 {
		d.forget()
	}
}

// unhold reads on in what the client sent before its request was answered.
func (d *Decoder) unhold() {
	if c := &d.sides[Client]; c.state == hold && len(c.buf) > 0 {
		d.consume(c, nil)
	}
}

// checkEarly notes a final response before the request's body was complete.
func (d *Decoder) checkEarly(h *half) {
	if c := &d.sides[Client]; c.exchange == h.exchange && (c.inBody() || c.inHead) {
		d.find(h, EarlyResponse, 0, "the response begins before the request is complete")
	}
}

// hold keeps what a client sends before its CONNECT or Upgrade is answered. A
// request line shows that it does not count on the switch.
func (d *Decoder) hold(h *half, in []byte) int {
	waiting := len(d.pending) > 0
	switch {
	case d.proto != "":
		h.state = raw
	case !waiting || len(in) > maxHold || d.pending[len(d.pending)-1].method != "CONNECT" && isRequestLine(in):
		h.state = start
	default:
		return 0
	}
	return d.step(h, in)
}

// unanswered tells which requests got no response before the server closed.
func (d *Decoder) unanswered(h *half) {
	d.giveUp(h, Unanswered, "the connection ended before the %s was answered")
}

// giveUp forgets the requests that wait, with a finding for each.
func (d *Decoder) giveUp(h *half, c Code, detail string) {
	for _, q := range d.pending {
		e := d.emit(h, FindingEvent, 0)
		e.Exchange = q.exchange
		e.Finding = Finding{c, fmt.Sprintf(detail, shorten(q.method)), e.Span}
	}
	d.forget()
}

// forget lets go of the queue, and of the heads that its methods are cut from.
func (d *Decoder) forget() { d.pending, d.first[0] = nil, pending{} }
