package httpdecode

import (
	"bytes"
	"strings"
)

// switchTo makes the connection speak another protocol, in both directions.
func (d *Decoder) switchTo(h *half, n int, method, upgrade string) {
	if d.unsettled {
		d.settle()
	}
	d.proto = "tunnel"
	for name := range strings.SplitSeq(upgrade, ",") {
		if name = trim(name); method != "CONNECT" && name != "" {
			d.proto = strings.Clone(strings.ToLower(name))
			break
		}
	}
	h.at += int64(n) // the switch lies after the head
	d.emit(h, SwitchEvent, 0).Protocol = d.proto
	h.at -= int64(n)
	h.state = raw
	c := &d.sides[Client]
	if !c.inBody() && !c.inHead {
		c.state = raw
	}
	if c.state == raw && len(c.buf) > 0 {
		d.consume(c, nil)
	}
}

// Gap tells that n bytes of a side's stream were not captured.
func (d *Decoder) Gap(s Side, n int64, at Stamp) {
	if n > 0 {
		d.gap(s, n, true, at)
	}
}

// GapAtLeast tells that n bytes of a side's stream or more were not captured: how many is
// not known. In offsets they count as n.
func (d *Decoder) GapAtLeast(s Side, n int64, at Stamp) { d.gap(s, max(n, 0), false, at) }

func (d *Decoder) gap(s Side, n int64, known bool, at Stamp) {
	h := &d.sides[s]
	h.now, h.nowFrom = at, h.pos
	kind := messageInHole
	if len(h.buf) > 0 {
		d.breakOff(h)
		kind = someHole // what the buffer began may go on in it
	}
	d.blind = d.blind || s == Client
	e := d.emit(h, GapEvent, 0)
	e.Span, e.Unbounded = Span{h.pos, h.pos + n}, !known
	gap := len(d.queue.events) - 1
	h.pos += n
	h.at = h.pos
	h.skip(d, n, known, kind)
	d.queue.events[gap].Raw = h.state == raw
}

// skip moves a body's counters over a gap. Where a message could have begun or
// ended inside it, the side is lost until one begins again; so it is where the length is not known.
func (h *half) skip(d *Decoder, n int64, known bool, kind hole) {
	switch h.state {
	case raw, untilClose:
		h.missing(d, n, known)
		if h.state == raw && d.proto == "" && (d.http || d.midstream) { // HTTP may have begun in it
			h.lostMessages(d, n, someHole)
		}
		return
	case sniff:
		if !d.http { // what comes is the middle of nobody knows what
			d.Midstream()
			h.lostMessages(d, n, someHole)
			return
		}
	case fixed, chunkData:
		if known && n <= h.remain {
			h.missing(d, n, known)
			h.remain -= n
			if h.remain == 0 && h.state == fixed {
				d.endMessage(h, false)
			} else if h.remain == 0 {
				h.state = chunkEnd
			}
			return
		}
	}
	if h.state != start && h.state != fixed && h.state != sniff {
		kind = someHole // the end of what was being read is not known
	}
	if h.exchange != 0 {
		h.missing(d, n, known)
		d.endMessage(h, false)
	}
	h.lostMessages(d, n, kind)
	d.lose(h)
}

// lostMessages notes n bytes in which messages may have begun, or did.
func (h *half) lostMessages(d *Decoder, n int64, kind hole) {
	h.hole, h.holeBytes, h.holeEnd, h.holeAt = max(h.hole, kind), h.holeBytes+n, h.pos, h.now
	if h.side == Client {
		d.missRequests()
	}
}

// missing marks the message as incomplete.
func (h *half) missing(d *Decoder, n int64, known bool) {
	if h.exchange == 0 {
		return
	}
	if h.whole {
		if known {
			d.find(h, GapInMessage, 0, "found.gap-in-message.known", n)
		} else {
			d.find(h, GapInMessage, 0, "found.gap-in-message.unknown")
		}
	}
	h.whole = false
}

// breakOff gives up what waits in the buffer: the rest of it will not come.
func (d *Decoder) breakOff(h *half) {
	b := h.buf
	if h.refused { // what looked like the beginning of a request is the body
		h.refused = false
		d.consume(h, nil)
		if b = h.buf; len(b) == 0 {
			return
		}
	}
	switch h.state {
	case readHead:
		d.cutHead(h, b, HeadCut, "found.head-cut.head")
	case chunkSize, chunkEnd:
		h.tally.Framing += int64(len(b))
	case trailers:
		h.tally.Trailers += int64(len(b))
	default:
		b = d.breakSniff(h, b)
	}
	h.at += int64(len(b))
	h.buf, h.origins, h.kept, h.scan = nil, nil, nil, 0
}

// breakSniff accounts for a beginning that never became clear, and returns
// what of it is still to be counted as read.
func (d *Decoder) breakSniff(h *half, b []byte) []byte {
	if h.side == Client && (h.state == sniff || h.state == start || h.state == hold) && startsRequest(b) {
		for b[0] == '\r' || b[0] == '\n' {
			n := d.emptyLine(h, b)
			h.at += int64(n)
			b = b[n:]
		}
		d.beginMessage(h)
		d.cutHead(h, b, HeadCut, "found.head-cut.head")
		return b
	}
	switch {
	case h.side == Server && len(d.pending) > 0 && !d.pending[0].simple && (h.state == sniff || h.state == start) &&
		statusPrefix(b) == maybe:
		d.beginMessage(h)
		d.cutHead(h, b, HeadCut, "found.head-cut.status-line")
	case d.bareDocument(h):
		d.beginDocument(h, b)
	case h.state == start || h.state == lost:
		d.emit(h, LostEvent, len(b)).Bytes = b
		h.tally.Lost += int64(len(b))
	default:
		d.emitRaw(h, b)
		h.tally.Other += int64(len(b))
	}
	return b
}

// startsRequest reports a known method, a space and the beginning of a target.
func startsRequest(b []byte) bool {
	method, rest, ok := bytes.Cut(bytes.TrimLeft(b, "\r\n"), []byte(" "))
	return ok && knownMethod(string(method)) && len(rest) > 0 &&
		(rest[0] == '/' || rest[0] == '*' || bytes.HasPrefix(rest, []byte("http")))
}

// EOF tells that a side's stream has ended.
func (d *Decoder) EOF(s Side, how How, at Stamp) {
	h := &d.sides[s]
	if h.ended {
		return
	}
	h.ended = true
	h.now, h.nowFrom = at, h.pos
	if len(h.buf) > 0 {
		d.breakOff(h)
	}
	d.closeMessage(h, how)
	if s == Server {
		d.closeUnsettled()
	}
	if s == Server && how != Unknown {
		d.unanswered()
	}
}

// closeMessage ends the message that the stream's end cut, or completed (rule 8).
func (d *Decoder) closeMessage(h *half, how How) {
	switch {
	case h.exchange == 0:
	case h.state == untilClose && how == FIN:
		d.endMessage(h, true)
	default:
		d.cutShort(h, how)
		d.endMessage(h, false)
	}
}

// cutShort says what the message lacks.
func (d *Decoder) cutShort(h *half, how How) {
	switch {
	case how == Unknown:
	case h.state == fixed:
		d.find(h, BodyShort, 0, "found.body-short", h.head.Framing.Length, h.got)
	case h.state >= chunkSize && h.state <= trailers:
		d.find(h, ChunksCut, 0, "found.chunked-body-cut", h.got)
	case how == Reset && h.state == untilClose:
		d.find(h, BodyReset, 0, "found.body-ended-by-reset", h.got)
	}
}
