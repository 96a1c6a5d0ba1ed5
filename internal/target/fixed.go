package target

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// fixed is hello as it should be. It reads until the empty line that ends the
// head, however many reads that takes, ends every field with CRLF, says how
// long the body is, sends the answer at once, and reads what the client still
// sends before it closes, so that no reset destroys the answer on its way
// (RFC 9112, Section 9.6).
func fixed(c timed) {
	defer c.Close()
	line, err := fixedHead(c)
	if err != nil && !errors.Is(err, errHead) {
		return
	}
	if _, err := c.Write(fixedAnswer(line, err)); err != nil {
		return
	}
	if err := c.CloseWrite(); err != nil {
		return
	}
	drain(c.stream, time.Second)
}

var errHead = errors.New("the head is too long")

// fixedHead reads a head and returns its first line. Empty lines in front of
// it do not count, and a bare line feed ends a line (RFC 9112, Section 2.2).
func fixedHead(r io.Reader) (string, error) {
	head := bufio.NewReader(io.LimitReader(r, maxHead))
	first, size := "", 0
	for {
		line, err := head.ReadString('\n')
		if size += len(line); err != nil && size >= maxHead {
			return first, errHead
		}
		if err != nil {
			return "", err
		}
		line = strings.TrimRight(line, "\r\n")
		switch {
		case first == "":
			first = line
		case line == "":
			return first, nil
		}
	}
}

// fixedAnswer is the answer to a request line, or to a head that is too long.
func fixedAnswer(line string, head error) []byte {
	method, rest, _ := strings.Cut(line, " ")
	target, version, ok := strings.Cut(rest, " ")
	status, text := "200 OK", "Hello World!"
	switch {
	case head != nil:
		status = "431 Request Header Fields Too Large"
	case !ok || method == "" || target == "" || !strings.HasPrefix(version, "HTTP/1."):
		status = "400 Bad Request"
	case method != "GET" && method != "HEAD":
		status = "501 Not Implemented"
	case target != "/":
		status = "404 Not Found"
	}
	if status != "200 OK" {
		text = status
	}
	body := "<html><body>" + text + "</body></html>\r\n"
	answer := fmt.Sprintf("HTTP/1.0 %s\r\nConnection: close\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: %d\r\n\r\n", status, len(body))
	if method != "HEAD" {
		answer += body
	}
	return []byte(answer)
}

// drain reads and forgets what a client still sends, until it ends or the time
// is over.
func drain(c stream, wait time.Duration) {
	if err := c.SetReadDeadline(time.Now().Add(wait)); err != nil {
		return
	}
	// The end of the time is an end like any other.
	_, _ = io.Copy(io.Discard, io.LimitReader(c, maxForm))
}
