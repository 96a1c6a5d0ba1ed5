package capture

import (
	"math"
	"math/bits"
)

func (g *pcapng) packetOptions(f *File, p *Packet, b []byte) {
	g.options(b, func(code uint16, v []byte) {
		switch {
		case code == 1 && len(p.Comments) < maxComments:
			p.Comments = append(p.Comments, string(v))
		case code == 4 && len(v) == 8: // epb_dropcount
			f.info.Dropped += g.order.Uint64(v)
		}
	})
}

// options calls each for every option of a list (section 3.5).
func (g *pcapng) options(b []byte, each func(code uint16, value []byte)) {
	for len(b) >= 4 {
		code, n := g.order.Uint16(b), int(g.order.Uint16(b[2:]))
		if code == 0 || n > len(b)-4 {
			return
		}
		each(code, b[4:4+n])
		b = b[min(4+(n+3)&^3, len(b)):]
	}
}

func (g *pcapng) commenter(f *File) func(uint16, []byte) {
	return func(code uint16, v []byte) {
		if code == 1 && g.text+len(v)+keepCost <= maxText {
			g.text += keepCost
			f.info.Comments = append(f.info.Comments, g.keep(v))
		}
	}
}

// keep copies text for Info, "" when there is too much of it.
func (g *pcapng) keep(v []byte) string {
	if g.text+len(v) > maxText {
		return ""
	}
	g.text += len(v)
	return string(v)
}

// ticks is the unit of an interface's time stamps.
type ticks struct {
	resolution byte  // if_tsresol: a negative power of ten, or of two with the top bit set
	offset     int64 // if_tsoffset: seconds to add
}

var microseconds = ticks{resolution: 6}

// nano converts a time stamp to nanoseconds since 1970; 0 when out of range.
func (t ticks) nano(n uint64) int64 {
	perSecond := uint64(1)
	if t.resolution&0x80 != 0 {
		perSecond <<= min(t.resolution&0x7f, 63)
	} else {
		for range min(t.resolution, 19) {
			perSecond *= 10
		}
	}
	sec, frac := n/perSecond, n%perSecond
	hi, lo := bits.Mul64(frac, 1e9)
	frac, _ = bits.Div64(hi, lo, perSecond)
	const year2262 = math.MaxInt64 / 1_000_000_000 // the last second that int64 nanoseconds reach
	if sec > year2262/2 || t.offset > year2262/2 || t.offset < -year2262/2 {
		return 0
	}
	return (int64(sec)+t.offset)*1e9 + int64(frac)
}
