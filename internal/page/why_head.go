package page

import (
	"fmt"

	"httpscope/httpdecode"
	"httpscope/internal/doc"
	"httpscope/internal/explain"
	"httpscope/internal/layer"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// headLine explains a line of a head: the start line, a field, or its end.
func (w *why) headLine(m *trace.Message, at int64) {
	l := m.Head.LineAt(at)
	switch {
	case l.Field != nil:
		w.field(m, &l)
	case l.Empty:
		w.end(m)
		return
	case l.Start:
		w.startLine(m, &l)
	default:
		w.Title("why.no-field")
		w.Say(doc.Plain, "why.no-field-what")
		w.findings(m, l.Span)
	}
}

// end explains the empty line: there the framing is decided.
func (w *why) end(m *trace.Message) {
	if t := w.texts.Rule(m.Head.Framing().Rule); t.Code != "" {
		w.code(t)
		return
	}
	w.Title("why.cut")
	w.verdict(m)
}

func (w *why) startLine(m *trace.Message, l *trace.Line) {
	var t explain.Text
	if m.Head.Side == layer.Client {
		t = w.method(m.Head)
	} else {
		t = w.status(m.Head)
	}
	w.findings(m, l.Span)
	w.parts(t.Why, t.Look)
	w.cite(t.Cite)
}

// method begins to explain a request line.
func (w *why) method(h *trace.Head) explain.Text {
	w.Title("why.method", h.Method)
	t, ok := w.texts.Method(h.Method)
	if !ok {
		t.What = w.Phrase("why.method-unknown")
	}
	w.text(doc.Plain, t.What)
	w.Say(doc.Plain, "why.target", named(w.Catalogue, "form.", h.Form().String()), versionWord(h))
	return t
}

// status begins to explain a status line.
func (w *why) status(h *trace.Head) explain.Text {
	w.section(fmt.Sprintf("%d %s", h.Status, httpdecode.StatusText(h.Status)))
	t, ok := w.texts.Status(h.Status)
	if !ok {
		t.What = w.Phrase("why.no-class", h.Status)
	}
	w.text(doc.Plain, t.What)
	w.Say(doc.Plain, "why.reason", h.Reason)
	return t
}

func (w *why) field(m *trace.Message, l *trace.Line) {
	f := l.Field
	w.section(f.Name)
	t, ok := w.texts.Field(f.Name)
	if !ok {
		t.What = w.Phrase("why.field-unknown")
	}
	w.text(doc.Plain, t.What)
	if s := here(w.Catalogue, m.Head, f); s != "" {
		w.text(doc.Plain, s)
	}
	if f.ID == httpdecode.FieldContentLength || f.ID == httpdecode.FieldTransferEncoding {
		w.Empty()
		w.verdict(m)
	}
	w.findings(m, layer.Span{From: l.From, To: m.Head.FieldSpan(f).To})
	w.parts(t.Why, t.Look)
	w.cite(t.Cite)
}

// findings lists those about a line of a head, with their titles.
func (w *why) findings(m *trace.Message, line layer.Span) {
	for i := range w.x.Findings {
		f := &w.x.Findings[i]
		if f.Shown() && f.OfSide(m) && line.From <= f.From && f.From < line.To {
			w.finding(f)
		}
	}
}

// finding writes a finding with the title of its text.
func (w *why) finding(f *trace.Finding) {
	t, _ := w.texts.Lookup(f.Code)
	w.Empty()
	severity := texts.Say("severity." + f.Severity.String())
	w.About(doc.Ref{Code: f.Code, Frame: f.Frame, Exchange: w.x.ID},
		w.Span(severityRole(f.Severity), "why.finding", severity, t.Title))
	w.Say(doc.Plain, "page.text", f.Detail)
}
