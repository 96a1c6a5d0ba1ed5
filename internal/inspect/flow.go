package inspect

import (
	"net/netip"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/trace"
	"httpscope/reassembly"
)

// maxOpen bounds exchanges of one connection that wait for their end: as many
// as the decoder matches.
const maxOpen = 4200

// flow is a connection that is open.
type flow struct {
	engine  *Engine
	conn    *reassembly.Conn
	decoder *httpdecode.Decoder // nil until a byte is sent
	unused  *httpdecode.Decoder // of a closed connection, to be used again
	flipped httpdecode.Tally    // of a decoder that had the sides wrong
	record  *trace.Connection   // nil until an exchange or the end needs it
	open    []*building
	notes   []noteCount
	count   int64
	highest int64  // place of the last exchange that was opened
	version string // of the last message head
}

// noteCount sums up notes of a kind in a direction.
type noteCount struct {
	first reassembly.Note
	count int64
	bytes int64
}

// side maps a direction to the decoder's side.
func (f *flow) side(dir int) httpdecode.Side {
	if dir == f.conn.Client {
		return httpdecode.Client
	}
	return httpdecode.Server
}

// orient makes the decoder, and turns the sides round when what is sent shows
// that the guess by port numbers was wrong.
func (f *flow) orient(chunk *reassembly.Chunk) {
	c := f.conn
	if f.decoder == nil {
		f.start()
	}
	if c.ClientKnown || f.decoder.HTTP() || chunk.Gap > 0 {
		return
	}
	fromClient := chunk.Dir == c.Client
	request, response := httpdecode.LooksLikeRequest(chunk.Bytes), httpdecode.LooksLikeResponse(chunk.Bytes)
	if !request && !response {
		return
	}
	c.ClientKnown = true
	if request != fromClient {
		c.Client = 1 - c.Client
		for s := httpdecode.Client; s <= httpdecode.Server; s++ {
			f.flipped = f.flipped.Add(f.decoder.Tally(s))
			f.flipped.Other += f.decoder.Waiting(s)
		}
		if f.record != nil {
			f.record.Ends = f.ends()
		}
		f.start()
	}
}

func (f *flow) start() {
	f.decoder, f.unused = f.unused, nil
	if f.decoder == nil {
		f.decoder = new(httpdecode.Decoder)
	}
	f.decoder.Reset(&f.engine.queue)
	if !f.conn.SYN && !f.conn.SYNACK {
		f.decoder.Midstream()
	}
}

// connection is the record that exchanges point to. It is filled at the end;
// the ends stand from the beginning.
func (f *flow) connection() *trace.Connection {
	if f.record == nil {
		f.record = &trace.Connection{ID: f.conn.ID, Ends: f.ends()}
	}
	return f.record
}

func (f *flow) ends() [2]netip.AddrPort {
	return [2]netip.AddrPort{f.conn.Ends[f.conn.Client], f.conn.Ends[1-f.conn.Client]}
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

func (f *flow) note(n reassembly.Note) {
	for i := range f.notes {
		if c := &f.notes[i]; c.first.Kind == n.Kind && c.first.Dir == n.Dir {
			c.count++
			c.bytes += n.Bytes
			return
		}
	}
	switch n.Kind {
	case reassembly.NoteRetransmission, reassembly.NoteOutOfOrder, reassembly.NoteAhead:
		return // counted in the statistics
	}
	f.notes = append(f.notes, noteCount{n, 1, n.Bytes})
}

// finish completes the record of a connection that is over.
func (f *flow) finish() {
	for len(f.open) > 0 {
		f.release(0)
	}
	c, r := f.conn, f.connection()
	r.ClientKnown = c.ClientKnown
	r.Protocol, r.Detail = f.protocol()
	r.Start, r.End = trace.Point{Frame: c.First.Packet, Nano: c.First.Nano}, trace.Point{Frame: c.Last.Packet, Nano: c.Last.Nano}
	r.State = c.State.String()
	if c.ClosedBy >= 0 {
		r.ClosedBy = [2]string{"client", "server"}[f.side(c.ClosedBy)]
	}
	r.Handshake = c.SYN && c.SYNACK && c.Established
	r.Link, r.Tunnel = c.Link.String(), c.Tunnel
	r.Exchanges = f.count
	for dir := range c.Stats {
		f.account(r, dir)
	}
	f.connectionFindings(r)
	f.engine.summary.Ledger.Add(r.Ledger)
	f.engine.tally(r.Findings)
	f.engine.sink.Connection(r)
}

// account adds one direction's statistics to the record.
func (f *flow) account(r *trace.Connection, dir int) {
	st, side := &f.conn.Stats[dir], f.side(dir)
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
		if !f.conn.SYN && !f.conn.SYNACK && f.decoder.HTTP() && f.decoder.Protocol() == "" {
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
