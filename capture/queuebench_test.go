package capture

import (
	"fmt"
	"io"
	"runtime"
	"testing"
)

// rotating is a device whose frames lie behind each other in a ring of memory
// that no cache holds, as a kernel's do.
type rotating struct {
	memory []byte
	size   int
	at     int
	left   int
	nano   int64
	ahead  func() bool // nil, or whether the reader is far behind
}

func (r *rotating) next(p *Packet, wait func()) ([]byte, error) {
	if r.left == 0 {
		return nil, io.EOF
	}
	for r.ahead != nil && r.ahead() {
		runtime.Gosched()
	}
	r.left--
	if r.at += r.size; r.at+r.size > len(r.memory) {
		r.at = 0
	}
	r.nano += 1000
	p.Nano, p.CapLen, p.WireLen = r.nano, r.size, r.size
	return r.memory[r.at : r.at+r.size : r.at+r.size], nil
}

func (r *rotating) stats() (uint64, uint64, error) { return 0, 0, nil }
func (r *rotating) wake()                          {}
func (r *rotating) release()                       {}

// BenchmarkQueue takes packets directly, and through a queue whose reader keeps
// up: the difference is what the queue costs. Each payload is read once.
func BenchmarkQueue(b *testing.B) {
	memory := make([]byte, liveBuffer)
	for _, payload := range []int{60, 1448, 9000, 65483} {
		frame := eth(0x0800, ip4(6, segment(string(make([]byte, payload)))))
		for at := 0; at+len(frame) <= len(memory); at += len(frame) {
			copy(memory[at:], frame)
		}
		for _, queued := range []bool{false, true} {
			b.Run(fmt.Sprintf("payload=%d/queued=%t", payload, queued), func(b *testing.B) {
				b.ReportAllocs()
				b.SetBytes(int64(len(frame)))
				d := &rotating{memory: memory, size: len(frame), left: b.N}
				l := &Live{info: LiveInfo{Link: LinkEthernet}, device: d, wait: func() {}}
				var s Source = l
				if queued {
					q := NewQueue(QueueOptions{}, l)
					d.ahead = func() bool { return q.pending.Load()*int64(len(frame)) > 4<<20 }
					q.Begin(nil)
					s = q
				}
				readThrough(b, s)
			})
		}
	}
}

func readThrough(b *testing.B, s Source) {
	arena := make([]byte, 0, 384<<10)
	n := 0
	for p, err := s.Next(); err != io.EOF; p, err = s.Next() {
		n++
		if len(arena)+len(p.Payload) > cap(arena) {
			arena = arena[:0]
		}
		arena = append(arena, p.Payload...) // as the engine does
	}
	if n != b.N {
		b.Errorf("%d packets of %d", n, b.N)
	}
}
