package reassembly

import (
	"net/netip"

	"httpscope/capture"
	"httpscope/internal/layer"
	"httpscope/internal/tcp"
)

// Assembler follows the TCP connections of one capture.
type Assembler struct {
	handler  Handler
	packets  PacketHandler  // nil: the handler does not want packets
	silences SilenceHandler // nil: nor to be told of silence
	table    table
	lingerer []lingering
	doubted  []lingering // with a RST that may not have been taken, oldest first
	released int64       // those silent since before this time were released, live
	last     *Conn       // of the packet before: packets come in runs
	held     held
	buffered int // cost of all pending segments
	next     int64
	reserved map[key]int64 // numbers of connections whose first packet in the file is still to come
	late     int64
	rings    histories
	run      Run     // of the call in progress: one that is made anew goes to the heap
	spare    []*Conn // closed, to be used again
}

// lingering is a connection that has ended and waits for the last
// acknowledgment. Its memory may have gone to another connection meanwhile.
type lingering struct {
	*Conn
	id int64
}

// New returns an assembler that reports to h.
func New(h Handler) *Assembler {
	a := &Assembler{handler: h, table: newTable(), held: held{limit: maxHeld}}
	a.packets, _ = h.(PacketHandler)
	a.silences, _ = h.(SilenceHandler)
	return a
}

// OpenConnections is the number of connections that have not been closed.
func (a *Assembler) OpenConnections() int { return a.table.count() }

// Late counts payload bytes that came for connections closed long before.
func (a *Assembler) Late() int64 { return a.late }

// Add takes the next packet of the capture. Packets without TCP are ignored.
func (a *Assembler) Add(p *capture.Packet) {
	if p.Skip != capture.SkipNone {
		return
	}
	c := a.find(p)
	if c == nil {
		return
	}
	stamp := layer.Stamp{Packet: p.Number, Nano: p.Nano}
	dir := 0
	if p.Src != c.Ends[0] {
		dir = 1
	}
	c.Last = stamp
	c.Stats[dir].Packets++
	c.Stats[dir].Captured += int64(len(p.Payload))
	a.held.touch(c, p)
	s := step{a: a, c: c, p: p, dir: dir, h: &c.halves[dir], peer: &c.halves[1-dir], stamp: stamp}
	header := HeaderOf(p, dir)
	analysis, measures := c.analyser.Class(&header, a.packets != nil)
	c.Stats[dir].count(analysis)
	if a.packets != nil {
		at := s.standing()
		at.Notes, at.Measures = analysis, measures
		a.packets.Packet(c, p, at)
	}
	s.analysis = analysis
	s.run()
	if len(a.doubted) > 0 {
		a.judgeAll(p.Nano)
	}
	if len(a.lingerer) > 0 {
		a.settle(p.Nano)
	}
	if a.held.halves > 0 {
		a.expire(p.Nano)
	}
}

// find returns the connection of a packet, nil when the packet comes too late for one.
func (a *Assembler) find(p *capture.Packet) *Conn {
	c := a.last
	if c != nil && c.between(p) && !c.reusedBy(p) {
		return c
	}
	k := keyOf(p.Src, p.Dst)
	c, t := a.table.find(k)
	if c != nil && c.reusedBy(p) {
		c.Replaced = true
		a.handler.Noted(c, Note{Kind: tcp.PortReuse, Dir: c.dirOf(p),
			Stamp: layer.Stamp{Packet: p.Number, Nano: p.Nano}})
		a.give(c)
		c, t = a.table.find(k)
	}
	if c == nil {
		if t != nil && t.owns(p, k) {
			a.late += int64(len(p.Payload))
			return nil
		}
		c = a.begin(k, p, t)
	}
	a.last = c
	return c
}

// between reports whether a packet has the connection's ends.
func (c *Conn) between(p *capture.Packet) bool {
	return p.Src == c.Ends[0] && p.Dst == c.Ends[1] || p.Src == c.Ends[1] && p.Dst == c.Ends[0]
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
	if p.Flags&tcp.SYN == 0 {
		return false
	}
	dir := c.dirOf(p)
	h, peer := &c.halves[dir], &c.halves[1-dir]
	if p.Flags&tcp.ACK != 0 && peer.synSeen && p.Ack == peer.base && (!h.synSeen || c.State != tcp.Closed) {
		return false // an answer to this connection's SYN
	}
	if back := h.base - (p.Seq + 1); h.opening && back < maxRebase {
		return false // the capture is out of order: what came before it belongs to the connection that it opens
	}
	return h.started && p.Seq+1 != h.base
}

