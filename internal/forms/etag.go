package forms

import (
	"strings"

	"httpscope/internal/grammar"
	"httpscope/internal/problem"
)

// MaxETags bounds the tags read from one field. Caches send one tag per stored
// copy, a handful.
const MaxETags = 1000

// ETag is an entity tag (RFC 9110, Section 8.8.3).
type ETag struct {
	Weak   bool
	Opaque string // between the double quotes
}

// String writes the tag as it stands in a field.
func (t ETag) String() string {
	if t.Weak {
		return `W/"` + t.Opaque + `"`
	}
	return `"` + t.Opaque + `"`
}

// StrongMatch compares for byte-for-byte equality of the representations
// (RFC 9110, Section 8.8.3.2).
func (t ETag) StrongMatch(u ETag) bool { return !t.Weak && !u.Weak && t.Opaque == u.Opaque }

// WeakMatch compares for equivalence (RFC 9110, Section 8.8.3.2).
func (t ETag) WeakMatch(u ETag) bool { return t.Opaque == u.Opaque }

// ETags is the value of If-Match or If-None-Match.
type ETags struct {
	Any  bool // the asterisk
	Tags []ETag
}

// ParseETag reads an ETag field or any single entity tag. A tag without
// quotes is read as if it had them, since such senders exist; ok is false when
// there is no tag at all.
func ParseETag(value string) (tag ETag, ok bool, list []Problem) {
	e, ps := ParseETags(value)
	if len(e.Tags) == 0 || e.Any {
		return ETag{}, false, ps
	}
	return e.Tags[0], true, ps
}

// ParseETags reads the value of If-Match or If-None-Match (RFC 9110, Sections
// 13.1.1 and 13.1.2). Commas may stand inside a tag, so the list is read tag
// by tag.
func ParseETags(value string) (ETags, []Problem) {
	var e ETags
	var ps problem.List
	s := grammar.Trim(value)
	for ; s != ""; s = strings.TrimLeft(s, " \t") {
		if s[0] == ',' {
			s = s[1:]
			continue
		}
		if len(e.Tags) == MaxETags {
			ps.Add(ETagLimit, "found.etag-limit", MaxETags)
			break
		}
		s = e.next(s, &ps)
	}
	switch {
	case e.Any && len(e.Tags) > 0:
		ps.Add(ETagStar, "found.value", problem.Quote(value))
	case !e.Any && len(e.Tags) == 0:
		ps.Add(ETagEmpty, "found.value", problem.Quote(value))
	}
	return e, ps
}

// next reads one element from the front of s and returns the rest.
func (e *ETags) next(s string, ps *problem.List) string {
	tag := ETag{Weak: strings.HasPrefix(s, "W/")}
	rest := strings.TrimPrefix(s, "W/")
	if strings.HasPrefix(s, `w/"`) {
		ps.Add(ETagWeakCase, "found.value", problem.Quote(s))
		tag.Weak, rest = true, s[2:]
	}
	if !strings.HasPrefix(rest, `"`) {
		return e.bare(tag, rest, ps)
	}
	end := strings.IndexByte(rest[1:], '"')
	if end < 0 {
		ps.Add(ETagSyntax, "found.etag-syntax.quote", problem.Quote(s))
		end = len(rest) - 1
		rest += `"`
	}
	tag.Opaque, rest = rest[1:1+end], rest[end+2:]
	if strings.IndexFunc(tag.Opaque, badInTag) >= 0 {
		ps.Add(ETagSyntax, "found.value", problem.Quote(tag.Opaque))
	}
	e.Tags = append(e.Tags, tag)
	if rest = strings.TrimLeft(rest, " \t"); rest != "" && rest[0] != ',' {
		ps.Add(ETagSyntax, "found.etag-syntax.comma", problem.Quote(rest))
	}
	return rest
}

// bare reads the asterisk or a tag without quotes, up to the next comma.
func (e *ETags) bare(tag ETag, s string, ps *problem.List) string {
	word, rest, _ := strings.Cut(s, ",")
	word = grammar.Trim(word)
	if word == "*" && !tag.Weak {
		e.Any = true
		return rest
	}
	ps.Add(ETagUnquoted, "found.value", problem.Quote(word))
	tag.Opaque = word
	e.Tags = append(e.Tags, tag)
	return rest
}

// badInTag reports whether a character may not stand in a tag, etagc
// (RFC 9110, Section 8.8.3).
func badInTag(r rune) bool { return r <= ' ' || r == 0x7f }
