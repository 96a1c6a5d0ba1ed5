package effect

import (
	"strings"
	"sync"

	"httpscope/internal/tcp"
)

// usual is what traffic mostly is, and what is easily forgotten. It is made
// once and never changes.
var usual = sync.OnceValue(func() *Traffic {
	s := newMaker()
	s.pages()
	s.forms()
	s.answers()
	s.strange()
	s.segments()
	s.others()
	return s.traffic()
})

// begun is a capture that begins and ends within a connection: its only packet
// is a POST.
var begun = sync.OnceValue(func() *Traffic {
	s := newMaker()
	s.conn(s.at(host, 8000)).Segment(0, tcp.ACK|tcp.PSH, []byte(get("POST", "/late", "a", "")))
	return s.traffic()
})

// late is a capture of so many connections that few would ask for less; a POST
// is the last.
var late = sync.OnceValue(func() *Traffic {
	s := newMaker()
	for range 1000 {
		s.conn(s.at(host, 8000)).Segment(0, tcp.SYN, nil)
	}
	s.talk(s.at(host, 8000), post("/", "user=Eve", false), answer(200, "ok", ""))
	return s.traffic()
})

func (s *maker) pages() {
	s.talk(s.at(host, 8000), get("GET", "/in?x=POST", "a", ""),
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n")
	for _, port := range []uint16{80, 8000, 8080, 5000} {
		s.talk(s.at(host, port), get("GET", "/", "a", ""), answer(200, "<p>hello", "Content-Type: text/html\r\n"))
		s.talk(s.at(loopback, port), post("/login.php", "user=Eve&password=1", true),
			answer(302, "", "Location: /home\r\nSet-Cookie: sid=3a4b5e; Path=/\r\n"))
	}
	s.talk(s.at(host, 8000), "GET / HTTP/1.0\r\n\r\n", "HTTP/1.0 200 OK\r\n\r\nPOST")
	s.talk(s.at(host, 8000), get("GET", "/search?", "a", ""), answer(200, "ok", ""))
	s.talk(s.at(host, 8000), "GET /nine\r\n", "<p>nine")
	s.talk(s.at(host, 8000))
	for _, method := range []string{"HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "get", "post"} {
		s.talk(s.at(host, 8000), get(method, "/"+strings.ToLower(method), "a", ""), "HTTP/1.1 204 No Content\r\n\r\n")
	}
	s.talk(s.at(host, 8000), get("TRACE", "/", "a", ""), "HTTP/1.1 404 \r\nContent-Length: 9\r\n\r\n\r\nCookie:")
	s.talk(s.at(host, 8000), get("CONNECT", "b:443", "b:443", ""), "HTTP/1.1 200 Connected\r\n\r\n")
}

const formType = "Content-Type: application/x-www-form-urlencoded\r\n"

func (s *maker) forms() {
	s.talk(s.at(host, 8000), post("/", "user=Eve", false), answer(200, "ok", ""),
		get("GET", "/home", "a", "Cookie: sid=3a4b5e\r\n"), answer(304, "", ""))
	s.talk(s.at(host, 8000), "POST /old HTTP/1.0\r\n"+formType+"Content-Length: 3\r\n\r\na=1",
		"HTTP/1.0 200 OK\r\n\r\nok")
	s.talk(s.at(host, 8000), "POST /up?draft=1 HTTP/1.1\r\nHost: a\r\nUser-Agent: u\r\nReferer: http://a/\r\nAuthorization: Basic YTpi\r\nCookie: sid=3a4b5e\r\nExpect: 100-continue\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n",
		"HTTP/1.1 100 Continue\r\n\r\n", "2\r\n{}\r\n0\r\n\r\n", answer(404, "no", "Set-Cookie: a=b\r\n"))
	s.talk(s.at(host, 8000), "POST * HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n")
	s.talk(s.at(host, 8000), post("/long", "a="+strings.Repeat("1", 1000), false),
		answer(200, strings.Repeat("2", 4000), ""))
	s.talk(s.at(host, 8000), "POST /kept HTTP/1.1\r\nHost: a\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 7\r\n\r\n--b--\r\n", answer(404, "no", ""))
	s.talk(s.at(host6, 8000), post("/six", "user=Eve", false), answer(200, "ok", ""))
}

func (s *maker) answers() {
	for _, status := range []int{201, 206, 301, 400, 401, 403, 404, 416, 500, 503} {
		s.talk(s.at(host, 8000), get("GET", "/s", "a", "Connection: close\r\n"),
			answer(status, "POST GET", "Connection: close\r\n"))
	}
	s.talk(s.at(host, 8000), get("GET", "/made", "a", ""),
		answer(201, "", "Location: /made\r\nSet-Cookie: bare\r\nContent-Type: text/html; charset=utf-8\r\n"))
	s.talk(s.at(host, 8000), get("GET", "/ok", "a", ""), "HTTP/1.1 201 OK\r\nContent-Length: 0\r\n\r\n")
	s.talk(s.at(host, 8000), get("GET", "/empty", "a", ""), "HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n")
	s.talk(s.at(host, 8000), get("GET", "/odd", "a", ""), answer(499, "", ""))
	s.talk(s.at(host, 8000), get("GET", "/odd", "a", ""), answer(999, "", ""))
}

// strange is what requests and responses seldom have, but may.
func (s *maker) strange() {
	s.talk(s.at(host, 8000), "GET /b HTTP/1.1\r\nhost: a\r\ncookie: sid=1\r\nContent-Length: 1\r\nUpgrade: websocket\r\nReferer: http://a/\r\nAuthorization: Bearer t\r\nAccept: */*\r\nRange: bytes=0-1\r\n\r\nx",
		"HTTP/1.1 200 OK\r\nset-cookie: bare\r\nTransfer-Encoding: gzip,chunked\r\n"+
			"Content-Encoding: br,gzip\r\n\r\n0\r\n\r\n")
	s.talk(s.at(host, 8000), get("GET", "/", "a", "Cookie: \r\nIf-Modified-Since: Mon, 02 Mar 2026 08:00:00 GMT\r\nIf-None-Match: \"1\"\r\n"), answer(200, "Cookie: no", "X-Cookie: no\r\n"))
	s.talk(s.at(host, 8000), get("GET", "/ws", "a", "Connection: Upgrade\r\nUpgrade: websocket\r\n"),
		"HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n")
	s.talk(s.at(host, 5555), "POST is-what-I-say\r\n", "POST is-what-I-say\r\n")
	for _, port := range []uint16{443, 8443} {
		s.shake(s.at(host, port), clientHello("a"), serverHello(), "\x17\x03\x03"+vector16("sealed"))
	}
}

// others is what comes without TCP, or over IPv6.
func (s *maker) others() {
	s.arp()
	for _, port := range []uint16{53, 80, 443, 8000, 8080} {
		s.datagram(s.at(host, port), "GET and POST in a datagram")
		s.datagram(s.at(loopback, port), "HTTP/1.1")
		s.conn(s.at(host6, port)).Open()
	}
}
