package httpdecode

import (
	"bytes"
	"strings"
)

// start skips empty lines before a start line (RFC 9112, Section 2.2) and tells
// whether what follows can be one.
func (d *Decoder) start(h *half, in []byte) int {
	switch {
	case in[0] == '\r' && len(in) == 1:
		return 0
	case in[0] == '\n' || in[0] == '\r':
		return d.emptyLine(h, in)
	case h.side == Server:
		return d.startResponse(h, in)
	}
	return d.startRequest(h, in)
}

// emptyLine skips CR LF, and LF or CR alone.
func (d *Decoder) emptyLine(h *half, in []byte) int {
	n := 1
	if in[0] == '\r' && len(in) > 1 && in[1] == '\n' {
		n = 2
	}
	d.find(h, EmptyLine, n, "found.empty-line-before-message")
	h.tally.Heads += int64(n)
	return n
}

func (d *Decoder) startResponse(h *half, in []byte) int {
	v := statusPrefix(in)
	if v == no && len(d.pending) > 0 && !d.pending[0].simple {
		v = foreignStatus(in)
	}
	switch v {
	case maybe:
		return 0
	case no:
		return d.notAResponse(h, in)
	}
	return d.begin(h, in)
}

// startRequest looks at the whole line: one that no server would try to read
// begins no message.
func (d *Decoder) startRequest(h *half, in []byte) int {
	if !tokens[in[0]] && in[0] != ' ' && in[0] != '\t' {
		d.find(h, NotAMessage, 1, "found.not-a-message.request", beginning(in))
		d.lose(h)
		return d.step(h, in)
	}
	i := bytes.IndexByte(in[:min(len(in), maxSniff)], '\n')
	if i < 0 && len(in) < maxSniff {
		return 0
	}
	line := in[:max(i, 0)]
	if i < 0 && startsRequest(in) || i >= 0 && requestLike(bytes.TrimRight(line, "\r")) {
		h.simple = simpleLine(line)
		return d.begin(h, in)
	}
	n := i + 1
	if i < 0 {
		n = maxSniff
	}
	d.find(h, NotAMessage, n, "found.not-a-message.line", shorten(string(bytes.TrimRight(in[:n], "\r\n"))))
	d.emit(h, LostEvent, n).Bytes = in[:n]
	h.tally.Lost += int64(n)
	d.lose(h)
	return n
}

// lose gives a side up until a message begins again.
func (d *Decoder) lose(h *half) {
	h.state, h.scan = lost, 0
	if d.proto != "" {
		h.state = raw
	}
	d.blind = d.blind || h.side == Client
}

func (d *Decoder) begin(h *half, in []byte) int {
	h.state = readHead
	d.beginMessage(h)
	return d.readHead(h, in)
}

// beginMessage opens a request's exchange; a response's is known when it is read.
func (d *Decoder) beginMessage(h *half) {
	d.http = true
	h.inHead, h.whole, h.answered, h.findings = true, true, false, 0
	h.behind, h.hole, h.holeBytes = h.hole, noHole, 0
	if h.side == Client {
		d.next++
		h.exchange = d.next
	}
}

// readHead waits for the empty line.
func (d *Decoder) readHead(h *half, in []byte) int {
	if h.simple {
		// Nothing follows the line: waiting for fields would be wrong.
		h.simple = false
		return d.head(h, in[:bytes.IndexByte(in, '\n')+1], true)
	}
	end, complete := headEnd(in[:min(len(in), maxHead)], &h.scan)
	switch {
	case complete:
		return d.head(h, in[:end], true)
	case len(in) > maxHead:
		d.cutHead(h, in[:maxHead], HeadTooLong, "found.head-too-long.head", maxHead)
		d.lose(h)
		return maxHead
	}
	return 0
}

// cutHead reads what there is of a head whose end will not be read.
func (d *Decoder) cutHead(h *half, b []byte, c Code, key string, args ...any) {
	d.head(h, b, false)
	d.find(h, c, len(b), key, args...)
	d.endAfter(h, int64(len(b)), false)
}

// headEnd finds the end of the empty line; scan is where to go on next time.
func headEnd(in []byte, scan *int) (end int, ok bool) {
	for {
		i := bytes.IndexByte(in[*scan:], '\n')
		if i < 0 {
			return 0, false
		}
		line := in[*scan : *scan+i]
		*scan += i + 1
		if len(line) == 0 || len(line) == 1 && line[0] == '\r' {
			return *scan, true
		}
	}
}

