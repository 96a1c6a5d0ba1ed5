package chart

import (
	"httpscope/internal/trace"
)

// fromSockets lists what was read and written, in the order of time.
func (b *ladderBuilder) fromSockets() {
	client, server := b.tape.Runs[0], b.tape.Runs[1]
	b.sockets = b.conn.Heard || len(client)+len(server) > 0
	b.parts = make([]trace.Run, 0, len(client)+len(server))
	for len(client)+len(server) > 0 {
		from := &client
		if len(client) == 0 || len(server) > 0 && earlier(&server[0], &client[0]) {
			from = &server
		}
		b.parts = append(b.parts, (*from)[0])
		*from = (*from)[1:]
	}
	if b.origin <= 0 {
		b.origin = b.conn.Start.Nano
		if !known(b.origin) && len(b.parts) > 0 {
			b.origin = b.parts[0].Nano
		}
	}
	for i := range b.parts {
		b.part(int32(i))
	}
}

// earlier reports whether a came before b. Where nothing tells it is not so.
func earlier(a, b *trace.Run) bool {
	if a.Nano != b.Nano {
		return a.Nano < b.Nano
	}
	return a.Frame < b.Frame
}

func (b *ladderBuilder) part(i int32) {
	p := &b.parts[i]
	b.clock(p.Nano)
	kind := socketRung
	if p.Gap {
		kind = gapRung
	}
	b.rungs = append(b.rungs, rung{kind: kind, at: i})
	b.bytes += p.Len
}
