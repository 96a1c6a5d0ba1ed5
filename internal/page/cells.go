package page

import (
	"fmt"
	"strconv"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/doc"
	"httpscope/internal/finding"
	"httpscope/internal/layer"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
	"httpscope/internal/visible"
)

// Cells is a row of a table.
type Cells struct {
	Text []string // one for each heading, fit to be shown
	Role doc.Role // of the row: Plain, or the worst that was found in it
}

// Columns of the exchanges, in the order of their cells.
const (
	ExchangeNo = iota
	ExchangeTime
	ExchangeConn
	ExchangeMethod
	ExchangeTarget
	ExchangeStatus
	ExchangeRequestBytes
	ExchangeResponseBytes
	ExchangeFraming
	ExchangeMillis
	ExchangeNotes
)

// exchangeHeadings are the keys of the phrases over the exchanges' columns.
var exchangeHeadings = [...]string{
	ExchangeNo:            "page.column.number",
	ExchangeTime:          "page.column.time",
	ExchangeConn:          "page.column.connection",
	ExchangeMethod:        "page.column.method",
	ExchangeTarget:        "page.column.target",
	ExchangeStatus:        "page.column.status",
	ExchangeRequestBytes:  "page.column.request-bytes",
	ExchangeResponseBytes: "page.column.response-bytes",
	ExchangeFraming:       "page.column.framing",
	ExchangeMillis:        "page.column.ms",
	ExchangeNotes:         "page.column.notes",
}

// ExchangeHeadings are the titles of the exchanges' columns.
func ExchangeHeadings(lang texts.Lang) []string { return said(texts.In(lang), exchangeHeadings[:]) }

// said is the phrase of each key.
func said(c texts.Catalogue, keys []string) []string {
	out := make([]string, len(keys))
	for i, key := range keys {
		out[i] = c.Phrase(key)
	}
	return out
}

// maxTarget bounds a target in a table.
const maxTarget = 300

// ExchangeCells is an exchange's row. Times count from base, in nanoseconds since 1970.
func ExchangeCells(lang texts.Lang, x *trace.Exchange, base int64) Cells {
	c, own := Cells{make([]string, ExchangeNotes+1), exchangeRole(x)}, texts.In(lang)
	c.Text[ExchangeNo] = strconv.FormatInt(x.ID, 10)
	c.Text[ExchangeTime] = secondsSince(firstNano(x), base)
	if x.Conn != nil {
		c.Text[ExchangeConn] = strconv.FormatInt(x.Conn.ID, 10)
	}
	c.Text[ExchangeMethod], c.Text[ExchangeRequestBytes] = "-", "-"
	c.Text[ExchangeTarget] = own.Phrase("page.cell.no-request")
	if q := x.Request; q != nil && q.Head != nil {
		c.Text[ExchangeMethod] = visible.Clip(doc.Bounded(q.Head.Method), 16)
		c.Text[ExchangeTarget] = visible.Clip(doc.Bounded(q.Head.Target), maxTarget)
		c.Text[ExchangeRequestBytes] = bodyCell(q)
	}
	c.Text[ExchangeStatus], c.Text[ExchangeResponseBytes], c.Text[ExchangeFraming] = "-", "-", "-"
	if r := messageOf(x, layer.Server); r != nil {
		c.Text[ExchangeStatus], c.Text[ExchangeResponseBytes] = statusCell(r), bodyCell(r)
		c.Text[ExchangeFraming] = own.Phrase(framingCell(x, r))
	}
	c.Text[ExchangeMillis] = millisCell(x)
	c.Text[ExchangeNotes] = strings.Join(said(own, notes(x)), " ")
	return c
}

// firstNano is when the exchange began.
func firstNano(x *trace.Exchange) int64 {
	for m := range x.Messages() {
		return m.First.Nano
	}
	return 0
}

func secondsSince(nano, base int64) string {
	if nano == 0 {
		return "-"
	}
	return strconv.FormatFloat(float64(nano-base)/1e9, 'f', 4, 64)
}

// bodyCell is the bytes of a body, with a plus sign while more may come.
func bodyCell(m *trace.Message) string {
	n := strconv.FormatInt(m.Body, 10)
	if !m.Done {
		n += "+"
	}
	return n
}

