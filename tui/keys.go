package tui

import (
	"math"
	"slices"

	"httpscope/internal/texts"

	"github.com/gdamore/tcell/v2"
)

// scope is where a key works.
type scope uint8

const (
	everywhere scope = iota
	inTable          // the exchanges or connections
	inText           // the detail and side panes
	inDetail
	toTry // in a side pane whose lines can be tried
	whenLive
	withTarget
	withTasks
	withAssignment
	withQuiz
	canResend
	canStop
)

// binding is one line of the key map: what the footer, the help page and the
// documents are made from.
type binding struct {
	keys   []string // as on the key caps; the first is shown in the footer
	scope  scope
	name   string     // what the keys of its phrases end with
	with   texts.List // the parameter of the phrase, where it has one
	footer bool       // there is a word for the footer
	do     func(a *app)
	nth    func(a *app, i int) // in place of do: with which of the keys it was
}

// what is half a line for the help page.
func (b *binding) what() texts.Phrase {
	if len(b.with.Items) > 0 {
		return texts.Say("tui.key."+b.name, b.with)
	}
	return texts.Say("tui.key." + b.name)
}

// word is for the footer.
func (b *binding) word() texts.Phrase { return texts.Say("tui.foot." + b.name) }

// keyMap is the key map. A key that stands in several lines does what the first
// says whose scope fits.
func keyMap() []binding {
	return []binding{
		{keys: []string{"?"}, scope: everywhere, name: "help", footer: true, do: (*app).help},
		{keys: []string{"/"}, scope: everywhere, name: "filter", footer: true, do: (*app).askFilter},
		{keys: []string{"Enter"}, scope: inTable, name: "open", footer: true, do: (*app).enter},
		{keys: []string{"Enter"}, scope: toTry, name: "try", footer: true, do: (*app).try},
		{keys: []string{"Enter"}, scope: inDetail, name: "bytes", footer: true, do: (*app).bytes},
		{keys: []string{"Tab"}, scope: everywhere, name: "next-pane", footer: true, do: func(a *app) { a.turn(1) }},
		{keys: []string{"Shift-Tab"}, scope: everywhere, name: "pane-before", do: func(a *app) { a.turn(-1) }},
		{keys: viewKeys(), scope: everywhere, name: "views", with: viewNames(),
			nth: func(a *app, i int) { a.setView(view(i)) }},
		{keys: []string{"]"}, scope: everywhere, name: "next-view",
			do: func(a *app) { a.setView((a.view + 1) % views) }},
		{keys: []string{"["}, scope: everywhere, name: "view-before",
			do: func(a *app) { a.setView((a.view + views - 1) % views) }},
		{keys: []string{"e"}, scope: everywhere, name: "why", footer: true, do: func(a *app) { a.showSide(whySide) }},
		{keys: []string{"t"}, scope: withTarget, name: "servers", footer: true, do: (*app).showTarget},
		{keys: []string{"T"}, scope: withTasks, name: "tasks", footer: true, do: (*app).showTasks},
		{keys: []string{"a"}, scope: withAssignment, name: "assignment", footer: true, do: (*app).showAssignment},
		{keys: []string{"c"}, scope: withAssignment, name: "check", footer: true, do: (*app).check},
		{keys: []string{"Q"}, scope: withQuiz, name: "quiz", do: (*app).showQuiz},
		{keys: []string{"v"}, scope: everywhere, name: "connections", footer: true, do: (*app).switchTable},
		{keys: []string{"F"}, scope: whenLive, name: "follow", footer: true, do: (*app).toggleFollow},
		{keys: []string{"s"}, scope: canStop, name: "stop", footer: true, do: (*app).toggleCapture},
		{keys: []string{"Down", "j"}, scope: everywhere, name: "down", do: func(a *app) { a.move(1) }},
		{keys: []string{"Up", "k"}, scope: everywhere, name: "up", do: func(a *app) { a.move(-1) }},
		{keys: []string{"PgDn", "Ctrl-F"}, scope: everywhere, name: "page-down",
			do: func(a *app) { a.move(a.pageHeight()) }},
		{keys: []string{"PgUp", "Ctrl-B"}, scope: everywhere, name: "page-up",
			do: func(a *app) { a.move(-a.pageHeight()) }},
		{keys: []string{"g", "Home"}, scope: everywhere, name: "first", do: func(a *app) { a.moveTo(0) }},
		{keys: []string{"G", "End"}, scope: everywhere, name: "last", do: func(a *app) { a.moveTo(math.MaxInt) }},
		{keys: []string{"Right", "l"}, scope: inText, name: "right", do: func(a *app) { a.sideways(1) }},
		{keys: []string{"Left", "h"}, scope: inText, name: "left", do: func(a *app) { a.sideways(-1) }},
		{keys: []string{"x"}, scope: everywhere, name: "hex", do: (*app).toggleHex},
		{keys: []string{"d"}, scope: everywhere, name: "mode", do: (*app).nextMode},
		{keys: []string{"b"}, scope: everywhere, name: "body", do: (*app).otherBody},
		{keys: []string{"p"}, scope: everywhere, name: "next-exchange", do: func(a *app) { a.neighbour(1) }},
		{keys: []string{"P"}, scope: everywhere, name: "exchange-before", do: func(a *app) { a.neighbour(-1) }},
		{keys: []string{"f"}, scope: everywhere, name: "find", footer: true, do: (*app).askFind},
		{keys: []string{"n"}, scope: everywhere, name: "find-next", do: func(a *app) { a.findNext(false) }},
		{keys: []string{"N"}, scope: everywhere, name: "find-before", do: func(a *app) { a.findNext(true) }},
		{keys: []string{"o"}, scope: inTable, name: "sort", do: (*app).sortByNext},
		{keys: []string{"O"}, scope: inTable, name: "reverse",
			do: func(a *app) { a.sort(a.rows.order, !a.rows.reverse) }},
		{keys: []string{"m"}, scope: inTable, name: "mark", do: (*app).mark},
		{keys: []string{"'"}, scope: inTable, name: "next-mark", do: (*app).nextMark},
		{keys: []string{"r"}, scope: canResend, name: "resend", footer: true, do: (*app).resend},
		{keys: []string{"w"}, scope: everywhere, name: "write", footer: true, do: (*app).askWrite},
		{keys: []string{"y"}, scope: everywhere, name: "copy-line", do: (*app).copyLine},
		{keys: []string{"Y"}, scope: everywhere, name: "copy-curl", do: (*app).copyCurl},
		{keys: []string{"z"}, scope: everywhere, name: "zoom", do: func(a *app) { a.zoom = !a.zoom }},
		{keys: []string{":"}, scope: everywhere, name: "command", footer: true, do: (*app).askCommand},
		{keys: []string{"M"}, scope: everywhere, name: "mouse", do: (*app).toggleMouse},
		{keys: []string{"Esc"}, scope: everywhere, name: "escape", do: (*app).escape},
		{keys: []string{"q"}, scope: everywhere, name: "back", footer: true, do: (*app).back},
		{keys: []string{"Ctrl-L"}, scope: everywhere, name: "redraw", do: func(a *app) { a.redraw() }},
		{keys: []string{"Ctrl-Z"}, scope: everywhere, name: "suspend", do: func(a *app) { a.suspend() }},
		{keys: []string{"Ctrl-C"}, scope: everywhere, name: "quit", do: func(a *app) { a.quit() }},
	}
}

