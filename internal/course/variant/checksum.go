package variant

import "encoding/binary"

// sum adds 16-bit words in one's complement (RFC 1071); an odd last byte is the
// upper half of a word.
func sum(start uint32, b []byte) uint32 {
	s := uint64(start)
	for ; len(b) >= 2; b = b[2:] {
		s += uint64(binary.BigEndian.Uint16(b))
	}
	if len(b) == 1 {
		s += uint64(b[0]) << 8
	}
	for s>>16 != 0 {
		s = s&0xffff + s>>16
	}
	return uint32(s)
}

// pseudo is the sum of the pseudo-header (RFC 9293, Section 3.1, RFC 8200, Section 8.1).
func pseudo(src, dst []byte, protocol byte, length int) uint32 {
	s := sum(sum(0, src), dst)
	return s + uint32(protocol) + uint32(length)>>16 + uint32(length)&0xffff
}

// seal puts the checksum at offset at of b, which is whole.
func seal(b []byte, at int, start uint32) {
	b[at], b[at+1] = 0, 0
	binary.BigEndian.PutUint16(b[at:], ^uint16(sum(start, b)))
}

// reseal changes a checksum by what changed, for b of which the end was not
// captured (RFC 1624): was is its sum before, with the pseudo-header and
// without the checksum.
func reseal(b []byte, at int, start, was uint32) {
	old := uint32(binary.BigEndian.Uint16(b[at:]))
	b[at], b[at+1] = 0, 0
	now := sum(start, b)
	binary.BigEndian.PutUint16(b[at:], ^uint16(sum(0, words(^old&0xffff, ^was&0xffff, now))))
}

func words(w ...uint32) []byte {
	var b []byte
	for _, x := range w {
		b = binary.BigEndian.AppendUint16(b, uint16(x))
	}
	return b
}

// without is the sum of b but for the word at offset at.
func without(b []byte, at int, start uint32) uint32 {
	return sum(sum(start, b[:at]), b[at+2:])
}
