package http1

import (
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/layer"
	"httpscope/internal/trace"
)

// Queue is memory that decoders share which are used by turns, so that an idle connection keeps
// none. The zero value is ready.
type Queue struct {
	events httpdecode.Queue

	// What Next gave out last.
	out     layer.Out
	above   layer.Run
	event   trace.Event
	head    trace.Head
	chunk   trace.Chunk
	trailer trace.Trailer
	finding trace.Finding
}

// Recycle takes back a head that nobody looks at any more, to be used again, with the memory of its
// text: a string that was cut from it changes, so what is to stay has been cloned.
func (q *Queue) Recycle(h *trace.Head) {
	if h.Text != nil {
		q.events.Recycle(h.Text)
	}
}

// HeadOf is a head of HTTP/1 as records hold it.
func HeadOf(text *httpdecode.Head) *trace.Head {
	h := new(trace.Head)
	fill(h, text)
	return h
}

// fill sets every field by itself: a literal would be made elsewhere and copied.
func fill(h *trace.Head, text *httpdecode.Head) {
	h.FieldList, h.Text, h.Complete = text.FieldList, text, text.Complete
	h.Side, h.Span = layer.Side(text.Side), layer.Span{From: text.Offset, To: text.Offset + int64(len(text.Raw))}
	h.Method, h.Target, h.Version = text.Method, text.Target, text.Version
	h.Status, h.Reason = text.Status, text.Reason
	h.Scheme, h.Authority, h.Path = "", "", ""
	if text.Side == httpdecode.Client {
		address(h, text)
	}
}

// address says which server is meant, and what of it (RFC 9112, Section 3.2).
func address(h *trace.Head, text *httpdecode.Head) {
	h.Scheme, h.Path = "http", text.Target
	h.Authority, _ = text.Lookup(httpdecode.FieldHost)
	switch text.Form {
	case httpdecode.AbsoluteForm:
		scheme, rest, _ := strings.Cut(text.Target, "://")
		end := strings.IndexAny(rest+"/", "/?#")
		h.Scheme, h.Authority, h.Path = strings.ToLower(scheme), rest[:end], rest[end:]
	case httpdecode.AuthorityForm:
		h.Authority, h.Path = text.Target, ""
	}
}
