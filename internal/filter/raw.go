package filter

import (
	"encoding/binary"
	"strconv"
	"strings"
	"sync"

	"httpscope/internal/trace"
)

// encoding is how the bytes that a field was sent as, which @field asks for,
// follow from its values.
type encoding uint8

const (
	computed     encoding = iota // it was not sent: there are no bytes
	asValue                      // text and bytes, as they are
	networkOrder                 // a number or an address, in network byte order
	inHeader                     // a place in a header, with the other bits of its bytes
	ownBytes                     // get of the encoded field pushes them
)

// encoded is how the bytes of a field are found.
type encoded struct {
	encoding
	header  func(p *trace.Packet) [2][]byte // of inHeader
	at, len int                             // of inHeader; len 0 is up to the end
	get     func(r *row, p *part)           // of ownBytes
}

// rawField pushes for each value of a field the bytes that it was sent as. What
// is computed and not sent has none: an empty value.
func (r *row) rawField(f *field) {
	e := encodings()[f.Name]
	for i := range r.parts {
		p := &r.parts[i]
		if !f.concerns(p) {
			continue
		}
		switch {
		case e.encoding == ownBytes:
			e.get(r, p)
		case e.encoding == inHeader && p.row != nil:
			r.headerBytes(&e, p.row)
		default:
			base := len(r.values)
			f.get(r, p)
			f.encode(e.encoding, r.values[base:])
		}
	}
}

func (r *row) headerBytes(e *encoded, p *trace.Packet) {
	for _, h := range e.header(p) {
		to := e.at + e.len
		if e.len == 0 {
			to = len(h)
		}
		if h != nil && to <= len(h) {
			r.push(value{b: h[e.at:to]})
		}
	}
}

// encode makes bytes of values.
func (f *field) encode(e encoding, values []value) {
	for i := range values {
		v := &values[i]
		switch {
		case e == asValue:
		case e == networkOrder && f.Type.address():
			*v = text(string(v.addr(f.Type).AsSlice()))
		case e == networkOrder:
			var b [8]byte
			binary.BigEndian.PutUint64(b[:], v.n)
			*v = text(string(b[8-f.hexDigits()/2:]))
		default:
			*v = value{}
		}
	}
}

// Places of fields in headers: name, offset and length of its bytes.
const (
	inEthernet = "eth 0 0 eth.type 12 2"
	inIPv4     = `ip 0 0 ip.hdr_len 0 1 ip.dsfield 1 1 ip.dsfield.dscp 1 1 ip.dsfield.ecn 1 1 ip.len 2 2 ip.id 4 2
		ip.flags 6 1 ip.flags.rb 6 1 ip.flags.df 6 1 ip.flags.mf 6 1 ip.frag_offset 6 2 ip.ttl 8 1 ip.proto 9 1
		ip.checksum 10 2`
	inIPv6 = "ipv6 0 0 ipv6.version 0 1 ipv6.tclass 0 4 ipv6.flow 1 3 ipv6.plen 4 2 ipv6.nxt 6 1 ipv6.hlim 7 1"
	inTCP  = `tcp 0 0 tcp.seq 4 4 tcp.seq_raw 4 4 tcp.ack 8 4 tcp.ack_raw 8 4 tcp.hdr_len 12 1 tcp.flags 12 2
		tcp.flags.fin 13 1 tcp.flags.syn 13 1 tcp.flags.reset 13 1 tcp.flags.push 13 1 tcp.flags.ack 13 1
		tcp.flags.urg 13 1 tcp.flags.ece 13 1 tcp.flags.cwr 13 1 tcp.window_size_value 14 2 tcp.window_size 14 2
		tcp.checksum 16 2 tcp.urgent_pointer 18 2`
	inUDP = "udp 0 0 udp.length 4 2 udp.checksum 6 2"
)

// sentAsNumbers are what stands in a packet as the number or address that it is.
const sentAsNumbers = `tcp.port tcp.srcport tcp.dstport udp.port udp.srcport udp.dstport
	ip.src ip.dst ip.addr ipv6.src ipv6.dst ipv6.addr
	tcp.options.mss_val tcp.options.wscale.shift tcp.options.timestamp.tsval tcp.options.timestamp.tsecr
	tls.record.content_type tls.record.opaque_type tls.record.version tls.record.length
	tls.handshake.type tls.handshake.length tls.handshake.version tls.handshake.ciphersuite`

// notSent is text that is put together, in the order of its names.
const notSent = "http.request.full_uri http.response_for.uri http.proxy_connect_host frame.protocols"

// encodings are made once and never change.
var encodings = sync.OnceValue(makeEncodings)

