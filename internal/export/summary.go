package export

import (
	"maps"
	"slices"
	"strconv"

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
	return []ledgerClass{{"heads", l.Heads}, {"bodies", l.Bodies}, {"chunk_framing", l.ChunkFraming},
		{"trailers", l.Trailers},
		{"other", l.Other}, {"retransmitted", l.Retransmitted}, {"undecoded", l.Undecoded}, {"gaps", l.Gaps}}
}
