package httpdecode

import (
	"strings"
)

// parser reads one complete head. Findings carry spans in the side's stream.
type parser struct {
	head     *Head
	lines    *lineCache
	findings []Finding
	folded   []byte // the value of the last field while its lines go on
	folding  bool   // the field does not have it yet
}

// find records a finding about head.Raw[from:to].
func (p *parser) find(c Code, from, to int, key string, args ...any) {
	if len(p.findings) < maxFindings {
		p.findings = append(p.findings,
			Finding{c, Fact{key, copied(args)}, Span{p.head.Offset + int64(from), p.head.Offset + int64(to)}})
	}
}

// nextLine cuts the line that begins at an index of raw, without its line
// end; next is the index after it.
func (p *parser) nextLine(at int) (line string, next int) {
	raw := p.head.Raw
	i := strings.IndexByte(raw[at:], '\n')
	if i < 0 {
		return strings.TrimSuffix(raw[at:], "\r"), len(raw)
	}
	line, next = raw[at:at+i], at+i+1
	if n := len(line); n > 0 && line[n-1] == '\r' {
		return line[:n-1], next
	}
	p.find(BareLF, at, next, "found.bare-lf.line", shorten(line))
	return line, next
}

// parse reads the start line and the fields of head.Raw.
func (p *parser) parse() {
	line, at := p.nextLine(0)
	p.startLine(line)
	if p.broken(at) {
		p.findings = nil
	}
	if lines := strings.Count(p.head.Raw[at:], "\n"); cap(p.head.Fields) < lines {
		p.head.Fields = make([]Field, 0, lines)
	}
	for at < len(p.head.Raw) {
		line, next := p.nextLine(at)
		if line == "" {
			break
		}
		n := len(p.findings)
		p.field(line, at, next)
		if p.broken(next) {
			p.findings = p.findings[:n]
		}
		at = next
	}
	p.unfold()
	if !p.head.Complete {
		return
	}
	if p.head.Side == Client {
		p.checkHost()
	}
	p.head.Persist = persistence(p.head)
}

// broken reports that the line before an index breaks off with the head: what
// it lacks is not the sender's fault.
func (p *parser) broken(next int) bool {
	return !p.head.Complete && next == len(p.head.Raw) && p.head.Raw[next-1] != '\n'
}

// field reads one line (RFC 9112, Section 5).
func (p *parser) field(line string, at, next int) {
	if line[0] == ' ' || line[0] == '\t' {
		p.fold(line, at, next)
		return
	}
	f, ok := p.lines.find(line)
	if !ok {
		before := len(p.findings)
		if f, ok = p.split(line, at); !ok {
			return
		}
		if len(p.findings) == before {
			p.lines.keep(line, &f)
		}
	}
	f.At, f.Len = int32(at), int32(next-at)
	p.unfold()
	p.head.Fields = append(p.head.Fields, f)
	p.head.known |= 1 << f.ID
}

// split cuts a field line at its colon and checks both halves.
func (p *parser) split(line string, at int) (Field, bool) {
	colon := strings.IndexByte(line, ':')
	if colon < 0 {
		p.find(FieldNoColon, at, at+len(line), "found.field-no-colon", shorten(line))
		return Field{}, false
	}
	name, value := line[:colon], trim(line[colon+1:])
	if n := len(name); n > 0 && (name[n-1] == ' ' || name[n-1] == '\t') {
		name = strings.TrimRight(name, " \t")
		p.find(FieldNameSpace, at+len(name), at+colon, "found.field-space-before-colon", shorten(name))
	}
	f := Field{Name: name, Value: value, ID: KnownField(name)}
	switch {
	case f.ID != FieldOther: // a token, since it is known
	case name == "":
		p.find(FieldNameEmpty, at, at+len(line), "found.field-name-empty", shorten(line))
	case !isToken(name):
		p.find(FieldNameInvalid, at, at+len(name), "found.field-name-invalid", shorten(name))
	}
	p.checkValue(&f, at+colon+1, line[colon+1:])
	return f, true
}

// trim removes optional white space (RFC 9110, Section 5.6.3).
func trim(s string) string {
	for len(s) > 0 && (s[0] == ' ' || s[0] == '\t') {
		s = s[1:]
	}
	for len(s) > 0 && (s[len(s)-1] == ' ' || s[len(s)-1] == '\t') {
		s = s[:len(s)-1]
	}
	return s
}

