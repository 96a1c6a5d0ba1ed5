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
	skip := 0
	for skip < len(in) && (in[skip] == '\r' || in[skip] == '\n') {
		skip++
	}
	if skip == len(in) && len(in) <= maxSniff {
		return 0
	}
	v := statusPrefix(in[skip:])
	if h.side == Client {
		v = requestPrefix(in[skip:])
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
		return d.notAResponse(h, in)
	}
	if d.other == "" || d.other == "other" {
		d.other = protocolOf(in)
	}
	h.state = raw
	return d.raw(h, in)
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

// requestPrefix tells whether bytes begin a request line. A line without a
// version counts only as GET and a target (HTTP/0.9): LIST, USER or EHLO are
// words of other protocols.
func requestPrefix(in []byte) verdict {
	if bytes.HasPrefix(in, []byte("PRI * HTTP/2")) {
		return no
	}
	i := bytes.IndexByte(in, '\n')
	if i < 0 {
		if len(in) > maxSniff || !plausible(in) {
			return no
		}
		return maybe
	}
	line := bytes.TrimRight(in[:i], "\r")
	if plausible(line) && requestLike(string(line)) {
		return yes
	}
	return no
}

// requestLike reports a line that a server would try to read as a request:
// it ends with a version, or begins with a known method and a path.
func requestLike(line string) bool {
	if i := strings.IndexByte(line, ' '); i > 0 && knownMethod(line[:i]) && strings.HasSuffix(line, " HTTP/1.1") {
		return true // the common case, without a look at the rest
	}
	words := strings.Fields(line)
	if len(words) < 2 {
		return false
	}
	method, last := words[0], words[len(words)-1]
	switch {
	case looksLikeVersion(last) && !strings.HasPrefix(strings.ToUpper(last), "SIP/") && !strings.HasPrefix(strings.ToUpper(last), "RTSP/"):
		return true
	case knownMethod(strings.ToUpper(method)) && strings.Contains(line, " HTTP"):
		return true
	}
	return method == "GET" && len(words) == 2 || knownMethod(method) && words[1][0] == '/'
}

// plausible reports whether a line, complete or not, can still be a request line.
func plausible(line []byte) bool {
	const longestMethod = 32
	i := 0
	for i < len(line) && (tokens[line[i]] || i == 0 && (line[i] == ' ' || line[i] == '\t')) {
		i++
	}
	if i == len(line) {
		return i <= longestMethod
	}
	return i > 0 && i <= longestMethod && (line[i] == ' ' || line[i] == '\t' || line[i] == '\v' || line[i] == '\f' || line[i] >= 0x80 || line[i] == '\r' && i == len(line)-1)
}

// protocolOf names a protocol by its first bytes, "other" when it is none of the few known.
func protocolOf(in []byte) string {
	switch {
	case len(in) >= 3 && in[0] == 0x16 && in[1] == 3 && in[2] <= 4:
		return "tls"
	case bytes.HasPrefix(in, []byte("PRI * HTTP/2")):
		return "http/2"
	case bytes.HasPrefix(in, []byte("SSH-")):
		return "ssh"
	}
	return "other"
}

// raw hands out bytes of another protocol. HTTP may still begin, after a
// SOCKS handshake or a PROXY line; but not inside a tunnel.
func (d *Decoder) raw(h *half, in []byte) int {
	if d.proto == "" && d.other != "tls" && d.other != "http/2" && d.other != "ssh" && d.beginsHTTP(h, in) {
		h.state = start
		if !d.midstream {
			d.find(h, LateHTTP, 0, "HTTP begins after bytes of another protocol")
		}
		return d.start(h, in)
	}
	d.emit(h, RawEvent, len(in)).Bytes = in
	h.tally.Other += int64(len(in))
	return len(in)
}

// beginsHTTP reports a whole start line at the beginning of in. For a server
// it must also be clear that the client speaks HTTP.
func (d *Decoder) beginsHTTP(h *half, in []byte) bool {
	if h.side == Server {
		return (d.http || d.midstream) && isStatusLine(in)
	}
	return isRequestLine(in)
}

// isRequestLine is strict: a known method, a target, and HTTP/1.x at the line's end.
func isRequestLine(in []byte) bool {
	if len(in) == 0 || in[0] < 'A' || in[0] > 'Z' {
		return false
	}
	i := bytes.IndexByte(in, '\n')
	if i < 0 || i > maxSniff {
		return false
	}
	words := strings.Split(strings.TrimSuffix(string(in[:i]), "\r"), " ")
	return len(words) >= 3 && knownMethod(words[0]) && strings.HasPrefix(words[len(words)-1], "HTTP/1.")
}

// isStatusLine is strict: HTTP/1.x, a space, three digits.
func isStatusLine(in []byte) bool {
	return len(in) > 12 && string(in[:7]) == "HTTP/1." && digit(in[7]) && in[8] == ' ' && parseStatus(string(in[9:12])) != 0 &&
		(in[12] == ' ' || in[12] == '\r' || in[12] == '\n')
}

// LooksLikeRequest reports bytes that begin with a whole request line of
// HTTP/1.x, for a caller that does not know which side is the client.
func LooksLikeRequest(b []byte) bool { return isRequestLine(b) }

// LooksLikeResponse reports bytes that begin with a status line of HTTP/1.x.
func LooksLikeResponse(b []byte) bool { return isStatusLine(b) }
