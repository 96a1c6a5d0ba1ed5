package page

import (
	"httpscope/httpdecode"
	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// stretch is body bytes in a row that are all at hand, or all missing for one reason.
type stretch struct {
	body, n int64
	why     string // the key of the phrase that says why they are missing; "" when they are at hand
}

// Reasons why bytes are missing: keys of phrases about a number of them.
const (
	notCaptured = "page.missing.not-captured"
	notKept     = "page.missing.not-kept"
	notYet      = "page.missing.not-yet"
)

// stretches cuts the body into what is at hand and what is missing.
func (b *bodyMap) stretches() []stretch {
	if b.m == nil {
		return stretchOf(nil, 0, b.size, "")
	}
	var list []stretch
	for _, r := range b.runs {
		list = b.cover(list, r)
	}
	return list
}

// cover goes through the parts that a run lies in.
func (b *bodyMap) cover(list []stretch, r layer.Cut) []stretch {
	at, end := r.Below, r.Below+r.Len
	for i := b.part(at); at < end; i++ {
		to, why := end, b.beyond(at)
		if i < len(b.parts) {
			p := &b.parts[i]
			if p.Offset > at {
				to, why = min(p.Offset, end), notKept
				i--
			} else {
				to, why = min(p.Offset+p.Len, end), whyMissing(p)
			}
		}
		list = b.addStretch(list, r.At+at-r.Below, to-at, why)
		at = to
	}
	return list
}

// beyond says why nothing is there after the last part.
func (b *bodyMap) beyond(at int64) string {
	if k := len(b.parts); k > 0 && !b.m.Done && at >= b.parts[k-1].Offset+b.parts[k-1].Len {
		return notYet
	}
	return notKept
}

func whyMissing(p *trace.Run) string {
	switch {
	case p.Gap:
		return notCaptured
	case p.Data == nil:
		return notKept
	}
	return ""
}

// addStretch appends bytes; of missing ones the record may have the first.
func (b *bodyMap) addStretch(list []stretch, body, n int64, why string) []stretch {
	if k := int64(len(b.kept)); why != "" && body < k {
		list = stretchOf(list, body, min(n, k-body), "")
		body, n = body+min(n, k-body), n-min(n, k-body)
	}
	return stretchOf(list, body, n, why)
}

func stretchOf(list []stretch, body, n int64, why string) []stretch {
	if n <= 0 {
		return list
	}
	if k := len(list); k > 0 && list[k-1].why == why {
		list[k-1].n += n
		return list
	}
	return append(list, stretch{body, n, why})
}

// missing says of the bytes of a stretch why they are not there.
func (s *stretch) missing() texts.Phrase { return texts.Say(s.why, texts.Say("count.byte", s.n)) }

// missingLine is the line that stands for missing bytes.
func (b *bodyMap) missingLine(s stretch) doc.Line {
	return doc.LineOf(b.ref(s.body, s.body+s.n), doc.Spanf(doc.Dim, "%08x  ", s.body),
		doc.Spanf(doc.Warning, "%s", b.Of(s.missing())))
}

// tail says what is missing at the end of the body.
func (b *bodyMap) tail() doc.Lines {
	w, m := doc.NewWriter(b.Catalogue), b.m
	if b.rest > 0 {
		w.Say(doc.Warning, "page.tail.unplaced", texts.Say("count.byte", b.rest))
	}
	if m.Complete {
		return w.Lines
	}
	announced := int64(-1)
	if m.Head != nil && m.Head.Framing().Kind == httpdecode.Length {
		announced = m.Head.Framing().Length - m.Body - m.Missing
	}
	switch {
	case announced > 0 && m.Done:
		w.Say(doc.Warning, "page.tail.never", texts.Say("count.byte", announced))
	case announced > 0:
		w.Say(doc.Note, "page.tail.not-yet", texts.Say("count.byte", announced))
	case m.Done:
		w.Say(doc.Warning, "page.tail.cut")
	default:
		w.Say(doc.Note, "page.tail.coming")
	}
	return w.Lines
}

// prefix is the first bytes of the body, up to a limit or to the first that is
// missing. whole tells that this is all of it.
func (b *bodyMap) prefix(limit int64) (data []byte, whole bool) {
	n := min(b.size, limit)
	for _, s := range b.stretches() {
		if s.why != "" {
			n = min(n, s.body)
			break
		}
	}
	data = make([]byte, n)
	data = data[:b.read(0, data)]
	return data, int64(len(data)) == b.size && b.rest == 0 && (b.m == nil || b.m.Complete && b.m.Missing == 0)
}

// BodyBytes is a message's body without chunk framing, as transferred: the
// first bytes of it, up to a limit or to the first byte that is not at hand.
// whole tells that the message is complete and nothing of it is left out. The
// tape may be nil; then there is what the record kept.
func BodyBytes(m *trace.Message, t *trace.Tape, limit int64) (b []byte, whole bool) {
	return mapBody(texts.Catalogue{}, m, t).prefix(limit)
}