// fold continues the field before (RFC 9112, Section 5.2).
func (p *parser) fold(line string, at, next int) {
	n := len(p.head.Fields)
	if n == 0 {
		p.find(FirstFieldFolded, at, at+len(line), "found.first-field-folded", shorten(line))
		return
	}
	f := &p.head.Fields[n-1]
	p.find(ObsFold, at, at+len(line), "found.obs-fold", f.Name, shorten(line))
	if !f.Folded {
		p.folded = append(p.folded[:0], f.Value...)
	}
	if line = trim(line); line != "" && len(p.folded) > 0 {
		p.folded = append(p.folded, ' ')
	}
	p.folded, p.folding = append(p.folded, line...), true
	f.Folded = true
	f.Len = int32(next) - f.At
}

// unfold gives the last field its value when all its lines are there: a head of sixty
// thousand folded lines would be copied as often.
func (p *parser) unfold() {
	if p.folding {
		p.head.Fields[len(p.head.Fields)-1].Value = string(p.folded)
		p.folding = false
	}
}

// checkValue looks for bytes that no value may hold, and for the near miss of
// two fields in one line.
func (p *parser) checkValue(f *Field, at int, raw string) {
	if hasControl(raw) {
		p.findControl(f, at, raw)
	}
	p.checkSwallowed(f, at, raw)
}

// findControl names the first control byte of a value.
func (p *parser) findControl(f *Field, at int, raw string) {
	for i := range len(raw) {
		if c := raw[i]; c < ' ' && c != '\t' || c == 0x7f {
			code := FieldValueControl
			if c == '\r' {
				code = BareCR
			}
			p.find(code, at+i, at+i+1, "found.control-byte", shorten(f.Name), c)
			return
		}
	}
}

// hasControl reports a byte below 0x20 or 0x7f, eight bytes at a time: every
// value of every message goes through it.
func hasControl(s string) bool {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	for len(s) >= 8 {
		v := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(
			s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
		del := v ^ 0x7f*ones
		if (v-0x20*ones)&^v&high|(del-ones)&^del&high != 0 {
			return true
		}
		s = s[8:]
	}
	for i := range len(s) {
		if s[i] < ' ' || s[i] == 0x7f {
			return true
		}
	}
	return false
}

// swallowable are the names whose colon inside another value means that a line
// end was forgotten. Names that also occur inside ordinary values are left out.
var swallowable = []string{"Content-Type:", "Content-Length:", "Connection:", "Transfer-Encoding:", "Set-Cookie:",
	"Content-Encoding:",
	"Content-Range:", "Cache-Control:", "Last-Modified:", "User-Agent:", "Accept-Ranges:", "Keep-Alive:"}

// checkSwallowed finds `Connection: closeContent-Type:text/html`: a value that
// goes on with another field's name and colon because CR LF is missing.
func (p *parser) checkSwallowed(f *Field, at int, raw string) {
	first := strings.IndexByte(raw, ':')
	if first < 1 || raw[first-1]|0x20 < 'a' || raw[first-1]|0x20 > 'z' {
		return // no colon, or one in a time, a port or an address
	}
	for _, name := range swallowable {
		i := first + 1 - len(name)
		if i < 1 || !strings.EqualFold(raw[i:first+1], name) || strings.TrimLeft(raw[:i], " \t") == "" {
			continue
		}
		if c := raw[i-1]; c == '"' || c == '\'' || c == ';' || c == '-' {
			continue // quoted, a parameter, or the end of a longer name
		}
		p.find(FieldSwallowed, at+i, at+first+1, "found.field-swallowed", f.Name, shorten(f.Value), raw[i:first+1])
		return
	}
}

// checkHost is RFC 9112, Section 3.2: exactly one Host, equal to the target's authority.
func (p *parser) checkHost() {
	h := p.head
	var hosts []*Field
	for i := range h.Fields {
		if h.Fields[i].ID == FieldHost {
			hosts = append(hosts, &h.Fields[i])
		}
	}
	switch {
	case len(hosts) == 0:
		if h.atLeast11() {
			p.find(HostMissing, 0, len(h.StartLine()), "found.host-missing")
		}
		return
	case len(hosts) > 1:
		p.find(HostRepeated, hosts[1].from(), hosts[1].to(), "found.host-repeated", len(hosts))
	}
	v := hosts[0].Value
	if strings.ContainsAny(v, " \t/\\?#@<>\"") {
		p.find(HostInvalid, hosts[0].from(), hosts[0].to(), "found.host-invalid", shorten(v))
	}
	if h.Form == AbsoluteForm {
		_, rest, _ := strings.Cut(h.Target, "://")
		if i := strings.IndexAny(rest, "/?#"); i >= 0 {
			rest = rest[:i]
		}
		if !strings.EqualFold(rest, v) {
			p.find(HostDiffers, hosts[0].from(), hosts[0].to(), "found.host-differs", shorten(v), shorten(rest))
		}
	}
}
