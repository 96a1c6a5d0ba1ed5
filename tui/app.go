package tui

import (
	"context"
	"sync"
	"time"

	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/page"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// app is the state of the screen. It is used by one goroutine; others reach it
// through post.
type app struct {
	Config
	phrases     texts.Catalogue
	keys        []binding
	commands    []command
	rows        *rows
	exchanges   table
	connections table
	showConns   bool // the table shows connections
	follow      bool // the cursor follows the newest

	view   view
	body   bodyView
	detail pager
	side   sideKind
	low    bool // the side pane takes the detail pane's place on a small screen
	wide   bool // the screen has room for both
	sides  [sideKinds]pager
	focus  pane
	zoom   bool

	shown   shown    // what the detail page was made of
	about   about    // what the Why pane explains
	wireHex bool     // the detail page is page.WireHex
	wire    doc.Page // see wireOf
	wireAt  shown
	marks   map[int64]bool
	find    string
	prompt  *prompt
	dialog  *dialog
	flash   flash
	history []string // display filters that were applied
	mouse   bool
	layout  layout

	ctx       context.Context // ends when the screen does
	post      func(func())    // runs a function on the screen's goroutine
	quit      func()
	start     func(func()) // runs a function in a goroutine
	jobs      sync.WaitGroup
	toggle    func(mouse bool)
	redraw    func()
	suspend   func()
	clipboard func(b []byte)
	copied    string // last, for :w text
}

// shown is what the detail page was made of, to see when it must be made anew.
type shown struct {
	view    view
	body    bodyView
	id      int64 // of the exchange, 0 for none
	mark    [6]int64
	whole   bool
	conn    *trace.Connection
	width   int
	changes uint64
}

// flash is a message on the line above the footer.
type flash struct {
	text  string
	bad   bool // stays until a key is pressed
	until time.Time
}

// flashTime is how long a message stays.
const flashTime = 4 * time.Second

func newApp(c Config) *app {
	a := &app{Config: c, phrases: texts.In(c.Lang), keys: keyMap(), commands: commandList(),
		rows:   &rows{store: c.Store},
		follow: c.Live, marks: map[int64]bool{}, mouse: c.Mouse, side: whySide,
		body: bodyView{side: layer.Server, mode: page.TextMode}}
	if a.Now == nil {
		a.Now = time.Now
	}
	if c.Assignment != nil {
		a.side = assignmentSide
	} else if c.Tasks != nil {
		a.side = tasksSide
	} else if c.Target != nil {
		a.side = targetSide
	}
	a.rows.start = func(f func()) { a.start(f) }
	a.exchanges.list, a.connections.list = a.rows, connections{c.Store}
	a.ctx, a.post, a.quit = context.Background(), func(f func()) { f() }, func() {}
	a.start, a.redraw, a.suspend = func(f func()) { f() }, func() {}, func() {}
	a.toggle, a.clipboard = func(bool) {}, func([]byte) {}
	if c.Initial != "" {
		a.applyFilter(c.Initial)
	}
	return a
}

// table is the table that is shown.
func (a *app) table() *table {
	if a.showConns {
		return &a.connections
	}
	return &a.exchanges
}

// say shows a phrase for a while.
func (a *app) say(key string, args ...any) { a.tell(a.phrases.Phrase(key, args...)) }

// tell shows a message for a while, which is in the language of the screen.
func (a *app) tell(text string) { a.flash = flash{text: text, until: a.Now().Add(flashTime)} }

// complain shows a phrase as an error, until a key is pressed.
func (a *app) complain(key string, args ...any) {
	a.flash = flash{text: a.phrases.Phrase(key, args...), bad: true}
}

// fail shows an error until a key is pressed.
func (a *app) fail(err error) { a.flash = flash{text: a.phrases.Error(err), bad: true} }

// do runs something that may take time, and shows what it says.
func (a *app) do(what texts.Phrase, f func(ctx context.Context) (string, error)) {
	a.say("tui.busy", what)
	a.jobs.Add(1)
	a.start(func() {
		defer a.jobs.Done()
		said, err := f(a.ctx)
		a.post(func() {
			switch {
			case err != nil:
				a.complain("tui.failed", what, err)
			case said != "":
				a.tell(said)
			default:
				a.flash = flash{}
			}
			a.refresh()
		})
	})
}

// selected is the exchange under the cursor, nil when there is none. Among
// connections it is the first exchange of the connection.
func (a *app) selected() (x *trace.Exchange, whole bool) {
	if !a.showConns {
		if !a.exchanges.has {
			return nil, false
		}
		return a.Store.Exchange(a.exchanges.id)
	}
	if _, ids := a.Store.Connection(a.connections.id); a.connections.has && len(ids) > 0 {
		return a.Store.Exchange(ids[0])
	}
	return nil, false
}

// connection is the connection under the cursor, or that of the exchange
// there; nil when there is none.
func (a *app) connection() *trace.Connection {
	if a.showConns {
		if !a.connections.has {
			return nil
		}
		c, _ := a.Store.Connection(a.connections.id)
		return c
	}
	if x, _ := a.selected(); x != nil {
		return x.Conn
	}
	return nil
}

// toNewest puts the cursor on the newest row, where that has a place of its own.
func (a *app) toNewest() {
	switch t := a.table(); {
	case t.list.Len() == 0:
	case a.showConns:
		t.moveTo(t.list.Len() - 1)
	case a.rows.order != byNumber:
	case a.rows.reverse:
		t.moveTo(0)
	default:
		t.moveTo(t.list.Len() - 1)
	}
}

// refresh takes in what has changed. It is cheap when nothing has.
func (a *app) refresh() {
	a.rows.follow()
	a.exchanges.follow()
	a.connections.follow()
	if a.follow {
		a.toNewest()
	}
	if a.Tasks != nil {
		a.Tasks.Follow()
	}
	a.refreshDetail()
	a.refreshSide()
	if !a.flash.bad && a.Now().After(a.flash.until) {
		a.flash = flash{}
	}
}
