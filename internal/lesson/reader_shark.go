package lesson

import (
	"bytes"
	"slices"
	"strconv"
	"strings"

	"httpscope/internal/texts"
)

// sharkRule is where its readings are written.
var sharkRule = texts.Say("lesson.rule-wireshark")

// readShark models what Wireshark shows. It is made to show packets, not to
// enforce rules: it refuses nothing, gives no reason, and a message whose end it
// waits for is not shown at all. The model was measured: testdata/wireshark.txt
// holds the answers.
func readShark(in input) outcome {
	end := headEnd(in.data)
	_, words := startLine(in.data)
	switch {
	case !sharkStart(in.response, words):
		return waiting(sharkRule, says("not-recognised"))
	case end < 0:
		return waiting(sharkRule, says("no-end-hidden"))
	}
	h := sharkHead(in.data[:end])
	o := h.frame(in, end, statusIn(words))
	if o.accepts && h.fold > 0 && (in.response || o.body > 0) {
		o.body = o.end - h.fold
		o.says = says("fold-is-body", o.says)
	}
	o.rule = sharkRule
	return o
}

// sharkMethods are those of RFC 9110, RFC 5789 and WebDAV. Wireshark knows more
// of them, none of which begins with letters before another one.
var sharkMethods = []string{"GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH",
	"PROPFIND", "PROPPATCH", "MKCOL", "COPY", "MOVE", "LOCK", "UNLOCK", "REPORT", "SEARCH"}

// sharkStart reports a first line that is taken for HTTP.
func sharkStart(response bool, words []string) bool {
	if response {
		return strings.HasPrefix(words[0], "HTTP/") && statusIn(words) > 0
	}
	return len(words) == 3 && slices.Contains(sharkMethods, words[0]) && strings.HasPrefix(words[2], "HTTP/")
}

// sharkFields is what decides on the end of a message.
type sharkFields struct {
	length  int64 // -1 for none that can be read
	chunked bool
	fold    int // index of the first folded line, 0 for none
}

// sharkHead reads the lines of a head. A name with a space after it is another
// name; of several lengths the last counts.
func sharkHead(head []byte) sharkFields {
	f := sharkFields{length: -1}
	at, last := 0, ""
	for line := range bytes.Lines(head) {
		name, value, ok := strings.Cut(strings.TrimRight(string(line), "\r\n"), ":")
		folded := line[0] == ' ' || line[0] == '\t'
		if folded && f.fold == 0 && at > 0 {
			f.fold = at
		}
		if folded {
			name, value, ok = last, string(line), last == "transfer-encoding"
		}
		last = strings.ToLower(name)
		value = strings.ToLower(strings.TrimSpace(value))
		switch {
		case ok && last == "content-length":
			if n, err := strconv.ParseInt(value, 10, 63); err == nil && n >= 0 {
				f.length = n
			}
		case ok && last == "transfer-encoding":
			f.chunked = f.chunked || strings.HasPrefix(value, "chunked")
		}
		at += len(line)
	}
	return f
}

func (h *sharkFields) frame(in input, end, status int) outcome {
	rest := len(in.data) - end
	switch {
	case in.response && in.latest == "HEAD":
		return outcome{accepts: true, end: end, says: says("after-head")}
	case in.response && bodiless("", status) && h.length > int64(rest):
		return outcome{accepts: true, end: end, says: says("not-waited")}
	case in.response && h.length < 0 && !h.chunked && bodiless("", status):
		return outcome{accepts: true, end: end, says: says("status-no-body")}
	case h.chunked:
		return sharkChunks(in.data, end)
	case h.length > int64(rest):
		return waiting(texts.Phrase{}, h.why(in, status, says("waits-body", byteCount(h.length))))
	case h.length >= 0:
		return outcome{accepts: true, end: end + int(h.length), body: int(h.length),
			says: h.why(in, status, says("counts"))}
	case !in.response:
		return outcome{accepts: true, end: end, says: says("no-body")}
	case in.fin:
		return outcome{accepts: true, end: len(in.data), body: rest, closes: true, says: says("until-fin")}
	}
	return waiting(texts.Phrase{}, says("waits-fin"))
}

// why adds to a sentence what makes a length count that counts for nobody else.
func (h *sharkFields) why(in input, status int, said texts.Phrase) texts.Phrase {
	switch {
	case in.response && in.method == "HEAD":
		return says("last-request", said, clip(in.latest))
	case in.response && (status == 204 || status == 304):
		return says("also-status", said)
	}
	return said
}

// sharkChunks reads chunks: a size that is no number counts as 0.
func sharkChunks(b []byte, at int) outcome {
	body := 0
	for {
		i := bytes.IndexByte(b[at:], '\n')
		if i < 0 {
			return waiting(texts.Phrase{}, says("waits-last-chunk"))
		}
		n := hexPrefix(string(b[at : at+i]))
		at += i + 1
		if n == 0 {
			break
		}
		if n > int64(len(b)-at) {
			return waiting(texts.Phrase{}, says("waits-last-chunk"))
		}
		at, body = at+int(n), body+int(n)
		at += len(lineEnd(b[at:]))
	}
	for {
		i := bytes.IndexByte(b[at:], '\n')
		if i < 0 {
			return waiting(texts.Phrase{}, says("waits-empty-line"))
		}
		line := bytes.TrimSuffix(b[at:at+i], []byte("\r"))
		at += i + 1
		if len(line) == 0 {
			return outcome{accepts: true, end: at, body: body, says: says("chunked-zero")}
		}
	}
}

// lineEnd is the line end that bytes begin with.
func lineEnd(b []byte) []byte {
	switch {
	case bytes.HasPrefix(b, []byte("\r\n")):
		return b[:2]
	case bytes.HasPrefix(b, []byte("\n")):
		return b[:1]
	}
	return nil
}

// hexPrefix is a number as C's strtol reads it: spaces, 0x, digits, and 0 for
// anything else.
func hexPrefix(s string) int64 {
	s = strings.TrimLeft(s, " \t")
	if len(s) > 2 && s[0] == '0' && (s[1] == 'x' || s[1] == 'X') {
		s = s[2:]
	}
	n := int64(0)
	for i := 0; i < len(s) && n < 1<<50; i++ {
		k := strings.IndexByte("0123456789abcdef", s[i]|0x20)
		if s[i] >= '0' && s[i] <= '9' {
			k = int(s[i] - '0')
		}
		if k < 0 || s[i] < '0' {
			break
		}
		n = n<<4 | int64(k)
	}
	return n
}
