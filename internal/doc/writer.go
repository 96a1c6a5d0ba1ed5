package doc

import "httpscope/internal/texts"

// Writer makes the lines of a page in one language. The zero Writer writes English.
type Writer struct {
	texts.Catalogue
	Lines Lines
}

// NewWriter writes a page in the language of a catalogue.
func NewWriter(c texts.Catalogue) *Writer { return &Writer{Catalogue: c} }

// Span is a phrase with a role. What its parameters bring becomes visible.
func (w *Writer) Span(r Role, key string, args ...any) Span {
	return Spanf(r, "%s", w.Phrase(key, args...))
}

// Line is a line of one role, about nothing in particular, with a phrase.
func (w *Writer) Line(r Role, key string, args ...any) Line {
	return Line{Spans: []Span{w.Span(r, key, args...)}}
}

// Add adds lines.
func (w *Writer) Add(lines ...Line) { w.Lines = append(w.Lines, lines...) }

// About adds a line of spans.
func (w *Writer) About(ref Ref, spans ...Span) { w.Add(LineOf(ref, spans...)) }

// Say adds a line of one role with a phrase.
func (w *Writer) Say(r Role, key string, args ...any) { w.Add(w.Line(r, key, args...)) }

// Empty adds an empty line.
func (w *Writer) Empty() { w.Add(Line{}) }

// Title begins a section, after an empty line where something is above.
func (w *Writer) Title(key string, args ...any) {
	if len(w.Lines) > 0 {
		w.Empty()
	}
	w.Say(Title, key, args...)
}
