package tui

import (
	"strings"

	"httpscope/internal/doc"
	"httpscope/internal/page"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// hexPerRow is how many bytes a row of page.WireHex shows.
const hexPerRow = 16

// hex reports that the wire is shown in hexadecimal: there the cursor is on a
// byte. Rows of bodies are not stretches of the stream, so there it is on a row.
func (a *app) hex() bool { return a.wireHex }

// byteRef is the byte under the cursor of a hexadecimal page.
func (a *app) byteRef() (doc.Ref, bool) {
	l, ok := a.detail.line()
	if !ok || !a.hex() || l.Ref.To <= l.Ref.From {
		return doc.Ref{}, false
	}
	r := l.Ref
	r.From += min(int64(a.detail.byte), r.To-r.From-1)
	r.To = r.From + 1
	return r, true
}

// moveByte goes n bytes on, into other rows where there is none left in this.
func (a *app) moveByte(n int) {
	p := &a.detail
	l, ok := p.line()
	if !ok {
		return
	}
	switch at := p.byte + n; {
	case at < 0 && p.cursor > 0:
		p.moveTo(p.cursor - 1)
		p.byte = hexPerRow - 1
	case at >= int(l.Ref.To-l.Ref.From) && p.cursor+1 < p.len():
		p.moveTo(p.cursor + 1)
		p.byte = 0
	default:
		p.byte = max(0, min(at, hexPerRow-1))
	}
}

// byteColumn is the column of a byte in a row: after the offset, three columns
// each, and one more in the middle.
func byteColumn(i int) int {
	const offset = 10
	return offset + 3*i + i/(hexPerRow/2)
}

// drawByte marks the byte under the cursor.
func (a *app) drawByte(c canvas, in rect, y int) {
	l, ok := a.detail.line()
	if _, is := a.byteRef(); !ok || !is {
		return
	}
	i := min(a.detail.byte, int(l.Ref.To-l.Ref.From)-1)
	text, at := l.String(), byteColumn(i)
	if x := at - a.detail.left; x >= 0 && x+2 <= in.w && at+2 <= len(text) {
		c.text(in.x+x, y, 2, text[at:at+2], a.Theme.selected)
	}
}

// bytePlace says what the byte under the cursor is: its packet, and the line
// of the wire that it belongs to.
func (a *app) bytePlace(r doc.Ref) string {
	at := " " + a.phrases.Phrase("tui.byte", sideName(r), r.From) + "  " + a.packets(r)
	x, whole := a.selected()
	if x == nil || !whole {
		return at + " "
	}
	d := a.wireOf(x)
	if i := page.LineAt(d, r.Place); i >= 0 {
		at += "  " + strings.Join(strings.Fields(d.Line(i).String()), " ")
	}
	return at + " "
}

// wireOf is the wire of the selected exchange, made once for all of its bytes.
func (a *app) wireOf(x *trace.Exchange) doc.Page {
	if a.wire == nil || a.wireAt != a.shown {
		a.wire, a.wireAt = page.Wire(a.Lang, x, a.Store.TapeOf(x)), a.shown
	}
	return a.wire
}

// sideName is client or server.
func sideName(r doc.Ref) texts.Phrase { return texts.Say("role." + (r.Side & 1).Role()) }
