package original

import (
	"encoding/binary"

	"httpscope/internal/tcp"
	"httpscope/internal/texts"
)

// generators looks for what programs that build packets leave at their defaults
// and operating systems choose otherwise.
func (c *checker) generators() {
	chosen := c.chosenNumbers()
	if len(chosen) > 0 {
		c.say(SequenceNumbers, Warning, chosen, "original.numbers", packets(chosen))
	}
	var signs []texts.Phrase
	if c.noOptions() {
		signs = append(signs, texts.Say("original.sign.options"))
	}
	if c.sameWindow() {
		signs = append(signs, texts.Say("original.sign.window"))
	}
	if c.sameID() {
		signs = append(signs, texts.Say("original.sign.id"))
	}
	if len(chosen) > 0 {
		signs = append(signs, texts.Say("original.sign.numbers"))
	}
	if c.equal {
		signs = append(signs, texts.Say("original.sign.spacing"))
	}
	if len(signs) >= 2 {
		all := signs[0]
		for _, s := range signs[1:] {
			all = texts.Say("original.signs", all, s)
		}
		c.say(HandMade, Warning, nil, "original.built", all)
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
