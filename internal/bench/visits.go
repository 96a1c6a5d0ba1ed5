//go:build linux || darwin

package main

import (
	"fmt"
	"strings"
)

// exchange begins what a visitor does next. Pages are most of it, as on the web.
func (v *visitor) exchange() {
	switch n := v.rng.IntN(100); {
	case n < 40:
		v.page(v.codedBody())
	case n < 50:
		v.page(v.plainBody())
	case n < 62:
		v.unchanged()
	case n < 74:
		v.download()
	case n < 80:
		v.form()
	case n < 84:
		v.upload()
	case n < 90:
		v.pictures()
	case n < 95:
		v.ask("GET", fmt.Sprintf("/gone/%d", v.rng.IntN(1000)), "")
		v.answer("404 Not Found", "Content-Type: text/html\r\n", v.text[:196])
	case n < 98:
		v.ask("GET", "/old", "")
		v.answer("302 Found", "Location: /new\r\n", nil)
	default:
		v.ask("HEAD", "/", "")
		v.answer("200 OK", "Content-Type: text/html\r\n", nil)
	}
}

// request is the head of a request, with the cookies that the visitor has.
func (v *visitor) request(method, target, more string) []byte {
	b := fmt.Appendf(nil, "%s %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: %s\r\nAccept: text/html,application/xhtml+xml,*/*;q=0.8\r\n"+
		"Accept-Language: en-US,en;q=0.5\r\nAccept-Encoding: gzip, deflate, br\r\nConnection: keep-alive\r\n", method,
		target, v.host, v.agent)
	if len(v.cookies) > 0 {
		b = fmt.Appendf(b, "Cookie: %s\r\n", strings.Join(v.cookies, "; "))
	}
	return append(append(b, more...), "\r\n"...)
}

func (v *visitor) ask(method, target, more string) {
	v.pending = append(v.pending, sending{0, v.request(method, target, more)})
}

// response is a response that changes the visitor's session.
func (v *visitor) response(status, more string, body []byte) []byte {
	b := fmt.Appendf(nil, "HTTP/1.1 %s\r\nDate: Mon, 02 Mar 2026 08:00:00 GMT\r\nServer: Apache/2.4.62 (Debian)\r\n%s%s", status, v.setCookie(), more)
	if !strings.HasPrefix(status, "304") && !strings.Contains(more, "Transfer-Encoding") {
		b = fmt.Appendf(b, "Content-Length: %d\r\n", len(body))
	}
	return append(append(b, "\r\n"...), body...)
}

func (v *visitor) answer(status, more string, body []byte) {
	v.pending = append(v.pending, sending{1, v.response(status, more, body)})
}

// setCookie gives the session another value, and now and then sets a cookie that is new
// or ends one.
func (v *visitor) setCookie() string {
	name := "session"
	attributes := "; Path=/; HttpOnly"
	switch n := v.rng.IntN(20); {
	case n == 0:
		name, attributes = fmt.Sprintf("seen%d", v.rng.IntN(100)), "; Path=/; Max-Age=3600"
	case n == 1 && len(v.cookies) > 0:
		name, _, _ = strings.Cut(v.cookies[v.rng.IntN(len(v.cookies))], "=")
		v.forget(name)
		return "Set-Cookie: " + name + "=; Path=/; Max-Age=0\r\n"
	}
	pair := fmt.Sprintf("%s=%016x", name, v.rng.Uint64())
	for i, c := range v.cookies {
		if strings.HasPrefix(c, name+"=") {
			v.cookies[i] = pair
			return "Set-Cookie: " + pair + attributes + "\r\n"
		}
	}
	v.cookies = append(v.cookies, pair)
	return "Set-Cookie: " + pair + attributes + "\r\n"
}

func (v *visitor) forget(name string) {
	for i, c := range v.cookies {
		if strings.HasPrefix(c, name+"=") {
			v.cookies = append(v.cookies[:i:i], v.cookies[i+1:]...)
			return
		}
	}
}

// codedBody is a page in a content coding, and its fields.
func (v *visitor) codedBody() (string, []byte) {
	coding := "gzip"
	if v.rng.IntN(3) == 0 {
		coding = "br"
	}
	bodies := v.coded[coding]
	return "Content-Type: text/html; charset=utf-8\r\nVary: Accept-Encoding\r\nContent-Encoding: " + coding + "\r\n",
		bodies[v.rng.IntN(len(bodies))]
}

