package original

import (
	"encoding/binary"
	"strings"

	"httpscope/internal/tcp"
)

// generators looks for what programs that build packets leave at their defaults
// and operating systems choose otherwise.
func (c *checker) generators() {
	chosen := c.chosenNumbers()
	if len(chosen) > 0 {
		c.say(SequenceNumbers, Warning, chosen, "The initial sequence numbers of %s are round, small or the same for both sides; operating systems choose them at random.", packets(chosen))
	}
	var signs []string
	if c.noOptions() {
		signs = append(signs, "no SYN has an option, not even the maximum segment size")
	}
	if c.sameWindow() {
		signs = append(signs, "the window is 8192 in every packet")
	}
	if c.sameID() {
		signs = append(signs, "all packets have the same IP identification")
	}
	if len(chosen) > 0 {
		signs = append(signs, "initial sequence numbers are not random")
	}
	if c.equal {
		signs = append(signs, "packets are equally spaced")
	}
	if len(signs) >= 2 {
		c.say(HandMade, Warning, nil, "It looks built by a program, not captured: %s.", strings.Join(signs, "; "))
	}
}

// chosenNumbers are the packets with initial sequence numbers that chance gives
// once in a hundred thousand connections.
func (c *checker) chosenNumbers() []int64 {
	var frames []int64
	for i := range c.segments {
		s := &c.segments[i]
		if s.flags&tcp.SYN == 0 || s.flags&tcp.RST != 0 {
			continue
		}
		round := s.seq <= 1 || s.seq <= 1_000_000 && s.seq%100 == 0
		if round || s.flags&tcp.ACK != 0 && s.ack-1 == s.seq {
			frames = append(frames, s.Number)
		}
	}
	return frames
}

func (c *checker) noOptions() bool {
	n := 0
	for i := range c.segments {
		if s := &c.segments[i]; s.flags&tcp.SYN != 0 {
			n++
			if len(s.options) > 0 {
				return false
			}
		}
	}
	return n > 0
}

func (c *checker) sameWindow() bool {
	for i := range c.segments {
		if s := &c.segments[i]; s.window != 8192 && s.flags&tcp.RST == 0 {
			return false
		}
	}
	return len(c.segments) >= 4
}

// sameID leaves out zero, which means that it is not used (RFC 6864).
func (c *checker) sameID() bool {
	id := uint16(0)
	for i := range c.segments {
		s := &c.segments[i]
		if len(s.IP) < 20 || s.IP[0]>>4 != 4 {
			return false
		}
		this := binary.BigEndian.Uint16(s.IP[4:])
		if this == 0 || i > 0 && this != id {
			return false
		}
		id = this
	}
	return len(c.segments) >= 4
}
