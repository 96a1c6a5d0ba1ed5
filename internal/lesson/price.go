package lesson

import (
	"time"

	"httpscope/internal/tcp"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// Price is what connections cost, and what the same requests would have cost
// had they been sent in another way.
type Price struct {
	Connections []ConnectionPrice `json:"connections"`
	Total       Cost              `json:"total"`
	Sized       bool              `json:"sized"` // lengths of packets on the wire are known
	Model       Model             `json:"model"`

	left  int
	words texts.Catalogue
}

// ConnectionPrice is what one connection cost. Its round trips are those that the client waited for: the handshake, and
// each request that was not sent before the answer to the one before it.
type ConnectionPrice struct {
	Connection int64  `json:"connection"`
	Client     string `json:"client"`
	Server     string `json:"server"`
	Cost
	Exchanges int64 `json:"exchanges"`
	Trips     int   `json:"round_trips"`
	RTT       Trip  `json:"rtt"`
	Dropped   int64 `json:"packets_not_kept"` // older packets that are not part of the sums

	frame int64
}

// Cost is packets and bytes by what they were sent for. A packet is in one
// share only, so the shares add up to all that was captured.
type Cost struct {
	Setup    Share `json:"setup"`    // SYN, SYN-ACK and the ACK that ends the handshake
	Data     Share `json:"data"`     // packets with payload
	Acks     Share `json:"acks"`     // packets that only acknowledge, probe, or tell a window
	Teardown Share `json:"teardown"` // FINs without payload, their ACKs, and RSTs
	Heads    int64 `json:"head_bytes"`
	Bodies   int64 `json:"body_bytes"`
	Resent   int64 `json:"retransmitted_bytes"`
}

// Share is a part of the cost. Headers are the bytes of the link, IP and TCP
// headers; 0 when lengths on the wire are not known.
type Share struct {
	Packets int64 `json:"packets"`
	Payload int64 `json:"payload_bytes"`
	Headers int64 `json:"header_bytes"`
}

func (s *Share) add(o Share) {
	s.Packets += o.Packets
	s.Payload += o.Payload
	s.Headers += o.Headers
}

// Sum is all shares together.
func (c *Cost) Sum() Share {
	var s Share
	for _, o := range []Share{c.Setup, c.Data, c.Acks, c.Teardown} {
		s.add(o)
	}
	return s
}

func (c *Cost) add(o Cost) {
	c.Setup.add(o.Setup)
	c.Data.add(o.Data)
	c.Acks.add(o.Acks)
	c.Teardown.add(o.Teardown)
	c.Heads += o.Heads
	c.Bodies += o.Bodies
	c.Resent += o.Resent
}

// Trip is a round-trip time, measured in the handshake in two halves at the
// point of the capture. Both are 0 when Known is false: without a whole
// handshake, or with a SYN that was sent twice (which of the two was answered
// is not known, RFC 6298, Section 3).
type Trip struct {
	Known  bool          `json:"known"`
	Server time.Duration `json:"to_server_ns"` // SYN to SYN-ACK
	Client time.Duration `json:"to_client_ns"` // SYN-ACK to ACK
}

// Whole is the round trip from client to server.
func (t Trip) Whole() time.Duration { return t.Server + t.Client }

// maxPriced bounds the connections that are listed; all are in the sums.
const maxPriced = 500

func price(lang texts.Lang, src Source, scope Scope) Lesson {
	p := &Price{Sized: true, words: texts.In(lang)}
	for _, c := range connectionsIn(src, scope) {
		t := src.Tape(c.ID)
		if t == nil || len(t.Segments) == 0 {
			continue
		}
		k := ConnectionPrice{Connection: c.ID, Client: c.Ends[0].String(), Server: c.Ends[1].String(),
			Exchanges: c.Exchanges, Dropped: t.Dropped, frame: c.Start.Packet}
		k.Cost = p.costOf(t, src.WireLen)
		k.Heads, k.Bodies, k.Resent = c.Ledger.Heads, c.Ledger.Bodies, c.Ledger.Retransmitted
		k.RTT = tripOf(t)
		p.Total.add(k.Cost)
		p.Connections = append(p.Connections, k)
	}
	list := exchangesIn(src, scope)
	p.trips(list)
	p.Model = p.modelled(list)
	p.left = max(0, len(p.Connections)-maxPriced)
	return p
}

// trips counts the round trips that clients waited for.
func (p *Price) trips(list []*trace.Exchange) {
	at := map[int64]*ConnectionPrice{}
	for i := range p.Connections {
		k := &p.Connections[i]
		at[k.Connection] = k
		if k.RTT.Known || k.Setup.Packets >= 3 {
			k.Trips = 1
		}
	}
	answered := map[int64]int64{} // packet that ended the last response of a connection
	for _, x := range list {
		k := at[x.Conn.ID]
		if k == nil || x.Request == nil {
			continue
		}
		if before, some := answered[x.Conn.ID]; !some || x.Request.First.Packet >= before {
			k.Trips++
		}
		if m := response(x); m != nil {
			answered[x.Conn.ID] = m.Last.Packet
		} else {
			answered[x.Conn.ID] = 1 << 62
		}
	}
}

// Flags of a segment (RFC 9293, Section 3.1).
const (
	fin = 1
	syn = 2
	rst = 4
	ack = 16
)

// sorter tells what the packets of a connection were sent for.
type sorter struct {
	conn      *trace.Connection
	synAck    bool // seen
	handshake bool // over
	finEnd    [2]uint32
	finSeen   [2]bool // FIN of a side was seen
	finAcked  [2]bool
}

// costOf sorts the packets of a tape. Packets whose length is not known make
// the whole lesson count payload only.
func (p *Price) costOf(t *trace.Tape, wireLen func(int64) int) Cost {
	s := sorter{conn: t.Conn}
	var c Cost
	for i := range t.Segments {
		g := &t.Segments[i]
		n := Share{Packets: 1, Payload: int64(g.Len)}
		if w := wireLen(g.Frame); w > 0 {
			n.Headers = max(0, int64(w)-int64(g.Len))
		} else {
			p.Sized = false
		}
		s.share(g, &c).add(n)
	}
	return c
}

// share is what a packet was sent for.
func (s *sorter) share(g *trace.Segment, c *Cost) *Share {
	side := s.conn.Side(g.Dir)
	if g.Flags&fin != 0 && !s.finSeen[side] {
		s.finSeen[side], s.finEnd[side] = true, g.Seq+uint32(g.Len)+1
	}
	switch {
	case g.Flags&syn != 0:
		s.synAck = s.synAck || g.Flags&ack != 0
		return &c.Setup
	case g.Flags&rst != 0:
		return &c.Teardown
	case g.Len > 0 && g.Notes&tcp.KeepAlive == 0:
		s.handshake = s.handshake || side == 0
		return &c.Data
	case g.Flags&fin != 0:
		return &c.Teardown
	case s.synAck && !s.handshake && side == 0:
		s.handshake = true
		return &c.Setup
	case s.finSeen[1-side] && !s.finAcked[1-side] && int32(g.Ack-s.finEnd[1-side]) >= 0:
		s.finAcked[1-side] = true
		return &c.Teardown
	}
	return &c.Acks
}

// tripOf measures the round trip in the handshake.
func tripOf(t *trace.Tape) Trip {
	var first, second int64
	syns := 0
	for i := range t.Segments {
		g := &t.Segments[i]
		side := t.Conn.Side(g.Dir)
		switch {
		case g.Flags&(syn|ack) == syn && side == 0:
			first = g.Nano
			syns++
		case g.Flags&(syn|ack) == syn|ack && side == 1:
			if second != 0 {
				return Trip{}
			}
			second = g.Nano
		case g.Flags&ack != 0 && side == 0 && second != 0:
			if syns != 1 || first == 0 || second < first || g.Nano < second {
				return Trip{}
			}
			return Trip{true, time.Duration(second - first), time.Duration(g.Nano - second)}
		}
	}
	return Trip{}
}