// Reserve keeps the next connection number for the connection of a packet, if it is a
// new one: a packet that stands before others in the file and is added after them.
func (a *Assembler) Reserve(p *capture.Packet) {
	k := keyOf(p.Src, p.Dst)
	if c, t := a.table.find(k); c != nil || t != nil && t.owns(p, k) {
		return
	}
	if _, known := a.reserved[k]; known {
		return
	}
	if a.reserved == nil {
		a.reserved = map[key]int64{}
	}
	a.reserved[k] = a.next
	a.next++
}

// number is the number of a new connection.
func (a *Assembler) number(k key) int64 {
	if n, reserved := a.reserved[k]; reserved {
		delete(a.reserved, k)
		return n
	}
	a.next++
	return a.next - 1
}

// begin makes the connection of its first packet; t is the tombstone of the
// one before between the same ends, or nil.
func (a *Assembler) begin(k key, p *capture.Packet, t *tombstone) *Conn {
	c := a.fresh()
	*c = Conn{key: k, Facts: Facts{ID: a.number(k), Ends: [2]netip.AddrPort{p.Src, p.Dst},
		First: layer.Stamp{Packet: p.Number, Nano: p.Nano}, Last: layer.Stamp{Packet: p.Number, Nano: p.Nano},
		Link: p.Link, Tunnel: p.Tunnel, State: tcp.Open, ClosedBy: -1}}
	c.Client, c.ClientKnown = guessClient(p)
	if a.full() {
		a.makeRoom()
		_, t = a.table.find(k) // its place may have gone to one that was given up
	}
	a.held.enter(c, p)
	a.table.add(c, t)
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
	case p.Flags&(tcp.SYN|tcp.ACK) == tcp.SYN:
		return 0, true
	case p.Flags&tcp.SYN != 0:
		return 1, true
	case p.Src.Port() >= p.Dst.Port():
		return 0, false
	}
	return 1, false
}

// give ends a connection that did not end by itself and forgets it.
func (a *Assembler) give(c *Conn) {
	a.judge(c)
	a.drain(c)
	a.bury(c)
}

// bury reports a connection's end, once, and leaves a tombstone for late packets.
func (a *Assembler) bury(c *Conn) {
	if c.buried {
		return
	}
	c.buried = true
	for dir := range c.halves {
		a.cutOff(c, dir)
		c.halves[dir].release()
	}
	a.table.remove(c)
	a.held.leave(c)
	if a.last == c {
		a.last = nil
	}
	a.handler.Closed(c)
	a.recycle(c)
}

// recycle keeps the memory of a few closed connections.
func (a *Assembler) recycle(c *Conn) {
	if len(a.spare) < maxSpare {
		a.spare = append(a.spare, c)
	}
}

// linger lists a connection that has ended.
func (a *Assembler) linger(c *Conn) { a.lingerer = append(a.lingerer, lingering{c, c.ID}) }

// settle buries the connections that have waited long enough.
func (a *Assembler) settle(now int64) {
	n := 0
	for n < len(a.lingerer) {
		c := a.lingerer[n]
		gone := c.ID != c.id || c.buried || c.State < tcp.Closed
		if !gone && len(a.lingerer)-n <= maxLingering && now-c.Last.Nano <= lingerNano {
			break
		}
		if !gone {
			a.judge(c.Conn)
		}
		if !gone && c.State >= tcp.Closed {
			a.bury(c.Conn)
		}
		a.lingerer[n] = lingering{}
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
func (a *Assembler) Advance(now int64) {
	a.judgeAll(now)
	a.releaseSilent(now)
	a.settle(now)
	a.expire(now)
}

// Flush ends all connections, oldest first: the capture is over.
func (a *Assembler) Flush() {
	for c := a.held.oldest(); c != nil; c = a.held.oldest() {
		a.give(c)
	}
	a.lingerer, a.doubted = nil, nil
}
