package chart

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"github.com/rivo/uniseg"

	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/page"
	"httpscope/internal/tcp"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// Acks says what becomes of packets that only acknowledge. Those of the
// handshake, and those that say more, are always shown.
type Acks uint8

// What becomes of them.
const (
	AcksFolded Acks = iota // a run of them is one line
	AcksShown
	AcksHidden
)

// LadderOptions say how a ladder is drawn. The zero value is good for 80 columns of English.
type LadderOptions struct {
	Lang    texts.Lang
	Width   int // columns; 0: 80
	Acks    Acks
	Numbers bool          // show sequence and acknowledgment numbers, relative as Wireshark's
	Pause   time.Duration // a silence from which on it has a line of its own; 0: one second
	Origin  int64         // nanoseconds since 1970 that are written as 0; 0: the connection's first packet
	ASCII   bool
}

// ladder makes its lines when they are asked for, from rungs that are listed
// at once.
type ladder struct {
	teller

	segments []trace.Segment
	parts    []trace.Run // what the rungs of gaps and of sockets are about
	ink      *ink
	width    int
	edge     int // columns of time and packet number
	numbers  bool
	origin   int64
	top      []doc.Line
	rungs    []rung
	foot     []doc.Line
}

// Ladder draws the packets of one connection between client and server, one
// line each, in the order of the capture. Of xs it takes what they say about
// the bytes; they are the connection's exchanges in order. Of a connection that
// was heard by sockets it draws what was read and written. c may be nil when t
// is not, and t nil when nothing was kept. Making a ladder takes time
// proportional to the number of packets and exchanges, a line does not. Records
// must not change while the page is in use.
func Ladder(c *trace.Connection, xs []*trace.Exchange, t *trace.Tape, o LadderOptions) doc.Page {
	if t == nil {
		t = &trace.Tape{}
	}
	if c = cmp.Or(c, t.Conn); c == nil {
		c = &trace.Connection{}
	}
	say := teller{texts.In(o.Lang), newByteIndex(xs), c}
	l := &ladder{teller: say, segments: t.Segments, ink: inkFor(o.ASCII), width: o.Width, numbers: o.Numbers,
		origin: o.Origin}
	if l.width <= 0 {
		l.width = pictureWidth
	}
	if l.width >= 40 {
		l.edge = timeWidth + numberWidth + 2
	}
	b := ladderBuilder{ladder: l, acks: o.Acks, pause: o.Pause, tape: t}
	b.build()
	l.top = l.heading(t, b.sockets)
	l.foot = b.totals()
	return l
}

// Len implements [Doc].
func (l *ladder) Len() int { return len(l.top) + len(l.rungs) + len(l.foot) }

// Line implements [Doc].
func (l *ladder) Line(i int) doc.Line {
	switch {
	case i < len(l.top):
		return l.top[i]
	case i < len(l.top)+len(l.rungs):
		return l.ink.fit(l.rung(l.rungs[i-len(l.top)]), l.width)
	}
	return l.foot[i-len(l.top)-len(l.rungs)]
}

// heading says whose ladder it is and what is missing in it.
func (l *ladder) heading(t *trace.Tape, sockets bool) []doc.Line {
	title := l.Phrase("page.ladder.title", l.conn.ID)
	if l.conn.State != tcp.Unknown {
		title = l.Phrase("page.ladder.title-state", l.conn.ID, page.StateWord(l.conn, l.conn.State))
	}
	lines := l.ink.paragraph(title, l.width, doc.Title)
	for _, w := range l.missing(t, sockets) {
		lines = append(lines, l.ink.paragraph(l.Of(w), l.width, doc.Warning)...)
	}
	return append(lines, l.ends())
}

// missing are sentences about what the ladder can't show.
func (l *ladder) missing(t *trace.Tape, sockets bool) []texts.Phrase {
	var s []texts.Phrase
	if sockets {
		s = append(s, texts.Say("page.ladder.sockets"))
	}
	if t.Dropped > 0 {
		s = append(s, texts.Say("page.ladder.dropped", t.Dropped))
	}
	if len(l.segments) == 0 && !sockets {
		s = append(s, texts.Say("page.ladder.nothing"))
	}
	if len(l.segments) > 0 && !l.conn.ClientKnown {
		s = append(s, texts.Say("page.ladder.guess"))
	}
	return s
}

// Columns at the left edge.
const (
	timeWidth   = 10
	numberWidth = 8
)

// ends is the line with the two ends of the ladder.
func (l *ladder) ends() doc.Line {
	room := l.width - l.edge
	var ends [2]string
	for side := range ends {
		ends[side] = l.Phrase("page.end-of", page.RoleWord(layer.Side(side)), l.conn.Ends[side])
	}
	if uniseg.StringWidth(ends[0])+uniseg.StringWidth(ends[1])+2 > room {
		ends = [2]string{l.Of(page.RoleWord(layer.Client)), l.Of(page.RoleWord(layer.Server))}
	}
	edge := ""
	if l.edge > 0 {
		edge = l.ink.padLeft(l.Phrase("page.ladder.seconds"), timeWidth) + l.ink.padLeft(l.Phrase("page.ladder.packet"),
			numberWidth) + "  "
	}
	fill := strings.Repeat(" ", max(1, room-uniseg.StringWidth(ends[0])-uniseg.StringWidth(ends[1])))
	return l.ink.fit(doc.LineOf(doc.Ref{}, doc.Shown(edge, doc.Dim), doc.Shown(ends[0], doc.Request),
		doc.Shown(fill, doc.Plain),
		doc.Shown(ends[1], doc.Response)), l.width)
}

