package capture

import "encoding/binary"

// enhancedRoom is what an Enhanced Packet Block without options takes besides
// its frame and the padding, bytes.
const enhancedRoom = 32

// enhancedLength is the length of the block of a frame of n bytes.
func enhancedLength(n int) int { return enhancedRoom + (n+3)&^3 }

// enhancedHead appends an Enhanced Packet Block up to its frame
// (draft-ietf-opsawg-pcapng section 4.3); the upper half of the time comes first.
func enhancedHead(b []byte, length, id int, nano int64, wireLen, capLen int) []byte {
	order := binary.LittleEndian
	b = order.AppendUint32(b, blockEnhanced)
	b = order.AppendUint32(b, uint32(length))
	b = order.AppendUint32(b, uint32(id))
	b = order.AppendUint32(b, uint32(uint64(nano)>>32))
	b = order.AppendUint32(b, uint32(uint64(nano)))
	b = order.AppendUint32(b, uint32(capLen))
	return order.AppendUint32(b, uint32(max(wireLen, capLen)))
}

// appendEnhanced appends the whole block of a packet.
func appendEnhanced(b []byte, id int, nano int64, wireLen int, frame []byte) []byte {
	length := enhancedLength(len(frame))
	b = enhancedHead(b, length, id, nano, wireLen, len(frame))
	b = append(b, frame...)
	b = append(b, 0, 0, 0)[:len(b)+length-enhancedRoom-len(frame)]
	return binary.LittleEndian.AppendUint32(b, uint32(length))
}

// enhanced is an Enhanced Packet Block as appendEnhanced writes it.
type enhanced struct {
	length  int // of the block
	id      int
	nano    int64
	wireLen int
	frame   []byte
}

// readEnhanced reads the first block of b. It is false when b does not begin
// with a whole one.
func readEnhanced(b []byte) (e enhanced, ok bool) {
	order := binary.LittleEndian
	if len(b) < enhancedRoom || order.Uint32(b) != blockEnhanced {
		return e, false
	}
	n := int(order.Uint32(b[20:]))
	e.length = enhancedLength(n)
	if n > maxRecord || e.length > len(b) || int(order.Uint32(b[4:])) != e.length {
		return e, false
	}
	e.id, e.wireLen = int(order.Uint32(b[8:])), int(order.Uint32(b[24:]))
	e.nano = int64(uint64(order.Uint32(b[12:]))<<32 | uint64(order.Uint32(b[16:])))
	e.frame = b[28 : 28+n : 28+n]
	return e, true
}
