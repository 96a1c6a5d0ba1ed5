package filter

import (
	"slices"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/tcp"
	"httpscope/internal/trace"
)

// rule explains why only one of httpscope and Wireshark selects a packet: the
// expression names certain fields, and the packet is of a certain kind.
type rule struct {
	why    string
	fields string // what the names begin with; a field alone with = behind it; any for all
	expr   string // instead of fields: one expression
	holds  func(x *exam, row *Subject, ours bool) bool
}

// rules, of which the first that holds counts. A row is nil when Wireshark
// counts more packets.
var rules = []rule{
	{why: "Wireshark numbers blocks of a file that it does not know as packets", fields: "any",
		holds: func(x *exam, _ *Subject, _ bool) bool { return x.theirs != len(x.rows) }},
	{why: "Wireshark 4.0 finds no unsigned field greater than a negative number", expr: "http.response.code > -1",
		holds: func(_ *exam, _ *Subject, ours bool) bool { return ours }},
	{why: "a packet without a time, or with one beyond the year 2262",
		fields: "frame tcp.time_delta tcp.time_relative tcp.analysis",
		holds:  func(x *exam, row *Subject, _ bool) bool { return row.P.Nano == 0 || x.before(row).Nano == 0 }},
	{why: "a tunnel: Wireshark has the fields of each header around the innermost too", fields: "ip ipv6",
		holds: func(_ *exam, row *Subject, _ bool) bool { return row.P.Tunnel != "" }},
	{why: "an ICMP error quotes the headers of a packet, and they count for Wireshark", fields: "ip ipv6 tcp",
		holds: skipped("icmp")},
	{why: "Wireshark shows what an ICMP echo carries as data", fields: "data", holds: skipped("icmp")},
	{why: "sFlow carries packets within UDP", fields: "any",
		holds: func(x *exam, row *Subject, ours bool) bool { return row.P.Skip == "udp" && port(row.P, 6343) }},
	{why: "HTTP over UDP, which SSDP is", fields: "http",
		holds: func(x *exam, row *Subject, ours bool) bool {
			return row.P.Skip == "udp" && !ours && port(row.P,
				1900)
		}},
	{why: "Wireshark shows what UDP carries as data", fields: "data", holds: skipped("udp")},
	{why: "Wireshark shows fragments of an IP packet as data", fields: "data", holds: skipped("fragment")},
	{why: "a message of which bytes are missing, or whose end is", fields: "http data", holds: unfinished},
	{why: "a document without a status line is a response", fields: "http data",
		holds: func(_ *exam, row *Subject, ours bool) bool {
			return ours && row.some(func(m *trace.Message) bool { return m.Head == nil })
		}},
	{why: "Wireshark decodes content codings", fields: "http.file_data data",
		holds: func(_ *exam, row *Subject, ours bool) bool {
			return !ours && row.some(func(m *trace.Message) bool {
				return m.Head != nil &&
					m.Head.Has(httpdecode.FieldContentEncoding)
			})
		}},
	{why: "Wireshark keeps a FIN's bytes that end a body out of tcp.payload", fields: "tcp.payload",
		holds: func(_ *exam, row *Subject, ours bool) bool {
			return ours && row.P.Segment.Flags&tcp.FIN != 0 && len(row.With) > 0
		}},
	{why: "Wireshark counts what a SOCKS server relays as connections of their own", fields: "tcp.stream",
		holds: func(x *exam, _ *Subject, _ bool) bool { return x.relays() }},
	{why: "a segment before its side's SYN, which Wireshark counts from the SYN afterwards",
		fields: "tcp.seq tcp.nxtseq tcp.window_size", holds: (*exam).beforeSYN},
	{why: "a SYN that answers one and follows a reset: Wireshark calls the ports reused",
		fields: "tcp.analysis.reused_ports", holds: func(_ *exam, row *Subject, ours bool) bool {
			return !ours && row.P.Segment.Flags&(tcp.SYN|tcp.ACK) == tcp.SYN|tcp.ACK
		}},
	{why: "a packet that was captured twice, on two interfaces, is sent again for both, but what it acknowledges is not", fields: "tcp.analysis", holds: (*exam).capturedTwice},
	{why: "a SYN that was captured behind the segment that answers it begins another connection for Wireshark's analysis", fields: "tcp.analysis", holds: (*exam).lateSYN},
	{why: "packets that do not stand in the order of their times are read in that order, and by Wireshark as they stand",
		fields: "http data tcp.time_delta tcp.time_relative tcp.analysis",
		holds:  func(x *exam, _ *Subject, _ bool) bool { return x.rec.Summary.Disordered > 0 }},
	{why: "Wireshark reads no segment again that it takes for sent again, and shows some twice", fields: "http",
		holds: func(_ *exam, row *Subject, ours bool) bool {
			return row.P.Segment.Notes&tcp.Retransmission != 0
		}},
	{why: "the other message of the exchange ends in a packet that ends none for Wireshark",
		fields: "http.response_in http.request_in http.response_for http.time", holds: (*exam).otherMissing},
	{why: "Wireshark remembers one request of those that wait for an answer", fields: counts,
		holds: func(x *exam, row *Subject, _ bool) bool { return x.onConnection(row, found("pipelined")) }},
	{why: "Wireshark counts a response that it shows twice, or an interim one, as an exchange of its own",
		fields: counts, holds: func(x *exam, row *Subject, _ bool) bool {
			return x.onConnection(row, func(y *trace.Exchange) bool { return len(y.Interim) > 0 }) || x.shownTwice(row)
		}},
	{why: "Wireshark gives a response without a request the request before", fields: counts,
		holds: func(_ *exam, row *Subject, ours bool) bool {
			return !ours && row.with(func(y *trace.Exchange) bool { return y.Request == nil })
		}},
	{why: "the bytes of every message in a packet begin, for Wireshark, with those of the first", fields: "http=",
		holds: func(x *exam, row *Subject, _ bool) bool { return x.onConnection(row, found("pipelined")) }},
	{why: "Wireshark shows HTTP in every packet of a tunnel, a WebSocket or another upgrade, and reads what it carries", fields: "http tls data", holds: switched},
	{why: "Wireshark shows the parts of a multipart body, and what IPP prints, as data", fields: "data", holds: parts},
	{why: "Wireshark knows no HTTP on the connection, which its port or its first bytes make another protocol for it",
		fields: "http data tls", holds: (*exam).notHTTP},
	{why: "Wireshark tells by the port what a connection of no known protocol is", fields: "data tls",
		holds: func(_ *exam, row *Subject, _ bool) bool {
			return row.Conn != nil && row.Conn.Protocol == trace.OtherProtocol
		}},
	{why: "Wireshark shows bytes of no whole message as HTTP and as data: after a gap, before the first message, between messages", fields: "http data", holds: bare},
	{why: "where a segment is missing or came late Wireshark waits for the end of what was lost, and httpscope for the beginning of a message", fields: "http data", holds: func(x *exam, row *Subject, ours bool) bool { return ours && len(row.With) > 0 && x.lost(row) }},
	{why: "a method that Wireshark does not know", fields: "http", holds: func(_ *exam, row *Subject, ours bool) bool {
		return row.some(func(m *trace.Message) bool { return m.Head != nil && m.Head.Method == "QUERY" })
	}},
	{why: "an urgent byte, which is one of the stream and is none for Wireshark", fields: "http data",
		holds: func(x *exam, row *Subject, _ bool) bool {
			return slices.ContainsFunc(x.rows,
				func(s *Subject) bool { return s.P.Conn == row.P.Conn && s.P.Segment.Flags&flagURG != 0 })
		}},
	{why: "lenient readers mend a head in different ways", fields: "http data",
		holds: func(x *exam, row *Subject, _ bool) bool {
			return x.onConnection(row, found("obs-fold field-no-colon start-line-whitespace target-missing te-and-content-length content-length-invalid chunk-extension"))
		}},
}

