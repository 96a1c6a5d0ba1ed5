package page

import (
	"math"

	"httpscope/httpdecode"
	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// BodyMode is a way to show a body.
type BodyMode uint8

// Modes.
const (
	Hex      BodyMode = iota // bytes as transferred: offset, hexadecimal, ASCII, packet
	TextMode                 // bytes as transferred, as lines of text
	Pretty                   // as its media type asks for: JSON indented, forms as tables
	Decoded                  // without content coding, in its charset
)

// String is the word for the mode.
func (m BodyMode) String() string { return [...]string{"hex", "text", "pretty", "decoded"}[m&3] }

// BodyOptions say which body is shown, and how. The zero language is English.
type BodyOptions struct {
	Lang  texts.Lang
	Side  layer.Side // the request's, or the final response's
	Mode  BodyMode
	Width int // columns of a line of text; a default when it is not positive
}

// maxTextBody bounds the bytes that are broken into lines of text. The rest is
// there in hexadecimal, which costs nothing.
const maxTextBody = 1 << 20

// BodyPage is a message's body. Hexadecimal rows and rows of text are made when
// asked for. The tape may be nil; then there is what the record kept.
func BodyPage(x *trace.Exchange, t *trace.Tape, o BodyOptions) doc.Page {
	w, m := doc.NewWriter(texts.In(o.Lang)), messageOf(x, o.Side)
	if m == nil {
		return doc.Lines{w.Line(doc.Warning, "page.not-captured", SideWord(o.Side))}
	}
	b := mapBody(w.Catalogue, m, t)
	if b.size == 0 && b.rest == 0 {
		return doc.Lines{noBody(w, m)}
	}
	page := join(doc.Lines{bodyHeading(w, m, b)})
	switch o.Mode {
	case Hex:
		page.add(newHexPage(b, o.Width))
	case TextMode:
		page.add(textBody(b, o.Width))
	default:
		page.add(readBody(x, m, b).doc(o))
	}
	page.add(b.tail())
	return inExchange{page, x.ID}
}

// messageOf is the message of a side that has the body: the request, or what
// finally answered it. It is nil when there is none.
func messageOf(x *trace.Exchange, side layer.Side) *trace.Message {
	switch {
	case side == layer.Client:
		return x.Request
	case x.Response != nil:
		return x.Response
	}
	return x.Simple
}

// noBody says why there is no body.
func noBody(w *doc.Writer, m *trace.Message) doc.Line {
	switch {
	case m.Head == nil || !m.Complete:
		return w.Line(doc.Dim, "page.body.unseen", SideWord(m.Side))
	case m.Head.Framing().Kind == httpdecode.NoBody:
		return w.Line(doc.Dim, "page.body.none", SideWord(m.Side), verdict(w.Catalogue, m))
	}
	return w.Line(doc.Dim, "page.body.empty", SideWord(m.Side), verdict(w.Catalogue, m))
}

// bodyHeading says what follows.
func bodyHeading(w *doc.Writer, m *trace.Message, b *bodyMap) doc.Line {
	size := texts.Say("count.byte", m.Body)
	if m.ChunkCount > 0 {
		size = texts.Say("page.body.in-chunks", size, texts.Say("count.chunk", m.ChunkCount))
	}
	facts := size
	if m.BodyFirst.Packet > 0 {
		facts = texts.Say("page.and", facts, packetsWord(m.BodyFirst.Packet, m.Last.Packet))
	}
	if m.Head != nil {
		if v, ok := m.Head.Lookup(httpdecode.FieldContentType); ok {
			facts = texts.Say("page.and", facts, v)
		}
	}
	ref := b.ref(0, b.size)
	ref.From, ref.To = 0, 0
	return doc.LineOf(ref, w.Span(doc.Title, "page.body.heading", SideWord(m.Side), facts))
}

// textBody is the body as transferred, as lines of text.
func textBody(b *bodyMap, width int) doc.Page {
	page := join()
	left := int64(maxTextBody)
	for _, s := range b.stretches() {
		if s.why != "" {
			page.add(doc.Lines{b.missingLine(s)})
			continue
		}
		n := min(s.n, left)
		if n > 0 {
			page.add(bodyRows(b, s.body, n, width))
		}
		left -= n
		if n < s.n {
			page.add(doc.Lines{leftOut(b, s.body+n, b.size)})
			break
		}
	}
	return page
}

// leftOut is the line that stands for bytes that are not shown as text.
func leftOut(b *bodyMap, from, to int64) doc.Line {
	note := doc.NewWriter(b.Catalogue).Span(doc.Note, "page.body.left-out", texts.Say("count.byte", to-from))
	return doc.LineOf(b.ref(from, to), doc.Shown(indent, doc.Dim), note)
}

// bodyRows is body bytes as rows of text, each about its own bytes.
func bodyRows(b *bodyMap, from, n int64, width int) doc.Page {
	data := make([]byte, n)
	data = data[:b.read(from, data)]
	rows := newTextRows(string(data), width, doc.Body,
		func(i, k int) doc.Ref { return b.ref(from+int64(i), from+int64(k)) })
	return placedRows{rows, b, from}
}

// placedRows are rows of text that know their place in the stream.
type placedRows struct {
	*textRows
	b    *bodyMap
	from int64
}

// lineAt implements placed.
func (p placedRows) lineAt(at layer.Place) (line int, width int64) {
	if p.b.m == nil || !p.b.holds(at) {
		return -1, math.MaxInt64
	}
	i := p.b.bodyAt(at.From) - p.from
	if i < 0 || i >= int64(len(p.text)) {
		return -1, math.MaxInt64
	}
	line = p.rowOf(int(i))
	r := p.Line(line).Ref
	if at.From < r.From || at.From >= r.To {
		return -1, math.MaxInt64
	}
	return line, r.To - r.From
}

// inExchange adds to every line which exchange it is about.
type inExchange struct {
	*joined
	id int64
}

// Line implements [Doc].
func (p inExchange) Line(i int) doc.Line {
	l := p.joined.Line(i)
	l.Ref.Exchange = p.id
	return l
}