func (v *visitor) plainBody() (string, []byte) {
	return "Content-Type: text/html\r\n", v.text[:200+v.rng.IntN(1<<(6+v.rng.IntN(11)))]
}

// page is a page with a query, in chunks or with a length.
func (v *visitor) page(fields string, body []byte) {
	v.ask("GET", fmt.Sprintf("/page/%d?q=term+%d&lang=en", v.rng.IntN(10_000), v.rng.IntN(100)), "")
	if v.rng.IntN(3) > 0 {
		v.answer("200 OK", fields, body)
		return
	}
	var chunked []byte
	for len(body) > 0 {
		n := min(len(body), 8192)
		chunked = append(append(fmt.Appendf(chunked, "%x\r\n", n), body[:n]...), "\r\n"...)
		body = body[n:]
	}
	v.answer("200 OK", fields+"Transfer-Encoding: chunked\r\n", append(chunked, "0\r\n\r\n"...))
}

// unchanged is a conditional request; mostly nothing has changed.
func (v *visitor) unchanged() {
	tag := fmt.Sprintf("\"%x-64d1\"", v.rng.IntN(500))
	v.ask("GET", "/style.css", "If-None-Match: "+tag+"\r\nIf-Modified-Since: Sun, 01 Mar 2026 10:00:00 GMT\r\n")
	if v.rng.IntN(5) > 0 {
		v.answer("304 Not Modified", "ETag: "+tag+"\r\n", nil)
		return
	}
	v.answer("200 OK", "Content-Type: text/css\r\nETag: \"new\"\r\n", v.text[:3000])
}

// filmSize is the size of the one resource that all visitors take parts of.
const filmSize = 64 << 20

// download takes the next part of the film, or jumps, as a player does.
func (v *visitor) download() {
	if v.rng.IntN(4) == 0 {
		v.resume = v.rng.IntN(filmSize - len(v.text))
	}
	n := 1 + v.rng.IntN(1<<(8+v.rng.IntN(9)))
	first := v.resume
	last := min(first+n, filmSize) - 1
	v.resume = (last + 1) % filmSize
	v.ask("GET", "/film.mp4", fmt.Sprintf("Range: bytes=%d-%d\r\n", first, last))
	v.answer("206 Partial Content", fmt.Sprintf(
		"Content-Type: video/mp4\r\nETag: \"film\"\r\nContent-Range: bytes %d-%d/%d\r\n", first, last, filmSize),
		v.text[:last+1-first])
}

// form is a form and the redirect that follows.
func (v *visitor) form() {
	body := fmt.Sprintf("user=visitor%d&pw=%x&text=%s", v.made, v.rng.Uint64(),
		strings.Repeat("a+word+", v.rng.IntN(200)))
	v.pending = append(v.pending, sending{0, append(
		v.request("POST", "/login", fmt.Sprintf(
			"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n", len(body))), body...)})
	v.answer("303 See Other", "Location: /home\r\n", nil)
}

// upload is a form with a file.
func (v *visitor) upload() {
	const boundary = "----7d81b516112482"
	body := fmt.Appendf(nil, "--%s\r\nContent-Disposition: form-data; name=\"title\"\r\n\r\nholiday\r\n--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n"+
		"Content-Type: text/plain\r\n\r\n%s\r\n--%s--\r\n", boundary, boundary, v.text[:v.rng.IntN(30_000)], boundary)
	v.pending = append(v.pending, sending{0, append(v.request("POST", "/upload",
		fmt.Sprintf("Content-Type: multipart/form-data; boundary=%s\r\nContent-Length: %d\r\n", boundary, len(body))),
		body...)})
	v.answer("201 Created", "Location: /files/1\r\nContent-Type: text/plain\r\n", []byte("stored\n"))
}

// pictures are asked for one behind the other, without waiting.
func (v *visitor) pictures() {
	var asked, answered []byte
	for i := range 2 + v.rng.IntN(5) {
		asked = append(asked, v.request("GET", fmt.Sprintf("/pictures/%d.png", i), "")...)
	}
	for range strings.Count(string(asked), "/pictures/") {
		answered = append(answered, v.response("200 OK",
			"Content-Type: image/png\r\nCache-Control: max-age=86400\r\n", v.text[:500+v.rng.IntN(4000)])...)
	}
	v.pending = append(v.pending, sending{0, asked}, sending{1, answered})
}