// skipped is packets without TCP, for a reason, that Wireshark selects or that
// lack what an expression excludes.
func skipped(why string) func(*exam, *Subject, bool) bool {
	return func(_ *exam, row *Subject, _ bool) bool { return row.P.Skip == why }
}

// port reports whether a UDP packet comes from a port or goes there.
func port(p *trace.Packet, n uint64) bool {
	header := 40
	if ipHeader(p.IP, 4) != nil {
		header = int(p.IP[0]&15) * 4
	}
	return len(p.IP) >= header+4 && (word(p.IP, header) == n || word(p.IP, header+2) == n)
}

// some reports whether a message that ends in the packet is of a kind.
func (s *Subject) some(is func(m *trace.Message) bool) bool {
	return slices.ContainsFunc(s.With, func(w Subject) bool { return is(w.M) })
}

// flagURG is of RFC 9293, Section 3.1, too.
const flagURG = 32

// bare is packets with bytes that are of no whole message.
func bare(x *exam, row *Subject, ours bool) bool {
	beside := row.Conn != nil && slices.ContainsFunc(row.Conn.Findings,
		func(f trace.Finding) bool { return f.Code == "not-a-message" })
	return len(row.P.Payload) > 0 && (len(row.With) == 0 || !ours && (beside || x.lost(row)))
}

// lateSYN reports a connection whose SYN was captured behind another packet of it.
func (x *exam) lateSYN(row *Subject, _ bool) bool {
	began := false
	for _, s := range x.rows {
		if s.P.Conn != row.P.Conn {
			continue
		}
		if began && s.P.Segment.Flags&(tcp.SYN|tcp.ACK) == tcp.SYN {
			return true
		}
		began = true
	}
	return false
}

