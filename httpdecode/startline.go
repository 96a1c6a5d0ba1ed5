package httpdecode

import (
	"strings"
)

// tokens marks the characters of a token (RFC 9110, Section 5.6.2).
var tokens = func() (t [256]bool) {
	for _, c := range "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ" {
		t[c] = true
	}
	return t
}()

func isToken(s string) bool {
	for i := range len(s) {
		if !tokens[s[i]] {
			return false
		}
	}
	return s != ""
}

// lineSpace is what RFC 9112, Section 3 lets a lenient recipient take for a
// space in a start line, but for the space itself.
const lineSpace = "\t\v\f\r"

// startLine parses the first line, without its line end, into the head.
func (p *parser) startLine(line string) {
	if p.head.Side == Server {
		i := reasonAt(line)
		if i < len(line) && line[i] != ' ' {
			p.find(StartLineSpace, i, i+1, "found.start-line-whitespace.status", shorten(line))
			line = line[:i] + " " + line[i+1:]
		}
		p.statusLine(p.singleSpaces(line, i))
		return
	}
	p.requestLine(p.singleSpaces(line, len(line)))
}

// singleSpaces puts single spaces between the parts of line[:n], with a finding
// when others stand there.
func (p *parser) singleSpaces(line string, n int) string {
	parts := line[:n]
	if !(hasControl(parts) && strings.ContainsAny(parts, lineSpace) || strings.Contains(parts, "  ") || strings.HasPrefix(parts, " ") || strings.HasSuffix(parts, " ")) {
		return line
	}
	p.find(StartLineSpace, 0, n, "found.start-line-whitespace.parts", shorten(line))
	words := strings.FieldsFunc(parts, func(r rune) bool { return r == ' ' || strings.ContainsRune(lineSpace, r) })
	return strings.Join(words, " ") + line[n:]
}

// reasonAt is the index after the status. What follows is free text, spaces
// and all (RFC 9112, Section 4).
func reasonAt(line string) int {
	i, space := 0, func(c byte) bool { return c == ' ' || strings.IndexByte(lineSpace, c) >= 0 }
	for range 2 {
		for i < len(line) && space(line[i]) {
			i++
		}
		for i < len(line) && !space(line[i]) {
			i++
		}
	}
	return i
}

// requestLine is method SP target SP version (RFC 9112, Section 3).
func (p *parser) requestLine(line string) {
	h := p.head
	method, rest, _ := strings.Cut(line, " ")
	h.Method = method
	if i := strings.LastIndexByte(rest, ' '); i >= 0 && looksLikeVersion(rest[i+1:]) {
		h.Target, h.Version = rest[:i], rest[i+1:]
	} else if looksLikeVersion(rest) {
		h.Version = rest
	} else {
		h.Target = rest
	}
	p.checkMethod()
	p.checkTarget(len(method) + 1)
	p.checkVersion(len(line))
}

func looksLikeVersion(s string) bool {
	i := strings.IndexByte(s, '/')
	return i > 0 && i <= 5 && len(s) > i+1 && s[i+1] >= '0' && s[i+1] <= '9' && isUpperish(s[:i])
}

func isUpperish(s string) bool {
	for i := range len(s) {
		if c := s[i] | 0x20; c < 'a' || c > 'z' {
			return false
		}
	}
	return true
}

func (p *parser) checkMethod() {
	m := p.head.Method
	switch {
	case !isToken(m):
		p.find(MethodInvalid, 0, len(m), "found.method-invalid", shorten(m))
	case knownMethod(m):
	case knownMethod(strings.ToUpper(m)):
		p.find(MethodCase, 0, len(m), "found.method-case", m)
	default:
		if rest, known := leftover(m); known != "" {
			p.find(MethodUnknown, 0, len(m), "found.method-unknown.leftover", shorten(m), known, rest)
		} else {
			p.find(MethodUnknown, 0, len(m), "found.method-unknown", shorten(m))
		}
	}
}

// leftover is the known method at the end of one like DEFGET, and what stands before it: the end of a longer body.
func leftover(m string) (rest, known string) {
	for _, known = range []string{"GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS"} {
		if rest, ok := strings.CutSuffix(m, known); ok {
			return rest, known
		}
	}
	return "", ""
}

// checkTarget tells the form of the target (RFC 9112, Section 3.2).
func (p *parser) checkTarget(at int) {
	h, t := p.head, p.head.Target
	if t == "" {
		p.find(TargetMissing, 0, at, "found.target-missing")
		return
	}
	h.Form = targetForm(h.Method, t)
	switch {
	case h.Form == NoForm && t != "*" && !strings.Contains(t, "://") && h.Method != "CONNECT":
		p.find(TargetNoSlash, at, at+len(t), "found.target-no-slash", shorten(t), shorten(t))
	case h.Form == NoForm:
		p.find(TargetFormOdd, at, at+len(t), "found.target-form", h.Method, shorten(t))
	}
	odd := false
	for i := range len(t) {
		switch c := t[i]; {
		case c == ' ':
			p.find(TargetSpace, at+i, at+i+1, "found.target-space", shorten(t))
			return
		case c == '#':
			p.find(TargetFragment, at+i, at+len(t), "found.target-fragment")
			return
		case odd:
		case c == '%' && !escapes(t[i:]):
			p.find(TargetPercent, at+i, at+i+1, "found.target-percent", t[i:min(len(t), i+3)])
			odd = true
		case c < 0x21 || c > 0x7e || c == '"' || c == '<' || c == '>' || c == '\\' || c == '^' || c == '`' || c == '{' || c == '|' || c == '}':
			p.find(TargetBytes, at+i, at+i+1, "found.target-bytes", c)
			odd = true
		}
	}
}

