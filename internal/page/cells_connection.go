package page

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
	"httpscope/internal/visible"
)

// Columns of the connections, in the order of their cells. The first after
// the number are the lab's list.
const (
	ConnectionNo = iota
	ConnectionSource
	ConnectionSourcePort
	ConnectionDestination
	ConnectionDestinationPort
	ConnectionStatuses
	ConnectionState
	ConnectionClosedBy
	ConnectionProtocol
	ConnectionExchanges
	ConnectionPackets
	ConnectionBytes
	ConnectionNotes
)

// connectionHeadings are the keys of the phrases over the connections' columns.
var connectionHeadings = [...]string{
	ConnectionNo:              "page.column.connection",
	ConnectionSource:          "page.column.source",
	ConnectionSourcePort:      "page.column.port",
	ConnectionDestination:     "page.column.destination",
	ConnectionDestinationPort: "page.column.port",
	ConnectionStatuses:        "page.column.status",
	ConnectionState:           "page.column.state",
	ConnectionClosedBy:        "page.column.closed-by",
	ConnectionProtocol:        "page.column.protocol",
	ConnectionExchanges:       "page.column.exchanges",
	ConnectionPackets:         "page.column.packets",
	ConnectionBytes:           "page.column.bytes",
	ConnectionNotes:           "page.column.notes",
}

// ConnectionHeadings are the titles of the connections' columns.
func ConnectionHeadings(lang texts.Lang) []string { return said(texts.In(lang), connectionHeadings[:]) }

// ConnectionCells is a connection's row: both ends, the status of each response,
// and how it went. Packets and bytes are the client's and the server's.
func ConnectionCells(lang texts.Lang, c *trace.Connection) Cells {
	own, src, dst := texts.In(lang), c.Ends[layer.Client], c.Ends[layer.Server]
	out := Cells{[]string{
		strconv.FormatInt(c.ID, 10), ipCell(src), portCell(src), ipCell(dst), portCell(dst),
		statusesCell(c), named(own, "state.", c.State.String()), orDash(named(own, "role.", c.ClosedBy.String())),
		named(own, "protocol.", c.Protocol.String()), strconv.FormatInt(c.Exchanges, 10),
		fmt.Sprintf("%d+%d", c.Packets[0], c.Packets[1]), fmt.Sprintf("%d+%d", c.Bytes[0], c.Bytes[1]),
		strings.Join(connectionNotes(own, c), " "),
	}, worstOf(c.Findings)}
	if c.Heard {
		out.Text[ConnectionPackets] = "-"
	}
	return out
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return visible.Text(s)
}

// statusesCell lists the status of each response.
func statusesCell(c *trace.Connection) string {
	var b strings.Builder
	for i, s := range c.Statuses {
		if i > 0 {
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "%03d", s)
	}
	return orDash(b.String())
}

func connectionNotes(own texts.Catalogue, c *trace.Connection) []string {
	var out []string
	note := func(is bool, word string) {
		if is {
			out = append(out, own.Phrase("page.cell."+word))
		}
	}
	if c.Detail != "" && c.Detail != c.Protocol.String() {
		out = append(out, visible.Text(named(own, "protocol.", c.Detail)))
	}
	worst := worstOf(c.Findings)
	note(c.Retransmissions > 0, "retrans")
	note(c.GapBytes > 0, "gap")
	note(c.Heard, "heard")
	note(worst == doc.Error, "error")
	note(worst == doc.Warning, "warning")
	return out
}

// ipCell and portCell are dashes for an end that was never known.
func ipCell(a netip.AddrPort) string {
	if !a.IsValid() {
		return "-"
	}
	return a.Addr().String()
}

func portCell(a netip.AddrPort) string {
	if !a.IsValid() {
		return "-"
	}
	return strconv.Itoa(int(a.Port()))
}
