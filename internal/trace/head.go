package trace

import (
	"iter"
	"sort"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/layer"
)

// Head is the start line and the fields of a message, however it was sent. Text is what HTTP/1
// alone has: nobody but this package computes with it.
type Head struct {
	// What every writer of records wants stands together: it comes from another processor's memory.
	httpdecode.FieldList
	Span    layer.Span // in the message's stream; fields lie in it at At, and have Len bytes
	Method  string     // request only
	Target  string     // request only, as sent
	Version string     // as sent; "" in an HTTP/0.9 request
	Reason  string     // response only
	Status  int        // response only; 0 when it is no number

	Side      layer.Side
	Complete  bool             // false when the stream broke off inside it
	Text      *httpdecode.Head // as HTTP/1 sent it; nil when it was sent otherwise
	Scheme    string           // request only, in lower case
	Authority string           // request only: the server that is meant, "" where nothing names it
	Path      string           // request only, with the query
}

// Framing is the decision where the body ends; of what is not HTTP/1 it is the zero value.
func (h *Head) Framing() *httpdecode.Framing {
	if h.Text == nil {
		return new(httpdecode.Framing)
	}
	return &h.Text.Framing
}

// Persist is what the message says of the connection after it.
func (h *Head) Persist() httpdecode.Persistence {
	if h.Text == nil {
		return httpdecode.PersistDefault
	}
	return h.Text.Persist
}

// Form is the form of a request's target.
func (h *Head) Form() httpdecode.TargetForm {
	if h.Text == nil {
		return httpdecode.NoForm
	}
	return h.Text.Form
}

// Size is how many bytes the head has as sent.
func (h *Head) Size() int64 { return h.Span.Len() }

// AsSent is the head's text with line ends and the empty line; "" when it was not sent as text.
func (h *Head) AsSent() string {
	if h.Text == nil {
		return ""
	}
	return h.Text.Raw
}

// StartLine is the first line without its line end.
func (h *Head) StartLine() string {
	if h.Text == nil {
		return ""
	}
	return h.Text.StartLine()
}

// StartSpan is where the first line stands in the message's stream, with its line end.
func (h *Head) StartSpan() layer.Span {
	if h.AsSent() == "" {
		return layer.Span{From: h.Span.From, To: h.Span.From}
	}
	return h.LineAt(h.Span.From).Span
}

// FieldSpan is where a field of the head stands in the message's stream.
func (h *Head) FieldSpan(f *httpdecode.Field) layer.Span {
	from := h.Span.From + int64(f.At)
	return layer.Span{From: from, To: from + int64(f.Len)}
}

// FieldAsSent is a field of the head with its line ends; "" when it was not sent as text.
func (h *Head) FieldAsSent(f *httpdecode.Field) string {
	if h.Text == nil {
		return ""
	}
	return h.Text.Raw[f.At : f.At+f.Len]
}

// FieldAt is the field that a byte of the stream belongs to, nil for none. It is asked for
// every line of a head, which may have thirty thousand.
func (h *Head) FieldAt(offset int64) *httpdecode.Field {
	at := offset - h.Span.From
	after := sort.Search(len(h.Fields), func(i int) bool { return int64(h.Fields[i].At) > at })
	if after == 0 {
		return nil
	}
	if f := &h.Fields[after-1]; at < int64(f.At+f.Len) {
		return f
	}
	return nil
}

// StampAt is the packet and time of a byte of the head.
func (h *Head) StampAt(offset int64) layer.Stamp {
	if h.Text == nil {
		return layer.Stamp{}
	}
	return layer.Stamp(h.Text.StampAt(int(offset - h.Span.From)))
}

// Line is a line of a head as it was sent.
type Line struct {
	layer.Span                   // in the message's stream, with the line end
	Text       string            // as sent, with the line end
	Stamp      layer.Stamp       // of its first byte
	Field      *httpdecode.Field // that it belongs to, nil for none
	Start      bool              // it is the start line
	Empty      bool              // it ends the head
}

// Lines goes through the lines of a head. Of what was not sent as text there are none.
func (h *Head) Lines() iter.Seq[Line] {
	return func(yield func(Line) bool) {
		for at := h.Span.From; at < h.Span.From+int64(len(h.AsSent())); {
			l := h.LineAt(at)
			if !yield(l) {
				return
			}
			at = l.To
		}
	}
}

// LineAt is the line from a byte of the stream on, which lies in the head and begins a line, or the rest of one.
func (h *Head) LineAt(offset int64) Line {
	at := int(offset - h.Span.From)
	if at < 0 || at > len(h.AsSent()) {
		return Line{Span: layer.Span{From: offset, To: offset}}
	}
	rest := h.AsSent()[at:]
	n := strings.IndexByte(rest, '\n') + 1
	if n == 0 {
		n = len(rest)
	}
	l := Line{Span: layer.Span{From: offset, To: offset + int64(n)}, Text: rest[:n], Stamp: h.StampAt(offset),
		Field: h.FieldAt(offset)}
	l.Start = l.Field == nil && at <= len(h.StartLine())
	l.Empty = at > 0 && strings.TrimLeft(rest, "\r\n") == ""
	return l
}

// held is about how many bytes of memory the head takes.
func (h *Head) held() int {
	const text, field = 384, 48
	return text + len(h.AsSent()) + field*cap(h.Fields)
}
