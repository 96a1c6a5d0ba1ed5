package export

import (
	"maps"
	"slices"
	"strings"

	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// summaryText is the end of a table: what the capture held and what became of
// every captured payload byte.
func summaryText(c texts.Catalogue, s *trace.Summary) string {
	var b strings.Builder
	say := func(key string, args ...any) { b.WriteString(c.Phrase(key, args...) + "\n") }
	say("export.summary", s.Packets, s.TCPPackets, s.Connections, s.Exchanges)
	payload := texts.Say("export.payload", s.Payload)
	if ledger := ledgerPhrase(&s.Ledger); !ledger.IsZero() {
		payload = texts.Say("export.payload-ledger", payload, ledger)
	}
	say(payload.Key, payload.Args...)
	if s.Ledger.Gaps > 0 {
		say("export.gaps", s.Ledger.Gaps)
	}
	for _, k := range slices.Sorted(maps.Keys(s.Skipped)) {
		say("export.skipped", s.Skipped[k], c.Named("export.skipped.", k))
	}
	for _, n := range []struct {
		key   string
		count int64
	}{{"export.disordered", s.Disordered}, {"export.cut", s.Cut}, {"export.dropped", int64(s.Dropped)}} {
		if n.count > 0 {
			say(n.key, n.count)
		}
	}
	if s.Lag != nil {
		lagLines(s.Lag, say)
	}
	if s.Truncated {
		say("export.damaged")
	}
	return b.String()
}

// ledgerPhrase says what became of captured bytes; nothing where there are none.
func ledgerPhrase(l *trace.Ledger) texts.Phrase {
	said := texts.Phrase{}
	for _, c := range ledgerClasses(l) {
		part := texts.Say("export.ledger."+strings.ReplaceAll(c.name, "_", "-"), c.bytes)
		switch {
		case c.bytes <= 0 || c.name == "gaps":
		case said.IsZero():
			said = part
		default:
			said = texts.Say("page.ledger.sum", said, part)
		}
	}
	return said
}

// lagLines say by how much the analysis lagged, where somebody would notice.
func lagLines(l *trace.Lag, say func(key string, args ...any)) {
	if l.Packets > 0 {
		say("export.not-analysed", l.Packets, l.Time.Seconds())
	}
	lagged := texts.Say("export.lagged", l.MostTime.Seconds(), l.MostPackets)
	switch {
	case l.Dropped > 0:
		say("export.lagged-dropped", lagged, l.Dropped)
	case l.MostTime >= trace.MuchLag:
		say(lagged.Key, lagged.Args...)
	}
}
