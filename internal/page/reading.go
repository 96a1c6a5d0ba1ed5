package page

import (
	"bytes"
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
	"httpscope/internal/texts"
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
	*doc.Writer // its lines are what was done, and what went wrong
	x           *trace.Exchange
	m           *trace.Message
	b           *bodyMap
	data        []byte // without content coding
	whole       bool   // data is made of the whole body, which is complete
	coded       bool   // a content coding was taken off
	kind        string // Content-Type as sent
	media       content.MediaType
}

// readBody takes off the content coding.
func readBody(x *trace.Exchange, m *trace.Message, b *bodyMap) *reading {
	r := &reading{Writer: doc.NewWriter(b.Catalogue), x: x, m: m, b: b}
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
		r.Say(doc.Note, "page.reading.step", s.Coding, s.In, texts.Say("count.byte", s.Out))
	}
	if len(d.Left) > 0 {
		r.Say(doc.Warning, "page.reading.left", strings.Join(d.Left, ", "))
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
		r.About(doc.Ref{Code: p.Code}, r.Span(doc.Warning, "page.problem", p.Code, p.Detail))
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
		r.Say(doc.Note, "page.reading.first", texts.Say("count.byte", n))
	}
	return join(r.Lines, shown)
}

// used is the number of body bytes that the reading is made of.
func (r *reading) used() int64 {
	if !r.coded {
		return int64(len(r.data))
	}
	raw, _ := r.b.prefix(maxCoded)
	return int64(len(raw))
}

// decoded is text in its charset, or what else there is in hexadecimal.
func (r *reading) decoded(width int) doc.Page {
	if !content.LooksText(r.data) {
		r.Say(doc.Note, "page.reading.binary", content.Sniff(r.data))
		if r.coded {
			return r.ofBody(newHexPage(mapBytes(r.Catalogue, r.data), width))
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
		r.Say(doc.Note, "page.reading.text", charset)
	} else {
		r.Say(doc.Note, "page.reading.text-guess", charset)
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
		return r.ofBody(formTable(r.Catalogue, "page.form.form", string(r.data)))
	case essence == "multipart/form-data":
		return r.ofBody(r.partsTable())
	case essence == "multipart/byteranges" && r.x.Ranges != nil:
		return r.ofBody(r.rangesTable())
	case strings.HasPrefix(essence, "image/"):
		return r.picture(width)
	case essence == "application/json" || strings.HasSuffix(essence, "+json"):
		return r.wrapped(jsonLines(r.Catalogue, r.text()), width)
	case essence == "text/html":
		return r.wrapped(markupLines(r.Catalogue, r.text(), false), width)
	case essence == "application/xml" || essence == "text/xml" || strings.HasSuffix(essence, "+xml"):
		return r.wrapped(markupLines(r.Catalogue, r.text(), true), width)
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
		r.Say(doc.Note, "page.reading.picture", kind, size.Width, size.Height)
	} else if kind != "image/svg+xml" {
		r.Say(doc.Note, "page.reading.picture-unknown", kind)
	}
	if content.LooksText(r.data) {
		return r.wrapped(markupLines(r.Catalogue, r.text(), true), width)
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
