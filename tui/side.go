package tui

import (
	"strconv"
	"strings"

	"httpscope/internal/doc"
	"httpscope/internal/page"
)

// sideTitles name what the side pane shows.
var sideTitles = [...]string{"", "Why", "Servers", "Tasks", "Assignment", "Quiz"}

// refreshSide makes the page of the side pane.
func (a *app) refreshSide() {
	width := a.layout.pane[sidePane].w - 2
	if width <= 0 {
		return
	}
	p := &a.sides[a.side]
	switch a.side {
	case whySide:
		d, about := a.why()
		p.set(doc.Wrap(d, width), about == a.about)
		a.about = about
	case targetSide:
		x, _ := a.selected()
		p.set(doc.Wrap(a.Target.Page(x), width), true)
	case tasksSide:
		p.set(doc.Wrap(a.Tasks.Page(), width), true)
	case assignmentSide:
		p.set(doc.Wrap(a.Assignment.Page(), width), true)
	case quizSide:
		p.set(doc.Wrap(a.Quiz.Page(), width), true)
	}
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
