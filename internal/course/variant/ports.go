package variant

import "slices"

// A port stays between the same neighbours of these: what is a well-known, a
// registered or an ephemeral port (Linux: from 32768 to 60999, IANA: from 49152)
// stays one, with as many digits.
var borders = []int{1024, 10000, 32768, 49152, 61000, 65536}

// ports maps TCP ports so that the smaller of two stays the smaller. The
// client of a connection without handshake is told by that.
type ports struct{ to map[uint16]uint16 }

// newPorts maps the ports seen but those that are kept.
func newPorts(s *secret, seen, kept map[uint16]bool) *ports {
	p := &ports{map[uint16]uint16{}}
	fixed := append([]int{}, borders...)
	for port := range kept {
		if port >= 1024 {
			fixed = append(fixed, int(port), int(port)+1)
		}
	}
	slices.Sort(fixed)
	fixed = slices.Compact(fixed)
	r := s.random("ports")
	for i := 1; i < len(fixed); i++ {
		p.between(r.IntN, fixed[i-1], fixed[i], seen, kept)
	}
	return p
}

// between maps the ports in [low, high) to others of them, in the same order.
func (p *ports) between(intn func(int) int, low, high int, seen, kept map[uint16]bool) {
	var from []uint16
	for port := range seen {
		if int(port) >= low && int(port) < high && !kept[port] {
			from = append(from, port)
		}
	}
	slices.Sort(from)
	chosen := map[uint16]bool{}
	for len(chosen) < len(from) {
		chosen[uint16(low+intn(high-low))] = true
	}
	to := make([]uint16, 0, len(from))
	for port := range chosen {
		to = append(to, port)
	}
	slices.Sort(to)
	for i, port := range from {
		p.to[port] = to[i]
	}
}

// of is the port that stands for another.
func (p *ports) of(port uint16) uint16 {
	if to, ok := p.to[port]; ok {
		return to
	}
	return port
}
