package lesson

import (
	"cmp"
	"fmt"
	"slices"

	"httpscope/httpdecode"
	"httpscope/internal/layer"
	"httpscope/internal/page"
	"httpscope/internal/tcp"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// Readings is the messages that programs read differently.
type Readings struct {
	Messages []Ambiguity `json:"messages"`
	Compared int         `json:"compared"` // messages that were read in all ways
	Left     int         `json:"left_out"` // with bytes that were not captured, and ambiguous ones beyond maxAmbiguous
}

// Ambiguity is one message with its readings.
type Ambiguity struct {
	Exchange int64     `json:"exchange"`
	Side     string    `json:"side"`   // request or response
	Start    int64     `json:"start"`  // offset of its first byte in the side's stream
	Packet   int64     `json:"packet"` // of its first byte
	Asked    string    `json:"request"`
	Line     string    `json:"start_line"`
	Title    string    `json:"title"`
	Codes    []string  `json:"findings"`
	Readings []Reading `json:"readings"`
	Why      string    `json:"why_they_disagree"`
	Danger   string    `json:"why_it_is_dangerous"`

	in layer.Place // the stream and side
}

// Reading is what one program makes of a message.
type Reading struct {
	Reader  string `json:"reader"`
	Accepts bool   `json:"accepts"`
	End     int64  `json:"end"`  // offset behind the message in the side's stream, -1 when the program finds none
	Body    int64  `json:"body"` // bytes of content that it takes
	Rule    string `json:"rule"` // where it is written
	Says    string `json:"says"`
	Next    string `json:"next"` // what becomes of the bytes that follow
}

// maxAmbiguous bounds the messages that are told; ahead is how many bytes
// behind a message are looked at, to see what becomes of them.
const (
	maxAmbiguous = 100
	ahead        = 8 << 10
)

func readings(src Source, scope Scope) Lesson {
	l := &Readings{}
	lines := map[int64]*line{}
	for x := range src.Exchanges() {
		if x == nil || x.Conn == nil {
			continue
		}
		k := lines[x.Conn.ID]
		if k == nil {
			k = &line{}
			lines[x.Conn.ID] = k
		}
		k.exchange(x)
	}
	for _, x := range exchangesIn(src, scope) {
		k := lines[x.Conn.ID]
		k.open(src, x.Conn)
		for m := range x.Messages() {
			if m.Head != nil && m.Head.Complete && m.Head.Framing().Kind != httpdecode.Tunnel {
				l.message(x, m, k)
			}
		}
	}
	return l
}

// line is a connection as readers of it know it.
type line struct {
	tape   *trace.Tape
	opened bool
	asked  []request
	starts map[layer.Place][]int64 // offsets of heads, by stream and side
	fin    [2]bool
	reset  bool
}

// request is the method of a request and the packet that completed its head.
type request struct {
	method string
	frame  int64
}

// exchange remembers where messages begin, and what was asked.
func (k *line) exchange(x *trace.Exchange) {
	if k.starts == nil {
		k.starts = map[layer.Place][]int64{}
	}
	for m := range x.Messages() {
		if m.Head != nil {
			k.starts[m.Begins()] = append(k.starts[m.Begins()], m.Head.Span.From)
		}
	}
	if x.Request != nil && x.Request.Head != nil {
		k.asked = append(k.asked, request{x.Request.Head.Method, x.Request.HeadEnd.Packet})
	}
}

// open looks how the connection ended.
func (k *line) open(src Source, c *trace.Connection) {
	if k.opened {
		return
	}
	k.opened, k.tape = true, src.Tape(c.ID)
	if c.Heard {
		k.fin = [2]bool{c.State == tcp.Closed, c.State == tcp.Closed}
	}
	if k.tape == nil {
		return
	}
	for i := range k.tape.Segments {
		g := &k.tape.Segments[i]
		k.fin[c.Side(g.Dir)] = k.fin[c.Side(g.Dir)] || g.Flags&fin != 0
		k.reset = k.reset || g.Flags&rst != 0
	}
}

// stray counts the bytes from an offset of a message's stream to its side's next message, and
// tells whether there is one.
func (k *line) stray(m *trace.Message, end int64) (n int64, more bool) {
	starts := k.starts[m.Begins()]
	if i, _ := slices.BinarySearch(starts, end); i < len(starts) {
		return starts[i] - end, true
	}
	return max(0, endOf(k.tape, m.Begins())-end), false
}

// latest is the method of the last request before a packet.
func (k *line) latest(frame int64) string {
	i, _ := slices.BinarySearchFunc(k.asked, frame, func(q request, frame int64) int { return cmp.Compare(q.frame, frame) })
	if i == 0 {
		return "GET"
	}
	return k.asked[i-1].method
}

// message reads a message in all ways.
func (l *Readings) message(x *trace.Exchange, m *trace.Message, k *line) {
	in, cut := k.input(x, m)
	size := m.Head.Size() + m.Wire() + m.Missing
	if m.Missing > 0 || int64(len(in.data)) < size {
		l.Left++
		return
	}
	l.Compared++
	a := Ambiguity{Exchange: x.ID, Side: m.Side.String(), in: m.Begins(), Start: m.Head.Span.From, Packet: m.First.Packet, Asked: asked(x), Line: clip(m.Head.StartLine()), Codes: codesOf(x, m)}
	differ := false
	for _, p := range programs {
		o := bounded(p.read(in), len(in.data), cut)
		differ = differ || !o.agrees(m, size)
		a.Readings = append(a.Readings, readingOf(p, o, in, a.Start))
	}
	own := ownReading(m, in, size, k)
	a.Readings = append(a.Readings[:1], append([]Reading{own}, a.Readings[1:]...)...)
	if n, _ := k.stray(m, m.Head.Span.From+size); n > 0 && m.Complete && len(a.Codes) == 0 {
		a.Codes = append(a.Codes, string(httpdecode.ExcessBytes))
	}
	c, known := causeOf(a.Codes)
	switch {
	case !known && !differ:
		return
	case !known && m.Side == layer.Server && in.method == "HEAD":
		c = pipelinedHead
	case !known:
		c = unnamed
	}
	a.Title, a.Why, a.Danger = c.title, c.why, c.danger
	if len(l.Messages) >= maxAmbiguous {
		l.Left++
		return
	}
	l.Messages = append(l.Messages, a)
}

// agrees reports that a program ends a message where httpscope does. A message
// that is not complete ends nowhere, for everybody.
func (o *outcome) agrees(m *trace.Message, size int64) bool {
	if !m.Complete {
		return !o.accepts
	}
	return o.accepts && int64(o.end) == size && int64(o.body) == m.Body
}

// bounded keeps an outcome from resting on bytes that were not looked at.
func bounded(o outcome, n int, cut bool) outcome {
	if cut && (o.end == n || o.end < 0 && !o.closes) {
		o.end, o.says = -1, o.says+"; it reads on beyond the bytes that are looked at here"
	}
	return o
}

// input is the bytes of a message and some behind it. cut tells that there are
// more.
func (k *line) input(x *trace.Exchange, m *trace.Message) (in input, cut bool) {
	to := m.Head.Span.To + m.Wire() + ahead
	s := streamOf(k.tape, m.At(m.Head.Span.From, to))
	in = input{response: m.Side == layer.Server, method: "GET", latest: "GET", data: s.data, fin: k.fin[m.Side], reset: k.reset && !k.fin[m.Side]}
	if x.Request != nil && x.Request.Head != nil {
		in.method = x.Request.Head.Method
	}
	in.latest = k.latest(m.First.Packet)
	return in, s.cut || endOf(k.tape, m.Begins()) > s.from+int64(len(s.data))
}

// codesOf are the findings of a message that stand in the table of causes, each
// once.
func codesOf(x *trace.Exchange, m *trace.Message) []string {
	var f found
	for i := range x.Findings {
		g := &x.Findings[i]
		if _, ok := causeOf([]string{g.Code}); ok && g.OfSide(m) {
			f.add(g.Code)
		}
	}
	return f.list
}

func readingOf(p program, o outcome, in input, start int64) Reading {
	r := Reading{p.name, o.accepts, -1, int64(o.body), o.rule, o.says, next(p, o, in)}
	if o.end >= 0 {
		r.End = start + int64(o.end)
	}
	return r
}

// ownReading is httpscope's, from its records.
func ownReading(m *trace.Message, in input, size int64, k *line) Reading {
	r := Reading{Reader: ownName, Accepts: true, End: m.Head.Span.From + size, Body: m.Body, Says: page.Verdict(texts.English, m), Next: "nothing follows"}
	if rule := m.Head.Framing().Rule; rule > 0 {
		r.Rule = fmt.Sprintf("RFC 9112, Section 6.3, rule %d", rule)
	}
	if stray, more := k.stray(m, r.End); int64(len(in.data)) > size {
		r.Next = ownNext(in.data[size:], stray, more)
	}
	if !m.Complete {
		r.End, r.Next = -1, "the message is not complete"
	}
	return r
}

func follows(n int64) string {
	if n == 1 {
		return "the byte that follows is"
	}
	return fmt.Sprintf("the %d bytes that follow are", n)
}

// ownNext says what httpscope makes of the bytes behind a message.
func ownNext(rest []byte, stray int64, more bool) string {
	line, _ := startLine(rest[min(stray, int64(len(rest))):])
	switch {
	case stray == 0:
		return "the next message begins: " + clip(line)
	case more:
		return follows(stray) + " kept apart, " + quoted(rest[:min(stray, int64(len(rest)))]) + ", and the next message begins after them: " + clip(line)
	}
	return follows(stray) + " kept apart: " + quoted(rest) + " belongs to no message"
}

// maxQuoted bounds the bytes of a quotation.
const maxQuoted = 24

// quoted is the beginning of bytes, in quotation marks.
func quoted(b []byte) string {
	if len(b) > maxQuoted {
		return fmt.Sprintf("%q...", b[:maxQuoted])
	}
	return fmt.Sprintf("%q", b)
}

// next says what a program makes of the bytes behind a message: it reads on.
func next(p program, o outcome, in input) string {
	switch {
	case o.end < 0 && o.closes:
		return fmt.Sprintf("it closes the connection, and all %d bytes from the message's first on are thrown away", len(in.data))
	case o.end < 0:
		return "nothing that follows is read as a message"
	case o.end == len(in.data):
		return "nothing follows"
	}
	rest := in.data[o.end:]
	if o.closes {
		return follows(int64(len(rest))) + " not read: the connection is closed before them"
	}
	in.data, in.method, in.latest = rest, "GET", "GET"
	if o := p.read(in); o.accepts {
		line, _ := startLine(rest)
		return follows(int64(len(rest))) + " read as the next message: " + clip(line)
	} else {
		return follows(int64(len(rest))) + " read as the next message, " + quoted(rest) + ", which fails: " + o.says
	}
}

// place is a byte of the message's stream.
func (a *Ambiguity) place(offset int64) layer.Place {
	p := a.in
	p.From, p.To = max(0, offset), max(0, offset)+1
	return p
}
