package export

import (
	"fmt"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/content"
	"httpscope/internal/cookies"
	"httpscope/internal/forms"
	"httpscope/internal/page"
	"httpscope/internal/trace"
	"httpscope/internal/visible"
)

// mostWidth is how much Wire shows of a cookie in the jar, unless all is wanted.
const mostWidth = 80

// Limits of what a body shows.
const (
	previewLines  = 12
	previewWidth  = 100
	previewFields = 100
	decodeLimit   = 1 << 20 // bytes that a content coding may unfold to
)

// body writes a body's place and length, and a preview of what it means:
// decoded from its content coding, as text in its charset, forms as fields.
func (w *Wire) body(m *trace.Message) {
	if m.Body == 0 {
		return
	}
	what := fmt.Sprintf("body: %d bytes", m.Body)
	if m.Last.Packet > m.BodyFirst.Packet {
		what += fmt.Sprintf(", packets %d to %d", m.BodyFirst.Packet, m.Last.Packet)
	}
	w.line(m.Side, m.BodyFirst.Packet, m.BodyOffset, what, "")
	data := m.Kept
	contentType := ""
	if m.Head != nil {
		contentType, _ = m.Head.Lookup(httpdecode.FieldContentType)
		data = w.decoded(m)
	}
	t, _ := content.ParseMediaType(contentType)
	switch essence := t.Essence(); {
	case essence == "application/x-www-form-urlencoded" && m.KeptAll:
		w.form("form", string(data))
	case essence == "multipart/form-data" && m.KeptAll:
		boundary, _ := t.Param("boundary")
		w.formData(data, boundary)
	case content.LooksText(data):
		text, name, certain := content.Text(data, contentType)
		if !certain {
			name += ", guessed"
		}
		w.preview(text, "text, "+name)
	default:
		w.w.printf("    binary, %s\n", content.Sniff(data))
	}
}

// decoded undoes the content coding (RFC 9110, Section 8.4).
func (w *Wire) decoded(m *trace.Message) []byte {
	codings, problems := page.Codings(m.Head)
	w.problems(problems)
	if len(codings) == 0 {
		return m.Kept
	}
	r := content.Decode(codings, m.Kept, decodeLimit)
	w.w.printf("    content coding %s: %d bytes become %d\n", visible.Text(strings.Join(codings, ", ")), len(m.Kept), len(r.Body))
	if m.KeptAll {
		w.problems(r.Problems)
	}
	return r.Body
}

func (w *Wire) problems(list []content.Problem) {
	for _, p := range list {
		w.w.printf("    %s: %s\n", p.Code, visible.Line(p.Detail.String()))
	}
}

// query writes the fields of a target's query string.
func (w *Wire) query(h *trace.Head) {
	if _, query, ok := strings.Cut(h.Target, "?"); ok && query != "" {
		w.form("query", query)
	}
}

// form writes the fields of a form or a query string.
func (w *Wire) form(what, text string) {
	pairs, problems := forms.ParseURLEncoded(text)
	for i, p := range pairs {
		if i == previewFields {
			w.w.printf("    … %d more fields\n", len(pairs)-i)
			break
		}
		w.w.printf("    %s field %s = %s\n", what, visible.Clip(p.Name, previewWidth), visible.Clip(p.Value, previewWidth))
	}
	w.problems(problems)
}

// formData writes the parts of a form with files (RFC 7578).
func (w *Wire) formData(body []byte, boundary string) {
	parts, problems := forms.ParseFormData(body, boundary)
	for i, p := range parts {
		if i == previewFields {
			w.w.printf("    … %d more parts\n", len(parts)-i)
			break
		}
		if p.HasFilename {
			w.w.printf("    form file %s = %s, %d bytes, %s\n", visible.Clip(p.Name, previewWidth), visible.Clip(p.Filename, previewWidth), p.Length, visible.Clip(p.ContentType, previewWidth))
			continue
		}
		w.w.printf("    form field %s = %s\n", visible.Clip(p.Name, previewWidth), visible.Clip(string(body[p.Offset:p.Offset+p.Length]), previewWidth))
	}
	w.problems(problems)
}

// preview writes the first lines of a text.
func (w *Wire) preview(text, what string) {
	all := strings.Split(strings.TrimRight(text, "\r\n"), "\n")
	w.w.printf("    %s\n", what)
	for i, line := range all {
		if i == previewLines {
			w.w.printf("    … %d more lines\n", len(all)-i)
			return
		}
		w.w.printf("    %s\n", visible.Cut(visible.Line(strings.TrimSuffix(line, "\r")), previewWidth))
	}
}

// ranges writes what the exchange says of parts of its resource.
func (w *Wire) ranges(r *trace.RangeReading) {
	for _, line := range page.RangeLines(r, w.mostListed()) {
		w.w.printf("  ranges: %s\n", line)
	}
}

// cookies writes what the jar says of the exchange.
func (w *Wire) cookies(c *trace.CookieReading) {
	if c == nil {
		return
	}
	if line, more := c.Line(w.full); line != "" || more > 0 {
		w.w.printf("  cookies: the rules ask for: Cookie: %s%s\n", visible.Text(line), moreWord(more))
	}
	verdicts, again := c.Verdicts(w.full)
	for v := range verdicts {
		name := v.Pair.Name
		if v.Position < 0 && v.Cookie != nil {
			name = v.Cookie.Name
		}
		w.w.printf("  cookies: %s: %s. %s\n", visible.Text(name), v.Kind, visible.Line(v.Detail.String()))
	}
	if again > 0 {
		w.w.printf("  cookies: %d withheld, as was said before%s\n", again, listsAll)
	}
	for i := range c.Set {
		s := &c.Set[i]
		w.w.printf("  cookies: %s for %s%s: %s. %s\n", visible.Text(s.Cookie.Name),
			visible.Text(s.Cookie.Domain), visible.Text(s.Cookie.Path), s.Kind, visible.Line(s.Detail.String()))
	}
	w.jar(c.Jar)
}

// jar writes what the client's jar holds.
func (w *Wire) jar(c *cookies.Contents) {
	left := w.mostListed()
	for k := range c.All() {
		if left == 0 {
			w.w.printf("  jar now:%s\n", moreWord(c.Len()-MostListed))
			return
		}
		text := visible.Text
		if !w.full {
			text = clip
		}
		w.w.printf("  jar now: %s at %s\n", text(k.Pair()), text(k.Domain+k.Path))
		left--
	}
}

func clip(s string) string { return visible.Clip(s, mostWidth) }

// listsAll follows what is counted instead of listed.
const listsAll = " (--full lists all)"

// moreWord counts what is not listed.
func moreWord(n int) string {
	if n == 0 {
		return ""
	}
	return fmt.Sprintf(" … and %d more%s", n, listsAll)
}
