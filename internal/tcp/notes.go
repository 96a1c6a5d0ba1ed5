package tcp

import "strings"

// Notes is what is noted of a segment: a set, in the words of Wireshark's tcp.analysis where it has
// one.
type Notes uint32

// What a segment is in view of those before it, by numbers, SYN and FIN included, and times: the
// section "TCP Analysis" of the Wireshark User's Guide.
const (
	Retransmission Notes = 1 << iota
	FastRetransmission
	SpuriousRetransmission
	OutOfOrder
	LostSegment      // one before it is missing
	AckedLostSegment // it acknowledges what was not captured
	DuplicateAck
	KeepAlive
	KeepAliveAck
	WindowUpdate
	WindowFull
	ZeroWindow
	ZeroWindowProbe
	ZeroWindowProbeAck

	// What became of its bytes, and what else happened to the connection with it.
	Gap              // a hole is given up
	OverlapDifferent // bytes seen before, with another content: the first copy wins
	LateSegment      // bytes of a hole that was given up before
	Midstream        // the capture began after this direction did
	ResetSent        // RST
	AfterHalfClose   // data from one side after the other's FIN
	AfterEnd         // data beyond the sender's FIN, or after a RST
	OutsideWindow    // sequence or acknowledgment number outside any window
	PortReuse        // addresses and ports used again
	PayloadCut       // payload cut by the snapshot length
	ResetIgnored     // a RST that its receiver did not take
	Ahead            // a segment ahead of a hole: it waits, and nobody is told

	// Analysed are the notes that come from numbers and times.
	Analysed = Gap - 1
	// Told are the notes that records hold.
	Told = Ahead - 1
)

var noteWords = [...]string{"retransmission", "fast-retransmission", "spurious-retransmission", "out-of-order",
	"lost-segment",
	"acked-lost-segment", "duplicate-ack", "keep-alive", "keep-alive-ack", "window-update", "window-full",
	"zero-window",
	"zero-window-probe", "zero-window-probe-ack",
	"gap", "overlap-different", "late-segment", "midstream", "reset", "half-close", "data-after-end", "outside-window",
	"port-reuse", "payload-cut", "reset-ignored", "segment-ahead"}

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

// String lists the words. Of one that became a finding, the finding's code is "tcp-" and the word.
func (n Notes) String() string {
	var words []string
	for i, w := range noteWords {
		if n&(1<<i) != 0 {
			words = append(words, w)
		}
	}
	return strings.Join(words, ", ")
}
