package reassembly

import (
	"httpscope/capture"
	"httpscope/internal/tcp"
)

// tombstone is what is left of a closed connection. Arrays are indexed by the
// ends in the order of the key.
type tombstone struct {
	base [2]uint32 // sequence number of offset 0
	next [2]uint32 // the next that was expected
	seen [2]bool
}

func newTombstone(c *Conn) (t tombstone) {
	for dir := range c.halves {
		h, i := &c.halves[dir], c.key.index(c.Ends[dir])
		t.base[i], t.next[i], t.seen[i] = h.base, h.base+uint32(h.next), h.started
	}
	return t
}

// owns reports whether a packet is a late one of the closed connection. A SYN
// with a new number is not; nor is data far from where the connection ended.
func (t *tombstone) owns(p *capture.Packet, k key) bool {
	i := k.index(p.Src)
	if p.Flags&tcp.SYN != 0 {
		return t.seen[i] && p.Seq+1 == t.base[i]
	}
	if len(p.Payload) == 0 || !t.seen[i] {
		return true
	}
	ahead := int32(p.Seq - t.next[i])
	return ahead < maxBuffered && ahead > -maxWindow
}
