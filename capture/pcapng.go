package capture

import (
	"encoding/binary"
	"errors"
	"math"

	"httpscope/internal/texts"
)

// Block types, draft-ietf-opsawg-pcapng section 4 and 11.1.
const (
	blockSection    = 0x0a0d0d0a
	blockInterface  = 1
	blockPacket     = 2 // obsolete
	blockSimple     = 3
	blockStatistics = 5
	blockEnhanced   = 6
	blockSecrets    = 10
)

// Limits that a hostile file runs into.
const (
	maxBlock      = windowMax / 2 // a block that is kept; larger ones of unknown type are skipped
	maxInterfaces = 65536         // of all sections together; the old packet block can name as many
	maxComments   = 1000          // comments of one packet
	maxText       = 4 << 20       // bytes of comments, names and filters of the file that are kept
	maxSecrets    = 16 << 20      // bytes of decryption secrets that are kept
	keepCost      = 64            // bytes that a comment or secret costs besides its own
)

// pcapng is the block format (draft-ietf-opsawg-pcapng).
type pcapng struct {
	order   binary.ByteOrder
	first   int // index in Info.Interfaces of the section's interface 0
	secrets int // bytes kept
	text    int // bytes kept
}

func newPcapNG(f *File) (format, error) {
	g := &pcapng{}
	if err := g.section(f); err != nil {
		var d *DamageError
		if errors.As(err, &d) { // told, and not wrapped: nothing is damaged in what is no capture
			return nil, texts.Errorf("error.of", ErrFormat, d.Said())
		}
		return nil, texts.Errorf("error.of", ErrFormat, err)
	}
	return g, nil
}

// next reads blocks up to the next packet.
func (g *pcapng) next(f *File, p *Packet) ([]byte, error) {
	for {
		frame, err := g.block(f, p)
		if frame != nil || err != nil {
			return frame, err
		}
	}
}

// block reads one block; the frame is not nil when it holds a packet.
func (g *pcapng) block(f *File, p *Packet) ([]byte, error) {
	head := f.in.peek(8)
	if len(head) < 8 {
		return nil, f.end(head, texts.Say("capture.part.block-header"), 8)
	}
	kind := g.order.Uint32(head)
	if kind == blockSection {
		return nil, g.section(f)
	}
	length := int64(g.order.Uint32(head[4:]))
	if length < 12 || length%4 != 0 {
		return nil, f.damage("capture.damage.block-claims", kind, length)
	}
	if length > maxBlock {
		return nil, g.tooLarge(f, kind, length)
	}
	b := f.in.peek(int(length))
	if len(b) < int(length) {
		return nil, f.end(b, texts.Say("capture.part.block"), int(length))
	}
	if again := g.order.Uint32(b[length-4:]); int64(again) != length {
		return nil, f.damage("capture.damage.block-lengths", length, again)
	}
	p.Offset = f.in.offset
	frame, err := g.body(f, p, kind, b[8:length-4])
	if err == nil {
		f.in.take(int(length))
	}
	return frame, err
}

// tooLarge skips a block that no packet needs, and refuses any other.
func (g *pcapng) tooLarge(f *File, kind uint32, length int64) error {
	switch kind {
	case blockEnhanced, blockSimple, blockPacket, blockInterface:
		return f.damage("capture.damage.block-limit", kind, length, maxBlock)
	}
	f.info.Unknown++
	at := f.in.offset
	if !f.in.skip(length) {
		f.in.offset = at
		return f.damage("capture.damage.block-past-end", length)
	}
	return nil
}

func (g *pcapng) body(f *File, p *Packet, kind uint32, b []byte) ([]byte, error) {
	switch kind {
	case blockInterface:
		return nil, g.iface(f, b)
	case blockEnhanced:
		return g.enhanced(f, p, b)
	case blockSimple:
		return g.simple(f, p, b)
	case blockPacket:
		return g.obsolete(f, p, b)
	case blockStatistics:
		g.statistics(f, b)
	case blockSecrets:
		g.secret(f, b)
	default:
		f.info.Unknown++
	}
	return nil, nil
}

// section reads a Section Header Block. Its byte-order magic sets the order of
// all that follows, and its interfaces are counted anew (section 4.1).
func (g *pcapng) section(f *File) error {
	head := f.in.peek(28)
	if len(head) < 28 {
		return f.end(head, texts.Say("capture.part.section-header"), 28)
	}
	switch {
	case binary.LittleEndian.Uint32(head[8:]) == 0x1a2b3c4d:
		g.order = binary.LittleEndian
	case binary.BigEndian.Uint32(head[8:]) == 0x1a2b3c4d:
		g.order = binary.BigEndian
	default:
		return f.damage("capture.damage.magic", string(head[8:12]))
	}
	length := g.order.Uint32(head[4:])
	if length < 28 || length%4 != 0 || length > maxBlock {
		return f.damage("capture.damage.section-claims", length)
	}
	b := f.in.peek(int(length))
	if len(b) < int(length) {
		return f.end(b, texts.Say("capture.part.section-header"), int(length))
	}
	if again := g.order.Uint32(b[length-4:]); again != length {
		return f.damage("capture.damage.section-lengths", length, again)
	}
	g.options(b[24:length-4], g.commenter(f))
	g.first = len(f.info.Interfaces)
	f.in.take(int(length))
	return nil
}

