package filter

import (
	"encoding/binary"

	"httpscope/internal/tcp"
	"httpscope/internal/trace"
)

// tcpFields are those of TCP headers (RFC 9293, Section 3.1), and what
// reassembly says of segments.
func tcpFields() []field {
	f := []field{
		packet("tcp.len", Unsigned32, func(r *row, p *trace.Packet) {
			switch {
			case p.Conn >= 0:
				r.push(number(uint64(p.Segment.Len)))
			case p.Skip == "":
				r.push(number(uint64(len(p.Payload))))
			}
		}),
		packet("tcp.seq", Unsigned32, func(r *row, p *trace.Packet) {
			if p.Skip == "" && p.Conn >= 0 {
				r.push(number(uint64(uint32(p.Segment.Offset + 1))))
			} else {
				pushSequence(r, p)
			}
		}),
		packet("tcp.seq_raw", Unsigned32, pushSequence),
		segment("tcp.nxtseq", Unsigned32, nextSeq),
		segment("tcp.ack", Unsigned32, relativeAck),
		tcpHeader("tcp.ack_raw", Unsigned32, func(h []byte) uint64 { return bigEndian(h[8:12]) }),
		tcpHeader("tcp.hdr_len", Unsigned8, func(h []byte) uint64 { return uint64(h[12]>>4) * 4 }),
		in(inHex, tcpHeader("tcp.flags", Unsigned16, func(h []byte) uint64 { return word(h, 12) & 0xfff })),
		tcpHeader("tcp.window_size_value", Unsigned16, func(h []byte) uint64 { return word(h, 14) }),
		segment("tcp.window_size", Unsigned32, window),
		in(inHex, tcpHeader("tcp.checksum", Unsigned16, func(h []byte) uint64 { return word(h, 16) })),
		tcpHeader("tcp.urgent_pointer", Unsigned16, func(h []byte) uint64 { return word(h, 18) }),
	}
	for i, flag := range []string{"fin", "syn", "reset", "push", "ack", "urg", "ece", "cwr"} {
		f = append(f, tcpHeader("tcp.flags."+flag, Boolean, func(h []byte) uint64 { return uint64(h[13] >> i & 1) }))
	}
	return append(append(append(f, optionFields()...), clockFields()...), noteFields()...)
}

// pushSequence pushes the number in the header, which every quote has.
func pushSequence(r *row, p *trace.Packet) {
	if h := tcps(p); h != nil {
		r.push(number(bigEndian(h[4:8])))
	}
}

// tcpHeader makes a field that the header alone tells, of every TCP segment and
// every one that is quoted so far.
func tcpHeader(name string, t Type, get func(h []byte) uint64) field {
	return packet(name, t, func(r *row, p *trace.Packet) {
		if h := tcps(p); len(h) >= shortestTCP {
			r.push(number(get(h)))
		}
	})
}

// segment makes a field that rests on the connection of a TCP segment.
func segment(name string, t Type, get func(p *trace.Packet) uint64) field {
	return packet(name, t, func(r *row, p *trace.Packet) {
		if p.Skip == "" && p.Conn >= 0 {
			r.push(number(get(p)))
		}
	})
}

// nextSeq counts SYN and FIN as a byte each (RFC 9293, Section 3.4).
func nextSeq(p *trace.Packet) uint64 {
	next := p.Segment.Offset + 1 + int64(p.Segment.Len)
	if p.Segment.Flags&(tcp.SYN|tcp.FIN) != 0 {
		next++
	}
	return uint64(uint32(next))
}

func relativeAck(p *trace.Packet) uint64 {
	switch {
	case p.Segment.Flags&tcp.ACK == 0:
		return 0
	case p.Segment.Acked < 0:
		return 1
	}
	return uint64(uint32(p.Segment.Acked + 1))
}

// window is scaled in all segments but those with SYN (RFC 7323, Section 2.2).
func window(p *trace.Packet) uint64 {
	w := uint64(p.Segment.Window)
	if p.Segment.Flags&tcp.SYN == 0 && p.Shift > 0 {
		w <<= p.Shift
	}
	return w
}

// optionFields are those of TCP options.
func optionFields() []field {
	return []field{
		packet("tcp.options", Bytes, func(r *row, p *trace.Packet) {
			if o := options(p); len(o) > 0 {
				r.push(text(string(o)))
			}
		}),
		option("tcp.options.mss_val", Unsigned16, 2, 0, 2),
		option("tcp.options.wscale.shift", Unsigned8, 3, 0, 1),
		option("tcp.options.timestamp.tsval", Unsigned32, 8, 0, 4),
		option("tcp.options.timestamp.tsecr", Unsigned32, 8, 4, 8),
		packet("tcp.payload", Bytes, func(r *row, p *trace.Packet) {
			if len(p.Payload) > 0 {
				r.push(value{b: p.Payload})
			}
		}),
	}
}

// options are the TCP options of a segment.
func options(p *trace.Packet) []byte {
	h := tcps(p)
	if len(h) < shortestTCP {
		return nil
	}
	return h[shortestTCP:max(shortestTCP, min(int(h[12]>>4)*4, len(h)))]
}

