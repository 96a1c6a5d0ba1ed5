package capture

import (
	"bytes"
	"encoding/binary"

	"httpscope/internal/texts"
)

// pcap is the classic format (draft-ietf-opsawg-pcap).
type pcap struct {
	order     binary.ByteOrder
	nanoPer   int64 // nanoseconds in a unit of the second time field
	headerLen int   // bytes before each packet
}

const pcapFileHeader = 24

// pcapVariant tells byte order, time unit and record header by the magic number.
func pcapVariant(magic []byte) (pcap, bool) {
	for _, order := range []binary.ByteOrder{binary.LittleEndian, binary.BigEndian} {
		switch order.Uint32(magic) {
		case 0xa1b2c3d4:
			return pcap{order, 1000, 16}, true
		case 0xa1b23c4d:
			return pcap{order, 1, 16}, true
		case 0xa1b2cd34: // Kuznetzov's variant: interface, protocol and packet type follow
			return pcap{order, 1000, 24}, true
		}
	}
	return pcap{}, false
}

func newPcap(f *File, h pcap) (format, error) {
	head := f.in.peek(pcapFileHeader)
	if len(head) < pcapFileHeader {
		return nil, texts.Errorf("capture.error.header-cut", ErrFormat, len(head))
	}
	// The upper half of the link type field holds FCS length and other flags.
	link := LinkType(h.order.Uint32(head[20:]) & 0xffff)
	f.info.Interfaces = []Interface{{Link: link, SnapLen: h.order.Uint32(head[16:])}}
	f.in.take(pcapFileHeader)
	return &h, nil
}

// zeroTail is how many bytes must be zero, or all that are left, for a packet of no time and no
// length to be none. One of them alone is a packet that somebody made.
const zeroTail = 4096

func (h *pcap) next(f *File, p *Packet) ([]byte, error) {
	head := f.in.peek(h.headerLen)
	if len(head) < h.headerLen {
		return nil, f.end(head, texts.Say("capture.part.packet-header"), h.headerLen)
	}
	capLen, wireLen := h.order.Uint32(head[8:]), h.order.Uint32(head[12:])
	if capLen > maxRecord {
		return nil, f.damage("capture.damage.packet-limit", capLen, maxRecord)
	}
	sec, frac := h.order.Uint32(head), h.order.Uint32(head[4:])
	if sec|frac|capLen|wireLen == 0 && len(bytes.TrimLeft(f.in.peek(zeroTail), "\x00")) == 0 {
		return nil, f.damage("capture.damage.zeros")
	}
	record := h.headerLen + int(capLen)
	b := f.in.peek(record)
	if len(b) < record {
		return nil, f.end(b, texts.Say("capture.part.packet"), record)
	}
	p.Nano = int64(sec)*1e9 + int64(frac)*h.nanoPer
	p.Offset, p.CapLen, p.WireLen = f.in.offset, int(capLen), max(int(wireLen), int(capLen))
	p.Link = f.info.Interfaces[0].Link
	f.in.take(record)
	return b[h.headerLen:], nil
}
