package ranges

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
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
	bodies := map[string][]byte{"noise": part(noise), "text": part(text), "short-lines": part(short)}
	bodies["many-parts"] = bytes.Repeat(part([]byte("0123456789")), 5000)
	return bodies
}

// part writes a part with the delimiter in front of it.
func part(body []byte) []byte {
	head := fmt.Sprintf("\r\n--THIS_STRING_SEPARATES\r\nContent-Type: text/plain\r\nContent-Range: bytes 0-%d/99999999\r\n\r\n", len(body)-1)
	return append([]byte(head), body...)
}

func BenchmarkMultipart(b *testing.B) {
	for name, body := range benchBodies() {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(body)))
			b.ReportAllocs()
			for b.Loop() {
				m := NewMultipart("THIS_STRING_SEPARATES")
				for piece := range slices.Chunk(body, 1460) {
					m.Feed(piece)
				}
				m.Close()
			}
		})
	}
}
