package variant

import (
	"encoding/binary"

	"httpscope/internal/recording"
	"httpscope/internal/tcp"
	"httpscope/internal/trace"
)

// belongingShare is the part of a submitted capture's segments that must be the
// student's: other traffic may have been captured or merged into it.
const belongingShare = 0.8

// number identifies a segment by what the seed decides and renaming, cutting,
// other addresses and other times leave alone.
type number struct {
	seq, ack uint32
	len      int
	flags    tcp.Flags
}

// Belongs reports whether a submitted capture is the student's variant of the
// base, whole or cut, whatever options it was made with. By chance a foreign
// segment fits with a probability of about 2^-64, a SYN of 2^-32.
func Belongs(r, base *recording.Recording, seed []byte, student string) bool {
	s := newSecret(seed, student)
	own := map[number]bool{}
	for _, p := range base.Packets {
		if n, ok := numberOf(p); ok {
			n.seq, n.ack = s.moved(flow{p.Src, p.Dst}, n.seq, n.ack, n.flags)
			own[n] = true
		}
	}
	all, fit := 0, 0
	for _, p := range r.Packets {
		if n, ok := numberOf(p); ok {
			all++
			if own[n] {
				fit++
			}
		}
	}
	return fit > 0 && float64(fit) >= belongingShare*float64(all)
}

// numberOf leaves out what has neither a number nor an acknowledgment.
func numberOf(p *trace.Packet) (number, bool) {
	if p.Skip != "" || len(p.TCP) < 20 {
		return number{}, false
	}
	length := int(p.Segment.Len)
	if p.Conn < 0 {
		length = len(p.Payload)
	}
	n := number{binary.BigEndian.Uint32(p.TCP[4:]), binary.BigEndian.Uint32(p.TCP[8:]), length, tcp.Flags(p.TCP[13])}
	return n, n.seq != 0 || n.ack != 0
}
