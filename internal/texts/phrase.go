package texts

import (
	"fmt"
	"slices"
	"strings"
)

// Phrase is something to be said, in a language that is not known yet: the key of a phrase, and its parameters.
type Phrase struct {
	Key  string
	Args []any
}

// Say is the phrase with a key.
func Say(key string, args ...any) Phrase { return Phrase{key, args} }

// Own is the phrase with a key, with texts of its own: what its parameters were cut out of is not kept for them.
func Own(key string, args ...any) Phrase {
	own := slices.Clone(args)
	for i, a := range own {
		if s, ok := a.(string); ok {
			own[i] = strings.Clone(s)
		}
	}
	return Phrase{key, own}
}

// Plain is a text that is the same in every language: a command, a name.
func Plain(text string) Phrase { return Say("plain", text) }

// String is the phrase in English.
func (p Phrase) String() string { return In(English).Of(p) }

// MarshalText is the phrase in English, for JSON.
func (p Phrase) MarshalText() ([]byte, error) { return []byte(p.String()), nil }

// IsZero reports that nothing is said.
func (p Phrase) IsZero() bool { return p.Key == "" }

// Fits reports that there is a phrase with the key, and that it takes the parameters: for tests, since a parameter that
// does not fit is told in what is said alone.
func (p Phrase) Fits() bool {
	args := slices.Clone(p.Args)
	for i, a := range args {
		switch a := a.(type) {
		case Phrase:
			if !a.Fits() {
				return false
			}
			args[i] = "x"
		case string, error, fmt.Stringer: // it may hold what looks like a parameter that does not fit
			args[i] = "x"
		}
	}
	said := In(English).Phrase(p.Key, args...)
	return said != "" && !strings.Contains(said, "%!")
}

// List is things to be listed, as parameter of a phrase: "a, b and c". Its items may be phrases.
type List struct {
	Word  string // and, or; "" for commas alone
	Items []any
}

// ListOf is a list of things of one kind.
func ListOf[T any](word string, items []T) List {
	l := List{Word: word, Items: make([]any, len(items))}
	for i := range items {
		l.Items[i] = items[i]
	}
	return l
}

// String is the list in English.
func (l List) String() string { return In(English).list(l) }

// Ordinal is a place in an order, as parameter of a phrase: 1st, 2nd.
type Ordinal int64

// String is the ordinal in English.
func (n Ordinal) String() string { return In(English).ordinal(n) }

// Error is an error that can be said in every language. It wraps those of its parameters that are errors.
type Error struct{ Phrase }

// Said is the error as a phrase. Errors of other types may have this method too.
func (e *Error) Said() Phrase { return e.Phrase }

// Errorf is the error with a phrase.
func Errorf(key string, args ...any) *Error { return &Error{Say(key, args...)} }

// Error is the error in English.
func (e *Error) Error() string { return e.String() }

// Unwrap is the parameters that are errors.
func (e *Error) Unwrap() []error {
	var all []error
	for _, a := range e.Args {
		if err, ok := a.(error); ok {
			all = append(all, err)
		}
	}
	return all
}

// Error says an error: one that has a phrase in the catalogue's language, others as they say it.
func (c Catalogue) Error(err error) string {
	if e, ok := err.(interface{ Said() Phrase }); ok {
		return c.Of(e.Said())
	}
	return err.Error()
}

// HintedError is an error with what to do about it.
type HintedError struct {
	Err  error
	Hint Phrase
}

// WithHint is an error with what to do about it.
func WithHint(err error, hint Phrase) *HintedError { return &HintedError{err, hint} }

// Error is the error in English, without the hint.
func (e *HintedError) Error() string { return e.Err.Error() }

// Unwrap is the error without the hint.
func (e *HintedError) Unwrap() error { return e.Err }

// Said is the error as a phrase, without the hint.
func (e *HintedError) Said() Phrase {
	if said, ok := e.Err.(interface{ Said() Phrase }); ok {
		return said.Said()
	}
	return Plain(e.Err.Error())
}
