package export

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/trace"
)

// fieldFuncs are the fields by Wireshark's names.
var fieldFuncs = func() map[string]fieldFunc {
	t := map[string]fieldFunc{
		"frame.number":        func(v *view) []string { return one(strconv.FormatInt(v.completed().Frame, 10)) },
		"frame.time_epoch":    func(v *view) []string { return seconds(v.completed().Nano) },
		"frame.time_relative": func(v *view) []string { return seconds(v.completed().Nano - v.begin) },
		"tcp.stream":          func(v *view) []string { return one(strconv.FormatInt(v.x.Conn.ID, 10)) },
		"tcp.srcport":         func(v *view) []string { return one(strconv.Itoa(int(v.src().Port()))) },
		"tcp.dstport":         func(v *view) []string { return one(strconv.Itoa(int(v.dst().Port()))) },
		"tcp.port": func(v *view) []string {
			return []string{strconv.Itoa(int(v.src().Port())), strconv.Itoa(int(v.dst().Port()))}
		},

		"http.request":         when(isRequest, func(*view) []string { return one("1") }),
		"http.request.method":  when(isRequest, func(v *view) []string { return one(v.m.Head.Method) }),
		"http.request.uri":     when(isRequest, func(v *view) []string { return one(v.m.Head.Target) }),
		"http.request.version": when(isRequest, func(v *view) []string { return some(v.m.Head.Version) }),
		"http.request.line":    when(isRequest, (*view).fieldLines),
		"http.request.full_uri": when(isRequest, func(v *view) []string {
			return some(v.fullURI())
		}),
		"http.request.uri.path": when(isRequest, func(v *view) []string {
			path, _, query := strings.Cut(v.m.Head.Target, "?")
			if !query {
				return nil // Wireshark splits a target only when it has a query
			}
			return some(path)
		}),
		"http.request.uri.query": when(isRequest, func(v *view) []string { _, q, _ := strings.Cut(v.m.Head.Target, "?"); return some(q) }),

		"http.response":           when(isResponse, func(*view) []string { return one("1") }),
		"http.response.version":   when(isResponse, func(v *view) []string { return some(v.m.Head.Version) }),
		"http.response.code":      when(isResponse, func(v *view) []string { return one(strconv.Itoa(v.m.Head.Status)) }),
		"http.response.phrase":    when(isResponse, func(v *view) []string { return some(v.m.Head.Reason) }),
		"http.response.code.desc": when(isResponse, func(v *view) []string { return some(httpdecode.StatusText(v.m.Head.Status)) }),
		"http.response.line":      when(isResponse, (*view).fieldLines),
		"http.response_for.uri": when(isResponse, func(v *view) []string {
			if v.x.Request == nil {
				return nil
			}
			return some((&view{v.x, v.x.Request, 0}).fullURI())
		}),
		"http.request_in": when(isResponse, func(v *view) []string {
			if v.x.Request == nil {
				return nil
			}
			return one(strconv.FormatInt(ended(v.x.Request).Frame, 10))
		}),
		"http.response_in": when(isRequest, func(v *view) []string {
			if v.x.Response == nil {
				return nil
			}
			return one(strconv.FormatInt(ended(v.x.Response).Frame, 10))
		}),
		"http.time": when(isResponse, func(v *view) []string {
			if v.x.Request == nil {
				return nil
			}
			return seconds(v.completed().Nano - ended(v.x.Request).Nano)
		}),
		"http.request_number":  when(isRequest, func(v *view) []string { return one(strconv.FormatInt(v.x.Ordinal, 10)) }),
		"http.response_number": when(isResponse, func(v *view) []string { return one(strconv.FormatInt(v.x.Ordinal, 10)) }),
		"http.content_length":  (*view).contentLength,
		"http.cookie_pair":     (*view).cookiePairs,
		"http.chunk_size":      (*view).chunkSizes,
	}
	for name, field := range headerFields {
		t[name] = func(v *view) []string { return v.values(field) }
	}
	for _, version := range []string{"ip", "ipv6"} {
		t[version+".src"] = func(v *view) []string { return address(v.src(), version) }
		t[version+".dst"] = func(v *view) []string { return address(v.dst(), version) }
		t[version+".addr"] = func(v *view) []string { return append(address(v.src(), version), address(v.dst(), version)...) }
	}
	return t
}()

