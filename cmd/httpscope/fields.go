package main

import (
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"httpscope/internal/course/effect"
	"httpscope/internal/export"
	"httpscope/internal/filter"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// checkFields refuses -e and -E beside a format that has no fields, and formats of fields
// without -e.
func (f *readFlags) checkFields(kind string) error {
	switch is := kind == "fields" || kind == "csv"; {
	case is && len(f.fields) == 0:
		return &exitError{exitUsage, texts.Errorf("error.fields.no-names", kind), texts.Say("hint.fields.no-names")}
	case !is && len(f.fields) > 0:
		return &exitError{exitUsage, texts.Errorf("error.fields.with-format", kind),
			texts.Say("hint.fields.with-format")}
	case !is && len(f.layout) > 0:
		return &exitError{exitUsage, texts.Errorf("error.fields.option-alone"), texts.Say("hint.fields.option-alone")}
	}
	return nil
}

// rows finds the fields that -e names, and makes the writer of their values.
func (f *readFlags) rows(s streams) (*filter.Columns, *export.Fields, error) {
	format := export.TabSeparated()
	if f.format == "csv" {
		format = export.CSV()
	}
	for _, option := range f.layout {
		if hint, err := format.Set(option); err != nil {
			return nil, nil, &exitError{exitUsage, err, hint}
		}
	}
	columns, err := filter.NewColumns(f.fields, f.packets)
	if err != nil {
		return nil, nil, fieldError(s.texts, err)
	}
	return columns, export.NewFields(s.out, f.fields, format), nil
}

// fieldError is the error that a name is no field of the rows.
func fieldError(c texts.Catalogue, err error) error {
	e := &exitError{code: exitUsage, err: err, hint: texts.Say("hint.fields.list")}
	var wrong *filter.Error
	if errors.As(err, &wrong) {
		e.err = errors.New(strings.TrimSuffix(c.Of(wrong.Message), "."))
		if hint := c.Of(wrong.Suggestion); hint != "" {
			first, n := utf8.DecodeRuneInString(hint)
			e.hint = texts.Plain(string(unicode.ToLower(first)) + hint[n:])
		}
	}
	return e
}

// messageRows writes the fields of every message that the filter selects, as
// Wireshark does where a packet ends one message.
type messageRows struct {
	columns *filter.Columns
	out     *export.Fields
	only    *filter.Filter // nil: all
	begin   int64          // time of the first packet
}

func (f *readFlags) messageRows(s streams) (output, error) {
	columns, out, err := f.rows(s)
	if err != nil {
		return nil, err
	}
	if columns.Bodies() {
		f.keep = filteredBody
	}
	return &messageRows{columns: columns, out: out, only: f.selects}, nil
}

// Begin sets the time that frame.time_relative counts from, in nanoseconds.
func (m *messageRows) Begin(nano int64) { m.begin = nano }

// Exchange implements inspect.Sink.
func (m *messageRows) Exchange(x *trace.Exchange) {
	for message := range x.Messages() {
		row := filter.Subject{X: x, M: message, Begin: m.begin}
		if message.Head != nil && (m.only == nil || m.only.Match(&row)) {
			m.out.Row(m.columns.Of(&row))
		}
	}
}

// Connection implements inspect.Sink.
func (m *messageRows) Connection(*trace.Connection) {}

// Summary writes nothing: a list of fields holds messages only.
func (m *messageRows) Summary(*trace.Summary) {}

// Flush writes what is buffered and returns the first error of the writer.
func (m *messageRows) Flush() error { return m.out.Flush() }

// packetRows writes the fields of packets.
func (f *readFlags) packetRows(s streams) (func(*effect.Traffic, *filter.Filter) error, error) {
	columns, out, err := f.rows(s)
	if err != nil {
		return nil, err
	}
	return func(t *effect.Traffic, chosen *filter.Filter) error {
		for _, n := range t.Packets(chosen) {
			out.Row(columns.Of(t.Row(n)))
		}
		return out.Flush()
	}, nil
}
