package variant

import (
	"math/rand/v2"
	"net/url"
	"slices"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/recording"
	"httpscope/internal/trace"
)

// Bounds of what is taken for a secret value.
const (
	minValue  = 4
	maxValue  = 4096
	maxValues = 1024
)

// Value is a value that was replaced wherever it stands.
type Value struct {
	Kind string `json:"kind"` // cookie, parameter
	Name string `json:"name"` // of the cookie or parameter
	From string `json:"from"`
	To   string `json:"to"`
}

// sessionNames are parameters that say who somebody is.
var sessionNames = []string{"sid", "sessid", "session", "sessionid", "session_id", "phpsessid", "jsessionid", "token",
	"csrf", "csrf_token", "csrftoken", "_csrf", "xsrf", "authenticity_token", "auth_token", "access_token", "nonce"}

// values collects the cookie and session values of the exchanges, in their order.
func values(s *secret, base *recording.Recording) []Value {
	c := &collector{secret: s, to: map[string]string{}, used: map[string]bool{}}
	for _, x := range base.Exchanges {
		for m := range x.Messages() {
			if m.Head != nil {
				c.fields(m)
			}
		}
		if x.Request != nil && x.Request.Head != nil {
			c.parameters(x.Request)
		}
	}
	return c.all
}

type collector struct {
	secret *secret
	to     map[string]string
	used   map[string]bool
	all    []Value
}

func equalFold(a, b string) bool { return len(a) == len(b) && strings.EqualFold(a, b) }

// fields takes the values of Cookie and Set-Cookie (RFC 6265, Section 4).
func (c *collector) fields(m *trace.Message) {
	for _, f := range m.Head.Fields {
		switch {
		case equalFold(f.Name, "Set-Cookie"):
			pair, _, _ := strings.Cut(f.Value, ";")
			c.pair("cookie", pair)
		case equalFold(f.Name, "Cookie"):
			for pair := range strings.SplitSeq(f.Value, ";") {
				c.pair("cookie", pair)
			}
		}
	}
}

func (c *collector) pair(kind, pair string) {
	name, value, ok := strings.Cut(pair, "=")
	if ok {
		c.add(kind, strings.TrimSpace(name), strings.Trim(strings.TrimSpace(value), `"`))
	}
}

// parameters takes what looks like a session in the query and in a form.
func (c *collector) parameters(m *trace.Message) {
	_, query, _ := strings.Cut(m.Head.Target, "?")
	form := ""
	if slices.ContainsFunc(m.Head.Fields, isForm) {
		form = string(m.Kept)
	}
	for _, text := range []string{query, form} {
		for pair := range strings.SplitSeq(text, "&") {
			name, value, _ := strings.Cut(pair, "=")
			if plain, err := url.QueryUnescape(name); err == nil &&
				slices.Contains(sessionNames, strings.ToLower(plain)) {
				c.add("parameter", name, value)
			}
		}
	}
}

func isForm(f httpdecode.Field) bool {
	return equalFold(f.Name, "Content-Type") && strings.HasPrefix(strings.ToLower(f.Value),
		"application/x-www-form-urlencoded")
}

// add takes a value that can be told from ordinary text: it has a digit.
func (c *collector) add(kind, name, value string) {
	usable := len(value) >= minValue && len(value) <= maxValue && strings.ContainsAny(value, "0123456789") &&
		!strings.ContainsFunc(value, unusual)
	if !usable || c.to[value] != "" || len(c.all) >= maxValues {
		return
	}
	r := c.secret.random("value", value)
	for range attempts {
		if to := other(r, value); to != value && !c.used[to] {
			c.to[value], c.used[to] = to, true
			c.all = append(c.all, Value{kind, name, value, to})
			return
		}
	}
}

// unusual are characters that are not seen in values that programs make.
func unusual(r rune) bool { return r <= ' ' || r > '~' || strings.ContainsRune(`"\;,`, r) }

// other is a value of the same kinds of characters. Escapes (%41) stay, and of a
// JSON Web Token (RFC 7519) the readable parts.
func other(r *rand.Rand, value string) string {
	b := []byte(value)
	from := 0
	if strings.HasPrefix(value, "eyJ") && strings.Contains(value, ".") {
		from = strings.LastIndexByte(value, '.')
	}
	hex := strings.Trim(value, "0123456789abcdef") == ""
	for i := from; i < len(b); i++ {
		if b[i] == '%' {
			i += 2
			continue
		}
		b[i] = otherByte(r, b[i], hex, i == 0)
	}
	return string(b)
}

func otherByte(r *rand.Rand, c byte, hex, first bool) byte {
	switch {
	case c > '0' && c <= '9' && first:
		return '1' + byte(r.IntN(9))
	case c >= '0' && c <= '9' && !first:
		return '0' + byte(r.IntN(10))
	case c >= 'a' && c <= 'f' && hex:
		return 'a' + byte(r.IntN(6))
	case c >= 'a' && c <= 'z':
		return 'a' + byte(r.IntN(26))
	case c >= 'A' && c <= 'Z':
		return 'A' + byte(r.IntN(26))
	}
	return c
}
