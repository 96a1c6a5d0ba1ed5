package httpdecode

// Decoder reads one connection. The zero value is not ready: use [New].
type Decoder struct {
	sides       [2]half
	queue       *Queue
	pending     []pending
	first       [1]pending // memory of pending: most connections have one at a time
	next        int64      // the last exchange's place
	loose       []int64    // exchanges of responses of which it is not settled yet what they answer
	interim     int64      // exchange of an interim response among them whose final one is to come
	provisional int64      // the last number of such an exchange: they count down from -1
	unsettled   bool       // responses are not paired at once
	swallowed   bool       // with unsettled: responses were lost, too
	http        bool       // a message was read, or begun
	midstream   bool       // the beginning of the connection may be missing
	blind       bool       // there may be requests that the queue does not hold
	other       string     // protocol that a side was found to speak instead, "" while open
	proto       string     // protocol after a switch, "" before
}

// half is one side of the connection.
type half struct {
	side     Side
	state    state
	exchange int64 // of the message being read, 0 between messages
	remain   int64 // body or chunk bytes to come
	pos      int64 // stream offset of the next byte that Feed brings
	at       int64 // stream offset of the next byte to read
	buf      []byte
	scan     int // in buf: where the line begins that is not complete
	origins  []Origin
	now      Stamp   // of the bytes being fed
	received int64   // of the other side, by the sender of the bytes being fed
	kept     []int64 // the same for the bytes of each origin
	segments []int64 // where segments begin among the bytes that no framing claims
	nowFrom  int64   // their stream offset
	bodiless bool    // the message before had no body by rule 1, and a Content-Length

	head      *Head
	whole     bool  // nothing of the message is missing
	got       int64 // body bytes read
	ended     bool
	closing   bool  // a message said that it is the last
	inHead    bool  // bytes of a head are in buf
	simple    bool  // the start line in buf is a whole HTTP/0.9 request
	hole      hole  // bytes were not captured since the last message
	behind    hole  // the hole before the message being read
	holeBytes int64 // how many, in all
	holeEnd   int64 // its offset
	holeAt    Stamp // what showed it
	refused   bool  // a final response came before the body that waits for 100 Continue
	answered  bool  // the response to the request in buf came before its head was complete
	findings  int   // of the message
	tally     Tally
}

// Tally counts a side's bytes by what they were. The classes add up to what
// was fed, but for the bytes that wait in the buffer.
type Tally struct {
	Heads    int64 // start lines, fields, empty lines
	Bodies   int64 // content, as transferred, without chunk framing
	Framing  int64 // chunk sizes, extensions and their line ends
	Trailers int64 // trailer fields, and the empty line after them
	Other    int64 // another protocol, or a tunnel
	Lost     int64 // belongs to no message that can be read
}

// Sum is the number of bytes accounted for.
func (t Tally) Sum() int64 {
	return t.Heads + t.Bodies + t.Framing + t.Trailers + t.Other + t.Lost
}

// Add returns the sums class by class.
func (t Tally) Add(o Tally) Tally {
	return Tally{t.Heads + o.Heads, t.Bodies + o.Bodies, t.Framing + o.Framing, t.Trailers + o.Trailers,
		t.Other + o.Other, t.Lost + o.Lost}
}

// hole is whether bytes were lost between messages, and with them messages.
type hole uint8

const (
	noHole        hole = iota
	someHole           // messages may have begun in it
	messageInHole      // one did
)

// state is what a side expects next.
type state uint8

const (
	sniff      state = iota // the first bytes: is it HTTP?
	start                   // a start line
	readHead                // the rest of a head
	fixed                   // remain bytes of body
	chunkSize               // a chunk header
	chunkData               // remain bytes of a chunk
	chunkEnd                // CR LF after a chunk
	trailers                // trailer fields
	untilClose              // body up to the end of the stream
	hold                    // after CONNECT or Upgrade, until the answer is there
	raw                     // another protocol, or a tunnel
	lost                    // no message until one begins again
)

// New returns a decoder for a connection whose two sides have said nothing
// yet. With a nil queue it makes its own.
func New(q *Queue) *Decoder {
	d := new(Decoder)
	d.Reset(q)
	return d
}

// Reset makes the decoder ready for another connection, as New does.
func (d *Decoder) Reset(q *Queue) {
	if q == nil {
		q = &Queue{}
	}
	*d = Decoder{queue: q}
	for s := range d.sides {
		d.sides[s].received = unknownReceived
	}
	d.sides[Client].side = Client
	d.sides[Server].side = Server
}

// Midstream tells that the capture may lack what the connection carried
// before: what comes first need not be a beginning.
func (d *Decoder) Midstream() {
	if !d.midstream && d.sides[Client].tally.Heads == 0 {
		d.missRequests()
	}
	d.midstream, d.blind = true, true
}

// Continue makes a new decoder go on where another stopped on the same
// connection: after a number of exchanges.
func (d *Decoder) Continue(exchanges int64) { d.next = exchanges }

