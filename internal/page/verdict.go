package page

import (
	"fmt"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/explain"
	"httpscope/internal/layer"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
	"httpscope/internal/visible"
)

// Verdict says in one line where a message's body ends, by which rule of RFC
// 9112 section 6.3, what proves it, and which readings were rejected. The
// message must have a head.
func Verdict(lang texts.Lang, m *trace.Message) string { return verdictIn(explain.In(lang), m) }

// LineWhy explains a line of a message's head: what it decides. It is "" for a
// field that decides nothing about the connection.
func LineWhy(m *trace.Message, l *trace.Line) string {
	h := m.Head
	if l.From == h.Span.From {
		if m.Side == layer.Client {
			return fmt.Sprintf("request line: method %s, %s, %s", visible.Text(h.Method), h.Form(), versionWord(h))
		}
		return fmt.Sprintf("status line: %s, status %d", versionWord(h), h.Status)
	}
	if l.Field != nil && h.FieldSpan(l.Field).From == l.From {
		return FieldWhy(h, l.Field)
	}
	if l.Empty {
		return "empty line: the head ends; " + Verdict(texts.English, m)
	}
	return ""
}

func versionWord(h *trace.Head) string {
	if h.Version == "" {
		return "HTTP/0.9"
	}
	return visible.Text(h.Version)
}

// FieldWhy says what a field decides about framing and the connection, "" for
// one that decides neither.
func FieldWhy(h *trace.Head, f *httpdecode.Field) string {
	switch f.ID {
	case httpdecode.FieldContentLength:
		if h.Framing().Kind == httpdecode.Length {
			return "counts the body: " + ruleName(h.Framing().Rule)
		}
		return "does not frame this body: " + ruleName(h.Framing().Rule) + " decides"
	case httpdecode.FieldTransferEncoding:
		if h.Framing().Kind == httpdecode.Chunked {
			return "frames the body in chunks: " + ruleName(h.Framing().Rule)
		}
		return "does not frame this body: " + ruleName(h.Framing().Rule) + " decides"
	case httpdecode.FieldConnection:
		return "the connection after this message: " + persistWords(h.Persist())
	case httpdecode.FieldHost:
		return "which of the server's sites is meant"
	case httpdecode.FieldUpgrade:
		return "asks for another protocol on this connection"
	case httpdecode.FieldExpect:
		return "waits for 100 (Continue) before it sends the body"
	}
	return ""
}

// ruleName names a rule; a head that is cut decides by none.
func ruleName(n int) string {
	if n == 0 {
		return "nothing, since the head is cut,"
	}
	return fmt.Sprintf("rule %d of RFC 9112, Section 6.3", n)
}

func persistWords(p httpdecode.Persistence) string {
	return explain.In(texts.English).Phrase(persistKeys[p])
}

// EndWords says where a message with a head ends, and what that means.
func EndWords(m *trace.Message) string {
	why := "end of the " + m.Side.String()
	switch {
	case !m.Done:
		return "the capture ends before the " + m.Side.String() + " does"
	case !m.Complete:
		return why + ", which is not complete"
	case m.Head.Framing().Kind == httpdecode.UntilClose:
		return why + ": the connection closed"
	}
	return why
}

// RangeLines says what an exchange tells of parts of its resource: what the
// request should give, the parts of the body, and what of the resource has
// been seen, with at most so many holes and overlaps of it, all if most is negative.
// There is nothing to say of a nil reading.
func RangeLines(r *trace.RangeReading, most int) []string {
	if r == nil {
		return nil
	}
	var out []string
	if r.Expected.Status != 0 {
		how := visible.Text(r.Expected.ContentRange)
		if r.Expected.Multipart() {
			how = fmt.Sprintf("in %d parts", len(r.Expected.Parts))
		}
		out = append(out, fmt.Sprintf("on a resource of %d bytes the request should give %d %s (%d bytes of it)", r.Size, r.Expected.Status, how, r.Expected.Bytes))
	}
	for _, p := range r.Parts {
		out = append(out, fmt.Sprintf("part %d: %s, %d bytes at %d of the body", p.Index+1, visible.Text(p.ContentRange), p.Length, p.Offset))
	}
	if r.Size > 0 {
		out = append(out, coverage(r, most))
	}
	return out
}

// coverage says how much of a resource all exchanges so far gave.
func coverage(r *trace.RangeReading, most int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d of %d bytes of the resource have been seen", r.Seen.Covered(), r.Size)
	holes, more := r.Seen.FirstHoles(most)
	for _, h := range holes {
		fmt.Fprintf(&b, ", %d-%d missing", h.First, h.Last)
	}
	if more {
		fmt.Fprintf(&b, ", %d more missing", r.HolesTotal-len(holes))
	}
	overlaps, more := r.Seen.FirstOverlaps(most)
	for _, o := range overlaps {
		fmt.Fprintf(&b, ", %d-%d more than once", o.First, o.Last)
	}
	if more {
		b.WriteString(", others more than once")
	}
	return b.String()
}

// ruleCode is the code of the text for a framing rule, "" when none decided.
func ruleCode(rule int) string {
	if rule == 0 {
		return ""
	}
	return explain.RuleCode(rule)
}
