package export

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"httpscope/internal/trace"
	"httpscope/internal/visible"
)

// Fields writes chosen fields of every message by Wireshark's names, one
// message a line, tabs between fields and commas between values: what tshark
// -T fields prints for the packet that completes the message.
type Fields struct {
	w     *lines
	get   []fieldFunc
	begin int64 // time of the first packet seen, for frame.time_relative
	only  func(x *trace.Exchange, m *trace.Message) bool
}

// fieldFunc returns a field's values for one message of an exchange.
type fieldFunc func(v *view) []string

// view is the message that a line is about.
type view struct {
	x     *trace.Exchange
	m     *trace.Message
	begin int64
}

// NewFields returns a writer of the named fields. The error names the first
// unknown one; Suggest finds names like it.
func NewFields(w io.Writer, names []string) (*Fields, error) {
	f := &Fields{w: &lines{w: w}}
	for _, n := range names {
		get, ok := fieldFuncs[n]
		if !ok {
			return nil, fmt.Errorf("unknown field %q", n)
		}
		f.get = append(f.get, get)
	}
	return f, nil
}

// FieldNames lists all known fields in order.
func FieldNames() []string {
	names := make([]string, 0, len(fieldFuncs))
	for n := range fieldFuncs {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

// Suggest returns up to three known fields that end like name, or share its last part.
func Suggest(name string) []string {
	last := name[strings.LastIndexByte(name, '.')+1:]
	var out []string
	for _, n := range FieldNames() {
		if last != "" && strings.Contains(n, last) && len(out) < 3 {
			out = append(out, n)
		}
	}
	return out
}

// Flush writes what is buffered and returns the first error of the writer.
func (f *Fields) Flush() error { return f.w.flush() }

// Begin sets the time that frame.time_relative counts from, in nanoseconds.
func (f *Fields) Begin(nano int64) { f.begin = nano }

// Only leaves out messages for which keep is false.
func (f *Fields) Only(keep func(x *trace.Exchange, m *trace.Message) bool) { f.only = keep }

// Exchange implements inspect.Sink.
func (f *Fields) Exchange(x *trace.Exchange) {
	for m := range x.Messages() {
		if m.Head != nil && (f.only == nil || f.only(x, m)) {
			f.line(&view{x, m, f.begin})
		}
	}
}

func (f *Fields) line(v *view) {
	for i, get := range f.get {
		if i > 0 {
			f.w.print("\t")
		}
		for j, s := range get(v) {
			if j > 0 {
				f.w.print(",")
			}
			f.w.print(visible.Text(s))
		}
	}
	f.w.print("\n")
}

// Connection implements inspect.Sink.
func (f *Fields) Connection(*trace.Connection) {}

// Summary writes nothing: a field listing holds messages only.
func (f *Fields) Summary(*trace.Summary) {}
