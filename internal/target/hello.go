package target

import (
	"net"
	"strings"
	"unicode/utf8"
)

// helloRead is the lab's recv(2048), taken as the whole request.
const helloRead = 2048

// helloPage and helloMissing are web_hello.py's answers, one string a send. As
// in the lab, no line end follows "Connection: close", so the next field has
// become part of its value and the answer has no content type; <body> is not
// closed, and nothing says where the body ends.
var (
	helloPage = []string{
		"HTTP/1.0 200 OK\r\n",
		"Connection: close" +
			"Content-Type:text/html; charset=utf-8\r\n",
		"\r\n",
		"<html><body>Hello World!<body></html>\r\n",
		"\r\n",
	}
	helloMissing = []string{
		"HTTP/1.0 404 Not Found\r\n",
		"Connection: close" +
			"Content-Type:text/html; charset=utf-8\r\n",
		"\r\n",
		"<html><body>404 Not Found<body></html>\r\n",
		"\r\n",
	}
)

// hello is the lab's web_hello.py. It reads once, answers in five sends and
// closes; a longer request is left unread, which makes the close a reset on
// Linux. What ends the Python with an error closes without an answer here: no
// second word in the request line, bytes that are no UTF-8, a silent client
// that closes.
func hello(c net.Conn) {
	defer c.Close()
	buf := make([]byte, helloRead)
	n, err := c.Read(buf)
	if err != nil || !utf8.Valid(buf[:n]) {
		return
	}
	line, _, _ := strings.Cut(string(buf[:n]), "\r\n")
	words := strings.Split(line, " ")
	if len(words) < 2 {
		return
	}
	answer := helloMissing
	if words[1] == "/" {
		answer = helloPage
	}
	for _, send := range answer {
		if _, err := c.Write([]byte(send)); err != nil {
			return
		}
	}
}
