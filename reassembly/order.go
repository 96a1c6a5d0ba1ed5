package reassembly

import "httpscope/internal/layer"

// Both directions are handed out in causal order. A segment acknowledges what
// its sender had received when it was sent: a response comes after the request
// that it acknowledges, whatever the order in which the two were captured. So a
// segment waits until the other direction is handed out up to its
// acknowledgment; what does not come within holdPackets was lost to the capture.

// advance hands out what is ready, in the order of capture where the two
// directions do not depend on each other.
func (a *Assembler) advance(c *Conn) {
	for dir := c.nextDirection(); dir >= 0; dir = c.nextDirection() {
		a.handOut(c, dir)
	}
}

// open takes both directions to begin with the first bytes that were seen.
func (c *Conn) open() {
	c.halves[0].opening, c.halves[1].opening, c.opening = false, false, false
}

// waits reports whether anything is kept.
func (c *Conn) waits() bool {
	return c.halves[0].first() != nil || c.halves[1].first() != nil
}

// nextDirection is the direction that can go on, -1 when none can.
func (c *Conn) nextDirection() int {
	if c.opening {
		return -1
	}
	x, y := c.head(0), c.head(1)
	switch {
	case x == nil && y == nil:
		return -1
	case y == nil:
		return choose(c.ready(0, x), 0)
	case x == nil:
		return choose(c.ready(1, y), 1)
	}
	first, last := 0, 1
	if y.stamp.Packet < x.stamp.Packet {
		first, last = 1, 0
	}
	heads := [2]*segment{x, y}
	switch {
	case c.ready(first, heads[first]):
		return first
	case c.ready(last, heads[last]) || c.doubt == nil || !c.doubt.holds(last, heads[last]):
		// When each waits for the other, the one captured later was sent again:
		// what it acknowledges came after the first copy, which is missing.
		return last
	}
	return -1
}

func choose(ready bool, dir int) int {
	if ready {
		return dir
	}
	return -1
}

// head is what follows in a direction's stream without a hole, nil when nothing does.
func (c *Conn) head(dir int) *segment {
	h := &c.halves[dir]
	if s := h.first(); s != nil && s.offset <= h.next {
		return s
	}
	return nil
}

// ready reports whether a segment may be handed out: the other direction has
// been, up to where the sender had received it.
func (c *Conn) ready(dir int, s *segment) bool {
	if c.opening || c.doubt != nil && c.doubt.holds(dir, s) {
		return false
	}
	peer := &c.halves[1-dir]
	switch {
	case !s.acks || peer.ended:
		return true
	case !peer.started:
		return !peer.hinted || peer.absent || int32(s.ack-peer.ackHint) <= 0
	}
	return c.need(dir, s) <= max(peer.next, peer.waived)
}

// need is the offset in the other direction that a segment waits for; 0 when it
// acknowledges what no sender can have sent.
func (c *Conn) need(dir int, s *segment) int64 {
	peer := &c.halves[1-dir]
	n := peer.offset(s.ack)
	if n-peer.highest() > maxWindow {
		return 0
	}
	return n
}

// acked is how much of the other direction a segment's sender had received; -1 when
// it does not tell.
func (c *Conn) acked(dir int, s *segment) int64 {
	if !s.acks || !c.halves[1-dir].started {
		return -1
	}
	return max(0, c.need(dir, s))
}

// handOut hands out what a direction has at its head.
func (a *Assembler) handOut(c *Conn, dir int) {
	h := &c.halves[dir]
	if len(h.pending) == 0 {
		a.finish(c, dir, h.finish.stamp)
		return
	}
	s := a.pop(h)
	if d := c.doubt; d != nil && dir == d.dir && s.end() > d.at {
		a.pushBack(h, s.splitAt(d.at))
	}
	a.deliver(c, dir, &s)
}

// pushBack keeps the rest of a segment, whose first part was handed out.
func (a *Assembler) pushBack(h *half, s segment) {
	before := h.buffered
	h.insert(0, s)
	a.buffered += h.buffered - before
}

// force hands out what is kept for longest, whatever it waits for: holes become gaps.
// It reports whether there was anything.
func (a *Assembler) force(c *Conn) bool {
	dir, s := 0, c.halves[0].first()
	if y := c.halves[1].first(); s == nil || y != nil && y.stamp.Packet < s.stamp.Packet {
		dir, s = 1, y
	}
	if s == nil {
		return false
	}
	a.forceFirst(c, dir, s)
	return true
}

// forceFirst hands out s, the first of a direction.
func (a *Assembler) forceFirst(c *Conn, dir int, s *segment) {
	if h := &c.halves[dir]; s.offset > h.next {
		a.giveUpTo(c, dir, s.offset, c.Last)
	} else {
		a.giveUpTo(c, 1-dir, c.need(dir, s), c.Last)
	}
	a.advance(c)
}

