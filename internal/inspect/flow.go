package inspect

import (
	"net/netip"

	"httpscope/capture"
	"httpscope/httpdecode"
	"httpscope/internal/layer"
	"httpscope/internal/trace"
	"httpscope/reassembly"
)

// maxOpen bounds exchanges of one connection that wait for their end: as many
// as the decoder matches.
const maxOpen = 4200

// flow is a connection that is open, as decoding sees it.
type flow struct {
	decoding *decoding
	id       int64
	both     [2]netip.AddrPort // as in reassembly.Facts
	client   int               // index in both
	known    bool              // the client is known, not guessed
	link     capture.LinkType  // of its first packet
	tunnel   string            // likewise, as in reassembly.Facts
	last     *reassembly.Facts // set with the last step
	levels   []*level          // the stack, lowest first; none until a byte is sent
	first    [1]*level         // memory of levels: most connections have one
	lowest   level             // memory of that one
	pushed   int64             // levels that were put on others
	streams  layer.ID          // the last stream's
	flipped  httpdecode.Tally  // of decoders that had the sides wrong, or were replaced
	settled  bool              // what was sent has shown who the client is
	accepts  bool              // the client accepted the connection
	reverse  *trace.Connection // since the roles changed: the connection as its exchanges see it
	record   *trace.Connection // nil until an exchange or the end needs it
	open     openList
	notes    []noteCount
	count    int64
	previous [2]uint32 // what the next exchange follows

	size      int         // of the open exchanges
	holder    *holder     // while it stands in holding's queue
	abandoned bool        // what it had begun was given up
	lastAt    layer.Stamp // of the last bytes, or end

	live    *reassembly.Facts // while it is open and a watcher looks
	touched bool              // it has changed since the watcher was told
}

// noteCount sums up notes of a kind in a direction.
type noteCount struct {
	first reassembly.Note
	count int64
	bytes int64
}

// side maps a direction to the decoder's side.
func (f *flow) side(dir int) layer.Side {
	if dir == f.client {
		return layer.Client
	}
	return layer.Server
}

// data takes bytes or a gap.
func (f *flow) data(s *step) {
	f.orient(s)
	s.run.Side = f.side(s.dir)
	f.levels[0].feed(&s.run)
	f.drain(0)
}

// ended takes the end of a direction.
func (f *flow) ended(s *step) {
	f.closeSide(f.side(s.dir), s.how, s.run.Stamp)
}

// closeSide ends a side on all levels.
func (f *flow) closeSide(s layer.Side, how layer.Ending, at layer.Stamp) {
	f.each(func(l *level) { l.decoder.End(l.side(s), how, at) })
}

// silent takes it that nothing comes for now.
func (f *flow) silent() {
	f.each(func(l *level) { l.decoder.Silent() })
}

// heard reports that its bytes come from socket calls, not from segments.
func (f *flow) heard() bool { return f.link == capture.LinkSockets }

// connection is the record that exchanges point to. It is filled at the end; what
// outputs read of it that work beside the engine stands from the beginning: the
// ends, and what it was captured on.
func (f *flow) connection() *trace.Connection {
	if f.record == nil {
		f.record = f.decoding.connection()
		f.begin(f.record, f.ends())
	}
	return f.record
}

// begin writes into a record what is known from the beginning.
func (f *flow) begin(r *trace.Connection, ends [2]netip.AddrPort) {
	r.ID, r.Ends = f.id, ends
	r.Link, r.Tunnel, r.Heard = f.link.String(), f.tunnel, f.heard()
}

func (f *flow) ends() [2]netip.AddrPort {
	return [2]netip.AddrPort{f.both[f.client], f.both[1-f.client]}
}

func (f *flow) noted(n reassembly.Note) {
	for i := range f.notes {
		if c := &f.notes[i]; c.first.Kind == n.Kind && c.first.Dir == n.Dir {
			c.count++
			c.bytes += n.Bytes
			return
		}
	}
	f.notes = append(f.notes, noteCount{n, 1, n.Bytes})
}

// finish completes the record of a connection that is over.
func (f *flow) finish() {
	for f.open.len() > 0 {
		f.release(f.open.first())
	}
	c := f.last
	if c.ClientKnown && !f.known {
		f.client, f.known = c.Client, true
	}
	if c.GivenUp {
		f.gaveUp()
	}
	r := f.connection()
	f.fill(r, c)
	if f.reverse != nil {
		f.reverse.Protocol, f.reverse.Detail, f.reverse.ClosedBy = r.Protocol, r.Detail, r.ClosedBy
	}
	f.decoding.ledger.Add(r.Ledger)
	f.decoding.protocols[r.Protocol]++
	f.decoding.mean(meaningStep{kind: connectionOver, connection: r})
}

