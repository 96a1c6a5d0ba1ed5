package chart

import (
	"math"
	"slices"

	"httpscope/internal/doc"
	"httpscope/internal/texts"
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
		t.to += room // for the close after the last byte
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
		return w.ink.paragraph(w.Phrase("page.waterfall.empty"), w.width, doc.Plain)
	}
	say := texts.Say("page.waterfall.total", texts.Say("count.exchange", s.exchanges),
		texts.Say("count.connection", s.connections))
	switch {
	case s.most > 1:
		say = texts.Say("page.waterfall.at-once", say, s.most)
	case s.exchanges > 1:
		say = texts.Say("page.waterfall.one-at-a-time", say)
	}
	if s.firstByte > 0 {
		say = texts.Say("page.waterfall.first-to-last", say, lasted(s.lastByte-s.firstByte))
	}
	lines := w.ink.paragraph(w.Of(say), w.width, doc.Title)
	for _, note := range w.notes(s, left) {
		lines = append(lines, w.ink.paragraph(w.Of(note), w.width, doc.Note)...)
	}
	return lines
}

// notes say why bars may be missing or misleading.
func (w *waterfall) notes(s surveyed, left int64) []texts.Phrase {
	var notes []texts.Phrase
	if left > 0 {
		notes = append(notes, texts.Say("page.waterfall.outside", left))
	}
	if s.timeless > 0 {
		notes = append(notes, texts.Say("page.waterfall.timeless", s.timeless))
	}
	if s.backwards > 0 {
		notes = append(notes, texts.Say("page.waterfall.backwards", texts.Say("count.exchange", s.backwards)))
	}
	if w.scale.to <= w.scale.from {
		notes = append(notes, texts.Say("page.waterfall.no-length"))
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
		word  string
		shown bool
	}{
		{settingUp, "set-up", true}, {requesting, "request", true}, {waiting, "wait", true},
		{interim, "interim", s.interim},
		{receiving, "receive", true}, {otherBytes, "other", s.other}, {idle, "idle", true}, {closing, "close", true},
	}
	var words []string
	for _, e := range entries {
		if e.shown {
			words = append(words, w.ink.phase[e.phase]+" "+w.Phrase("page.phase."+e.word))
		}
	}
	return w.ink.wrap(words, "  ", w.width, doc.Dim)
}
