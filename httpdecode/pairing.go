package httpdecode

// pending is a request that waits for its response; or, with lost, requests that
// the capture did not see: none or more of them.
type pending struct {
	exchange int64
	method   string
	upgrade  bool // it asks for another protocol
	old      bool // HTTP/1.0 or older
	simple   bool // HTTP/0.9: the answer is a bare document
	// received is how much of the server's stream the client had when it began to
	// send the request; 0 when that is not known.
	received int64
	lost     bool
	before   bool  // with lost: they came before the capture, if there were any
	end      int64 // with lost: the client's stream offset behind them
	answered int64 // with lost: offset of a response that came since, -1 when none has
}

// await queues the request for its response.
func (d *Decoder) await(h *half, p *parser) {
	if h.answered {
		return
	}
	received := h.hadReceived()
	d.goOn(received)
	if received == unknownReceived {
		received = 0
	}
	if len(d.pending) >= maxPending {
		d.blind = true
		d.find(h, TooManyPending, 0, "found.too-many-unanswered", maxPending)
		return
	}
	if n := d.waiting(); n > 0 {
		d.find(h, Pipelined, 0, "found.pipelined", n)
	}
	_, upgrade := p.head.Lookup(FieldUpgrade)
	d.enqueue(pending{exchange: h.exchange, method: ownMethod(p.head.Method), upgrade: upgrade,
		old: !p.head.atLeast11(), simple: p.head.Complete && p.simple(), received: received})
}

func (d *Decoder) enqueue(q pending) {
	if d.pending == nil {
		d.pending = d.first[:0]
	}
	d.pending = append(d.pending, q)
}

// waiting is the number of captured requests that wait.
func (d *Decoder) waiting() int {
	n := len(d.pending)
	for i := range d.pending {
		if !d.pending[i].lost {
			break // lost ones stand first but for a few cases, which a finding's number may miss
		}
		n--
	}
	return n
}

// missRequests notes that a client's bytes were lost where requests could begin.
func (d *Decoder) missRequests() {
	n := len(d.pending)
	switch {
	case n > 0 && d.pending[n-1].lost:
		d.pending[n-1].answered, d.pending[n-1].end, d.pending[n-1].before = -1, d.sides[Client].pos, false
		return
	case n >= maxPending:
		return
	}
	end := d.sides[Client].pos
	d.enqueue(pending{lost: true, answered: -1, end: end, before: end == 0})
}

// goOn draws conclusions from a client that sends a request, and had received the
// server's stream up to an offset when it did.
func (d *Decoder) goOn(received int64) {
	s := &d.sides[Server]
	switch {
	case s.exchange == 0 && s.hole != noHole && received >= s.holeEnd:
		d.goOnWith(func() { d.answeredInHole(s) })
	case d.unsettled && s.exchange == 0 && received >= s.at && d.allAnswered():
		d.goOnWith(d.settle)
	case !d.unsettled && s.exchange == 0 && d.lostBefore(received):
		// A client that waits for its answers has those to what was lost.
		d.pending = d.pending[1:]
	}
}

// allAnswered tells whether there may be a response for every request that waits.
func (d *Decoder) allAnswered() bool {
	return len(d.loose) > 0 && (d.swallowed || len(d.loose) >= len(d.aligned()))
}

// lostBefore tells whether what was lost before the first request that waits was
// answered before an offset of the server's stream.
func (d *Decoder) lostBefore(received int64) bool {
	return len(d.pending) > 0 && d.pending[0].lost && d.pending[0].answered >= 0 && received > d.pending[0].answered
}

// goOnWith concludes what became of the requests that wait. But those that were lost just
// before the client goes on may have been sent with what it sends now, and still wait.
func (d *Decoder) goOnWith(conclude func()) {
	var last pending
	if n := len(d.pending); n > 0 {
		last = d.pending[n-1]
	}
	conclude()
	if last.lost {
		last.answered = -1
		d.enqueue(last)
	}
}

