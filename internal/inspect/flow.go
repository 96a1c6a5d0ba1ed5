package inspect

import (
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
	last     *reassembly.Facts   // set with the last step
	decoder  *httpdecode.Decoder // nil until a byte is sent
	flipped  httpdecode.Tally    // of a decoder that had the sides wrong
	record   *trace.Connection   // nil until an exchange or the end needs it
	open     []*building
	one      [1]*building // memory of open: most connections have one at a time
	notes    []noteCount
	count    int64
	highest  int64     // place of the last exchange that was opened
	previous [2]uint32 // what the next exchange follows
	version  string    // of the last message head

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
	side, at := f.side(s.dir), httpdecode.Stamp(s.at)
	if s.gap > 0 {
		f.decoder.Gap(side, s.gap, at)
	} else {
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
	f.decoder.EOF(f.side(s.dir), how, httpdecode.Stamp(s.at))
	f.drain()
}

// orient makes the decoder, and turns the sides round when what is sent shows
// that the guess by port numbers was wrong.
func (f *flow) orient(s *step) {
	if s.known && !f.known {
		f.client, f.known = s.client, true
	}
	if f.decoder == nil {
		f.start(s.begun)
	}
	if f.known || f.decoder.HTTP() || s.gap > 0 {
		return
	}
	fromClient := s.dir == f.client
	request, response := httpdecode.LooksLikeRequest(s.bytes), httpdecode.LooksLikeResponse(s.bytes)
	if !request && !response {
		return
	}
	f.known = true
	if request != fromClient {
		f.flip(s.begun)
	}
}

// flip exchanges the sides and begins anew.
func (f *flow) flip(begun bool) {
	f.client = 1 - f.client
	for s := httpdecode.Client; s <= httpdecode.Server; s++ {
		f.flipped = f.flipped.Add(f.decoder.Tally(s))
		f.flipped.Other += f.decoder.Waiting(s)
	}
	if f.record != nil {
		f.record.Ends = f.ends()
	}
	f.start(begun)
}

func (f *flow) start(begun bool) {
	f.decoder = f.decoding.decoder()
	if !begun {
		f.decoder.Midstream()
	}
}

// connection is the record that exchanges point to. It is filled at the end;
// the ends stand from the beginning.
func (f *flow) connection() *trace.Connection {
	if f.record == nil {
		f.record = f.decoding.connection()
		f.record.ID, f.record.Ends = f.id, f.ends()
	}
	return f.record
}

func (f *flow) ends() [2]netip.AddrPort {
	return [2]netip.AddrPort{f.both[f.client], f.both[1-f.client]}
}

// drain takes the decoder's events.
func (f *flow) drain() {
	for {
		e, ok := f.decoder.Next()
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
	for len(f.open) > 0 {
		f.release(0)
	}
	c := f.last
	if c.ClientKnown && !f.known {
		f.client, f.known = c.Client, true
	}
	r := f.connection()
	f.fill(r, c)
	f.decoding.ledger.Add(r.Ledger)
	f.decoding.tally(r.Findings)
	f.decoding.sink.Connection(r)
}

// fill writes into a record what is known of the connection, but for its ends:
// outputs that work beside the engine read those from the beginning.
func (f *flow) fill(r *trace.Connection, c *reassembly.Facts) {
	r.Swapped, r.ClientKnown = f.client, f.known
	r.Protocol, r.Detail = f.protocol()
	r.Start, r.End = trace.Point{Frame: c.First.Packet, Nano: c.First.Nano}, trace.Point{Frame: c.Last.Packet, Nano: c.Last.Nano}
	r.State = c.State.String()
	if c.ClosedBy >= 0 {
		r.ClosedBy = [2]string{"client", "server"}[f.side(c.ClosedBy)]
	}
	r.Heard = c.Link == capture.LinkSockets
	r.Handshake = c.SYN && c.SYNACK && c.Established
	r.Link, r.Tunnel = c.Link.String(), c.Tunnel
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
		t := f.decoder.Tally(side)
		if dir == 0 {
			t = t.Add(f.flipped)
		}
		l.Heads, l.Bodies, l.ChunkFraming, l.Trailers, l.Other = t.Heads, t.Bodies, t.Framing, t.Trailers, t.Other
		l.Undecoded += t.Lost
		if !c.SYN && !c.SYNACK && f.decoder.HTTP() && f.decoder.Protocol() == "" {
			// The capture began inside a message: what came before the next was its rest.
			l.Undecoded, l.Other = l.Undecoded+l.Other, 0
		}
	}
	r.Ledger.Add(l)
}

// protocol is the connection's protocol in the words of the JSON contract, and a detail.
func (f *flow) protocol() (name, detail string) {
	if f.decoder == nil {
		return "other", "unused"
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

func (f *flow) httpVersion() string {
	if v := strings.ToLower(f.version); v == "http/1.0" || v == "http/0.9" {
		return v
	}
	return "http/1.1"
}
