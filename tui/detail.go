package tui

import (
	"fmt"

	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/page"
	"httpscope/internal/trace"
)

// view is what the detail pane shows of the selected exchange or connection.
type view uint8

// Views, in the order of their keys.
const (
	wireView view = iota
	headersView
	bodyViewKind
	chunksView
	tcpView
	cookiesView
	ladderView
	waterfallView
	views
)

var viewNames = [views]string{"Wire", "Headers", "Body", "Chunks", "TCP", "Cookies", "Ladder", "Waterfall"}

// bodyView is how bodies, and the wire, are shown.
type bodyView struct {
	side layer.Side
	mode page.BodyMode
	hex  bool // of the wire
}

// refreshDetail makes the detail page anew when what it is made of has changed.
func (a *app) refreshDetail() {
	x, whole := a.selected()
	c := a.connection()
	now := shown{view: a.view, body: a.body, conn: c, width: a.layout.pane[detailPane].w - 2, whole: whole}
	if x != nil {
		now.id, now.mark = x.ID, markOf(x)
	}
	if a.view == waterfallView {
		now.changes = a.rows.from
	}
	if now == a.shown && a.detail.doc != nil {
		return
	}
	same := now.view == a.shown.view && now.id == a.shown.id && now.body == a.shown.body && sameConn(now.conn, a.shown.conn)
	a.shown, a.wireHex = now, false
	a.detail.set(a.page(x, whole, c), same)
}

// markOf changes whenever an exchange does.
func markOf(x *trace.Exchange) (m [6]int64) {
	m[0] = int64(len(x.Findings)) + x.InterimCount<<16
	for i, msg := range []*trace.Message{x.Request, answer(x)} {
		if msg != nil {
			m[1+2*i], m[2+2*i] = msg.Body+msg.Framing+1, msg.Last.Packet
			if msg.Done {
				m[5] |= 1 << i
			}
		}
	}
	return m
}

func sameConn(a, b *trace.Connection) bool {
	return a == b || a != nil && b != nil && a.ID == b.ID
}

// page makes the page of the view.
func (a *app) page(x *trace.Exchange, whole bool, c *trace.Connection) doc.Page {
	if c == nil {
		return doc.Wrap(a.welcome(), max(20, a.layout.pane[detailPane].w-2))
	}
	width := max(20, a.layout.pane[detailPane].w-2)
	tape := a.Store.Tape(c.ID, frameOf(x))
	if tape == nil {
		tape = &trace.Tape{Conn: c}
	}
	switch a.view {
	case tcpView:
		return page.TCP(a.Lang, c, tape, x)
	case ladderView:
		return page.Ladder(c, a.exchangesOf(c), tape, page.LadderOptions{Lang: a.Lang, Width: width, ASCII: a.ASCII, Origin: a.Store.Began()})
	case waterfallView:
		return a.waterfall(width)
	}
	switch {
	case x == nil:
		return page.TCP(a.Lang, c, tape, nil)
	case !whole:
		return a.forgotten(x)
	}
	if t := a.Store.TapeOf(x); t != nil {
		tape = t
	}
	switch a.view {
	case headersView:
		return page.Headers(a.Lang, x)
	case bodyViewKind:
		return page.BodyPage(x, tape, page.BodyOptions{Lang: a.Lang, Side: a.body.side, Mode: a.body.mode, Width: width})
	case chunksView:
		return page.Chunks(a.Lang, x, tape)
	case cookiesView:
		return page.Cookies(a.Lang, x)
	}
	if a.body.hex {
		a.wireHex = true
		return page.WireHex(a.Lang, x, tape)
	}
	return page.Wire(a.Lang, x, tape)
}

// frameOf is the packet that an exchange begins in, 0 for none.
func frameOf(x *trace.Exchange) int64 {
	if x != nil {
		for m := range x.Messages() {
			return m.First.Packet
		}
	}
	return 0
}

// maxPicture bounds the exchanges of one picture; it is more than anyone can
// look at.
const maxPicture = 5_000

// exchangesOf are the exchanges of a connection that are kept.
func (a *app) exchangesOf(c *trace.Connection) []*trace.Exchange {
	_, ids := a.Store.Connection(c.ID)
	var out []*trace.Exchange
	for _, id := range ids[max(0, len(ids)-maxPicture):] {
		if x, _ := a.Store.Exchange(id); x != nil {
			out = append(out, x)
		}
	}
	return out
}

// waterfall is the picture of the connections of the exchanges that the table
// shows, the last of them when there are very many.
func (a *app) waterfall(width int) doc.Page {
	in := page.WaterfallInput{}
	seen := map[int64]int{}
	n := a.rows.Len()
	for i := max(0, n-maxPicture); i < n; i++ {
		x, _ := a.Store.Exchange(a.rows.ID(i))
		if x == nil {
			continue
		}
		at, ok := seen[x.Conn.ID]
		if !ok {
			at = len(in.Lanes)
			seen[x.Conn.ID] = at
			in.Lanes = append(in.Lanes, page.Lane{Conn: x.Conn})
		}
		in.Lanes[at].Exchanges = append(in.Lanes[at].Exchanges, x)
	}
	selected := int64(0)
	if a.exchanges.has && !a.showConns {
		selected = a.exchanges.id
	}
	return page.Waterfall(in, page.WaterfallOptions{Lang: a.Lang, Width: width, Origin: a.Store.Began(), Selected: selected, ASCII: a.ASCII})
}

// forgotten says that the details of an exchange were dropped.
func (a *app) forgotten(x *trace.Exchange) doc.Page {
	return doc.Lines{
		textLine(doc.Title, fmt.Sprintf("The details of exchange %d are no longer kept.", x.ID)),
		textLine(doc.Plain, ""),
		textLine(doc.Plain, "Memory is bounded: the oldest bodies go first, then heads and packets."),
		textLine(doc.Plain, "Give --keep more, or open the written capture file to see everything."),
	}
}

// welcome says what to do as long as there is nothing to show.
func (a *app) welcome() doc.Page {
	lines := doc.Lines{textLine(doc.Title, "No exchange is selected.")}
	if a.rows.filter != nil {
		return append(lines, textLine(doc.Plain, "The display filter selects none. Press Esc to clear it."))
	}
	if !a.Live {
		return append(lines, textLine(doc.Plain, "The capture has no HTTP exchange. Press v to see its connections."))
	}
	lines = append(lines, textLine(doc.Plain, "Waiting for traffic. It appears here as soon as a client talks to a server."))
	if a.Target != nil {
		lines = append(lines, textLine(doc.Plain, "Press t for the servers and what to try, T for the tasks, ? for all keys."))
	}
	return lines
}

func textLine(r doc.Role, s string) doc.Line {
	return doc.Line{Spans: []doc.Span{{Text: s, Role: r}}}
}
