//go:build linux || darwin

package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"os"
	"strings"

	"github.com/andybalholm/brotli"

	"httpscope/internal/synth"
	"httpscope/internal/tcp"
)

// strangers makes traffic as people who do not know each other make it: a visitor has a
// jar, a few pages to look at and a connection that lives long or is closed at once;
// what the visitors send lies between each other's, packet by packet, and some of it is
// sent again, or lost by the capture.
type strangers struct {
	capture *synth.Capture
	rng     *rand.Rand
	text    []byte
	coded   map[string][][]byte // bodies in a content coding
	made    int                 // visitors so far
	written int                 // bytes of TCP payload
}

// visitors is how many visit at a time.
const visitors = 80

// writeStrangers writes visits until the capture has the wanted size.
func writeStrangers(f *os.File, megabytes int) (int64, error) {
	w := bufio.NewWriterSize(f, 1<<20)
	s, err := newStrangers(synth.NewCapture(w, epoch))
	if err != nil {
		return 0, err
	}
	at := make([]*visitor, visitors)
	for s.written < megabytes<<20 && s.capture.Err() == nil {
		i := s.rng.IntN(len(at))
		if at[i] == nil {
			at[i] = s.visitor()
		}
		if !at[i].act() {
			at[i] = nil
		}
	}
	if err := s.capture.Err(); err != nil {
		return 0, err
	}
	return s.capture.Packets(), w.Flush()
}

func newStrangers(c *synth.Capture) (*strangers, error) {
	s := &strangers{capture: c, rng: rand.New(rand.NewPCG(5, 6)), coded: map[string][][]byte{}}
	s.text = []byte(strings.Repeat(
		"<p>It was a bright cold day in April, and the clocks were striking thirteen.</p>\n", 2000))
	for size := 500; size <= len(s.text); size *= 2 {
		page := bytes.Clone(s.text[:size])
		for i := range page { // what a page says differs, or a coding would leave nothing of it
			if s.rng.IntN(4) == 0 {
				page[i] = 'a' + byte(s.rng.IntN(26))
			}
		}
		var zipped, brotlied bytes.Buffer
		z, b := gzip.NewWriter(&zipped), brotli.NewWriter(&brotlied)
		z.Write(page)
		b.Write(page)
		if err := z.Close(); err != nil {
			return nil, err
		}
		if err := b.Close(); err != nil {
			return nil, err
		}
		s.coded["gzip"] = append(s.coded["gzip"], zipped.Bytes())
		s.coded["br"] = append(s.coded["br"], brotlied.Bytes())
	}
	return s, nil
}

// visitor is one of them on one connection.
type visitor struct {
	*strangers
	conn    *synth.Conn
	host    string
	agent   string
	cookies []string // name=value
	left    int      // exchanges until the connection ends
	pending []sending
	resume  int // where the download goes on
}

// sending is what is to be sent in one direction.
type sending struct {
	dir  int
	data []byte
}

// visitor comes on a connection for one exchange or for many, from an address of its own
// or, one in four, from one of a few that visitors share.
func (s *strangers) visitor() *visitor {
	s.made++
	v := &visitor{strangers: s, left: 1 + s.rng.IntN(3)}
	if s.rng.IntN(3) == 0 {
		v.left = 20 + s.rng.IntN(200)
	}
	at := s.made
	if s.rng.IntN(4) == 0 {
		at = s.rng.IntN(16)
	}
	from := netip.AddrPortFrom(netip.AddrFrom4([4]byte{10, 2 + byte(at>>16), byte(at >> 8), byte(at)}),
		uint16(1024+s.made%60_000))
	host := s.rng.IntN(40)
	v.host = fmt.Sprintf("www%d.site%d.example", host%3, host)
	v.agent = fmt.Sprintf("Mozilla/5.0 (X11; Linux x86_64; rv:%d.0) Gecko/20100101 Firefox/%d.0", 110+s.made%20,
		110+s.made%20)
	for i := range s.rng.IntN(6) {
		v.cookies = append(v.cookies, fmt.Sprintf("_c%d=%016x", i, s.rng.Uint64()))
	}
	v.conn = s.capture.Conn(from, server, [2]uint32{s.rng.Uint32(), s.rng.Uint32()})
	v.conn.Open()
	return v
}

// act sends a few packets of what is pending, or begins an exchange. It is false when the
// visitor is gone.
func (v *visitor) act() bool {
	if len(v.pending) > 0 {
		v.send()
		return true
	}
	if v.left <= 0 {
		v.leave()
		return false
	}
	v.left--
	v.exchange()
	return true
}

// leave closes the connection, resets it, or just stays silent.
func (v *visitor) leave() {
	switch v.rng.IntN(20) {
	case 0:
		v.conn.Segment(0, tcp.RST|tcp.ACK, nil)
	case 1:
	default:
		v.conn.Close(v.rng.IntN(2))
	}
}

// burst is how many segments of one visitor come behind each other.
const burst = 8

// send sends some segments: one in a thousand twice, and one in two thousand was
// delivered and is missing in the capture.
func (v *visitor) send() {
	p := &v.pending[0]
	for i := 0; i < burst && len(p.data) > 0; i++ {
		n := min(len(p.data), v.conn.MSS)
		data := p.data[:n]
		p.data = p.data[n:]
		v.written += n
		fate := v.rng.IntN(2000)
		if fate > 0 {
			v.conn.Segment(p.dir, tcp.ACK|tcp.PSH, data)
		}
		if fate == 1 || fate == 2 {
			v.conn.SegmentAt(p.dir, v.conn.Seq[p.dir], tcp.ACK|tcp.PSH, data)
		}
		v.conn.Seq[p.dir] += uint32(n)
		if i%2 == 1 || len(p.data) == 0 {
			v.conn.Segment(1-p.dir, tcp.ACK, nil)
		}
	}
	if len(p.data) == 0 {
		v.pending = v.pending[1:]
	}
}
