package chart

import (
	"cmp"
	"slices"
	"time"

	"httpscope/internal/doc"
	"httpscope/internal/tcp"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// rungKind is what a line of a ladder stands for.
type rungKind uint8

const (
	packetRung rungKind = iota
	ackRung             // count packets that only acknowledge; at is the last of them
	gapRung
	pauseRung
	backRung // the clock went back
	socketRung
)

// rung is a line that is yet to be drawn.
type rung struct {
	kind  rungKind
	marks rungMark
	at    int32 // in segments, or in parts
	count int32
	span  int64 // nanoseconds of a pause
}

// ladderBuilder lists the rungs of a ladder.
type ladderBuilder struct {
	*ladder
	acks    Acks
	pause   time.Duration
	tape    *trace.Tape
	sockets bool

	last    int64       // time of the packet before
	ends    [2]endpoint // by side
	shaken  bool
	shaking int32    // packets of the handshake
	packets [3]int64 // for set-up, data, tear-down
	bytes   int64
	resent  int64
	hidden  int64
}

// endpoint is what is known of a side while the rungs are listed.
type endpoint struct {
	syn     bool
	spoke   bool // has sent anything but a SYN
	highest int64
	acked   int64
	window  uint16
	hasAck  bool
	fin     int64 // offset of its FIN
	hasFIN  bool
	finRung int
}

// parts of a connection's life.
const (
	lifeSetup = iota
	lifeData
	lifeEnd
)

// build lists all rungs.
func (b *ladderBuilder) build() {
	if b.pause <= 0 {
		b.pause = time.Second
	}
	if len(b.segments) == 0 {
		b.fromSockets()
		return
	}
	if b.origin <= 0 {
		b.origin = b.firstTime()
	}
	b.parts = gaps(b.tape)
	gap := 0
	for i := range b.segments {
		for ; gap < len(b.parts) && b.parts[gap].Frame <= b.segments[i].Frame; gap++ {
			b.lost(gap, &b.segments[i])
		}
		b.clock(b.segments[i].Nano)
		b.segment(int32(i))
	}
	for ; gap < len(b.parts); gap++ {
		b.lost(gap, &trace.Segment{})
	}
}

// lost adds a gap that a segment showed. The cut end of the segment's own
// payload needs no line: its label tells.
func (b *ladderBuilder) lost(gap int, s *trace.Segment) {
	p := &b.parts[gap]
	if s.Notes&payloadCut != 0 && p.Dir == s.Dir && p.Offset >= s.Offset && p.Offset+p.Len <= s.Offset+int64(s.Len) {
		return
	}
	b.rungs = append(b.rungs, rung{kind: gapRung, at: int32(gap)})
}

// firstTime is when the connection began, as far as it is known.
func (b *ladderBuilder) firstTime() int64 {
	if known(b.conn.Start.Nano) {
		return b.conn.Start.Nano
	}
	for i := range b.segments {
		if known(b.segments[i].Nano) {
			return b.segments[i].Nano
		}
	}
	return 0
}

// gaps lists what the capture lost, in the order in which it was noticed. Of
// what was noticed by packets that were dropped nothing is said.
func gaps(t *trace.Tape) []trace.Run {
	var found []trace.Run
	for _, parts := range t.Runs {
		for i := range parts {
			if parts[i].Gap && (t.Dropped == 0 || parts[i].Frame >= t.Segments[0].Frame) {
				found = append(found, parts[i])
			}
		}
	}
	slices.SortStableFunc(found, func(a, b trace.Run) int { return cmp.Compare(a.Frame, b.Frame) })
	return found
}

// clock puts a line where nothing was said for long, or where time ran back.
func (b *ladderBuilder) clock(nano int64) {
	if !known(nano) {
		return
	}
	if known(b.last) {
		switch passed := nano - b.last; {
		case passed < 0:
			b.rungs = append(b.rungs, rung{kind: backRung, span: passed})
		case passed >= int64(b.pause):
			b.rungs = append(b.rungs, rung{kind: pauseRung, span: passed})
		}
	}
	b.last = nano
}

// segment adds a packet.
func (b *ladderBuilder) segment(i int32) {
	s := &b.segments[i]
	side := b.side(s.Dir)
	me, peer := &b.ends[side], &b.ends[1-side]
	r := rung{at: i, marks: b.marks(s, me, peer)}
	if r.marks&shakes != 0 {
		r.count = b.shaking
	}
	b.account(s, r.marks)
	b.remember(s, me, peer)
	if r.marks&onlyAcks != 0 && b.acks == AcksHidden {
		b.hidden++
		return
	}
	if r.marks&onlyAcks != 0 && b.acks == AcksFolded && b.fold(i, s, r.marks) {
		return
	}
	if s.Flags&tcp.FIN != 0 && !me.hasFIN {
		me.hasFIN, me.fin, me.finRung = true, s.Offset+int64(s.Len), len(b.rungs)
	}
	b.rungs = append(b.rungs, r)
}

// remember learns from a packet for the next ones.
func (b *ladderBuilder) remember(s *trace.Segment, me, peer *endpoint) {
	if s.Flags&tcp.SYN != 0 {
		me.syn = true
	} else {
		me.spoke = true
	}
	if s.Flags&tcp.ACK != 0 {
		me.hasAck, me.acked, me.window = true, s.Acked, s.Window
	}
	if s.Offset >= 0 {
		me.highest = max(me.highest, s.Offset+int64(s.Len))
	}
}

// account adds a packet to the totals. Acknowledgments of data are no part of
// the tear-down before both sides have closed.
func (b *ladderBuilder) account(s *trace.Segment, m rungMark) {
	life := lifeData
	switch {
	case s.Flags&tcp.SYN != 0 || m&shakes != 0 && s.Len == 0:
		life = lifeSetup
	case s.Len == 0 && (s.Flags&(tcp.FIN|tcp.RST) != 0 || m&ofFIN != 0 || b.ends[0].hasFIN && b.ends[1].hasFIN):
		life = lifeEnd
	}
	b.packets[life]++
	b.bytes += int64(s.Len)
	if s.Notes&retransmitted != 0 {
		b.resent += int64(s.Len)
	}
}

// fold adds an acknowledgment to the line before, if that is one of the same
// kind in the same direction.
func (b *ladderBuilder) fold(i int32, s *trace.Segment, m rungMark) bool {
	if len(b.rungs) == 0 {
		return false
	}
	r := &b.rungs[len(b.rungs)-1]
	if r.kind != packetRung && r.kind != ackRung || r.marks != m || b.segments[r.at].Dir != s.Dir {
		return false
	}
	r.kind, r.at, r.count = ackRung, i, max(r.count, 1)+1
	return true
}

// totals is the foot: what set-up, data and tear-down took.
func (b *ladderBuilder) totals() []doc.Line {
	if b.sockets {
		calls := texts.Say("page.ladder.calls", len(b.parts))
		return b.ink.paragraph(b.Phrase("page.ladder.in-calls", texts.Say("count.byte", b.bytes), calls), b.width,
			doc.Dim)
	}
	if len(b.segments) == 0 {
		return nil
	}
	var lines []doc.Line
	for life, key := range [...]string{"page.ladder.set-up", "page.ladder.data", "page.ladder.tear-down"} {
		const width = 11
		lines = append(lines, b.ink.text(b.ink.pad(b.Phrase(key), width)+b.Of(b.total(life)), b.width, doc.Dim))
	}
	if b.hidden > 0 {
		lines = append(lines, b.ink.paragraph(b.Phrase("page.ladder.hidden", b.hidden), b.width, doc.Dim)...)
	}
	return lines
}

// total is what a part of the connection's life took.
func (b *ladderBuilder) total(life int) texts.Phrase {
	packets := texts.Say("count.packet", b.packets[life])
	switch {
	case life != lifeData:
		return packets
	case b.resent > 0:
		return texts.Say("page.ladder.total-resent", packets, texts.Say("count.byte", b.bytes), b.resent)
	}
	return texts.Say("page.ladder.total", packets, texts.Say("count.byte", b.bytes))
}