// makeEncodings says of every field how its bytes are found.
func makeEncodings() map[string]encoded {
	all := map[string]encoded{}
	for name, f := range catalogue() {
		if f.Type == String || f.Type == Bytes || f.Type == Protocol {
			all[name] = encoded{encoding: asValue}
		}
	}
	for name := range strings.FieldsSeq(notSent) {
		all[name] = encoded{}
	}
	for name := range strings.FieldsSeq(sentAsNumbers) {
		all[name] = encoded{encoding: networkOrder}
	}
	for _, name := range headers {
		all[headerName(name)] = encoded{encoding: ownBytes, get: linesOf(name)}
	}
	addPlaces(all, inEthernet, func(p *trace.Packet) [2][]byte { return [2][]byte{etherHeader(p)} })
	addPlaces(all, inIPv4, func(p *trace.Packet) [2][]byte { return eachHeader(ips(p, 4)) })
	addPlaces(all, inIPv6, func(p *trace.Packet) [2][]byte { return eachHeader(ips(p, 6)) })
	addPlaces(all, inUDP, func(p *trace.Packet) [2][]byte { return [2][]byte{udpHeaderOnly(udps(p))} })
	addPlaces(all, inTCP, func(p *trace.Packet) [2][]byte { return [2][]byte{tcpHeaderOnly(tcps(p))} })
	for name, get := range ownEncodings() {
		all[name] = encoded{encoding: ownBytes, get: get}
	}
	return all
}

func addPlaces(all map[string]encoded, list string, header func(p *trace.Packet) [2][]byte) {
	words := strings.Fields(list)
	for i := 0; i < len(words); i += 3 {
		at, _ := strconv.Atoi(words[i+1])
		n, _ := strconv.Atoi(words[i+2])
		all[words[i]] = encoded{encoding: inHeader, header: header, at: at, len: n}
	}
}

// ownEncodings are fields whose bytes are neither their value nor in a header.
func ownEncodings() map[string]func(*row, *part) {
	status := func(r *row, p *part) {
		if s := p.m.Head.Status; s > 0 {
			r.push(text(strconv.Itoa(s)))
		}
	}
	return map[string]func(*row, *part){
		"http":                       func(r *row, p *part) { r.push(text(p.head())) },
		"http.response.code":         status,
		"http.response.code.desc":    status,
		"http.content_length":        linesOf("content-length"),
		"http.content_length_header": linesOf("content-length"),
		"http.chunk_size":            pushChunkLines,
		"ip.version":                 pushFirstBytes,
		"urlencoded-form.key":        func(r *row, p *part) { r.pairs(p, rawName) },
		"urlencoded-form.value":      func(r *row, p *part) { r.pairs(p, rawValue) },
	}
}

// head is the head of a message as it was sent, "" without one.
func (p *part) head() string {
	if p.m.Head == nil {
		return ""
	}
	return p.m.Head.AsSent()
}

// linesOf pushes the lines of a field of the head, with their ends.
func linesOf(name string) func(*row, *part) {
	return func(r *row, p *part) {
		if p.m.Head == nil {
			return
		}
		for i := range p.m.Head.Fields {
			if f := &p.m.Head.Fields[i]; strings.EqualFold(f.Name, name) {
				r.push(text(p.m.Head.FieldAsSent(f)))
			}
		}
	}
}

// pushChunkLines pushes the lines before chunks.
func pushChunkLines(r *row, p *part) {
	for i := range p.m.Chunks {
		r.push(text(p.m.Chunks[i].Header()))
	}
	if p.ofChunks() {
		r.push(text(p.m.LastHeader()))
	}
}

// pushFirstBytes pushes the first byte of IP headers of both versions.
func pushFirstBytes(r *row, p *part) {
	for _, version := range []byte{4, 6} {
		for _, h := range ips(p.row, version) {
			if h != nil {
				r.push(value{b: h[:1]})
			}
		}
	}
}

// eachHeader cuts IP packets to their headers.
func eachHeader(packets [2][]byte) [2][]byte {
	for i, h := range packets {
		switch {
		case h == nil:
		case h[0]>>4 == 4:
			packets[i] = h[:min(len(h), max(shortest4, int(h[0]&15)*4))]
		default:
			packets[i] = h[:shortest6]
		}
	}
	return packets
}

// tcpHeaderOnly cuts a segment to its header.
func tcpHeaderOnly(h []byte) []byte {
	if len(h) < shortestTCP {
		return h
	}
	return h[:min(len(h), max(shortestTCP, int(h[12]>>4)*4))]
}

// udpHeaderOnly cuts a datagram to its header.
func udpHeaderOnly(h []byte) []byte { return h[:min(len(h), udpHeaderLen)] }
