package export

import (
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"

	"httpscope/httpdecode"
	"httpscope/internal/finding"
	"httpscope/internal/layer"
	"httpscope/internal/page"
	"httpscope/internal/trace"
	"httpscope/internal/visible"
)

// Table writes exchanges as rows while they come, then connections and a
// summary. Connection rows wait in a spool, since both tables cannot be
// written at the same time.
type Table struct {
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

// NewTable returns a table writer to w.
func NewTable(w io.Writer, kind TableKind) *Table {
	t := &Table{w: &lines{w: w}, kind: kind}
	if kind == ConnectionTable {
		t.w.print(connectionHeading)
	}
	return t
}

// Flush writes what is buffered and returns the first error of the writer.
func (t *Table) Flush() error { return t.w.flush() }

// Title heads the tables of one of several files.
func (t *Table) Title(path string) { t.w.printf("\n%s\n", visible.Text(path)) }

const exchangeRow = "%4s  %4s  %-11s  %-7s  %-30s  %6s  %-17s  %9s  %9s  %s\n"

// Exchange implements inspect.Sink.
func (t *Table) Exchange(x *trace.Exchange) {
	if t.kind == ConnectionTable {
		return
	}
	if !t.head {
		t.head = true
		t.w.print("EXCHANGES\n")
		t.w.printf(exchangeRow, "#", "CONN", "PACKETS", "METHOD", "TARGET", "STATUS", "BODY ENDS BY", "BODY", "WAIT", "FINDINGS")
	}
	method, target := "-", "(request not captured)"
	if q := x.Request; q != nil {
		method, target = q.Head.Method, q.Head.Target
	}
	status, framing, body := responseColumns(x)
	wait, _ := x.Timing()
	t.w.printf(exchangeRow, strconv.FormatInt(x.ID, 10), strconv.FormatInt(x.Conn.ID, 10), packetSpan(x), visible.Clip(method, 7), visible.Clip(target, 30), status, framing, body, millis(wait), codes(x.Findings))
	if t.kind == WhyTable {
		t.why(x)
	}
}

// responseColumns are the status, what ends the body, and its length.
func responseColumns(x *trace.Exchange) (status, framing, body string) {
	r := x.Response
	if r == nil {
		r = x.Simple
	}
	switch {
	case r == nil:
		return "-", "(no response)", "-"
	case r.Head == nil:
		return "0.9", "close", strconv.FormatInt(r.Body, 10)
	}
	if framing = "(head cut)"; r.Head.Complete {
		framing = fmt.Sprintf("%s (rule %d)", shortFraming(r.Head.Framing().Kind), r.Head.Framing().Rule)
	}
	body = strconv.FormatInt(r.Body, 10)
	if !r.Complete {
		body += "…"
	}
	return strconv.Itoa(r.Head.Status), framing, body
}

func shortFraming(k httpdecode.FramingKind) string {
	switch k {
	case httpdecode.Length:
		return "length"
	case httpdecode.UntilClose:
		return "close"
	case httpdecode.NoBody:
		return "no body"
	}
	return k.String()
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
	for m := range x.Messages() {
		if m.Head != nil {
			t.w.printf("            %-8s  %s\n", m.Side, page.Verdict(m))
		}
	}
	if x.Simple != nil {
		t.w.printf("            response  a bare document without a status line, %d bytes up to the close\n", x.Simple.Body)
	}
	for i := range x.Findings {
		f := &x.Findings[i]
		t.w.printf("            %-8s  %s: %s\n", f.Severity, f.Code, visible.Line(f.Detail.String()))
	}
}

const connectionHeading = "CONNECTIONS\n" +
	"   #  SOURCE IP        PORT   DESTINATION IP   PORT   PROTOCOL   STATE        CLOSED BY  PACKETS      BYTES            STATUS CODES\n"

// Connection implements inspect.Sink.
func (t *Table) Connection(c *trace.Connection) {
	row := connectionRow(c)
	if t.kind == ConnectionTable {
		t.w.print(row)
		return
	}
	t.spool.add(c.ID, row)
}

// connectionRow is the lab's list: both ends and the status of each response.
func connectionRow(c *trace.Connection) string {
	src, dst := c.Ends[layer.Client], c.Ends[layer.Server]
	var status []string
	for _, s := range c.Statuses {
		status = append(status, strconv.Itoa(s))
	}
	if len(status) == 0 {
		status = []string{"-"}
	}
	closed := c.ClosedBy.String()
	if closed == "" {
		closed = "-"
	}
	extra := codes(c.Findings)
	if c.GapBytes > 0 {
		extra += fmt.Sprintf(" (%d bytes not captured)", c.GapBytes)
	}
	return strings.TrimRight(fmt.Sprintf("%4d  %-15s  %-5d  %-15s  %-5d  %-9s  %-11s  %-9s  %-11s  %-15s  %s %s", c.ID, src.Addr(), src.Port(), dst.Addr(), dst.Port(),
		c.Protocol.String(), c.State.String(), closed, fmt.Sprintf("%d+%d", c.Packets[0], c.Packets[1]), fmt.Sprintf("%d+%d", c.Bytes[0], c.Bytes[1]), strings.Join(status, " "), extra), " ") + "\n"
}

// Summary writes the connections and the last lines.
func (t *Table) Summary(s *trace.Summary) {
	if t.kind != ConnectionTable {
		if t.head {
			t.w.print("\n")
		}
		t.w.print(connectionHeading)
		t.w.fail(t.spool.copyTo(t.w))
		t.spool = spool{}
		t.head = false
	}
	t.w.print("\n" + SummaryText(s))
}
