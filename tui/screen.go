package tui

import (
	"strings"

	"httpscope/internal/doc"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/uniseg"
)

// draw draws everything. It costs what the screen holds, however long the
// table and the pages are.
func (a *app) draw(s tcell.Screen, width, height int) {
	c := canvas{s, &a.Theme, a.ASCII}
	a.resize(width, height)
	if a.layout.tooSmall {
		a.drawTooSmall(c, width, height)
		return
	}
	c.text(0, 0, width, cell(a.header(width), width, false), a.Theme.bar.Reverse(true))
	a.drawFilter(c)
	a.drawTable(c)
	a.drawDetail(c)
	a.drawSide(c)
	a.drawFlash(c)
	c.text(0, a.layout.footer.y, width, cell(a.footer(width), width, false), a.Theme.role(doc.Dim))
	if a.dialog != nil {
		a.drawDialog(c, width, height)
	}
}

// resize computes the layout again when something it depends on has changed.
func (a *app) resize(width, height int) {
	if a.focus == sidePane && a.side == noSide {
		a.focus = detailPane
	}
	a.wide = wide(width, height)
	l := arrange(width, height, arrangement{filterLine: a.filterLine(), side: a.side != noSide, low: a.low,
		focus: a.focus, zoom: a.zoom})
	if l != a.layout {
		a.layout = l
		a.refreshDetail()
		a.refreshSide()
	}
}

func (a *app) filterLine() bool {
	return a.rows.filter != nil || a.prompt != nil && a.prompt.kind == filterPrompt
}

// drawTooSmall leaves nothing but a line; ? and q still work.
func (a *app) drawTooSmall(c canvas, width, height int) {
	s := a.phrases.Phrase("tui.too-small", minWidth, minHeight, width, height)
	w := uniseg.StringWidth(s)
	c.text(max(0, (width-w)/2), height/2, width, s, a.Theme.role(doc.Plain))
	if a.dialog != nil {
		a.drawDialog(c, width, height)
	}
}

// drawFilter draws the display filter, while it is typed or when it is set.
func (a *app) drawFilter(c canvas) {
	r := a.layout.filter
	if r.empty() {
		return
	}
	if p := a.prompt; p != nil && p.kind == filterPrompt {
		verdict, st := a.verdict(p.field.GetText())
		w := min(r.w/2, uniseg.StringWidth(verdict)+1)
		p.field.SetRect(r.x+1, r.y, r.w-w-2, 1)
		p.field.Draw(c.screen)
		c.text(r.x+r.w-w, r.y, w, verdict, st)
		return
	}
	c.text(r.x+1, r.y, r.w-1, a.phrases.Phrase("tui.prompt.filter")+a.rows.filter.String(), a.Theme.role(doc.Key))
	count := "  " + a.count()
	w := widthOf(count)
	c.text(r.x+r.w-w-1, r.y, w, count, a.Theme.good)
}

// count says how many exchanges the filter selects.
func (a *app) count() string {
	if p := a.rows.progress(); p < 100 {
		return a.phrases.Phrase("tui.looking", p)
	}
	return a.phrases.Phrase("tui.of", a.rows.Len(), max(0, a.rows.last-a.rows.first+1))
}

// verdict says whether what is being typed is a filter.
func (a *app) verdict(text string) (string, tcell.Style) {
	if strings.TrimSpace(text) == "" || a.Compile == nil {
		return a.phrases.Phrase("tui.filter-empty"), a.Theme.role(doc.Dim)
	}
	if _, err := a.compile(text); err != nil {
		return a.phrases.Error(err), a.Theme.bad
	}
	return a.phrases.Phrase("tui.filter-valid"), a.Theme.good
}

// drawTable draws the rows that are on the screen.
func (a *app) drawTable(c canvas) {
	r := a.layout.pane[tablePane]
	if r.empty() {
		return
	}
	t := a.table()
	c.frame(r, a.tableTitle(), a.tableFoot(), a.focus == tablePane)
	in := r.inner()
	t.scroll(in.h - 1)
	all := a.columns()
	places, widths := fit(all, in.w-1)
	a.drawCells(c, in, 0, " ", titles(a.headings(), all, places, widths), a.Theme.role(doc.Title))
	for i := 0; i < in.h-1 && t.top+i < t.list.Len(); i++ {
		a.drawRow(c, in, i+1, t.top+i, all, places, widths)
	}
}

