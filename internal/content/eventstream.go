package content

import "strings"

// Event is one event of a text/event-stream body (HTML standard, section 9.2).
type Event struct {
	Type string // "message" where the event names none; at most 256 bytes
	Data int64  // bytes of its data, with a line end between lines
}

// EventStream finds the events of a text/event-stream body that arrives in
// pieces. It keeps the beginning of one line. How the body is cut has no influence
// on the result. The zero value is ready.
type EventStream struct {
	line  []byte // its beginning
	long  int64  // bytes of the line in all
	kind  string
	data  int64
	lines int  // data lines
	cr    bool // the last byte was CR: an LF belongs to it
}

// maxEventLine bounds what is kept of a line: more than any field's name, and as
// much of an event's type as is shown.
const maxEventLine = 256

// Feed takes the next bytes and returns the events that end in them.
func (s *EventStream) Feed(b []byte) (done []Event) {
	for _, c := range b {
		switch {
		case c == '\n' && s.cr:
		case c == '\n' || c == '\r':
			if e, ok := s.endLine(); ok {
				done = append(done, e)
			}
		default:
			s.long++
			if len(s.line) < maxEventLine {
				s.line = append(s.line, c)
			}
		}
		s.cr = c == '\r'
	}
	return done
}

// endLine takes a line; an empty one ends the event, if it has data.
func (s *EventStream) endLine() (e Event, ok bool) {
	name, value, _ := strings.Cut(string(s.line), ":")
	value = strings.TrimPrefix(value, " ")
	length := s.long - int64(len(s.line)) + int64(len(value))
	s.line, s.long = s.line[:0], 0
	switch name {
	case "data":
		s.lines++
		s.data += length
	case "event":
		s.kind = value
	case "":
		if value != "" || s.lines == 0 { // a comment, or nothing to tell
			if value == "" {
				s.kind, s.data = "", 0
			}
			return Event{}, false
		}
		e = Event{Type: s.kind, Data: s.data + int64(s.lines) - 1}
		if e.Type == "" {
			e.Type = "message"
		}
		s.kind, s.data, s.lines = "", 0, 0
		return e, true
	}
	return Event{}, false
}
