package export

import (
	"bytes"
	"encoding/csv"
	"io"
	"strings"

	"httpscope/internal/visible"
)

// Fields writes the values of chosen fields, one row a line, as tshark -T
// fields prints them. What a field is and which rows there are, the caller knows.
type Fields struct {
	w      *lines
	format FieldFormat
	record []string // the row that is being written
	csv    *csv.Writer
	line   bytes.Buffer // that csv writes into
}

// NewFields returns a writer of rows in which the named fields stand.
func NewFields(w io.Writer, names []string, format FieldFormat) *Fields {
	f := &Fields{w: &lines{w: w}, format: format}
	f.csv = csv.NewWriter(&f.line)
	f.csv.Comma = rune(format.separator)
	if format.header {
		f.write(names)
	}
	return f
}

// Row writes the values of every field, in the order of the names. A field may
// have none.
func (f *Fields) Row(values [][]string) {
	f.record = f.record[:0]
	for _, v := range values {
		f.record = append(f.record, f.cell(f.format.chosen(v)))
	}
	f.write(f.record)
}

// cell is the values of one field in one piece.
func (f *Fields) cell(values []string) string {
	if len(values) == 0 {
		return ""
	}
	s := f.joined(values)
	switch quote := f.format.quote; {
	case f.format.csv:
		return visible.Cell(s)
	case quote != "":
		return quote + strings.ReplaceAll(s, quote, quote+quote) + quote
	}
	return s
}

// joined are values with the aggregator between them.
func (f *Fields) joined(values []string) string {
	if len(values) == 1 {
		return visible.Text(values[0])
	}
	var b strings.Builder
	for i, v := range values {
		if i > 0 {
			b.WriteByte(f.format.aggregator)
		}
		b.WriteString(visible.Text(v))
	}
	return b.String()
}

func (f *Fields) write(cells []string) {
	if !f.format.csv {
		for i, c := range cells {
			if i > 0 {
				f.w.print(string(f.format.separator))
			}
			f.w.print(c)
		}
		f.w.print("\n")
		return
	}
	if err := f.csv.Write(cells); err != nil {
		f.w.fail(err)
	}
	f.csv.Flush() // into memory
	f.w.print(f.line.String())
	f.line.Reset()
}

// Flush writes what is buffered and returns the first error of the writer.
func (f *Fields) Flush() error { return f.w.flush() }
