package page

import (
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/explain"
	"httpscope/internal/trace"
)

// headLine explains a line of a head: the start line, a field, or its end.
func (w *why) headLine(m *trace.Message, at int) {
	h := m.Head
	f := fieldAt(h, at)
	switch {
	case f != nil:
		w.field(m, f)
	case strings.Trim(h.Raw[at:], "\r\n") == "":
		w.end(m)
		return
	case at <= len(h.StartLine()):
		w.startLine(h)
	default:
		w.head("Line that is no field")
		w.say("No program gives this line a meaning that all others share.")
	}
	w.findings(m, at)
}

// end explains the empty line: there the framing is decided.
func (w *why) end(m *trace.Message) {
	if t := explain.Rule(m.Head.Framing.Rule); t.Code != "" {
		w.code(t)
		return
	}
	w.head("The head is cut")
	w.verdict(m)
}

func (w *why) startLine(h *httpdecode.Head) {
	if h.Side == httpdecode.Client {
		w.head("%s, the method of the request", h.Method)
		m, ok := explain.Method(h.Method)
		if !ok {
			m.Text = "This method is not one of the usual ones."
		}
		w.say("%s", m.Text)
		w.say("The target has the %s; the version is %s.", h.Form, versionWord(h))
		w.cite(m.Cite)
		return
	}
	w.head("%d %s", h.Status, httpdecode.StatusText(h.Status))
	m, _ := explain.Status(h.Status)
	w.say("%s", m.Text)
	w.say("The reason phrase, %q here, is for people: programs read the number.", h.Reason)
	w.cite(m.Cite)
}

func (w *why) field(m *trace.Message, f *httpdecode.Field) {
	w.head("%s", f.Name)
	meaning, ok := explain.Field(f.Name)
	if !ok {
		meaning.Text = "This field is not one that httpscope knows. Recipients that do not know it either ignore it."
	}
	w.say("%s", meaning.Text)
	if s := here(m.Head, f); s != "" {
		w.say("%s", s)
	}
	if f.ID == httpdecode.FieldContentLength || f.ID == httpdecode.FieldTransferEncoding {
		w.out = append(w.out, Line{})
		w.verdict(m)
	}
	w.cite(meaning.Cite)
}

// findings lists those about a line of a head, with their titles.
func (w *why) findings(m *trace.Message, at int) {
	end := at + strings.IndexByte(m.Head.Raw[at:]+"\n", '\n') + 1
	if f := fieldAt(m.Head, at); f != nil {
		end = int(f.At + f.Len)
	}
	for i := range w.x.Findings {
		f := &w.x.Findings[i]
		if o := f.Offset - m.Head.Offset; f.Side == m.Side.String() && f.Length > 0 && int64(at) <= o && o < int64(end) {
			w.finding(f)
		}
	}
}

// finding writes a finding with the title of its text.
func (w *why) finding(f *trace.Finding) {
	t, _ := explain.Lookup(f.Code)
	w.out = append(w.out, Line{}, about(Ref{Code: f.Code, Frame: f.Frame, Exchange: w.x.ID}, span(severityRole(f.Severity), "%s: %s", f.Severity, t.Title)))
	w.say("%s", f.Detail)
}
