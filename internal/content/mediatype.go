package content

import (
	"strings"

	"golang.org/x/net/html/charset"

	"httpscope/internal/grammar"
	"httpscope/internal/problem"
)

// MaxParams bounds the parameters read from one field.
const MaxParams = 32

// MediaType is a Content-Type field as read (RFC 9110, Section 8.3.1).
type MediaType struct {
	Type    string // lower case; "" when it could not be read
	Subtype string // lower case
	Params  []Param
}

// Param is one parameter.
type Param struct {
	Name   string // lower case
	Value  string // without quotes and escapes
	Quoted bool
}

// Essence returns type/subtype, or "" when the field has none.
func (m MediaType) Essence() string {
	if m.Type == "" {
		return ""
	}
	return m.Type + "/" + m.Subtype
}

// Param returns the first parameter with the name, given in lower case.
func (m MediaType) Param(name string) (string, bool) {
	for _, p := range m.Params {
		if p.Name == name {
			return p.Value, true
		}
	}
	return "", false
}

// ParseMediaType reads the value of a Content-Type field and keeps what can be
// read of a malformed one.
func ParseMediaType(value string) (MediaType, []Problem) {
	var m MediaType
	var ps problem.List
	essence, rest, _ := strings.Cut(value, ";")
	essence = grammar.Trim(essence)
	typ, sub, found := strings.Cut(essence, "/")
	switch {
	case essence == "":
		ps.Add(MediaTypeEmpty, "found.media-type-empty", problem.Quote(value))
	case !found || !grammar.IsToken(typ) || !grammar.IsToken(sub):
		ps.Add(MediaTypeSyntax, "found.value", problem.Quote(essence))
	default:
		m.Type, m.Subtype = strings.ToLower(typ), strings.ToLower(sub)
	}
	m.parseParams(rest, &ps)
	if label, ok := m.Param("charset"); ok {
		if e, _ := charset.Lookup(label); e == nil {
			ps.Add(CharsetUnknown, "found.charset", problem.Quote(label))
		}
	}
	return m, ps
}

// parseParams reads the list behind the first semicolon. Empty parameters are
// allowed (RFC 9110, Section 5.6.6).
func (m *MediaType) parseParams(s string, ps *problem.List) {
	for s = strings.TrimLeft(s, "; \t"); s != ""; s = strings.TrimLeft(s, "; \t") {
		if len(m.Params) == MaxParams {
			ps.Add(ParamLimit, "found.param-limit", MaxParams)
			return
		}
		var p Param
		var ok bool
		if p, s, ok = nextParam(s, ps); !ok {
			continue
		}
		if _, again := m.Param(p.Name); again {
			ps.Add(ParamRepeated, "found.value", problem.Quote(p.Name))
		}
		m.Params = append(m.Params, p)
	}
}

// nextParam reads one parameter from the front of s and returns the rest.
func nextParam(s string, ps *problem.List) (p Param, rest string, ok bool) {
	end := strings.IndexAny(s, "=;")
	if end < 0 || s[end] == ';' {
		part, rest, _ := strings.Cut(s, ";")
		ps.Add(ParamSyntax, "found.param-no-value", problem.Quote(part))
		return p, rest, false
	}
	name, s := s[:end], s[end+1:]
	p.Name = strings.ToLower(grammar.Trim(name))
	if p.Name != strings.ToLower(name) || s != strings.TrimLeft(s, " \t") {
		ps.Add(ParamSpace, "found.parameter", problem.Quote(p.Name))
	}
	s = strings.TrimLeft(s, " \t")
	if strings.HasPrefix(s, `"`) {
		p.Quoted = true
		before, closed := s[1:], false
		if p.Value, s, closed = grammar.Unquote(before); !closed {
			ps.Add(ParamQuote, "found.value", problem.Quote(before))
		}
		junk, rest, _ := strings.Cut(s, ";")
		if grammar.Trim(junk) != "" {
			ps.Add(ParamSyntax, "found.after-quoted-string", problem.Quote(junk))
		}
		s = rest
	} else {
		p.Value, s, _ = strings.Cut(s, ";")
		p.Value = grammar.Trim(p.Value)
		if !grammar.IsToken(p.Value) {
			ps.Add(ParamSyntax, "found.value-no-token", problem.Quote(p.Value))
		}
	}
	if !grammar.IsToken(p.Name) {
		ps.Add(ParamSyntax, "found.name-no-token", problem.Quote(p.Name))
		return p, s, false
	}
	return p, s, true
}
