package filter

import (
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/texts"
)

// headerFields are the fields of heads that Wireshark has names for, and what
// it reads out of them.
func headerFields() []field {
	var all []field
	for _, name := range headers {
		all = append(all, header(name))
	}
	return append(all,
		field{Field: Field{Name: "http.content_length", Type: Unsigned64, Many: true}, get: pushLength},
		field{Field: Field{Name: "http.content_length_header", Type: String, Many: true},
			get: pushHeader("content-length", httpdecode.FieldContentLength)},
		field{Field: Field{Name: "http.cookie_pair", Type: String, Many: true}, get: pushPairs},
	)
}

// headers are the field names that Wireshark has a field of text for, with -
// in place of its underscore.
var headers = []string{
	"accept", "accept-encoding", "accept-language", "authorization", "cache-control", "connection", "content-encoding",
	"content-type", "cookie", "date", "host", "http2-settings", "last-modified", "location", "proxy-authenticate",
	"proxy-authorization", "referer", "sec-websocket-accept", "sec-websocket-extensions", "sec-websocket-key",
	"sec-websocket-protocol", "sec-websocket-version", "server", "set-cookie", "transfer-encoding", "upgrade",
	"user-agent", "www-authenticate", "x-forwarded-for",
}

// usualValues are what some fields are often compared with.
func usualValues(name string) []string {
	switch name {
	case "connection":
		return []string{`"close"`, `"keep-alive"`}
	case "transfer-encoding":
		return []string{`"chunked"`}
	case "content-encoding":
		return []string{`"gzip"`, `"br"`, `"deflate"`, `"zstd"`}
	case "content-type":
		return []string{`"text/html"`, `"text/plain"`, `"application/json"`, `"application/x-www-form-urlencoded"`}
	}
	return nil
}

func header(name string) field {
	f := Field{Name: headerName(name), Type: String, Doc: texts.Say("filter.field-value", canonical(name)), Many: true}
	return field{Field: f, usual: usualValues(name), get: pushHeader(name, httpdecode.KnownField(name))}
}

// headerName is Wireshark's name of a field of the head.
func headerName(name string) string { return "http." + strings.ReplaceAll(name, "-", "_") }

// canonical writes a field name as RFC 9110 does, nearly.
func canonical(name string) string {
	words := strings.Split(name, "-")
	for i, w := range words {
		words[i] = strings.ToUpper(w[:1]) + w[1:]
	}
	return strings.Join(words, "-")
}

// pushHeader pushes the values of a field by its name in lower case, and by its
// number when the decoder knows it.
func pushHeader(name string, id httpdecode.FieldID) func(*row, *part) {
	return func(r *row, p *part) {
		h := p.m.Head
		if h == nil || id != httpdecode.FieldOther && !h.Has(id) {
			return
		}
		for i := range h.Fields {
			if f := &h.Fields[i]; f.ID == id && (id != httpdecode.FieldOther || strings.EqualFold(f.Name, name)) {
				r.push(text(f.Value))
			}
		}
	}
}

// pushLength pushes the length that frames the body, or what the fields say.
func pushLength(r *row, p *part) {
	h := p.m.Head
	switch {
	case h == nil || !h.Has(httpdecode.FieldContentLength):
	case h.Framing().Kind == httpdecode.Length:
		r.push(number(uint64(h.Framing().Length)))
	default:
		for i := range h.Fields {
			if f := &h.Fields[i]; f.ID == httpdecode.FieldContentLength {
				r.length(f.Value)
			}
		}
	}
}

// length pushes a decimal number that fits; others are not one.
func (r *row) length(s string) {
	var n uint64
	for i := range len(s) {
		d := uint64(s[i] - '0')
		if d > 9 || n > (1<<63)/10 {
			return
		}
		n = 10*n + d
	}
	if s != "" {
		r.push(number(n))
	}
}

func pushPairs(r *row, p *part) {
	if p.m.Head == nil || !p.m.Head.Has(httpdecode.FieldCookie) {
		return
	}
	for i := range p.m.Head.Fields {
		if p.m.Head.Fields[i].ID != httpdecode.FieldCookie {
			continue
		}
		rest, one := p.m.Head.Fields[i].Value, ""
		for more := true; more; {
			one, rest, more = strings.Cut(rest, ";")
			r.some(strings.TrimSpace(one))
		}
	}
}
