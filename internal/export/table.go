package export

import (
	"cmp"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"httpscope/httpdecode"
	"httpscope/internal/finding"
	"httpscope/internal/layer"
	"httpscope/internal/page"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
	"httpscope/internal/visible"
)

// Table writes exchanges as rows while they come, then connections and a
// summary. Connection rows wait in a spool, since both tables cannot be
// written at the same time.
type Table struct {
	texts texts.Catalogue
	w     *lines
	spool spool
	kind  TableKind
	head  bool // the exchanges' heading was written
}

// TableKind says which tables are written.
type TableKind uint8

// Kinds of tables.
const (
	BothTables      TableKind = iota
	ConnectionTable           // connections only
	WhyTable                  // both, and the reasons under each exchange
)

// NewTable returns a table writer to w, in a language.
func NewTable(lang texts.Lang, w io.Writer, kind TableKind) *Table {
	t := &Table{texts: texts.In(lang), w: &lines{w: w}, kind: kind}
	if kind == ConnectionTable {
		t.w.print(connectionHeading(t.texts))
	}
	return t
}

// Flush writes what is buffered and returns the first error of the writer.
func (t *Table) Flush() error { return t.w.flush() }

// Title heads the tables of one of several files.
func (t *Table) Title(path string) { t.w.printf("\n%s\n", visible.Text(path)) }

// Columns of the exchanges and of the connections.
var (
	exchangeColumns = []column{
		{"export.column.number", 4, true},
		{"page.column.connection", 4, true},
		{"page.column.packets", 11, false},
		{"page.column.method", 7, false},
		{"page.column.target", 30, false},
		{"page.column.status", 6,
			true},
		{"export.column.framing", 17, false},
		{"export.column.body", 9, true},
		{"export.column.wait", 9, true},
		{"export.column.findings", 0, false},
	}
	connectionColumns = []column{
		{"export.column.number", 4, true},
		{"page.column.source", 15, false},
		{"page.column.port", 5, false},
		{"page.column.destination", 15, false},
		{"page.column.port", 5, false},
		{"page.column.protocol", 9,
			false},
		{"page.column.state", 11, false},
		{"page.column.closed-by", 9, false},
		{"page.column.packets", 11, false},
		{"page.column.bytes", 15,
			false},
		{"export.column.statuses", 0, false},
	}
)

// Exchange implements inspect.Sink.
func (t *Table) Exchange(x *trace.Exchange) {
	if t.kind == ConnectionTable {
		return
	}
	if !t.head {
		t.head = true
		t.w.print(heading(t.texts, "export.exchanges", exchangeColumns))
	}
	method, target := "-", t.texts.Phrase("page.cell.no-request")
	if q := x.Request; q != nil {
		method, target = q.Head.Method, q.Head.Target
	}
	status, framing, body := responseColumns(x)
	wait, _ := x.Timing()
	t.w.print(rowOf(exchangeColumns, strconv.FormatInt(x.ID, 10), strconv.FormatInt(x.Conn.ID, 10), packetSpan(x),
		visible.Clip(method, 7),
		visible.Clip(target, 30), status, t.texts.Of(framing), body, millis(wait), codes(x.Findings)) + "\n")
	if t.kind == WhyTable {
		t.why(x)
	}
}

// responseColumns are the status, what ends the body, and its length.
func responseColumns(x *trace.Exchange) (status string, framing texts.Phrase, body string) {
	r := x.Response
	if r == nil {
		r = x.Simple
	}
	switch {
	case r == nil:
		return "-", texts.Say("export.framing.no-response"), "-"
	case r.Head == nil:
		return "0.9", texts.Say("page.framing.until-close"), strconv.FormatInt(r.Body, 10)
	}
	if framing = texts.Say("export.framing.cut"); r.Head.Complete {
		framing = texts.Say("export.framing", texts.Say(framingKey(r.Head.Framing().Kind)), r.Head.Framing().Rule)
	}
	body = strconv.FormatInt(r.Body, 10)
	if !r.Complete {
		body += "…"
	}
	return strconv.Itoa(r.Head.Status), framing, body
}

