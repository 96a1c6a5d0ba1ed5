package lesson

import (
	"bytes"
	"strconv"
	"strings"

	"httpscope/internal/grammar"
)

// strictHead is a head that follows the grammar.
type strictHead struct {
	in     input
	words  []string
	status int
	fields map[string][]string // by lower-case name
	length int                 // of the head
}

// readStrict reads as RFC 9112 asks, and where it leaves a choice refuses: what
// a recipient that trusts nobody does.
func readStrict(in input) outcome {
	end := headEnd(in.data)
	if end < 0 {
		return waiting("RFC 9112, Section 2.1", "the head has no end")
	}
	h := strictHead{in: in, fields: map[string][]string{}, length: end}
	if bad := h.parse(in.data[:end]); bad.says != "" {
		return bad
	}
	o := h.frame()
	o.closes = o.closes || h.closes()
	return o
}

// parse reads start line and fields; an outcome that says something refuses.
func (h *strictHead) parse(head []byte) outcome {
	lines := strings.SplitAfter(string(head), "\n")
	for _, line := range lines {
		text := strings.TrimSuffix(line, "\r\n")
		if text == line && line != "" || strings.ContainsRune(text, '\r') {
			return refused("RFC 9112, Section 2.2", "a line ends with LF alone, or holds a CR: a sender must end lines with CR LF, and a recipient need not take anything else")
		}
	}
	h.words = strings.SplitN(strings.TrimSuffix(lines[0], "\r\n"), " ", 3)
	if bad := h.start(); bad.says != "" {
		return bad
	}
	last := ""
	for _, line := range lines[1 : len(lines)-2] {
		text := strings.TrimSuffix(line, "\r\n")
		if bad := h.field(text, &last); bad.says != "" {
			return bad
		}
	}
	return outcome{}
}

// start checks the start line.
func (h *strictHead) start() outcome {
	if h.in.response {
		h.status = statusIn(h.words)
		if !isVersion(h.words[0]) || h.status < 100 {
			return refused("RFC 9112, Section 4", "this is no status line")
		}
		return outcome{}
	}
	if len(h.words) != 3 || !grammar.IsToken(h.words[0]) || !isVersion(h.words[2]) || strings.Contains(h.words[2], " ") {
		return refused("RFC 9112, Section 3", "this is no request line")
	}
	if t := h.words[1]; !strings.HasPrefix(t, "/") && !strings.Contains(t, "://") && !(t == "*" && h.words[0] == "OPTIONS") && h.words[0] != "CONNECT" {
		return refused("RFC 9112, Section 3.2", "the target does not begin with a slash and has no other allowed form: the answer should be 400")
	}
	return outcome{}
}

func isVersion(s string) bool {
	return len(s) == 8 && strings.HasPrefix(s, "HTTP/") && s[5] >= '0' && s[5] <= '9' && s[6] == '.' && s[7] >= '0' && s[7] <= '9'
}

// field reads a line of the head; last is the name of the field before.
func (h *strictHead) field(line string, last *string) outcome {
	if line != "" && (line[0] == ' ' || line[0] == '\t') {
		if *last == "" || !h.in.response {
			return refused("RFC 9112, Section 5.2", "a folded line: a server must refuse it with 400, or put spaces in place of the fold")
		}
		v := h.fields[*last]
		v[len(v)-1] = grammar.Trim(v[len(v)-1] + " " + grammar.Trim(line))
		return outcome{}
	}
	name, value, ok := strings.Cut(line, ":")
	if trimmed := strings.TrimRight(name, " \t"); ok && trimmed != name {
		if !h.in.response {
			return refused("RFC 9112, Section 5.1", "a space before the colon: a server must refuse it with 400")
		}
		name = trimmed
	}
	if !ok || !grammar.IsToken(name) {
		return refused("RFC 9112, Section 5", "a line is no field")
	}
	*last = strings.ToLower(name)
	h.fields[*last] = append(h.fields[*last], grammar.Trim(value))
	return outcome{}
}

// old reports HTTP/1.0.
func (h *strictHead) old() bool {
	version := h.words[0]
	if !h.in.response {
		version = h.words[2]
	}
	return version < "HTTP/1.1"
}

// closes reports whether the connection ends after the message (RFC 9112,
// section 9.3).
func (h *strictHead) closes() bool {
	options := listed(h.fields["connection"])
	return has(options, "close") || h.old() && !has(options, "keep-alive")
}

// frame is the order of RFC 9112, Section 6.3.
func (h *strictHead) frame() outcome {
	codings, lengths := listed(h.fields["transfer-encoding"]), h.fields["content-length"]
	_, coded := h.fields["transfer-encoding"]
	switch {
	case h.in.response && bodiless(h.in.method, h.status):
		return outcome{accepts: true, end: h.length, rule: "RFC 9112, Section 6.3, rule 1", says: "this response ends with its head, whatever its fields say"}
	case coded && len(lengths) > 0:
		return refused("RFC 9112, Section 6.3, rule 3", "Transfer-Encoding and Content-Length together ought to be handled as an error")
	case coded:
		return h.coded(codings)
	case len(lengths) > 0:
		return h.counted(listed(lengths))
	case !h.in.response:
		return outcome{accepts: true, end: h.length, rule: "RFC 9112, Section 6.3, rule 7", says: "a request with neither field has no body"}
	}
	return h.untilClose("RFC 9112, Section 6.3, rule 8")
}

