package target

import (
	"bytes"
	"net/netip"
	"strconv"
	"strings"
	"time"
)

// Entry is a line of the request log: a request and its answer, or a message
// to an echo server. Line holds what the client sent and is not fit for a
// terminal as it is.
type Entry struct {
	Server string
	Client netip.AddrPort
	Line   string    // the first line, without its end, at most 256 bytes
	Status int       // 0 when there was none
	Bytes  int64     // of the response's body, or of the echo
	Time   time.Time // when the answer was complete
}

// firstLine cuts the first line out of what was read so far.
func firstLine(b []byte) string {
	if end := bytes.IndexByte(b, '\n'); end >= 0 {
		b = b[:end]
	}
	return strings.TrimRight(string(b[:min(len(b), maxLine)]), "\r")
}

// requestLog makes entries from what it hears on the connections of the
// servers that write to sockets themselves. So their code, which students
// read, has no logging in it.
type requestLog struct {
	log      func(Entry)
	messages bool // one entry for each write, not for each connection
}

func (l requestLog) Opened(server string, client, _ netip.AddrPort, _ time.Time) Heard {
	return &loggedConn{requestLog: l, entry: Entry{Server: server, Client: client}}
}

// protocol is how a response with a head begins.
const protocol = "HTTP/"

// maxLoggedHead is how much of a response is kept to find the end of its head.
const maxLoggedHead = 4 << 10

// loggedConn collects the entry of one connection.
type loggedConn struct {
	requestLog
	entry   Entry
	request []byte // the first bytes
	head    []byte // the response until its head is complete, then nil
	inBody  bool
}

func (c *loggedConn) Read(b []byte, _ time.Time) {
	if c.messages {
		c.request = c.request[:0]
	}
	c.request = append(c.request, b[:min(len(b), maxLine+1-len(c.request))]...)
}

func (c *loggedConn) Wrote(b []byte, at time.Time) {
	if c.messages {
		c.entry.Line, c.entry.Bytes, c.entry.Time = firstLine(c.request), int64(len(b)), at
		c.log(c.entry)
		return
	}
	if !c.inBody {
		b = c.readHead(b)
	}
	c.entry.Bytes += int64(len(b))
}

// readHead takes the status out of a response's head and returns what lies
// behind it. What does not begin as a response is all body.
func (c *loggedConn) readHead(b []byte) (body []byte) {
	c.head = append(c.head, b...)
	if begin := c.head[:min(len(c.head), len(protocol))]; string(begin) != protocol[:len(begin)] {
		c.inBody = true
		return c.head
	}
	end := bytes.Index(c.head, []byte("\r\n\r\n"))
	if end < 0 {
		c.inBody = len(c.head) > maxLoggedHead
		return nil
	}
	body = c.head[end+4:]
	c.entry.Status = statusOf(c.head)
	c.head = nil
	if c.entry.Status/100 == 1 && c.entry.Status != 101 {
		// A final response follows an interim one.
		return c.readHead(body)
	}
	c.inBody = true
	return body
}

// statusOf reads the second word of a status line, 0 when it is no number.
func statusOf(head []byte) int {
	_, rest, _ := bytes.Cut(head, []byte(" "))
	status, err := strconv.Atoi(string(rest[:min(3, len(rest))]))
	if err != nil {
		return 0
	}
	return status
}

func (c *loggedConn) ReadEnd(bool, time.Time) {}
func (c *loggedConn) WriteEnd(time.Time)      {}

// Closed tells of the connection, unless nothing was ever asked on it.
func (c *loggedConn) Closed(_ bool, at time.Time) {
	if c.messages || len(c.request) == 0 {
		return
	}
	c.entry.Line, c.entry.Time = firstLine(c.request), at
	c.log(c.entry)
}
