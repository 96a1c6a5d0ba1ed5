package filter

import (
	"strings"
	"time"

	"httpscope/httpdecode"
	"httpscope/internal/layer"
	"httpscope/internal/trace"
)

// ownFields are what httpscope knows beyond Wireshark: scope.…
func ownFields() []field {
	exchange := []field{
		own("exchange", Unsigned64, func(r *row, p *part) { r.push(number(uint64(p.x.ID))) }),
		own("ordinal", Unsigned64, pushOrdinal),
		own("connection", Unsigned64, func(r *row, p *part) { r.push(number(uint64(p.x.Conn.ID))) }),
		own("client", String, func(r *row, p *part) { r.push(text(p.x.Conn.Ends[layer.Client].String())) }),
		own("server", String, func(r *row, p *part) { r.push(text(p.x.Conn.Ends[layer.Server].String())) }),
		late(own("protocol", String, func(r *row, p *part) { r.some(p.x.Conn.Protocol.String()) },
			`"http/1.0"`, `"http/1.1"`, `"websocket"`)),
		own("link", String, func(r *row, p *part) { r.some(p.x.Conn.Link) }, `"ethernet"`, `"loopback"`, `"wifi"`),
		own("tunnel", String, func(r *row, p *part) { r.some(p.x.Conn.Tunnel) }),
		late(own("closed_by", String, func(r *row, p *part) { r.some(p.x.Conn.ClosedBy.String()) },
			`"client"`, `"server"`)),
		own("method", String, func(r *row, p *part) {
			if h := requestHead(p.x); h != nil {
				r.push(text(h.Method))
			}
		}, `"GET"`, `"HEAD"`, `"POST"`),
		own("status", Unsigned16, func(r *row, p *part) {
			if m := p.x.Response; m != nil && m.Head != nil && m.Head.Status > 0 {
				r.push(number(uint64(m.Head.Status)))
			}
		}, "200", "304", "404"),
		own("host", String, pushHost),
		own("path", String, func(r *row, p *part) {
			if h := requestHead(p.x); h != nil {
				path, _, _ := strings.Cut(pathOf(h), "?")
				r.some(path)
			}
		}),
		own("query", String, func(r *row, p *part) {
			if h := requestHead(p.x); h != nil {
				_, query, _ := strings.Cut(pathOf(h), "?")
				r.some(query)
			}
		}),
		own("wait", TimeOffset, func(r *row, p *part) {
			wait, _ := p.x.Timing()
			r.duration(wait)
		}),
		own("receive", TimeOffset, func(r *row, p *part) {
			_, receive := p.x.Timing()
			r.duration(receive)
		}),
	}
	exchange = append(exchange, findingFields()...)
	for i := range exchange {
		exchange[i].level = ofExchange
	}
	return append(exchange, messageFields()...)
}

func findingFields() []field {
	code := own("finding", String, func(r *row, p *part) {
		r.findings(p, func(f *trace.Finding) { r.push(text(f.Code)) })
	})
	severity := own("severity", String, func(r *row, p *part) {
		r.findings(p, func(f *trace.Finding) { r.push(text(f.Severity.String())) })
	}, `"note"`, `"warning"`, `"error"`)
	code.Many, severity.Many = true, true
	return []field{code, severity}
}

// messageFields are those of each message.
func messageFields() []field {
	name := own("field", String, func(r *row, p *part) {
		if p.m.Head != nil {
			for i := range p.m.Head.Fields {
				r.push(text(strings.ToLower(p.m.Head.Fields[i].Name)))
			}
		}
	})
	name.Many = true
	return []field{name,
		own("framing", String, func(r *row, p *part) {
			if p.m.Head != nil {
				r.push(text(p.m.Head.Framing().Kind.String()))
			}
		}, `"none"`, `"content-length"`, `"chunked"`, `"until-close"`, `"tunnel"`),
		own("rule", Unsigned16, func(r *row, p *part) {
			if p.m.Head != nil && p.m.Head.Framing().Rule > 0 {
				r.push(number(uint64(p.m.Head.Framing().Rule)))
			}
		}, "1", "3", "4", "6", "7", "8"),
		own("head_bytes", Unsigned64, func(r *row, p *part) {
			if p.m.Head != nil {
				r.push(number(uint64(p.m.Head.Size())))
			}
		}),
		own("body_bytes", Unsigned64, func(r *row, p *part) { r.push(number(uint64(p.m.Body))) }),
		own("wire_bytes", Unsigned64, func(r *row, p *part) { r.push(number(uint64(p.m.Wire()))) }),
		own("missing_bytes", Unsigned64, func(r *row, p *part) { r.push(number(uint64(p.m.Missing))) }),
		own("complete", Boolean, func(r *row, p *part) { r.push(boolean(p.m.Complete)) }, truth...),
		own("first_frame", FrameNumber, func(r *row, p *part) { r.point(p.m.First) }),
		own("last_frame", FrameNumber, func(r *row, p *part) { r.point(p.m.Last) }),
		own("chunks", Unsigned64, func(r *row, p *part) {
			if p.m.ChunkCount > 0 {
				r.push(number(uint64(p.m.ChunkCount)))
			}
		}),
		own("sha256", String, func(r *row, p *part) { r.some(p.m.SHA256) }),
	}
}

func own(name string, t Type, get func(*row, *part), usual ...string) field {
	return field{Field: Field{Name: "scope." + name, Type: t}, get: get, usual: usual}
}

// late is a field that is known when the connection is over.
func late(f field) field {
	f.late = true
	return f
}

func requestHead(x *trace.Exchange) *trace.Head {
	if x.Request == nil {
		return nil
	}
	return x.Request.Head
}

func (r *row) duration(d time.Duration) {
	if d != trace.NoDuration {
		r.push(signed(int64(d)))
	}
}

func (r *row) point(p layer.Stamp) {
	if p.Packet > 0 {
		r.push(number(uint64(p.Packet)))
	}
}

// pushHost pushes the authority of an absolute target, which comes before the
// Host field (RFC 9112, Section 3.2.2).
func pushHost(r *row, p *part) {
	h := requestHead(p.x)
	if h == nil {
		return
	}
	switch h.Form() {
	case httpdecode.AuthorityForm:
		r.some(h.Target)
	case httpdecode.AbsoluteForm:
		_, rest, _ := strings.Cut(h.Target, "://")
		host, _ := authority(rest)
		r.some(host)
	default:
		host, _ := h.Lookup(httpdecode.FieldHost)
		r.some(host)
	}
}

// authority cuts what follows :// before the path or the query.
func authority(rest string) (host, path string) {
	if at := strings.IndexAny(rest, "/?"); at >= 0 {
		return rest[:at], rest[at:]
	}
	return rest, ""
}

// pathOf is the target without scheme and host.
func pathOf(h *trace.Head) string {
	switch h.Form() {
	case httpdecode.AuthorityForm:
		return ""
	case httpdecode.AbsoluteForm:
		_, rest, _ := strings.Cut(h.Target, "://")
		_, path := authority(rest)
		return path
	}
	return h.Target
}

// findings goes through those of an exchange; in a row of one message without
// those of the other side.
func (r *row) findings(p *part, visit func(*trace.Finding)) {
	other := layer.Side(p.sender()).Other()
	for i := range p.x.Findings {
		if f := &p.x.Findings[i]; r.whole || f.Side != other {
			visit(f)
		}
	}
}
