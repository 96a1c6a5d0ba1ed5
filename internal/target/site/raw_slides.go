package site

import (
	"fmt"
	"html"
	"strings"
)

func rawIndexEntries() []rawEntry {
	return []rawEntry{{
		Route: Route{Path: "/", Topic: "raw", Title: "Index of the raw group",
			Look: "A proper answer, for comparison. Findings: none.",
			Try:  "curl -v {base}/"},
		answer: rawIndex, keeps: true,
	}}
}

// rawIndex lists the group.
func rawIndex(x *rawExchange) {
	var b strings.Builder
	b.WriteString("<h1>Raw bytes</h1>\n<p>Each address answers with deliberately odd bytes. Open them with curl, and read the wire in httpscope.</p>\n<dl>\n")
	for _, e := range rawEntries() {
		fmt.Fprintf(&b, "<dt><a href=\"%s\">%s</a> %s</dt>\n<dd>%s</dd>\n", e.Path, e.Path, html.EscapeString(e.Title), html.EscapeString(e.Look))
	}
	b.WriteString("</dl>")
	x.answerHTML("200 OK", b.String())
}

func rawSlideEntries() []rawEntry {
	return []rawEntry{
		{Route: Route{Path: "/slide/length", Topic: "length", Title: "The slide's response with Content-Length",
			Look: "Byte for byte the slide: 42 bytes of body, and the connection stays open. Findings: none.",
			Try:  "curl -v {base}/slide/length"},
			answer: slideLength, keeps: true},
		{Route: Route{Path: "/slide/chunked", Topic: "chunked", Title: "The slide's response with a chunked body",
			Look: "Byte for byte the slide: chunks of 1a and 10 bytes (26 and 16), then 0. Findings: none.",
			Try:  "curl -v --raw {base}/slide/chunked"},
			answer: slideChunked, keeps: true},
		{Route: Route{Path: "/slide/hello", Topic: "head", Title: "The slide's hello server with its missing CR LF",
			Look: "The line after Connection has become part of its value: the client sees no Content-Type, and no close. Findings: field-swallowed.",
			Try:  "curl -v {base}/slide/hello"},
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
