package httpdecode

import (
	"bytes"
	"strings"
)

// verdict answers whether bytes are the beginning of something.
type verdict uint8

const (
	no verdict = iota
	maybe
	yes
)

// sniff decides by a side's first bytes whether it speaks HTTP. It never takes
// the port into account, and it waits for more when told a character at a time.
func (d *Decoder) sniff(h *half, in []byte) int {
	if h.side == Client {
		switch n, v := proxyHeader(in); v {
		case maybe:
			return 0
		case yes:
			return d.skipProxy(h, in[:n])
		}
	}
	skip := 0
	for skip < min(len(in), maxSniff) && (in[skip] == '\r' || in[skip] == '\n') {
		skip++
	}
	v := statusPrefix(in[skip:])
	if h.side == Client {
		v = requestPrefix(in[skip:])
		doubtful := v == yes && d.midstream && !startsKnown(in[skip:])
		if doubtful && (requestLine(in[skip:]) != yes || h.splitsToken(in, skip)) {
			v = no // the rest of something
		}
	}
	if v == maybe {
		return 0
	}
	if v == yes {
		h.state = start
		return d.start(h, in)
	}
	if h.side == Server && d.sides[Client].tally.Heads > 0 {
		h.state = start // the client speaks HTTP: a bare document, perhaps
		return d.startResponse(h, in)
	}
	name, certain := protocolOf(in)
	if !certain {
		return 0
	}
	if d.other == "" || d.other == "other" {
		d.other = name
	}
	h.state = raw
	return d.raw(h, in)
}

// startsKnown reports a known method, in any case, at the beginning of a line.
func startsKnown(in []byte) bool {
	method, _, _ := bytes.Cut(in[:min(len(in), longestMethod+1)], []byte(" "))
	return knownMethod(strings.ToUpper(string(method)))
}

// statusPrefix tells whether bytes begin a status line: HTTP/ and a digit.
func statusPrefix(in []byte) verdict {
	const prefix = "HTTP/"
	n := min(len(in), len(prefix))
	switch {
	case string(in[:n]) != prefix[:n]:
		return no
	case len(in) <= len(prefix):
		return maybe
	case !digit(in[len(prefix)]):
		return no
	}
	return yes
}

// foreignStatus tells whether bytes begin a status line that names another
// protocol than HTTP: ICY 200 OK of SHOUTcast, SOURCETABLE 200 OK of NTRIP.
func foreignStatus(in []byte) verdict {
	const longest = 16
	n := 0
	for n < min(len(in), longest) && 'A' <= in[n] && in[n] <= 'Z' {
		n++
	}
	if n == len(in) && n < longest {
		return maybe
	}
	if n < 3 || n == longest || in[n] != ' ' {
		return no
	}
	for i, c := range in[n+1 : min(len(in), n+4)] {
		if !digit(c) || i == 0 && (c == '0' || c > '5') {
			return no
		}
	}
	switch {
	case len(in) < n+5:
		return maybe
	case in[n+4] == ' ' || in[n+4] == '\r' || in[n+4] == '\n':
		return yes
	}
	return no
}

// requestPrefix tells whether bytes begin a request line. A line without a
// version counts only as GET and a target (HTTP/0.9): LIST, USER or EHLO are
// words of other protocols.
func requestPrefix(in []byte) verdict {
	if bytes.HasPrefix(in, []byte("PRI * HTTP/2")) {
		return no
	}
	i := bytes.IndexByte(in[:min(len(in), maxSniff)], '\n')
	switch {
	case i < 0 && !plausible(in):
		return no
	case i < 0 && len(in) < maxSniff:
		return maybe
	case i < 0 && startsRequest(in):
		return yes
	case i < 0:
		return no
	}
	line := bytes.TrimRight(in[:i], "\r")
	if plausible(line) && requestLike(line) {
		return yes
	}
	return no
}

// requestLike reports a line that a server would try to read as a request:
// it ends with a version, or begins with a known method and a path.
func requestLike(in []byte) bool {
	if i := bytes.IndexByte(in, ' '); i > 0 && knownMethod(string(in[:i])) && bytes.HasSuffix(in, []byte(" HTTP/1.1")) {
		return true // the common case, without a look at the rest
	}
	line := string(in)
	words := strings.Fields(line)
	if len(words) < 2 {
		return false
	}
	method, last := words[0], words[len(words)-1]
	switch {
	case looksLikeVersion(last) && !strings.HasPrefix(strings.ToUpper(last), "SIP/") &&
		!strings.HasPrefix(strings.ToUpper(last), "RTSP/"):
		return true
	case knownMethod(strings.ToUpper(method)) && strings.Contains(line, " HTTP"):
		return true
	}
	return method == "GET" && len(words) == 2 || knownMethod(method) && words[1][0] == '/'
}

// plausible reports whether a line, complete or not, can still be a request line.
func plausible(line []byte) bool {
	const longest = 32
	i := 0
	for i < len(line) && (tokens[line[i]] || i == 0 && (line[i] == ' ' || line[i] == '\t')) {
		i++
	}
	if i == len(line) {
		return i <= longest
	}
	return i > 0 && i <= longest && (line[i] == ' ' || line[i] == '\t' || line[i] == '\v' || line[i] == '\f' ||
		line[i] >= 0x80 || line[i] == '\r' && i == len(line)-1)
}

// beginnings are the first bytes of the protocols that are told by name.
var beginnings = []struct{ bytes, name string }{
	{"\x16\x03", "tls"},
	{"PRI * HTTP/2", "http/2"},
	{"SSH-", "ssh"},
}

// protocolOf names a protocol by its first bytes, "other" when it is none of
// the few known. It is not certain while more bytes may tell.
func protocolOf(in []byte) (name string, certain bool) {
	for _, p := range beginnings {
		n := min(len(in), len(p.bytes))
		if string(in[:n]) == p.bytes[:n] {
			return p.name, n == len(p.bytes)
		}
	}
	return "other", true
}

// isRequestLine is strict: a method, a target, and HTTP/1.x at the line's end.
func isRequestLine(in []byte) bool { return requestLine(in) == yes }

// LooksLikeRequest reports bytes that begin with a whole request line of
// HTTP/1.x, for a caller that does not know which side is the client.
func LooksLikeRequest(b []byte) bool { return isRequestLine(b) }

// LooksLikeResponse reports bytes that begin with a status line of HTTP/1.x.
func LooksLikeResponse(b []byte) bool { return statusLine(b) == yes }
