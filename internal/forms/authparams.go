package forms

import (
	"strings"

	"httpscope/internal/grammar"
	"httpscope/internal/problem"
)

// parseAuthParams reads name=value pairs separated by commas (RFC 9110,
// section 11.2). Space around the equals sign is bad style but must be
// accepted; empty elements are ignored.
func parseAuthParams(s string, ps *problem.List) []Param {
	var params []Param
	seen := map[string]bool{}
	for s = strings.TrimLeft(s, ", \t"); s != ""; s = strings.TrimLeft(s, ", \t") {
		if len(params) == MaxAuthParams {
			ps.Add(AuthParamLimit, "found.param-limit", MaxAuthParams)
			break
		}
		var p Param
		var ok bool
		if p, s, ok = authParam(s, ps); !ok {
			continue
		}
		if key := strings.ToLower(p.Name); seen[key] {
			ps.Add(AuthParamRepeated, "found.value", problem.Quote(p.Name))
		} else {
			seen[key] = true
		}
		params = append(params, p)
	}
	return params
}

// authParam reads one parameter from the front of s and returns the rest.
func authParam(s string, ps *problem.List) (p Param, rest string, ok bool) {
	end := strings.IndexAny(s, "=,")
	if end < 0 || s[end] == ',' {
		part, rest, _ := strings.Cut(s, ",")
		ps.Add(AuthParamSyntax, "found.param-no-value", problem.Quote(grammar.Trim(part)))
		return p, rest, false
	}
	p.Name, s = grammar.Trim(s[:end]), strings.TrimLeft(s[end+1:], " \t")
	if !grammar.IsToken(p.Name) {
		ps.Add(AuthParamSyntax, "found.name-no-token", problem.Quote(p.Name))
	}
	if strings.HasPrefix(s, `"`) {
		p.Quoted = true
		before, closed := s[1:], false
		if p.Value, s, closed = grammar.Unquote(before); !closed {
			ps.Add(AuthQuote, "found.value", problem.Quote(before))
		}
		junk, rest, _ := strings.Cut(s, ",")
		if grammar.Trim(junk) != "" {
			ps.Add(AuthParamSyntax, "found.after-quoted-string", problem.Quote(junk))
		}
		return p, rest, true
	}
	p.Value, rest, _ = strings.Cut(s, ",")
	p.Value = grammar.Trim(p.Value)
	if !grammar.IsToken(p.Value) {
		ps.Add(AuthParamSyntax, "found.value-no-token", problem.Quote(p.Value))
	}
	return p, rest, true
}

// judgeDigest checks what a server needs and how it is written (RFC 7616,
// section 3.4).
func (c *Credentials) judgeDigest(ps *problem.List) {
	for _, name := range []string{"username", "realm", "nonce", "uri", "response"} {
		_, ok := c.Param(name)
		if _, star := c.Param(name + "*"); !ok && !(star && name == "username") {
			ps.Add(AuthDigestMissing, "found.value", name)
		}
	}
	for _, p := range c.Params {
		switch strings.ToLower(p.Name) {
		case "username", "realm", "nonce", "uri", "response", "cnonce", "opaque":
			if !p.Quoted {
				ps.Add(AuthDigestQuoting, "found.auth-digest-quoting.not-quoted", p.Name)
			}
		case "algorithm", "qop", "nc":
			if p.Quoted {
				ps.Add(AuthDigestQuoting, "found.auth-digest-quoting.quoted", p.Name)
			}
		}
	}
}
