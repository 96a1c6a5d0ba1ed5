package coursework

import (
	"cmp"
	"net/netip"
	"slices"
	"strings"

	"httpscope/internal/course/effect"
	"httpscope/internal/filter"
	"httpscope/internal/recording"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
	"httpscope/internal/visible"
)

// Evidence is the captures of a student: usually one, and two where one
// interface does not carry all that is asked.
type Evidence struct{ traffics []*effect.Traffic }

// NewEvidence takes the captures in the order of the student's files.
func NewEvidence(all ...*recording.Recording) *Evidence {
	e := &Evidence{}
	for _, r := range all {
		e.traffics = append(e.traffics, effect.Of(r))
	}
	return e
}

// hit is a row that a question is about.
type hit struct {
	traffic *effect.Traffic
	file    int // from 1; 0 where there is one file only
	row     filter.Subject
}

// find are the rows that the filter of a question selects, in the order of time:
// which of several files comes first means nothing. A connection that two
// captures have, one at each end, counts once.
func (e *Evidence) find(q *Question, rows string) []hit {
	compile := filter.Compile
	if rows == "packets" || rows == "connections" {
		compile = filter.CompilePackets
	}
	f, err := compile(q.Filter)
	if err != nil {
		panic("coursework: a filter that was checked does not compile: " + err.Error())
	}
	var all []hit
	for i, t := range e.traffics {
		file := 0
		if len(e.traffics) > 1 {
			file = i + 1
		}
		for _, row := range rowsOf(t, rows, f) {
			all = append(all, hit{t, file, row})
		}
	}
	if len(e.traffics) > 1 {
		slices.SortStableFunc(all, func(a, b hit) int { return cmp.Compare(a.nano(), b.nano()) })
	}
	if rows == "connections" {
		all = once(all)
	}
	return all
}

// nano is the time of a row.
func (h *hit) nano() int64 {
	if p := h.traffic.Recording.Packet(h.frame()); p != nil {
		return p.Nano
	}
	return 0
}

// once leaves out connections that an earlier capture has: they have the same
// ends and the same first sequence number.
func once(all []hit) []hit {
	type opening struct {
		ends [2]netip.AddrPort
		seq  uint32
	}
	seen := map[opening]int{}
	return slices.DeleteFunc(all, func(h hit) bool {
		o := opening{h.row.Conn.Ends, h.row.P.Segment.Seq}
		first, there := seen[o]
		if !there {
			seen[o] = h.file
		}
		return there && first != h.file
	})
}

// rowsOf are the rows of a kind that a filter selects.
func rowsOf(t *effect.Traffic, kind string, f *filter.Filter) []filter.Subject {
	var out []filter.Subject
	switch kind {
	case "packets":
		for _, n := range t.Packets(f) {
			out = append(out, *t.Row(n))
		}
	case "connections":
		for _, c := range t.Connections(f) {
			out = append(out, *t.Row(c.Start.Packet))
		}
	case "segments":
		return segments(t, f)
	case "exchanges":
		for _, x := range t.Exchanges(f) {
			out = append(out, filter.Subject{X: x, Begin: t.Recording.Begin})
		}
	default:
		out = t.Messages(f)
		slices.SortStableFunc(out, func(a, b filter.Subject) int { return int(a.M.First.Packet - b.M.First.Packet) })
	}
	return out
}

// segments are the packets that carry the bytes of the first message that a
// filter selects.
func segments(t *effect.Traffic, f *filter.Filter) []filter.Subject {
	messages := rowsOf(t, "messages", f)
	if len(messages) == 0 {
		return nil
	}
	var out []filter.Subject
	h := hit{traffic: t, row: messages[0]}
	for _, n := range h.bytes() {
		if row := t.Row(n); row != nil {
			out = append(out, *row)
		}
	}
	return out
}

// which are those of the rows that a question asks for. ok is false when the
// captures do not have them.
func (q *Question) which(rows []hit) (asked []hit, ok bool) {
	switch n := number(string(q.Which)); {
	case len(rows) == 0:
		return nil, false
	case q.Which == "all":
		return rows, true
	case q.Which == "last":
		return rows[len(rows)-1:], true
	case n > 0:
		if n > len(rows) {
			return nil, false
		}
		return rows[n-1 : n], true
	}
	return rows[:1], true
}

