package httpdecode

import (
	"bytes"
	"strings"
)

// chunkSize reads a chunk header (RFC 9112, Section 7.1).
func (d *Decoder) chunkSize(h *half, in []byte) int {
	if h.refused {
		if next, wait := d.afterRefusal(h, in); next || wait {
			return d.stepUnless(wait, h, in)
		}
	}
	n := h.line(in, maxChunkLine)
	if n == 0 && len(in) >= maxChunkLine {
		return d.badChunk(h, in, maxChunkLine, ChunkLineLong, "found.chunk-line-too-long", maxChunkLine)
	}
	if n == 0 {
		return 0
	}
	line := string(in[:n-1])
	if strings.HasSuffix(line, "\r") {
		line = line[:len(line)-1]
	} else {
		d.find(h, BareLF, n, "found.bare-lf.chunk-header", shorten(line))
	}
	digits, ext := splitExtension(line)
	size, code := parseChunkSize(digits)
	if code != "" {
		return d.badChunk(h, in, n, code, "found.chunk-size", shorten(line))
	}
	d.checkChunk(h, n, digits, ext)
	d.emit(h, ChunkEvent, n).Chunk = chunkOf(string(in[:n]), digits, size, ext)
	h.tally.Framing += int64(n)
	h.remain = size
	h.state = chunkData
	if size == 0 {
		h.state = trailers
	}
	return n
}

// chunkOf keeps the header's line where it cannot be made again from the rest.
func chunkOf(line, digits string, size int64, ext string) Chunk {
	c := Chunk{Size: size, Ext: ext}
	if !plainSize(digits) || len(line) != len(digits)+len(ext)+len("\r\n") {
		c.Line = line
	}
	return c
}

// plainSize reports a size as nearly all servers write it.
func plainSize(digits string) bool {
	if digits[0] == '0' && len(digits) > 1 {
		return false
	}
	for i := range len(digits) {
		if c := digits[i]; !digit(c) && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// NextChunk reads what stands between the data of two chunks: a line end and the header of the
// next, as the decoder does. It tells where in b that header and its data begin; ok is false where b
// does not hold it, or holds something else.
func NextChunk(b []byte) (header, data int, size int64, ok bool) {
	for header < len(b) && b[header] == '\r' && header == 0 {
		header++
	}
	if header >= len(b) || b[header] != '\n' {
		return 0, 0, 0, false
	}
	header++
	n := bytes.IndexByte(b[header:min(len(b), header+maxChunkLine)], '\n')
	if n < 0 {
		return 0, 0, 0, false
	}
	digits, _ := splitExtension(strings.TrimSuffix(string(b[header:header+n]), "\r"))
	size, code := parseChunkSize(digits)
	return header, header + n + 1, size, code == ""
}

// splitExtension cuts a chunk header at its first semicolon, which stays.
func splitExtension(line string) (digits, ext string) {
	if i := strings.IndexByte(line, ';'); i >= 0 {
		return line[:i], line[i:]
	}
	return line, ""
}

// parseChunkSize reads hexadecimal digits with white space around them.
func parseChunkSize(s string) (int64, Code) {
	s = trim(s)
	if s == "" {
		return 0, ChunkSizeInvalid
	}
	var n int64
	for i := range len(s) {
		v := unhex(s[i])
		if v < 0 {
			return 0, ChunkSizeInvalid
		}
		if n > (1<<63-1)>>4 {
			return 0, ChunkSizeLarge
		}
		n = n<<4 | int64(v)
	}
	return n, ""
}

func unhex(c byte) int {
	switch {
	case digit(c):
		return int(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return -1
}

func (d *Decoder) checkChunk(h *half, n int, digits, ext string) {
	if trim(digits) != digits {
		d.find(h, ChunkSizeSpace, n, "found.chunk-size-whitespace", digits)
	}
	switch {
	case ext == "":
	case validExtension(ext):
		d.find(h, ChunkExtension, n, "found.chunk-extension", shorten(ext))
	default:
		d.find(h, ChunkExtInvalid, n, "found.chunk-extension-invalid", shorten(ext))
	}
}

// validExtension is chunk-ext of RFC 9112, Section 7.1.1.
func validExtension(ext string) bool {
	for ext != "" {
		ext = trim(ext)
		if ext == "" || ext[0] != ';' {
			return false
		}
		name := leadingToken(trim(ext[1:]))
		rest := trim(trim(ext[1:])[len(name):])
		if name == "" {
			return false
		}
		if strings.HasPrefix(rest, "=") {
			n := valueLength(trim(rest[1:]))
			if n == 0 {
				return false
			}
			rest = trim(rest[1:])[n:]
		}
		ext = trim(rest)
	}
	return true
}

func leadingToken(s string) string {
	i := 0
	for i < len(s) && tokens[s[i]] {
		i++
	}
	return s[:i]
}

// valueLength is the length of a token or a quoted string, 0 when there is none.
func valueLength(s string) int {
	if !strings.HasPrefix(s, `"`) {
		return len(leadingToken(s))
	}
	for i := 1; i < len(s); i++ {
		switch s[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return 0
}

// badChunk gives a chunked body up: where the next chunk begins cannot be known.
// The n bytes that broke the framing may begin the next message.
func (d *Decoder) badChunk(h *half, in []byte, n int, c Code, key string, args ...any) int {
	d.find(h, c, n, key, args...)
	d.endMessage(h, false)
	d.lose(h)
	return d.step(h, in)
}

// chunkData reads a chunk's bytes.
func (d *Decoder) chunkData(h *half, in []byte) int {
	n := d.body(h, in[:min(int64(len(in)), h.remain)])
	h.remain -= int64(n)
	if h.remain == 0 {
		h.state = chunkEnd
	}
	return n
}

// chunkEnd reads the CR LF after a chunk.
func (d *Decoder) chunkEnd(h *half, in []byte) int {
	switch {
	case in[0] == '\n':
		d.find(h, BareLF, 1, "found.bare-lf.after-chunk")
		return d.framing(h, 1)
	case in[0] == '\r' && len(in) == 1:
		return 0
	case in[0] == '\r' && in[1] == '\n':
		return d.framing(h, 2)
	}
	d.find(h, ChunkEndMissing, 1, "found.chunk-end-missing", beginning(in))
	d.endMessage(h, false)
	d.lose(h)
	return d.step(h, in)
}

func (d *Decoder) framing(h *half, n int) int {
	h.tally.Framing += int64(n)
	h.state = chunkSize
	return n
}