func titles(headings []string, all []column, places, widths []int) string {
	var b strings.Builder
	for i, p := range places {
		b.WriteString(" " + cell(headings[p], widths[i], all[p].right))
	}
	return b.String()[1:]
}

func (a *app) drawCells(c canvas, in rect, y int, prefix, text string, st tcell.Style) {
	c.text(in.x, in.y+y, in.w, cell(prefix+text, in.w, false), st)
}

// drawRow draws row i of the list in line y of the pane.
func (a *app) drawRow(c canvas, in rect, y, i int, all []column, places, widths []int) {
	t := a.table()
	id := t.list.ID(i)
	values, role := a.cells(id)
	var b strings.Builder
	for n, p := range places {
		b.WriteString(" " + cell(values[p], widths[n], all[p].right))
	}
	prefix, st := " ", a.Theme.role(role)
	if !a.showConns && a.marks[id] {
		prefix = "*"
	}
	if i == t.cursor {
		prefix = ">"
		if st = a.Theme.marked; a.focus == tablePane {
			st = a.Theme.selected
		}
	}
	a.drawCells(c, in, y, prefix, b.String()[1:], st)
}

// drawDetail draws the lines of the detail page that are on the screen.
func (a *app) drawDetail(c canvas) {
	r := a.layout.pane[detailPane]
	if r.empty() {
		return
	}
	a.drawPager(c, r, &a.detail, a.tabs(r.w-4), a.place(&a.detail), a.focus == detailPane)
}

func (a *app) drawSide(c canvas) {
	r := a.layout.pane[sidePane]
	if r.empty() || a.side == noSide {
		return
	}
	p := &a.sides[a.side]
	a.drawPager(c, r, p, " "+a.phrases.Phrase(sideTable[a.side].title)+" ", "", a.focus == sidePane)
}

func (a *app) drawPager(c canvas, r rect, p *pager, title, foot string, focused bool) {
	c.frame(r, title, foot, focused)
	in := r.inner()
	p.scroll(in.h)
	byteCursor := p == &a.detail && a.hex()
	for i := 0; i < in.h && p.top+i < p.len(); i++ {
		var over *tcell.Style
		at := p.top+i == p.cursor && focused
		if at && !byteCursor {
			over = &a.Theme.selected
			c.fill(rect{in.x, in.y + i, in.w, 1}, a.Theme.selected)
		}
		c.line(in.x, in.y+i, in.w, p.left, p.doc.Line(p.top+i), over)
		if at && byteCursor {
			a.drawByte(c, in, in.y+i)
		}
	}
}

// drawFlash draws the line above the footer: what is typed, or a message.
func (a *app) drawFlash(c canvas) {
	r := a.layout.flash
	if p := a.prompt; p != nil && p.kind != filterPrompt {
		hint := a.promptHint()
		w := min(r.w/2, widthOf(hint))
		p.field.SetRect(r.x, r.y, r.w-w-1, 1)
		p.field.Draw(c.screen)
		c.text(r.x+r.w-w, r.y, w, hint, a.Theme.role(doc.Dim))
		return
	}
	if a.prompt != nil && !a.flash.bad {
		c.text(r.x+1, r.y, r.w-1, a.suggestions(r.w-1), a.Theme.role(doc.Dim))
		return
	}
	st := a.Theme.role(doc.Plain)
	if a.flash.bad {
		st = a.Theme.bad
	}
	c.text(r.x+1, r.y, r.w-1, a.flash.text, st)
}

// drawDialog draws a page in front of everything.
func (a *app) drawDialog(c canvas, width, height int) {
	d := a.dialog
	w := min(width, max(d.width, dialogWidth))
	h := min(height, d.pager.len()+2)
	r := rect{(width - w) / 2, (height - h) / 2, w, h}
	c.fill(r, a.Theme.role(doc.Plain))
	d.pager.height = max(0, h-2)
	foot := ""
	if d.pager.len() > d.pager.height {
		foot = " " + a.phrases.Phrase("tui.dialog-foot", d.pager.top+1, d.pager.top+d.pager.height, d.pager.len()) + " "
	}
	c.frame(r, " "+d.title+" ", foot, true)
	in := r.inner()
	for i := 0; i < in.h && d.pager.top+i < d.pager.len(); i++ {
		c.line(in.x, in.y+i, in.w, 0, d.pager.doc.Line(d.pager.top+i), nil)
	}
}
