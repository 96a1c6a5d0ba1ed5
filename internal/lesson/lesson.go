// Package lesson makes what a capture teaches beyond single findings: what its
// connections cost and what they might have cost, how programs would read its
// ambiguous messages, when its chunks came, what its cookie jars held, who used
// a session of somebody else, which bytes of its resources were sent, and what
// an eavesdropper learns.
//
// A lesson is data, and a page that shows them. It reads records and bytes that
// were decoded already; it opens no files, keeps no state, draws nothing, and
// sends nothing. The one protocol that it reads itself is the part of TLS that
// is not encrypted, by package tlsread.
package lesson

import (
	"iter"

	"httpscope/internal/doc"
	"httpscope/internal/spelling"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// Source is a capture as lessons look at it.
type Source interface {
	// Connections goes through the connections in the order of their numbers.
	Connections() iter.Seq[*trace.Connection]
	// Exchanges goes through the exchanges in the order of their numbers.
	Exchanges() iter.Seq[*trace.Exchange]
	// Tape is what is kept of a connection's packets and bytes, nil for nothing.
	Tape(connection int64) *trace.Tape
	// WireLen is the length of a packet on the wire in bytes, its link-layer
	// header included; 0 when that is not known.
	WireLen(frame int64) int
	// Begin is the time of the first packet, nanoseconds since 1970.
	Begin() int64
}

// Scope limits a lesson to a part of the capture.
type Scope struct {
	Connection int64 // -1 for all
	Exchange   int64 // 0 for all
}

// Everything is the scope of a whole capture.
var Everything = Scope{Connection: -1}

// exchange reports whether an exchange lies in the scope.
func (s Scope) exchange(x *trace.Exchange) bool {
	return (s.Exchange == 0 || s.Exchange == x.ID) && (s.Connection < 0 || x.Conn != nil && s.Connection == x.Conn.ID)
}

// connection reports whether a connection lies in the scope. An exchange's
// scope holds its connection; on is the connection of the exchange.
func (s Scope) connection(c *trace.Connection, on int64) bool {
	return (s.Connection < 0 || s.Connection == c.ID) && (s.Exchange == 0 || on == c.ID)
}

// Lesson is data that can be written as JSON, and a page of them, in the language that it was made in. Names in the
// data (of readers, of kinds of knowledge) are English in every language, for programs to compare.
type Lesson interface {
	// Page shows the lesson. Sentences are whole lines, to be wrapped by [doc.Wrap].
	Page() doc.Lines
}

// Kind is one kind of lesson.
type Kind struct {
	Name  string       // as typed
	Title texts.Phrase // a short line without a full stop
	About texts.Phrase // one sentence
	Make  func(texts.Lang, Source, Scope) Lesson
}

// Kinds lists the kinds, in the order in which they are best looked at.
var Kinds = []Kind{
	kind("price", price),
	kind("chunks", chunks),
	kind("jar", jar),
	kind("hijack", hijack),
	kind("ranges", rangeMaps),
	kind("readings", readings),
	kind("leak", leaks),
}

func kind(name string, make func(texts.Lang, Source, Scope) Lesson) Kind {
	return Kind{name, texts.Say("lesson.title." + name), texts.Say("lesson.about." + name), make}
}

// Lookup returns the kind with a name.
func Lookup(name string) (Kind, bool) {
	for _, k := range Kinds {
		if k.Name == name {
			return k, true
		}
	}
	return Kind{}, false
}

// exchangesIn collects the exchanges of a scope.
func exchangesIn(src Source, scope Scope) []*trace.Exchange {
	var out []*trace.Exchange
	for x := range src.Exchanges() {
		if x != nil && x.Conn != nil && scope.exchange(x) {
			out = append(out, x)
		}
	}
	return out
}

// connectionsIn collects the connections of a scope.
func connectionsIn(src Source, scope Scope) []*trace.Connection {
	on := int64(-1)
	if scope.Exchange != 0 {
		for _, x := range exchangesIn(src, scope) {
			on = x.Conn.ID
		}
	}
	var out []*trace.Connection
	for c := range src.Connections() {
		if c != nil && scope.connection(c, on) {
			out = append(out, c)
		}
	}
	return out
}

// Unknown is the error that there is no such kind, with the one that may have been meant.
func Unknown(name string) error {
	var names []string
	for _, k := range Kinds {
		names = append(names, k.Name)
	}
	hint := texts.Say("hint.lesson.kinds")
	if near := spelling.Nearest(name, names); near != "" {
		hint = texts.Say("hint.lesson.did-you-mean", near)
	}
	return texts.WithHint(texts.Errorf("error.lesson.unknown", name), hint)
}
