package content

import (
	"bytes"
	"strings"
)

// sniffLen is how many bytes browsers look at (WHATWG MIME Sniffing Standard,
// section 5.2, resource header).
const sniffLen = 1445

// LooksText reports whether a body is probably text: its start has no byte
// that text never has (WHATWG MIME Sniffing Standard, section 7.2). An empty
// body is text.
func LooksText(body []byte) bool {
	if bomCharset(body) != "" {
		return true
	}
	for _, c := range body[:min(len(body), sniffLen)] {
		if c <= 0x08 || c == 0x0b || 0x0e <= c && c <= 0x1a || 0x1c <= c && c <= 0x1f {
			return false
		}
	}
	return true
}

// signatures are the starts of common formats, longest first where one is the
// start of another.
var signatures = []struct {
	at    int
	magic string
	name  string
}{
	{0, "\x89PNG\r\n\x1a\n", "image/png"},
	{0, "\xff\xd8\xff", "image/jpeg"},
	{0, "GIF87a", "image/gif"},
	{0, "GIF89a", "image/gif"},
	{8, "WEBPVP", "image/webp"},
	{4, "ftypavif", "image/avif"},
	{0, "BM", "image/bmp"},
	{0, "\x00\x00\x01\x00", "image/x-icon"},
	{0, "%PDF-", "application/pdf"},
	{0, "PK\x03\x04", "application/zip"},
	{0, "\x1f\x8b\x08", "application/gzip"},
	{0, "\x28\xb5\x2f\xfd", "application/zstd"},
	{0, "\x00asm", "application/wasm"},
	{0, "\x7fELF", "application/x-executable"},
	{0, "MZ", "application/vnd.microsoft.portable-executable"},
	{0, "OggS\x00", "application/ogg"},
	{0, "ID3", "audio/mpeg"},
	{8, "WAVE", "audio/wav"},
	{4, "ftyp", "video/mp4"},
	{0, "\x1a\x45\xdf\xa3", "video/webm"},
	{0, "wOFF", "font/woff"},
	{0, "wOF2", "font/woff2"},
}

// Sniff guesses the media type of a decoded body from its first bytes, for
// comparison with Content-Type. It answers text/plain or
// application/octet-stream when it knows no better, and "" for an empty body.
func Sniff(body []byte) string {
	if len(body) == 0 {
		return ""
	}
	text := LooksText(body)
	for _, s := range signatures {
		if len(body) < s.at || !bytes.HasPrefix(body[s.at:], []byte(s.magic)) {
			continue
		}
		if len(s.magic) > 2 || !text { // two letters also start words
			return s.name
		}
	}
	if text {
		return sniffText(body)
	}
	return "application/octet-stream"
}

// sniffText tells the text formats apart that announce themselves.
func sniffText(body []byte) string {
	head := string(body[:min(len(body), 64)])
	head = strings.ToLower(strings.TrimLeft(strings.TrimPrefix(head, "\ufeff"), " \t\r\n"))
	switch {
	case strings.HasPrefix(head, "<!doctype html"), strings.HasPrefix(head, "<html"),
		strings.HasPrefix(head, "<head"), strings.HasPrefix(head, "<body"):
		return "text/html"
	case strings.HasPrefix(head, "<?xml"):
		return "application/xml"
	case strings.HasPrefix(head, "<svg"):
		return "image/svg+xml"
	case strings.HasPrefix(head, "{"), strings.HasPrefix(head, "["):
		return "application/json"
	}
	return "text/plain"
}
