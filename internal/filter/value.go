package filter

import (
	"bytes"
	"cmp"
	"encoding/binary"
	"net/netip"
	"strings"
)

// value is one value of any type. A number, or a time in nanoseconds, is in n
// with its sign in hi, which is all zeros or all ones; an address is in hi and
// n. Text is s followed by b: a message
// is its head, which is a string, and its body, which is not, and neither is copied.
type value struct {
	hi, n uint64
	s     string
	b     []byte
	bits  uint8 // of a literal address: length of its prefix plus one, 0 for none
}

func number(n uint64) value { return value{n: n} }
func signed(n int64) value  { return value{hi: uint64(n >> 63), n: uint64(n)} }
func text(s string) value   { return value{s: s} }

func boolean(b bool) value {
	if b {
		return value{n: 1}
	}
	return value{}
}

func address(a netip.Addr) value {
	if a.Is4() {
		b := a.As4()
		return value{n: uint64(binary.BigEndian.Uint32(b[:]))}
	}
	b := a.As16()
	return value{hi: binary.BigEndian.Uint64(b[:8]), n: binary.BigEndian.Uint64(b[8:])}
}

// addr is the address back.
func (v *value) addr(t Type) netip.Addr {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], v.hi)
	binary.BigEndian.PutUint64(b[8:], v.n)
	if t == IPv4 {
		return netip.AddrFrom4([4]byte(b[12:]))
	}
	return netip.AddrFrom16(b)
}

// len is the length of text in bytes.
func (v *value) len() int { return len(v.s) + len(v.b) }

// whole is text in one piece.
func (v *value) whole() string {
	if len(v.b) == 0 {
		return v.s
	}
	return v.s + string(v.b)
}

// piece is the bytes [from, to) of text.
func (v *value) piece(from, to int) value {
	n := len(v.s)
	return value{s: v.s[min(from, n):min(to, n)], b: v.b[max(from-n, 0):max(to-n, 0)]}
}

// contains reports whether text holds other text. Nothing holds the empty
// text, as in Wireshark.
func (v *value) contains(o *value) bool {
	needle := o.whole()
	switch {
	case needle == "" || len(needle) > v.len():
		return false
	case strings.Contains(v.s, needle):
		return true
	case len(v.b) == 0:
		return false
	}
	k := len(needle) - 1 // what can lie on either side of the joint
	return strings.Contains(v.s[max(len(v.s)-k, 0):]+string(v.b[:min(k, len(v.b))]), needle) ||
		bytes.Contains(v.b, []byte(needle))
}

// compareText orders two texts by their bytes.
func compareText(a, b *value) int {
	if len(a.b) == 0 && len(b.b) == 0 {
		return strings.Compare(a.s, b.s)
	}
	return strings.Compare(a.whole(), b.whole())
}

// compareBytes orders shorter byte sequences before longer ones, as Wireshark
// does.
func compareBytes(a, b *value) int {
	if a.len() != b.len() {
		return cmp.Compare(a.len(), b.len())
	}
	return compareText(a, b)
}

// order is how values of a type compare.
func order(t Type) func(a, b *value) int {
	switch {
	case t == String:
		return compareText
	case t.text():
		return compareBytes
	case t == IPv6:
		return compareIPv6
	case t == IPv4:
		return compareIPv4
	}
	return compareNumbers
}

func compareNumbers(a, b *value) int {
	if a.hi != b.hi {
		return cmp.Compare(int64(a.hi), int64(b.hi))
	}
	return cmp.Compare(a.n, b.n)
}

// small is a number that fits into 64 bits with its sign.
func (v *value) small() (int64, bool) { return int64(v.n), v.hi == uint64(int64(v.n)>>63) }

// compareIPv4 compares networks when one address has a prefix length.
func compareIPv4(a, b *value) int {
	mask := ^uint64(0)
	for _, bits := range []uint8{a.bits, b.bits} {
		if bits > 0 {
			mask &= ^uint64(0) << (33 - bits)
		}
	}
	return cmp.Compare(a.n&mask, b.n&mask)
}

func compareIPv6(a, b *value) int {
	hi, lo := ^uint64(0), ^uint64(0)
	for _, bits := range []uint8{a.bits, b.bits} {
		if bits > 0 {
			hi &= ^(^uint64(0) >> (bits - 1)) // a shift by 64 and more gives 0
			lo &= ^(^uint64(0) >> (max(bits, 65) - 65))
		}
	}
	if c := cmp.Compare(a.hi&hi, b.hi&hi); c != 0 {
		return c
	}
	return cmp.Compare(a.n&lo, b.n&lo)
}