// fill writes into a record what is known of the connection beside what [flow.begin] wrote.
func (f *flow) fill(r *trace.Connection, c *reassembly.Facts) {
	r.Swapped, r.ClientKnown = f.client, f.known
	r.Protocol, r.Detail = f.protocol()
	r.Layers = f.layers(r.Protocol)
	r.Start, r.End = layer.Stamp{Packet: c.First.Packet, Nano: c.First.Nano},
		layer.Stamp{Packet: c.Last.Packet, Nano: c.Last.Nano}
	r.State = c.State
	if c.ClosedBy >= 0 {
		r.ClosedBy = trace.CloserOf(f.side(c.ClosedBy))
	}
	r.Handshake = c.SYN && c.SYNACK && c.Established
	r.Exchanges = f.count
	for dir := range c.Stats {
		f.account(r, c, dir)
	}
	f.connectionFindings(r)
}

// account adds one direction's statistics to the record.
func (f *flow) account(r *trace.Connection, c *reassembly.Facts, dir int) {
	st, side := &c.Stats[dir], f.side(dir)
	r.Packets[side], r.Bytes[side] = st.Packets, st.Captured
	r.Retransmissions += st.Retransmissions
	r.OutOfOrder += st.OutOfOrder
	r.GapBytes += st.Gap
	l := trace.Ledger{Retransmitted: st.Retransmitted, Undecoded: st.Ignored, Gaps: st.Gap}
	if len(f.levels) > 0 {
		t := f.tally(side)
		if dir == 0 {
			t = t.Add(f.flipped)
		}
		l.Heads, l.Bodies, l.ChunkFraming, l.Trailers, l.Other = t.Heads, t.Bodies, t.Framing, t.Trailers, t.Other
		l.Undecoded += t.Lost
		if f.beganInside(c) { // what came before the next message was the rest of one
			l.Undecoded, l.Other = l.Undecoded+l.Other, 0
		}
	}
	r.Ledger.Add(l)
}

// beganInside reports that reading began, or began again, inside a message of HTTP.
func (f *flow) beganInside(c *reassembly.Facts) bool {
	if f.wasHTTP() {
		return true
	}
	return !f.heard() && !c.SYN && !c.SYNACK && f.speaker().decoder.HTTP() && f.speaker().decoder.Protocol() == ""
}

// wasHTTP reports a connection that spoke HTTP before what it had begun was given up, and has not
// changed to anything else since.
func (f *flow) wasHTTP() bool {
	p := f.speaker().decoder.Protocol()
	return f.abandoned && f.speaker().spoke && (p == "" || p == trace.OtherProtocol.String())
}

// protocol is what the connection speaks, and a detail.
func (f *flow) protocol() (p trace.Protocol, detail string) {
	if len(f.levels) == 0 {
		return trace.OtherProtocol, "unused"
	}
	if f.wasHTTP() {
		return f.speaker().httpVersion(), ""
	}
	return f.speaker().spoken()
}

// layers names what the levels carry, the lowest first; none where there is one level.
func (f *flow) layers(lowest trace.Protocol) []string {
	if len(f.levels) < 2 {
		return nil
	}
	names := []string{lowest.String()}
	for i, l := range f.levels[1:] {
		p, detail := l.spoken()
		switch {
		case l.stream == f.levels[i].stream: // the roles have changed, and the protocol is the same
		case p == trace.OtherProtocol && detail != "":
			names = append(names, detail)
		default:
			names = append(names, p.String())
		}
	}
	if len(names) < 2 {
		return nil
	}
	return names
}

// spoken is what a level's decoder has found, and a detail.
func (l *level) spoken() (p trace.Protocol, detail string) {
	name := l.decoder.Protocol()
	switch p = trace.ProtocolNamed(name); {
	case p != trace.OtherProtocol && p.String() != name: // an upgrade from HTTP/1
		return p, name
	case p != trace.OtherProtocol:
		return p, ""
	case l.decoder.HTTP():
		return l.httpVersion(), name
	}
	return p, name
}

// httpVersion is the version of the last message head.
func (l *level) httpVersion() trace.Protocol {
	if l.spoke {
		return l.version
	}
	return trace.HTTP11
}
