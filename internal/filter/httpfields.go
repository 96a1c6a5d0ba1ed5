package filter

import (
	"cmp"
	"encoding/base64"
	"strconv"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/trace"
)

// httpFields are those of start lines and of the pairing of messages.
func httpFields() []field {
	methods := []string{`"GET"`, `"HEAD"`, `"POST"`, `"PUT"`, `"DELETE"`, `"OPTIONS"`, `"CONNECT"`}
	versions := []string{`"HTTP/1.0"`, `"HTTP/1.1"`}
	codes := []string{"200", "204", "206", "301", "302", "304", "400", "401", "403", "404", "416", "500"}
	return []field{
		{body: true, Field: Field{Name: "http"}, get: pushMessage},
		{Field: Field{Name: "http.request", Type: Boolean}, side: request, usual: truth, get: pushTrue},
		{Field: Field{Name: "http.request.method", Type: String}, side: request, usual: methods,
			get: func(r *row, p *part) { r.push(text(p.m.Head.Method)) }},
		{Field: Field{Name: "http.request.uri", Type: String}, side: request,
			get: func(r *row, p *part) { r.push(text(p.m.Head.Target)) }},
		{Field: Field{Name: "http.request.uri.path", Type: String}, side: request, get: pushPath},
		{Field: Field{Name: "http.request.uri.query", Type: String}, side: request, get: pushQuery},
		{Field: Field{Name: "http.request.uri.query.parameter", Type: String, Many: true}, side: request,
			get: pushParameters},
		{Field: Field{Name: "http.request.version", Type: String}, side: request, usual: versions,
			get: func(r *row, p *part) { r.some(p.m.Head.Version) }},
		{Field: Field{Name: "http.request.line", Type: String, Many: true}, side: request, get: pushLines},
		{Field: Field{Name: "http.request.full_uri", Type: String}, side: request,
			get: func(r *row, p *part) { r.some(fullURI(p.m.Head)) }},
		{Field: Field{Name: "http.request_number", Type: Unsigned32}, side: request, get: pushOrdinal},
		{Field: Field{Name: "http.response_in", Type: FrameNumber}, side: request,
			get: func(r *row, p *part) { r.frame(p.x.Response) }},

		{Field: Field{Name: "http.response", Type: Boolean}, side: response, usual: truth, get: pushTrue},
		{Field: Field{Name: "http.response.version", Type: String}, side: response, usual: versions,
			get: func(r *row, p *part) { r.some(p.m.Head.Version) }},
		{Field: Field{Name: "http.response.code", Type: Unsigned16}, side: response, usual: codes, digits: 6,
			get: func(r *row, p *part) {
				if s := p.m.Head.Status; s > 0 {
					r.push(number(uint64(s)))
				}
			}},
		{Field: Field{Name: "http.response.code.desc", Type: String}, side: response,
			get: func(r *row, p *part) { r.some(httpdecode.StatusText(p.m.Head.Status)) }},
		{Field: Field{Name: "http.response.phrase", Type: String}, side: response,
			usual: []string{`"OK"`, `"Not Found"`},
			get:   func(r *row, p *part) { r.some(p.m.Head.Reason) }},
		{Field: Field{Name: "http.response.line", Type: String, Many: true}, side: response, get: pushLines},
		{Field: Field{Name: "http.response_for.uri", Type: String}, side: response, get: func(r *row, p *part) {
			if q := p.x.Request; q != nil && q.Head != nil && q.Complete {
				r.some(cmp.Or(fullURI(q.Head), q.Head.Target))
			}
		}},
		{Field: Field{Name: "http.response_number", Type: Unsigned32}, side: response, get: pushOrdinal},
		{Field: Field{Name: "http.request_in", Type: FrameNumber}, side: response,
			get: func(r *row, p *part) { r.frame(p.answered()) }},
		{Field: Field{Name: "http.prev_request_in", Type: FrameNumber},
			get: func(r *row, p *part) { r.previous(p, 0) }},
		{Field: Field{Name: "http.prev_response_in", Type: FrameNumber}, side: response,
			get: func(r *row, p *part) { r.previous(p, 1) }},
		{Field: Field{Name: "http.time", Type: TimeOffset}, side: response, get: pushTurn},
		{Field: Field{Name: "http.proxy_connect_host", Type: String}, side: request, get: func(r *row, p *part) {
			host, _, _ := connectTarget(p.m.Head)
			r.some(host)
		}},
		{Field: Field{Name: "http.proxy_connect_port", Type: Unsigned16}, side: request, get: func(r *row, p *part) {
			if _, port, ok := connectTarget(p.m.Head); ok {
				r.push(number(port))
			}
		}},
		{Field: Field{Name: "http.authbasic", Type: String}, get: pushCredentials},
	}
}

