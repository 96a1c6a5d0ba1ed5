package effect

import (
	"bytes"
	"cmp"
	"fmt"
	"net/netip"
	"strings"
	"time"

	"httpscope/httpdecode"
	"httpscope/internal/recording"
	"httpscope/internal/synth"
)

// maker makes a capture of conversations.
type maker struct {
	buffer  bytes.Buffer
	capture *synth.Capture
	port    uint16
}

// begin is the date of made traffic: fixed, so that answers are repeatable.
var begin = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

func newMaker() *maker {
	s := &maker{port: 40000}
	s.capture = synth.NewCapture(&s.buffer, begin)
	return s
}

// traffic reads what was made. It is our own and cannot be damaged.
func (s *maker) traffic() *Traffic {
	r, err := recording.Read(&s.buffer, 0)
	if err != nil {
		panic("effect: made traffic cannot be read: " + err.Error())
	}
	return Of(r)
}

// place is where a conversation takes place.
type place struct{ client, server netip.AddrPort }

var (
	loopback  = netip.MustParseAddr("127.0.0.1")
	neighbour = netip.MustParseAddr("10.0.0.2")
	host      = netip.MustParseAddr("10.0.0.1")

	neighbour6 = netip.MustParseAddr("fd00::2")
	host6      = netip.MustParseAddr("fd00::1")
)

// at is a place with a client port of its own.
func (s *maker) at(server netip.Addr, port uint16) place {
	s.port++
	client := neighbour
	switch {
	case server == loopback:
		client = loopback
	case server.Is6():
		client = neighbour6
	}
	return place{netip.AddrPortFrom(client, s.port), netip.AddrPortFrom(server, port)}
}

// conn begins a connection; nothing of it is captured yet.
func (s *maker) conn(p place) *synth.Conn {
	return s.capture.Conn(p.client, p.server, s.initial())
}

// initial are initial sequence numbers far from all before them, so that ports
// can be used again (RFC 9293, Section 3.4.1).
func (s *maker) initial() [2]uint32 {
	n := uint32(s.capture.Packets())
	return [2]uint32{n * 100_003, n * 200_003}
}

// talk makes a connection in which client and server speak in turn. A saying
// with \x00 in it is sent in as many segments.
func (s *maker) talk(p place, sayings ...string) {
	c := s.conn(p)
	c.Open()
	for i, saying := range sayings {
		for _, part := range strings.Split(saying, "\x00") {
			c.Send(i%2, []byte(part))
		}
	}
	c.Close(1)
}

// shake makes a connection of TLS records, in turn.
func (s *maker) shake(p place, records ...string) {
	c := s.conn(p)
	c.Open()
	for i, r := range records {
		c.Send(i%2, []byte(r))
	}
}

// get makes a request without a body; more are further fields with line ends.
func get(method, target, hostField, more string) string {
	return method + " " + target + " HTTP/1.1\r\nHost: " + hostField + "\r\n" + more + "\r\n"
}

// post makes a request with a body, in a segment of its own when split.
func post(target, body string, split bool) string {
	between := ""
	if split {
		between = "\x00"
	}
	return fmt.Sprintf("POST %s HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s%s", target, len(body), between, body)
}

// answer makes a response with a length.
func answer(status int, body, more string) string {
	return fmt.Sprintf("HTTP/1.1 %d %s\r\nContent-Length: %d\r\n%s\r\n%s", status, phrase(status), len(body), more,
		body)
}

// phrase is the reason phrase of a status (RFC 9110, Section 15).
func phrase(status int) string { return cmp.Or(httpdecode.StatusText(status), "Unknown") }