// specialKeys are the names of keys that are no letters.
var specialKeys = map[tcell.Key]string{
	tcell.KeyEnter: "Enter", tcell.KeyTab: "Tab", tcell.KeyBacktab: "Shift-Tab", tcell.KeyEsc: "Esc",
	tcell.KeyUp: "Up", tcell.KeyDown: "Down",
	tcell.KeyLeft: "Left", tcell.KeyRight: "Right", tcell.KeyPgUp: "PgUp", tcell.KeyPgDn: "PgDn",
	tcell.KeyHome: "Home", tcell.KeyEnd: "End",
	tcell.KeyCtrlB: "Ctrl-B", tcell.KeyCtrlF: "Ctrl-F", tcell.KeyCtrlL: "Ctrl-L", tcell.KeyCtrlC: "Ctrl-C",
	tcell.KeyCtrlZ: "Ctrl-Z",
}

// keyName is the name of a key as the key map writes it.
func keyName(ev *tcell.EventKey) string {
	if n, ok := specialKeys[ev.Key()]; ok {
		return n
	}
	if ev.Key() == tcell.KeyRune {
		return string(ev.Rune())
	}
	return ""
}

// scopes say of each scope whether it is where the app is.
var scopes = [...]func(a *app) bool{
	everywhere:     func(*app) bool { return true },
	inTable:        func(a *app) bool { return a.focus == tablePane },
	inText:         func(a *app) bool { return a.focus != tablePane },
	inDetail:       func(a *app) bool { return a.focus == detailPane },
	toTry:          func(a *app) bool { return a.focus == sidePane && a.side != whySide },
	whenLive:       func(a *app) bool { return a.Live },
	withTarget:     func(a *app) bool { return a.Target != nil },
	withTasks:      func(a *app) bool { return a.Tasks != nil },
	withAssignment: func(a *app) bool { return a.Assignment != nil },
	withQuiz:       func(a *app) bool { return a.Quiz != nil },
	canResend:      func(a *app) bool { return a.Resend != nil },
	canStop:        func(a *app) bool { return a.Capture != nil },
}

// fits reports whether a scope is where the app is.
func (a *app) fits(s scope) bool { return scopes[s](a) }

// key does what a key says: fields first, then dialogs, then the key map.
func (a *app) key(ev *tcell.EventKey) {
	a.flash.dismiss()
	name := keyName(ev)
	switch {
	case name == "Ctrl-C":
		a.quit()
	case name == "Ctrl-Z":
		a.suspend()
	case a.prompt != nil:
		a.prompt.key(a, ev)
	case a.dialog != nil:
		a.dialog.key(a, name)
	case a.layout.tooSmall && name != "?" && name != "q":
	default:
		a.press(name)
	}
	a.refresh()
}

func (f *flash) dismiss() {
	if f.bad {
		*f = flash{}
	}
}

// press finds what a key does here; a key that does nothing here says so.
func (a *app) press(name string) {
	var elsewhere *binding
	for i := range a.keys {
		b := &a.keys[i]
		at := slices.Index(b.keys, name)
		switch {
		case at < 0:
		case !a.fits(b.scope):
			elsewhere = b
		case b.nth != nil:
			b.nth(a, at)
			return
		default:
			b.do(a)
			return
		}
	}
	if elsewhere != nil {
		a.say("tui.not-here", name, elsewhere.what())
	}
}
