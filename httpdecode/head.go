package httpdecode

import (
	"sort"
	"strings"
	"unsafe"
)

// Head is the start line and the fields of a message.
type Head struct {
	Side   Side
	Raw    string // as sent, with line ends and the empty line
	Offset int64  // of Raw[0] in the side's stream
	First  Stamp  // of its first byte
	Last   Stamp  // of its last byte
	Origin []Origin

	Method  string     // request only
	Target  string     // request only, as sent
	Form    TargetForm // request only
	Status  int        // response only; 0 when it is no number
	Reason  string     // response only
	Version string     // as sent; "" in an HTTP/0.9 request

	FieldList
	Framing  Framing
	Persist  Persistence // what this message says of the connection
	Complete bool        // false when the stream broke off inside it
	memory   []byte      // that Raw stands in
	Paired   bool        // response only: its request was seen
	// Unsettled is for responses only: what it answers will be told by a [PairEvent].
	Unsettled bool
}

// Origin says which packet the bytes from a stream offset on came from. A
// head that lies in one packet has none.
type Origin struct {
	From int64
	Stamp
}

// copyText sets Raw to a copy of b, in memory that a recycled head left.
func (h *Head) copyText(b []byte) {
	h.memory = append(h.memory[:0], b...)
	h.Raw = unsafe.String(unsafe.SliceData(h.memory), len(h.memory))
}

// StampAt is the packet and time of the head's byte at an index of Raw.
func (h *Head) StampAt(index int) Stamp {
	place := h.Offset + int64(index)
	behind := sort.Search(len(h.Origin), func(i int) bool { return h.Origin[i].From > place })
	if behind == 0 {
		return h.First
	}
	return h.Origin[behind-1].Stamp
}

// StartLine is the first line without its line end.
func (h *Head) StartLine() string {
	line, _, _ := strings.Cut(h.Raw, "\n")
	return strings.TrimSuffix(line, "\r")
}

// atLeast11 reports whether the message may use what HTTP/1.1 brought. Only
// 0.9 and 1.0 may not; an unreadable version is taken for the current one.
func (h *Head) atLeast11() bool {
	return strings.ContainsRune(h.Version, '/') && h.Version != "HTTP/1.0" && !strings.HasPrefix(h.Version, "HTTP/0.")
}

// TargetForm is the form of a request target (RFC 9112, Section 3.2).
type TargetForm uint8

// Forms.
const (
	NoForm        TargetForm = iota // none of the four
	OriginForm                      // /path?query
	AbsoluteForm                    // http://host/path
	AuthorityForm                   // host:port, for CONNECT
	AsteriskForm                    // *, for OPTIONS
)

var formNames = [...]string{"none", "origin-form", "absolute-form", "authority-form", "asterisk-form"}

// String is the RFC's name of the form.
func (f TargetForm) String() string { return formNames[f] }

// Persistence is what a message says of the connection after it (RFC 9112, Section 9.3).
type Persistence uint8

// Rules of persistence.
const (
	PersistDefault   Persistence = iota // HTTP/1.1 without close: stays open
	PersistKeepAlive                    // HTTP/1.0 with keep-alive: stays open
	CloseAsked                          // Connection: close
	CloseOld                            // HTTP/1.0 without keep-alive
)

// Keeps reports whether the connection may stay open.
func (p Persistence) Keeps() bool { return p <= PersistKeepAlive }

var persistNames = [...]string{"default of HTTP/1.1", "HTTP/1.0 with keep-alive", "Connection: close",
	"default of HTTP/1.0"}

// String names the rule.
func (p Persistence) String() string { return persistNames[p] }
