package filter

import "fmt"

// Error says why an expression is not a filter. Offset and Length, in bytes,
// mark the part of the expression it is about; at its end Length is 0. The texts
// other than Message may be empty.
type Error struct {
	Offset, Length int
	Expected       string // what could stand there
	Found          string // what stands there
	Message        string // a full sentence
	Suggestion     string // what to write in place of the marked part, or what to do
}

// Error gives the place, counted from 1, and the sentence.
func (e *Error) Error() string {
	s := fmt.Sprintf("display filter: at %d: %s", e.Offset+1, e.Message)
	if e.Suggestion != "" {
		s += " " + e.Suggestion
	}
	return s
}

// wrong is an error about a part of the expression.
func wrong(at, to int, format string, args ...any) *Error {
	return &Error{Offset: at, Length: to - at, Message: fmt.Sprintf(format, args...)}
}

// suggest adds what to do.
func (e *Error) suggest(format string, args ...any) *Error {
	e.Suggestion = fmt.Sprintf(format, args...)
	return e
}
