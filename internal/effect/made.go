package effect

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"httpscope/internal/filter"
	"httpscope/internal/recording"
	"httpscope/internal/synth"
)

// maxConstants bounds the constants of filters for which traffic is made.
const maxConstants = 24

// counterexamples is traffic to tell two filters apart: usual conversations,
// and for every constant of the filters conversations that have it, or
// something like it, in every place where it can stand.
func counterexamples(filters ...*filter.Filter) []*Traffic {
	var constants []string
	for _, f := range filters {
		constants = append(constants, f.Constants()...)
	}
	slices.Sort(constants)
	constants = slices.Compact(constants)
	all := []*Traffic{usual()}
	for _, c := range constants[:min(len(constants), maxConstants)] {
		all = append(all, around(c))
	}
	return all
}

// numbersAndAddresses are the constants of capture filters.
var numbersAndAddresses = regexp.MustCompile(`[0-9]+(\.[0-9]+){3}|[0-9]+`)

// capturedApart is traffic to tell two capture filters apart.
func capturedApart(filters ...string) []*Traffic {
	all := []*Traffic{usual()}
	seen := map[string]bool{}
	for _, f := range filters {
		for _, c := range numbersAndAddresses.FindAllString(f, maxConstants) {
			if !seen[c] {
				seen[c] = true
				all = append(all, around(c))
			}
		}
	}
	return all
}

// studio makes a capture of conversations.
type studio struct {
	buffer  bytes.Buffer
	capture *synth.Capture
	port    uint16
}

// begin is the date of made traffic: fixed, so that answers are repeatable.
var begin = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

func newStudio() *studio {
	s := &studio{port: 40000}
	s.capture = synth.NewCapture(&s.buffer, begin)
	return s
}

// traffic reads what was made. It is our own and cannot be damaged.
func (s *studio) traffic() *Traffic {
	r, err := recording.Read(&s.buffer, 0)
	if err != nil {
		panic("effect: made traffic cannot be read: " + err.Error())
	}
	return Of(r)
}

// place is where a conversation takes place.
type place struct{ client, server netip.AddrPort }

var (
	loopback  = netip.MustParseAddr("127.0.0.1")
	neighbour = netip.MustParseAddr("10.0.0.2")
	host      = netip.MustParseAddr("10.0.0.1")
)

// at is a place with a client port of its own.
func (s *studio) at(server netip.Addr, port uint16) place {
	s.port++
	client := neighbour
	if server == loopback {
		client = loopback
	}
	return place{netip.AddrPortFrom(client, s.port), netip.AddrPortFrom(server, port)}
}

// talk makes a connection in which client and server speak in turn. A saying
// with \x00 in it is sent in as many segments.
func (s *studio) talk(p place, sayings ...string) {
	c := s.capture.Conn(p.client, p.server, [2]uint32{uint32(p.client.Port()) * 1000, uint32(p.server.Port()) * 2000})
	c.Open()
	for i, saying := range sayings {
		for _, part := range strings.Split(saying, "\x00") {
			c.Send(i%2, []byte(part))
		}
	}
	c.Close(1)
}

// datagram makes a UDP packet (RFC 768), without a checksum.
func (s *studio) datagram(p place, data string) {
	const ethernet, ip, udp = 14, 20, 8
	b := make([]byte, ethernet, ethernet+ip+udp+len(data))
	copy(b, []byte{2, 0, 0, 0, 0, 1, 2, 0, 0, 0, 0, 2, 8, 0})
	b = append(b, 0x45, 0)
	b = binary.BigEndian.AppendUint16(b, uint16(ip+udp+len(data)))
	b = append(b, 0, 1, 0x40, 0, 64, 17, 0, 0)
	from, to := p.client.Addr().As4(), p.server.Addr().As4()
	b = append(append(b, from[:]...), to[:]...)
	b = binary.BigEndian.AppendUint16(b, p.client.Port())
	b = binary.BigEndian.AppendUint16(b, p.server.Port())
	b = binary.BigEndian.AppendUint16(b, uint16(udp+len(data)))
	s.capture.Frame(append(append(b, 0, 0), data...))
}

// arp makes a question for an address (RFC 826).
func (s *studio) arp() {
	b := append(bytes.Repeat([]byte{0xff}, 6), 2, 0, 0, 0, 0, 2, 8, 6, 0, 1, 8, 0, 6, 4, 0, 1, 2, 0, 0, 0, 0, 2, 10, 0, 0, 2)
	s.capture.Frame(append(b, 0, 0, 0, 0, 0, 0, 10, 0, 0, 1))
}

// get makes a request without a body; more are further fields with line ends.
func get(method, target, hostField, more string) string {
	return method + " " + target + " HTTP/1.1\r\nHost: " + hostField + "\r\n" + more + "\r\n"
}

// post makes a request with a body, in a segment of its own when split.
func post(target, body string, split bool) string {
	between := ""
	if split {
		between = "\x00"
	}
	return fmt.Sprintf("POST %s HTTP/1.1\r\nHost: a\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s%s", target, len(body), between, body)
}

// answer makes a response with a length.
func answer(status int, body, more string) string {
	return fmt.Sprintf("HTTP/1.1 %d Said\r\nContent-Length: %d\r\n%s\r\n%s", status, len(body), more, body)
}

