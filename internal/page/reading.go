package page

import (
	"bytes"
	"fmt"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"slices"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/content"
	"httpscope/internal/doc"
	"httpscope/internal/forms"
	"httpscope/internal/trace"
)

// Limits of what is understood of a body. A few kilobytes may decode to
// gigabytes (RFC 9110, Section 17.5), and nobody reads a text of megabytes.
const (
	maxCoded   = 4 << 20 // bytes as transferred that are decoded
	maxDecoded = 1 << 20 // bytes that they may become
	maxRows    = 500     // rows of a table of form fields or parts
)

// Codings lists the content codings of a head, then its transfer codings but for
// chunked, in the order in which they were applied, and what is wrong with the fields that name them.
func Codings(h *trace.Head) ([]string, []content.Problem) {
	var all []string
	var problems []content.Problem
	for _, v := range h.Values(httpdecode.FieldContentEncoding) {
		list, p := content.ParseCodings(v)
		all, problems = append(all, list...), append(problems, p...)
	}
	for _, v := range h.Values(httpdecode.FieldTransferEncoding) { // RFC 9112, Section 7.2
		list, _ := content.ParseCodings(v) // what is wrong with it is a finding of its own
		all = append(all, slices.DeleteFunc(list, func(coding string) bool {
			return coding == "chunked" || coding == "identity"
		})...)
	}
	return all, problems
}

// reading is a body as its receiver understands it.
type reading struct {
	x     *trace.Exchange
	m     *trace.Message
	b     *bodyMap
	data  []byte // without content coding
	whole bool   // data is made of the whole body, which is complete
	coded bool   // a content coding was taken off
	kind  string // Content-Type as sent
	media content.MediaType
	notes doc.Lines // what was done, and what went wrong
}

// readBody takes off the content coding.
func readBody(x *trace.Exchange, m *trace.Message, b *bodyMap) *reading {
	r := &reading{x: x, m: m, b: b}
	r.data, r.whole = b.prefix(maxCoded)
	if m.Head != nil {
		r.kind, _ = m.Head.Lookup(httpdecode.FieldContentType)
		r.media, _ = content.ParseMediaType(r.kind)
		r.decode()
	}
	if n := int64(len(r.data)); !r.coded && n > maxDecoded {
		r.data, r.whole = r.data[:maxDecoded], false
	}
	return r
}

func (r *reading) decode() {
	codings, problems := Codings(r.m.Head)
	r.problems(problems)
	if len(codings) == 0 {
		return
	}
	raw := r.data
	d := content.Decode(codings, raw, maxDecoded)
	for _, s := range d.Steps {
		r.coded = true
		r.notes = append(r.notes, doc.Linef(doc.Note, "%s: %d -> %s", s.Coding, s.In, bytesWord(s.Out)))
	}
	if len(d.Left) > 0 {
		r.notes = append(r.notes, doc.Linef(doc.Warning, "still coded: %s", strings.Join(d.Left, ", ")))
	}
	r.data = d.Body
	r.problems(d.Problems)
}

// problems notes what went wrong. What a body that is cut lacks is no fault of its coding.
func (r *reading) problems(list []content.Problem) {
	for _, p := range list {
		if p.Code == content.ContentCut && !r.whole {
			continue
		}
		r.notes = append(r.notes, doc.LineOf(doc.Ref{Code: p.Code}, doc.Spanf(doc.Warning, "%s: %s", p.Code, p.Detail)))
	}
}

// doc shows the reading, decoded or pretty.
func (r *reading) doc(o BodyOptions) doc.Page {
	show := r.decoded
	if o.Mode == Pretty {
		show = r.pretty
	}
	shown := show(o.Width)
	if n := r.used(); n < r.b.size || r.b.rest > 0 {
		r.note("this is made of the first %s of the body", bytesWord(n))
	}
	return join(r.notes, shown)
}

// used is the number of body bytes that the reading is made of.
func (r *reading) used() int64 {
	if !r.coded {
		return int64(len(r.data))
	}
	raw, _ := r.b.prefix(maxCoded)
	return int64(len(raw))
}

func (r *reading) note(format string, args ...any) {
	r.notes = append(r.notes, doc.Linef(doc.Note, format, args...))
}

// decoded is text in its charset, or what else there is in hexadecimal.
func (r *reading) decoded(width int) doc.Page {
	if !content.LooksText(r.data) {
		r.note("binary: %s", content.Sniff(r.data))
		if r.coded {
			return r.ofBody(newHexPage(mapBytes(r.data), width))
		}
		return newHexPage(r.b, width)
	}
	text := r.text()
	if !r.coded && text == string(r.data) {
		return bodyRows(r.b, 0, int64(len(r.data)), width)
	}
	return newTextRows(text, width, doc.Body, func(int, int) doc.Ref { return r.ref() })
}

// text converts the reading to UTF-8 and notes from which charset.
func (r *reading) text() string {
	text, charset, certain := content.Text(r.data, r.kind)
	if certain {
		r.note("text, %s", charset)
	} else {
		r.note("text, %s by a guess", charset)
	}
	return text
}

// ref is the whole body: what was decoded has no place of its own in it.
func (r *reading) ref() doc.Ref { return r.b.ref(0, r.b.size) }

