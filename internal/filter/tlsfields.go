package filter

import "httpscope/internal/trace"

// tlsFields are those of the TLS records that end in a packet (RFC 8446
// section 5.1), as far as they can be read without keys.
func tlsFields() []field {
	return []field{
		several(record("tls.record.content_type", Unsigned8,
			func(t *trace.TLSRecord) (uint64, bool) { return uint64(t.Type), !t.Opaque })),
		several(record("tls.record.opaque_type", Unsigned8,
			func(t *trace.TLSRecord) (uint64, bool) { return uint64(t.Type), t.Opaque })),
		in(inHex, several(record("tls.record.version", Unsigned16,
			func(t *trace.TLSRecord) (uint64, bool) { return uint64(t.Version), true }))),
		several(record("tls.record.length", Unsigned16,
			func(t *trace.TLSRecord) (uint64, bool) { return uint64(t.Length), true })),
		several(handshake("tls.handshake.type", Unsigned8,
			func(r *row, h *trace.TLSHandshake) { r.push(number(uint64(h.Type))) })),
		several(in24Bits(handshake("tls.handshake.length", Unsigned32,
			func(r *row, h *trace.TLSHandshake) { r.push(number(uint64(h.Length))) }))),
		several(in(inHex, handshake("tls.handshake.version", Unsigned16, func(r *row, h *trace.TLSHandshake) {
			if h.Version > 0 {
				r.push(number(uint64(h.Version)))
			}
		}))),
		several(in(inHex, handshake("tls.handshake.ciphersuite", Unsigned16, func(r *row, h *trace.TLSHandshake) {
			for _, s := range h.Suites {
				r.push(number(uint64(s)))
			}
		}))),
		several(handshake("tls.handshake.extensions_server_name", String,
			func(r *row, h *trace.TLSHandshake) { r.some(h.ServerName) })),
		several(handshake("tls.handshake.extensions_alpn_str", String, func(r *row, h *trace.TLSHandshake) {
			for _, s := range h.ALPN {
				r.push(text(s))
			}
		})),
	}
}

func record(name string, t Type, get func(t *trace.TLSRecord) (uint64, bool)) field {
	return packet(name, t, func(r *row, p *trace.Packet) {
		for i := range p.TLS {
			if n, ok := get(&p.TLS[i]); ok {
				r.push(number(n))
			}
		}
	})
}

func handshake(name string, t Type, push func(r *row, h *trace.TLSHandshake)) field {
	return packet(name, t, func(r *row, p *trace.Packet) {
		for i := range p.TLS {
			for j := range p.TLS[i].Handshakes {
				push(r, &p.TLS[i].Handshakes[j])
			}
		}
	})
}
