package capture

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"slices"
	"testing"
	"time"

	"httpscope/internal/tcp"

	"golang.org/x/sys/unix"
)

// talk is a TCP connection on loopback over which both sides send bytes.
type talk struct {
	client, server *net.TCPConn
	sent           [2][]byte // by the client, by the server
}

func listen(t *testing.T, network, address string) (*net.TCPListener, int) {
	t.Helper()
	l, err := net.Listen(network, address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	return l.(*net.TCPListener), l.Addr().(*net.TCPAddr).Port
}

func dial(t *testing.T, l *net.TCPListener) talk {
	t.Helper()
	c, err := net.DialTimeout("tcp", l.Addr().String(), patience)
	if err != nil {
		t.Fatal(err)
	}
	s, err := l.AcceptTCP()
	if err != nil {
		t.Fatal(err)
	}
	return talk{client: c.(*net.TCPConn), server: s}
}

// run sends n bytes each way in uneven pieces, then closes. It returns how many
// segments the kernel sent again.
func (k *talk) run(t *testing.T, n int) uint32 {
	t.Helper()
	ends := []*net.TCPConn{k.client, k.server}
	done := make(chan error, 4)
	for i, c := range ends {
		r := rand.New(rand.NewPCG(uint64(i), 1))
		k.sent[i] = make([]byte, n)
		for j := range k.sent[i] {
			k.sent[i][j] = byte(r.Uint32())
		}
		go func() {
			for b := k.sent[i]; len(b) > 0; {
				piece := min(1+r.IntN(100_000), len(b))
				if _, err := c.Write(b[:piece]); err != nil {
					done <- err
					return
				}
				b = b[piece:]
			}
			done <- c.CloseWrite()
		}()
		go func() {
			_, err := io.Copy(io.Discard, c)
			done <- err
		}()
	}
	for range cap(done) {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	again := uint32(0)
	for _, c := range ends {
		again += resent(t, c)
		c.Close()
	}
	return again
}

func resent(t *testing.T, c *net.TCPConn) uint32 {
	t.Helper()
	raw, err := c.SyscallConn()
	if err != nil {
		t.Error(err)
		return 0
	}
	var info *unix.TCPInfo
	var asked error
	err = raw.Control(func(fd uintptr) {
		info, asked = unix.GetsockoptTCPInfo(int(fd), unix.SOL_TCP, unix.TCP_INFO)
	})
	if err := errors.Join(err, asked); err != nil {
		t.Error(err)
		return 0
	}
	return info.Total_retrans
}

// side collects the segments of one direction.
type side struct {
	start    uint32
	segments []captured
	fin      bool
	end      int // offset of the FIN
}

// complete is whether nothing is missing before the FIN.
func (s *side) complete() bool {
	if !s.fin {
		return false
	}
	slices.SortStableFunc(s.segments, func(a, b captured) int { return cmp.Compare(a.offset, b.offset) })
	at := 0
	for _, g := range s.segments {
		if g.offset > at {
			return false
		}
		at = max(at, g.offset+len(g.data))
	}
	return at == s.end
}

type captured struct {
	offset int
	data   []byte
}

// listenTo reads a capture of one connection until both directions are there.
func listenTo(t *testing.T, next func() (*Packet, error), serverPort int) [2]side {
	t.Helper()
	var sides [2]side
	for !sides[0].complete() || !sides[1].complete() {
		p, err := next()
		if err != nil {
			t.Fatalf("the capture ended: %v", err)
		}
		if p.Skip != SkipNone || p.CapLen != p.WireLen || p.PayloadLen != len(p.Payload) {
			t.Fatalf("%+v", *p)
		}
		if age := time.Since(p.Time()); age < -time.Minute || age > time.Minute {
			t.Fatalf("captured at %v", p.Time())
		}
		s := &sides[0]
		if int(p.Src.Port()) == serverPort {
			s = &sides[1]
		}
		if p.Flags&tcp.SYN != 0 {
			s.start = p.Seq + 1
		}
		if p.Flags&tcp.FIN != 0 {
			s.fin, s.end = true, int(p.Seq-s.start)+len(p.Payload)
		}
		if len(p.Payload) > 0 {
			s.segments = append(s.segments, captured{int(p.Seq - s.start), bytes.Clone(p.Payload)})
		}
	}
	return sides
}

// differs says how the segments differ from what was sent, "" when each byte is
// there once, but for segments that the kernel sent again.
func (s side) differs(sent []byte, again uint32) string {
	at, double := 0, uint32(0)
	for _, g := range s.segments {
		end := g.offset + len(g.data)
		if g.offset > at || end > len(sent) || !bytes.Equal(g.data, sent[g.offset:end]) {
			return fmt.Sprintf("a segment of %d bytes at %d, where %d was due", len(g.data), g.offset, at)
		}
		if g.offset < at {
			double++
		}
		at = max(at, end)
	}
	if at != len(sent) || double > again {
		return fmt.Sprintf("%d bytes of %d, %d segments twice, and %d sent again", at, len(sent), double, again)
	}
	return ""
}
