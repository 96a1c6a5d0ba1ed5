package filter

import "httpscope/internal/trace"

// tlsFields are those of the TLS records that end in a packet (RFC 8446
// section 5.1), as far as they can be read without keys.
func tlsFields() []field {
	return []field{
		several(record("tls.record.content_type", Unsigned8, "type of a TLS record that tells it: 20 change cipher spec, 21 alert, 22 handshake, 23 application data", func(t *trace.TLSRecord) (uint64, bool) { return uint64(t.Type), !t.Opaque })),
		several(record("tls.record.opaque_type", Unsigned8, "type that a TLS 1.3 record shows while its real type is encrypted: 23", func(t *trace.TLSRecord) (uint64, bool) { return uint64(t.Type), t.Opaque })),
		in(inHex, several(record("tls.record.version", Unsigned16, "version in a TLS record", func(t *trace.TLSRecord) (uint64, bool) { return uint64(t.Version), true }))),
		several(record("tls.record.length", Unsigned16, "length of what a TLS record holds, in bytes", func(t *trace.TLSRecord) (uint64, bool) { return uint64(t.Length), true })),
		several(handshake("tls.handshake.type", Unsigned8, "type of a TLS handshake message: 1 ClientHello, 2 ServerHello, 11 Certificate", func(r *row, h *trace.TLSHandshake) { r.push(number(uint64(h.Type))) })),
		several(in24Bits(handshake("tls.handshake.length", Unsigned32, "length of a TLS handshake message, in bytes", func(r *row, h *trace.TLSHandshake) { r.push(number(uint64(h.Length))) }))),
		several(in(inHex, handshake("tls.handshake.version", Unsigned16, "version in a ClientHello or ServerHello", func(r *row, h *trace.TLSHandshake) {
			if h.Version > 0 {
				r.push(number(uint64(h.Version)))
			}
		}))),
		several(in(inHex, handshake("tls.handshake.ciphersuite", Unsigned16, "cipher suite that is offered, or chosen", func(r *row, h *trace.TLSHandshake) {
			for _, s := range h.Suites {
				r.push(number(uint64(s)))
			}
		}))),
		several(handshake("tls.handshake.extensions_server_name", String, "host that a ClientHello names", func(r *row, h *trace.TLSHandshake) { r.some(h.ServerName) })),
		several(handshake("tls.handshake.extensions_alpn_str", String, "protocol that is offered, or chosen, for what TLS carries", func(r *row, h *trace.TLSHandshake) {
			for _, s := range h.ALPN {
				r.push(text(s))
			}
		})),
	}
}

func record(name string, t Type, doc string, get func(t *trace.TLSRecord) (uint64, bool)) field {
	return packet(name, t, doc, func(r *row, p *trace.Packet) {
		for i := range p.TLS {
			if n, ok := get(&p.TLS[i]); ok {
				r.push(number(n))
			}
		}
	})
}

func handshake(name string, t Type, doc string, push func(r *row, h *trace.TLSHandshake)) field {
	return packet(name, t, doc, func(r *row, p *trace.Packet) {
		for i := range p.TLS {
			for j := range p.TLS[i].Handshakes {
				push(r, &p.TLS[i].Handshakes[j])
			}
		}
	})
}
