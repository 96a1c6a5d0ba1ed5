package page

import (
	"httpscope/internal/tcp"
	"httpscope/internal/trace"
)

// moments are the times of an exchange, each not before the one before it.
type moments struct {
	start int64 // first byte of the request
	sent  int64 // its last byte, or the first of an answer that did not wait for it
	first int64 // first byte of the final response
	end   int64 // its last byte
	state momentState
}

// momentState is what has to be said of an exchange's times.
type momentState uint8

const (
	inOrder   momentState = iota
	stillOpen             // end is as far as it is known
	noAnswer              // the connection was over before
	cutShort              // the response is not complete
	backwards             // a later moment had an earlier time
	noTimes
)

// words are for the column after the bar.
func (w *waterfall) words(m moments) string {
	switch m.state {
	case stillOpen:
		return w.Phrase("page.waterfall.open")
	case noAnswer:
		return w.Phrase("page.waterfall.no-answer")
	case cutShort:
		return w.Phrase("page.waterfall.incomplete")
	case backwards:
		return w.Phrase("page.waterfall.clock-back")
	case noTimes:
		return w.Phrase("page.waterfall.no-times")
	}
	return lasted(m.end - m.start)
}

// ended reports a connection that is over.
func ended(c *trace.Connection) bool { return c.State.Ended() }

// momentsOf reads the times of an exchange. What goes on until now ends then.
func momentsOf(c *trace.Connection, x *trace.Exchange, now int64) moments {
	var m moments
	answer := x.Response
	if answer == nil {
		answer = x.Simple
	}
	if x.Request != nil {
		m.start, m.sent = x.Request.First.Nano, x.Request.Last.Nano
	}
	if answer != nil {
		m.first, m.end = answer.First.Nano, answer.Last.Nano
	}
	m.judge(c, x, answer)
	if answer == nil && m.state != noTimes {
		m.first = m.unanswered(c, now)
		m.end = m.first
	}
	m.order()
	return m
}

// judge finds the state, but for the order of times.
func (m *moments) judge(c *trace.Connection, x *trace.Exchange, answer *trace.Message) {
	over := answer != nil && answer.Done && (x.Request == nil || x.Request.Done)
	switch {
	case !known(m.start) && !known(m.sent) && !known(m.first) && !known(m.end):
		*m = moments{state: noTimes}
	case !over && !ended(c):
		m.state = stillOpen
	case answer == nil:
		m.state = noAnswer
	case !answer.Complete:
		m.state = cutShort
	}
}

// unanswered is how long the client has waited in vain.
func (m *moments) unanswered(c *trace.Connection, now int64) int64 {
	if m.state == noAnswer && known(c.End.Nano) {
		now = c.End.Nano
	}
	return max(m.start, m.sent, now)
}

// order fills in what is not known and puts the moments in order. An answer
// before the request's end is one that did not wait for it, not a clock that
// went back.
func (m *moments) order() {
	t := [...]*int64{&m.start, &m.sent, &m.first, &m.end}
	for i := len(t) - 2; i >= 0; i-- {
		if !known(*t[i]) {
			*t[i] = *t[i+1]
		}
	}
	if m.first >= m.start && m.first < m.sent {
		m.sent = m.first
	}
	for i := 1; i < len(t); i++ {
		if !known(*t[i]) {
			*t[i] = *t[i-1]
		}
		if *t[i] < *t[i-1] {
			*t[i] = *t[i-1]
			m.state = backwards
		}
	}
}

// setupSegments is how many segments a set-up is looked for in: a SYN is
// repeated a few times, with growing pauses, before a client gives up.
const setupSegments = 16

// setup is when the connection was set up: from the SYN to the third packet of
// the handshake.
func (l *Lane) setup() (from, to int64, ok bool) {
	if l.Tape == nil || l.Tape.Dropped > 0 || !l.Conn.Handshake {
		return 0, 0, false
	}
	answered := false
	for _, s := range l.Tape.Segments[:min(len(l.Tape.Segments), setupSegments)] {
		switch syn, ack := s.Flags&tcp.SYN != 0, s.Flags&tcp.ACK != 0; {
		case syn && !ack && from == 0:
			from = s.Nano
		case syn && ack:
			answered = true
		case answered && ack && l.Conn.Side(s.Dir) == 0:
			return from, s.Nano, known(from) && s.Nano >= from
		}
	}
	return 0, 0, false
}
