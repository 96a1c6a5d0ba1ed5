package coursework

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"httpscope/internal/content"
	"httpscope/internal/filter"
	"httpscope/internal/trace"
)

// confusion is a value that is easily taken for the one that is asked.
type confusion struct{ code, value string }

// group is what a field's values are, for what is easily taken for them.
type group int

const (
	otherGroup group = iota
	lengthGroup
	portGroup
	addressGroup
	sequenceGroup
	numberGroup
)

// groups tell the group by words in the name of a field, the first that fits.
var groups = []struct {
	group group
	words []string
}{
	{portGroup, []string{"port"}},
	{sequenceGroup, []string{"tcp.seq", "tcp.ack", "tcp.nxtseq"}},
	{lengthGroup, []string{".len", "_len", "length", "bytes", "chunk_size", ".size"}},
	{numberGroup, []string{"frame.number", "tcp.stream", "scope.exchange", "_in"}},
	{addressGroup, []string{"ip.src", "ip.dst", "ip.addr", "ip.host", "ipv6.src", "ipv6.dst", "ipv6.addr",
		"ipv6.host"}},
}

// group is the group of the field that a question asks for.
func (q *Question) group() group {
	name := q.Field
	if name == "" {
		name = strings.ToLower(q.Header)
	}
	for _, g := range groups {
		if slices.ContainsFunc(g.words, func(w string) bool { return strings.Contains(name, w) }) {
			return g.group
		}
	}
	return otherGroup
}

// confusions are those of what a question asks of a row, the likeliest first:
// values of the same group, since any small number is equal to some other by chance.
func (h *hit) confusions(q *Question) []confusion {
	var all []confusion
	switch q.group() {
	case lengthGroup:
		all = h.lengths()
	case sequenceGroup:
		code, fields := "absolute-sequence", []string{"tcp.seq_raw", "tcp.ack_raw"}
		if strings.HasSuffix(q.Field, "_raw") {
			code, fields = "relative-sequence", []string{"tcp.seq", "tcp.ack"}
		}
		for _, p := range h.packets() {
			for _, f := range fields {
				all = append(all, confused(code, filter.Values(f, p)...)...)
			}
		}
	case numberGroup:
		for _, p := range h.packets() {
			all = append(all, confused("packet-number", filter.Values("frame.number", p)...)...)
		}
		all = append(all, h.ends("stream-number")...)
	case portGroup:
		all = h.ends("client-port", "server-port")
	case addressGroup:
		all = h.ends("client-address", "server-address")
	}
	return append(all, h.others(q)...)
}

func confused(code string, values ...string) []confusion {
	var all []confusion
	for _, v := range values {
		all = append(all, confusion{code, v})
	}
	return all
}

// lengths are those of the message and of its packets.
func (h *hit) lengths() []confusion {
	var all []confusion
	add := func(code string, values ...string) { all = append(all, confused(code, values...)...) }
	if m := h.row.M; m != nil && m.Head != nil {
		add("header-length", fmt.Sprint(m.Head.Size()), fmt.Sprint(len(strings.TrimSuffix(m.Head.AsSent(), "\r\n"))))
		add("message-length", fmt.Sprint(m.Head.Size()+m.Wire()))
		add("body-length", fmt.Sprint(m.Body))
		add("wire-length", fmt.Sprint(m.Wire()))
		add("decoded-length", decodedLength(m)...)
	}
	for _, p := range h.packets() {
		add("frame-length", filter.Values("frame.len", p)...)
		add("ip-length", filter.Values("ip.len", p)...)
		add("segment-length", filter.Values("tcp.len", p)...)
	}
	return all
}

// ends are the ports, addresses and number of the connection, those with the
// given codes.
func (h *hit) ends(codes ...string) []confusion {
	c := h.row.Conn
	if h.row.X != nil {
		c = h.row.X.Conn
	}
	if c == nil {
		return nil
	}
	all := []confusion{
		{"client-port", fmt.Sprint(c.Ends[0].Port())}, {"server-port", fmt.Sprint(c.Ends[1].Port())},
		{"client-address", c.Ends[0].Addr().String()}, {"server-address", c.Ends[1].Addr().String()},
		{"stream-number", fmt.Sprint(c.ID)},
	}
	return slices.DeleteFunc(all, func(c confusion) bool { return !slices.Contains(codes, c.code) })
}

