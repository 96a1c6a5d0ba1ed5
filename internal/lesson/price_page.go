package lesson

import (
	"fmt"

	"httpscope/internal/doc"
	"httpscope/internal/texts"
)

// Page implements [Lesson].
func (p *Price) Page() doc.Lines {
	w := doc.NewWriter(p.words)
	w.Title("lesson.title.price")
	if len(p.Connections) == 0 {
		w.Say(doc.Dim, "lesson.price.none")
		return w.Lines
	}
	w.Say(doc.Plain, "lesson.price.intro")
	w.Empty()
	p.table(w)
	p.sums(w)
	p.rtts(w)
	p.Model.lines(w, p)
	return w.Lines
}

// table lists the connections, and their sum.
func (p *Price) table(w *doc.Writer) {
	w.About(doc.Ref{}, doc.Spanf(doc.Dim, "%s", priceHeading(w.Catalogue)))
	for i := range p.Connections[:min(len(p.Connections), maxPriced)] {
		p.connection(w, &p.Connections[i])
	}
	if p.left > 0 {
		inset(w, 6, doc.Dim, "lesson.price.left", p.left)
	}
	w.About(doc.Ref{}, doc.Spanf(doc.Title, "%s", p.row(w.Phrase("lesson.col.all"), &p.Total, "", "")))
}

// priceWidths are the widths of the table's columns, and of the bars between them.
var priceWidths = []int{5, 6, 7, 7, 7, 7, 1, 8, 10, 10, 1, 5}

// priceHeading names the columns of the table.
func priceHeading(c texts.Catalogue) string {
	col := func(name string) string { return c.Phrase("lesson.col." + name) }
	return row(priceWidths, col("conn"), col("exch"), col("set-up"), col("data"), col("acks"), col("close"), "|",
		col("packets"), col("payload"), col("headers"), "|", col("trips"))
}

// row is a row of the table.
func (p *Price) row(name string, c *Cost, exchanges, trips string) string {
	sum := c.Sum()
	return row(priceWidths, name, exchanges, c.Setup.Packets, c.Data.Packets, c.Acks.Packets, c.Teardown.Packets, "|",
		sum.Packets, sum.Payload, p.sized(sum.Headers), "|", trips)
}

// sized is a number of bytes of headers, where lengths of packets are known.
func (p *Price) sized(headers int64) string {
	if !p.Sized {
		return unknown
	}
	return fmt.Sprint(headers)
}

func (p *Price) connection(w *doc.Writer, k *ConnectionPrice) {
	cells := p.row(fmt.Sprint(k.Connection), &k.Cost, fmt.Sprint(k.Exchanges), fmt.Sprint(k.Trips))
	spans := []doc.Span{doc.Spanf(doc.Plain, "%s", cells)}
	if k.Dropped > 0 {
		spans = append(spans, doc.Space(2), w.Span(doc.Plain, "lesson.price.dropped", k.Dropped))
	}
	w.About(doc.Ref{Frame: k.frame}, spans...)
}

// sums says what the totals mean.
func (p *Price) sums(w *doc.Writer) {
	sum := p.Total.Sum()
	overhead := p.Total.Setup.Packets + p.Total.Teardown.Packets
	w.Empty()
	w.Say(doc.Plain, "lesson.price.overhead", overhead, texts.Say("count.packet", sum.Packets),
		percent(overhead, sum.Packets))
	if p.Sized {
		w.Say(doc.Plain, "lesson.price.wire", byteCount(sum.Headers+sum.Payload), sum.Headers, sum.Payload,
			p.Total.Heads, p.Total.Bodies)
	} else {
		w.Say(doc.Plain, "lesson.price.no-lengths", byteCount(sum.Payload), p.Total.Heads, p.Total.Bodies)
	}
	if rest := sum.Payload - p.Total.Heads - p.Total.Bodies - p.Total.Resent; rest > 0 {
		w.Say(doc.Plain, "lesson.price.rest", rest)
	}
	if p.Total.Resent > 0 {
		w.Say(doc.Plain, "lesson.price.resent", byteCount(p.Total.Resent))
	}
}

func percent(n, of int64) string {
	if of == 0 {
		return "0 %"
	}
	return fmt.Sprintf("%d %%", (100*n+of/2)/of)
}

// rtts says how the round trip was measured.
func (p *Price) rtts(w *doc.Writer) {
	m := &p.Model
	if m.Measured == 0 {
		w.Say(doc.Note, "lesson.price.no-rtt")
		return
	}
	w.Say(doc.Plain, "lesson.price.rtt", millis(m.RTT), texts.Say("lesson.price.handshakes", m.Measured))
}

// lines shows what other ways would have cost.
func (m *Model) lines(w *doc.Writer, p *Price) {
	if len(m.Strategies) == 0 {
		w.Say(doc.Dim, "lesson.price.no-model")
		return
	}
	w.Title("lesson.price.other-ways", texts.Say("count.exchange", m.Exchanges))
	w.About(doc.Ref{}, doc.Spanf(doc.Dim, "%s", modelHeading(w.Catalogue)))
	for i := range m.Strategies {
		w.About(doc.Ref{}, doc.Spanf(doc.Plain, "%s", m.Strategies[i].row(w.Catalogue, p)))
	}
	w.Empty()
	w.Say(doc.Plain, "lesson.price.model", millis(m.Think), millis(m.Transfer))
	w.Say(doc.Plain, "lesson.price.ways")
	w.Say(doc.Plain, "lesson.price.assumes")
	if m.Left > 0 {
		w.Say(doc.Dim, "lesson.price.exchanges-left", m.Left)
	}
}

// modelWidths are the widths of the columns of the model's table.
var modelWidths = []int{-22, 5, 7, 7, 6, 8, 9, 6, 12}

// modelHeading names its columns.
func modelHeading(c texts.Catalogue) string {
	col := func(name string) string { return c.Phrase("lesson.col." + name) }
	return row(modelWidths, col("connections"), col("conns"), col("set-up"), col("data"), col("fins"), col("packets"),
		col("headers"), col("trips"), col("time"))
}

func (s *Strategy) row(c texts.Catalogue, p *Price) string {
	return row(modelWidths, c.Of(s.Name), s.Connections, s.Setup, s.Data, s.Fins, s.Packets(), p.sized(s.Headers),
		s.Trips, millis(s.Elapsed))
}