// answeredInHole concludes that what the client waited for was in what was lost of the
// other side.
func (d *Decoder) answeredInHole(s *half) {
	d.abandon(ResponseLost, "found.response-not-captured.bytes", s.holeBytes, s.holeAt.Packet)
	s.hole, s.holeBytes = noHole, 0 // what is asked from here on is answered behind it
}

// Silent tells that nothing has come for a while: what more would show which response
// answers which is not on its way.
func (d *Decoder) Silent() {
	s := &d.sides[Server]
	if d.unsettled && s.exchange == 0 && s.hole == noHole && len(d.loose) > 0 {
		d.settle()
	}
}

// pair finds the request that a response answers. Where there is none the
// response has an exchange of its own and its request is taken for a GET.
func (d *Decoder) pair(h *half, interim bool) (pending, bool) {
	d.loseSwallowed(h)
	if n := len(d.pending); n > 0 && !interim && d.pending[n-1].lost && h.hadReceived() >= d.pending[n-1].end {
		d.pending[n-1].answered = h.at
	}
	switch {
	case d.asksLater(h.at):
		return d.unpaired(h), false
	case d.unsettled:
		return d.pairLater(h, interim), false
	case len(d.pending) == 1 && d.pending[0].lost:
		return d.unpaired(h), false
	case len(d.pending) > 0 && d.pending[0].lost:
		d.unsettled = true
		return d.pairLater(h, interim), false
	case len(d.pending) > 0:
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
	return d.unpaired(h), false
}

// asksLater reports that a response which begins at an offset was received by
// the client before it asked any of what waits: it answers something older.
func (d *Decoder) asksLater(at int64) bool {
	for i := range d.pending {
		if !d.pending[i].lost {
			return d.pending[i].received > at
		}
	}
	return false
}

// unpaired gives a response an exchange of its own.
func (d *Decoder) unpaired(h *half) pending {
	d.next++
	h.exchange = d.next
	return pending{exchange: d.next, method: "GET"}
}

// loseSwallowed concludes from a hole before a response which requests were answered in it.
func (d *Decoder) loseSwallowed(h *half) {
	behind := h.behind
	h.behind = noHole
	if behind != noHole && d.unsettled { // those before the hole cannot be counted from the end
		d.leaveAlone(d.loose)
		d.loose, d.interim, d.swallowed = nil, 0, true
	}
	if behind == noHole || d.unsettled || len(d.pending) < 2 {
		return // with one request waiting, what was lost was an interim response, or the rest of the response before
	}
	if behind == messageInHole && !d.pending[0].lost {
		// Where the hole begins, the oldest request's response began.
		q := d.pending[0]
		d.conclude(q, ResponseLost, "found.response-not-captured")
		d.pending = d.pending[1:]
	}
	if len(d.pending) > 1 {
		d.unsettled, d.swallowed = true, true
	}
}

// conclude says what became of a request that gets no response.
func (d *Decoder) conclude(q pending, c Code, key string, args ...any) {
	if q.lost {
		return
	}
	e := d.emit(&d.sides[Server], FindingEvent, 0)
	e.Exchange = q.exchange
	e.Finding = &Finding{c, Fact{key, copied(append([]any{shorten(q.method)}, args...))}, e.Span}
}

func (d *Decoder) unqueue(exchange int64) {
	if len(d.pending) > 0 && d.pending[0].exchange == exchange {
		d.pending = d.pending[1:]
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
		d.find(h, EarlyResponse, 0, "found.response-before-request-end")
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
func (d *Decoder) unanswered() {
	d.abandon(Unanswered, "found.request-unanswered")
}

// abandon forgets the requests that wait, with a finding for each.
func (d *Decoder) abandon(c Code, key string, args ...any) {
	if d.unsettled {
		d.leaveAlone(d.loose)
		if len(d.loose) > 0 {
			c, key, args = PairingUncertain, "found.pairing-uncertain", nil
		}
	}
	for _, q := range d.pending {
		d.conclude(q, c, key, args...)
	}
	d.forget()
}

// forget lets go of the queue.
func (d *Decoder) forget() {
	d.pending, d.first[0] = nil, pending{}
	d.loose, d.unsettled, d.swallowed, d.interim = nil, false, false, 0
}
