package tui

import "httpscope/internal/doc"

// pager is where one is in a page.
type pager struct {
	doc    doc.Page
	cursor int
	top    int
	left   int
	height int
	byte   int // under the cursor of a hexadecimal page, in its row
}

// set shows another page. A page about the same thing keeps the place.
func (p *pager) set(d doc.Page, same bool) {
	p.doc = d
	if !same {
		p.cursor, p.top, p.left, p.byte = 0, 0, 0, 0
	}
	p.moveTo(p.cursor)
}

func (p *pager) len() int {
	if p.doc == nil {
		return 0
	}
	return p.doc.Len()
}

func (p *pager) moveTo(i int) {
	p.cursor = max(0, min(i, p.len()-1))
	p.scroll(p.height)
}

func (p *pager) scroll(height int) {
	p.height = height
	if height <= 0 {
		return
	}
	p.top = min(p.top, p.cursor)
	p.top = max(p.top, p.cursor-height+1)
	p.top = max(0, min(p.top, p.len()-height))
}

func (p *pager) sideways(n int) { p.left = max(0, p.left+n) }

// line is the line under the cursor; false when there is none.
func (p *pager) line() (doc.Line, bool) {
	if p.cursor >= p.len() {
		return doc.Line{}, false
	}
	return p.doc.Line(p.cursor), true
}
