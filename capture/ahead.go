package capture

// Limits of looking ahead in a file.
const (
	// aheadBytes is how much of the file is looked through before a packet is
	// returned: some hundred packets of usual sizes.
	aheadBytes = 64 << 10

	// aheadNano is how far back the time of a packet may go, in nanoseconds, to stand in the wrong
	// place of the file. A clock that was set back, or another capture behind the first, goes further.
	aheadNano = 10e9
)

// ahead looks at the times of the packets that follow, without decoding them.
type ahead struct {
	offset  int64 // of the next record to look at, in the file
	number  int64 // of the last packet that was looked at
	highest int64 // of the times seen
	late    int64 // number of the last packet whose time is before that of another that stands before it
}

// timed is a format whose records can be looked at without being read.
type timed interface {
	// peekTime looks at the record at b[0]: its length in the file, 0 when b holds too little
	// or nothing can be told; whether it is a packet; and its time, 0 when it has none.
	peekTime(f *File, b []byte) (length int64, packet bool, nano int64)
}

// LookAhead has each packet tell whether one that stands behind it in the file is
// earlier in time. It is for files: of a pipe it would wait for bytes that need not come.
func (f *File) LookAhead() { f.looks = true }

// look goes through the records that are in the window and tells a packet that was
// read what stands behind it.
func (f *File) look(p *Packet) {
	t, ok := f.format.(timed)
	if !ok {
		return
	}
	a := &f.ahead
	if a.offset < f.in.offset { // something was read that could not be looked at before
		a.offset, a.number, a.highest = f.in.offset, p.Number, max(a.highest, p.Nano)
	}
	f.scan(t)
	p.Overtaken = a.late > p.Number
}

func (f *File) scan(t timed) {
	a := &f.ahead
	for {
		at := a.offset - f.in.offset
		if at >= int64(f.in.hi-f.in.lo) {
			return
		}
		length, packet, nano := t.peekTime(f, f.in.buf[f.in.lo+int(at):f.in.hi])
		if length <= 0 {
			return
		}
		a.offset += length
		if packet {
			a.note(nano)
		}
	}
}

func (a *ahead) note(nano int64) {
	a.number++
	switch {
	case nano == 0:
	case nano >= a.highest || nano < a.highest-aheadNano:
		a.highest = nano
	default:
		a.late = a.number
	}
}

func (h *pcap) peekTime(_ *File, b []byte) (length int64, packet bool, nano int64) {
	if len(b) < h.headerLen {
		return 0, false, 0
	}
	capLen := h.order.Uint32(b[8:])
	if capLen > maxRecord {
		return 0, false, 0
	}
	nano = int64(h.order.Uint32(b))*1e9 + int64(h.order.Uint32(b[4:]))*h.nanoPer
	return int64(h.headerLen) + int64(capLen), true, nano
}

func (g *pcapng) peekTime(f *File, b []byte) (length int64, packet bool, nano int64) {
	const shortest, timeEnd = 12, 20 // of any block; of what is looked at in one with a packet
	if len(b) < timeEnd {
		return 0, false, 0
	}
	kind, size := g.order.Uint32(b), int64(g.order.Uint32(b[4:]))
	if kind == blockSection || kind == blockInterface || size < shortest || size%4 != 0 || size > maxBlock {
		return 0, false, 0 // what follows may count, and be ordered, otherwise
	}
	if kind == blockEnhanced {
		if i := g.first + int(g.order.Uint32(b[8:])); i < len(f.info.Interfaces) {
			nano = f.info.Interfaces[i].ticks.nano(uint64(g.order.Uint32(b[12:]))<<32 | uint64(g.order.Uint32(b[16:])))
		}
	}
	return size, kind == blockEnhanced || kind == blockSimple || kind == blockPacket, nano
}
