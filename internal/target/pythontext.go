package target

import (
	"fmt"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"
)

// pythonErrorPage is http.server's DEFAULT_ERROR_MESSAGE.
const pythonErrorPage = `<!DOCTYPE HTML>
<html lang="en">
    <head>
        <meta charset="utf-8">
        <title>Error response</title>
    </head>
    <body>
        <h1>Error response</h1>
        <p>Error code: %d</p>
        <p>Message: %s.</p>
        <p>Error code explanation: %d - %s.</p>
    </body>
</html>
`

// pythonReasons are the phrase and the description of http.HTTPStatus.
var pythonReasons = map[int][2]string{
	400: {"Bad Request", "Bad request syntax or unsupported method"},
	404: {"Not Found", "Nothing matches the given URI"},
	414: {"Request-URI Too Long", "URI is too long"},
	431: {"Request Header Fields Too Large",
		"The server is unwilling to process the request because its header fields are too large"},
	501: {"Not Implemented", "Server does not support this operation"},
	505: {"HTTP Version Not Supported", "Cannot fulfill request"},
}

func httpDate(t time.Time) string { return t.UTC().Format(http.TimeFormat) }

// latin1 reads bytes as Python's http.server does: each is a character.
func latin1(s string) string {
	var out strings.Builder
	for i := range len(s) {
		out.WriteRune(rune(s[i]))
	}
	return out.String()
}

// toLatin1 is the way back. Characters beyond come only out of percent
// escapes, and never into a head.
func toLatin1(s string) string {
	out := make([]byte, 0, len(s))
	for _, r := range s {
		out = append(out, byte(r))
	}
	return string(out)
}

// pythonSpace is str.isspace for the characters of Latin-1.
func pythonSpace(r rune) bool {
	return r == ' ' || '\t' <= r && r <= '\r' || 0x1c <= r && r <= 0x1f || r == 0x85 || r == 0xa0
}

// pythonRepr is repr of a string of Latin-1 characters.
func pythonRepr(s string) string {
	quote := '\''
	if strings.Contains(s, "'") && !strings.Contains(s, `"`) {
		quote = '"'
	}
	var out strings.Builder
	out.WriteRune(quote)
	for _, r := range s {
		switch {
		case r == quote || r == '\\':
			out.WriteRune('\\')
			out.WriteRune(r)
		case r == '\t':
			out.WriteString(`\t`)
		case r == '\n':
			out.WriteString(`\n`)
		case r == '\r':
			out.WriteString(`\r`)
		case r < ' ' || 0x7f <= r && r <= 0xa0 || r == 0xad:
			fmt.Fprintf(&out, `\x%02x`, r)
		default:
			out.WriteRune(r)
		}
	}
	out.WriteRune(quote)
	return out.String()
}

// pythonEscape is html.escape with quote=False: it leaves quotation marks as
// they are, which html.EscapeString does not.
func pythonEscape(s string) string {
	return strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;").Replace(s)
}

// pythonUnquote is urllib.parse.unquote: in each run of ASCII characters it
// undoes percent escapes and reads the bytes as UTF-8.
func pythonUnquote(s string) string {
	var out strings.Builder
	for i := 0; i < len(s); {
		if s[i] >= utf8.RuneSelf {
			_, n := utf8.DecodeRuneInString(s[i:])
			out.WriteString(s[i : i+n])
			i += n
			continue
		}
		var run []byte
		for ; i < len(s) && s[i] < utf8.RuneSelf; i++ {
			c, isEscape := unescape(s[i:])
			run = append(run, c)
			if isEscape {
				i += 2
			}
		}
		for _, r := range string(run) {
			out.WriteRune(r)
		}
	}
	return out.String()
}

// unescape gives the byte with which s begins, as itself or as an escape.
func unescape(s string) (c byte, isEscape bool) {
	if s[0] != '%' || len(s) < 3 || !isHex(s[1]) || !isHex(s[2]) {
		return s[0], false
	}
	return unhex(s[1])<<4 | unhex(s[2]), true
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'f'
}

func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}

// pythonQuote is urllib.parse.quote.
func pythonQuote(s string) string {
	var out strings.Builder
	for i := range len(s) {
		c := s[i]
		if isHex(c) || 'g' <= c|0x20 && c|0x20 <= 'z' || strings.IndexByte("_.-~/", c) >= 0 {
			out.WriteByte(c)
		} else {
			fmt.Fprintf(&out, "%%%02X", c)
		}
	}
	return out.String()
}

// shortDigits reports whether s is a number of one to ten digits.
func shortDigits(s string) bool {
	return s != "" && len(s) <= 10 && strings.Trim(s, "0123456789") == ""
}
