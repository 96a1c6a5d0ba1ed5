package variant

import (
	"bytes"
	"sort"

	"httpscope/internal/trace"
)

// change replaces payload bytes of a packet.
type change struct {
	at int // in the payload
	to []byte
}

// streams finds what is to be replaced in the bytes of each stream, so that it
// is found across segments, and notes it for every packet that carries a part
// of it, retransmissions too.
func (m *maker) streams() {
	sent := make([][2][]*trace.Packet, len(m.base.Connections))
	for _, p := range m.base.Packets {
		switch c := m.base.Connection(p.Conn); {
		case p.Skip != "" || len(p.Payload) == 0:
		case c == nil || p.Segment.Offset < 0:
			m.alone(p)
		default:
			side := p.Side(c)
			sent[p.Conn][side] = append(sent[p.Conn][side], p)
		}
	}
	for i, c := range m.base.Connections {
		if c.Protocol == trace.TLS { // what looks like text there is chance
			continue
		}
		tape := m.base.Tape(c.ID)
		for side := range sent[i] {
			all := m.editsOf(c, tape.Runs[side])
			for _, p := range sent[i][side] {
				m.apply(p, all)
			}
		}
	}
}

// alone edits a packet that belongs to no stream.
func (m *maker) alone(p *trace.Packet) {
	for _, e := range m.editor.edits(p.Payload, 0, func(unix int64) int64 { return m.timeline.date(nil, unix) }) {
		m.edits[p.Number] = append(m.edits[p.Number], change{int(e.at), e.to})
	}
}

// editsOf goes through the pieces of a stream between its gaps.
func (m *maker) editsOf(c *trace.Connection, parts []trace.Run) []edit {
	date := func(unix int64) int64 { return m.timeline.date(c, unix) }
	var all []edit
	for len(parts) > 0 {
		begin, run := parts[0].Offset, []byte(nil)
		for len(parts) > 0 && parts[0].Data != nil && parts[0].Offset == begin+int64(len(run)) {
			run, parts = append(run, parts[0].Data...), parts[1:]
		}
		if len(run) == 0 {
			parts = parts[1:]
			continue
		}
		all = append(all, m.editor.edits(run, begin, date)...)
	}
	return all
}

// apply notes the edits that touch a packet. Where a packet has other bytes
// than the stream (an overlap that differs) it keeps them.
func (m *maker) apply(p *trace.Packet, all []edit) {
	begin := p.Segment.Offset
	end := begin + int64(len(p.Payload))
	i := sort.Search(len(all), func(i int) bool { return all[i].at+int64(len(all[i].to)) > begin })
	for ; i < len(all) && all[i].at < end; i++ {
		from, to := max(all[i].at, begin), min(all[i].at+int64(len(all[i].to)), end)
		was := all[i].from[from-all[i].at : to-all[i].at]
		if bytes.Equal(was, p.Payload[from-begin:to-begin]) {
			m.edits[p.Number] = append(m.edits[p.Number],
				change{int(from - begin), all[i].to[from-all[i].at : to-all[i].at]})
		}
	}
}
