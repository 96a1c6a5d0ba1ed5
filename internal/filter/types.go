package filter

import "httpscope/internal/texts"

// Type is the type of a field or of an operand. It decides how a literal beside
// it is read and which operators it takes.
type Type uint8

// Types, by Wireshark's FT_ names.
const (
	Protocol    Type = iota // FT_PROTOCOL: can be tested; http is also its bytes
	Boolean                 // FT_BOOLEAN
	Unsigned8               // FT_UINT8
	Unsigned16              // FT_UINT16
	Unsigned32              // FT_UINT32
	Unsigned64              // FT_UINT64
	FrameNumber             // FT_FRAMENUM
	String                  // FT_STRING
	Bytes                   // FT_BYTES, and every slice
	IPv4                    // FT_IPv4
	IPv6                    // FT_IPv6
	TimeOffset              // FT_RELATIVE_TIME, written in seconds
	DateTime                // FT_ABSOLUTE_TIME
	Label                   // FT_NONE: can be tested, and nothing else
)

// typeKeys are the keys of their names.
var typeKeys = [...]string{"protocol", "boolean", "unsigned-1", "unsigned-2", "unsigned-4", "unsigned-8", "frame",
	"string",
	"bytes", "ipv4", "ipv6", "offset", "date", "label"}

// Name is the name of the type in Wireshark's manual page.
func (t Type) Name() texts.Phrase { return texts.Say("filter.type." + typeKeys[t]) }

// String is the name of the type in English.
func (t Type) String() string { return t.Name().String() }

// text reports whether values are characters or bytes.
func (t Type) text() bool { return t == String || t == Bytes || t == Protocol }

// number reports whether values are unsigned integers or a boolean, which is
// one of 0 and 1.
func (t Type) number() bool { return t >= Boolean && t <= FrameNumber }

// integer reports whether one can calculate with values.
func (t Type) integer() bool { return t.number() && t != Boolean }

// address reports whether values are addresses.
func (t Type) address() bool { return t == IPv4 || t == IPv6 }

// limit is the largest literal that a number takes.
func (t Type) limit() uint64 {
	switch t {
	case Unsigned8:
		return 1<<8 - 1
	case Unsigned16:
		return 1<<16 - 1
	case Unsigned64, Boolean:
		return 1<<64 - 1
	}
	return 1<<32 - 1
}

// compatible reports whether values of two types can be compared.
func compatible(a, b Type) bool {
	return a == b || a.text() && b.text() || a.number() && b.number()
}