// framingKey is the key of what ends a body.
func framingKey(k httpdecode.FramingKind) string {
	if k == httpdecode.NoBody {
		return "body.none"
	}
	return "page.framing." + k.String()
}

// packetSpan is the packets of the first request byte and the last response byte.
func packetSpan(x *trace.Exchange) string {
	from, to := int64(0), int64(0)
	for m := range x.Messages() {
		if from == 0 || m.First.Packet < from {
			from = m.First.Packet
		}
		to = max(to, m.Last.Packet)
	}
	return fmt.Sprintf("%d-%d", from, to)
}

func millis(d time.Duration) string {
	if d == trace.NoDuration {
		return "-"
	}
	return strconv.FormatFloat(float64(d)/1e6, 'f', 1, 64) + " ms"
}

// codes lists the codes of warnings and errors, each once.
func codes(fs []trace.Finding) string {
	var out []string
	seen := map[string]bool{}
	for i := range fs {
		if fs[i].Severity != finding.Note && !seen[fs[i].Code] {
			seen[fs[i].Code] = true
			out = append(out, fs[i].Code)
		}
	}
	return strings.Join(out, " ")
}

// why writes the framing decisions and the findings under a row.
func (t *Table) why(x *trace.Exchange) {
	line := func(label texts.Phrase, text string) {
		const width = 8
		t.w.printf("            %s  %s\n", fill(t.texts.Of(label), width, false), visible.Line(text))
	}
	for m := range x.Messages() {
		if m.Head != nil {
			line(texts.Say("side."+m.Side.String()), page.Verdict(t.texts.Lang(), m))
		}
	}
	if x.Simple != nil {
		line(texts.Say("side.response"), t.texts.Phrase("export.bare", x.Simple.Body))
	}
	for i := range x.Findings {
		f := &x.Findings[i]
		line(texts.Say("severity."+f.Severity.String()), t.texts.Phrase("page.problem", f.Code, f.Detail))
	}
}

func connectionHeading(c texts.Catalogue) string {
	return heading(c, "export.connections", connectionColumns)
}

// Connection implements inspect.Sink.
func (t *Table) Connection(c *trace.Connection) {
	row := connectionRow(t.texts, c)
	if t.kind == ConnectionTable {
		t.w.print(row)
		return
	}
	t.spool.add(c.ID, row)
}

// connectionRow is the lab's list: both ends and the status of each response.
func connectionRow(own texts.Catalogue, c *trace.Connection) string {
	src, dst := c.Ends[layer.Client], c.Ends[layer.Server]
	var status []string
	for _, s := range c.Statuses {
		status = append(status, strconv.Itoa(s))
	}
	if len(status) == 0 {
		status = []string{"-"}
	}
	status = append(status, codes(c.Findings))
	if c.GapBytes > 0 {
		status = append(status, own.Phrase("export.not-captured", c.GapBytes))
	}
	row := rowOf(connectionColumns, strconv.FormatInt(c.ID, 10), src.Addr().String(), strconv.Itoa(int(src.Port())),
		dst.Addr().String(),
		strconv.Itoa(int(dst.Port())), own.Named("protocol.", c.Protocol.String()),
		own.Named("state.", c.State.String()),
		cmp.Or(own.Named("role.", c.ClosedBy.String()), "-"), fmt.Sprintf("%d+%d", c.Packets[0], c.Packets[1]),
		fmt.Sprintf("%d+%d", c.Bytes[0], c.Bytes[1]), strings.Join(status, " "))
	return strings.TrimRight(row, " ") + "\n"
}

// Summary writes the connections and the last lines.
func (t *Table) Summary(s *trace.Summary) {
	if t.kind != ConnectionTable {
		if t.head {
			t.w.print("\n")
		}
		t.w.print(connectionHeading(t.texts))
		t.w.fail(t.spool.copyTo(t.w))
		t.spool = spool{}
		t.head = false
	}
	t.w.print("\n" + summaryText(t.texts, s))
}
