package store

import (
	"net/netip"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/finding"
	"httpscope/internal/layer"
	"httpscope/internal/trace"
)

// row is an exchange of which only what a table shows is kept. It holds one
// pointer, so that a million of them are no burden to the garbage collector.
type row struct {
	id, conn, ordinal int64
	ends              [2]end
	sides             [2]half
	text              string // see pack
	flags             rowFlags
}

// end is an address and port without pointers.
type end struct {
	addr [16]byte
	port uint16
	is4  bool
}

// half is what is kept of a message.
type half struct {
	first, last, ended  layer.Stamp
	head, body, framing int64
	status              int16
	kind, rule          uint8
}

// rowFlags say what the row had.
type rowFlags uint8

const (
	hasRequest rowFlags = 1 << iota
	hasResponse
	hasSimple
	requestDone
	responseDone
	requestComplete
	responseComplete
	hasRange
)

// headComplete is set in half.kind for a head that was read to its end.
const headComplete = 0x80

// rowCost is the size of a row without its text, as the allocator rounds it.
const rowCost = 272

// pack keeps of an exchange what a row needs. Network text cannot hold a line
// feed in any of these places, so it separates them.
func pack(x *trace.Exchange) *row {
	r := &row{id: x.ID, conn: x.Conn.ID, ordinal: x.Ordinal}
	for i, e := range x.Conn.Ends {
		r.ends[i] = end{e.Addr().As16(), e.Port(), e.Addr().Is4()}
	}
	var t [8]string
	if m := x.Request; m != nil {
		r.flags |= hasRequest
		t[0], t[1], t[2] = m.Head.Method, m.Head.Target, m.Head.Version
		t[3], _ = m.Head.Get("Host")
		r.message(0, m, requestDone, requestComplete)
	}
	if m := x.Response; m != nil {
		r.flags |= hasResponse
		t[4], t[5] = m.Head.Version, m.Head.Reason
		t[6], _ = m.Head.Get("Content-Type")
		r.message(1, m, responseDone, responseComplete)
	} else if x.Simple != nil {
		r.flags |= hasSimple
		r.message(1, x.Simple, responseDone, responseComplete)
	}
	if x.Ranges != nil {
		r.flags |= hasRange
	}
	t[7] = codes(x.Findings)
	r.text = strings.Join(t[:], "\n")
	return r
}

// maxCodes bounds the findings that a row lists.
const maxCodes = 4

func codes(fs []trace.Finding) string {
	var b strings.Builder
	for i := range fs[:min(len(fs), maxCodes)] {
		b.WriteString(string('0'+byte(fs[i].Side)) + fs[i].Code + ";")
	}
	return b.String()
}

func (r *row) message(side int, m *trace.Message, done, complete rowFlags) {
	h := &r.sides[side]
	h.first, h.last, h.ended = m.First, m.Last, m.Ended
	h.body, h.framing = m.Body, m.Framing+m.Trailing
	if m.Head != nil {
		h.head, h.status = m.Head.Size(), int16(m.Head.Status)
		h.kind, h.rule = uint8(m.Head.Framing().Kind), uint8(m.Head.Framing().Rule)
		if m.Head.Complete {
			h.kind |= headComplete
		}
	}
	if m.Done {
		r.flags |= done
	}
	if m.Complete {
		r.flags |= complete
	}
}

// scratch is memory for an exchange that a row is unpacked into.
type scratch struct {
	x        trace.Exchange
	conn     trace.Connection
	messages [2]trace.Message
	heads    [2]trace.Head
	texts    [2]httpdecode.Head
	fields   [2][1]httpdecode.Field
	ranges   trace.RangeReading
}

// unpack makes an exchange of a row: heads with few fields and no text. What an
// earlier row left in the scratch is overwritten or left out; clearing it
// whole would take most of the time of a search.
func (r *row) unpack(s *scratch) *trace.Exchange {
	x := &s.x
	x.ID, x.Ordinal, x.Conn = r.id, r.ordinal, &s.conn
	x.Request, x.Response, x.Simple, x.Ranges = nil, nil, nil, nil
	s.conn.ID = r.conn
	for i := range r.ends {
		s.conn.Ends[i] = r.ends[i].addrPort()
	}
	var t [8]string
	rest := r.text
	for i := range t {
		t[i], rest, _ = strings.Cut(rest, "\n")
	}
	if r.flags&hasRequest != 0 {
		h := r.head(s, 0, "Host", httpdecode.FieldHost, t[3])
		h.Method, h.Target, h.Version = t[0], t[1], t[2]
		h.Scheme, h.Authority, h.Path = "http", t[3], t[1]
		x.Request = &s.messages[0]
	}
	if r.flags&(hasResponse|hasSimple) != 0 {
		h := r.head(s, 1, "Content-Type", httpdecode.FieldContentType, t[6])
		h.Version, h.Reason, h.Status = t[4], t[5], int(r.sides[1].status)
		x.Response = &s.messages[1]
		if r.flags&hasSimple != 0 {
			s.messages[1].Head = nil
			x.Simple, x.Response = x.Response, nil
		}
	}
	if r.flags&hasRange != 0 {
		x.Ranges = &s.ranges
	}
	x.Findings = findings(t[7])
	return x
}

func (e *end) addrPort() netip.AddrPort {
	a := netip.AddrFrom16(e.addr)
	if e.is4 {
		a = a.Unmap()
	}
	return netip.AddrPortFrom(a, e.port)
}

// head unpacks a message with one field.
func (r *row) head(s *scratch, side int, name string, id httpdecode.FieldID, value string) *trace.Head {
	h, p, m := &s.heads[side], &r.sides[side], &s.messages[side]
	h.Side, h.Text = layer.Side(side), &s.texts[side]
	h.Text.Framing.Kind, h.Text.Framing.Rule, h.Complete = httpdecode.FramingKind(p.kind&^headComplete), int(p.rule),
		p.kind&headComplete != 0
	h.Fields = nil
	h.Only()
	if value != "" {
		s.fields[side][0] = httpdecode.Field{Name: name, Value: value, ID: id}
		h.Fields = s.fields[side][:]
		h.Only(id)
	}
	done, complete := requestDone, requestComplete
	if side == 1 {
		done, complete = responseDone, responseComplete
	}
	m.Side, m.Head, m.First, m.HeadEnd, m.Last, m.Ended = h.Side, h, p.first, p.first, p.last, p.ended
	m.Body, m.Framing, m.BodyOffset = p.body, p.framing, -1
	m.Done, m.Complete = r.flags&done != 0, r.flags&complete != 0
	return h
}

// findings unpacks what codes packed.
func findings(s string) []trace.Finding {
	var fs []trace.Finding
	for s != "" {
		var one string
		one, s, _ = strings.Cut(s, ";")
		severity, _ := finding.Of(one[1:])
		fs = append(fs, trace.Finding{Code: one[1:], Severity: severity,
			Place: layer.Place{Side: layer.Side(one[0] - '0'), Span: trace.NoByte}})
	}
	return fs
}