// escapes reports a percent sign and two hexadecimal digits (RFC 3986, Section 2.1).
func escapes(s string) bool { return len(s) > 2 && unhex(s[1]) >= 0 && unhex(s[2]) >= 0 }

func targetForm(method, t string) TargetForm {
	switch {
	case method == "CONNECT":
		if i := strings.LastIndexByte(t, ':'); i > 0 && i < len(t)-1 && strings.Trim(t[i+1:], "0123456789") == "" &&
			!strings.ContainsAny(t, "/?@") {
			return AuthorityForm
		}
		return NoForm
	case t[0] == '/':
		return OriginForm
	case t == "*":
		if method == "OPTIONS" {
			return AsteriskForm
		}
		return NoForm
	}
	scheme, rest, ok := strings.Cut(t, "://")
	if ok && rest != "" && isScheme(scheme) {
		return AbsoluteForm
	}
	return NoForm
}

// isScheme is the scheme of RFC 3986, Section 3.1.
func isScheme(s string) bool {
	for i := range len(s) {
		c := s[i] | 0x20
		if (c < 'a' || c > 'z') && (i == 0 || !strings.ContainsRune("0123456789+-.", rune(s[i]))) {
			return false
		}
	}
	return s != ""
}

// checkVersion is RFC 9112, Section 2.3: HTTP/ and two digits, in this case.
func (p *parser) checkVersion(end int) {
	v := p.head.Version
	switch {
	case v == "HTTP/1.1" || v == "HTTP/1.0":
	case v == "" && p.head.Side == Client && p.simple():
		p.find(SimpleRequest, 0, end, "found.http-0.9-request")
	case p.head.Side == Server && v != "" && !strings.ContainsRune(v, '/'):
		p.find(StatusLineForeign, 0, end, "found.status-line-foreign", shorten(v))
	case v == "":
		p.find(VersionMissing, 0, end, "found.version-missing")
	case len(v) == 8 && v[:5] == "HTTP/" && digit(v[5]) && v[6] == '.' && digit(v[7]):
		p.find(VersionOther, end-len(v), end, "found.version-other", v)
	default:
		p.find(VersionInvalid, end-len(v), end, "found.version-invalid", shorten(v))
	}
}

func digit(c byte) bool { return '0' <= c && c <= '9' }

// simple reports an HTTP/0.9 request: GET and a target, nothing else.
func (p *parser) simple() bool {
	return p.head.Version == "" && p.head.Method == "GET" && p.head.Target != "" &&
		!strings.Contains(p.head.Target, " ")
}

// statusLine is version SP status SP [reason] (RFC 9112, Section 4).
func (p *parser) statusLine(line string) {
	h := p.head
	version, rest, _ := strings.Cut(line, " ")
	status, reason, space := strings.Cut(rest, " ")
	h.Version, h.Reason = version, reason
	h.Status = parseStatus(status)
	at := len(version) + 1
	switch {
	case h.Status == 0:
		p.find(StatusInvalid, min(at, len(line)), len(line), "found.status-invalid.digits", shorten(status))
	case h.Status >= 600:
		p.find(StatusInvalid, at, at+3, "found.status-invalid.class", h.Status)
	case statusText(h.Status) == "":
		p.find(StatusUnknown, at, at+3, "found.status-unknown", h.Status, h.Status/100)
	}
	if strings.IndexByte(reason, '\r') >= 0 {
		p.find(BareCR, 0, len(line), "found.bare-cr", shorten(reason))
	} else if hasControl(strings.ReplaceAll(reason, "\t", "")) {
		p.find(FieldValueControl, 0, len(line), "found.field-value-control", shorten(reason))
	}
	if !space && h.Status != 0 {
		p.find(ReasonSpace, 0, len(line), "found.reason-space-missing")
	}
	p.checkVersion(len(version))
}

func parseStatus(s string) int {
	if len(s) != 3 || s[0] < '1' || s[0] > '9' || !digit(s[1]) || !digit(s[2]) {
		return 0
	}
	return int(s[0]-'0')*100 + int(s[1]-'0')*10 + int(s[2]-'0')
}

// shorten keeps a quotation readable.
func shorten(s string) string {
	const most = 80
	if len(s) <= most {
		return s
	}
	return s[:most] + "…"
}

// beginning is a copy of the first bytes of what is not what was expected: a finding outlives the buffer.
func beginning(in []byte) string { return string(in[:min(len(in), 16)]) }
