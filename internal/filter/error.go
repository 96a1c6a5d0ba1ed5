package filter

import "httpscope/internal/texts"

// said is the whole of an error, in every language.
type said = texts.Error

// Error says why an expression is not a filter. Offset and Length, in bytes,
// mark the part of the expression it is about; at its end Length is 0. Its own
// text gives the place, counted from 1, and both sentences.
type Error struct {
	said
	Offset, Length int
	Message        texts.Phrase // a full sentence
	Suggestion     texts.Phrase // what to write in place of the marked part, or what to do; may be zero
	found          string       // what stands there
}

// OfPackets reports that the error is about a field of packets, where rows are none.
func (e *Error) OfPackets() bool { return e.Message.Key == ofPackets }

// ofPackets is the key of such an error.
const ofPackets = "filter.of-packets"

// wrong is an error about a part of the expression.
func wrong(at, to int, key string, args ...any) *Error {
	return (&Error{Offset: at, Length: to - at}).says(key, args...)
}

// says sets what is wrong.
func (e *Error) says(key string, args ...any) *Error {
	e.Message = texts.Say(key, args...)
	return e.whole()
}

// because adds a sentence to what is wrong.
func (e *Error) because(key string) *Error { return e.says("filter.then", e.Message, texts.Say(key)) }

// suggest says what to do.
func (e *Error) suggest(key string, args ...any) *Error {
	e.Suggestion = texts.Say(key, args...)
	return e.whole()
}

func (e *Error) whole() *Error {
	e.Phrase = texts.Say("filter.error", e.Offset+1, e.Message)
	if !e.Suggestion.IsZero() {
		e.Phrase = texts.Say("filter.error-suggested", e.Offset+1, e.Message, e.Suggestion)
	}
	return e
}
