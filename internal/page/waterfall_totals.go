package page

import (
	"math"
	"slices"
	"strconv"

	"httpscope/internal/doc"
	"httpscope/internal/trace"
)

// surveyed is what all lanes together come to.
type surveyed struct {
	from, to            int64 // first and last known time of all, 0 when there is none
	firstByte, lastByte int64 // of messages
	connections         int64
	exchanges           int64
	most                int // exchanges that went on at once
	timeless, backwards int64
	interim, other      bool
}

// survey goes through all records once.
func survey(lanes []Lane) surveyed {
	s := surveyed{connections: int64(len(lanes))}
	n := 0
	for i := range lanes {
		n += len(lanes[i].Exchanges)
	}
	starts, ends := make([]int64, 0, n), make([]int64, 0, n)
	for i := range lanes {
		l := &lanes[i]
		s.span(l.Conn.Start.Nano)
		s.span(l.Conn.End.Nano)
		s.other = s.other || l.Conn.Ledger.Other > 0 || len(l.Exchanges) == 0 && l.Conn.Bytes[0]+l.Conn.Bytes[1] > 0
		for _, x := range l.Exchanges {
			m := s.exchange(l.Conn, x)
			if m.state == noTimes {
				continue
			}
			end := m.end
			if m.state == stillOpen {
				end = math.MaxInt64
			}
			starts, ends = append(starts, m.start), append(ends, end)
		}
	}
	s.most = atOnce(starts, ends)
	return s
}

// span widens the time that is surveyed.
func (s *surveyed) span(t int64) {
	if !known(t) {
		return
	}
	if s.from == 0 || t < s.from {
		s.from = t
	}
	s.to = max(s.to, t)
}

// exchange adds an exchange.
func (s *surveyed) exchange(c *trace.Connection, x *trace.Exchange) moments {
	m := momentsOf(c, x, 0)
	s.exchanges++
	s.interim = s.interim || len(x.Interim) > 0
	switch m.state {
	case noTimes:
		s.timeless++
		return m
	case backwards:
		s.backwards++
	}
	s.span(m.start)
	s.span(m.end)
	if s.firstByte == 0 || m.start < s.firstByte {
		s.firstByte = m.start
	}
	last := m.end
	if m.state == noAnswer {
		last = m.sent
	}
	s.lastByte = max(s.lastByte, last)
	return m
}

// atOnce is the greatest number of intervals that have a moment in common. It
// sorts both slices.
func atOnce(starts, ends []int64) int {
	for i, start := range starts {
		if ends[i] == start { // what took no time took place all the same
			ends[i]++
		}
	}
	slices.Sort(starts)
	slices.Sort(ends)
	most, over := 0, 0
	for i, start := range starts {
		for over < len(ends) && ends[over] <= start {
			over++
		}
		most = max(most, i+1-over)
	}
	return most
}

// scale is the window that the options ask for.
func (s *surveyed) scale(o WaterfallOptions, width int) timescale {
	t := timescale{from: s.from, to: s.to, origin: o.Origin, width: max(width, 1)}
	if o.From > 0 {
		t.from = o.From
	}
	t.to = max(t.from, t.to)
	if room := (t.to - t.from) / int64(t.width) * 2; t.to <= math.MaxInt64-room {
		t.to += room // for the close behind the last byte
	}
	if o.To > 0 {
		t.to = max(t.from, o.To)
	}
	if t.origin <= 0 {
		t.origin = s.from
	}
	return t
}

// totals are the lines on top, with what a reader has to know about the times.
func (w *waterfall) totals(s surveyed, left int64) []doc.Line {
	if s.connections == 0 {
		return w.ink.paragraph("There are no connections yet. As soon as a client connects, a bar appears here.", w.width, doc.Plain)
	}
	say := plural(s.exchanges, "exchange", "exchanges") + " on " + plural(s.connections, "connection", "connections")
	switch {
	case s.most > 1:
		say += ", " + strconv.Itoa(s.most) + " at once at most"
	case s.exchanges > 1:
		say += ", one at a time"
	}
	if s.firstByte > 0 {
		say += "; " + lasted(s.lastByte-s.firstByte) + " from first byte to last"
	}
	lines := w.ink.paragraph(say, w.width, doc.Title)
	for _, note := range w.notes(s, left) {
		lines = append(lines, w.ink.paragraph(note, w.width, doc.Note)...)
	}
	return lines
}

// notes say why bars may be missing or misleading.
func (w *waterfall) notes(s surveyed, left int64) []string {
	var notes []string
	if left > 0 {
		notes = append(notes, plural(left, "exchange is", "exchanges are")+" outside of the time shown.")
	}
	if s.timeless > 0 {
		notes = append(notes, plural(s.timeless, "exchange has", "exchanges have")+" no times and no bar.")
	}
	if s.backwards > 0 {
		notes = append(notes, "The clock of the capture went back during "+plural(s.backwards, "exchange", "exchanges")+": do not trust these bars.")
	}
	if w.scale.to <= w.scale.from {
		notes = append(notes, "The time shown has no length: every bar is in the first column.")
	}
	return notes
}

// legend explains the characters, in the order in which an exchange uses them.
func (w *waterfall) legend(s surveyed) []doc.Line {
	if s.connections == 0 {
		return nil
	}
	entries := []struct {
		phase phase
		words string
		shown bool
	}{
		{settingUp, "set-up", true}, {requesting, "request", true}, {waiting, "wait for the server", true}, {interim, "interim response", s.interim},
		{receiving, "receive", true}, {otherBytes, "not HTTP/1", s.other}, {idle, "idle", true}, {closing, "close", true},
	}
	var words []string
	for _, e := range entries {
		if e.shown {
			words = append(words, w.ink.phase[e.phase]+" "+e.words)
		}
	}
	return w.ink.wrap(words, "  ", w.width, doc.Dim)
}
