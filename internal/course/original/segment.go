package original

import (
	"encoding/binary"

	"httpscope/internal/recording"
	"httpscope/internal/tcp"
	"httpscope/internal/trace"
)

// segment is a packet of TCP with what this package reads in its header.
type segment struct {
	*trace.Packet
	seq, ack uint32
	flags    tcp.Flags
	window   uint16
	options  []byte
	length   int // payload on the wire
	side     int // 0 the client's; of a connection that is known
}

// bare reports a packet that carries no data and changes no state: a pure acknowledgment.
func (s *segment) bare() bool {
	return s.length == 0 && s.flags&(tcp.SYN|tcp.FIN|tcp.RST) == 0
}

// segmentsOf are the packets with a readable TCP header.
func segmentsOf(r *recording.Recording) []segment {
	var out []segment
	for _, p := range r.Packets {
		if p.Skip != "" || len(p.TCP) < 20 {
			continue
		}
		header := int(p.TCP[12]>>4) * 4
		if header < 20 || header > len(p.TCP) {
			continue
		}
		s := segment{Packet: p, seq: binary.BigEndian.Uint32(p.TCP[4:]), ack: binary.BigEndian.Uint32(p.TCP[8:]),
			flags:  tcp.Flags(p.TCP[13]),
			window: binary.BigEndian.Uint16(p.TCP[14:]), options: p.TCP[20:header], length: len(p.Payload)}
		if c := r.Connection(p.Conn); c != nil {
			s.side, s.length = p.Side(c), int(p.Segment.Len)
		}
		out = append(out, s)
	}
	return out
}

// stamp is the timestamp option (RFC 7323, Section 3.2).
func (s *segment) stamp() (value, echo uint32, ok bool) {
	for b := s.options; len(b) > 1 && b[0] != 0; {
		if b[0] == 1 {
			b = b[1:]
			continue
		}
		n := int(b[1])
		if n < 2 || n > len(b) {
			break
		}
		if b[0] == 8 && n == 10 {
			return binary.BigEndian.Uint32(b[2:]), binary.BigEndian.Uint32(b[6:]), true
		}
		b = b[n:]
	}
	return 0, 0, false
}