// ofBody makes every line of a page one about the whole body.
func (r *reading) ofBody(d doc.Page) doc.Page {
	ref := r.ref()
	return doc.Made(d.Len(), func(i int) doc.Line {
		l := d.Line(i)
		l.Ref = ref
		return l
	})
}

// pretty shows the reading as its media type asks for.
func (r *reading) pretty(width int) doc.Page {
	essence := r.media.Essence()
	if essence == "" {
		essence = content.Sniff(r.data)
	}
	switch {
	case essence == "application/x-www-form-urlencoded":
		return r.ofBody(formTable("form", string(r.data)))
	case essence == "multipart/form-data":
		return r.ofBody(r.partsTable())
	case essence == "multipart/byteranges" && r.x.Ranges != nil:
		return r.ofBody(r.rangesTable())
	case strings.HasPrefix(essence, "image/"):
		return r.picture(width)
	case essence == "application/json" || strings.HasSuffix(essence, "+json"):
		return r.wrapped(jsonLines(r.text()), width)
	case essence == "text/html":
		return r.wrapped(markupLines(r.text(), false), width)
	case essence == "application/xml" || essence == "text/xml" || strings.HasSuffix(essence, "+xml"):
		return r.wrapped(markupLines(r.text(), true), width)
	}
	return r.decoded(width)
}

func (r *reading) wrapped(lines doc.Lines, width int) doc.Page {
	return r.ofBody(doc.Wrap(lines, width))
}

// picture names an image by what its first bytes say.
func (r *reading) picture(width int) doc.Page {
	kind := content.Sniff(r.data)
	if size, ok := pixels(kind, r.data); ok {
		r.note("%s, %d x %d pixels", kind, size.Width, size.Height)
	} else if kind != "image/svg+xml" {
		r.note("%s, the size in pixels is not known", kind)
	}
	if content.LooksText(r.data) {
		return r.wrapped(markupLines(r.text(), true), width)
	}
	return doc.Lines{}
}

// pixels reads an image's size from its head, not its picture.
func pixels(kind string, data []byte) (image.Config, bool) {
	read := map[string]func(io.Reader) (image.Config, error){
		"image/png": png.DecodeConfig, "image/gif": gif.DecodeConfig, "image/jpeg": jpeg.DecodeConfig}[kind]
	if read == nil {
		return image.Config{}, false
	}
	c, err := read(bytes.NewReader(data))
	return c, err == nil
}

// rangesTable lists the parts of a body of byte ranges.
func (r *reading) rangesTable() doc.Lines {
	out := doc.Lines{doc.Linef(doc.Title, "%-6s %-32s %10s %10s  %s", "part", "Content-Range", "offset", "bytes", "Content-Type")}
	for i, p := range r.x.Ranges.Parts {
		if i == maxRows {
			return append(out, doc.Linef(doc.Dim, "and %d more parts", len(r.x.Ranges.Parts)-i))
		}
		out = append(out, doc.Linef(doc.Body, "%-6d %s %10d %10d  %s", p.Index+1, column(p.ContentRange, 32), p.Offset, p.Length, column(p.ContentType, 40)))
	}
	return out
}

// partsTable lists the parts of a form with files (RFC 7578).
func (r *reading) partsTable() doc.Lines {
	boundary, _ := r.media.Param("boundary")
	parts, problems := forms.ParseFormData(r.data, boundary)
	out := doc.Lines{doc.Linef(doc.Title, "%-5s %-24s %s", "kind", "name", "value")}
	for i, p := range parts {
		if i == maxRows {
			out = append(out, doc.Linef(doc.Dim, "and %d more parts", len(parts)-i))
			break
		}
		kind, value := "field", string(r.data[p.Offset:p.Offset+p.Length])
		if p.HasFilename {
			kind, value = "file", fmt.Sprintf("%q, %s, %s", p.Filename, bytesWord(int64(p.Length)), p.ContentType)
		}
		out = append(out, doc.LineOf(doc.Ref{}, doc.Spanf(doc.Dim, "%-5s ", kind), doc.Shown(column(p.Name, 24), doc.Name), doc.Spanf(doc.Body, " %s", value)))
	}
	return append(out, problemLines(problems)...)
}

// formTable lists the fields of a form or a query string.
func formTable(what, text string) doc.Lines {
	pairs, problems := forms.ParseURLEncoded(text)
	var out doc.Lines
	for i, p := range pairs {
		if i == maxRows {
			out = append(out, doc.Linef(doc.Dim, "and %d more fields", len(pairs)-i))
			break
		}
		out = append(out, doc.LineOf(doc.Ref{}, doc.Spanf(doc.Dim, "%-5s ", what), doc.Shown(column(p.Name, 24), doc.Name), doc.Spanf(doc.Body, " %s", p.Value)))
		out = append(out, problemLines(p.Problems)...)
	}
	return append(out, problemLines(problems)...)
}

func problemLines(list []forms.Problem) doc.Lines {
	var out doc.Lines
	for _, p := range list {
		out = append(out, doc.LineOf(doc.Ref{Code: p.Code}, doc.Spanf(doc.Warning, "   %s: %s", p.Code, p.Detail)))
	}
	return out
}
