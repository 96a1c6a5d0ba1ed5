package reassembly

import (
	"httpscope/capture"
	"httpscope/internal/tcp"
)

// held is the memory that open connections take: themselves, what a handler keeps of each,
// and buffered segments. Where it is too much, those idle longest are given up.
type held struct {
	idle    list // connections that are open, the longest idle first
	opening list // those of which nothing but SYNs was captured
	halves  int  // how many these are
	bytes   int  // of all connections, without buffered segments
	limit   int
}

// Limit sets how much memory open connections may take, in bytes. It is maxHeld unless set.
func (a *Assembler) Limit(bytes int) { a.held.limit = bytes }

// full reports that there is no room for another connection. Half of the memory is theirs, whatever
// is buffered for some of them.
func (a *Assembler) full() bool {
	used := a.held.bytes + openingCost
	return used+a.buffered > a.held.limit && used > a.held.limit/2
}

// mostBuffered is what may be buffered for all connections together, in bytes.
func (a *Assembler) mostBuffered() int { return min(maxBufferedAll, a.held.limit/2) }

// makeRoom gives up connections until there is room for another one.
func (a *Assembler) makeRoom() {
	for a.full() {
		c := a.held.longestIdle()
		if c == nil {
			return
		}
		c.GivenUp = true
		a.give(c)
	}
}

// longestIdle is the connection to be given up first. A flood of SYNs does not push out
// those that carry something: it has a quarter of all at most.
func (h *held) longestIdle() *Conn {
	const share = 4
	if h.idle.first == nil || h.halves*openingCost*share > h.bytes && h.opening.first != nil {
		return h.opening.first
	}
	return h.idle.first
}

// enter adds a connection that its first packet opens.
func (h *held) enter(c *Conn, p *capture.Packet) {
	c.cost = openingCost
	h.bytes += c.cost
	if c.halfOpen = p.Flags&tcp.SYN != 0; c.halfOpen {
		h.halves++
	}
}

// touch makes a connection the least idle.
func (h *held) touch(c *Conn, p *capture.Packet) {
	if c.halfOpen && p.Flags&tcp.SYN != 0 {
		h.opening.touch(c)
		return
	}
	if c.halfOpen {
		h.opened(c)
	}
	h.idle.touch(c)
}

func (h *held) opened(c *Conn) {
	h.opening.remove(c)
	h.halves--
	c.halfOpen = false
}

// talks counts what it takes to follow a connection that carries bytes.
func (h *held) talks(c *Conn) {
	if c.cost == openingCost {
		c.cost = talkingCost
		h.bytes += talkingCost - openingCost
	}
}

// leave takes a connection out.
func (h *held) leave(c *Conn) {
	h.bytes -= c.cost
	c.cost = 0
	if c.halfOpen {
		h.opened(c)
		return
	}
	h.idle.remove(c)
}

// oldest is the connection whose last packet came first, nil when none is open.
func (h *held) oldest() *Conn {
	x, y := h.idle.first, h.opening.first
	if x == nil || y != nil && y.Last.Packet < x.Last.Packet {
		return y
	}
	return x
}

// expire ends connections that have been opening for longer than anybody waits for an answer.
func (a *Assembler) expire(now int64) {
	for c := a.held.opening.first; c != nil && now-c.Last.Nano > openingNano; c = a.held.opening.first {
		a.give(c)
	}
}

// list keeps connections by idleness.
type list struct{ first, newest *Conn }

// touch makes c the newest.
func (l *list) touch(c *Conn) {
	if l.newest == c {
		return
	}
	l.remove(c)
	c.older = l.newest
	if l.newest != nil {
		l.newest.newer = c
	} else {
		l.first = c
	}
	l.newest = c
}

// remove takes c out; a connection that is not in the list is left alone.
func (l *list) remove(c *Conn) {
	if c.older != nil {
		c.older.newer = c.newer
	} else if l.first == c {
		l.first = c.newer
	}
	if c.newer != nil {
		c.newer.older = c.older
	} else if l.newest == c {
		l.newest = c.older
	}
	c.older, c.newer = nil, nil
}
