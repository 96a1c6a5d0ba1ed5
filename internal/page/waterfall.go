package page

import (
	"cmp"
	"slices"
	"strings"

	"httpscope/internal/doc"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// WaterfallInput is what a waterfall shows: lanes from top to bottom.
type WaterfallInput struct {
	Lanes []Lane
}

// Lane is a connection with its exchanges, in their order on the connection.
type Lane struct {
	Conn      *trace.Connection
	Exchanges []*trace.Exchange
	Tape      *trace.Tape // tells how long the set-up took; nil when it is not kept
}

// WaterfallOptions say how a waterfall is drawn. The zero value is all of the
// time in 80 columns, in English.
type WaterfallOptions struct {
	Lang     texts.Lang
	Width    int   // columns; 0: 80
	From, To int64 // the window, in nanoseconds since 1970; 0: where the traffic begins, or ends
	Origin   int64 // the time that is written as 0; 0: where the traffic begins
	Selected int64 // the exchange to mark, 0 for none
	ASCII    bool
}

// pictureWidth is that of a terminal nobody has resized.
const pictureWidth = 80

// waterfall makes rows when they are asked for; top, axis and the list of what
// each row shows are made at once.
type waterfall struct {
	texts.Catalogue
	lanes    []Lane
	scale    timescale
	ink      *ink
	width    int
	label    int // columns of the label in front of the bar
	time     int // columns of the time after the bar
	selected int64
	top      []doc.Line
	axis     doc.Line
	rows     []barRow
}

// barRow is what a line shows: an exchange by its index, or one of the below.
type barRow struct {
	lane, exchange int32
}

// What a row shows besides exchanges.
const (
	laneHeading = -1
	laneAlone   = -2 // a connection of which no exchange is in the window
)

// Waterfall draws connections and their exchanges over time: for each
// connection a heading, and a row for each exchange with a bar of its phases.
// It takes time proportional to the number of exchanges (and to sort them, if
// their times are not in order); a line then costs no more in a long capture
// than in a short one. Records must not change while the page is in use.
func Waterfall(in WaterfallInput, o WaterfallOptions) doc.Page {
	w := &waterfall{Catalogue: texts.In(o.Lang), lanes: in.Lanes, ink: inkFor(o.ASCII), width: o.Width,
		selected: o.Selected}
	if w.width <= 0 {
		w.width = pictureWidth
	}
	w.measure()
	s := survey(in.Lanes)
	w.scale = s.scale(o, w.width-w.label-w.time)
	left := w.choose(o, s.exchanges)
	w.top = append(w.totals(s, left), w.legend(s)...)
	w.axis = w.ink.text(strings.Repeat(" ", w.label)+w.scale.axis(), w.width, doc.Dim)
	return w
}

// Lanes groups exchanges by their connection, in the order in which the
// connections began. The connection of an exchange need not be listed.
func Lanes(connections []*trace.Connection, exchanges []*trace.Exchange) []Lane {
	lanes := make([]Lane, 0, len(connections))
	place := make(map[int64]int, len(connections))
	add := func(c *trace.Connection) int {
		if i, ok := place[c.ID]; ok {
			return i
		}
		place[c.ID] = len(lanes)
		lanes = append(lanes, Lane{Conn: c})
		return len(lanes) - 1
	}
	for _, c := range connections {
		add(c)
	}
	for _, x := range exchanges {
		i := add(x.Conn)
		lanes[i].Exchanges = append(lanes[i].Exchanges, x)
	}
	slices.SortFunc(lanes, func(a, b Lane) int { return cmp.Compare(a.Conn.ID, b.Conn.ID) })
	return lanes
}

// measure divides the width: what a bar needs goes before labels, and labels
// before times.
func (w *waterfall) measure() {
	w.label = min(44, 12+w.width/5)
	w.time = 11
	if w.width < 40 {
		w.label, w.time = w.width/2, 0
	}
}

// choose lists the rows in the window and counts the exchanges that are not.
func (w *waterfall) choose(o WaterfallOptions, exchanges int64) (left int64) {
	all := o.From <= 0 && o.To <= 0
	if all {
		w.rows = make([]barRow, 0, 2*len(w.lanes)+int(exchanges))
	}
	for i := range w.lanes {
		l := &w.lanes[i]
		begin := len(w.rows)
		w.rows = append(w.rows, barRow{int32(i), laneHeading})
		for j, x := range l.Exchanges {
			if all || w.inside(momentsOf(l.Conn, x, w.scale.to)) {
				w.rows = append(w.rows, barRow{int32(i), int32(j)})
			} else {
				left++
			}
		}
		switch {
		case len(w.rows) > begin+1:
		case all || w.lives(l.Conn):
			w.rows = append(w.rows, barRow{int32(i), laneAlone})
		default:
			w.rows = w.rows[:begin]
		}
	}
	return left
}

// inside reports an exchange that has a part in the window. One without times
// may have been in it.
func (w *waterfall) inside(m moments) bool {
	return m.state == noTimes || m.end >= w.scale.from && m.start <= w.scale.to
}

// lives reports a connection that was there in the window.
func (w *waterfall) lives(c *trace.Connection) bool {
	begun := !known(c.Start.Nano) || c.Start.Nano <= w.scale.to
	over := ended(c) && known(c.End.Nano) && c.End.Nano < w.scale.from
	return begun && !over
}

// repeatAxis is how many rows, about a screen, make it worth to draw the axis
// below them, too.
const repeatAxis = 24

// Len implements [Doc].
func (w *waterfall) Len() int {
	n := len(w.top) + 1 + len(w.rows)
	if len(w.rows) > repeatAxis {
		n++
	}
	return n
}

// Line implements [Doc].
func (w *waterfall) Line(i int) doc.Line {
	if i < len(w.top) {
		return w.top[i]
	}
	i -= len(w.top) + 1
	if i < 0 || i >= len(w.rows) {
		return w.axis
	}
	r := w.rows[i]
	l := &w.lanes[r.lane]
	switch r.exchange {
	case laneHeading:
		return w.heading(l)
	case laneAlone:
		return w.alone(l)
	}
	return w.exchange(l, int(r.exchange))
}
