package original

import (
	"encoding/binary"
	"net/netip"
)

// Checksums of outgoing packets are left to the network card by Linux, Windows
// and macOS, and to nobody on loopback. What stands in the field then is the
// sum of the pseudo-header, with or without the length, or zero.

// pair is a sender and a receiver, at an interface.
type pair struct {
	src, dst netip.Addr
	at       int
}

// sums is what the checksums of a pair are.
type sums struct {
	right, left int     // left to the card
	wrong       []wrong // in the order of the capture
}

// wrong is a checksum that is neither, with how far it is from both, modulo 65535.
type wrong struct {
	frame            int64
	length           int
	fromFull, toCard uint32
}

// mss is the payload from which on a packet may be several that were put
// together by the network card or not yet taken apart (LRO, TSO).
const mss = 1460

func (c *checker) checksums() {
	var headers []int64
	intact := 0
	pairs := map[pair]*sums{}
	var order []*sums
	for i := range c.segments {
		s := &c.segments[i]
		if s.CapLen() < s.WireLen || fragment(s.IP) {
			continue
		}
		switch header(s.IP) {
		case good:
			intact++
		case bad:
			headers = append(headers, s.Number)
		}
		k := pair{s.Src.Addr(), s.Dst.Addr(), s.Interface}
		if pairs[k] == nil {
			pairs[k] = &sums{}
			order = append(order, pairs[k])
		}
		pairs[k].add(s)
	}
	if len(headers) > 0 && intact > len(headers) {
		c.say(IPChecksum, Warning, headers, "original.ip-checksum", packets(headers), intact)
	}
	c.verdict(order)
}

func (c *checker) verdict(all []*sums) {
	var edited, moved []int64
	for _, s := range all {
		n := len(s.wrong)
		switch {
		case n == 0:
		case s.right+s.left >= 3 && s.right+s.left >= 2*n:
			for _, w := range s.wrong {
				edited = append(edited, w.frame)
			}
		case s.right+s.left == 0 && constant(s.wrong):
			for _, w := range s.wrong {
				moved = append(moved, w.frame)
			}
		}
	}
	if len(edited) > 0 {
		c.say(TCPChecksum, Warning, edited, "original.tcp-checksum", packets(edited))
	}
	if len(moved) > 0 {
		c.say(AddressesChanged, Warning, moved, "original.addresses", packets(moved[:1]))
	}
}

// constant reports packets of different lengths whose checksums are all off by
// the same amount, which no offload leaves.
func constant(all []wrong) bool {
	const protocol = 65535 - 6 // a pseudo-header without the protocol is a card's too
	if len(all) < 3 {
		return false
	}
	full, card, lengths := true, true, false
	for _, w := range all[1:] {
		full = full && w.fromFull == all[0].fromFull
		card = card && w.toCard == all[0].toCard
		lengths = lengths || w.length != all[0].length
	}
	return lengths && (full || card && all[0].toCard != protocol)
}

func (s *sums) add(g *segment) {
	stored := uint32(binary.BigEndian.Uint16(g.TCP[16:]))
	full, card, bare := expected(g)
	switch stored {
	case full:
		s.right++
	case card, bare, 0, 0xffff:
		s.left++
	default:
		if g.length <= mss {
			s.wrong = append(s.wrong, wrong{g.Number, len(g.TCP), (stored + 65535 - full) % 65535,
				(stored + 65535 - card) % 65535})
		}
	}
}

// expected are the right checksum, and what is there when it is left to the
// network card, with the length in it and without.
func expected(g *segment) (full, card, bare uint32) {
	addresses := g.IP[12:20]
	if g.IP[0]>>4 == 6 {
		addresses = g.IP[8:40]
	}
	bare = sum(sum(6, addresses), nil)
	length := uint32(len(g.TCP))
	card = sum(bare+length>>16+length&0xffff, nil)
	full = sum(sum(card, g.TCP[:16]), g.TCP[18:])
	return ^full & 0xffff, card, bare
}

// States of an IPv4 header's checksum.
const (
	none = iota // IPv6, or left to the card
	good
	bad
)

func header(ip []byte) int {
	if ip[0]>>4 != 4 || binary.BigEndian.Uint16(ip[10:]) == 0 {
		return none
	}
	if n := int(ip[0]&15) * 4; n >= 20 && n <= len(ip) && sum(0, ip[:n]) != 0xffff {
		return bad
	}
	return good
}

// fragment reports a packet whose segment came in pieces, or whose header is
// not all there.
func fragment(ip []byte) bool {
	switch {
	case len(ip) < 20:
		return true
	case ip[0]>>4 == 4:
		return binary.BigEndian.Uint16(ip[6:])&0x3fff != 0
	}
	return len(ip) < 40 || ip[6] == 44
}

// sum is the one's complement sum (RFC 1071).
func sum(s uint32, b []byte) uint32 {
	n := uint64(s)
	for ; len(b) >= 2; b = b[2:] {
		n += uint64(binary.BigEndian.Uint16(b))
	}
	if len(b) == 1 {
		n += uint64(b[0]) << 8
	}
	for n>>16 != 0 {
		n = n&0xffff + n>>16
	}
	return uint32(n)
}
