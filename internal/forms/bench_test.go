package forms

import (
	"bytes"
	"math/rand/v2"
	"strings"
	"testing"
)

// benchBodies are bodies that ask different things of a splitter.
func benchBodies() map[string][]byte {
	noise := make([]byte, 4<<20)
	random := rand.NewChaCha8([32]byte{})
	random.Read(noise)
	text := []byte(strings.Repeat("The quick brown fox - as they say -- jumps over the lazy dog.\r\n", 64<<10))
	short := bytes.Repeat([]byte("\r\n--\n-\n"), 512<<10)
	bodies := map[string][]byte{"noise": file(noise), "text": file(text), "short-lines": file(short)}
	bodies["many-parts"] = bytes.Repeat(file([]byte("0123456789")), 5000)
	return bodies
}

// file writes a part with the delimiter in front of it.
func file(body []byte) []byte {
	const head = "\r\n------WebKitFormBoundary7MA4YWxkTrZu0gW\r\n" +
		"Content-Disposition: form-data; name=\"f\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\n"
	return append([]byte(head), body...)
}

func BenchmarkFormData(b *testing.B) {
	for name, body := range benchBodies() {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				ParseFormData(body, "----WebKitFormBoundary7MA4YWxkTrZu0gW")
			}
		})
	}
}
