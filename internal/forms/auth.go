package forms

import (
	"encoding/base64"
	"slices"
	"strings"
	"unicode/utf8"

	"httpscope/internal/grammar"
	"httpscope/internal/problem"
)

// MaxAuthParams bounds the parameters read from one field; Digest has eleven.
const MaxAuthParams = 64

// Credentials are an Authorization or Proxy-Authorization field as read
// (RFC 9110, Section 11.6.2).
type Credentials struct {
	Scheme   string  // as sent
	Token    string  // token68, the single word after the scheme; "" when there is none
	Params   []Param // name=value pairs, as Digest has them
	User     string  // Basic only, in UTF-8
	Password string  // Basic only, in UTF-8
	Charset  string  // Basic only: "utf-8" or "iso-8859-1", what the bytes were read as
	Decoded  bool    // Basic only: User and Password could be read
}

// Param is one parameter of credentials.
type Param struct {
	Name   string // as sent
	Value  string // without quotes and escapes
	Quoted bool
}

// Is reports whether the scheme is name, which is not case-sensitive.
func (c Credentials) Is(name string) bool { return strings.EqualFold(c.Scheme, name) }

// Param returns the first parameter with the name, which is not
// case-sensitive.
func (c Credentials) Param(name string) (Param, bool) {
	for _, p := range c.Params {
		if strings.EqualFold(p.Name, name) {
			return p, true
		}
	}
	return Param{}, false
}

// ParseAuthorization reads the value of an Authorization or
// Proxy-Authorization field.
func ParseAuthorization(value string) (Credentials, []Problem) {
	var ps problem.List
	value = grammar.Trim(value)
	if value == "" {
		ps.Add(AuthEmpty, "found.no-value")
		return Credentials{}, ps
	}
	scheme, rest, _ := strings.Cut(value, " ")
	c := Credentials{Scheme: scheme}
	rest = grammar.Trim(rest)
	if !grammar.IsToken(scheme) {
		ps.Add(AuthSyntax, "found.auth-syntax.scheme", problem.Quote(scheme))
	}
	switch {
	case c.Is("Basic"):
		c.basic(rest, &ps)
	case c.Is("Bearer"):
		c.bearer(rest, &ps)
	default:
		c.other(rest, &ps)
	}
	return c, ps
}

// basic reads user and password (RFC 7617, Section 2).
func (c *Credentials) basic(rest string, ps *problem.List) {
	c.Token = rest
	raw, ok := decodeBase64(rest, ps)
	if !ok {
		ps.Add(AuthBase64, "found.value", problem.Quote(rest))
		return
	}
	text := string(raw)
	c.Charset = "utf-8"
	if !utf8.ValidString(text) {
		c.Charset = "iso-8859-1"
		ps.Add(AuthCharset, "found.value", problem.Quote(text))
		text = latin1(raw)
	}
	user, password, found := strings.Cut(text, ":")
	c.User, c.Password, c.Decoded = user, password, true
	if !found {
		ps.Add(AuthNoColon, "found.value", problem.Quote(text))
	}
	if strings.IndexFunc(text, isControl) >= 0 {
		ps.Add(AuthControl, "found.value", problem.Quote(text))
	}
	ps.Add(AuthCleartext, "found.user", problem.Quote(user))
}

// decodeBase64 reads standard base64, and with a problem the two common
// deviations.
func decodeBase64(s string, ps *problem.List) ([]byte, bool) {
	if s == "" {
		return nil, false
	}
	if raw, err := base64.StdEncoding.DecodeString(s); err == nil {
		return raw, !strings.ContainsAny(s, "\r\n") // the library skips them
	}
	bare := strings.TrimRight(s, "=")
	for _, e := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
		if raw, err := e.DecodeString(bare); err == nil && bare != "" {
			ps.Add(AuthPadding, "found.value", problem.Quote(s))
			return raw, !strings.ContainsAny(s, "\r\n")
		}
	}
	return nil, false
}

// latin1 reads bytes as ISO 8859-1, in which each byte is its own code point.
func latin1(raw []byte) string {
	var b strings.Builder
	for _, c := range raw {
		b.WriteRune(rune(c))
	}
	return b.String()
}

// isControl reports whether r is a control character, CTL (RFC 5234).
func isControl(r rune) bool { return r < ' ' || r == 0x7f }

// bearer reads the token (RFC 6750, Section 2.1).
func (c *Credentials) bearer(rest string, ps *problem.List) {
	c.Token = rest
	if !isToken68(rest) {
		ps.Add(AuthToken, "found.value", problem.Quote(rest))
	}
}

// isToken68 reports whether s is a token68 (RFC 9110, Section 11.2).
func isToken68(s string) bool {
	body := strings.TrimRight(s, "=")
	for i := 0; i < len(body); i++ {
		c := body[i]
		alnum := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
		if !alnum && strings.IndexByte("-._~+/", c) < 0 {
			return false
		}
	}
	return body != ""
}

// commonSchemes are the schemes that need no remark.
var commonSchemes = []string{"digest", "negotiate", "ntlm", "hoba", "mutual", "vapid", "dpop",
	"aws4-hmac-sha256", "oauth", "scram-sha-1", "scram-sha-256", "privatetoken", "gnap"}

// other reads a token or a list of parameters.
func (c *Credentials) other(rest string, ps *problem.List) {
	if !slices.Contains(commonSchemes, strings.ToLower(c.Scheme)) {
		ps.Add(AuthUnknown, "found.scheme", problem.Quote(c.Scheme))
	}
	switch {
	case rest == "":
		if c.Is("Digest") {
			ps.Add(AuthSyntax, "found.auth-syntax.nothing")
		}
	case isToken68(rest):
		c.Token = rest
	default:
		c.Params = parseAuthParams(rest, ps)
	}
	if c.Is("Digest") && len(c.Params) > 0 {
		c.judgeDigest(ps)
	}
}