// rung draws a line between the ends.
func (l *ladder) rung(r rung) doc.Line {
	switch r.kind {
	case pauseRung:
		return l.note(l.ink.silence+" "+l.Phrase("page.ladder.silence", lasted(r.span))+" "+l.ink.silence, doc.Dim)
	case backRung:
		return l.note(l.Phrase("page.ladder.back", lasted(-r.span)), doc.Warning)
	case gapRung:
		return l.gap(&l.parts[r.at])
	case socketRung:
		return l.socket(&l.parts[r.at])
	}
	return l.packet(r)
}

// packet draws an arrow for a packet, or for a run of acknowledgments.
func (l *ladder) packet(r rung) doc.Line {
	s := &l.segments[r.at]
	side := l.side(s.Dir)
	label := l.label(r, s)
	role := [...]doc.Role{doc.Request, doc.Response}[side]
	line := l.arrow(side, label.text, role, label.role)
	line.Spans = append([]doc.Span{doc.Shown(l.place(s.Nano, s.Frame), doc.Dim)}, line.Spans...)
	line.Ref = doc.Ref{Place: layer.Place{Side: side}, Frame: s.Frame, Exchange: label.exchange}
	if s.Len > 0 && s.Offset >= 0 {
		line.Ref.From, line.Ref.To = s.Offset, s.Offset+int64(s.Len)
	}
	return line
}

// gap tells which bytes the capture lost.
func (l *ladder) gap(p *trace.Run) doc.Line {
	side := l.side(p.Dir)
	line := l.note(l.Phrase("page.ladder.gap", page.ByteRange(p.Offset, p.Offset+p.Len), page.RoleWord(side)),
		doc.Warning)
	line.Ref = doc.Ref{Place: page.TCPPlace(side, p.Offset, p.Len), Frame: p.Frame}
	return line
}

// socket draws what one call read or wrote.
func (l *ladder) socket(p *trace.Run) doc.Line {
	side := l.side(p.Dir)
	text, exchange := l.words(side, p.Offset, p.Offset+p.Len)
	role := [...]doc.Role{doc.Request, doc.Response}[side]
	line := l.arrow(side, text, role, role)
	line.Spans = append([]doc.Span{doc.Shown(l.place(p.Nano, p.Frame), doc.Dim)}, line.Spans...)
	line.Ref = doc.Ref{Place: page.TCPPlace(side, p.Offset, p.Len), Frame: p.Frame, Exchange: exchange}
	return line
}

// place is the time and the packet number at the edge.
func (l *ladder) place(nano, frame int64) string {
	if l.edge == 0 {
		return ""
	}
	at, number := "?", ""
	if known(nano) {
		at = strconv.FormatFloat(float64(nano-l.origin)/1e9, 'f', 6, 64)
	}
	if frame > 0 {
		number = strconv.FormatInt(frame, 10)
	}
	return l.ink.padLeft(at, timeWidth) + l.ink.padLeft(number, numberWidth) + "  "
}

// arrow draws from one end to the other, with a label on it.
func (l *ladder) arrow(side layer.Side, label string, shaft, text doc.Role) doc.Line {
	k := l.ink
	stroke := k.data
	if text == doc.Dim {
		stroke, shaft = k.ack, doc.Dim
	}
	label = k.clip(label, l.labelRoom())
	rest := strings.Repeat(stroke, 1+max(0, l.labelRoom()-uniseg.StringWidth(label)))
	before, after := stroke+stroke+" ", " "+rest+k.right
	if side == layer.Server {
		before, after = k.left+stroke+" ", " "+rest+stroke
	}
	return doc.LineOf(doc.Ref{}, doc.Shown(k.rail, doc.Dim), doc.Shown(before, shaft), doc.Shown(label, text),
		doc.Shown(after, shaft),
		doc.Shown(k.rail, doc.Dim))
}

// labelRoom is how many columns of an arrow its label may take: all but two
// rails, three strokes, an arrowhead and two spaces.
func (l *ladder) labelRoom() int { return max(0, l.width-l.edge-8) }

// note writes between the ends what no packet says.
func (l *ladder) note(s string, r doc.Role) doc.Line {
	room := max(0, l.width-l.edge-2)
	s = l.ink.clip(s, room)
	left := (room - uniseg.StringWidth(s)) / 2
	right := max(0, room-left-uniseg.StringWidth(s))
	return doc.LineOf(doc.Ref{}, doc.Shown(strings.Repeat(" ", l.edge), doc.Plain), doc.Shown(l.ink.rail, doc.Dim),
		doc.Shown(strings.Repeat(" ", left), doc.Plain), doc.Shown(s, r), doc.Shown(strings.Repeat(" ", right),
			doc.Plain), doc.Shown(l.ink.rail, doc.Dim))
}

// side is the side that sends in a direction.
func (l *ladder) side(dir uint8) layer.Side { return layer.Side(l.conn.Side(dir) & 1) }