// Begin tells a new decoder at which offset of its stream a side's first byte lies, 0 unless it is called.
func (d *Decoder) Begin(s Side, offset int64) { d.sides[s].pos, d.sides[s].at = offset, offset }

// Offset is the stream offset of the next byte that a side's Feed brings.
func (d *Decoder) Offset(s Side) int64 { return d.sides[s].pos }

// Exchanges is the number of exchanges that were begun.
func (d *Decoder) Exchanges() int64 { return d.next }

// Tally returns what a side's bytes were so far.
func (d *Decoder) Tally(s Side) Tally { return d.sides[s].tally }

// Waiting is the number of bytes of a side that are read but not yet accounted for.
func (d *Decoder) Waiting(s Side) int64 { return int64(len(d.sides[s].buf)) }

// Held is about how many bytes of memory the decoder keeps of what it was fed.
func (d *Decoder) Held() int {
	const pendingSize, originSize, wordSize = 80, 24, 8
	n := pendingSize * max(cap(d.pending)-len(d.first), 0)
	for s := range d.sides {
		h := &d.sides[s]
		n += cap(h.buf) + originSize*cap(h.origins) + wordSize*(cap(h.kept)+cap(h.segments))
	}
	return n
}

// HTTP reports whether either side was found to speak HTTP/1.x.
func (d *Decoder) HTTP() bool { return d.http }

// Protocol names what the connection speaks when that is not HTTP/1.x: after a
// switch, or from the start; "" while it is HTTP or nothing is known.
func (d *Decoder) Protocol() string {
	if d.proto != "" {
		return d.proto
	}
	if d.http {
		return ""
	}
	return d.other
}

// unknownReceived is taken for everything: a caller without segments brings bytes
// in the order in which they were sent and received.
const unknownReceived = 1<<63 - 1

// hadReceived is how much of the other side's stream was received when the next
// byte to read was sent, or less.
func (h *half) hadReceived() int64 {
	for i := len(h.origins) - 1; i >= 0; i-- {
		if h.origins[i].From <= h.at {
			return h.kept[i]
		}
	}
	return h.received
}

// Feed takes the next bytes of a side's stream.
func (d *Decoder) Feed(s Side, b []byte, at Stamp) {
	h := &d.sides[s]
	h.now, h.nowFrom = at, h.pos
	h.pos += int64(len(b))
	d.consume(h, b)
}

// consume reads from what is buffered and b together, and buffers what is left.
func (d *Decoder) consume(h *half, b []byte) {
	in := b
	buffered := len(h.buf) > 0
	if buffered {
		if len(b) > 0 {
			h.origins, h.kept = append(h.origins, Origin{h.nowFrom, h.now}), append(h.kept, h.received)
		}
		h.buf = append(h.buf, b...)
		in = h.buf
	}
	used := false
	for len(in) > 0 {
		n := d.step(h, in)
		if n == 0 {
			break
		}
		in = in[n:]
		h.at += int64(n)
		h.scan = 0
		used = true
	}
	h.store(in, buffered, used)
}

// store keeps the bytes that wait for more. Events may still point into the
// old buffer: what is left of it moves to a new one.
func (h *half) store(in []byte, buffered, used bool) {
	switch {
	case len(in) == 0:
		h.buf, h.origins, h.kept = nil, nil, nil // an idle connection keeps nothing
	case !buffered:
		h.buf = append([]byte(nil), in...)
		h.origins, h.kept = append(h.origins[:0], Origin{h.nowFrom, h.now}), append(h.kept[:0], h.received)
	case used:
		h.buf = append([]byte(nil), in...)
		for len(h.origins) > 1 && h.origins[1].From <= h.at {
			h.origins, h.kept = h.origins[1:], h.kept[1:]
		}
	}
}

// step reads from in, which begins at stream offset h.at, and returns how many
// bytes it used; 0 when it needs more.
func (d *Decoder) step(h *half, in []byte) int {
	switch h.state {
	case sniff:
		return d.sniff(h, in)
	case start:
		return d.start(h, in)
	case readHead:
		return d.readHead(h, in)
	case fixed:
		return d.fixed(h, in)
	case chunkSize:
		return d.chunkSize(h, in)
	case chunkData:
		return d.chunkData(h, in)
	case chunkEnd:
		return d.chunkEnd(h, in)
	case trailers:
		return d.trailer(h, in)
	case untilClose:
		return d.body(h, in)
	case hold:
		return d.hold(h, in)
	case raw:
		return d.raw(h, in)
	}
	return d.lost(h, in)
}

// stampAt is the packet and time of a byte that is buffered or being fed.
func (h *half) stampAt(offset int64) Stamp {
	if offset >= h.nowFrom || len(h.origins) == 0 {
		return h.now
	}
	at := h.origins[0].Stamp
	for _, o := range h.origins[1:] {
		if o.From > offset {
			break
		}
		at = o.Stamp
	}
	return at
}
