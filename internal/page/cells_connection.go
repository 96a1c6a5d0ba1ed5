package page

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"httpscope/internal/doc"
	"httpscope/internal/layer"
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

// ConnectionHeadings are the titles of the connections' columns.
func ConnectionHeadings() []string {
	return []string{"Conn", "Source IP", "Port", "Destination IP", "Port", "Status", "State", "Closed by", "Protocol", "Exch", "Packets", "Bytes", "Notes"}
}

// ConnectionCells is a connection's row: both ends, the status of each response,
// and how it went. Packets and bytes are the client's and the server's.
func ConnectionCells(c *trace.Connection) Cells {
	src, dst := c.Ends[layer.Client], c.Ends[layer.Server]
	out := Cells{[]string{
		strconv.FormatInt(c.ID, 10), ipCell(src), portCell(src), ipCell(dst), portCell(dst),
		statusesCell(c), c.State.String(), orDash(c.ClosedBy.String()), c.Protocol.String(), strconv.FormatInt(c.Exchanges, 10),
		fmt.Sprintf("%d+%d", c.Packets[0], c.Packets[1]), fmt.Sprintf("%d+%d", c.Bytes[0], c.Bytes[1]), strings.Join(connectionNotes(c), " "),
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

func connectionNotes(c *trace.Connection) []string {
	var out []string
	if c.Detail != "" && c.Detail != c.Protocol.String() {
		out = append(out, visible.Text(c.Detail))
	}
	if c.Retransmissions > 0 {
		out = append(out, "retrans")
	}
	if c.GapBytes > 0 {
		out = append(out, "gap")
	}
	if c.Heard {
		out = append(out, "heard")
	}
	switch worstOf(c.Findings) {
	case doc.Error:
		out = append(out, "error")
	case doc.Warning:
		out = append(out, "warning")
	}
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
