package lesson

import (
	"fmt"
	"slices"

	"httpscope/httpdecode"
	"httpscope/internal/layer"
	"httpscope/internal/page"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// Readings is the messages that programs read differently.
type Readings struct {
	Messages []Ambiguity `json:"messages"`
	Compared int         `json:"compared"` // messages that were read in all ways
	Left     int         `json:"left_out"` // with bytes that were not captured, and ambiguous ones beyond maxAmbiguous

	words texts.Catalogue
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
	Reader  texts.Phrase `json:"reader"`
	Accepts bool         `json:"accepts"`
	End     int64        `json:"end"`  // offset after the message in the side's stream, -1 when the program finds none
	Body    int64        `json:"body"` // bytes of content that it takes
	Rule    string       `json:"rule"` // where it is written
	Says    string       `json:"says"`
	Next    string       `json:"next"` // what becomes of the bytes that follow
}

// maxAmbiguous bounds the messages that are told; ahead is how many bytes
// after a message are looked at, to see what becomes of them.
const (
	maxAmbiguous = 100
	ahead        = 8 << 10
)

func readings(lang texts.Lang, src Source, scope Scope) Lesson {
	l := &Readings{words: texts.In(lang)}
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

// message reads a message in all ways.
func (l *Readings) message(x *trace.Exchange, m *trace.Message, k *line) {
	in, cut := k.input(x, m)
	size := m.Head.Size() + m.Wire() + m.Missing
	if m.Missing > 0 || int64(len(in.data)) < size {
		l.Left++
		return
	}
	l.Compared++
	a := l.ambiguity(x, m)
	differ := false
	for _, p := range programs {
		o := bounded(p.read(in), len(in.data), cut)
		differ = differ || !o.agrees(m, size)
		a.Readings = append(a.Readings, l.reading(p, o, in, a.Start))
	}
	a.Readings = slices.Insert(a.Readings, 1, l.own(m, in, size, k))
	if n, _ := k.stray(m, m.Head.Span.From+size); n > 0 && m.Complete && len(a.Codes) == 0 {
		a.Codes = append(a.Codes, string(httpdecode.ExcessBytes))
	}
	c := causeOf(a.Codes)
	if c == "" && !differ {
		return
	}
	if c == "" {
		c = unnamed(m, in)
	}
	l.keep(a, c)
}

// ambiguity is a message whose readings are to be found.
func (l *Readings) ambiguity(x *trace.Exchange, m *trace.Message) Ambiguity {
	return Ambiguity{Exchange: x.ID, Side: m.Side.String(), in: m.Begins(), Start: m.Head.Span.From,
		Packet: m.First.Packet, Asked: asked(l.words, x), Line: clip(m.Head.StartLine()), Codes: codesOf(x, m)}
}

// keep tells of an ambiguous message and its cause.
func (l *Readings) keep(a Ambiguity, c cause) {
	if len(l.Messages) >= maxAmbiguous {
		l.Left++
		return
	}
	a.Title, a.Why, a.Danger = l.words.Phrase(c.title()), l.words.Phrase(c.why()), l.words.Phrase(c.danger())
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
		o.end, o.says = -1, texts.Say("lesson.says.reads-on", o.says)
	}
	return o
}

// codesOf are the findings of a message that stand in the table of causes, each
// once.
func codesOf(x *trace.Exchange, m *trace.Message) []string {
	var f found
	for i := range x.Findings {
		g := &x.Findings[i]
		if causeOf([]string{g.Code}) != "" && g.OfSide(m) {
			f.add(g.Code)
		}
	}
	return f.list
}

// reading is what a program makes of a message, in words.
func (l *Readings) reading(p program, o outcome, in input, start int64) Reading {
	r := Reading{Reader: texts.Say(p.name), Accepts: o.accepts, End: -1, Body: int64(o.body),
		Rule: l.words.Of(o.rule), Says: l.words.Of(o.says), Next: l.words.Of(next(p, o, in))}
	if o.end >= 0 {
		r.End = start + int64(o.end)
	}
	return r
}

// own is httpscope's reading, from its records.
func (l *Readings) own(m *trace.Message, in input, size int64, k *line) Reading {
	r := Reading{Reader: texts.Say(ownName), Accepts: true, End: m.Head.Span.From + size, Body: m.Body,
		Says: page.Verdict(l.words.Lang(), m)}
	if rule := m.Head.Framing().Rule; rule > 0 {
		r.Rule = l.words.Of(byRule(rule))
	}
	follows := texts.Say("lesson.next.nothing")
	if stray, more := k.stray(m, r.End); int64(len(in.data)) > size {
		follows = ownNext(in.data[size:], stray, more)
	}
	if !m.Complete {
		r.End, follows = -1, texts.Say("lesson.next.incomplete")
	}
	r.Next = l.words.Of(follows)
	return r
}

// ownNext says what httpscope makes of the bytes after a message.
func ownNext(rest []byte, stray int64, more bool) texts.Phrase {
	line, _ := startLine(rest[min(stray, int64(len(rest))):])
	switch {
	case stray == 0:
		return texts.Say("lesson.next.begins", clip(line))
	case more:
		return texts.Say("lesson.next.apart-begins", stray, quoted(rest[:min(stray, int64(len(rest)))]), clip(line))
	}
	return texts.Say("lesson.next.apart", stray, quoted(rest))
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

// next says what a program makes of the bytes after a message: it reads on.
func next(p program, o outcome, in input) texts.Phrase {
	switch {
	case o.end < 0 && o.closes:
		return texts.Say("lesson.next.thrown-away", len(in.data))
	case o.end < 0:
		return texts.Say("lesson.next.no-message")
	case o.end == len(in.data):
		return texts.Say("lesson.next.nothing")
	}
	rest := in.data[o.end:]
	if o.closes {
		return texts.Say("lesson.next.closed", len(rest))
	}
	in.data, in.method, in.latest = rest, "GET", "GET"
	if o := p.read(in); !o.accepts {
		return texts.Say("lesson.next.fails", len(rest), quoted(rest), o.says)
	}
	line, _ := startLine(rest)
	return texts.Say("lesson.next.message", len(rest), clip(line))
}

// place is a byte of the message's stream.
func (a *Ambiguity) place(offset int64) layer.Place {
	p := a.in
	p.From, p.To = max(0, offset), max(0, offset)+1
	return p
}
