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
		return waiting(section("2.1"), says("no-end"))
	}
	h := strictHead{in: in, fields: map[string][]string{}, length: end}
	if bad := h.parse(in.data[:end]); !bad.says.IsZero() {
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
			return refused(section("2.2"), says("bare-lf"))
		}
	}
	h.words = strings.SplitN(strings.TrimSuffix(lines[0], "\r\n"), " ", 3)
	if bad := h.start(); !bad.says.IsZero() {
		return bad
	}
	last := ""
	for _, line := range lines[1 : len(lines)-2] {
		text := strings.TrimSuffix(line, "\r\n")
		if bad := h.field(text, &last); !bad.says.IsZero() {
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
			return refused(section("4"), says("no-status-line"))
		}
		return outcome{}
	}
	if len(h.words) != 3 || !grammar.IsToken(h.words[0]) || !isVersion(h.words[2]) ||
		strings.Contains(h.words[2], " ") {
		return refused(section("3"), says("no-request-line"))
	}
	if t := h.words[1]; !strings.HasPrefix(t, "/") && !strings.Contains(t, "://") &&
		!(t == "*" && h.words[0] == "OPTIONS") && h.words[0] != "CONNECT" {
		return refused(section("3.2"), says("target"))
	}
	return outcome{}
}

func isVersion(s string) bool {
	return len(s) == 8 && strings.HasPrefix(s, "HTTP/") && s[5] >= '0' && s[5] <= '9' && s[6] == '.' && s[7] >= '0' &&
		s[7] <= '9'
}

// field reads a line of the head; last is the name of the field before.
func (h *strictHead) field(line string, last *string) outcome {
	if line != "" && (line[0] == ' ' || line[0] == '\t') {
		if *last == "" || !h.in.response {
			return refused(section("5.2"), says("fold"))
		}
		v := h.fields[*last]
		v[len(v)-1] = grammar.Trim(v[len(v)-1] + " " + grammar.Trim(line))
		return outcome{}
	}
	name, value, ok := strings.Cut(line, ":")
	if trimmed := strings.TrimRight(name, " \t"); ok && trimmed != name {
		if !h.in.response {
			return refused(section("5.1"), says("space"))
		}
		name = trimmed
	}
	if !ok || !grammar.IsToken(name) {
		return refused(section("5"), says("no-field"))
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
		return outcome{accepts: true, end: h.length, rule: byRule(1), says: says("ends-with-head")}
	case coded && len(lengths) > 0:
		return refused(byRule(3), says("together"))
	case coded:
		return h.coded(codings)
	case len(lengths) > 0:
		return h.counted(listed(lengths))
	case !h.in.response:
		return outcome{accepts: true, end: h.length, rule: byRule(7), says: says("neither")}
	}
	return h.untilClose(8)
}

func (h *strictHead) untilClose(rule int) outcome {
	n := len(h.in.data)
	if h.in.reset {
		return outcome{end: n, body: n - h.length, closes: true, rule: section("8"), says: says("reset")}
	}
	return outcome{accepts: true, end: n, body: n - h.length, closes: true, rule: byRule(rule),
		says: says("until-close")}
}

// coded is rules 3 and 4, and section 6.1 for HTTP/1.0.
func (h *strictHead) coded(codings []string) outcome {
	last := ""
	if len(codings) > 0 {
		last = codings[len(codings)-1]
	}
	if !strings.EqualFold(last, "chunked") {
		if !h.in.response {
			return refused(byRule(4), says("not-last"))
		}
		return h.untilClose(4)
	}
	if len(codings) > 1 && has(codings[:len(codings)-1], "chunked") {
		return refused(section("6.1"), says("chunked-twice"))
	}
	o := strictChunks(h.in.data[h.length:])
	if o.end >= 0 {
		o.end += h.length
	}
	if o.accepts && h.old() {
		o.closes, o.rule, o.says = true, section("6.1"), says("old")
	}
	return o
}

// counted is rules 5 and 6.
func (h *strictHead) counted(values []string) outcome {
	n := -1
	for _, v := range values {
		k, ok := digits(v)
		if !ok || n >= 0 && k != n {
			return refused(byRule(5), says("length-wrong"))
		}
		n = k
	}
	switch rest := len(h.in.data) - h.length; {
	case n < 0:
		return refused(byRule(5), says("length-empty"))
	case rest < n:
		return cut(rest, "cut-length", byteCount(int64(n-rest)))
	}
	return outcome{accepts: true, end: h.length + n, body: n, rule: byRule(6), says: says("counts")}
}

// cut is a message whose connection ends before it does.
func cut(body int, key string, args ...any) outcome {
	return outcome{end: -1, body: body, closes: true, rule: section("8"), says: says(key, args...)}
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
	at, body := 0, 0
	for {
		i := bytes.Index(b[at:], []byte("\n"))
		if i < 0 {
			return cut(body, "cut-last-chunk")
		}
		line := string(b[at : at+i+1])
		text := strings.TrimSuffix(line, "\r\n")
		size, _, more := strings.Cut(text, ";")
		if more {
			size = strings.TrimRight(size, " \t") // BWS of section 7.1.1
		}
		n, err := strconv.ParseUint(size, 16, 62)
		if text == line || err != nil || strings.ContainsAny(text, "\r") || strings.ContainsAny(size, "_+-") {
			return refused(section("7.1"), says("no-size", clip(strings.TrimRight(line, "\r\n"))))
		}
		at += i + 1
		if n == 0 {
			return strictTrailer(b, at, body)
		}
		if rest := len(b) - at; n > uint64(rest) || rest < int(n)+2 {
			return cut(body+min(rest, int(min(n, 1<<40))), "cut-chunk")
		}
		at, body = at+int(n), body+int(n)
		if string(b[at:at+2]) != "\r\n" {
			return refused(section("7.1"), says("no-line-end"))
		}
		at += 2
	}
}

// strictTrailer finds the empty line after the last chunk.
func strictTrailer(b []byte, at, body int) outcome {
	for {
		i := bytes.IndexByte(b[at:], '\n')
		switch {
		case i < 0:
			return cut(body, "cut-trailer")
		case i == 0 || b[at+i-1] != '\r':
			return refused(section("7.1.2"), says("trailer-lf"))
		case i == 1:
			return outcome{accepts: true, end: at + 2, body: body, rule: byRule(4), says: says("last-chunk")}
		}
		at += i + 1
	}
}
