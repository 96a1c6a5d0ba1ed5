package recording

import "httpscope/internal/trace"

// clock is what the packets of a connection have in common: when it began, how
// its windows are scaled, and how far each side has come.
type clock struct {
	next        [2]int64 // offset behind the last byte of a direction, -1 when it has not begun
	first, last int64    // times of its first and latest packet
	shift       [2]int8
	syn         [2]bool // the SYN of a direction was captured
}

func (b *builder) clock(connection int64) *clock {
	c := b.clocks[connection]
	if c == nil {
		c = &clock{shift: [2]int8{-1, -1}, next: [2]int64{-1, -1}}
		b.clocks[connection] = c
	}
	return c
}

// TCP flags, RFC 9293 section 3.1.
const (
	flagSYN = 2
	flagACK = 16
)

// tick fills what a packet says only together with those before it. Windows are
// scaled when both SYNs have the option (RFC 7323 section 2.2).
func (c *clock) tick(p *trace.Packet) {
	if c.first == 0 {
		c.first, c.last = p.Nano, p.Nano
	}
	p.SinceOpen, p.SinceSegment = p.Nano-c.first, p.Nano-c.last
	c.last = p.Nano
	dir := p.Segment.Dir & 1
	if p.Segment.Flags&flagSYN != 0 {
		c.syn[dir], c.shift[dir] = true, scale(p.TCP)
	}
	end := p.Segment.Offset + int64(p.Segment.Len)
	p.Jump = c.next[dir] >= 0 && p.Segment.Len > 0 && p.Segment.Offset > c.next[dir]
	c.next[dir] = max(c.next[dir], end, 0)
	switch {
	case !c.syn[0] || !c.syn[1]:
		p.Shift = -1
	case c.shift[0] >= 0 && c.shift[1] >= 0:
		p.Shift = c.shift[dir]
	}
}

// scale is the window scale option of a SYN, -1 when there is none.
func scale(tcp []byte) int8 {
	const windowScale, largest = 3, 14 // RFC 7323 section 2.3
	if len(tcp) < 20 {
		return -1
	}
	for o := tcp[20:min(len(tcp), int(tcp[12]>>4)*4)]; len(o) > 1 && o[0] != 0; {
		n := 1
		if o[0] != 1 {
			n = int(o[1])
		}
		if n < 1 || n > len(o) || o[0] != 1 && n < 2 {
			return -1
		}
		if o[0] == windowScale && n == 3 {
			return int8(min(o[2], largest))
		}
		o = o[n:]
	}
	return -1
}