// giveUpTo hands out a direction up to an offset: what is missing before it was
// lost to the capture. Segments of the other direction that wait for less come in between.
func (a *Assembler) giveUpTo(c *Conn, dir int, to int64, at layer.Stamp) {
	h, waived := &c.halves[dir], to
	if !h.started {
		h.absent = true
		return
	}
	// One more than was seen may be a FIN that the capture lost.
	if to == h.next+1 && len(h.pending) == 0 && !h.finSeen {
		to = h.next
	}
	if h.finSeen {
		to = min(to, h.finish.offset) // a FIN takes a sequence number, but no byte
	}
	if d := c.doubt; d != nil && dir == d.dir {
		to = min(to, d.at)
	}
	for a.advance(c); !h.ended && h.next < to; a.advance(c) {
		if s := c.head(dir); s != nil {
			a.giveUpTo(c, 1-dir, c.need(dir, s), at) // it waits for a hole of the other direction
			continue
		}
		a.gap(c, dir, c.holeEnd(dir, to)-h.next, at)
	}
	h.waived = max(h.waived, waived)
}

// holeEnd is how far a hole is given up at once on the way to an offset: up to what is
// kept behind it, and up to what the other direction waits for.
func (c *Conn) holeEnd(dir int, to int64) int64 {
	h := &c.halves[dir]
	if len(h.pending) > 0 {
		to = min(to, h.pending[0].offset)
	}
	if s := c.head(1 - dir); s != nil && s.acks {
		if n := c.need(1-dir, s); n > h.next {
			to = min(to, n)
		}
	}
	return to
}

// expire gives up what was waited for long enough, in packets of the connection.
func (s *step) expire() {
	count := s.count()
	for dir := range s.c.halves {
		if h := &s.c.halves[dir]; h.opening && count > h.openTill {
			h.opening = false
		}
	}
	s.c.opening = s.h.opening || s.peer.opening
	s.a.advance(s.c)
	for dir := range s.c.halves {
		for {
			x := s.c.head(dir)
			if x == nil || s.c.opening || count-x.count <= holdPackets || s.c.doubt != nil && s.c.doubt.holds(dir, x) {
				break
			}
			s.a.forceFirst(s.c, dir, x)
		}
		s.patience(dir)
	}
}

// count is the number of the connection's packets up to this one.
func (s *step) count() int64 { return s.c.Stats[0].Packets + s.c.Stats[1].Packets }

// patience gives up a hole that was acknowledged some packets ago.
func (s *step) patience(dir int) {
	h := &s.c.halves[dir]
	if h.next != h.stuck { // another hole, or none
		h.stuck, h.patience = h.next, 0
	}
	if h.acked <= h.next || h.ended || s.c.opening || s.c.head(dir) != nil {
		return
	}
	if h.patience == 0 {
		h.stuckTo = h.acked
	}
	if h.patience++; h.patience > holdPackets {
		s.a.giveUpTo(s.c, dir, s.c.holeEnd(dir, h.stuckTo), s.stamp)
	}
}

// releaseSilent hands out what was kept back by connections that have been silent
// for a while: nothing that they wait for is on its way any more. Those that were
// silent at the last call are not looked at again.
func (a *Assembler) releaseSilent(now int64) {
	const slack = 2 * doubtNano // interfaces have clocks of their own, and a RST is doubted for longer
	for c := a.held.idle.newest; c != nil && c.Last.Nano > a.released-slack; c = c.older {
		if now-c.Last.Nano <= holdNano || c.doubt != nil {
			continue
		}
		if c.waits() {
			a.release(c)
		}
		if a.silences != nil {
			a.silences.Silent(c)
		}
	}
	a.released = now - holdNano
}

// release hands out what only waits for the other direction, or for what was
// acknowledged. A hole that nobody acknowledged may still be filled.
func (a *Assembler) release(c *Conn) {
	c.open()
	for dir := range c.halves {
		a.giveUp(c, dir, c.Last)
	}
	a.advance(c)
	for dir := 0; dir < len(c.halves); dir++ {
		if s := c.head(dir); s != nil {
			a.forceFirst(c, dir, s)
			dir = -1 // what the other direction has may follow now
		}
	}
}

// judgeAll decides about RSTs that had time to be disproved.
func (a *Assembler) judgeAll(now int64) {
	n := 0
	for n < len(a.doubted) {
		c := a.doubted[n]
		if c.ID == c.id && !c.buried && c.doubt != nil {
			if now-c.doubt.stamp.Nano <= doubtNano && len(a.doubted)-n <= maxLingering {
				break
			}
			a.judge(c.Conn)
		}
		a.doubted[n] = lingering{}
		n++
	}
	if n == len(a.doubted) {
		n = 0
		a.doubted = a.doubted[:0] // keeps the memory
	}
	a.doubted = a.doubted[n:]
}
