package recording

import (
	"bytes"
	"cmp"
	"net/netip"
	"slices"

	"httpscope/capture"
	"httpscope/internal/inspect"
	"httpscope/internal/store"
	"httpscope/internal/tcp"
	"httpscope/internal/trace"
)

// A store follows an engine without knowing it, and an engine asks a sink whether it is a watcher: this
// holds that they fit.
var _ inspect.Watcher = store.Sink{}

// builder reads packets into a recording.
type builder struct {
	store.Sink
	clocks      map[int64]*clock // by connection
	latest      map[ends]*clock  // of the latest connection between two ends
	ends        map[ends]bool    // that connections had, as seen by who opened them
	store       *store.Store
	engine      *inspect.Engine
	packets     []*trace.Packet
	unplaced    []*trace.Packet // of no connection so far
	limit, held int64
	records     int64 // bytes of exchanges and connections, about
}

// ends are the addresses and ports of a connection, as seen by one of the two.
type ends struct{ from, to netip.AddrPort }

// newBuilder makes a builder. It reads packets in the order of their times, where the file
// looks ahead; their numbers and their order in the recording are the file's.
func newBuilder(limit int64) *builder {
	// The store holds payload once more, and records: with this much it never
	// drops anything that the limit lets in.
	s := store.New((recordsPerLimit+2)*limit + 64<<20)
	b := &builder{Sink: s.Sink(), store: s, limit: limit, clocks: map[int64]*clock{}, latest: map[ends]*clock{},
		ends: map[ends]bool{}}
	memory := (recordsPerLimit + 2) * limit
	b.engine = inspect.New(inspect.Options{Hash: true, KeepBody: KeepBody, InOrder: true, Memory: memory}, b)
	return b
}

// packet takes a copy of the next packet.
func (b *builder) packet(p *capture.Packet) error {
	b.held += int64(len(p.Frame)) + perPacket
	if records := b.records > recordsPerLimit*b.limit; records || b.held > b.limit {
		n := int64(len(b.packets)) + 1
		return &TooLargeError{Limit: b.limit, Packets: n, Bytes: b.held - n*perPacket, Records: records}
	}
	q := copied(p)
	if n := len(b.packets); n > 0 {
		q.SincePacket = q.Nano - b.packets[n-1].Nano
	}
	b.packets = append(b.packets, q)
	b.engine.Packet(p)
	if p.Skip == capture.SkipNone {
		b.unplaced = append(b.unplaced, q)
	}
	if !b.engine.Waits() {
		b.placeLate()
	}
	return nil
}

// placeLate finds connections for packets that reassembly knows none for.
func (b *builder) placeLate() {
	if len(b.unplaced) > 1 {
		slices.SortStableFunc(b.unplaced, func(p, q *trace.Packet) int { return cmp.Compare(p.Nano, q.Nano) })
	}
	for _, p := range b.unplaced {
		if p.Conn < 0 {
			b.late(p)
		}
	}
	b.unplaced = b.unplaced[:0]
}

func copied(p *capture.Packet) *trace.Packet {
	frame := bytes.Clone(p.Frame)
	q := &trace.Packet{Number: p.Number, Nano: p.Nano, WireLen: p.WireLen, Interface: p.Interface,
		Link: p.Link.String(), Tunnel: p.Tunnel,
		Skip: p.Skip.String(), Comments: slices.Clone(p.Comments), Frame: frame, IP: within(p.IP, p.Frame, frame),
		Conn: -1}
	if p.Skip == capture.SkipNone {
		q.TCP, q.Payload = within(p.TCP, p.Frame, frame), within(p.Payload, p.Frame, frame)
		q.Src, q.Dst = p.Src, p.Dst
		q.Segment = trace.Segment{Frame: p.Number, Nano: p.Nano, Seq: p.Seq, Ack: p.Ack, Len: int32(p.PayloadLen),
			Window: p.Window, Flags: p.Flags}
	}
	return q
}

// within is the part of a copied frame that a part of the frame stands for. A
// part of a packet put together from fragments is copied.
func within(part, frame, to []byte) []byte {
	at := cap(frame) - cap(part)
	if part == nil || at < 0 || at+len(part) > len(frame) || len(part) > 0 && &part[0] != &frame[at] {
		return bytes.Clone(part)
	}
	return to[at : at+len(part) : at+len(part)]
}

// Records may take so many times the memory of packets: a packet can hold a
// thousand requests.
const recordsPerLimit = 4

// Exchange implements inspect.Sink.
func (b *builder) Exchange(x *trace.Exchange) {
	b.records += int64(x.Size())
	b.Sink.Exchange(x)
}

// Connection implements inspect.Sink.
func (b *builder) Connection(c *trace.Connection) {
	const connectionSize = 1024
	b.records += connectionSize
	b.Sink.Connection(c)
}

// Packet implements inspect.Watcher.
func (b *builder) Packet(connection int64, g trace.Segment) {
	p := b.packets[g.Frame-1]
	p.Conn, p.Segment = connection, g
	if b.clocks[connection] == nil {
		b.opened(p)
	}
	b.clocks[connection].tick(p)
	b.Sink.Packet(connection, g)
}

// opened begins the clock of a connection with its first packet.
func (b *builder) opened(p *trace.Packet) {
	between := ends{p.Src, p.Dst}
	c := &clock{connection: p.Conn, shift: [2]int8{unknown, unknown}}
	b.clocks[p.Conn] = c
	delete(b.latest, ends{p.Dst, p.Src})
	b.latest[between] = c
	if p.Segment.Flags&(tcp.SYN|tcp.ACK) == tcp.SYN {
		if b.ends[between] {
			p.Segment.Notes |= tcp.PortReuse
		}
		b.ends[between] = true
	}
}

// Noted implements inspect.Watcher.
func (b *builder) Noted(connection, frame int64, n tcp.Notes) {
	if frame >= 1 && frame <= int64(len(b.packets)) {
		b.packets[frame-1].Segment.Notes |= n &^ tcp.Analysed
	}
	b.Sink.Noted(connection, frame, n)
}

// finish ends all connections and collects what there is.
func (b *builder) finish(f *capture.File, damage *capture.DamageError) *Recording {
	b.engine.Finish()
	b.placeLate()
	for _, p := range b.packets {
		p.Interfaces = f.Info().Format == "pcapng"
	}
	r := &Recording{Packets: b.packets, Info: *f.Info(), Summary: b.engine.Summary(), Damage: damage, store: b.store}
	r.Summary.Dropped, r.Summary.Truncated = r.Info.Dropped, damage != nil
	if len(b.packets) > 0 {
		r.Begin = b.packets[0].Nano
	}
	b.store.SetStatus(store.Status{Summary: r.Summary, First: r.Begin, Ended: true})
	first, last := b.store.ConnectionBounds()
	for id := first; id <= last; id++ {
		c, _ := b.store.Connection(id)
		r.Connections = append(r.Connections, c)
	}
	r.tls()
	first, last = b.store.Bounds()
	for id := first; id <= last; id++ {
		x, _ := b.store.Exchange(id)
		r.Exchanges = append(r.Exchanges, x)
	}
	return r
}
