package httpdecode

import (
	"bytes"
)

// lost skips bytes up to where a message begins again.
func (d *Decoder) lost(h *half, in []byte) int {
	n, found := h.resync(in)
	if n > 0 {
		d.emit(h, LostEvent, n).Bytes = in[:n]
		h.tally.Lost += int64(n)
		return n
	}
	if !found {
		return 0
	}
	h.state = start
	return d.start(h, in)
}

// raw hands out bytes of another protocol. HTTP may still begin, after a
// SOCKS handshake or a PROXY line; but not inside a tunnel.
func (d *Decoder) raw(h *half, in []byte) int {
	n, found := len(in), false
	if d.mayBegin(h) {
		n, found = h.resync(in)
		if !d.midstream && h.at+int64(n) >= maxPreamble {
			n, found = len(in), false
		}
	}
	if n > 0 {
		d.emitRaw(h, in[:n])
		h.tally.Other += int64(n)
		return n
	}
	if !found {
		return 0
	}
	h.state = start
	if !d.midstream {
		d.find(h, LateHTTP, 1, "found.http-after-other")
	}
	return d.start(h, in)
}

// mayBegin reports whether HTTP may begin on a side that speaks something
// else. For a server it must also be clear that the client speaks HTTP.
func (d *Decoder) mayBegin(h *half) bool {
	switch {
	case d.proto != "" || d.other == "tls" || d.other == "http/2" || d.other == "ssh":
		return false
	case h.side == Server && !d.http && !d.midstream:
		return false
	}
	return d.midstream || h.at < maxPreamble
}

// resync looks for a message in bytes that belong to none. It returns how many
// to skip. With found, a start line stands after them; without, what stands
// after them may yet become one. The result does not depend on where the
// stream was cut into pieces.
func (h *half) resync(in []byte) (skip int, found bool) {
	if h.side == Server {
		return findStatusLine(in)
	}
	skip, found = findRequestLine(in)
	for _, offset := range h.segments {
		from := int(offset - h.at)
		if from < 0 || from > skip || from >= len(in) {
			continue
		}
		if v := requestLine(in[from:]); v != no && !h.splitsToken(in, from) {
			return from, v == yes
		}
	}
	return skip, found
}

// splitsToken reports that a segment begins inside the token at an index: the rest of
// something and a method look like one word then.
func (h *half) splitsToken(in []byte, from int) bool {
	end := from
	for end < len(in) && tokens[in[end]] {
		end++
	}
	for _, offset := range h.segments {
		if at := int(offset - h.at); at > from && at < end {
			return true
		}
	}
	return false
}

// Segment tells that the next bytes of a side begin a segment, whose sender had
// received the other side's stream up to an offset, -1 when that is not known. Where
// no framing claims the bytes, a request may begin there with any method; elsewhere only
// with one that is known. A caller that has no segments never calls it.
func (d *Decoder) Segment(s Side, received int64) {
	h := &d.sides[s]
	h.received = received
	if received < 0 {
		h.received = unknownReceived
	}
	waits := h.state == lost || h.state == raw || h.state == sniff && len(h.buf) > 0
	if s == Server || !waits {
		return
	}
	n := 0
	for n < len(h.segments) && h.segments[n] < h.at {
		n++
	}
	h.segments = append(h.segments[:copy(h.segments, h.segments[n:])], h.pos)
}

// startsMessage reports bytes that begin with a start line of their side.
func (h *half) startsMessage(in []byte) bool {
	if h.side == Server {
		return statusLine(in) == yes
	}
	return requestLine(in) == yes
}

// longestToken bounds a method that is not known, in bytes.
const longestToken = 32

// requestLine matches a token, a space, a target without spaces, a space, HTTP/1.x and the line end.
func requestLine(in []byte) verdict {
	n := 0
	for n < min(len(in), longestToken) && tokens[in[n]] {
		n++
	}
	switch {
	case n == len(in) && n < longestToken:
		return maybe
	case n == 0 || n == len(in) || in[n] != ' ':
		return no
	}
	return afterMethod(in[n+1:])
}

// knownRequestLine is requestLine for the methods that are known.
func knownRequestLine(in []byte) verdict {
	method, _, whole := bytes.Cut(in[:min(len(in), longestMethod+1)], []byte(" "))
	switch {
	case whole && !knownMethod(string(method)):
		return no
	case !whole && !beginsMethod(string(method)):
		return no
	}
	return requestLine(in)
}

