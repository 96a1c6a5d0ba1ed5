package tui

import (
	"httpscope/internal/chart"
	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/page"
	"httpscope/internal/trace"
)

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
	same := now.view == a.shown.view && now.id == a.shown.id && now.body == a.shown.body &&
		sameConn(now.conn, a.shown.conn)
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
func (a *app) waterfall(s subject) doc.Page {
	in := chart.WaterfallInput{}
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
			in.Lanes = append(in.Lanes, chart.Lane{Conn: x.Conn})
		}
		in.Lanes[at].Exchanges = append(in.Lanes[at].Exchanges, x)
	}
	selected := int64(0)
	if a.exchanges.has && !a.showConns {
		selected = a.exchanges.id
	}
	o := chart.WaterfallOptions{Lang: a.Lang, Width: s.width, Origin: a.Store.Began(), Selected: selected,
		ASCII: a.ASCII}
	return chart.Waterfall(in, o)
}

// forgotten says that the details of an exchange were dropped.
func (a *app) forgotten(x *trace.Exchange) doc.Page {
	w := doc.NewWriter(a.phrases)
	w.Say(doc.Title, "tui.forgotten", x.ID)
	w.Empty()
	w.Say(doc.Plain, "tui.forgotten-why")
	w.Say(doc.Plain, "tui.forgotten-more")
	return w.Lines
}

// welcome says what to do as long as there is nothing to show.
func (a *app) welcome() doc.Page {
	w := doc.NewWriter(a.phrases)
	w.Say(doc.Title, "tui.welcome")
	switch {
	case a.rows.filter != nil:
		w.Say(doc.Plain, "tui.welcome-filter")
	case !a.Live:
		w.Say(doc.Plain, "tui.welcome-file")
	case a.Target != nil:
		w.Say(doc.Plain, "tui.welcome-live")
		w.Say(doc.Plain, "tui.welcome-lab")
	default:
		w.Say(doc.Plain, "tui.welcome-live")
	}
	return w.Lines
}

func textLine(r doc.Role, s string) doc.Line {
	return doc.Line{Spans: []doc.Span{{Text: s, Role: r}}}
}
