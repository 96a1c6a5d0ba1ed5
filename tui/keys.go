package tui

import (
	"math"
	"strings"

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
	what   string // half a line for the help page
	footer string // word for the footer, "" when it is not there
	do     func(a *app)
}

// keyMap is the key map. A key that stands in several lines does what the first
// says whose scope fits.
func keyMap() []binding {
	return []binding{
		{[]string{"?"}, everywhere, "this page", "Help", (*app).help},
		{[]string{"/"}, everywhere, "display filter; Esc clears it", "Filter", (*app).askFilter},
		{[]string{"Enter"}, inTable, "open: go to the pane below", "Open", (*app).enter},
		{[]string{"Enter"}, toTry, "try what the line says, or answer it", "Try", (*app).try},
		{[]string{"Enter"}, inDetail, "go to the bytes of the line, and back", "Bytes", (*app).bytes},
		{[]string{"Tab"}, everywhere, "next pane", "Pane", func(a *app) { a.turn(1) }},
		{[]string{"Shift-Tab"}, everywhere, "pane before", "", func(a *app) { a.turn(-1) }},
		{[]string{"1", "2", "3", "4", "5", "6", "7", "8"}, everywhere, "Wire, Headers, Body, Chunks, TCP, Cookies, Ladder, Waterfall", "", nil},
		{[]string{"]"}, everywhere, "next view", "", func(a *app) { a.setView((a.view + 1) % views) }},
		{[]string{"["}, everywhere, "view before", "", func(a *app) { a.setView((a.view + views - 1) % views) }},
		{[]string{"e"}, everywhere, "the Why pane, on or off", "Why", func(a *app) { a.showSide(whySide) }},
		{[]string{"t"}, withTarget, "the servers: addresses, what to try, what was asked", "Servers", (*app).showTarget},
		{[]string{"T"}, withTasks, "the tasks, and how far each is", "Tasks", (*app).showTasks},
		{[]string{"a"}, withAssignment, "the assignment: its questions and your answers", "Assignment", (*app).showAssignment},
		{[]string{"c"}, withAssignment, "check the answers against this capture", "Check", (*app).check},
		{[]string{"Q"}, withQuiz, "a quiz about this capture", "", (*app).showQuiz},
		{[]string{"v"}, everywhere, "exchanges or connections in the table", "Conns", (*app).switchTable},
		{[]string{"F"}, whenLive, "follow the newest, on or off", "Follow", (*app).toggleFollow},
		{[]string{"s"}, canStop, "stop the capture, or go on", "Stop", (*app).toggleCapture},
		{[]string{"Down", "j"}, everywhere, "down", "", func(a *app) { a.move(1) }},
		{[]string{"Up", "k"}, everywhere, "up", "", func(a *app) { a.move(-1) }},
		{[]string{"PgDn", "Ctrl-F"}, everywhere, "a page down", "", func(a *app) { a.move(a.pageHeight()) }},
		{[]string{"PgUp", "Ctrl-B"}, everywhere, "a page up", "", func(a *app) { a.move(-a.pageHeight()) }},
		{[]string{"g", "Home"}, everywhere, "to the first", "", func(a *app) { a.moveTo(0) }},
		{[]string{"G", "End"}, everywhere, "to the last", "", func(a *app) { a.moveTo(math.MaxInt) }},
		{[]string{"Right", "l"}, inText, "scroll to the right; in hexadecimal, the next byte", "", func(a *app) { a.sideways(1) }},
		{[]string{"Left", "h"}, inText, "scroll to the left; in hexadecimal, the byte before", "", func(a *app) { a.sideways(-1) }},
		{[]string{"x"}, everywhere, "hexadecimal or text, of the wire and of bodies", "", (*app).toggleHex},
		{[]string{"d"}, everywhere, "the body as sent, pretty, or decoded", "", (*app).nextMode},
		{[]string{"b"}, everywhere, "the request's body or the response's", "", (*app).otherBody},
		{[]string{"p"}, everywhere, "next exchange on this connection", "", func(a *app) { a.neighbour(1) }},
		{[]string{"P"}, everywhere, "exchange before it on this connection", "", func(a *app) { a.neighbour(-1) }},
		{[]string{"f"}, everywhere, "find text in the pane", "Find", (*app).askFind},
		{[]string{"n"}, everywhere, "next place of the text", "", func(a *app) { a.findNext(false) }},
		{[]string{"N"}, everywhere, "place before it", "", func(a *app) { a.findNext(true) }},
		{[]string{"o"}, inTable, "sort by the next column", "", func(a *app) { a.sort((a.rows.order+1)%orders, a.rows.reverse) }},
		{[]string{"O"}, inTable, "reverse the order", "", func(a *app) { a.sort(a.rows.order, !a.rows.reverse) }},
		{[]string{"m"}, inTable, "mark, or unmark", "", (*app).mark},
		{[]string{"'"}, inTable, "next mark", "", (*app).nextMark},
		{[]string{"r"}, canResend, "send this request again", "Resend", (*app).resend},
		{[]string{"w"}, everywhere, "write a file", "Write", (*app).askWrite},
		{[]string{"y"}, everywhere, "copy the line under the cursor", "", (*app).copyLine},
		{[]string{"Y"}, everywhere, "copy the request as a curl command", "", (*app).copyCurl},
		{[]string{"z"}, everywhere, "the pane in focus alone, or all", "", func(a *app) { a.zoom = !a.zoom }},
		{[]string{":"}, everywhere, "command line; :help lists the commands", "Cmd", (*app).askCommand},
		{[]string{"M"}, everywhere, "mouse on or off; off lets the terminal select text", "", (*app).toggleMouse},
		{[]string{"Esc"}, everywhere, "close, clear the filter, go back", "", (*app).escape},
		{[]string{"q"}, everywhere, "back; from the table, leave", "Quit", (*app).back},
		{[]string{"Ctrl-L"}, everywhere, "draw the screen anew", "", func(a *app) { a.redraw() }},
		{[]string{"Ctrl-Z"}, everywhere, "stop the program and give the terminal back; fg goes on", "", func(a *app) { a.suspend() }},
		{[]string{"Ctrl-C"}, everywhere, "leave at once", "", func(a *app) { a.quit() }},
	}
}

