package target

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// serverName is the Server field of the servers that have one. Python's
// programs say their own name and version there.
const serverName = "httpscope"

// The limits of Python's http.client on a head.
const (
	pythonLine   = 65536
	pythonFields = 100 // with the empty line
)

// maxPythonHead bounds a head in all, where Python would take a hundred lines
// of 64 KiB.
const maxPythonHead = 256 << 10

// pythonHandler reads one request and writes the head of its response in the
// way of Python's http.server.BaseHTTPRequestHandler, on which http.server and
// flask's development server are built: one send for the head, with the fields
// in the order in which they were set.
type pythonHandler struct {
	w   io.Writer
	r   *bufio.Reader
	own string // the version of the responses, "HTTP/1.0"
	now func() time.Time

	line    string // the request line, without its end
	method  string
	target  string
	version string // of the request; "HTTP/0.9" when it names none
	fields  []pythonField

	head bytes.Buffer
}

// pythonField is a field of a request. Values keep white space at their end,
// as in Python.
type pythonField struct{ name, value string }

func newPythonHandler(c io.ReadWriter, own string, now func() time.Time) *pythonHandler {
	return &pythonHandler{w: c, r: bufio.NewReaderSize(c, 8192), own: own, now: now}
}

var errLine = errors.New("the line is too long")

// readLine reads up to and with a line feed. The end of the stream ends a line
// as well; what is too long is errLine.
func (h *pythonHandler) readLine() (string, error) {
	var line []byte
	for {
		part, err := h.r.ReadSlice('\n')
		line = append(line, part...)
		switch {
		case len(line) > pythonLine:
			return "", errLine
		case err == nil, err == io.EOF:
			return string(line), nil
		case !errors.Is(err, bufio.ErrBufferFull):
			return "", err
		}
	}
}

// read reads a request and reports whether there is something to answer; a
// wrong one has been answered.
func (h *pythonHandler) read() bool {
	line, err := h.readLine()
	switch {
	case errors.Is(err, errLine):
		h.sendError(414, "", "")
		return false
	case err != nil || line == "":
		return false
	}
	h.line = latin1(strings.TrimRight(line, "\r\n"))
	return h.parseLine() && h.readFields()
}

// parseLine takes the request line apart, in Python's order of checks.
func (h *pythonHandler) parseLine() bool {
	h.version = "HTTP/0.9"
	words := strings.FieldsFunc(h.line, pythonSpace)
	if len(words) == 0 {
		return false
	}
	if len(words) >= 3 && !h.parseVersion(words[len(words)-1]) {
		return false
	}
	switch {
	case len(words) == 1 || len(words) > 3:
		h.sendError(400, "Bad request syntax ("+pythonRepr(h.line)+")", "")
		return false
	case len(words) == 2 && words[0] != "GET":
		h.sendError(400, "Bad HTTP/0.9 request type ("+pythonRepr(words[0])+")", "")
		return false
	}
	h.method, h.target = words[0], words[1]
	if strings.HasPrefix(h.target, "//") {
		// Python's guard against redirects to another host (gh-87389).
		h.target = "/" + strings.TrimLeft(h.target, "/")
	}
	return true
}

// parseVersion takes "HTTP/major.minor".
func (h *pythonHandler) parseVersion(word string) bool {
	number, ok := strings.CutPrefix(word, "HTTP/")
	major, minor, dot := strings.Cut(number, ".")
	if !ok || !dot || !shortDigits(major) || !shortDigits(minor) {
		h.sendError(400, "Bad request version ("+pythonRepr(word)+")", "")
		return false
	}
	if major = strings.TrimLeft(major, "0"); major != "" && major != "1" {
		h.sendError(505, "Invalid HTTP version ("+number+")", "")
		return false
	}
	h.version = word
	return true
}

// readFields reads the field lines up to the empty one.
func (h *pythonHandler) readFields() bool {
	text := true // still fields: the first line that is none makes the rest a text without meaning
	for size, count := 0, 1; ; count++ {
		line, err := h.readLine()
		size += len(line)
		switch {
		case errors.Is(err, errLine):
			h.sendError(431, "Line too long", "got more than 65536 bytes when reading header line")
			return false
		case err != nil:
			return false
		case count > pythonFields || size > maxPythonHead:
			h.sendError(431, "Too many headers", "got more than 100 headers")
			return false
		case strings.Trim(line, "\r\n") == "":
			return true
		}
		text = text && h.addField(strings.TrimRight(line, "\r\n"))
	}
}

// addField takes one line and reports whether it is a field, or goes on with
// the one before.
func (h *pythonHandler) addField(line string) bool {
	if last := len(h.fields) - 1; last >= 0 && (line[0] == ' ' || line[0] == '\t') {
		h.fields[last].value += "\r\n" + line
		return true
	}
	name, value, found := strings.Cut(line, ":")
	if !found || strings.ContainsFunc(name, func(c rune) bool { return c <= ' ' || c > '~' }) {
		return false
	}
	h.fields = append(h.fields, pythonField{name, strings.TrimLeft(value, " \t")})
	return true
}

// field returns the first value of a field, and whether there is one.
func (h *pythonHandler) field(name string) (string, bool) {
	for _, f := range h.fields {
		if strings.EqualFold(f.name, name) {
			return f.value, true
		}
	}
	return "", false
}

// status begins the head of a response. A request without a version is
// answered without a head (HTTP/0.9).
func (h *pythonHandler) status(code int, reason string) {
	h.statusOnly(code, reason)
	h.set("Server", serverName)
	h.set("Date", httpDate(h.now()))
}

func (h *pythonHandler) statusOnly(code int, reason string) {
	if h.version != "HTTP/0.9" {
		fmt.Fprintf(&h.head, "%s %d %s\r\n", h.own, code, toLatin1(reason))
	}
}

func (h *pythonHandler) set(name, value string) {
	if h.version != "HTTP/0.9" {
		fmt.Fprintf(&h.head, "%s: %s\r\n", name, toLatin1(value))
	}
}

// sendHead ends the head and sends it in one send.
func (h *pythonHandler) sendHead() error {
	if h.version == "HTTP/0.9" {
		return nil
	}
	h.head.WriteString("\r\n")
	_, err := h.w.Write(h.head.Bytes())
	h.head.Reset()
	return err
}

// sendError sends Python's error page. Empty texts stand for the usual ones of
// the code. The connection closes behind it, so an error in sending it has no
// further meaning.
func (h *pythonHandler) sendError(code int, message, explain string) {
	usual := pythonReasons[code]
	if message == "" {
		message = usual[0]
	}
	if explain == "" {
		explain = usual[1]
	}
	body := fmt.Sprintf(pythonErrorPage, code, pythonEscape(message), code, pythonEscape(explain))
	h.status(code, message)
	h.set("Connection", "close")
	h.set("Content-Type", "text/html;charset=utf-8")
	h.set("Content-Length", fmt.Sprint(len(body)))
	if err := h.sendHead(); err != nil || h.method == "HEAD" {
		return
	}
	_, _ = io.WriteString(h.w, body)
}
