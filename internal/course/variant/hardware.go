package variant

import "bytes"

// hardware maps MAC addresses: one that a maker gave keeps the maker's part,
// any other its first byte. The addresses of groups, and no address at all, stay.
type hardware struct {
	secret *secret
	to     map[[6]byte][6]byte
	used   map[[6]byte]bool
}

func newHardware(s *secret) *hardware {
	return &hardware{s, map[[6]byte][6]byte{}, map[[6]byte]bool{}}
}

// Bits of a MAC address's first byte (IEEE 802).
const (
	groupBit = 1
	localBit = 2
)

// rewrite maps b in place. The order of the packets decides who comes first
// when two would become the same.
func (h *hardware) rewrite(b []byte) {
	from := [6]byte(b)
	if from == [6]byte{} || from[0]&groupBit != 0 {
		return
	}
	to, ok := h.to[from]
	for r := h.secret.random("mac", string(from[:])); !ok; {
		to = from
		keep := 3
		if from[0]&localBit != 0 {
			keep = 1
		}
		for i := keep; i < 6; i++ {
			to[i] = byte(r.Uint32())
		}
		ok = !h.used[to] && !bytes.Equal(to[:], from[:])
	}
	h.to[from], h.used[to] = to, true
	copy(b, to[:])
}