func statusCell(m *trace.Message) string {
	if m.Head == nil {
		return "0.9"
	}
	return fmt.Sprintf("%03d", m.Head.Status)
}

// framingCell is the key of what ends the response's body.
func framingCell(x *trace.Exchange, m *trace.Message) string {
	switch {
	case m.Head == nil:
		return "page.framing.until-close"
	case !m.Head.Complete:
		return "page.framing.cut"
	}
	kind := m.Head.Framing().Kind
	if kind == httpdecode.NoBody && x.Request != nil && x.Request.Head != nil && x.Request.Head.Method == "HEAD" {
		return "page.framing.head"
	}
	return "page.framing." + kind.String()
}

// millisCell is the time from the first byte of the exchange to its last.
func millisCell(x *trace.Exchange) string {
	m := messageOf(x, layer.Server)
	first := firstNano(x)
	if m == nil || m.Last.Nano == 0 || first == 0 {
		return "-"
	}
	return strconv.FormatFloat(float64(m.Last.Nano-first)/1e6, 'f', 1, 64)
}

// notes are the keys of words for what is worth a look.
func notes(x *trace.Exchange) []string {
	var out []string
	note := func(is bool, word string) {
		if is {
			out = append(out, "page.cell."+word)
		}
	}
	q, r := x.Request, messageOf(x, layer.Server)
	missing := int64(0)
	for m := range x.Messages() {
		missing += m.Missing
	}
	note(x.Ranges != nil, "range")
	note(q != nil && q.Head != nil && q.Head.Has(httpdecode.FieldCookie), "cookie")
	note(r != nil && r.Head != nil && r.Head.Has(httpdecode.FieldSetCookie), "set-ck")
	note(q != nil && q.Head != nil && q.Head.HasAny(httpdecode.FieldAuthorization,
		httpdecode.FieldProxyAuthorization), "auth")
	note(x.InterimCount > 0, "1xx")
	note(r != nil && r.TrailerCount > 0, "trailer")
	note(r != nil && r.Head != nil && r.Head.Has(httpdecode.FieldContentEncoding), "coded")
	note(missing > 0, "gap")
	switch exchangeRole(x) {
	case doc.Error:
		note(true, "error")
	case doc.Warning:
		note(true, "warning")
	}
	return out
}

// exchangeRole is the worst that was found; notes are not worth a colour.
func exchangeRole(x *trace.Exchange) doc.Role {
	worst := worstOf(x.Findings)
	for m := range x.Messages() {
		if m.Missing > 0 && worst == doc.Plain {
			worst = doc.Warning
		}
	}
	return worst
}

func worstOf(list []trace.Finding) doc.Role {
	worst := doc.Plain
	for i := range list {
		switch list[i].Severity {
		case finding.Error:
			return doc.Error
		case finding.Warning:
			worst = doc.Warning
		}
	}
	return worst
}

// Summary is the header of an exchange's pages: its connection, its place on
// it, and both start lines' words.
func Summary(lang texts.Lang, x *trace.Exchange) doc.Line {
	w := doc.NewWriter(texts.In(lang))
	spans := []doc.Span{w.Span(doc.Title, "page.exchange", x.ID)}
	if x.Conn != nil {
		spans = append(spans, doc.Shown(indent, doc.Dim), w.Span(doc.Dim, "page.exchange-on", x.Conn.ID,
			texts.Ordinal(x.Ordinal)))
	}
	return doc.LineOf(doc.Ref{Exchange: x.ID}, append(spans, startLines(x)...)...)
}

// startLines are what was asked for, and the answer's status.
func startLines(x *trace.Exchange) []doc.Span {
	var spans []doc.Span
	if q := x.Request; q != nil && q.Head != nil {
		spans = append(spans, doc.Spanf(doc.Request, "   %s",
			visible.Clip(doc.Bounded(q.Head.Method+" "+q.Head.Target), 60)))
	}
	if r := messageOf(x, layer.Server); r != nil && r.Head != nil {
		spans = append(spans, doc.Spanf(doc.Response, "   %s",
			visible.Clip(fmt.Sprintf("%03d %s", r.Head.Status, doc.Bounded(r.Head.Reason)), 40)))
	}
	return spans
}
