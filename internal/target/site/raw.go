package site

import (
	"bufio"
	"cmp"
	"fmt"
	"io"
	"net"
	"net/textproto"
	"slices"
	"strconv"
	"strings"
	"time"
)

// rawEntry is a route of the raw group.
type rawEntry struct {
	Route
	answer func(x *rawExchange)
	keeps  bool // another request may follow on the connection
	early  bool // answers before it has read the body of the request
}

// rawExchange is one request of the raw group while it is answered.
type rawExchange struct {
	conn   net.Conn
	in     *bufio.Reader
	head   string // of the request, as received
	method string
	path   string
	fields textproto.MIMEHeader
	old    bool // HTTP/1.0 or 0.9
	gone   bool // the connection is broken or was reset
}

// rawEntries lists the raw group, in the order of its index.
func rawEntries() []rawEntry {
	return slices.Concat(
		rawIndexEntries(), rawSlideEntries(), rawLengthEntries(), rawChunkEntries(), rawHeadEntries(),
		rawTextEntries(), rawInterimEntries(), rawContentEntries(), rawPaceEntries(),
	)
}

// RawRoutes lists the addresses of the raw group. Look ends with the codes of
// the findings to expect.
func RawRoutes() []Route {
	sources := readSources()
	var list []Route
	for _, e := range rawEntries() {
		e.Source = sources.of(e.answer)
		list = append(list, e.Route)
	}
	return list
}

// ServeRaw serves one connection of the raw group and closes it. The path of a
// request picks what is odd about the answer. c should have CloseWrite and
// SetLinger, as *net.TCPConn has: without them a close may lose bytes, and
// nothing can be reset.
func ServeRaw(c net.Conn) {
	in := bufio.NewReaderSize(c, 4096)
	entries := rawEntries()
	for range maxRawRequests {
		x := &rawExchange{conn: c, in: in}
		_ = c.SetReadDeadline(time.Now().Add(rawReadWait))
		if x.readHead() != nil || !x.serve(entries) {
			if !x.gone {
				closeGently(c)
			}
			return
		}
	}
	closeGently(c)
}

// serve answers the request and reports whether another may follow.
func (x *rawExchange) serve(list []rawEntry) (more bool) {
	i := slices.IndexFunc(list, func(e rawEntry) bool { return e.Path == x.path })
	if i < 0 {
		x.answerHTML("404 Not Found", "<h1>404 Not Found</h1>\n<p>The raw group has no such address. <a href=\"/\">Its index</a> lists them.</p>")
		return x.skipBody() && x.persists()
	}
	e := list[i]
	if x.method != "GET" && x.method != "POST" {
		x.send("HTTP/1.1 405 Method Not Allowed\r\nAllow: GET, POST\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
		return false
	}
	if !e.early && !x.skipBody() {
		return false
	}
	e.answer(x)
	return e.keeps && x.persists()
}

// readHead reads as far as the empty line, or one line of HTTP/0.9, which has
// no head (RFC 1945, Section 5).
func (x *rawExchange) readHead() error {
	var b strings.Builder
	for b.Len() < maxRawHead {
		line, err := x.in.ReadSlice('\n')
		b.Write(line)
		if err != nil && err != bufio.ErrBufferFull {
			return fmt.Errorf("read the head of a request: %w", err)
		}
		text := strings.TrimRight(b.String(), "\r\n")
		words := len(strings.Fields(text))
		switch end := strings.TrimRight(string(line), "\r\n") == ""; {
		case words == 0: // RFC 9112, Section 2.2: empty lines before the request line
		case end || words < 3 && len(text) < b.Len():
			return x.parse(b.String())
		}
	}
	return fmt.Errorf("read the head of a request: it has more than %d bytes", maxRawHead)
}

// parse takes the head apart as far as the raw group needs it. What is wrong
// with the fields does not matter here.
func (x *rawExchange) parse(head string) error {
	x.head = head
	line, rest, _ := strings.Cut(strings.TrimLeft(head, "\r\n"), "\n")
	words := strings.Fields(line)
	if len(words) < 2 {
		return fmt.Errorf("read the request line %q: it has no target", line)
	}
	x.method = words[0]
	x.path, _, _ = strings.Cut(words[1], "?")
	x.old = len(words) < 3 || words[2] == "HTTP/1.0"
	x.fields, _ = textproto.NewReader(bufio.NewReader(strings.NewReader(rest))).ReadMIMEHeader()
	return nil
}

// skipBody reads the body of the request and reports whether it could. A
// chunked or a very long one is refused, which ends the connection.
func (x *rawExchange) skipBody() bool {
	n, err := strconv.ParseUint(cmp.Or(x.fields.Get("Content-Length"), "0"), 10, 63)
	if err != nil || n > maxBody || x.fields.Get("Transfer-Encoding") != "" {
		x.send("HTTP/1.1 411 Length Required\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
		return false
	}
	if strings.EqualFold(x.fields.Get("Expect"), "100-continue") {
		x.send("HTTP/1.1 100 Continue\r\n\r\n")
	}
	_, err = io.CopyN(io.Discard, x.in, int64(n))
	return err == nil
}

// persists reports whether the client lets the connection go on.
func (x *rawExchange) persists() bool {
	return !x.gone && !x.old && !strings.EqualFold(x.fields.Get("Connection"), "close")
}

// send writes each part with a call of its own. Parts that leave close together
// may share a segment all the same.
func (x *rawExchange) send(parts ...string) {
	for _, p := range parts {
		if x.gone {
			return
		}
		_ = x.conn.SetWriteDeadline(time.Now().Add(writeDeadline))
		if _, err := io.WriteString(x.conn, p); err != nil {
			x.gone = true
			_ = x.conn.Close()
		}
	}
}

// reset breaks the connection off.
func (x *rawExchange) reset() {
	x.gone = true
	closeHard(x.conn)
}

// answerHTML answers properly.
func (x *rawExchange) answerHTML(status, body string) {
	body = "<!DOCTYPE html>\n<meta charset=\"utf-8\">\n<title>Raw bytes</title>\n" + body + "\n"
	x.send(fmt.Sprintf("HTTP/1.1 %s\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n%s",
		status, len(body), body))
}