func findStatusLine(in []byte) (at int, found bool) {
	const prefix = "HTTP/1."
	for {
		i := bytes.Index(in[at:], []byte(prefix))
		if i < 0 {
			break
		}
		at += i
		if v := statusLine(in[at:]); v != no {
			return at, v == yes
		}
		at++
	}
	for at = max(at, len(in)-len(prefix)+1); at < len(in); at++ {
		if bytes.HasPrefix([]byte(prefix), in[at:]) {
			break
		}
	}
	return at, false
}

// statusLine matches HTTP/1.x, a space, three digits, and white space.
func statusLine(in []byte) verdict {
	const pattern = "HTTP/1.9 999"
	for i := range len(pattern) {
		switch {
		case i == len(in):
			return maybe
		case pattern[i] == '9' && !digit(in[i]), pattern[i] != '9' && in[i] != pattern[i]:
			return no
		}
	}
	switch {
	case in[9] == '0':
		return no
	case len(in) == len(pattern):
		return maybe
	case in[12] == ' ' || in[12] == '\r' || in[12] == '\n':
		return yes
	}
	return no
}

// longestMethod is the length of the longest method that knownMethod knows.
const longestMethod = len("UPDATEREDIRECTREF")

// findRequestLine looks for a known method before each space. What stands
// before the method does not matter: a body that is longer than announced need
// not end with a line end.
func findRequestLine(in []byte) (at int, found bool) {
	from := 0
	for {
		i := bytes.IndexByte(in[from:], ' ')
		if i < 0 {
			break
		}
		space := from + i
		if n := methodBefore(in[from:space]); n > 0 {
			if v := afterMethod(in[space+1:]); v != no {
				return space - n, v == yes
			}
		}
		from = space + 1
	}
	at = len(in)
	for at > from && len(in)-at < longestMethod && methodByte(in[at-1]) {
		at--
	}
	return at, false
}

func methodByte(c byte) bool { return 'A' <= c && c <= 'Z' || c == '-' }

// methodBefore is the length of the longest known method that b ends with.
func methodBefore(b []byte) int {
	n := 0
	for n < min(len(b), longestMethod) && methodByte(b[len(b)-1-n]) {
		n++
	}
	for n > 0 && !knownMethod(string(b[len(b)-n:])) {
		n--
	}
	return n
}

// afterMethod matches a target without spaces, a space, HTTP/1.x and the line end.
func afterMethod(in []byte) verdict {
	i := 0
	for i < len(in) && i <= maxTarget && in[i] > ' ' && in[i] != 0x7f {
		i++
	}
	switch {
	case i > maxTarget:
		return no
	case i == len(in):
		return maybe
	case i == 0 || in[i] != ' ':
		return no
	}
	const version = " HTTP/1.9"
	rest := in[i:]
	for i := range len(version) {
		switch {
		case i == len(rest):
			return maybe
		case version[i] == '9' && !digit(rest[i]), version[i] != '9' && rest[i] != version[i]:
			return no
		}
	}
	switch end := rest[len(version):]; {
	case len(end) == 0 || len(end) == 1 && end[0] == '\r':
		return maybe
	case end[0] == '\n' || end[0] == '\r' && end[1] == '\n':
		return yes
	}
	return no
}

// bareDocument reports whether a server's bytes without a status line are its
// answer: a request waits, and nothing that was sent before can be missing.
func (d *Decoder) bareDocument(h *half) bool {
	return h.side == Server && (h.state == sniff || h.state == start) && len(d.pending) > 0 && h.tally.Heads == 0 &&
		!d.pending[0].lost && !d.unsettled && (d.pending[0].simple || !d.midstream && h.hole == noHole)
}

// beginDocument reads bytes up to the close as the answer to the oldest request.
func (d *Decoder) beginDocument(h *half, in []byte) int {
	q := d.pending[0]
	h.exchange = q.exchange
	h.state, h.whole, h.findings, h.got = untilClose, true, 0, 0
	d.unqueue(q.exchange)
	if !q.simple {
		d.find(h, SimpleResponse, 1, "found.no-status-line", beginning(in))
	}
	return d.body(h, in)
}

// notAResponse handles server bytes that are no status line: the bare document
// of HTTP/0.9 where a request waits, else bytes after the end of a message.
func (d *Decoder) notAResponse(h *half, in []byte) int {
	if d.bareDocument(h) {
		return d.beginDocument(h, in)
	}
	begin := beginning(in)
	switch {
	case h.tally.Heads > 0 && h.bodiless:
		d.find(h, BodyForbidden, 1, "found.body-forbidden", begin)
	case h.tally.Heads > 0:
		d.find(h, ExcessBytes, 1, "found.bytes-after-message", begin)
	case !d.midstream && h.hole == noHole:
		d.find(h, NotAMessage, 1, "found.not-a-message.response", begin)
	}
	d.lose(h)
	return d.step(h, in)
}
