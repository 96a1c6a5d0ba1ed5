package trace

import (
	"httpscope/internal/layer"
	"httpscope/internal/tcp"
)

// Segment is a TCP packet of a connection, as ladders and packet lists show it.
type Segment struct {
	Frame    int64
	Nano     int64
	Offset   int64 // of its first payload byte in its sender's stream; -1 for a SYN
	Acked    int64 // offset in the other side's stream up to which it acknowledges; -1 when that is not known
	Seq, Ack uint32
	Len      int32 // payload bytes on the wire
	Window   uint16
	Flags    tcp.Flags
	Dir      uint8 // 0: sent by the end that sent the connection's first captured packet
	Notes    tcp.Notes
}

// Extent is where bytes of a stream came from. Extents of a direction of a stream come in
// the order of their offsets.
type Extent struct {
	Stream layer.ID // 0: TCP's; of another, bytes that are not found in the one below
	Frame  int64
	Nano   int64
	Offset int64 // of the first byte in the stream
	Len    int64
	Dir    uint8 // as in Segment
	Gap    bool  // the bytes were not captured; Frame tells what showed it
}
