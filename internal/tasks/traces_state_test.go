package tasks_test

import "time"

// stateTraces are traces of ranges, sessions, secrets and the lab's servers.
var stateTraces = map[string]sampled{
	"range": {
		does: func(w *wire) {
			w.exchange(4001, get("/a", "Range: bytes=2-4\r\n"),
				answer("206 Partial Content", "cde", "Content-Range: bytes 2-4/10\r\n"))
		},
		looks: func(w *wire) { // other bytes than those asked for
			w.exchange(4001, get("/a", "Range: bytes=2-4\r\n"),
				answer("206 Partial Content", "abc", "Content-Range: bytes 0-2/10\r\n"))
		},
		missing: "206 with Content-Range",
	},
	"ranges": {
		does: func(w *wire) {
			w.exchange(4001, get("/a", "Range: bytes=0-1, 4-5\r\n"), answer("206 Partial Content",
				"--x\r\nContent-Range: bytes 0-1/10\r\n\r\nab\r\n--x\r\nContent-Range: bytes 4-5/10\r\n\r\nef\r\n--x--\r\n", "Content-Type: multipart/byteranges; boundary=x\r\n"))
		},
		looks: func(w *wire) { // the server sends all instead
			w.exchange(4001, get("/a", "Range: bytes=0-1, 4-5\r\n"), answer("200 OK", "abcdefghij"))
		},
		missing: "206 with several parts",
	},
	"range-edges": {
		does: func(w *wire) {
			w.exchange(4001, get("/a", "Range: bytes=-3\r\n"),
				answer("206 Partial Content", "hij", "Content-Range: bytes 7-9/10\r\n"))
			w.exchange(4001, get("/a", "Range: bytes=10-\r\n"),
				answer("416 Range Not Satisfiable", "", "Content-Range: bytes */10\r\n"))
		},
		looks: func(w *wire) { // the first bytes in place of the last
			w.exchange(4001, get("/a", "Range: bytes=-3\r\n"),
				answer("206 Partial Content", "abc", "Content-Range: bytes 0-2/10\r\n"))
			w.exchange(4001, get("/a", "Range: bytes=10-\r\n"),
				answer("416 Range Not Satisfiable", "", "Content-Range: bytes */10\r\n"))
		},
		missing: "a suffix range, answered by 206 up to the last byte",
	},
	"cookie": {
		does: func(w *wire) {
			w.exchange(4001, get("/"), answer("200 OK", "a", "Set-Cookie: lang=en; Path=/\r\n"))
			w.exchange(4002, get("/", "Cookie: x=y; lang=en\r\n"), answer("200 OK", "a"))
		},
		looks: func(w *wire) { // the client sent it before the server set it
			w.exchange(4001, get("/", "Cookie: lang=en\r\n"), answer("200 OK", "a", "Set-Cookie: lang=en; Path=/\r\n"))
		},
		missing: "a later request that carries it",
	},
	"login": {
		does: func(w *wire) {
			w.exchange(4001, post("/login.php", "user=philip&pw=123456"),
				answer("200 OK", "hi", "Set-Cookie: sessionid=3a4b5e\r\n"))
			w.exchange(4001, get("/home.php", "Cookie: sessionid=3a4b5e\r\n"), answer("200 OK", "a"))
			w.exchange(4001, get("/logout.php", "Cookie: sessionid=3a4b5e\r\n"),
				answer("200 OK", "a", "Set-Cookie: sessionid=; Max-Age=0\r\n"))
		},
		looks: func(w *wire) { // a form without a password, and no logout
			w.exchange(4001, post("/login.php", "color=red"),
				answer("200 OK", "hi", "Set-Cookie: sessionid=3a4b5e\r\n"))
			w.exchange(4001, get("/home.php", "Cookie: sessionid=3a4b5e\r\n"), answer("200 OK", "a"))
			w.exchange(4001, get("/logout.php", "Cookie: sessionid=3a4b5e\r\n"), answer("200 OK", "a"))
		},
	},
	"hijack": {
		does: func(w *wire) {
			w.exchange(4001, get("/mail", "User-Agent: victim\r\n", "Cookie: sessionid=3a4b5e\r\n"),
				answer("200 OK", "a"))
			w.exchange(4002, get("/mail", "User-Agent: thief\r\n", "Cookie: sessionid=3a4b5e\r\n"),
				answer("200 OK", "a"))
		},
		looks: func(w *wire) { // two clients with the same taste, and each with its own session
			w.exchange(4001, get("/mail", "User-Agent: one\r\n", "Cookie: lang=zh-CN; sessionid=3a4b5e\r\n"),
				answer("200 OK", "a"))
			w.exchange(4002, get("/mail", "User-Agent: two\r\n", "Cookie: lang=zh-CN; sessionid=77aa10\r\n"),
				answer("200 OK", "a"))
		},
		missing: "clients that send the same session id to a server (1 of 2)",
	},
	"hidden-field": {
		does: func(w *wire) {
			page := answer("200 OK", `<form><INPUT value='3a4b5e' type=hidden name="sid"></form>`,
				"Content-Type: text/html\r\n")
			w.exchange(4001, post("/login", "user=a"), page)
			w.exchange(4001, post("/home", "sid=3a4b5e&step=1"), page)
			w.exchange(4001, post("/mail", "sid=3a4b5e"), page)
		},
		looks: func(w *wire) { // the field is there to be seen
			page := answer("200 OK", `<form><input value="3a4b5e" type="text" name="sid"> not hidden</form>`,
				"Content-Type: text/html\r\n")
			w.exchange(4001, post("/login", "user=a"), page)
			w.exchange(4001, post("/home", "sid=3a4b5e&step=1"), page)
			w.exchange(4001, post("/mail", "sid=3a4b5e"), page)
		},
	},
	"query-string": {
		does: func(w *wire) {
			w.exchange(4001, get("/home?sid=3a4b5e"), answer("200 OK", "a"))
			w.exchange(4001, get("/mail?page=2&sid=3a4b5e"), answer("200 OK", "a"))
		},
		looks: func(w *wire) { // the same address again
			w.exchange(4001, get("/home?sid=3a4b5e"), answer("200 OK", "a"))
			w.exchange(4001, get("/home?sid=3a4b5e"), answer("200 OK", "a"))
		},
		missing: "addresses that a client asked for with the same session id (1 of 2)",
	},
	"https": {
		does: func(w *wire) {
			w.exchange(4001, hello, "\x16\x03\x03\x00\x04\x02\x00\x00\x00")
		},
		looks: func(w *wire) { // nobody answers
			w.request(4001, hello)
			w.close(4001, 1)
		},
		missing: "the server answers, and no exchange can be read",
	},
	"eavesdrop": {
		does: func(w *wire) {
			w.exchange(4001, post("/login", "user=philip&pw=123456"), answer("200 OK", "a"))
			w.server = "10.0.0.1:443"
			w.exchange(4002, hello, "\x16\x03\x03\x00\x04\x02\x00\x00\x00")
		},
		looks: func(w *wire) { // TLS with another machine
			w.exchange(4001, post("/login", "user=philip&pw=123456"), answer("200 OK", "a"))
			w.server = "10.9.9.9:443"
			w.exchange(4002, hello, "\x16\x03\x03\x00\x04\x02\x00\x00\x00")
		},
		missing: "a TLS connection of the same machines",
	},
	"mixed": {
		does: func(w *wire) {
			w.server = "10.0.0.1:443"
			w.exchange(4002, hello, "\x16\x03\x03\x00\x04\x02\x00\x00\x00")
			w.server = "10.0.0.1:80"
			w.wait(2 * time.Second)
			w.exchange(4001, get("/a.png"), answer("200 OK", "a", "Content-Type: image/png\r\n"))
		},
		looks: func(w *wire) { // an image of another minute, and a page of its own
			w.server = "10.0.0.1:443"
			w.exchange(4002, hello, "\x16\x03\x03\x00\x04\x02\x00\x00\x00")
			w.close(4002, 0)
			w.server = "10.0.0.1:80"
			w.exchange(4001, get("/"), answer("200 OK", "a", "Content-Type: text/html\r\n"))
			w.wait(time.Minute)
			w.exchange(4001, get("/a.png", "Referer: http://10.0.0.1/\r\n"),
				answer("200 OK", "a", "Content-Type: image/png\r\n"))
		},
		missing: "a part of a page by plain http, with an https Referer or while the TLS connection was in use",
	},
	"echo": {
		does: func(w *wire) { w.exchange(4001, "test\r\n", "test\r\n") },
		looks: func(w *wire) { // an answer, but no echo
			w.exchange(4001, "test\r\n", "what?\r\n\r\n")
			w.close(4001, 0)
		},
		missing: "the server sends back as many",
	},
	"echo-threads": {
		does: func(w *wire) {
			w.exchange(4001, "client 1\r\n", "client 1\r\n")
			w.exchange(4002, "client 2\r\n", "client 2\r\n")
			w.close(4001, 0)
		},
		looks: func(w *wire) { // one waits for the other
			w.on(4001)
			w.request(4002, "client 2\r\n")
			w.exchange(4001, "client 1\r\n", "client 1\r\n")
			w.close(4001, 0)
			w.response(4002, "client 2\r\n")
			w.on(4003)
			w.request(4002, "exit")
			w.close(4002, 1)
			w.exchange(4003, "client 3\r\n", "client 3\r\n")
			w.close(4003, 0)
		},
		missing: "an echo on a second one while the first is open",
	},
	"speculative": {
		does: func(w *wire) {
			w.on(4001)
			w.wait(time.Second)
			w.close(4001, 0)
		},
		looks: func(w *wire) { // not used so far
			w.on(4001)
			w.wait(time.Second)
		},
	},
	"missing-crlf": {
		does: func(w *wire) {
			w.exchange(4001, get("/"), "HTTP/1.0 200 OK\r\nConnection: closeContent-Type:text/html; charset=utf-8\r\n\r\n<html>")
			w.close(4001, 1)
		},
		looks: func(w *wire) {
			w.exchange(4001, get("/"), "HTTP/1.0 200 OK\r\nConnection: close\r\nContent-Type:text/html; charset=utf-8\r\n\r\n<html>")
			w.close(4001, 1)
		},
	},
	"listing": {
		does: func(w *wire) {
			w.exchange(4001, get("/"), answer("200 OK", "<html><head><title>Directory listing for /</title>",
				"Content-Type: text/html\r\n"))
			w.exchange(4001, get("/"), answer("200 OK", "<html>\nThis is a test demo of CS305\n</html>",
				"Content-Type: text/html\r\n"))
		},
		looks: func(w *wire) { // a file that is called so
			w.exchange(4001, get("/"), answer("200 OK", "<html><head><title>Directory listing for /</title>",
				"Content-Type: text/html\r\n"))
			w.exchange(4001, get("/index.html"), answer("404 Not Found", "<html>", "Content-Type: text/html\r\n"))
		},
		missing: "a page in place of a listing",
	},
}
