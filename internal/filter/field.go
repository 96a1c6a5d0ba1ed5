package filter

import (
	"slices"
	"strings"
	"sync"

	"httpscope/internal/layer"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// Field is a field of the language: its name, its type, and what it is: half a line, without an article.
type Field struct {
	Name    string
	Type    Type
	Doc     texts.Phrase
	Many    bool // one message can have several values of it
	Packets bool // only rows that are packets have it
}

// level says what a field belongs to: a row shows it once for each.
type level uint8

const (
	ofMessage  level = iota // a request or response
	ofPacket                // the packet that completes a message
	ofExchange              // the exchange
	ofFrame                 // a packet, where rows are packets
	ofAny                   // a message, or a packet where rows are packets
)

// side says which messages have a field.
type side uint8

const (
	either side = iota
	request
	response
)

// sideOf is the side that a message is of.
func sideOf(m *trace.Message) side {
	if m.Side == layer.Client {
		return request
	}
	return response
}

// field is a field and how to get it. get pushes the values.
type field struct {
	Field
	level  level
	side   side
	opaque bool // a protocol whose bytes are not recorded
	body   bool // it needs the body of a message
	late   bool // it is known when the connection is over: see [KnownLate]
	get    func(r *row, p *part)
	usual  []string // literals that it is often compared with

	notation notation
	digits   int // of a number in hexadecimal, 0 for as many as the type has
}

// catalogue is all fields by name. It is made once and never changes.
var catalogue = sync.OnceValue(func() map[string]*field {
	all := map[string]*field{}
	for _, table := range [][]field{packetFields(), frameFields(), ipFields(), tcpFields(), tlsFields(), httpFields(),
		headerFields(), bodyFields(), formFields(), udpFields(), ownFields()} {
		for i := range table {
			f := &table[i]
			f.Packets = f.Packets || f.level == ofFrame
			if f.Doc.IsZero() {
				f.Doc = texts.Say("filter.field." + keyOf(f.Name))
			}
			all[f.Name] = f
		}
	}
	return all
})

// keyOf is a name of the language as part of the key of a phrase.
func keyOf(name string) string { return strings.ReplaceAll(name, "_", "-") }

// lookup finds a field. Names are in lower case, as in Wireshark.
func lookup(name string) *field { return catalogue()[name] }

// KnownLate reports whether one of the fields named is known of an exchange only when its
// connection is over.
func KnownLate(names []string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		f := lookup(name)
		return f != nil && f.late
	})
}

// Fields lists all fields in the order of their names.
func Fields() []Field {
	var all []Field
	for _, f := range catalogue() {
		all = append(all, f.Field)
	}
	slices.SortFunc(all, func(a, b Field) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// concerns reports whether a part of a row can have the field.
func (f *field) concerns(p *part) bool {
	switch f.level {
	case ofFrame:
		return p.row != nil
	case ofAny:
		return p.m != nil || p.row != nil
	case ofPacket:
		return p.packet
	case ofExchange:
		return p.exchange
	}
	if f.side == either {
		return p.m != nil
	}
	return f.side == p.side && p.m != nil && p.m.Head != nil
}

// Subject is a row that a filter is asked about: an exchange, a message, or a
// packet with the messages that complete in it. The zero value has no fields.
type Subject struct {
	// P is a packet, for a filter that [CompilePackets] made. X is nil then, and
	// With has the messages.
	P *trace.Packet
	// Conn is the connection of P, nil when it belongs to none.
	Conn *trace.Connection
	X    *trace.Exchange
	// M is one message of X, as Wireshark has it in a row. Nil is the whole
	// exchange: fields have the values of all its messages.
	M *trace.Message
	// With are further messages that complete in the same packet, with M set.
	With []Subject
	// Begin is the time of the capture's first packet in nanoseconds since 1970.
	// Without it frame.time_relative has no value.
	Begin int64
}

// part is a message of a row. packet and exchange say whether it is the first
// of its packet and of its exchange.
type part struct {
	x                *trace.Exchange
	m                *trace.Message
	side             side
	packet, exchange bool
	row              *trace.Packet     // of the first part of a row that is a packet
	conn             *trace.Connection // of such a row
}

// row is a row while filters look at it, and their stack of values.
type row struct {
	parts  []part
	begin  int64
	whole  bool // the row is an exchange, not a message
	values []value
}

// set makes the row that of a subject.
func (r *row) set(s *Subject) {
	r.parts, r.values, r.begin = r.parts[:0], r.values[:0], s.Begin
	r.whole = s.X != nil && s.M == nil
	switch {
	case s.P != nil:
		r.parts = append(r.parts, part{packet: true, row: s.P, conn: s.Conn})
		r.with(s)
		return
	case s.M != nil:
		r.parts = append(r.parts, part{x: s.X, m: s.M, side: sideOf(s.M), packet: true, exchange: true})
		r.with(s)
		return
	case s.X == nil:
		return
	}
	r.message(s.X, s.X.Request, request)
	for _, m := range s.X.Interim {
		r.message(s.X, m, response)
	}
	r.message(s.X, s.X.Response, response)
	r.message(s.X, s.X.Simple, response)
	if len(r.parts) == 0 {
		r.parts = append(r.parts, part{x: s.X, side: request, packet: true, exchange: true})
	}
}

// with adds the further messages of a packet.
func (r *row) with(s *Subject) {
	for i := range s.With {
		w := &s.With[i]
		r.parts = append(r.parts, part{x: w.X, m: w.M, side: sideOf(w.M), exchange: w.X != r.parts[len(r.parts)-1].x})
	}
}

func (r *row) message(x *trace.Exchange, m *trace.Message, of side) {
	if m != nil {
		r.parts = append(r.parts, part{x: x, m: m, side: of, packet: true, exchange: len(r.parts) == 0})
	}
}

// push adds a value to the stack.
func (r *row) push(v value) { r.values = append(r.values, v) }

// field pushes the values of a field.
func (r *row) field(f *field) {
	for i := range r.parts {
		if p := &r.parts[i]; f.concerns(p) {
			f.get(r, p)
		}
	}
}
