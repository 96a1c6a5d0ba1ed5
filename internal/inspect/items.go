package inspect

import (
	"httpscope/httpdecode"
	"httpscope/internal/content"
	"httpscope/internal/layer"
	"httpscope/internal/ranges"
	"httpscope/internal/trace"
)

// maxItems bounds the parts or events of a message that are listed; the rest is counted.
const maxItems = 4096

// items finds what a body brings one after the other while it passes by: events of
// text/event-stream, parts of multipart/x-mixed-replace.
type items struct {
	events *content.EventStream
	parts  *ranges.Multipart
}

// begin looks at the type. What is under a content coding cannot be read in passing.
func (s *items) begin(h *trace.Head) {
	value, ok := h.Lookup(httpdecode.FieldContentType)
	if !ok || h.Has(httpdecode.FieldContentEncoding) {
		return
	}
	switch t, _ := content.ParseMediaType(value); t.Essence() {
	case "text/event-stream":
		s.events = new(content.EventStream)
	case "multipart/x-mixed-replace":
		boundary, _ := t.Param("boundary")
		s.parts = ranges.NewMultipart(boundary)
	}
}

// feed lists what ends in the next bytes.
func (s *items) feed(m *trace.Message, b []byte, at layer.Stamp) {
	if s.events != nil {
		for _, e := range s.events.Feed(b) {
			list(m, trace.Item{Name: e.Type, Bytes: e.Data, At: at})
		}
	}
	if s.parts != nil {
		s.list(m, s.parts.Feed(b), at)
	}
}

// gap tells that bytes are missing.
func (s *items) gap(m *trace.Message, n int64, at layer.Stamp) {
	if s.parts != nil && m != nil {
		s.list(m, s.parts.Gap(n), at)
	}
}

// end lists the part that the end of the body ends.
func (s *items) end(m *trace.Message, at layer.Stamp) {
	if s.parts != nil {
		s.list(m, s.parts.Close(), at)
	}
}

func (s *items) list(m *trace.Message, parts []ranges.Part, at layer.Stamp) {
	for _, p := range parts {
		list(m, trace.Item{Name: p.ContentType, Bytes: p.Length, At: at})
	}
}

func list(m *trace.Message, i trace.Item) {
	m.ItemCount++
	if len(m.Items) < maxItems {
		m.Items = append(m.Items, i)
	}
}
