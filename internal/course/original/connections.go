package original

import (
	"httpscope/internal/tcp"
	"httpscope/internal/trace"
)

// shape is what a connection has.
type shape struct {
	conn        *trace.Connection
	first       int64    // packet
	packets     [2]int   // by side
	data        [2]int   // packets with payload
	bare        int      // pure acknowledgments
	syn, synAck int64    // packets, 0 when there is none
	acks        [2]int64 // how far the acknowledgments of a side go: 0 nowhere
	firstAck    [2]uint32
}

// shapes are the connections of the capture, by number.
func (c *checker) shapes() []*shape {
	var out []*shape
	at := map[int64]*shape{}
	for i := range c.segments {
		s := &c.segments[i]
		conn := c.r.Connection(s.Conn)
		if conn == nil {
			continue
		}
		h := at[s.Conn]
		if h == nil {
			h = &shape{conn: conn, first: s.Number}
			at[s.Conn] = h
			out = append(out, h)
		}
		h.add(s)
	}
	return out
}

func (h *shape) add(s *segment) {
	if s.flags&tcp.ACK != 0 && s.flags&tcp.RST == 0 {
		if h.firstAck[s.side] == 0 {
			h.firstAck[s.side] = s.ack
		}
		h.acks[s.side] = max(h.acks[s.side], int64(int32(s.ack-h.firstAck[s.side])))
	}
	h.packets[s.side]++
	switch {
	case s.flags&(tcp.SYN|tcp.ACK) == tcp.SYN && h.syn == 0:
		h.syn = s.Number
	case s.flags&(tcp.SYN|tcp.ACK) == tcp.SYN|tcp.ACK && h.synAck == 0:
		h.synAck = s.Number
	}
	if s.length > 0 {
		h.data[s.side]++
	} else if s.bare() {
		h.bare++
	}
}

// connections looks for packets that were taken out.
func (c *checker) connections() {
	shapes := c.shapes()
	c.handshakes(shapes)
	c.directions(shapes)
	c.acknowledgments(shapes)
	c.holes(shapes)
}

func (c *checker) handshakes(shapes []*shape) {
	var without, half []int64
	with := 0
	for _, h := range shapes {
		switch both := h.packets[0] > 0 && h.packets[1] > 0; {
		case h.syn != 0 && h.synAck != 0:
			with++
		case h.syn == 0 && h.synAck == 0:
			without = append(without, h.first)
		case both && h.data[0]+h.data[1] > 0:
			half = append(half, h.first)
		}
	}
	if with > 0 && len(without) > 0 {
		c.say(NoHandshake, Note, without, "original.handshake", len(without), packets(without), with)
	}
	if len(half) > 0 {
		c.say(HandshakeIncomplete, c.lost(), half, "original.half", packets(half))
	}
}

// lost is the severity of a missing packet: a note when the capture has its
// reasons for it.
func (c *checker) lost() string {
	if c.r.Info.Dropped > 0 || c.r.Damage != nil || len(c.segments) > 0 && c.segments[0].Link == "wifi" {
		return Note
	}
	return Warning
}

// directions wants the side that is missing to be proved by acknowledgments
// that go on.
func (c *checker) directions(shapes []*shape) {
	var alone []int64
	both := 0
	for _, h := range shapes {
		if h.packets[0] > 0 && h.packets[1] > 0 {
			both++
			continue
		}
		side := 0
		if h.packets[1] > 0 {
			side = 1
		}
		if h.acks[side] > 0 {
			alone = append(alone, h.first)
		}
	}
	if len(alone) == 0 {
		return
	}
	severity := Note // a whole capture may lie on a way that only one direction takes
	if both > 0 {
		severity = Warning
	}
	c.say(OneDirection, severity, alone, "original.direction", len(alone), packets(alone))
}

// acknowledgments looks for what display filters such as http leave of a
// capture: packets with data and nothing else.
func (c *checker) acknowledgments(shapes []*shape) {
	const enough = 4 // packets with data
	data, other, answered, bare, open := 0, 0, 0, 0, 0
	for _, h := range shapes {
		data += h.data[0] + h.data[1]
		other += h.packets[0] + h.packets[1] - h.data[0] - h.data[1]
		bare += h.bare
		if h.data[0] > 0 && h.data[1] > 0 {
			answered++
		}
		if h.syn != 0 && h.synAck != 0 && h.data[0] > 0 {
			open++
		}
	}
	switch {
	case data >= enough && other == 0 && answered > 0:
		c.say(NoAcknowledgments, Warning, nil, "original.only-data", data)
	case open >= 2 && bare == 0:
		c.say(NoAcknowledgments, Warning, nil, "original.no-acknowledgment", open)
	}
}

func (c *checker) holes(shapes []*shape) {
	if c.r.Info.Cut > 0 {
		return // the snapshot length made them
	}
	var frames []int64
	missing := int64(0)
	for _, h := range shapes {
		if h.conn.GapBytes == 0 || h.packets[0] == 0 || h.packets[1] == 0 {
			continue
		}
		missing += h.conn.GapBytes
		frames = append(frames, h.first)
	}
	if len(frames) > 0 {
		c.say(AcknowledgedMissing, c.lost(), frames, "original.missing", missing, packets(frames))
	}
}
