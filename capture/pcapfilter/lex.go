package pcapfilter

import (
	"strings"
)

// kind tells tokens apart.
type kind uint8

const (
	end   kind = iota
	word       // a keyword, or what is refused
	value      // begins with a digit or holds a colon: a number, an address, a range
	and
	or
	not
	open
	shut
)

// token is a piece of the filter.
type token struct {
	kind kind
	text string
	at   int // offset in bytes
}

// symbols are the tokens that need no white space around them. A longer one
// comes before its beginning.
var symbols = []struct {
	text string
	kind kind
}{{"&&", and}, {"||", or}, {"!", not}, {"(", open}, {")", shut}}

var words = map[string]kind{"and": and, "or": or, "not": not}

const space = " \t\r\n"

// tokens splits the filter. Every byte of it is in a token or is white space.
func tokens(text string) []token {
	var all []token
	for at := 0; at < len(text); {
		if strings.IndexByte(space, text[at]) >= 0 {
			at++
			continue
		}
		t := next(text, at)
		all = append(all, t)
		at += len(t.text)
	}
	return append(all, token{end, "", len(text)})
}

func next(text string, at int) token {
	for _, s := range symbols {
		if strings.HasPrefix(text[at:], s.text) {
			return token{s.kind, s.text, at}
		}
	}
	n := strings.IndexAny(text[at:], space+"!()")
	for _, s := range []string{"&&", "||"} {
		if m := strings.Index(text[at:], s); m >= 0 && (n < 0 || m < n) {
			n = m
		}
	}
	if n < 0 {
		n = len(text) - at
	}
	t := token{word, text[at : at+n], at}
	if k, ok := words[t.text]; ok {
		t.kind = k
	} else if t.text[0] >= '0' && t.text[0] <= '9' || strings.Contains(t.text, ":") {
		t.kind = value
	}
	return t
}
