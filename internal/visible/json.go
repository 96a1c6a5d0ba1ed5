package visible

import (
	"fmt"
	"io"
	"unicode/utf16"
	"unicode/utf8"
)

// JSON returns JSON text in which what is [Hidden] in strings is escaped. It says the same:
// a terminal that it is printed to obeys none of it. It takes what encoding/json writes,
// which escapes C0 controls itself, and leaves the rest as it is.
func JSON(text []byte) []byte { return escaped(text, AppendJSONEscape) }

// YAML is JSON for YAML text in which strings with anything [Hidden] are in double quotes.
func YAML(text []byte) []byte {
	return escaped(text, func(b []byte, r rune) []byte {
		if r > 0xffff {
			return fmt.Appendf(b, `\U%08x`, r)
		}
		return fmt.Appendf(b, `\u%04x`, r)
	})
}

// escaped rewrites the hidden characters of a text, but for C0 controls.
func escaped(text []byte, escape func([]byte, rune) []byte) []byte {
	const del = 0x7f
	var b []byte
	kept := 0
	for i := 0; i < len(text); {
		if text[i] < del {
			i++
			continue
		}
		r, n := utf8.DecodeRune(text[i:])
		if Hidden(r) {
			b = escape(append(b, text[kept:i]...), r)
			kept = i + n
		}
		i += n
	}
	if kept == 0 {
		return text
	}
	return append(b, text[kept:]...)
}

// AppendJSONEscape writes a character by JSON's escapes (RFC 8259, Section 7).
func AppendJSONEscape(b []byte, r rune) []byte {
	if high, low := utf16.EncodeRune(r); high != utf8.RuneError {
		return fmt.Appendf(b, `\u%04x\u%04x`, high, low)
	}
	return fmt.Appendf(b, `\u%04x`, r)
}

// JSONWriter writes to w what [JSON] makes of the text that it is given. Each write holds
// whole characters, as those of a json.Encoder do.
func JSONWriter(w io.Writer) io.Writer { return jsonWriter{w} }

type jsonWriter struct{ w io.Writer }

func (j jsonWriter) Write(text []byte) (int, error) {
	if _, err := j.w.Write(JSON(text)); err != nil {
		return 0, err
	}
	return len(text), nil
}
