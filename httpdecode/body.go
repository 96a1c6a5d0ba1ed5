package httpdecode

import (
	"bytes"
	"fmt"
	"strings"
)

// body hands out body bytes.
func (d *Decoder) body(h *half, in []byte) int {
	d.emit(h, BodyEvent, len(in)).Bytes = in
	h.tally.Bodies += int64(len(in))
	h.got += int64(len(in))
	return len(in)
}

// fixed reads a body of known length (rule 6).
func (d *Decoder) fixed(h *half, in []byte) int {
	n := d.body(h, in[:min(int64(len(in)), h.remain)])
	h.remain -= int64(n)
	if h.remain == 0 {
		d.endAfter(h, int64(n))
	}
	return n
}

// chunkSize reads a chunk header (RFC 9112 section 7.1).
func (d *Decoder) chunkSize(h *half, in []byte) int {
	i := bytes.IndexByte(in[h.scan:], '\n')
	if i < 0 {
		h.scan = len(in)
		if len(in) > maxChunkLine {
			return d.badChunk(h, in, ChunkLineLong, fmt.Sprintf("the chunk header is longer than %d bytes", maxChunkLine))
		}
		return 0
	}
	n := h.scan + i + 1
	line := string(in[:n-1])
	if strings.HasSuffix(line, "\r") {
		line = line[:len(line)-1]
	} else {
		d.find(h, BareLF, n, fmt.Sprintf("the chunk header %q ends with LF alone", shorten(line)))
	}
	digits, ext := splitExtension(line)
	size, code := parseChunkSize(digits)
	if code != "" {
		return d.badChunk(h, in[:n], code, fmt.Sprintf("the chunk size is %q, not a hexadecimal number", shorten(line)))
	}
	d.checkChunk(h, n, digits, ext)
	d.emit(h, ChunkEvent, n).Chunk = Chunk{size, ext}
	h.tally.Framing += int64(n)
	h.remain = size
	h.state = chunkData
	if size == 0 {
		h.state = trailers
	}
	return n
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
		d.find(h, ChunkSizeSpace, n, fmt.Sprintf("white space around the chunk size %q", digits))
	}
	switch {
	case ext == "":
	case validExtension(ext):
		d.find(h, ChunkExtension, n, fmt.Sprintf("the chunk header carries the extension %q", shorten(ext)))
	default:
		d.find(h, ChunkExtInvalid, n, fmt.Sprintf("the chunk extension %q is not ;name or ;name=value", shorten(ext)))
	}
}

// validExtension is chunk-ext of RFC 9112 section 7.1.1.
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
func (d *Decoder) badChunk(h *half, in []byte, c Code, detail string) int {
	d.find(h, c, len(in), detail)
	h.tally.Framing += int64(len(in))
	d.endMessage(h, false)
	h.state = lost
	return len(in)
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
		d.find(h, BareLF, 1, "a chunk is followed by LF alone")
		return d.framing(h, 1)
	case in[0] == '\r' && len(in) == 1:
		return 0
	case in[0] == '\r' && in[1] == '\n':
		return d.framing(h, 2)
	}
	d.find(h, ChunkEndMissing, min(len(in), 16), fmt.Sprintf("after a chunk CR LF must stand, here stands %q: the size was wrong", in[:min(len(in), 16)]))
	d.endMessage(h, false)
	h.state = lost
	return d.lost(h, in)
}

func (d *Decoder) framing(h *half, n int) int {
	h.tally.Framing += int64(n)
	h.state = chunkSize
	return n
}

// trailer reads one trailer field, or the empty line that ends the message.
func (d *Decoder) trailer(h *half, in []byte) int {
	i := bytes.IndexByte(in[h.scan:], '\n')
	if i < 0 {
		h.scan = len(in)
		if len(in) > maxHead {
			return d.badChunk(h, in, HeadTooLong, fmt.Sprintf("a trailer field is longer than %d bytes", maxHead))
		}
		return 0
	}
	n := h.scan + i + 1
	line := strings.TrimSuffix(string(in[:n-1]), "\r")
	h.tally.Trailers += int64(n)
	if line == "" {
		if n == 1 {
			d.find(h, BareLF, n, "the empty line after the last chunk is LF alone")
		}
		d.endAfter(h, int64(n))
		return n
	}
	d.trailerField(h, line, n)
	return n
}

func (d *Decoder) trailerField(h *half, line string, n int) {
	p := parser{head: &Head{Side: h.side, Raw: line, Offset: h.at}}
	f, ok := p.split(line, 0)
	for _, x := range p.findings {
		d.find(h, x.Code, n, x.Detail)
	}
	if !ok {
		return
	}
	f.Len = int32(n)
	d.emit(h, TrailerEvent, n).Field = f
	switch f.ID {
	case FieldContentLength, FieldTransferEncoding, FieldHost, FieldContentEncoding, FieldContentType, FieldContentRange, FieldTrailer,
		FieldAuthorization, FieldSetCookie, FieldCookie, FieldConnection, FieldTE:
		d.find(h, TrailerForbidden, n, fmt.Sprintf("%s may not stand in a trailer; recipients ignore it", f.Name))
	}
	if !d.announced(h, f.Name) {
		d.find(h, TrailerUnlisted, n, fmt.Sprintf("the head has no Trailer field that lists %s", shorten(f.Name)))
	}
}

// announced looks the name up in the message's Trailer fields (RFC 9110 section 6.6.2).
func (d *Decoder) announced(h *half, name string) bool {
	if h.head == nil {
		return true
	}
	for _, v := range h.head.Values(FieldTrailer) {
		if hasToken(v, strings.ToLower(name)) {
			return true
		}
	}
	return false
}
