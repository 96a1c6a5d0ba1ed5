package inspect

import (
	"cmp"
	"net/netip"
	"strings"

	"httpscope/capture"
	"httpscope/httpdecode"
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
	both     [2]netip.AddrPort   // as in reassembly.Facts
	client   int                 // index in both
	known    bool                // the client is known, not guessed
	link     capture.LinkType    // of its first packet
	tunnel   string              // likewise, as in reassembly.Facts
	last     *reassembly.Facts   // set with the last step
	decoder  *httpdecode.Decoder // nil until a byte is sent
	flipped  httpdecode.Tally    // of decoders that had the sides wrong, or were replaced
	settled  bool                // what was sent has shown who the client is
	accepts  bool                // the client accepted the connection
	turn     bool                // the roles change with the next byte
	reverse  *trace.Connection   // since the roles changed: the connection as its exchanges see it
	passed   []passedBytes
	record   *trace.Connection // nil until an exchange or the end needs it
	open     openList
	notes    []noteCount
	count    int64
	highest  int64     // place of the last exchange that was opened
	previous [2]uint32 // what the next exchange follows

	size      int              // of the open exchanges
	holder    *holder          // while it stands in holding's queue
	abandoned bool             // what it had begun was given up
	lastAt    httpdecode.Stamp // of the last bytes, or end
	version   string           // of the last message head, in the words of the JSON contract

	live    *reassembly.Conn // while it is open and a watcher looks
	touched bool             // it has changed since the watcher was told
}

// noteCount sums up notes of a kind in a direction.
type noteCount struct {
	first reassembly.Note
	count int64
	bytes int64
}

// side maps a direction to the decoder's side.
func (f *flow) side(dir int) httpdecode.Side {
	if dir == f.client {
		return httpdecode.Client
	}
	return httpdecode.Server
}

// data takes bytes or a gap.
func (f *flow) data(s *step) {
	f.orient(s)
	side, at := f.decoderSide(s.dir), httpdecode.Stamp(s.at)
	if s.gap > 0 {
		f.decoder.Gap(side, s.gap, at)
	} else {
		if !f.heard() {
			f.decoder.Segment(side, s.acked)
		}
		f.decoder.Feed(side, s.bytes, at)
	}
	f.drain()
}

// ended takes the end of a direction.
func (f *flow) ended(s *step) {
	if f.decoder == nil {
		return
	}
	how := [...]httpdecode.How{httpdecode.FIN, httpdecode.Reset, httpdecode.Unknown}[s.how]
	f.decoder.EOF(f.decoderSide(s.dir), how, httpdecode.Stamp(s.at))
	f.drain()
}

// silent takes it that nothing comes for now.
func (f *flow) silent() {
	if f.decoder != nil {
		f.decoder.Silent()
		f.drain()
	}
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

// drain takes the decoder's events.
func (f *flow) drain() {
	for {
		e, ok := f.decoder.Next()
		if !ok && f.turn {
			f.turnRound()
			continue
		}
		if !ok {
			return
		}
		f.event(e)
	}
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
	r.Start, r.End = trace.Point{Frame: c.First.Packet, Nano: c.First.Nano}, trace.Point{Frame: c.Last.Packet, Nano: c.Last.Nano}
	r.State = c.State.String()
	if c.ClosedBy >= 0 {
		r.ClosedBy = [2]string{"client", "server"}[f.side(c.ClosedBy)]
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
	if f.decoder != nil {
		t := f.decoder.Tally(f.decoderSide(dir))
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
	return !c.SYN && !c.SYNACK && f.decoder.HTTP() && f.decoder.Protocol() == ""
}

// wasHTTP reports a connection that spoke HTTP before what it had begun was given up, and has not
// changed to anything else since.
func (f *flow) wasHTTP() bool {
	p := f.decoder.Protocol()
	return f.abandoned && f.version != "" && (p == "" || p == "other")
}

// protocol is the connection's protocol in the words of the JSON contract, and a detail.
func (f *flow) protocol() (name, detail string) {
	if f.decoder == nil {
		return "other", "unused"
	}
	if f.wasHTTP() {
		return f.httpVersion(), ""
	}
	switch p := f.decoder.Protocol(); p {
	case "websocket", "tls", "http/2":
		return p, ""
	case "h2c":
		return "http/2", "h2c"
	case "":
	default:
		if !f.decoder.HTTP() {
			return "other", p
		}
		return f.httpVersion(), p
	}
	if !f.decoder.HTTP() {
		return "other", ""
	}
	return f.httpVersion(), ""
}

func (f *flow) httpVersion() string { return cmp.Or(f.version, "http/1.1") }

// versionOf is a head's version in the words of the JSON contract.
func versionOf(version string) string {
	for _, old := range []string{"http/1.0", "http/0.9"} {
		if strings.EqualFold(version, old) {
			return old
		}
	}
	return "http/1.1"
}