// decodedLength is the length of a body behind its content codings, when it
// was kept whole and can be decoded.
func decodedLength(m *trace.Message) []string {
	value, ok := m.Head.Get("Content-Encoding")
	if !ok || !m.KeptAll || len(m.Kept) == 0 {
		return nil
	}
	const most = 16 << 20
	codings, _ := content.ParseCodings(value)
	d := content.Decode(codings, m.Kept, most)
	if !d.Complete {
		return nil
	}
	return []string{fmt.Sprint(len(d.Body))}
}

// others are the values of the same field in other rows of the capture: the
// other message of the exchange first.
func (h *hit) others(q *Question) []confusion {
	var all []confusion
	t := h.traffic
	if h.row.X != nil {
		mirrored := q.mirrored()
		for m := range h.row.X.Messages() {
			if m != h.row.M {
				row := hit{row: filter.Subject{X: h.row.X, M: m, Begin: t.Recording.Begin}}
				for _, v := range append(q.values(&row), mirrored.values(&row)...) {
					all = append(all, confusion{"other-side", v})
				}
			}
		}
	}
	const most = 2000 // rows that are looked through
	for i, x := range t.Recording.Exchanges {
		if i == most {
			break
		}
		for m := range x.Messages() {
			for _, v := range q.values(&hit{row: filter.Subject{X: x, M: m, Begin: t.Recording.Begin}}) {
				all = append(all, confusion{"other-message", v})
			}
		}
	}
	return all
}

// mirrored is the question that asks the same of the other message of the
// exchange: for http.request.version in place of http.response.version.
func (q *Question) mirrored() *Question {
	m := *q
	for _, sides := range [][2]string{{"http.request.", "http.response."}, {"http.response.", "http.request."}} {
		if rest, is := strings.CutPrefix(q.Field, sides[0]); is {
			if _, err := filter.FieldNamed(sides[1] + rest); err == nil {
				m.Field = sides[1] + rest
			}
			break
		}
	}
	return &m
}

// explain tags a wrong answer by what it would be right for.
func (k *marking) explain(given, right string, all []confusion) {
	for _, c := range all {
		if !same(c.value, right, k.q.Within) && same(given, c.value, 0) {
			k.tag(c.code)
			return
		}
	}
	a, _, okA := amount(given)
	b, _, okB := amount(right)
	switch {
	case !okA || !okB:
	case k.countable() && (equalNumbers(a, b+1, 0) || equalNumbers(a, b-1, 0)):
		k.tag("off-by-one")
	case k.q.seconds() && b != 0 && (equalNumbers(a, b*1000, k.q.Within*1000) || equalNumbers(a*1000, b, k.q.Within)):
		k.tag("unit")
	case k.countable() && hexConfused(given, right):
		k.tag("hexadecimal")
	}
}

// countable reports whether one more or one less than what is asked is a likely
// slip: of lengths and numbers of things, but not of statuses and ports.
func (k *marking) countable() bool {
	return k.q.kind.numbers || k.q.group() == lengthGroup || k.q.Field == "frame.number"
}

// seconds reports whether a question asks for a time in seconds.
func (q *Question) seconds() bool {
	f, err := filter.FieldNamed(q.Field)
	return q.Field != "" && err == nil && f.Type == filter.TimeOffset
}

// hexConfused reports a number whose digits were read in the other base.
func hexConfused(given, right string) bool {
	g, err1 := strconv.ParseUint(plain(given), 16, 32)
	r, err2 := strconv.ParseUint(plain(right), 10, 64)
	if err1 == nil && err2 == nil && g == r {
		return true
	}
	d, err := strconv.ParseUint(strconv.FormatUint(r, 16), 10, 64)
	n, err3 := strconv.ParseUint(plain(given), 10, 64)
	return err == nil && err3 == nil && err2 == nil && d == n
}
