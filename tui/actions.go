package tui

import (
	"context"
	"slices"

	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/page"
	"httpscope/internal/texts"
)

// text is the pager of the pane in focus, nil when that is the table.
func (a *app) text() *pager {
	switch a.focus {
	case detailPane:
		return &a.detail
	case sidePane:
		return &a.sides[a.side]
	}
	return nil
}

func (a *app) pageHeight() int {
	return max(1, a.layout.pane[a.focus].h-4)
}

// move goes n rows or lines down. Going up in the table ends following.
func (a *app) move(n int) {
	if p := a.text(); p != nil {
		p.moveTo(p.cursor + n)
		return
	}
	t := a.table()
	a.unfollow(n < 0)
	t.moveTo(t.cursor + n)
}

func (a *app) moveTo(i int) {
	if p := a.text(); p != nil {
		p.moveTo(i)
		return
	}
	a.unfollow(i == 0)
	a.table().moveTo(i)
}

// unfollow stops following the newest when one goes elsewhere.
func (a *app) unfollow(up bool) {
	if a.follow && up {
		a.follow = false
		a.say("tui.unfollowed")
	}
}

func (a *app) sideways(n int) {
	p := a.text()
	if p == nil {
		return
	}
	if p == &a.detail && a.hex() {
		a.moveByte(n)
		return
	}
	p.sideways(8 * n)
}

// hold ends following when one looks at something: it must not be replaced by
// the next that comes.
func (a *app) hold() {
	if a.follow && a.focus != tablePane {
		a.follow = false
		a.say("tui.unfollowed")
	}
}

// enter goes from the table to the detail pane.
func (a *app) enter() {
	if a.table().list.Len() == 0 {
		a.say("tui.nothing-to-open")
		return
	}
	a.focus, a.low = detailPane, false
	a.hold()
}

// turn puts the focus on another pane that is on the screen.
func (a *app) turn(n int) {
	for range panes {
		a.focus = pane((int(a.focus) + n + int(panes)) % int(panes))
		if a.focus == sidePane && a.side == noSide {
			continue
		}
		if a.focus != tablePane && !a.wide {
			a.low = a.focus == sidePane
		}
		a.hold()
		return
	}
}

func (a *app) setView(v view) {
	a.view = v
	a.showDetail()
}

// showDetail brings the detail pane to where it can be seen.
func (a *app) showDetail() {
	a.low = false
	if a.focus == sidePane && !a.wide || a.zoom {
		a.focus = detailPane
	}
}

func (a *app) switchTable() {
	x, _ := a.selected()
	c := a.connection()
	a.showConns = !a.showConns
	switch {
	case a.showConns && c != nil:
		a.connections.moveToID(c.ID)
	case !a.showConns && x != nil:
		a.exchanges.moveToID(x.ID)
	}
	a.focus = tablePane
}

func (a *app) toggleFollow() {
	a.follow = !a.follow
	if a.follow {
		a.say("tui.following")
	}
}

func (a *app) toggleCapture() {
	switch {
	case a.Capture == nil:
		a.say("tui.cannot-stop")
	case a.Capture.Running():
		a.Capture.Stop()
		a.say("tui.stopped")
	default:
		a.do(texts.Say("tui.doing.capture"), func(context.Context) (string, error) {
			return a.phrases.Phrase("tui.capturing"), a.Capture.Start()
		})
	}
}

func (a *app) showTarget() {
	if a.Target == nil {
		a.say("tui.no-servers")
		return
	}
	a.showSide(targetSide)
}

func (a *app) showTasks() {
	if a.Tasks == nil {
		a.say("tui.no-tasks")
		return
	}
	a.showSide(tasksSide)
}

// toggleHex switches the wire or the body between hexadecimal and text.
func (a *app) toggleHex() {
	a.showDetail()
	switch a.view {
	case bodyViewKind:
		if a.body.mode == page.Hex {
			a.body.mode = page.TextMode
		} else {
			a.body.mode = page.Hex
		}
	default:
		a.view, a.body.hex = wireView, !a.body.hex
	}
}

// nextMode shows the body in another way.
func (a *app) nextMode() {
	a.showDetail()
	a.view = bodyViewKind
	modes := []page.BodyMode{page.TextMode, page.Pretty, page.Decoded}
	a.body.mode = modes[(slices.Index(modes, a.body.mode)+1)%len(modes)]
	a.say("tui.body." + a.body.mode.String())
}

func (a *app) otherBody() {
	a.showDetail()
	a.view, a.body.side = bodyViewKind, layer.Server-a.body.side
}

