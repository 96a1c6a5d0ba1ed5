package effect

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"httpscope/internal/filter"
)

// slot is a part of a conversation that filters test.
type slot struct {
	name   string
	fields []string                     // of the filter language, that see it
	usual  []string                     // values beside those of constants; "" when it is absent
	values []string                     // that it takes
	shape  func(constant string) string // makes a constant fit, "" when it cannot; nil takes text
}

// maxValues bounds the values of a slot before combinations are counted.
const maxValues = 6

// Fields that see a body, an address, a port of either side.
var (
	bodyFields = []string{"http.file_data", "http.content_length", "data.data", "data.len", "http", "tcp", "frame",
		"tcp.len", "tcp.payload"}
	addressFields = []string{"ip.src", "ip.dst", "ip.addr", "ip", "ipv6.src", "ipv6.dst", "ipv6.addr", "ipv6"}
	portFields    = []string{"tcp.port", "tcp.srcport", "tcp.dstport"}
)

// slots are the parts of a conversation. Fields of heads that are not here have
// a slot when a filter names them.
func slots() []slot {
	return []slot{
		{name: "method", fields: []string{"http.request.method", "http.request.line", "http.request", "http.response"},
			usual: []string{"GET", "POST"}, shape: methodOf},
		{name: "target", fields: []string{"http.request.uri", "http.request.uri.path", "http.request.uri.query",
			"http.request.uri.query.parameter", "http.request.full_uri", "http.response_for.uri"},
			usual: []string{"/", "/in?x=1"}, shape: targetOf},
		{name: "host", fields: []string{"http.host", "http.request.full_uri"}, usual: []string{"a", ""}},
		{name: "version", fields: []string{"http.request.version", "http.response.version"},
			usual: []string{"HTTP/1.1", "HTTP/1.0"}, shape: versionOf},
		{name: "request type", fields: []string{"http.content_type"}, usual: []string{"", "application/json"}},
		{name: "response type", fields: []string{"http.content_type"}, usual: []string{"text/html", ""}},
		{name: "user agent", fields: []string{"http.user_agent"}, usual: []string{"", "curl/8.5.0"}},
		{name: "cookie", fields: []string{"http.cookie", "http.cookie_pair"}, usual: []string{"", "a=b"},
			shape: pairOf},
		{name: "set cookie", fields: []string{"http.set_cookie"}, usual: []string{"", "a=b"}, shape: pairOf},
		{name: "status", fields: []string{"http.response.code", "http.response.line"},
			usual: []string{"200", "404"}, shape: statusOf},
		{name: "phrase", fields: []string{"http.response.phrase", "http.response.code.desc"},
			usual: []string{"OK", "Not Found"}},
		{name: "request body", fields: bodyFields, usual: []string{"", "a=1"}, shape: bodyOf},
		{name: "response body", fields: bodyFields, usual: []string{"ok", ""}, shape: bodyOf},
		{name: "client", fields: addressFields, usual: []string{neighbour.String()}, shape: addressOf},
		{name: "server", fields: addressFields, usual: []string{host.String()}, shape: addressOf},
		{name: "client port", fields: portFields, usual: []string{"40001"}, shape: portOf},
		{name: "server port", fields: portFields, usual: []string{"8000"}, shape: portOf},
	}
}

// filled are the slots that filters test, with the values that they test for,
// values like those, and usual ones.
func filled(constants []filter.Constant, names []string) []slot {
	var out []slot
	for _, t := range append(slots(), furtherSlots(names)...) {
		if !slices.ContainsFunc(names, t.sees) {
			continue
		}
		t.fill(constants)
		out = append(out, t)
	}
	return out
}

func (t *slot) sees(name string) bool {
	name, _, _ = strings.Cut(name, "#")
	return slices.Contains(t.fields, name)
}

