package content

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
)

// Text converts a decoded body to UTF-8. It returns the name of the charset
// as browsers call it, and whether that is certain: stated by a byte order
// mark, by the charset parameter or by the format, and not guessed from the
// bytes. Bytes that do not exist in the charset become U+FFFD; the text is at
// most three times as long as the body.
func Text(body []byte, contentType string) (text, name string, certain bool) {
	name, certain = charsetOf(body, contentType)
	enc, canonical := charset.Lookup(name)
	if enc == nil {
		return strings.ToValidUTF8(string(body), "\ufffd"), "utf-8", false
	}
	out, err := enc.NewDecoder().Bytes(body)
	if err != nil {
		return strings.ToValidUTF8(string(body), "\ufffd"), canonical, certain
	}
	return strings.TrimPrefix(string(out), "\ufeff"), canonical, certain
}

// charsetOf decides on the charset in the order of the browsers: byte order
// mark, parameter, declaration inside the document, and then the bytes.
func charsetOf(body []byte, contentType string) (name string, certain bool) {
	if name = bomCharset(body); name != "" {
		return name, true
	}
	m, _ := ParseMediaType(contentType)
	if label, ok := m.Param("charset"); ok {
		if enc, name := charset.Lookup(label); enc != nil {
			return name, true
		}
	}
	switch {
	case m.Subtype == "json" || strings.HasSuffix(m.Subtype, "+json"):
		return "utf-8", true // RFC 8259, Section 8.1: nothing else is allowed
	case m.Subtype == "html" || isXML(m):
		if name = declared(body); name != "" {
			return name, false
		}
	}
	if utf8.Valid(wholeRunes(body)) {
		return "utf-8", false
	}
	return "windows-1252", false
}

// bomCharset returns the charset of a byte order mark.
func bomCharset(body []byte) string {
	switch {
	case bytes.HasPrefix(body, []byte{0xef, 0xbb, 0xbf}):
		return "utf-8"
	case bytes.HasPrefix(body, []byte{0xfe, 0xff}):
		return "utf-16be"
	case bytes.HasPrefix(body, []byte{0xff, 0xfe}):
		return "utf-16le"
	}
	return ""
}

func isXML(m MediaType) bool {
	return m.Subtype == "xml" || strings.HasSuffix(m.Subtype, "+xml")
}

// prescan is how far into a document browsers look for a declaration.
const prescan = 1024

// declared returns the charset that an XML declaration or an HTML meta element
// names; "" when there is none that is known.
func declared(body []byte) string {
	head := body[:min(len(body), prescan)]
	if label := xmlEncoding(head); label != "" {
		if enc, name := charset.Lookup(label); enc != nil && !strings.HasPrefix(name, "utf-16") {
			return name
		}
		return ""
	}
	if !bytes.Contains(bytes.ToLower(head), []byte("charset")) {
		return ""
	}
	_, name, _ := charset.DetermineEncoding(head, "")
	return name
}

// xmlEncoding returns the encoding of an XML declaration at the start of head.
func xmlEncoding(head []byte) string {
	if !bytes.HasPrefix(head, []byte("<?xml")) {
		return ""
	}
	decl, _, _ := strings.Cut(string(head), "?>")
	_, rest, found := strings.Cut(decl, "encoding")
	rest = strings.TrimLeft(rest, " \t\r\n=")
	if !found || rest == "" || rest[0] != '"' && rest[0] != '\'' {
		return ""
	}
	label, _, _ := strings.Cut(rest[1:], rest[:1])
	return label
}

// wholeRunes drops a rune that is cut at the end: a body may have been limited
// in the middle of one, and is UTF-8 all the same.
func wholeRunes(b []byte) []byte {
	for i := 1; i < utf8.UTFMax && i <= len(b); i++ {
		if c := b[len(b)-i]; utf8.RuneStart(c) {
			if !utf8.FullRune(b[len(b)-i:]) {
				return b[:len(b)-i]
			}
			break
		}
	}
	return b
}