var truth = []string{"True", "False"}

func pushTrue(r *row, _ *part)    { r.push(number(1)) }
func pushOrdinal(r *row, p *part) { r.push(number(uint64(p.x.Ordinal))) }

// some pushes text that is not empty.
func (r *row) some(s string) {
	if s != "" {
		r.push(text(s))
	}
}

// answered is the request that a response answers, nil when that was complete
// only later: a response that comes first answers its head.
func (p *part) answered() *trace.Message {
	q := p.x.Request
	if q == nil || !q.Complete || Ended(q).Nano > p.ended().Nano {
		return nil
	}
	return q
}

// frame pushes the packet that completes a message, if it was completed.
func (r *row) frame(m *trace.Message) {
	if m != nil && m.Complete && Ended(m).Packet > 0 {
		r.push(number(uint64(Ended(m).Packet)))
	}
}

// previous pushes the packet that completes a message of the exchange before: the
// request, 0, or the response, 1.
func (r *row) previous(p *part, which int) {
	if n := p.x.Previous()[which]; n > 0 {
		r.push(number(uint64(n)))
	}
}

// pushPath pushes the path of a target with a query: Wireshark splits no other.
func pushPath(r *row, p *part) {
	if path, _, query := strings.Cut(p.m.Head.Target, "?"); query {
		r.some(path)
	}
}

func pushQuery(r *row, p *part) {
	_, query, _ := strings.Cut(p.m.Head.Target, "?")
	r.some(query)
}

func pushParameters(r *row, p *part) {
	_, query, more := strings.Cut(p.m.Head.Target, "?")
	for one := ""; more; {
		one, query, more = strings.Cut(query, "&")
		r.some(one)
	}
}

func pushLines(r *row, p *part) {
	h := p.m.Head
	for i := range h.Fields {
		f := &h.Fields[i]
		r.push(text(h.FieldAsSent(f)))
	}
}

// fullURI is what Wireshark makes of target and Host field.
func fullURI(h *trace.Head) string {
	if h.Form() == httpdecode.AbsoluteForm || h.Form() == httpdecode.AuthorityForm {
		return h.Target
	}
	host, ok := h.Lookup(httpdecode.FieldHost)
	if !ok {
		return ""
	}
	return "http://" + host + h.Target
}

// pushTurn pushes the time from request to response, by the packets that
// complete them.
func pushTurn(r *row, p *part) {
	if q := p.answered(); q != nil && Ended(q).Nano != 0 {
		r.push(signed(p.ended().Nano - Ended(q).Nano))
	}
}

// connectTarget is the host and port of a CONNECT request.
func connectTarget(h *trace.Head) (host string, port uint64, ok bool) {
	if h.Method != "CONNECT" {
		return "", 0, false
	}
	at := strings.LastIndexByte(h.Target, ':')
	if at < 0 {
		return h.Target, 0, false
	}
	port, err := strconv.ParseUint(h.Target[at+1:], 10, 16)
	return h.Target[:at], port, err == nil
}

// pushCredentials decodes RFC 7617, Section 2.
func pushCredentials(r *row, p *part) {
	if p.m.Head == nil {
		return
	}
	for i := range p.m.Head.Fields {
		f := &p.m.Head.Fields[i]
		if f.ID != httpdecode.FieldAuthorization && f.ID != httpdecode.FieldProxyAuthorization {
			continue
		}
		scheme, token, _ := strings.Cut(f.Value, " ")
		if b, err := base64.StdEncoding.DecodeString(strings.TrimSpace(token)); err == nil &&
			strings.EqualFold(scheme, "basic") {
			r.some(string(b))
		}
	}
}