// option makes a field of the bytes [from, to) of an option of a kind.
func option(name string, t Type, kind byte, from, to int) field {
	return packet(name, t, func(r *row, p *trace.Packet) {
		for o := options(p); len(o) > 1 && o[0] != 0; {
			n := 1
			if o[0] != 1 {
				n = int(o[1])
			}
			switch {
			case n < 1 || n > len(o) || o[0] != 1 && n < 2:
				return
			case o[0] == kind && n >= 2+to:
				r.push(number(bigEndian(o[2+from : 2+to])))
			}
			o = o[n:]
		}
	})
}

func bigEndian(b []byte) uint64 {
	var whole [8]byte
	copy(whole[8-len(b):], b)
	return binary.BigEndian.Uint64(whole[:])
}

// clockFields are times within a connection.
func clockFields() []field {
	return []field{
		packet("tcp.time_relative", TimeOffset, func(r *row, p *trace.Packet) {
			if p.Conn >= 0 {
				r.push(signed(p.SinceOpen))
			}
		}),
		packet("tcp.time_delta", TimeOffset, func(r *row, p *trace.Packet) {
			if p.Conn >= 0 {
				r.push(signed(p.SinceSegment))
			}
		}),
	}
}

// noteFields are Wireshark's names for what the analysis says of segments.
func noteFields() []field {
	var all []field
	for _, n := range []struct{ name, word string }{
		{"retransmission", "retransmission"},
		{"fast_retransmission", "fast-retransmission"},
		{"spurious_retransmission", "spurious-retransmission"},
		{"out_of_order", "out-of-order"},
		{"lost_segment", "lost-segment"},
		{"ack_lost_segment", "acked-lost-segment"},
		{"duplicate_ack", "duplicate-ack"},
		{"keep_alive", "keep-alive"},
		{"keep_alive_ack", "keep-alive-ack"},
		{"window_update", "window-update"},
		{"window_full", "window-full"},
		{"zero_window", "zero-window"},
		{"zero_window_probe", "zero-window-probe"},
		{"zero_window_probe_ack", "zero-window-probe-ack"},
		{"reused_ports", "port-reuse"},
	} {
		note := tcp.NoteOf(n.word)
		all = append(all, label("tcp.analysis."+n.name,
			func(p *trace.Packet) bool { return p.Segment.Notes&note != 0 }))
	}
	all = append(all, measureFields()...)
	return append(all,
		flags("tcp.connection.syn", tcp.SYN|tcp.ACK, tcp.SYN),
		flags("tcp.connection.synack", tcp.SYN|tcp.ACK, tcp.SYN|tcp.ACK),
		flags("tcp.connection.fin", tcp.FIN, tcp.FIN),
		flags("tcp.connection.rst", tcp.RST, tcp.RST))
}

// measureFields are Wireshark's names for what the analysis measures.
func measureFields() []field {
	f := []field{label("tcp.analysis.flags", func(p *trace.Packet) bool {
		return p.Segment.Notes&(tcp.Analysed|tcp.PortReuse) != 0
	})}
	for _, m := range []struct {
		name string
		kind Type
		get  func(*trace.Measures) int64
	}{
		{"ack_rtt", TimeOffset, func(m *trace.Measures) int64 {
			if m.Acks == 0 {
				return 0
			}
			return m.AckRTT
		}},
		{"acks_frame", FrameNumber, func(m *trace.Measures) int64 { return m.Acks }},
		{"initial_rtt", TimeOffset, func(m *trace.Measures) int64 { return m.InitialRTT }},
		{"bytes_in_flight", Unsigned32, func(m *trace.Measures) int64 { return m.InFlight }},
		{"push_bytes_sent", Unsigned32, func(m *trace.Measures) int64 { return m.PushedSoFar }},
		{"duplicate_ack_num", Unsigned32, func(m *trace.Measures) int64 { return m.Duplicate }},
		{"duplicate_ack_frame", FrameNumber, func(m *trace.Measures) int64 { return m.DuplicateOf }},
		{"rto", TimeOffset, func(m *trace.Measures) int64 { return m.RTO }},
		{"rto_frame", FrameNumber, func(m *trace.Measures) int64 {
			if m.RTO == 0 {
				return 0
			}
			return m.RTOFrom
		}},
	} {
		f = append(f, packet("tcp.analysis."+m.name, m.kind, func(r *row, p *trace.Packet) {
			if n := m.get(&p.Measures); n != 0 && p.Conn >= 0 {
				r.push(signed(n))
			}
		}))
	}
	return f
}

// flags makes a label of segments whose flags, of some, are these.
func flags(name string, of, are tcp.Flags) field {
	return packet(name, Label, func(r *row, p *trace.Packet) {
		if h := tcps(p); len(h) >= shortestTCP && tcp.Flags(h[13])&of == are {
			r.push(number(1))
		}
	})
}

// label makes a field that is there or not.
func label(name string, there func(p *trace.Packet) bool) field {
	return packet(name, Label, func(r *row, p *trace.Packet) {
		if p.Conn >= 0 && there(p) {
			r.push(number(1))
		}
	})
}
