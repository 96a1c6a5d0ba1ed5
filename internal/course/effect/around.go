package effect

import (
	"bytes"
	"fmt"
	"net/netip"
	"slices"
	"strconv"
	"strings"
	"time"

	"httpscope/internal/tcp"
)

// around is traffic with a constant in every place where it can stand.
func around(c string) *Traffic {
	s := newMaker()
	if n, err := strconv.ParseUint(c, 0, 32); err == nil {
		s.number(n)
	}
	if d, err := strconv.ParseFloat(c, 64); err == nil {
		s.wait(d)
	}
	for _, a := range addressesLike(c) {
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

// addressesLike are an address and its neighbour, or the first and last of a
// prefix and those just outside; none when the constant is neither.
func addressesLike(c string) []netip.Addr {
	if a, err := netip.ParseAddr(c); err == nil && a.Zone() == "" {
		return valid(a, a.Next())
	}
	prefix, err := netip.ParsePrefix(c)
	if err != nil {
		return nil
	}
	first := prefix.Masked().Addr()
	last := lastOf(prefix)
	return valid(first.Next(), last.Prev(), last.Next(), first.Prev())
}

// lastOf is the last address of a prefix: all bits behind it are set.
func lastOf(prefix netip.Prefix) netip.Addr {
	b := prefix.Masked().Addr().AsSlice()
	for bit := prefix.Bits(); bit < len(b)*8; bit++ {
		b[bit/8] |= 0x80 >> (bit % 8)
	}
	a, _ := netip.AddrFromSlice(b)
	return a
}

func valid(addresses ...netip.Addr) []netip.Addr {
	return slices.DeleteFunc(addresses, func(a netip.Addr) bool { return !a.IsValid() })
}

// word puts a word into every part of a message.
func (s *maker) word(w string) {
	target := strings.ReplaceAll(w, " ", "+")
	if token(w) {
		s.talk(s.at(host, 8000), get(w, "/", "a", ""), answer(200, "ok", ""))
		s.talk(s.at(host, 8000), get("GET", "/", "a", w+": 1\r\n"), answer(200, "ok", w+": 1\r\n"))
	}
	s.talk(s.at(host, 8000), get("GET", "/"+strings.TrimPrefix(target, "/"), "a", ""), answer(200, w, ""))
	s.talk(s.at(host, 8000), get("GET", "/in?x="+target, "a", ""), answer(404, "no", ""))
	s.talk(s.at(host, 8000), get("GET", "/", w, ""), answer(200, "ok", "Content-Type: "+w+"\r\n"))
	s.talk(s.at(host, 8000), get("POST", "/", w, "Referer: "+w+"\r\n"), "HTTP/1.1 200 "+w+"\r\nContent-Length: 0\r\nContent-Encoding: "+w+"\r\n\r\n")
	s.talk(s.at(host, 8000), get("GET", "/", "a", "User-Agent: "+w+"\r\nCookie: "+w+"=1; b="+w+"\r\n"), answer(200, "ok", "Set-Cookie: b="+w+"\r\nServer: "+w+"\r\n"))
	s.talk(s.at(host, 8000), get("GET", "/", "a", "Authorization: "+w+"\r\nCookie: "+w+"\r\n"), answer(200, "ok", "Set-Cookie: "+w+"=1\r\nX-Note: "+w+"\r\n"))
	s.talk(s.at(host, 8000), get("GET", "/", "a", "Connection: "+w+"\r\nContent-Type: "+w+"\r\nX-Note: "+w+"\r\n"), answer(200, "ok", "Connection: "+w+"\r\nLocation: "+w+"\r\n"))
	s.talk(s.at(host, 8080), post("/", "a="+w, false), answer(500, "ok", ""))
	s.talk(s.at(host, 8080), post("/", "a="+w, true), answer(200, "ok", ""))
	s.talk(s.at(host, 5555), w+" \r\n", w+" \r\n")
	s.talk(s.at(host, 8000), "GET / HTTP/1.1\r\nhost: "+w+"\r\n\r\n", "HTTP/1.1 200 OK\r\ncontent-type: "+w+"\r\nContent-Length: 0\r\n\r\n")
	s.shake(s.at(host, 443), clientHello(w))
}

// number uses a number, and its neighbours, as port, status and length.
func (s *maker) number(n uint64) {
	for _, k := range []uint64{n - 1, n, n + 1} {
		if 0 < k && k < 1<<16 {
			s.portNumber(uint16(k))
		}
		if 200 <= k && k < 1000 {
			s.talk(s.at(host, 8000), get("GET", "/", "a", ""), answer(int(k), "ok", ""))
			s.talk(s.at(host, 8000), get("GET", "/", "a", ""), fmt.Sprintf("HTTP/1.1 %d \r\nContent-Length: 0\r\n\r\n", k))
		}
		s.length(k)
	}
}

func (s *maker) portNumber(port uint16) {
	s.talk(s.at(host, port), get("GET", "/", "a", ""), answer(200, "ok", ""))
	s.talk(place{netip.AddrPortFrom(neighbour, port), netip.AddrPortFrom(host, 8000)}, post("/", "a", false), answer(200, "ok", ""))
	s.talk(s.at(host, port), "no-HTTP-at-all\r\n")
	s.conn(s.at(host6, port)).Open()
	s.datagram(s.at(host, port), "no-TCP-at-all")
}

// length makes messages, a segment and a frame of a length. What is long is
// only said in the response to a HEAD.
func (s *maker) length(n uint64) {
	if n < 1<<12 {
		body := strings.Repeat("x", int(n))
		s.talk(s.at(host, 8000), post("/", body, false), answer(200, body, ""))
	}
	s.talk(s.at(host, 8000), get("HEAD", "/", "a", ""), fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n", n))
	const headers = 14 + 20 + 32
	for _, payload := range []uint64{n, n - headers} {
		if 0 < payload && payload < 1<<13 {
			s.conn(s.at(host, 5555)).Segment(0, tcp.ACK, bytes.Repeat([]byte{'x'}, int(payload)))
		}
	}
}

// wait lets a server answer after a little less and a little more than a time in
// seconds.
func (s *maker) wait(seconds float64) {
	if !(0 < seconds && seconds < 1e5) {
		return
	}
	for _, part := range []float64{0.99, 1, 1.01} {
		c := s.conn(s.at(host, 8000))
		c.Open()
		c.Send(0, []byte(get("GET", "/slow", "a", "")))
		s.capture.Now = s.capture.Now.Add(time.Duration(part * seconds * float64(time.Second)))
		c.Send(1, []byte(answer(200, "ok", "")))
	}
}

// address uses an address on either side, and on both.
func (s *maker) address(a netip.Addr) {
	p, other := s.at(a, 8000), host
	if a.Is6() {
		other = host6
	}
	s.talk(p, get("GET", "/", "a", ""), answer(200, "ok", ""))
	s.talk(place{netip.AddrPortFrom(a, p.client.Port()), netip.AddrPortFrom(other, 8000)}, post("/", "a", false), answer(200, "ok", ""))
	s.talk(place{netip.AddrPortFrom(a, p.client.Port()), netip.AddrPortFrom(a, 8000)}, get("GET", "/", "a", ""), answer(200, "ok", ""))
	if a.Is4() {
		s.datagram(p, "no-TCP-at-all")
	}
}