// frame is the packet that shows a row best: of a message that of its first byte.
func (h *hit) frame() int64 {
	switch {
	case h.row.P != nil:
		return h.row.P.Number
	case h.row.M != nil:
		return h.row.M.First.Packet
	}
	for m := range h.row.X.Messages() {
		return m.First.Packet
	}
	return 0
}

// nothing is said.
var nothing texts.Phrase

// proof is the packet of a row: what stands in it, and what that shows.
func (k *marking) proof(h *hit, shows texts.Phrase) Proof {
	text := h.words()
	if !shows.IsZero() {
		text = texts.Say("coursework.proof", text, shows)
	}
	if h.file > 0 {
		text = texts.Say("coursework.proof-capture", h.file, text)
	}
	return Proof{h.frame(), visible.Line(texts.In(k.lang).Of(text))}
}

func (h *hit) words() texts.Phrase {
	switch {
	case h.row.P != nil:
		return effect.Words(&h.row)
	case h.row.M != nil && h.row.M.Head != nil:
		m := h.row.M
		return texts.Say("coursework.proof-message", texts.Say("side."+m.Side.String()), m.Head.StartLine())
	}
	return texts.Say("coursework.proof-exchange", h.row.X.ID)
}

// packets are the rows of the packets that a row lies in: of a message those
// that carry its bytes.
func (h *hit) packets() []*filter.Subject {
	if h.row.P != nil {
		return []*filter.Subject{&h.row}
	}
	var out []*filter.Subject
	for _, n := range h.carriers() {
		if row := h.traffic.Row(n); row != nil {
			out = append(out, row)
		}
	}
	return out
}

// carriers are the packets that carry a message, in order, and the one to
// which Wireshark pins it.
func (h *hit) carriers() []int64 {
	m := h.row.M
	if m == nil {
		return nil
	}
	out := append(h.bytes(), m.First.Packet, m.Last.Packet, filter.Ended(m).Packet)
	slices.Sort(out)
	return slices.DeleteFunc(slices.Compact(out), func(n int64) bool { return n == 0 })
}

// bytes are the packets that carry bytes of a message, in the order of the stream.
func (h *hit) bytes() []int64 {
	m := h.row.M
	var out []int64
	if tape := h.traffic.Recording.Tape(h.row.X.Conn.ID); tape != nil {
		from, to := span(m)
		for _, p := range tape.Between(m.At(from, to)) {
			if !p.Gap && !slices.Contains(out, p.Frame) {
				out = append(out, p.Frame)
			}
		}
	}
	return out
}

// values are what a question asks of a row: values of a display filter field,
// or of a field of the head.
func (q *Question) values(h *hit) []string {
	if q.Header == "" {
		return filter.Values(q.Field, &h.row)
	}
	var out []string
	for _, m := range h.heads() {
		for i := range m.Head.Fields {
			if f := &m.Head.Fields[i]; strings.EqualFold(f.Name, q.Header) {
				out = append(out, f.Value)
			}
		}
	}
	return out
}

// asks names what a question asks for.
func (q *Question) asks() string {
	if q.Header != "" {
		return q.Header
	}
	return q.Field
}

// heads are the messages with a head of a row.
func (h *hit) heads() []*trace.Message {
	var all []*trace.Message
	switch {
	case h.row.M != nil:
		all = append(all, h.row.M)
	case h.row.X != nil:
		all = slices.AppendSeq(all, h.row.X.Messages())
	default:
		for i := range h.row.With {
			all = append(all, h.row.With[i].M)
		}
	}
	return slices.DeleteFunc(all, func(m *trace.Message) bool { return m.Head == nil })
}

// span is the bytes of a message in its side's stream.
func span(m *trace.Message) (from, to int64) {
	if m.Head != nil {
		from = m.Head.Span.From
		return from, from + m.Head.Size() + m.Wire()
	}
	return m.BodyOffset, m.BodyOffset + m.Body
}

// join writes values of a list.
func join(values []string) string { return strings.Join(values, ", ") }