// fill takes the constants first, then one that a conversation has usually, then
// what is easily taken for the constants.
func (t *slot) fill(constants []filter.Constant) {
	var similar []string
	for _, c := range constants {
		if !t.sees(c.Field) {
			continue
		}
		own := []string{c.Value}
		if c.Pattern {
			own = samples(c.Value)
		}
		for _, v := range own {
			t.take(v)
			similar = append(similar, neighbours(v)...)
		}
	}
	t.values = t.values[:min(len(t.values), maxValues-2)]
	t.add(t.usual[0])
	for _, v := range similar {
		if len(t.values) < maxValues-1 {
			t.take(v)
		}
	}
	for _, v := range t.usual[1:] {
		t.add(v)
	}
	if strings.Contains(t.name, "client") || strings.Contains(t.name, "server") {
		t.secondVersion()
	}
}

// take adds a value when the slot can hold it.
func (t *slot) take(v string) {
	if t.shape != nil {
		v = t.shape(v)
	}
	if fits(v) {
		t.add(v)
	}
}

func (t *slot) add(v string) {
	if !slices.Contains(t.values, v) {
		t.values = append(t.values, v)
	}
}

// secondVersion adds an address of IPv6 to addresses of both versions, so that
// either has a partner.
func (t *slot) secondVersion() {
	six := map[string]string{"client": neighbour6.String(), "server": host6.String()}[t.name]
	if six != "" && slices.ContainsFunc(t.values, func(v string) bool { return strings.Contains(v, ":") }) {
		t.add(six)
	}
}

// neighbours are values that are easily taken for one.
func neighbours(v string) []string {
	if n, err := strconv.ParseUint(v, 0, 32); err == nil {
		return []string{strconv.FormatUint(n+1, 10), strconv.FormatUint(n-1, 10)}
	}
	var out []string
	for _, a := range addressesLike(v) {
		out = append(out, a.String())
	}
	if len(out) > 0 {
		return out
	}
	return []string{v + "X", "x" + v, strings.ToLower(v), strings.ToUpper(v)}
}

// furtherSlots are slots for fields of heads that filters name and no other slot
// has, after the rule by which Wireshark names them.
func furtherSlots(names []string) []slot {
	var out []slot
	for _, n := range names {
		short, ok := strings.CutPrefix(n, "http.")
		if !ok || !slices.Contains(freeFields, short) {
			continue
		}
		out = append(out, slot{name: strings.ReplaceAll(short, "_", "-") + ":", fields: []string{n},
			usual: []string{"", "x"}})
	}
	return out
}

// freeFields are fields whose value changes nothing about where a message ends.
var freeFields = []string{"accept", "accept_encoding", "accept_language", "authorization", "cache_control",
	"connection", "content_encoding",
	"date", "last_modified", "location", "proxy_authenticate", "referer", "server", "www_authenticate",
	"x_forwarded_for"}

func methodOf(v string) string {
	if !token(v) {
		return ""
	}
	return v
}

func targetOf(v string) string {
	v = strings.ReplaceAll(v, " ", "+")
	if v == "" || v == "*" || strings.HasPrefix(v, "http://") {
		return v
	}
	return "/" + strings.TrimPrefix(v, "/")
}

func versionOf(v string) string {
	if v != "HTTP/1.0" && v != "HTTP/1.1" {
		return ""
	}
	return v
}

// pairOf makes a cookie of a name.
func pairOf(v string) string {
	if v == "" || strings.Contains(v, "=") {
		return v
	}
	return v + "=1"
}

func statusOf(v string) string {
	if n, err := strconv.ParseUint(v, 0, 16); err != nil || n < 102 || n > 999 {
		return ""
	}
	return v
}

// bodyOf makes a body of a length, or of a text.
func bodyOf(v string) string {
	n, err := strconv.ParseUint(v, 0, 16)
	switch {
	case err != nil:
		return v
	case n > 199:
		return ""
	}
	return strings.Repeat("x", int(n))
}

func addressOf(v string) string {
	if a, err := netip.ParseAddr(v); err == nil {
		return a.String()
	}
	if like := addressesLike(v); len(like) > 0 {
		return like[0].String()
	}
	return ""
}

func portOf(v string) string {
	if n, err := strconv.ParseUint(v, 0, 16); err != nil || n == 0 {
		return ""
	}
	return v
}
