package httpdecode

import (
	"bytes"
	"strings"
)

// body hands out body bytes.
func (d *Decoder) body(h *half, in []byte) int {
	d.emit(h, BodyEvent, len(in)).Bytes = in
	h.tally.Bodies += int64(len(in))
	h.got += int64(len(in))
	return len(in)
}

// fixed reads a body of known length (rule 6).
func (d *Decoder) fixed(h *half, in []byte) int {
	if h.refused {
		if next, wait := d.afterRefusal(h, in); next || wait {
			return d.stepUnless(wait, h, in)
		}
	}
	n := d.body(h, in[:min(int64(len(in)), h.remain)])
	h.remain -= int64(n)
	if h.remain == 0 {
		d.endAfter(h, int64(n), true)
	}
	return n
}

// line is the length of the line that in begins with, 0 when it has no end yet
// or is longer than most.
func (h *half) line(in []byte, most int) int {
	in = in[:min(len(in), most)]
	i := bytes.IndexByte(in[h.scan:], '\n')
	if i < 0 {
		h.scan = len(in)
		return 0
	}
	return h.scan + i + 1
}

// trailer reads one trailer field with its folded lines, or the empty line
// that ends the message.
func (d *Decoder) trailer(h *half, in []byte) int {
	n, complete := trailerEnd(in[:min(len(in), maxHead)], &h.scan)
	switch {
	case !complete && len(in) >= maxHead:
		d.find(h, HeadTooLong, maxHead, "found.head-too-long", maxHead)
		h.tally.Trailers += maxHead
		d.endMessage(h, false)
		d.lose(h)
		return maxHead
	case !complete:
		return 0
	}
	if h.startsMessage(in) {
		d.find(h, TrailerEndMissing, n,
			"found.trailer-end-missing")
		d.endMessage(h, false)
		return d.step(h, in)
	}
	h.tally.Trailers += int64(n)
	if in[0] == '\n' || in[0] == '\r' && n == 2 {
		if n == 1 {
			d.find(h, BareLF, n, "found.bare-lf.last-chunk")
		}
		d.endAfter(h, int64(n), true)
		return n
	}
	d.trailerField(h, string(in[:n]))
	return n
}

// trailerEnd finds the end of a field: a line end that no white space follows.
// The empty line needs no look at what follows it.
func trailerEnd(in []byte, scan *int) (end int, ok bool) {
	for {
		i := bytes.IndexByte(in[*scan:], '\n')
		if i < 0 {
			*scan = len(in)
			return 0, false
		}
		end := *scan + i + 1
		if end == 1 || end == 2 && in[0] == '\r' {
			return end, true
		}
		if end == len(in) {
			*scan = end - 1
			return 0, false
		}
		if in[end] != ' ' && in[end] != '\t' {
			return end, true
		}
		*scan = end
	}
}

// trailerField parses a field as in a head, but for its place.
func (d *Decoder) trailerField(h *half, raw string) {
	p := parser{head: &Head{Side: h.side, Raw: raw, Offset: h.at}, lines: &d.queue.lines}
	for at := 0; at < len(raw); {
		line, next := p.nextLine(at)
		if line != "" {
			p.field(line, at, next)
		}
		at = next
	}
	p.unfold()
	for _, x := range p.findings {
		d.find(h, x.Code, len(raw), x.Detail.Key, x.Detail.Args...)
	}
	if len(p.head.Fields) == 0 {
		return
	}
	f := p.head.Fields[0]
	d.emit(h, TrailerEvent, len(raw)).Field = f
	switch f.ID {
	case FieldContentLength, FieldTransferEncoding, FieldHost, FieldContentEncoding, FieldContentType,
		FieldContentRange, FieldTrailer,
		FieldAuthorization, FieldSetCookie, FieldCookie, FieldConnection, FieldTE:
		d.find(h, TrailerForbidden, len(raw), "found.trailer-forbidden", f.Name)
	}
	if !d.announced(h, f.Name) {
		d.find(h, TrailerUnlisted, len(raw), "found.trailer-not-announced", shorten(f.Name))
	}
}

// announced looks the name up in the message's Trailer fields (RFC 9110, Section 6.6.2).
func (d *Decoder) announced(h *half, name string) bool {
	if h.head == nil {
		return true
	}
	for _, v := range h.head.Values(FieldTrailer) {
		if hasToken(v, strings.ToLower(name)) {
			return true
		}
	}
	return false
}