// iface reads an Interface Description Block.
func (g *pcapng) iface(f *File, b []byte) error {
	if len(b) < 8 || len(f.info.Interfaces) >= maxInterfaces {
		return f.damage("capture.damage.interface", len(b), len(f.info.Interfaces))
	}
	i := Interface{Link: LinkType(g.order.Uint16(b)), SnapLen: g.order.Uint32(b[4:]), ticks: microseconds}
	comment := g.commenter(f)
	g.options(b[8:], func(code uint16, v []byte) {
		switch {
		case code == 2:
			i.Name = g.keep(v)
		case code == 9 && len(v) >= 1:
			i.ticks.resolution = v[0]
		case code == 11 && len(v) >= 1:
			i.Filter = g.keep(v[1:])
		case code == 14 && len(v) >= 8:
			i.ticks.offset = int64(g.order.Uint64(v))
		default:
			comment(code, v)
		}
	})
	f.info.Interfaces = append(f.info.Interfaces, i)
	return nil
}

// enhanced reads an Enhanced Packet Block.
func (g *pcapng) enhanced(f *File, p *Packet, b []byte) ([]byte, error) {
	if len(b) < 20 {
		return nil, f.damage("capture.damage.enhanced", len(b))
	}
	when := uint64(g.order.Uint32(b[4:]))<<32 | uint64(g.order.Uint32(b[8:]))
	capLen, wireLen := g.order.Uint32(b[12:]), g.order.Uint32(b[16:])
	frame, options, err := g.frame(f, p, int(g.order.Uint32(b)), capLen, wireLen, b[20:])
	if err != nil {
		return nil, err
	}
	p.Nano = f.info.Interfaces[p.Interface].ticks.nano(when)
	if len(options) > 0 {
		g.packetOptions(f, p, options)
	}
	return frame, nil
}

// simple reads a Simple Packet Block: interface 0, no time, and a captured
// length that only the snapshot length tells (section 4.4).
func (g *pcapng) simple(f *File, p *Packet, b []byte) ([]byte, error) {
	if len(b) < 4 || g.first == len(f.info.Interfaces) {
		return nil, f.damage("capture.damage.simple", len(b), len(f.info.Interfaces)-g.first)
	}
	wireLen := g.order.Uint32(b)
	capLen := min(wireLen, uint32(len(b)-4))
	if snap := f.info.Interfaces[g.first].SnapLen; snap > 0 {
		capLen = min(capLen, snap)
	}
	frame, _, err := g.frame(f, p, 0, capLen, wireLen, b[4:])
	return frame, err
}

// obsolete reads a Packet Block, which has a drop count (appendix A).
func (g *pcapng) obsolete(f *File, p *Packet, b []byte) ([]byte, error) {
	if len(b) < 20 {
		return nil, f.damage("capture.damage.packet-block", len(b))
	}
	when := uint64(g.order.Uint32(b[4:]))<<32 | uint64(g.order.Uint32(b[8:]))
	capLen, wireLen := g.order.Uint32(b[12:]), g.order.Uint32(b[16:])
	frame, options, err := g.frame(f, p, int(g.order.Uint16(b)), capLen, wireLen, b[20:])
	if err != nil {
		return nil, err
	}
	if drops := g.order.Uint16(b[2:]); drops != math.MaxUint16 { // all ones: unknown
		f.info.Dropped += uint64(drops)
	}
	p.Nano = f.info.Interfaces[p.Interface].ticks.nano(when)
	g.packetOptions(f, p, options)
	return frame, nil
}

// frame checks the lengths of a packet block and cuts the frame out of its data.
func (g *pcapng) frame(f *File, p *Packet, index int, capLen, wireLen uint32, data []byte) (frame, options []byte,
	err error) {
	if index < 0 || index >= len(f.info.Interfaces)-g.first {
		return nil, nil, f.damage("capture.damage.packet-interface", index, len(f.info.Interfaces)-g.first)
	}
	if capLen > maxRecord || int(capLen) > len(data) {
		return nil, nil, f.damage("capture.damage.packet-block-size", capLen, len(data))
	}
	p.Interface = g.first + index
	p.Link = f.info.Interfaces[p.Interface].Link
	p.CapLen, p.WireLen = int(capLen), max(int(wireLen), int(capLen))
	padded := min(int(capLen+3)&^3, len(data))
	return data[:capLen:capLen], data[padded:], nil
}

// statistics reads an Interface Statistics Block: isb_ifdrop and isb_osdrop.
func (g *pcapng) statistics(f *File, b []byte) {
	if len(b) < 12 {
		return
	}
	comment := g.commenter(f)
	g.options(b[12:], func(code uint16, v []byte) {
		if (code == 5 || code == 7) && len(v) == 8 {
			f.info.Dropped += g.order.Uint64(v)
			return
		}
		comment(code, v)
	})
}

// secret keeps a Decryption Secrets Block.
func (g *pcapng) secret(f *File, b []byte) {
	if len(b) < 8 {
		return
	}
	n := int(min(g.order.Uint32(b[4:]), uint32(len(b)-8)))
	if g.secrets+n+keepCost > maxSecrets {
		return
	}
	g.secrets += n + keepCost
	f.info.Secrets = append(f.info.Secrets, Secret{Type: g.order.Uint32(b), Data: append([]byte(nil), b[8:8+n]...)})
}