func (h *strictHead) untilClose(rule string) outcome {
	n := len(h.in.data)
	if h.in.reset {
		return outcome{end: n, body: n - h.length, closes: true, rule: "RFC 9112, Section 8", says: "the body should end with the close, and a reset cuts it: incomplete"}
	}
	return outcome{accepts: true, end: n, body: n - h.length, closes: true, rule: rule, says: "the body goes on until the connection closes"}
}

// coded is rules 3 and 4, and section 6.1 for HTTP/1.0.
func (h *strictHead) coded(codings []string) outcome {
	last := ""
	if len(codings) > 0 {
		last = codings[len(codings)-1]
	}
	if !strings.EqualFold(last, "chunked") {
		if !h.in.response {
			return refused("RFC 9112, Section 6.3, rule 4", "chunked is not the last transfer coding of a request, so its length cannot be known: the answer must be 400")
		}
		return h.untilClose("RFC 9112, Section 6.3, rule 4")
	}
	if len(codings) > 1 && has(codings[:len(codings)-1], "chunked") {
		return refused("RFC 9112, Section 6.1", "chunked is applied twice")
	}
	o := strictChunks(h.in.data[h.length:])
	if o.end >= 0 {
		o.end += h.length
	}
	if o.accepts && h.old() {
		o.closes, o.rule, o.says = true, "RFC 9112, Section 6.1", "HTTP/1.0 has no Transfer-Encoding: the framing counts as faulty, and the connection must be closed after this message"
	}
	return o
}

// counted is rules 5 and 6.
func (h *strictHead) counted(values []string) outcome {
	n := -1
	for _, v := range values {
		k, ok := digits(v)
		if !ok || n >= 0 && k != n {
			return refused("RFC 9112, Section 6.3, rule 5", "Content-Length is no number, or there are two different ones: an error that cannot be recovered")
		}
		n = k
	}
	switch rest := len(h.in.data) - h.length; {
	case n < 0:
		return refused("RFC 9112, Section 6.3, rule 5", "Content-Length is empty")
	case rest < n:
		return outcome{end: -1, body: rest, closes: true, rule: "RFC 9112, Section 8", says: "incomplete: " + count(int64(n-rest), "byte", "bytes") + " of the announced length never came"}
	}
	return outcome{accepts: true, end: h.length + n, body: n, rule: "RFC 9112, Section 6.3, rule 6", says: "Content-Length counts the body"}
}

// digits is a number of digits alone (RFC 9110, Section 8.6).
func digits(s string) (int, bool) {
	if s == "" || strings.Trim(s, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.ParseInt(s, 10, 62)
	return int(n), err == nil
}

// strictChunks reads a chunked body by the grammar of RFC 9112, Section 7.1.
func strictChunks(b []byte) outcome {
	const rule = "RFC 9112, Section 7.1"
	at, body := 0, 0
	for {
		i := bytes.Index(b[at:], []byte("\n"))
		if i < 0 {
			return outcome{end: -1, body: body, closes: true, rule: "RFC 9112, Section 8", says: "incomplete: the last chunk never came"}
		}
		line := string(b[at : at+i+1])
		text := strings.TrimSuffix(line, "\r\n")
		size, ext, more := strings.Cut(text, ";")
		if more {
			size = strings.TrimRight(size, " \t") // BWS of section 7.1.1
		}
		n, err := strconv.ParseUint(size, 16, 62)
		if text == line || err != nil || strings.ContainsAny(text, "\r") || strings.ContainsAny(size, "_+-") {
			return refused(rule, "the line "+clip(strings.TrimRight(line, "\r\n"))+" is no chunk size with CR LF after it")
		}
		_ = ext
		at += i + 1
		if n == 0 {
			return strictTrailer(b, at, body)
		}
		if rest := len(b) - at; n > uint64(rest) || rest < int(n)+2 {
			return outcome{end: -1, body: body + min(rest, int(min(n, 1<<40))), closes: true, rule: "RFC 9112, Section 8", says: "incomplete: a chunk is cut"}
		}
		at, body = at+int(n), body+int(n)
		if string(b[at:at+2]) != "\r\n" {
			return refused(rule, "a chunk is not followed by CR LF")
		}
		at += 2
	}
}

// strictTrailer finds the empty line behind the last chunk.
func strictTrailer(b []byte, at, body int) outcome {
	for {
		i := bytes.IndexByte(b[at:], '\n')
		switch {
		case i < 0:
			return outcome{end: -1, body: body, closes: true, rule: "RFC 9112, Section 8", says: "incomplete: the empty line after the last chunk never came"}
		case i == 0 || b[at+i-1] != '\r':
			return refused("RFC 9112, Section 7.1.2", "a line of the trailer ends with LF alone")
		case i == 1:
			return outcome{accepts: true, end: at + 2, body: body, rule: "RFC 9112, Section 6.3, rule 4", says: "the last chunk ends the body"}
		}
		at += i + 1
	}
}
