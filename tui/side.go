package tui

import (
	"strconv"
	"strings"

	"httpscope/internal/doc"
	"httpscope/internal/page"
)

// sideKind is what the side pane shows.
type sideKind uint8

const (
	noSide sideKind = iota
	whySide
	targetSide
	tasksSide
	assignmentSide
	quizSide
	sideKinds
)

// sideTable says of each kind its title, as the key of a phrase, and who makes its page. A page about the same
// thing as before keeps its place.
var sideTable = [sideKinds]struct {
	title string
	page  func(a *app) (d doc.Page, same bool)
}{
	whySide:        {"tui.side.why", (*app).whyPage},
	targetSide:     {"tui.side.servers", (*app).targetPage},
	tasksSide:      {"tui.side.tasks", func(a *app) (doc.Page, bool) { return a.Tasks.Page(), true }},
	assignmentSide: {"tui.side.assignment", func(a *app) (doc.Page, bool) { return a.Assignment.Page(), true }},
	quizSide:       {"tui.side.quiz", func(a *app) (doc.Page, bool) { return a.Quiz.Page(), true }},
}

// refreshSide makes the page of the side pane.
func (a *app) refreshSide() {
	width := a.layout.pane[sidePane].w - 2
	if width <= 0 || a.side == noSide {
		return
	}
	d, same := sideTable[a.side].page(a)
	a.sides[a.side].set(doc.Wrap(d, width), same)
}

func (a *app) whyPage() (doc.Page, bool) {
	d, about := a.why()
	same := about == a.about
	a.about = about
	return d, same
}

func (a *app) targetPage() (doc.Page, bool) {
	x, _ := a.selected()
	return a.Target.Page(x), true
}

// about is what the Why pane explains.
type about struct {
	exchange, connection int64
	ref                  doc.Ref
}

// why explains the line under the cursor of the detail pane, or the selected
// exchange as a whole.
func (a *app) why() (doc.Page, about) {
	x, whole := a.selected()
	c := a.connection()
	if c == nil {
		return a.welcome(), about{}
	}
	at := about{connection: c.ID}
	if x == nil {
		return page.WhyConnection(a.Lang, c), at
	}
	at.exchange = x.ID
	if !whole {
		return a.forgotten(x), at
	}
	if l, ok := a.detail.line(); ok && a.focus != tablePane {
		at.ref = l.Ref
	}
	return page.Why(a.Lang, x, at.ref), at
}

// tryNumber is the number of what a line of the side pane offers to try.
func tryNumber(l doc.Line) (int, bool) {
	n, ok := strings.CutPrefix(l.Ref.Code, "try:")
	if !ok {
		return 0, false
	}
	i, err := strconv.Atoi(n)
	return i, err == nil
}

// showSide shows a kind of side pane, or hides it when it is there already. On
// a small screen it takes the place of the detail pane.
func (a *app) showSide(k sideKind) {
	there := a.side == k && !a.layout.pane[sidePane].empty()
	if there && k != whySide && a.focus != sidePane { // it is shown, and its lines are chosen with the keys
		a.focus = sidePane
		return
	}
	switch {
	case !there:
		a.side, a.low = k, true
		if !a.wide || k != whySide { // what can be tried is chosen with the keys
			a.focus = sidePane
		}
	case a.wide:
		a.side = noSide
	}
	if there {
		a.low = false
		if a.focus == sidePane {
			a.focus = detailPane
		}
	}
}
