package capture

import "encoding/binary"

// radiotap reads the radiotap header (radiotap.org), which says whether a
// frame check sequence follows the frame and whether data is padded.
func (d *decoder) radiotap(p *Packet, l layer) Skip {
	if len(l.b) < 8 {
		return l.short()
	}
	n := int(binary.LittleEndian.Uint16(l.b[2:]))
	if n < 8 || n > len(l.b) {
		return l.short()
	}
	flags := radiotapFlags(l.b[:n])
	l = l.after(n)
	const hasFCS, padded = 0x10, 0x20
	if flags&hasFCS != 0 && l.wire >= 4 {
		l = l.trim(l.wire - 4)
	}
	return d.wifi(p, l, flags&padded != 0)
}

// radiotapFlags returns the flags field, 0 when absent. It stands first but
// for the 8-byte, 8-aligned time stamp; further presence words come before both.
func radiotapFlags(b []byte) byte {
	present := binary.LittleEndian.Uint32(b[4:])
	at := 8
	for word := present; word&(1<<31) != 0; at += 4 {
		if at+4 > len(b) {
			return 0
		}
		word = binary.LittleEndian.Uint32(b[at:])
	}
	if present&1 != 0 {
		at = (at+7)&^7 + 8
	}
	if present&2 == 0 || at >= len(b) {
		return 0
	}
	return b[at]
}

// monitor skips the older monitor-mode headers, whose length they carry.
func (d *decoder) monitor(p *Packet, link LinkType, l layer) Skip {
	if len(l.b) < 8 {
		return l.short()
	}
	var n int
	inner := LinkWiFi
	switch link {
	case LinkPrism:
		n = int(binary.LittleEndian.Uint32(l.b[4:]))
		if binary.BigEndian.Uint16(l.b)&0xfff0 == 0x8020 { // an AVS header under the Prism number
			n = int(binary.BigEndian.Uint32(l.b[4:]))
		}
	case LinkAVS:
		n = int(binary.BigEndian.Uint32(l.b[4:]))
	case LinkPPI:
		n = int(binary.LittleEndian.Uint16(l.b[2:]))
		inner = LinkType(binary.LittleEndian.Uint32(l.b[4:]))
	}
	if n < 8 || n > len(l.b) {
		return l.short()
	}
	if inner == LinkPPI {
		return SkipDamaged
	}
	return d.link(p, inner, l.after(n))
}

// wifi reads an IEEE 802.11 data frame (section 9.3.2): 24 bytes, a fourth
// address between access points, QoS control, HT control, then LLC.
func (d *decoder) wifi(p *Packet, l layer, padded bool) Skip {
	if len(l.b) < 24 {
		return l.short()
	}
	const data, moreFragments, protected, order = 0x08, 0x04, 0x40, 0x80
	subtype := l.b[0] >> 4
	if l.b[0]&0x0c != data || subtype&4 != 0 {
		return SkipNotIP // management, control, or a data frame without data
	}
	if l.b[1]&protected != 0 {
		return SkipEncrypted
	}
	if l.b[1]&moreFragments != 0 || l.b[22]&0x0f != 0 {
		return SkipFragment // a piece of a frame: these are not put together
	}
	n := 24
	if l.b[1]&3 == 3 {
		n += 6
	}
	aggregate := false
	if subtype&8 != 0 {
		if len(l.b) < n+2 {
			return l.short()
		}
		aggregate = l.b[n]&0x80 != 0
		n += 2
		if l.b[1]&order != 0 {
			n += 4
		}
	}
	if padded {
		n = (n + 3) &^ 3
	}
	if aggregate {
		n += 14 // the first subframe of an A-MSDU: addresses and length
	}
	if len(l.b) < n {
		return l.short()
	}
	return d.llc(p, l.after(n))
}
