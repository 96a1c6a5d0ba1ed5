package export

import (
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/content"
	"httpscope/internal/cookies"
	"httpscope/internal/forms"
	"httpscope/internal/page"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
	"httpscope/internal/visible"
)

// mostWidth is how much Wire shows of a cookie in the jar, unless all is wanted.
const mostWidth = 80

// deep is the indentation of what stands under a line.
const deep = "    "

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
	what := w.texts.Phrase("export.body", m.Body)
	if m.Last.Packet > m.BodyFirst.Packet {
		what = w.texts.Phrase("export.body-packets", m.Body, m.BodyFirst.Packet, m.Last.Packet)
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
		w.form("export.form-field", string(data))
	case essence == "multipart/form-data" && m.KeptAll:
		boundary, _ := t.Param("boundary")
		w.formData(data, boundary)
	case content.LooksText(data):
		text, name, certain := content.Text(data, contentType)
		key := "page.reading.text"
		if !certain {
			key = "export.text-guess"
		}
		w.say(deep, key, name)
		w.preview(text)
	default:
		w.say(deep, "export.binary", content.Sniff(data))
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
	w.say(deep, "export.coding", visible.Text(strings.Join(codings, ", ")), len(m.Kept), len(r.Body))
	if m.KeptAll {
		w.problems(r.Problems)
	}
	return r.Body
}

func (w *Wire) problems(list []content.Problem) {
	for _, p := range list {
		w.say(deep, "page.problem", p.Code, p.Detail)
	}
}

// query writes the fields of a target's query string.
func (w *Wire) query(h *trace.Head) {
	if _, query, ok := strings.Cut(h.Target, "?"); ok && query != "" {
		w.form("export.query-field", query)
	}
}

// form writes the fields of a form or a query string, with a phrase about a name and a value.
func (w *Wire) form(key, text string) {
	pairs, problems := forms.ParseURLEncoded(text)
	for i, p := range pairs {
		if i == previewFields {
			w.say(deep, "export.more-fields", len(pairs)-i)
			break
		}
		w.say(deep, key, visible.Clip(p.Name, previewWidth), visible.Clip(p.Value, previewWidth))
	}
	w.problems(problems)
}

// formData writes the parts of a form with files (RFC 7578).
func (w *Wire) formData(body []byte, boundary string) {
	parts, problems := forms.ParseFormData(body, boundary)
	for i, p := range parts {
		if i == previewFields {
			w.say(deep, "export.more-parts", len(parts)-i)
			break
		}
		if p.HasFilename {
			w.say(deep, "export.form-file", visible.Clip(p.Name, previewWidth),
				visible.Clip(p.Filename, previewWidth), p.Length,
				visible.Clip(p.ContentType, previewWidth))
			continue
		}
		value := string(body[p.Offset : p.Offset+p.Length])
		w.say(deep, "export.form-field", visible.Clip(p.Name, previewWidth), visible.Clip(value, previewWidth))
	}
	w.problems(problems)
}

// preview writes the first lines of a text.
func (w *Wire) preview(text string) {
	all := strings.Split(strings.TrimRight(text, "\r\n"), "\n")
	for i, line := range all {
		if i == previewLines {
			w.say(deep, "export.more-lines", len(all)-i)
			return
		}
		w.w.printf(deep+"%s\n", visible.Cut(visible.Line(strings.TrimSuffix(line, "\r")), previewWidth))
	}
}

// ranges writes what the exchange says of parts of its resource.
func (w *Wire) ranges(r *trace.RangeReading) {
	for _, line := range page.RangeLines(w.texts.Lang(), r, w.mostListed()) {
		w.say("  ", "export.ranges", line)
	}
}

// cookies writes what the jar says of the exchange.
func (w *Wire) cookies(c *trace.CookieReading) {
	if c == nil {
		return
	}
	if line, more := c.Line(w.full); line != "" || more > 0 {
		w.more("export.cookies.asked", more, visible.Text(line))
	}
	verdicts, again := c.Verdicts(w.full)
	for v := verdicts.Next(); v != nil; v = verdicts.Next() {
		name := v.Pair.Name
		if v.Position < 0 && v.Cookie != nil {
			name = v.Cookie.Name
		}
		w.say("  ", "export.cookies.verdict", visible.Text(name), texts.Say("page.cookies.verdict-"+string(v.Kind)),
			v.Detail)
	}
	if again > 0 {
		w.say("  ", "export.cookies.again", again)
	}
	for i := range c.Set {
		s := &c.Set[i]
		place := visible.Text(s.Cookie.Domain) + visible.Text(s.Cookie.Path)
		w.say("  ", "export.cookies.change", visible.Text(s.Cookie.Name), place,
			texts.Say("page.cookies.change-"+string(s.Kind)), s.Detail)
	}
	w.jar(c.Jar)
}

// jar writes what the client's jar holds.
func (w *Wire) jar(c *cookies.Contents) {
	left := w.mostListed()
	for k := range c.All() {
		if left == 0 {
			w.more("export.jar-rest", c.Len()-MostListed)
			return
		}
		text := visible.Text
		if !w.full {
			text = clip
		}
		w.say("  ", "export.jar", text(k.Pair()), text(k.Domain+k.Path))
		left--
	}
}

// more writes a line with a phrase, and how many more there are that are not listed.
func (w *Wire) more(key string, n int, args ...any) {
	text := w.texts.Phrase(key, args...)
	if n > 0 {
		text += " " + w.texts.Phrase("export.more", n)
	}
	w.w.print("  " + visible.Line(text) + "\n")
}

func clip(s string) string { return visible.Clip(s, mostWidth) }