// specialKeys are the names of keys that are no letters.
var specialKeys = map[tcell.Key]string{
	tcell.KeyEnter: "Enter", tcell.KeyTab: "Tab", tcell.KeyBacktab: "Shift-Tab", tcell.KeyEsc: "Esc", tcell.KeyUp: "Up", tcell.KeyDown: "Down",
	tcell.KeyLeft: "Left", tcell.KeyRight: "Right", tcell.KeyPgUp: "PgUp", tcell.KeyPgDn: "PgDn", tcell.KeyHome: "Home", tcell.KeyEnd: "End",
	tcell.KeyCtrlB: "Ctrl-B", tcell.KeyCtrlF: "Ctrl-F", tcell.KeyCtrlL: "Ctrl-L", tcell.KeyCtrlC: "Ctrl-C", tcell.KeyCtrlZ: "Ctrl-Z",
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

// fits reports whether a scope is where the app is.
func (a *app) fits(s scope) bool {
	switch s {
	case inTable:
		return a.focus == tablePane
	case inText:
		return a.focus != tablePane
	case inDetail:
		return a.focus == detailPane
	case toTry:
		return a.focus == sidePane && a.side != whySide
	case whenLive:
		return a.Live
	case withTarget:
		return a.Target != nil
	case withTasks:
		return a.Tasks != nil
	case withAssignment:
		return a.Assignment != nil
	case withQuiz:
		return a.Quiz != nil
	case canResend:
		return a.Resend != nil
	case canStop:
		return a.Capture != nil
	}
	return true
}

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
	elsewhere := ""
	for i := range a.keys {
		b := &a.keys[i]
		if !contains(b.keys, name) {
			continue
		}
		if !a.fits(b.scope) {
			elsewhere = b.what
			continue
		}
		if b.do != nil {
			b.do(a)
		} else {
			a.setView(view(strings.Index("12345678", name)))
		}
		return
	}
	if elsewhere != "" {
		a.say("%s does nothing here; elsewhere: %s.", name, elsewhere)
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}
