package filter

import (
	"cmp"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
)

// Columns are fields whose values are written for one row after another, as
// tshark -T fields prints them. One goroutine may use them.
type Columns struct {
	fields []*field
	row    row
	bodies bool
	out    [][]string
}

// NewColumns finds fields by their names. Only rows that are packets have all of
// them. The error is an [*Error] about the first name that is none.
func NewColumns(names []string, packets bool) (*Columns, error) {
	c := &Columns{}
	for _, name := range names {
		f, err := column(name, packets)
		if err != nil {
			return nil, err
		}
		c.fields = append(c.fields, f)
		c.bodies = c.bodies || f.body
	}
	c.out = make([][]string, len(names))
	return c, nil
}

func column(name string, packets bool) (*field, *Error) {
	f := lookup(name)
	switch {
	case f == nil:
		e := unknownField(&node{name: name, to: len(name)})
		if !isUnrecorded(name) {
			e.says("filter.unknown-field", name)
		}
		return nil, e
	case f.Packets && !packets:
		return nil, wrong(0, len(name), "filter.of-packets-messages", name).suggest("filter.add-packets")
	}
	return f, nil
}

// Bodies reports whether a field needs the bodies of messages.
func (c *Columns) Bodies() bool { return c.bodies }

// Of are the values of every field in a row, in the order of the names. They are
// valid until the next call.
func (c *Columns) Of(s *Subject) [][]string {
	c.row.set(s)
	for i, f := range c.fields {
		c.out[i], c.row.values = c.out[i][:0], c.row.values[:0]
		c.row.field(f)
		for j := range c.row.values {
			c.out[i] = append(c.out[i], f.print(&c.row.values[j]))
		}
	}
	return c.out
}

// notation is how a number or bytes are written; tshark has one for each field.
type notation uint8

const (
	plainly    notation = iota // numbers in decimal, bytes without anything between them
	inHex                      // 0x and as many digits as the type has
	withColons                 // bytes with colons between them
)

// print writes a value as tshark -T fields does, but a protocol as its name,
// which tshark has a sentence about.
func (f *field) print(v *value) string {
	switch f.Type {
	case Protocol:
		return f.Name
	case Boolean, Label:
		return f.Type.format(v)
	case TimeOffset:
		return seconds(v)
	case DateTime:
		return time.Unix(0, int64(v.n)).UTC().Format("2006-01-02T15:04:05.000000000-0700")
	case Bytes:
		return f.hexBytes(v.whole())
	}
	if f.notation == inHex {
		return f.hex(v)
	}
	return f.Type.plain(v)
}

// hex writes a number in hexadecimal.
func (f *field) hex(v *value) string { return fmt.Sprintf("0x%0*x", f.hexDigits(), v.n) }

// hexDigits is how many hexadecimal digits a number has: two for each byte.
func (f *field) hexDigits() int { return cmp.Or(f.digits, f.Type.digits()) }

func (f *field) hexBytes(s string) string {
	if f.notation != withColons {
		return hex.EncodeToString([]byte(s))
	}
	pairs := make([]string, len(s))
	for i := range len(s) {
		pairs[i] = hex.EncodeToString([]byte{s[i]})
	}
	return strings.Join(pairs, ":")
}

// digits is how many hexadecimal digits a number of the type has.
func (t Type) digits() int {
	switch t {
	case Unsigned8:
		return 2
	case Unsigned16:
		return 4
	case Unsigned64:
		return 16
	}
	return 8
}