// capturedTwice reports a connection of which a packet comes twice, with the same identification of IP.
func (x *exam) capturedTwice(row *Subject, _ bool) bool {
	seen := map[string]int{}
	for _, s := range x.rows {
		if s.P.Conn == row.P.Conn && len(s.P.IP) > 0 {
			seen[string(s.P.IP)]++
		}
	}
	twice := 0
	for _, n := range seen {
		if n > 1 {
			twice++
		}
	}
	return twice > len(seen)/2
}

// lost reports a connection of which segments were not captured, or came late.
func (x *exam) lost(row *Subject) bool {
	return row.Conn != nil && (row.Conn.GapBytes > 0 ||
		slices.ContainsFunc(x.rows, func(s *Subject) bool {
			return s.P.Conn == row.P.Conn &&
				s.P.Segment.Notes&tcp.LostSegment != 0
		}))
}

// shownTwice reports a connection of which Wireshark shows a message in a
// packet that repeats one.
func (x *exam) shownTwice(row *Subject) bool {
	return slices.ContainsFunc(x.ends, func(n int64) bool {
		p := x.rows[n-1].P
		return p.Conn == row.P.Conn && p.Segment.Notes&tcp.Retransmission != 0
	})
}

func unfinished(_ *exam, row *Subject, _ bool) bool {
	return row.some(func(m *trace.Message) bool { return !m.Complete })
}

// before is the packet before a packet, or that itself.
func (x *exam) before(row *Subject) *trace.Packet { return x.rows[max(row.P.Number-2, 0)].P }

// relays reports whether a client speaks SOCKS, versions 4 and 5.
func (x *exam) relays() bool {
	return slices.ContainsFunc(x.rows, func(s *Subject) bool {
		return len(s.P.Payload) > 2 && s.P.Dst.Port() == 1080 && (s.P.Payload[0] == 4 || s.P.Payload[0] == 5)
	})
}

func (x *exam) beforeSYN(row *Subject, _ bool) bool {
	return slices.ContainsFunc(x.rows[row.P.Number-1:], func(s *Subject) bool {
		return s.P.Conn == row.P.Conn && s.P.Segment.Dir == row.P.Segment.Dir && s.P.Segment.Flags&tcp.SYN != 0
	})
}

// counts are the fields that rest on which request a response answers.
const counts = "http.request_in http.time http.request_number http.response_number http.response_in http.response_for"

// found is exchanges with one of some findings.
func found(codes string) func(x *trace.Exchange) bool {
	return func(x *trace.Exchange) bool {
		return slices.ContainsFunc(x.Findings,
			func(f trace.Finding) bool { return slices.Contains(strings.Fields(codes), f.Code) })
	}
}

// with reports whether a message that ends in the packet is of an exchange of a kind.
func (s *Subject) with(is func(x *trace.Exchange) bool) bool {
	return slices.ContainsFunc(s.With, func(w Subject) bool { return is(w.X) })
}

// onConnection reports whether the packet's connection has an exchange of a kind.
func (x *exam) onConnection(row *Subject, is func(y *trace.Exchange) bool) bool {
	return row.Conn != nil && slices.ContainsFunc(x.rec.ExchangesOf(row.P.Conn), is)
}

// otherMissing reports an exchange of whose messages Wireshark sees one only.
func (x *exam) otherMissing(row *Subject, ours bool) bool {
	return ours && row.with(func(y *trace.Exchange) bool {
		for m := range y.Messages() {
			if !slices.Contains(x.ends, Ended(m).Packet) {
				return true
			}
		}
		return false
	})
}

// switched is packets of a connection that was or asked to be handed to another protocol.
func switched(x *exam, row *Subject, _ bool) bool {
	return x.onConnection(row, func(y *trace.Exchange) bool {
		return y.Request != nil && y.Request.Head != nil && y.Request.Head.Method == "CONNECT" || y.Response != nil &&
			y.Response.Head != nil && y.Response.Head.Status == 101
	})
}

func parts(_ *exam, row *Subject, ours bool) bool {
	return !ours && row.some(func(m *trace.Message) bool {
		if m.Head == nil {
			return false
		}
		kind, _ := m.Head.Lookup(httpdecode.FieldContentType)
		return strings.HasPrefix(kind, "multipart/") || kind == "application/ipp"
	})
}

// notHTTP reports messages on a connection of which Wireshark shows no packet as HTTP.
func (x *exam) notHTTP(row *Subject, ours bool) bool {
	if row.Conn == nil || row.Conn.Exchanges == 0 {
		return false
	}
	return !slices.ContainsFunc(x.shows,
		func(n int64) bool { return n <= int64(len(x.rows)) && x.rows[n-1].P.Conn == row.P.Conn })
}
