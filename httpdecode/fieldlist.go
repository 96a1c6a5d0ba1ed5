package httpdecode

import (
	"iter"
	"slices"
	"strings"
)

// Field is one field line, folded lines included.
type Field struct {
	Name   string // as sent
	Value  string // without surrounding white space; folds are one space
	ID     FieldID
	Folded bool
	At     int32 // of the line in Head.Raw; in a trailer the line's stream offset is the event's
	Len    int32 // with the line end
}

// from and to are the field's bytes in Head.Raw.
func (f *Field) from() int { return int(f.At) }
func (f *Field) to() int   { return int(f.At + f.Len) }

// lines is where the field begins and how long it is.
func (f *Field) lines() (at, n int) { return int(f.At), int(f.Len) }

// FieldList is the fields of a message, in the order in which they were sent.
type FieldList struct {
	Fields []Field
	known  uint64 // bit i: a field with FieldID i is there
}

// Get returns the first value of a field by its name in any case.
func (l *FieldList) Get(name string) (string, bool) {
	for i := range l.Fields {
		if strings.EqualFold(l.Fields[i].Name, name) {
			return l.Fields[i].Value, true
		}
	}
	return "", false
}

// Has reports whether a field that the decoder knows is there.
func (l *FieldList) Has(id FieldID) bool { return l.known&(1<<id) != 0 }

// Only says that the fields of a list that was put together from parts are
// those alone that the decoder knows by these numbers.
func (l *FieldList) Only(ids ...FieldID) {
	l.known = 0
	for _, id := range ids {
		l.known |= 1 << id
	}
}

// HasAny reports whether one of several fields is there.
func (l *FieldList) HasAny(ids ...FieldID) bool {
	for _, id := range ids {
		if l.Has(id) {
			return true
		}
	}
	return false
}

// Lookup returns the first value of a field that the decoder knows.
func (l *FieldList) Lookup(id FieldID) (string, bool) {
	if !l.Has(id) {
		return "", false
	}
	for i := range l.Fields {
		if l.Fields[i].ID == id {
			return l.Fields[i].Value, true
		}
	}
	return "", false
}

// Values returns all values of a field, in order.
func (l *FieldList) Values(id FieldID) []string {
	return slices.Collect(l.Each(id))
}

// Each goes through the values of a field, in order.
func (l *FieldList) Each(id FieldID) iter.Seq[string] {
	return func(yield func(string) bool) {
		if !l.Has(id) {
			return
		}
		for i := range l.Fields {
			if l.Fields[i].ID == id && !yield(l.Fields[i].Value) {
				return
			}
		}
	}
}
