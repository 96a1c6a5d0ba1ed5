package site

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

// alphabet is the body of the slides on Content-Length and chunked: 42 bytes,
// chunks of 26 and 16.
const alphabet = "abcdefghijklmnopqrstuvwxyz1234567890abcdef"

// fileSize is the size on the slide about Content-Range.
const fileSize = 47022

const videoSize = 1_500_000

// changed is when all resources were changed last, so that validators survive
// a restart of the server. It is the date of the slides.
func changed() time.Time { return time.Date(2008, 3, 19, 1, 46, 57, 0, time.UTC) }

// things are the resources that are made once.
type things struct {
	file  []byte
	video []byte
	coded map[string][]byte // content coding → the proverbs in it
}

func makeThings() things {
	text := proverbs()
	return things{file: numbered(), video: video(), coded: map[string][]byte{
		"identity": text, "gzip": gzipped(text), "deflate": deflated(text), "br": brotlied(text), "zstd": zstded(text),
	}}
}

// numbered is a text whose lines begin with their own position, so that a part
// shows where it comes from.
func numbered() []byte {
	var b bytes.Buffer
	for b.Len() < fileSize {
		fmt.Fprintf(&b, "%06d %s\n", b.Len(), alphabet)
	}
	return b.Bytes()[:fileSize]
}

// video is made of the boxes of an MP4 file (ISO/IEC 14496-12, section 4.2), a
// file type and media data, with noise for media. Noise does not compress and
// is the same in every run.
func video() []byte {
	b := append([]byte("\x00\x00\x00\x18ftypisom\x00\x00\x02\x00isommp41"), 0, 0, 0, 0)
	binary.BigEndian.PutUint32(b[24:], uint32(videoSize-len(b)+4))
	b = append(b, "mdat"...)
	noise := rand.NewPCG(3, 305)
	for len(b) < videoSize {
		b = binary.LittleEndian.AppendUint64(b, noise.Uint64())
	}
	return b[:videoSize]
}

// proverbs is a text that repeats itself, as texts do, and so compresses well.
func proverbs() []byte {
	var b strings.Builder
	for i := range 40 {
		fmt.Fprintf(&b, "%d. Be strict in what you send; be careful in what you accept.\n", i+1)
		fmt.Fprintf(&b, "%d. A message is not a packet, and a connection is not a session.\n", i+1)
	}
	return []byte(b.String())
}

// The writers below go into memory and cannot fail.

func gzipped(text []byte) []byte {
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, _ = w.Write(text)
	_ = w.Close()
	return b.Bytes()
}

// deflated is zlib's format: what HTTP calls deflate is not raw deflate
// (RFC 9110, Section 8.4.1.2).
func deflated(text []byte) []byte {
	var b bytes.Buffer
	w := zlib.NewWriter(&b)
	_, _ = w.Write(text)
	_ = w.Close()
	return b.Bytes()
}

func brotlied(text []byte) []byte {
	var b bytes.Buffer
	w := brotli.NewWriter(&b)
	_, _ = w.Write(text)
	_ = w.Close()
	return b.Bytes()
}

// zstded has one worker, so that no goroutine outlives the call.
func zstded(text []byte) []byte {
	w, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	if err != nil {
		panic(fmt.Sprintf("site: make a zstd writer: %v", err)) // its options are fixed
	}
	defer w.Close()
	return w.EncodeAll(text, nil)
}

// chunk is one chunk of a chunked body (RFC 9112, Section 7.1).
func chunk(data string) string { return fmt.Sprintf("%x\r\n%s\r\n", len(data), data) }
