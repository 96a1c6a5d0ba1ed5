package recording

import (
	"httpscope/internal/layer"
	"httpscope/internal/tlsread"
	"httpscope/internal/trace"
)

// maxTLS bounds the bytes of a direction in which records are looked for.
const maxTLS = 16 << 20

// tls gives the packets of TLS connections the records that end in them.
func (r *Recording) tls() {
	for _, c := range r.Connections {
		if c.Protocol != trace.TLS {
			continue
		}
		t := r.Tape(c.ID)
		client, server := beginning(t, 0), beginning(t, 1)
		const tls13 = 0x0304
		hidden := tlsread.Read(client, server).Version == tls13
		r.records(t, 0, tlsread.Records(client), hidden)
		r.records(t, 1, tlsread.Records(server), hidden)
	}
}

// beginning is the bytes of a side up to the first that is missing.
func beginning(t *trace.Tape, side int) []byte {
	var b []byte
	for _, p := range t.Between(layer.Place{Side: layer.Side(side), Span: layer.Span{To: maxTLS}}) {
		if p.Offset != int64(len(b)) || p.Data == nil {
			break
		}
		b = append(b, p.Data...)
	}
	return b
}

func (r *Recording) records(t *trace.Tape, side int, list []tlsread.Record, hidden bool) {
	const header = 5 // RFC 8446, Section 5.1
	at := make([]*trace.Packet, len(list))
	index := make([]int, len(list))
	for i, rec := range list {
		if !rec.Whole {
			continue
		}
		p := r.Packet(t.Frame(layer.Place{Side: layer.Side(side),
			Span: layer.Span{From: rec.Offset + header + int64(rec.Length) - 1}}))
		if p == nil {
			continue
		}
		at[i], index[i] = p, len(p.TLS)
		p.TLS = append(p.TLS, trace.TLSRecord{Type: rec.Type, Version: rec.Version, Length: rec.Length,
			Opaque: hidden && rec.Type == tlsread.ApplicationData})
	}
	for _, m := range tlsread.Messages(list) {
		if p := at[m.Record]; p != nil {
			rec := &p.TLS[index[m.Record]]
			rec.Handshakes = append(rec.Handshakes, trace.TLSHandshake{Type: m.Type, Length: m.Length,
				Version: m.Version, Suites: m.Suites, ServerName: m.Name, ALPN: m.ALPN})
		}
	}
}
