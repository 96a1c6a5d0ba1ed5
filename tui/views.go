package tui

import (
	"httpscope/internal/chart"
	"httpscope/internal/doc"
	"httpscope/internal/page"
	"httpscope/internal/texts"
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

// subject is what a view shows.
type subject struct {
	conn  *trace.Connection
	x     *trace.Exchange // whole, where the view needs one; else nil when there is none
	tape  *trace.Tape
	width int
}

// viewKind is a row of the table of views: its name, and who makes its page. One of an exchange is asked only
// where its details are kept.
type viewKind struct {
	name       string // the key of a phrase
	page       func(a *app, s subject) doc.Page
	ofExchange bool
}

var viewKinds = [views]viewKind{
	wireView:     {"tui.view.wire", (*app).wirePage, true},
	headersView:  {"tui.view.headers", func(a *app, s subject) doc.Page { return page.Headers(a.Lang, s.x) }, true},
	bodyViewKind: {"tui.view.body", (*app).bodyPage, true},
	chunksView: {"tui.view.chunks", func(a *app, s subject) doc.Page { return page.Chunks(a.Lang, s.x, s.tape) },
		true},
	tcpView:       {"tui.view.tcp", (*app).tcpPage, false},
	cookiesView:   {"tui.view.cookies", func(a *app, s subject) doc.Page { return page.Cookies(a.Lang, s.x) }, true},
	ladderView:    {"tui.view.ladder", (*app).ladder, false},
	waterfallView: {"tui.view.waterfall", (*app).waterfall, false},
}

// viewKeys are the keys of the views: 1 is the first.
func viewKeys() []string {
	keys := make([]string, views)
	for v := range keys {
		keys[v] = string(rune('1' + v))
	}
	return keys
}

// viewNames are the names of all views.
func viewNames() texts.List {
	l := texts.List{}
	for _, k := range viewKinds {
		l.Items = append(l.Items, texts.Say(k.name))
	}
	return l
}

// page makes the page of the view.
func (a *app) page(x *trace.Exchange, whole bool, c *trace.Connection) doc.Page {
	width := max(20, a.layout.pane[detailPane].w-2)
	if c == nil {
		return doc.Wrap(a.welcome(), width)
	}
	s := subject{conn: c, x: x, tape: a.Store.Tape(c.ID, frameOf(x)), width: width}
	if s.tape == nil {
		s.tape = &trace.Tape{Conn: c}
	}
	kind := &viewKinds[a.view]
	switch {
	case !kind.ofExchange:
	case x == nil:
		return a.tcpPage(s)
	case !whole:
		return a.forgotten(x)
	default:
		if t := a.Store.TapeOf(x); t != nil {
			s.tape = t
		}
	}
	return kind.page(a, s)
}

func (a *app) tcpPage(s subject) doc.Page { return page.TCP(a.Lang, s.conn, s.tape, s.x) }

func (a *app) wirePage(s subject) doc.Page {
	if a.body.hex {
		a.wireHex = true
		return page.WireHex(a.Lang, s.x, s.tape)
	}
	return page.Wire(a.Lang, s.x, s.tape)
}

func (a *app) bodyPage(s subject) doc.Page {
	return page.BodyPage(s.x, s.tape, page.BodyOptions{Lang: a.Lang, Side: a.body.side, Mode: a.body.mode,
		Width: s.width})
}

func (a *app) ladder(s subject) doc.Page {
	o := chart.LadderOptions{Lang: a.Lang, Width: s.width, ASCII: a.ASCII, Origin: a.Store.Began()}
	return chart.Ladder(s.conn, a.exchangesOf(s.conn), s.tape, o)
}
