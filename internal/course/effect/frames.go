package effect

import (
	"bytes"
	"encoding/binary"
	"strings"

	"httpscope/internal/tcp"
)

// datagram makes a UDP packet (RFC 768), without a checksum.
func (s *maker) datagram(p place, data string) {
	const ethernet, ip, udp = 14, 20, 8
	b := make([]byte, ethernet, ethernet+ip+udp+len(data))
	copy(b, []byte{2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0})
	b = append(b, 0x45, 0)
	b = binary.BigEndian.AppendUint16(b, uint16(ip+udp+len(data)))
	b = append(b, 0, 1, 0x40, 0, 64, 17, 0, 0)
	from, to := p.client.Addr().As4(), p.server.Addr().As4()
	b = append(append(b, from[:]...), to[:]...)
	b = binary.BigEndian.AppendUint16(b, p.client.Port())
	b = binary.BigEndian.AppendUint16(b, p.server.Port())
	b = binary.BigEndian.AppendUint16(b, uint16(udp+len(data)))
	s.capture.Frame(append(append(b, 0, 0), data...))
}

// arp makes a question for an address (RFC 826).
func (s *maker) arp() {
	b := append(bytes.Repeat([]byte{0xff}, 6), 2, 0, 0, 0, 0, 2, 8, 6, 0, 1, 8, 0, 6, 4, 0, 1, 2, 0, 0, 0, 0, 2, 10,
		0, 0, 2)
	s.capture.Frame(append(b, 0, 0, 0, 0, 0, 0, 10, 0, 0, 1))
}

// clientHello is a TLS record in which a client begins (RFC 8446, Section 4.1.2)
// and names the server.
func clientHello(name string) string {
	list := vector16("\x00" + vector16(name))
	extensions := vector16("\x00\x00" + vector16(list))
	return handshake(1, "\x03\x03"+strings.Repeat("r", 32)+"\x00"+vector16("\x13\x01")+"\x01\x00"+extensions)
}

// serverHello is a TLS record in which a server answers, without extensions.
func serverHello() string {
	return handshake(2, "\x03\x03"+strings.Repeat("r", 32)+"\x00\x13\x01\x00")
}

func handshake(kind byte, body string) string {
	return "\x16\x03\x01" + vector16(string([]byte{kind, 0})+vector16(body))
}

// vector16 is text after its length in two bytes (RFC 8446, Section 3.4).
func vector16(text string) string {
	return string(binary.BigEndian.AppendUint16(nil, uint16(len(text)))) + text
}

// segments is TCP that conversations do not show: flags of ECN, data with and
// without PSH, one byte, a repetition, a gap, and ends of every kind.
func (s *maker) segments() {
	c := s.conn(s.at(host, 8000))
	c.Segment(0, tcp.SYN|tcp.ECE|tcp.CWR, nil)
	c.Seq[0]++
	c.Segment(1, tcp.SYN|tcp.ACK|tcp.ECE, nil)
	c.Seq[1]++
	c.Segment(0, tcp.ACK, nil)
	for _, part := range []string{"P", "OST /part HTTP/1.1\r\nHost: a\r\n", "\r\n"} {
		c.Segment(0, tcp.ACK, []byte(part))
		c.Segment(0, tcp.ACK|tcp.PSH, []byte(part))
		c.Seq[0] += uint32(len(part))
	}
	c.Segment(1, tcp.FIN|tcp.PSH|tcp.ACK, []byte("HTTP/1.0 200 OK\r\n\r\nx"))
	c.Seq[0] += 5
	c.Segment(0, tcp.ACK|tcp.URG, []byte("behind a gap"))
	c.Segment(0, tcp.RST, nil)
	s.overlap()
	s.reset(tcp.RST|tcp.ACK, 8000)
	s.reset(tcp.FIN, 8000)
}

// overlap makes a request whose last segment repeats the first.
func (s *maker) overlap() {
	c := s.conn(s.at(host, 8000))
	c.Open()
	head, whole := "POST /again HTTP/1.1\r\n", get("POST", "/again", "a", "")
	c.Segment(0, tcp.ACK|tcp.PSH, []byte(head))
	c.Segment(0, tcp.ACK|tcp.PSH, []byte(head))
	c.Segment(0, tcp.ACK|tcp.PSH, []byte(whole))
	c.Seq[0] += uint32(len(whole))
	c.Segment(1, tcp.ACK, nil)
}

// reset makes a connection that a segment without data ends.
func (s *maker) reset(flags tcp.Flags, port uint16) {
	c := s.conn(s.at(host, port))
	c.Segment(0, tcp.SYN, nil)
	c.Segment(1, flags, nil)
}
