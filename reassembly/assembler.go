package reassembly

import (
	"bytes"
	"net/netip"

	"httpscope/capture"
)

// Assembler follows the TCP connections of one capture.
type Assembler struct {
	handler  Handler
	open     map[key]*Conn
	closed   map[key]tombstone
	graves   []key   // of closed: a ring once it is full
	oldest   int     // in graves, then
	lingerer []*Conn // ended, waiting for the last acknowledgment
	last     *Conn   // of the packet before: packets come in runs
	lastKey  key
	idle     list
	buffered int // cost of all pending segments
	next     int64
	late     int64
	rings    histories
	chunk    Chunk   // of the call in progress: one that is made anew goes to the heap
	spare    []*Conn // closed, to be used again
}

// New returns an assembler that reports to h.
func New(h Handler) *Assembler {
	return &Assembler{handler: h, open: map[key]*Conn{}, closed: map[key]tombstone{}}
}

// OpenConnections is the number of connections that have not been closed.
func (a *Assembler) OpenConnections() int { return len(a.open) }

// Late counts payload bytes that came for connections closed long before.
func (a *Assembler) Late() int64 { return a.late }

// key names a connection whichever way a packet goes.
type key struct {
	low, high         [16]byte
	lowPort, highPort uint16
}

func keyOf(x, y netip.AddrPort) key {
	k := key{x.Addr().As16(), y.Addr().As16(), x.Port(), y.Port()}
	if c := bytes.Compare(k.low[:], k.high[:]); c > 0 || c == 0 && k.lowPort > k.highPort {
		k.low, k.high, k.lowPort, k.highPort = k.high, k.low, k.highPort, k.lowPort
	}
	return k
}

// Add takes the next packet of the capture. Packets without TCP are ignored.
func (a *Assembler) Add(p *capture.Packet) {
	if p.Skip != capture.SkipNone {
		return
	}
	c := a.find(p)
	if c == nil {
		return
	}
	stamp := Stamp{p.Number, p.Nano}
	dir := 0
	if p.Src != c.Ends[0] {
		dir = 1
	}
	c.Last = stamp
	c.Stats[dir].Packets++
	c.Stats[dir].Captured += int64(len(p.Payload))
	a.idle.touch(c)
	s := step{a: a, c: c, p: p, dir: dir, h: &c.halves[dir], peer: &c.halves[1-dir], stamp: stamp}
	s.run()
	if len(a.lingerer) > 0 {
		a.settle(p.Nano)
	}
}

// find returns the connection of a packet, nil when the packet comes too late for one.
func (a *Assembler) find(p *capture.Packet) *Conn {
	k := keyOf(p.Src, p.Dst)
	c := a.last
	if c == nil || k != a.lastKey {
		c = a.open[k]
	}
	if c != nil && c.reusedBy(p) {
		c.Replaced = true
		a.handler.Noted(c, Note{Kind: NoteReuse, Dir: c.dirOf(p), Stamp: Stamp{p.Number, p.Nano}})
		a.give(c)
		c = nil
	}
	if c == nil {
		if t, ok := a.closed[k]; ok && t.owns(p, k) {
			a.late += int64(len(p.Payload))
			return nil
		}
		c = a.begin(k, p)
	}
	a.last, a.lastKey = c, k
	return c
}

func (c *Conn) dirOf(p *capture.Packet) int {
	if p.Src != c.Ends[0] {
		return 1
	}
	return 0
}

// reusedBy reports whether a packet begins another connection between the same
// ends: a SYN with another initial sequence number.
func (c *Conn) reusedBy(p *capture.Packet) bool {
	if p.Flags&capture.SYN == 0 {
		return false
	}
	dir := c.dirOf(p)
	h, peer := &c.halves[dir], &c.halves[1-dir]
	if p.Flags&capture.ACK != 0 && peer.synSeen && p.Ack == peer.base && (!h.synSeen || c.State != Closed) {
		return false // an answer to this connection's SYN
	}
	return h.started && p.Seq+1 != h.base
}

