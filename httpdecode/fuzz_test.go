package httpdecode

import (
	"encoding/binary"
	"os"
	"path/filepath"
	"testing"

	"httpscope/internal/finding"
)

// A script is a conversation as the fuzzer's bytes: each step is a byte that
// says which side and what, and a length of two bytes; then come the bytes.
const (
	stepServer = 1 << iota // else the client's
	stepGap                // the length is missing
	stepEnd                // the side ends, by the length
	stepMid                // before the first: the capture begins in the middle
)

func (c conversation) script(midstream bool) (b []byte) {
	for i, p := range c {
		op := byte(p.side)
		n := len(p.data)
		switch {
		case p.ends:
			op, n = op|stepEnd, int(p.eof)
		case p.gap > 0:
			op, n = op|stepGap, int(min(p.gap, 1<<15))
		}
		if midstream && i == 0 {
			op |= stepMid
		}
		b = binary.BigEndian.AppendUint16(append(b, op), uint16(n))
		b = append(b, p.data[:uint16(n)*min(1, uint16(len(p.data)))]...)
	}
	return b
}

func parseScript(b []byte) (c conversation, midstream bool) {
	midstream = len(b) > 0 && b[0]&stepMid != 0
	for len(b) >= 3 {
		p := piece{side: Side(b[0] & stepServer)}
		n := int(binary.BigEndian.Uint16(b[1:]))
		op := b[0]
		b = b[3:]
		switch {
		case op&stepEnd != 0:
			p.ends, p.eof = true, How(n%3)
		case op&stepGap != 0:
			p.gap = int64(n)
		default:
			n = min(n, len(b))
			p.data, b = string(b[:n]), b[n:]
		}
		c = append(c, p)
	}
	return c, midstream
}

// addSeeds gives the fuzzer the traces and, where they are, the suites' flows.
func addSeeds(f *testing.F) {
	for _, group := range traces {
		for _, tr := range group {
			if c, midstream := tr.conversation(); len(tr) < 4000 {
				f.Add(c.script(midstream))
			}
		}
	}
	paths, _ := filepath.Glob(filepath.Join(os.Getenv("HTTPSCOPE_CONFORMANCE"), "libhtp-flows", "*.t"))
	for _, path := range paths {
		if text := read(f, path); len(text) < 4000 {
			f.Add(parseFlow(text).script(false))
		}
	}
}

// FuzzDecoder: whatever is sent, cut and lost, the decoder's promises hold.
func FuzzDecoder(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, script []byte) {
		c, midstream := parseScript(script)
		promises := newPromises(t)
		c.play(t, newDecoder(midstream), func(n int) int { return min(n, 1+len(c)%7) }, promises.event)
	})
}

// promises checks the order of events.
type promises struct {
	t    testing.TB
	open [2]int64 // exchange of the message that is open on a side
	head [2]*Head
	end  [2]int64 // of the last bytes
}

func newPromises(t testing.TB) *promises { return &promises{t: t} }

func (p *promises) event(e *Event) {
	s := e.Side
	if e.Kind != FindingEvent {
		if e.Span.From < p.end[s] || e.Span.To < e.Span.From {
			p.t.Fatalf("%s: span %v after %d", line(e), e.Span, p.end[s])
		}
		p.end[s] = e.Span.To
	}
	switch e.Kind {
	case HeadEvent:
		if p.open[s] != 0 || e.Exchange == 0 || e.Head == nil || e.Head.Offset != e.Span.From ||
			int64(len(e.Head.Raw)) != e.Span.Len() {
			p.t.Fatalf("%s while exchange %d is open", line(e), p.open[s])
		}
		p.open[s], p.head[s] = e.Exchange, e.Head
		p.fields(e.Head)
	case BodyEvent:
		if p.open[s] == 0 { // a bare document
			p.open[s], p.head[s] = e.Exchange, nil
		}
		if e.Exchange != p.open[s] || e.Exchange == 0 || int64(len(e.Bytes)) != e.Span.Len() || len(e.Bytes) == 0 {
			p.t.Fatalf("%s while exchange %d is open", line(e), p.open[s])
		}
	case ChunkEvent, TrailerEvent:
		if e.Exchange != p.open[s] || p.head[s] == nil || p.head[s].Framing.Kind != Chunked {
			p.t.Fatalf("%s in no chunked message", line(e))
		}
	case EndEvent:
		if e.Exchange != p.open[s] || e.Exchange == 0 || e.Complete && p.head[s] != nil && !p.head[s].Complete {
			p.t.Fatalf("%s while exchange %d is open", line(e), p.open[s])
		}
		p.open[s] = 0
	case RawEvent, LostEvent:
		if p.open[s] != 0 || int64(len(e.Bytes)) != e.Span.Len() {
			p.t.Fatalf("%s while exchange %d is open", line(e), p.open[s])
		}
	case FindingEvent:
		if _, known := finding.Of(string(e.Finding.Code)); !known || !isSaid(e.Finding.Detail) {
			p.t.Fatalf("%s: %q", line(e), e.Finding.Detail.Key)
		}
	}
}

// fields lie in the head, one after the other.
func (p *promises) fields(h *Head) {
	at := 0
	for i := range h.Fields {
		f := &h.Fields[i]
		if int(f.At) < at || f.Len <= 0 || int(f.At+f.Len) > len(h.Raw) {
			p.t.Fatalf("field %q lies at %d, %d bytes, after %d", f.Name, f.At, f.Len, at)
		}
		at = int(f.At + f.Len)
	}
	h.Framing.Proof()
	h.Framing.Rejected()
}

// FuzzSegmentation: where the streams are cut makes no difference.
func FuzzSegmentation(f *testing.F) {
	addSeeds(f)
	f.Fuzz(func(t *testing.T, script []byte) {
		if len(script) > 8000 {
			return
		}
		c, midstream := parseScript(script)
		if a, b := c.merged(t, midstream, whole), c.merged(t, midstream, byByte); a != b {
			t.Errorf("whole:\n%s\nbyte by byte:\n%s\n%s", a, b, c)
		}
	})
}