// simpleLine reports a line that is a whole HTTP/0.9 request: GET, a target, no version.
func simpleLine(line []byte) bool {
	if !bytes.HasPrefix(line, []byte("GET ")) || bytes.HasSuffix(line, []byte(" HTTP/1.1\r")) {
		return false
	}
	rest := strings.Trim(string(line[4:]), " "+lineSpace)
	return rest != "" && !strings.ContainsAny(rest, " "+lineSpace) && !looksLikeVersion(rest)
}

// head parses a head and decides what follows it. It returns the head's length.
func (d *Decoder) head(h *half, b []byte, complete bool) int {
	head := d.queue.head()
	head.copyText(b)
	head.Side, head.Offset, head.Complete = h.side, h.at, complete
	head.First, head.Last = h.stampAt(h.at), h.stampAt(h.at+int64(len(b))-1)
	if head.First.Packet != head.Last.Packet {
		head.Origin = append([]Origin(nil), h.origins...)
	}
	p := parser{head: head, lines: &d.queue.lines}
	p.parse()
	h.head, h.inHead, h.got = head, false, 0
	h.tally.Heads += int64(len(b))
	if h.side == Client {
		d.request(h, &p, len(b))
	} else {
		d.response(h, &p, len(b))
	}
	return len(b)
}

// publish emits the head and what was found in it. The findings come after
// the head, so that their exchange exists.
func (d *Decoder) publish(h *half, p *parser, n int) {
	d.emit(h, HeadEvent, n).Head = p.head
	for _, f := range p.findings {
		h.findings++
		d.emit(h, FindingEvent, n).Finding = &f
	}
}

func (d *Decoder) request(h *half, p *parser, n int) {
	head := p.head
	head.Framing = decide(head, "")
	p.checkFraming()
	if h.closing {
		p.find(RequestAfterClose, 0, len(head.StartLine()), "found.request-after-close")
	}
	d.publish(h, p, n)
	d.await(h, p) // a server answers a head that is cut, too
	if !head.Complete {
		return
	}
	h.closing = h.closing || !head.Persist.Keeps()
	d.enterBody(h)
}

// response pairs a response with the oldest unanswered request.
func (d *Decoder) response(h *half, p *parser, n int) {
	head := p.head
	interim := head.Status/100 == 1 && head.Status != 101
	q, known := d.pair(h, interim)
	head.Paired, head.Unsettled = known, d.unsettled
	head.Framing = decide(head, q.method)
	p.checkFraming()
	p.checkInterim(&q)
	if !known && !head.Unsettled && !d.blind && d.sides[Client].tally.Heads > 0 {
		p.find(Unsolicited, 0, len(head.StartLine()), "found.response-unsolicited")
	}
	if h.closing {
		p.find(AfterClose, 0, len(head.StartLine()), "found.data-after-close")
	}
	d.publish(h, p, n)
	if known && !interim {
		d.checkEarly(h)
		d.refuse(q.exchange)
		d.unqueue(q.exchange)
		defer d.unhold()
	}
	if !head.Complete {
		return
	}
	if !interim {
		h.closing = h.closing || !head.Persist.Keeps()
	}
	d.enterBody(h)
	if head.Framing.Kind == Tunnel {
		upgrade, _ := head.Lookup(FieldUpgrade)
		d.switchTo(h, n, q.method, upgrade)
	}
}

func (h *half) inBody() bool { return h.state >= fixed && h.state <= untilClose }

// enterBody sets the state that the framing asks for.
func (d *Decoder) enterBody(h *half) {
	switch f := &h.head.Framing; {
	case f.Kind == Length && f.Length > 0:
		h.state, h.remain = fixed, f.Length
	case f.Kind == Chunked:
		h.state = chunkSize
	case f.Kind == UntilClose:
		h.state = untilClose
	default:
		// The head's own bytes are still to be consumed: the end lies after them.
		d.endAfter(h, int64(len(h.head.Raw)), true)
	}
}

// endAfter ends a message n bytes further on.
func (d *Decoder) endAfter(h *half, n int64, complete bool) {
	h.at += n
	d.endMessage(h, complete)
	h.at -= n
}

// endMessage emits the end of the message and goes back to its start.
func (d *Decoder) endMessage(h *half, complete bool) {
	if h.exchange == 0 {
		return
	}
	d.emit(h, EndEvent, 0).Complete = complete && h.whole
	h.bodiless = h.head != nil && h.head.Framing.Rule == 1 &&
		(h.head.Framing.facts.length > 0 || h.head.Framing.facts.codings > 0)
	h.exchange, h.head, h.inHead, h.findings = 0, nil, false, 0
	h.state, h.scan = start, 0
	if h.side == Client && d.proto != "" {
		h.state = raw
		return
	}
	if h.side == Client && len(d.pending) > 0 {
		if q := d.pending[len(d.pending)-1]; q.upgrade || q.method == "CONNECT" {
			h.state = hold
		}
	}
}
