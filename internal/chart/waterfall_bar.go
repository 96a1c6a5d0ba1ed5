package chart

import (
	"strings"

	"httpscope/internal/doc"
	"httpscope/internal/trace"
)

// phase is what a column of a bar stands for.
type phase uint8

// Phases, in the order of inks.
const (
	nothing phase = iota
	idle
	settingUp
	waiting
	requesting
	receiving
	interim
	otherBytes
	closing
	phaseKinds
)

var phaseRoles = [phaseKinds]doc.Role{nothing: doc.Plain, idle: doc.Dim, settingUp: doc.Framing, waiting: doc.Note,
	requesting: doc.Request,
	receiving:  doc.Response, interim: doc.Response, otherBytes: doc.Body, closing: doc.Plain}

// canvas is a bar being painted, a phase per column.
type canvas struct {
	scale timescale
	cells []phase
}

// paint draws a phase from one time to another, if some of it is in the window.
// Later paint covers what is below: short phases are painted after long ones.
func (v *canvas) paint(p phase, from, to int64) {
	if !known(from) || !known(to) || to < from || to < v.scale.from || from > v.scale.to {
		return
	}
	a, b := v.scale.column(from), v.scale.column(to)
	for i := a; i <= b; i++ {
		v.cells[i] = p
	}
}

// beside draws what takes no time in the column of its time, or in the next on
// one side when something else is there.
func (v *canvas) beside(p phase, t int64, step int) {
	if !known(t) || t < v.scale.from || t > v.scale.to {
		return
	}
	i := v.scale.column(t)
	if v.cells[i] == p {
		return
	}
	if v.cells[i] > idle {
		i += step
	}
	if i >= 0 && i < len(v.cells) && v.cells[i] <= idle {
		v.cells[i] = p
	}
}

// between draws what lies between two other phases: the columns of neither.
func (v *canvas) between(p phase, from, to int64) {
	if !known(from) || !known(to) || to < v.scale.from || from > v.scale.to {
		return
	}
	a, b := v.scale.column(from), v.scale.column(to)
	if from >= v.scale.from {
		a++
	}
	if to <= v.scale.to {
		b--
	}
	for i := a; i <= b; i++ {
		if v.cells[i] <= idle {
			v.cells[i] = p
		}
	}
}

// bar is the bar of a row.
func (w *waterfall) bar(l *Lane, i int) []doc.Span {
	v := &canvas{scale: w.scale, cells: make([]phase, w.scale.width)}
	if i == laneAlone {
		w.paintAlone(v, l)
	} else {
		w.paintExchange(v, l, i)
	}
	return w.spans(v.cells)
}

// paintAlone paints a connection as a whole.
func (w *waterfall) paintAlone(v *canvas, l *Lane) {
	end := l.Conn.End.Nano
	if !ended(l.Conn) {
		end = w.scale.to
	}
	p := idle
	if len(l.Exchanges) == 0 && l.Conn.Bytes[0]+l.Conn.Bytes[1] > 0 {
		p = otherBytes
	}
	if v.scale.column(end)-v.scale.column(l.Conn.Start.Nano) < 2 {
		v.paint(p, l.Conn.Start.Nano, end) // too short for ends and what is between them
	}
	w.paintSetup(v, l)
	if ended(l.Conn) {
		v.beside(closing, end, 1)
	}
	v.between(p, l.Conn.Start.Nano, end)
	v.beside(p, l.Conn.Start.Nano, 0)
	v.beside(p, end, 0)
}

// paintExchange paints an exchange with the idle time before it; the first of
// a connection shows the set-up too, the last the close.
func (w *waterfall) paintExchange(v *canvas, l *Lane, i int) {
	m := momentsOf(l.Conn, l.Exchanges[i], w.scale.to)
	w.paintBefore(v, l, i, m.start)
	if i == len(l.Exchanges)-1 {
		w.paintRest(v, l, m.end)
	}
	w.paintPhases(v, l.Exchanges[i], m)
	if i == 0 {
		w.paintSetup(v, l)
	}
	if i == len(l.Exchanges)-1 && ended(l.Conn) {
		v.beside(closing, max(m.end, l.Conn.End.Nano), 1)
	}
}

// paintBefore paints the idle time before an exchange: since the one before it,
// or since the connection began.
func (w *waterfall) paintBefore(v *canvas, l *Lane, i int, start int64) {
	from := l.Conn.Start.Nano
	if i > 0 {
		from = momentsOf(l.Conn, l.Exchanges[i-1], w.scale.to).end
	}
	if from >= start {
		return
	}
	v.between(idle, from, start)
	if i == 0 {
		v.beside(idle, from, 0)
	}
}

// paintPhases paints from the request's first byte to the response's last.
func (w *waterfall) paintPhases(v *canvas, x *trace.Exchange, m moments) {
	if m.state == noTimes {
		return
	}
	if x.Request != nil {
		v.paint(waiting, m.sent, m.first)
		v.paint(requesting, m.start, m.sent)
	}
	for _, r := range x.Interim {
		if r.First.Nano >= m.start && r.First.Nano <= m.first {
			v.paint(interim, r.First.Nano, r.First.Nano)
		}
	}
	if x.Response != nil || x.Simple != nil {
		v.paint(receiving, m.first, m.end)
		v.beforeLast(x.Request != nil, m)
	}
}

// beforeLast draws the request over an answer that begins in the same column
// and goes on in others: what is short must not vanish under what is long.
func (v *canvas) beforeLast(sent bool, m moments) {
	if i := v.scale.column(m.first); sent && m.sent >= v.scale.from && m.first <= v.scale.to &&
		v.scale.column(m.sent) == i && v.scale.column(m.end) > i {
		v.cells[i] = requesting
	}
}

// paintRest paints what follows the last exchange.
func (w *waterfall) paintRest(v *canvas, l *Lane, from int64) {
	p, to := idle, w.scale.to
	if l.Conn.Ledger.Other > 0 {
		p = otherBytes
	}
	if ended(l.Conn) {
		to = l.Conn.End.Nano
	}
	if to > from {
		v.between(p, from, to)
	}
}

// paintSetup paints the set-up; of one that was not kept only the beginning is known.
func (w *waterfall) paintSetup(v *canvas, l *Lane) {
	from, to, ok := l.setup()
	if !ok {
		if !l.Conn.Handshake || !known(l.Conn.Start.Nano) {
			return
		}
		from = l.Conn.Start.Nano
		to = from
	}
	if v.between(settingUp, from, to); to <= v.scale.to {
		v.beside(settingUp, to, -1)
	}
	v.beside(settingUp, from, -1)
}

// spans joins columns of the same phase.
func (w *waterfall) spans(cells []phase) []doc.Span {
	var spans []doc.Span
	for i := 0; i < len(cells); {
		j := i + 1
		for j < len(cells) && cells[j] == cells[i] {
			j++
		}
		spans = append(spans, doc.Shown(strings.Repeat(w.ink.phase[cells[i]], j-i), phaseRoles[cells[i]]))
		i = j
	}
	return spans
}
