package trace

import (
	"strings"

	"httpscope/internal/tcpflag"
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
	Flags    tcpflag.Set
	Dir      uint8 // 0: sent by the end that sent the connection's first captured packet
	Notes    Notes
}

// Piece is where bytes of a stream came from. Pieces of a direction come in
// the order of their offsets.
type Piece struct {
	Frame  int64
	Nano   int64
	Offset int64 // of the first byte in the stream
	Len    int64
	Dir    uint8 // as in Segment
	Gap    bool  // the bytes were not captured; Frame tells what showed it
}

// Notes is what was noted about a segment: a set.
type Notes uint32

// Analysed are the notes that come from the analysis of packets, in the words and
// the order of reassembly.Analysis; the others are reassembly's own.
const Analysed Notes = 1<<14 - 1

var noteWords = [...]string{"retransmission", "fast-retransmission", "spurious-retransmission", "out-of-order", "lost-segment",
	"acked-lost-segment", "duplicate-ack", "keep-alive", "keep-alive-ack", "window-update", "window-full", "zero-window",
	"zero-window-probe", "zero-window-probe-ack",
	"gap", "overlap-different", "late-segment", "midstream", "reset", "half-close", "data-after-end", "outside-window",
	"port-reuse", "payload-cut", "reset-ignored"}

// NoteOf is the set with one word; empty when the word is unknown.
func NoteOf(word string) Notes {
	for i, w := range noteWords {
		if w == word {
			return 1 << i
		}
	}
	return 0
}

// Has reports whether the set has a word.
func (n Notes) Has(word string) bool { return n&NoteOf(word) != 0 }

// String lists the words.
func (n Notes) String() string {
	var words []string
	for i, w := range noteWords {
		if n&(1<<i) != 0 {
			words = append(words, w)
		}
	}
	return strings.Join(words, ", ")
}
