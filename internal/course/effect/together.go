package effect

import (
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"httpscope/internal/filter"
	"httpscope/internal/tcp"
)

// maxTogether bounds the conversations that have constants together.
const maxTogether = 400

// slotValues is what a conversation has in its slots: a value by the name of a slot.
type slotValues map[string]string

// together is a conversation for every combination of the values of the slots
// that the filters test: only they tell conjunctions apart.
func together(constants []filter.Constant, names []string) *Traffic {
	s := newMaker()
	for _, sc := range combinations(filled(constants, names)) {
		s.play(sc)
	}
	return s.traffic()
}

// combinations are all slotValueSets of slots. Of the longest slot the last value is
// given up as long as there are too many.
func combinations(slots []slot) []slotValues {
	for count(slots) > maxTogether {
		longest := 0
		for i := range slots {
			if len(slots[i].values) > len(slots[longest].values) {
				longest = i
			}
		}
		slots[longest].values = slots[longest].values[:len(slots[longest].values)-1]
	}
	all := []slotValues{{}}
	for _, t := range slots {
		var next []slotValues
		for _, v := range t.values {
			for _, sc := range all {
				next = append(next, sc.with(t.name, v))
			}
		}
		all = next
	}
	return all
}

func count(slots []slot) int {
	n := 1
	for _, t := range slots {
		n *= len(t.values)
	}
	return n
}

func (sc slotValues) with(name, value string) slotValues {
	out := slotValues{name: value}
	for k, v := range sc {
		out[k] = v
	}
	return out
}

// or is the value of a slot, or another when the slot is not tested.
func (sc slotValues) or(name, other string) string {
	if v, ok := sc[name]; ok {
		return v
	}
	return other
}

// play makes the conversation of a slotValues: a handshake, a request, a response.
func (s *maker) play(sc slotValues) {
	p, ok := s.placeOf(sc)
	if !ok {
		return
	}
	c := s.conn(p)
	c.Open()
	for i, saying := range []string{sc.request(), sc.response()} {
		c.Segment(i, tcp.ACK|tcp.PSH, []byte(saying))
		c.Seq[i] += uint32(len(saying))
	}
}

// placeOf is not ok for addresses of different versions of IP.
func (s *maker) placeOf(sc slotValues) (place, bool) {
	s.port++
	client, err1 := netip.ParseAddr(sc.or("client", neighbour.String()))
	server, err2 := netip.ParseAddr(sc.or("server", host.String()))
	from, err3 := strconv.ParseUint(sc.or("client port", strconv.Itoa(int(s.port))), 0, 16)
	to, err4 := strconv.ParseUint(sc.or("server port", "8000"), 0, 16)
	p := place{netip.AddrPortFrom(client, uint16(from)), netip.AddrPortFrom(server, uint16(to))}
	return p, err1 == nil && err2 == nil && err3 == nil && err4 == nil && client.Is4() == server.Is4()
}

func (sc slotValues) request() string {
	method := sc.or("method", "GET")
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %s\r\n", method, sc.or("target", "/"), sc.or("version", "HTTP/1.1"))
	sc.field(&b, "Host", sc.or("host", "a"))
	sc.field(&b, "User-Agent", sc["user agent"])
	sc.field(&b, "Cookie", sc["cookie"])
	sc.field(&b, "Content-Type", sc["request type"])
	sc.further(&b)
	body := sc["request body"]
	if body != "" || method == "POST" || method == "PUT" {
		sc.field(&b, "Content-Length", strconv.Itoa(len(body)))
	}
	return b.String() + "\r\n" + body
}

func (sc slotValues) response() string {
	var b strings.Builder
	status := sc.or("status", "200")
	n, _ := strconv.Atoi(status)
	fmt.Fprintf(&b, "%s %s %s\r\n", sc.or("version", "HTTP/1.1"), status, sc.or("phrase", phrase(n)))
	sc.field(&b, "Set-Cookie", sc["set cookie"])
	sc.field(&b, "Content-Type", sc["response type"])
	sc.further(&b)
	body := sc["response body"]
	if sc["method"] == "HEAD" || n < 200 || n == 204 || n == 304 {
		return b.String() + "\r\n"
	}
	sc.field(&b, "Content-Length", strconv.Itoa(len(body)))
	return b.String() + "\r\n" + body
}

// field writes a field that has a value.
func (sc slotValues) field(b *strings.Builder, name, value string) {
	if value != "" {
		b.WriteString(name + ": " + value + "\r\n")
	}
}

// further writes the fields that have slots of their own name.
func (sc slotValues) further(b *strings.Builder) {
	var names []string
	for k := range sc {
		if strings.HasSuffix(k, ":") {
			names = append(names, k)
		}
	}
	slices.Sort(names)
	for _, k := range names {
		sc.field(b, strings.TrimSuffix(k, ":"), sc[k])
	}
}
