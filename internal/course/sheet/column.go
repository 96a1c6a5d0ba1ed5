package sheet

import "strings"

// Columns of a table of connections.
const (
	SourceIP        = "source ip"
	SourcePort      = "source port"
	DestinationIP   = "destination ip"
	DestinationPort = "destination port"
	Source          = "source"      // address and port in one cell
	Destination     = "destination" // address and port in one cell
	Status          = "status"
)

// columnWords are what names a column, in the order in which they are looked
// for: the first whose every part is in the name.
var columnWords = []struct {
	column string
	any    [][]string
}{
	{Status, [][]string{{"status"}, {"code"}, {"response"}, {"状态"}, {"响应"}}},
	{SourcePort, [][]string{{"source", "port"}, {"src", "port"}, {"sport"}, {"client", "port"}, {"源", "端口"},
		{"客户端端口"}}},
	{DestinationPort, [][]string{{"dest", "port"}, {"dst", "port"}, {"dport"}, {"server", "port"}, {"目", "端口"},
		{"服务器端口"}}},
	{SourceIP, [][]string{{"source", "ip"}, {"source", "addr"}, {"src", "ip"}, {"src", "addr"}, {"ip.src"},
		{"client", "ip"}, {"client", "addr"}, {"源", "ip"}, {"源", "地址"}}},
	{DestinationIP, [][]string{{"dest", "ip"}, {"dest", "addr"}, {"dst", "ip"}, {"dst", "addr"}, {"ip.dst"},
		{"server", "ip"}, {"server", "addr"}, {"目", "ip"}, {"目", "地址"}}},
	{Source, [][]string{{"source"}, {"src"}, {"client"}, {"源"}, {"客户端"}}},
	{Destination, [][]string{{"destination"}, {"dest"}, {"dst"}, {"server"}, {"目的"}, {"目标"}, {"服务器"}}},
}

// Column is the column of a table of connections that a heading names, in
// English or Chinese; "" when it names none.
func Column(heading string) string {
	h := strings.ToLower(heading)
	for _, c := range columnWords {
		for _, parts := range c.any {
			if containsAll(h, parts) {
				return c.column
			}
		}
	}
	return ""
}

func containsAll(s string, parts []string) bool {
	for _, p := range parts {
		if !strings.Contains(s, p) {
			return false
		}
	}
	return true
}