// neighbour goes to another exchange of the same connection.
func (a *app) neighbour(n int) {
	x, _ := a.selected()
	if x == nil {
		return
	}
	_, ids := a.Store.Connection(x.Conn.ID)
	at := slices.Index(ids, x.ID)
	if at < 0 {
		a.say("tui.no-neighbours", x.ID)
		return
	}
	if at += n; at < 0 || at >= len(ids) {
		a.say(map[bool]string{true: "tui.last-exchange", false: "tui.first-exchange"}[n > 0], x.Conn.ID)
		return
	}
	a.showConns, a.follow = false, false
	if !a.exchanges.moveToID(ids[at]) {
		a.say("tui.not-in-table", ids[at])
	}
}

// bytes goes from a line to its bytes in hexadecimal, and from a byte there
// back to the line that it belongs to.
func (a *app) bytes() {
	l, ok := a.detail.line()
	ref, isByte := a.byteRef()
	if !isByte {
		ref = l.Ref
	}
	if !ok || ref.To <= ref.From {
		if ok && ref.Exchange != 0 {
			a.gotoExchange(ref.Exchange)
			return
		}
		a.say("tui.no-bytes")
		return
	}
	a.view, a.body.hex = wireView, !isByte
	a.refreshDetail()
	for _, p := range a.placesOf(ref) {
		if at := page.LineAt(a.detail.doc, p); at >= 0 {
			a.detail.moveTo(at)
			a.detail.byte = max(0, int(p.From-a.detail.doc.Line(at).Ref.From))
			return
		}
	}
}

// placesOf is where a line's first byte lies, in every stream that has it: the wire may show it in a
// tunnel's, and the packets in TCP's.
func (a *app) placesOf(ref doc.Ref) []layer.Place {
	if c := a.connection(); c != nil {
		return c.Places(ref.Place)
	}
	return []layer.Place{ref.Place}
}

func (a *app) gotoExchange(id int64) {
	a.showConns, a.follow = false, false
	if !a.exchanges.moveToID(id) {
		a.say("tui.not-in-table", id)
	}
}

func (a *app) sort(o order, reverse bool) {
	if a.showConns {
		a.say("tui.connections-order")
		return
	}
	a.rows.choose(a.rows.filter, o, reverse)
}

// sortByNext sorts by the next column.
func (a *app) sortByNext() { a.sort((a.rows.order+1)%orders, a.rows.reverse) }

func (a *app) mark() {
	if t := &a.exchanges; !a.showConns && t.has {
		if a.marks[t.id] = !a.marks[t.id]; !a.marks[t.id] {
			delete(a.marks, t.id)
		}
		t.moveTo(t.cursor + 1)
	}
}

func (a *app) nextMark() {
	for i := 1; i <= a.rows.Len() && len(a.marks) > 0 && !a.showConns; i++ {
		if at := (a.exchanges.cursor + i) % a.rows.Len(); a.marks[a.rows.ID(at)] {
			a.follow = false
			a.exchanges.moveTo(at)
			return
		}
	}
	a.say("tui.no-marks")
}

// try runs what a line of the side pane offers.
func (a *app) try() {
	l, ok := a.sides[a.side].line()
	n, can := tryNumber(l)
	switch {
	case !ok || !can:
		a.say("tui.no-try")
	case a.asking() != nil:
		a.ask(n)
	case a.side == targetSide:
		a.do(texts.Say("tui.doing.ask"), func(ctx context.Context) (string, error) { return a.Target.Try(ctx, n) })
	case a.side == tasksSide:
		a.do(texts.Say("tui.doing.try"), func(ctx context.Context) (string, error) { return a.Tasks.Try(ctx, n) })
	}
}

// escape closes the nearest thing that can be closed.
func (a *app) escape() {
	switch {
	case a.zoom:
		a.zoom = false
	case a.focus != tablePane:
		a.focus = tablePane
	case a.rows.filter != nil:
		a.applyFilter("")
	}
}

// back goes to the table, and from there out.
func (a *app) back() {
	if a.focus != tablePane || a.zoom {
		a.focus, a.zoom = tablePane, false
		return
	}
	if a.Unsaved != nil {
		if lost := a.Unsaved(); lost != "" {
			a.dialog = a.question("tui.leave", lost, func(a *app) { a.quit() })
			return
		}
	}
	a.quit()
}

func (a *app) toggleMouse() {
	a.mouse = !a.mouse
	a.toggle(a.mouse)
	a.say(map[bool]string{true: "tui.mouse-on", false: "tui.mouse-off"}[a.mouse])
}
