package site

import (
	"fmt"
	"html"
	"strings"
)

func rawIndexEntries() []rawEntry {
	return []rawEntry{{
		Route: Route{ID: "raw-index", Path: "/", Topic: "raw",
			Try: "curl -v {base}/"},
		answer: rawIndex, keeps: true,
	}}
}

// rawIndex lists the group.
func rawIndex(x *rawExchange) {
	var b strings.Builder
	b.WriteString("<h1>Raw bytes</h1>\n<p>Each address answers with deliberately odd bytes. Open them with curl, and read the wire in httpscope.</p>\n<dl>\n")
	for _, e := range rawEntries() {
		title, look := html.EscapeString(e.Title().String()), html.EscapeString(e.Look().String())
		fmt.Fprintf(&b, "<dt><a href=\"%s\">%s</a> %s</dt>\n<dd>%s</dd>\n", e.Path, e.Path, title, look)
	}
	b.WriteString("</dl>")
	x.answerHTML("200 OK", b.String())
}

func rawSlideEntries() []rawEntry {
	return []rawEntry{
		{Route: Route{ID: "raw-slide-length", Path: "/slide/length", Topic: "length",
			Try: "curl -v {base}/slide/length"},
			answer: slideLength, keeps: true},
		{Route: Route{ID: "raw-slide-chunked", Path: "/slide/chunked", Topic: "chunked",
			Try: "curl -v --raw {base}/slide/chunked"},
			answer: slideChunked, keeps: true},
		{Route: Route{ID: "raw-slide-hello", Path: "/slide/hello", Topic: "head",
			Try: "curl -v {base}/slide/hello"},
			answer: slideHello},
	}
}

// slideLength sends the bytes of the slide.
func slideLength(x *rawExchange) {
	x.send("HTTP/1.1 200 OK\r\n" +
		"Date: Wed, 19 Mar 2008 01:46:57 GMT\r\n" +
		"Content-Type: text/plain\r\n" +
		"Content-Length: 42\r\n" +
		"\r\n" +
		"abcdefghijklmnopqrstuvwxyz1234567890abcdef")
}

// slideChunked sends the bytes of the slide.
func slideChunked(x *rawExchange) {
	x.send("HTTP/1.1 200 OK\r\n"+
		"Date: Wed, 19 Mar 2008 01:46:57 GMT\r\n"+
		"Content-Type: text/plain\r\n"+
		"Transfer-Encoding: chunked\r\n"+
		"\r\n",
		"1a\r\nabcdefghijklmnopqrstuvwxyz\r\n",
		"10\r\n1234567890abcdef\r\n",
		"0\r\n\r\n")
}

// slideHello sends what the lab's web server sends: without a comma after
// b'Connection: close', Python joins it with the next literal.
func slideHello(x *rawExchange) {
	x.send("HTTP/1.0 200 OK\r\n",
		"Connection: close"+
			"Content-Type:text/html; charset=utf-8\r\n",
		"\r\n",
		"<html><body>Hello World!<body></html>\r\n",
		"\r\n")
}