// headerFields are Wireshark's names of single header fields.
var headerFields = map[string]string{
	"http.accept": "accept", "http.accept_encoding": "accept-encoding", "http.accept_language": "accept-language",
	"http.authorization": "authorization", "http.cache_control": "cache-control", "http.connection": "connection",
	"http.content_encoding": "content-encoding", "http.content_length_header": "content-length", "http.content_type": "content-type",
	"http.cookie": "cookie", "http.date": "date", "http.host": "host", "http.last_modified": "last-modified", "http.location": "location",
	"http.proxy_authenticate": "proxy-authenticate", "http.proxy_authorization": "proxy-authorization", "http.referer": "referer",
	"http.sec_websocket_accept": "sec-websocket-accept", "http.sec_websocket_extensions": "sec-websocket-extensions",
	"http.sec_websocket_key": "sec-websocket-key", "http.sec_websocket_protocol": "sec-websocket-protocol",
	"http.sec_websocket_version": "sec-websocket-version", "http.server": "server", "http.set_cookie": "set-cookie",
	"http.transfer_encoding": "transfer-encoding", "http.upgrade": "upgrade", "http.user_agent": "user-agent",
	"http.www_authenticate": "www-authenticate", "http.x_forwarded_for": "x-forwarded-for",
}

func isRequest(v *view) bool  { return v.m.Side == httpdecode.Client }
func isResponse(v *view) bool { return v.m.Side == httpdecode.Server }

func when(is func(*view) bool, get fieldFunc) fieldFunc {
	return func(v *view) []string {
		if !is(v) {
			return nil
		}
		return get(v)
	}
}

func one(s string) []string { return []string{s} }

// some is one value, or none when it is empty.
func some(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

func seconds(nano int64) []string {
	sign := ""
	if nano < 0 {
		sign, nano = "-", -nano
	}
	return one(fmt.Sprintf("%s%d.%09d", sign, nano/1e9, nano%1e9))
}

// ended is the packet that completes a message, to which Wireshark pins it:
// the FIN where the close ends the body.
func ended(m *trace.Message) trace.Point {
	if m.Done && m.Complete {
		return m.Ended
	}
	return m.Last
}

func (v *view) completed() trace.Point { return ended(v.m) }

func (v *view) src() netip.AddrPort { return v.x.Conn.Ends[v.m.Side] }
func (v *view) dst() netip.AddrPort { return v.x.Conn.Ends[1-v.m.Side] }

func address(a netip.AddrPort, version string) []string {
	if a.Addr().Is4() != (version == "ip") {
		return nil
	}
	return one(a.Addr().String())
}

func (v *view) values(name string) []string {
	var out []string
	for i := range v.m.Head.Fields {
		if f := &v.m.Head.Fields[i]; strings.EqualFold(f.Name, name) {
			out = append(out, f.Value)
		}
	}
	return out
}

// fieldLines are the field lines with their line ends, as Wireshark gives them.
func (v *view) fieldLines() []string {
	var out []string
	for i := range v.m.Head.Fields {
		f := &v.m.Head.Fields[i]
		out = append(out, v.m.Head.Raw[f.At:f.At+f.Len])
	}
	return out
}

func (v *view) fullURI() string {
	h := v.m.Head
	host, ok := h.Lookup(httpdecode.FieldHost)
	if !ok || h.Form == httpdecode.AbsoluteForm || h.Form == httpdecode.AuthorityForm {
		if h.Form == httpdecode.AbsoluteForm || h.Form == httpdecode.AuthorityForm {
			return h.Target
		}
		return ""
	}
	return "http://" + host + h.Target
}

func (v *view) contentLength() []string {
	h := v.m.Head
	if h.Framing.Kind == httpdecode.Length {
		return one(strconv.FormatInt(h.Framing.Length, 10))
	}
	return v.values("content-length")
}

func (v *view) cookiePairs() []string {
	var out []string
	for _, line := range v.m.Head.Values(httpdecode.FieldCookie) {
		for _, p := range strings.Split(line, ";") {
			if p = strings.TrimSpace(p); p != "" {
				out = append(out, p)
			}
		}
	}
	return out
}

func (v *view) chunkSizes() []string {
	var out []string
	for i := range v.m.Chunks {
		out = append(out, strconv.FormatInt(v.m.Chunks[i].Size, 10))
	}
	if v.m.Complete && v.m.Head.Framing.Kind == httpdecode.Chunked {
		out = append(out, "0") // the last chunk
	}
	return out
}
