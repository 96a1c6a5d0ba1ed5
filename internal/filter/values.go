package filter

import (
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"
)

// FieldNamed finds a field. The error is an [*Error] that suggests another name.
func FieldNamed(name string) (Field, error) {
	f := lookup(name)
	if f == nil {
		return Field{}, unknownField(&node{name: name, to: len(name)})
	}
	return f.Field, nil
}

// Values are the values of a field in a row as plain text: numbers in decimal,
// times in seconds or by RFC 3339, bytes in hexadecimal, text as it was sent. A
// name that is no field has none.
func Values(name string, s *Subject) []string {
	f := lookup(name)
	if f == nil {
		return nil
	}
	var r row
	r.set(s)
	r.field(f)
	out := make([]string, len(r.values))
	for i := range r.values {
		out[i] = f.Type.plain(&r.values[i])
	}
	return out
}

// plain writes a value without quotes.
func (t Type) plain(v *value) string {
	switch t {
	case Boolean, Label:
		return strconv.FormatBool(v.n != 0)
	case String:
		return v.whole()
	case Bytes, Protocol:
		return hex.EncodeToString([]byte(v.whole()))
	case TimeOffset:
		return strings.TrimSuffix(strings.TrimRight(seconds(v), "0"), ".")
	case DateTime:
		return time.Unix(0, int64(v.n)).UTC().Format(time.RFC3339Nano)
	}
	return t.format(v)
}

// Names are the fields that a filter names, each once.
func (f *Filter) Names() []string {
	var all []string
	if f.root != nil {
		f.root.names(&all)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

func (n *node) names(all *[]string) {
	if n.form == fieldForm || n.form == referenceForm {
		*all = append(*all, n.name)
	}
	for _, k := range n.kids {
		k.names(all)
	}
}
