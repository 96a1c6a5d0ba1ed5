package export

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"httpscope/internal/trace"
)

func appendSummary(b []byte, s *trace.Summary) []byte {
	b = appendInt(append(b, `{"type":"summary","packets":`...), s.Packets)
	b = appendInt(append(b, `,"tcp_packets":`...), s.TCPPackets)
	b = appendInt(append(b, `,"connections":`...), s.Connections)
	b = appendInt(append(b, `,"exchanges":`...), s.Exchanges)
	b = strconv.AppendUint(append(b, `,"dropped":`...), s.Dropped, 10)
	if s.Lag != nil {
		b = appendLag(append(b, `,"lag":`...), s.Lag)
	}
	b = appendCounts(append(b, `,"skipped":`...), s.Skipped)
	b = appendInt(append(b, `,"cut_packets":`...), s.Cut)
	b = appendInt(append(b, `,"payload_bytes":`...), s.Payload)
	b = appendLedger(append(b, `,"ledger":`...), &s.Ledger)
	b = appendCounts(append(b, `,"findings":`...), s.Findings)
	b = strconv.AppendBool(append(b, `,"truncated":`...), s.Truncated)
	if s.GivenUp > 0 {
		b = appendInt(append(b, `,"given_up":`...), s.GivenUp)
	}
	if s.Disordered > 0 {
		b = appendInt(append(b, `,"disordered_packets":`...), s.Disordered)
	}
	if !s.Empty.IsZero() {
		var escaped bool
		b = appendString(append(b, `,"empty":`...), s.Empty.String(), &escaped)
	}
	return append(b, '}')
}

func appendLag(b []byte, l *trace.Lag) []byte {
	b = appendInt(append(b, `{"packets":`...), l.Packets)
	b = appendMillis(append(b, `,"ms":`...), l.Time)
	b = appendInt(append(b, `,"max_packets":`...), l.MostPackets)
	b = appendMillis(append(b, `,"max_ms":`...), l.MostTime)
	return append(strconv.AppendUint(append(b, `,"dropped":`...), l.Dropped, 10), '}')
}

func appendCounts(b []byte, counts map[string]int64) []byte {
	b = append(b, '{')
	var escaped bool
	for i, k := range slices.Sorted(maps.Keys(counts)) {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendInt(append(appendString(b, k, &escaped), ':'), counts[k])
	}
	return append(b, '}')
}

func appendLedger(b []byte, l *trace.Ledger) []byte {
	for i, c := range ledgerClasses(l) {
		b = append(b, "{,"[min(i, 1)])
		b = appendInt(append(append(append(b, '"'), c.name...), '"', ':'), c.bytes)
	}
	return append(b, '}')
}

// ledgerClass is a row of the ledger.
type ledgerClass struct {
	name  string
	bytes int64
}

// ledgerClasses lists the ledger in the order of a message; "gaps" is not part of the sum.
func ledgerClasses(l *trace.Ledger) []ledgerClass {
	return []ledgerClass{{"heads", l.Heads}, {"bodies", l.Bodies}, {"chunk_framing", l.ChunkFraming}, {"trailers", l.Trailers},
		{"other", l.Other}, {"retransmitted", l.Retransmitted}, {"undecoded", l.Undecoded}, {"gaps", l.Gaps}}
}

// SummaryText is the end of a table: what the capture held and what became of
// every captured payload byte.
func SummaryText(s *trace.Summary) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d packets, %d of them TCP; %d connections, %d exchanges\n", s.Packets, s.TCPPackets, s.Connections, s.Exchanges)
	fmt.Fprintf(&b, "%d bytes of TCP payload captured", s.Payload)
	sep := ": "
	for _, c := range ledgerClasses(&s.Ledger) {
		if c.bytes > 0 && c.name != "gaps" {
			fmt.Fprintf(&b, "%s%d %s", sep, c.bytes, strings.ReplaceAll(c.name, "_", " "))
			sep = " + "
		}
	}
	b.WriteString("\n")
	if s.Ledger.Gaps > 0 {
		fmt.Fprintf(&b, "%d bytes were sent and not captured\n", s.Ledger.Gaps)
	}
	for _, k := range slices.Sorted(maps.Keys(s.Skipped)) {
		fmt.Fprintf(&b, "%d packets without readable TCP: %s\n", s.Skipped[k], k)
	}
	if s.Disordered > 0 {
		fmt.Fprintf(&b, "%d packets do not stand in the order of their times: they were read in order\n", s.Disordered)
	}
	if s.Cut > 0 {
		fmt.Fprintf(&b, "%d packets cut by the snapshot length\n", s.Cut)
	}
	if s.Dropped > 0 {
		fmt.Fprintf(&b, "%d packets dropped while capturing\n", s.Dropped)
	}
	if s.Lag != nil {
		b.WriteString(lagText(s.Lag))
	}
	if s.Truncated {
		b.WriteString("the file is damaged: this is what stands before the damage\n")
	}
	return b.String()
}

// lagText says by how much the analysis lagged, where somebody would notice.
func lagText(l *trace.Lag) string {
	var b strings.Builder
	if l.Packets > 0 {
		fmt.Fprintf(&b, "%d packets, %.1f s, were captured and not analysed\n", l.Packets, l.Time.Seconds())
	}
	if l.MostTime >= trace.MuchLag || l.Dropped > 0 {
		fmt.Fprintf(&b, "the analysis lagged by up to %.1f s, %d packets", l.MostTime.Seconds(), l.MostPackets)
		if l.Dropped > 0 {
			fmt.Fprintf(&b, "; for that, %d packets were dropped", l.Dropped)
		}
		b.WriteString("\n")
	}
	return b.String()
}