// usual is what traffic mostly is. It is made once and never changes.
var usual = sync.OnceValue(func() *Traffic {
	s := newStudio()
	s.talk(s.at(host, 8000), get("GET", "/in?x=POST", "a", ""), "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")
	for _, port := range []uint16{80, 8000, 8080, 5000} {
		s.talk(s.at(host, port), get("GET", "/", "a", ""), answer(200, "<p>hello", "Content-Type: text/html\r\n"))
		s.talk(s.at(loopback, port), post("/login.php", "user=Eve&password=1", true), answer(302, "", "Location: /home\r\nSet-Cookie: sid=3a4b5e; Path=/\r\n"))
	}
	s.talk(s.at(host, 8000), post("/", "user=Eve", false), answer(200, "ok", ""), get("GET", "/home", "a", "Cookie: sid=3a4b5e\r\n"), answer(304, "", ""))
	for _, method := range []string{"HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "get", "post"} {
		s.talk(s.at(host, 8000), get(method, "/"+strings.ToLower(method), "a", ""), "HTTP/1.1 204 No Content\r\n\r\n")
	}
	for _, status := range []int{201, 206, 301, 400, 401, 403, 404, 416, 500, 503} {
		s.talk(s.at(host, 8000), get("GET", "/s", "a", "Connection: close\r\n"), answer(status, "POST GET", "Connection: close\r\n"))
	}
	s.talk(s.at(host, 8000), "GET / HTTP/1.0\r\n\r\n", "HTTP/1.0 200 OK\r\n\r\nPOST")
	s.talk(s.at(host, 5555), "POST is what I say\r\n", "POST is what I say\r\n")
	s.talk(s.at(host, 8000))
	s.arp()
	for _, port := range []uint16{53, 80, 443, 8000, 8080} {
		s.datagram(s.at(host, port), "GET and POST in a datagram")
		s.datagram(s.at(loopback, port), "HTTP/1.1")
	}
	return s.traffic()
})

// around is traffic with a constant in every place where it can stand.
func around(c string) *Traffic {
	s := newStudio()
	if n, err := strconv.ParseUint(c, 0, 32); err == nil {
		s.number(n)
	}
	if a, err := netip.ParseAddr(c); err == nil && a.Is4() {
		s.address(a)
	}
	if fits(c) {
		for _, word := range like(c) {
			s.word(word)
		}
	}
	return s.traffic()
}

// fits reports whether a constant can stand in a head without ending a line.
func fits(c string) bool {
	return c != "" && len(c) <= 200 && !strings.ContainsAny(c, "\r\n\x00")
}

// like are a word and words that are easily taken for it.
func like(c string) []string {
	words := []string{c, strings.ToLower(c), strings.ToUpper(c), c + "X", "x" + c}
	if len(c) > 1 {
		words = append(words, c[:len(c)-1])
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// token reports whether a word can be a method or a field name (RFC 9110
// section 5.6.2).
func token(word string) bool {
	return strings.Trim(word, "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
}

// word puts a word into every part of a message.
func (s *studio) word(w string) {
	target := strings.ReplaceAll(w, " ", "+")
	if token(w) {
		s.talk(s.at(host, 8000), get(w, "/", "a", ""), answer(200, "ok", ""))
		s.talk(s.at(host, 8000), get("GET", "/", "a", w+": 1\r\n"), answer(200, "ok", w+": 1\r\n"))
	}
	s.talk(s.at(host, 8000), get("GET", "/"+strings.TrimPrefix(target, "/"), "a", ""), answer(200, w, ""))
	s.talk(s.at(host, 8000), get("GET", "/in?x="+target, "a", ""), answer(404, "no", ""))
	s.talk(s.at(host, 8000), get("GET", "/", w, ""), answer(200, "ok", "Content-Type: "+w+"\r\n"))
	s.talk(s.at(host, 8000), get("GET", "/", "a", "User-Agent: "+w+"\r\nCookie: "+w+"=1; b="+w+"\r\n"), answer(200, "ok", "Set-Cookie: b="+w+"\r\nServer: "+w+"\r\n"))
	s.talk(s.at(host, 8000), get("GET", "/", "a", "Connection: "+w+"\r\nContent-Type: "+w+"\r\n"), answer(200, "ok", "Connection: "+w+"\r\nLocation: "+w+"\r\n"))
	s.talk(s.at(host, 8080), post("/", "a="+w, false), answer(500, "ok", ""))
	s.talk(s.at(host, 8080), post("/", "a="+w, true), answer(200, "ok", ""))
	s.talk(s.at(host, 5555), w+" \r\n", w+" \r\n")
}

// number uses a number, and its neighbours, as port, status and length.
func (s *studio) number(n uint64) {
	for _, k := range []uint64{n - 1, n, n + 1} {
		if 0 < k && k < 1<<16 {
			s.talk(s.at(host, uint16(k)), get("GET", "/", "a", ""), answer(200, "ok", ""))
			p := s.at(host, 8000)
			s.talk(place{netip.AddrPortFrom(neighbour, uint16(k)), p.server}, post("/", "a", false), answer(200, "ok", ""))
			s.talk(s.at(host, uint16(k)), "no HTTP at all\r\n")
			s.datagram(s.at(host, uint16(k)), "no TCP at all")
		}
		if 200 <= k && k < 600 {
			s.talk(s.at(host, 8000), get("GET", "/", "a", ""), answer(int(k), "ok", ""))
		}
		if k < 1<<14 {
			body := strings.Repeat("x", int(k))
			s.talk(s.at(host, 8000), post("/", body, false), answer(200, body, ""))
		}
	}
}

// address uses an address on either side.
func (s *studio) address(a netip.Addr) {
	p := s.at(a, 8000)
	s.talk(p, get("GET", "/", "a", ""), answer(200, "ok", ""))
	s.talk(place{netip.AddrPortFrom(a, p.client.Port()), netip.AddrPortFrom(host, 8000)}, post("/", "a", false), answer(200, "ok", ""))
	s.datagram(p, "no TCP at all")
	s.talk(place{netip.AddrPortFrom(a, p.client.Port()), netip.AddrPortFrom(a, 8000)}, get("GET", "/", "a", ""), answer(200, "ok", ""))
}
