package explain

import (
	"regexp"
	"strings"

	"httpscope/internal/texts"
)

// Find returns the text for what a person types: a code, or the thing itself
// as it stands on the wire or in a table, such as 404, Not Found, GET,
// Content-Length, rule 6, SYN, ACK or ClientHello.
func (c Catalogue) Find(typed string) (Text, bool) {
	typed = strings.TrimSpace(typed)
	if t, ok := c.Method(typed); ok {
		return t, true
	}
	for _, word := range []string{asCode(typed), asCode(separated(typed))} {
		if t, ok := c.findCode(word); ok {
			return t, true
		}
	}
	return c.findPhrase(typed)
}

// prefixes are those of codes, in the order in which a bare word is tried.
var prefixes = []string{"", "field-", "method-", "status-", "framing-", "tcp-", "tls-"}

func (c Catalogue) findCode(word string) (Text, bool) {
	for _, p := range prefixes {
		if t, ok := c.Lookup(p + word); ok {
			return t, true
		}
	}
	if m := statusLine.FindStringSubmatch(word); m != nil {
		return c.Lookup("status-" + m[1])
	}
	return Text{}, false
}

// statusLine finds the number in "http-1.1-404-not-found".
var statusLine = regexp.MustCompile(`^(?:http-(?:\d\.\d-)?)?(\d{3})(?:-|$)`)

// findPhrase looks for a status by its reason phrase.
func (c Catalogue) findPhrase(typed string) (Text, bool) {
	for _, t := range In(texts.English).Group(GroupStatuses) {
		if _, phrase, ok := strings.Cut(t.Title, " "); ok && strings.EqualFold(phrase, typed) {
			return c.Lookup(t.Code)
		}
	}
	return Text{}, false
}

var (
	notOfCodes = regexp.MustCompile(`[^a-z0-9.]+`)
	humps      = regexp.MustCompile(`([a-z0-9])([A-Z])`)
)

// asCode writes words as codes are written: "SYN, ACK" as syn-ack.
func asCode(s string) string {
	return strings.Trim(notOfCodes.ReplaceAllString(strings.ToLower(s), "-"), "-.")
}

// separated writes ClientHello as Client-Hello.
func separated(s string) string { return humps.ReplaceAllString(s, "$1-$2") }