// begin makes the connection of its first packet.
func (a *Assembler) begin(k key, p *capture.Packet) *Conn {
	c := a.fresh()
	*c = Conn{key: k, Facts: Facts{ID: a.next, Ends: [2]netip.AddrPort{p.Src, p.Dst}, First: Stamp{p.Number, p.Nano}, Last: Stamp{p.Number, p.Nano},
		Link: p.Link, Tunnel: p.Tunnel, ClosedBy: -1}}
	c.Client, c.ClientKnown = guessClient(p)
	a.next++
	if len(a.open) >= maxConnections {
		a.give(a.idle.first)
	}
	a.open[k] = c
	delete(a.closed, k)
	a.handler.Opened(c)
	return c
}

// fresh takes a closed connection's memory, or new memory.
func (a *Assembler) fresh() *Conn {
	n := len(a.spare)
	if n == 0 {
		return new(Conn)
	}
	c := a.spare[n-1]
	a.spare = a.spare[:n-1]
	return c
}

// guessClient tells the client from the first packet: by the SYN, else the
// end with the higher port, as servers listen on low ones.
func guessClient(p *capture.Packet) (index int, known bool) {
	switch {
	case p.Flags&(capture.SYN|capture.ACK) == capture.SYN:
		return 0, true
	case p.Flags&capture.SYN != 0:
		return 1, true
	case p.Src.Port() >= p.Dst.Port():
		return 0, false
	}
	return 1, false
}

// give ends a connection that did not end by itself and forgets it.
func (a *Assembler) give(c *Conn) {
	for dir := range c.halves {
		a.drain(c, dir)
		a.cutOff(c, dir)
	}
	a.bury(c)
}

// bury reports a connection's end and leaves a tombstone for late packets.
func (a *Assembler) bury(c *Conn) {
	if a.open[c.key] != c {
		return
	}
	for dir := range c.halves {
		a.cutOff(c, dir)
		c.halves[dir].release()
	}
	delete(a.open, c.key)
	a.idle.remove(c)
	if a.last == c {
		a.last = nil
	}
	a.handler.Closed(c)
	defer a.recycle(c)
	if c.State < Closed {
		return
	}
	a.closed[c.key] = newTombstone(c)
	if len(a.graves) < maxClosed {
		a.graves = append(a.graves, c.key)
		return
	}
	delete(a.closed, a.graves[a.oldest])
	a.graves[a.oldest] = c.key
	a.oldest = (a.oldest + 1) % maxClosed
}

// recycle keeps the memory of a few closed connections. One that lingers is
// still listed, and settle may meet it in its next life: it looks at the state then.
func (a *Assembler) recycle(c *Conn) {
	if len(a.spare) < maxSpare {
		a.spare = append(a.spare, c)
	}
}

// settle buries the connections that have waited long enough.
func (a *Assembler) settle(now int64) {
	n := 0
	for n < len(a.lingerer) {
		c := a.lingerer[n]
		gone := a.open[c.key] != c || c.State < Closed
		if !gone && len(a.lingerer)-n <= maxLingering && now-c.Last.Nano <= lingerNano {
			break
		}
		if !gone {
			a.bury(c)
		}
		a.lingerer[n] = nil
		n++
	}
	if n == len(a.lingerer) {
		n = 0
		a.lingerer = a.lingerer[:0] // keeps the memory
	}
	a.lingerer = a.lingerer[n:]
}

// Advance lets time pass without a packet, so that ended connections are
// reported. now is in nanoseconds since 1970.
func (a *Assembler) Advance(now int64) { a.settle(now) }

// Flush ends all connections, oldest first: the capture is over.
func (a *Assembler) Flush() {
	for a.idle.first != nil {
		a.give(a.idle.first)
	}
	a.lingerer = nil
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
