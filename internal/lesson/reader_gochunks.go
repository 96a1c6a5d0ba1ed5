package lesson

import (
	"bytes"
	"errors"
	"io"
	"net/textproto"
	"strconv"
	"strings"
)

// Limits of net/http/internal.chunkedReader.
const (
	goChunkLine = 4096
	goExcess    = 16 << 10
)

// chunks is chunkedReader.
func (r *goReader) chunks() (n int, err error) {
	excess := int64(0)
	for {
		size, overhead, err := r.chunkHeader()
		if err != nil {
			return n, err
		}
		excess = max(0, excess+overhead-16-2*int64(size))
		if excess > goExcess {
			return n, errors.New("chunked encoding contains too much non-data")
		}
		if size == 0 {
			return n, nil
		}
		k, _ := io.Copy(io.Discard, io.LimitReader(r.b, int64(min(size, 1<<62))))
		n += int(k)
		if uint64(k) < size {
			return n, io.ErrUnexpectedEOF
		}
		var end [2]byte
		if _, err := io.ReadFull(r.b, end[:]); err != nil {
			return n, io.ErrUnexpectedEOF
		}
		if string(end[:]) != "\r\n" {
			return n, errors.New("malformed chunked encoding")
		}
	}
}

// chunkHeader is beginChunk, readChunkLine and parseHexUint.
func (r *goReader) chunkHeader() (size uint64, overhead int64, err error) {
	line, err := r.b.ReadSlice('\n')
	if err == io.EOF {
		return 0, 0, io.ErrUnexpectedEOF
	} else if err != nil {
		return 0, 0, errors.New("header line too long")
	}
	cr := bytes.IndexByte(line, '\r')
	switch {
	case cr < 0:
		return 0, 0, errors.New("chunked line ends with bare LF")
	case cr != len(line)-2:
		return 0, 0, errors.New("invalid CR in chunked line")
	case len(line)-2 >= goChunkLine:
		return 0, 0, errors.New("header line too long")
	}
	line = line[:len(line)-2]
	overhead = int64(len(line)) + 2
	digits, _, _ := bytes.Cut(bytes.TrimRight(line, " \t"), []byte(";"))
	switch {
	case len(digits) == 0:
		return 0, 0, errors.New("empty hex number for chunk length")
	case len(digits) > 16 && len(strings.Trim(string(digits[:17]), "0123456789abcdefABCDEF")) == 0:
		return 0, 0, errors.New("http chunk length too large")
	}
	size, err = strconv.ParseUint(string(digits), 16, 64)
	if err != nil || bytes.ContainsAny(digits, "+-_") {
		return 0, 0, errors.New("invalid byte in chunk length")
	}
	return size, overhead, nil
}

// trailer is readTrailer.
func (r *goReader) trailer() error {
	next, _ := r.b.Peek(2)
	if string(next) == "\r\n" {
		_, err := r.b.Discard(2)
		return err
	}
	if len(next) < 2 {
		return errors.New("http: unexpected EOF reading trailer")
	}
	if ahead, _ := r.b.Peek(r.b.Size()); !bytes.Contains(ahead, []byte("\r\n\r\n")) {
		return errors.New("http: suspiciously long trailer after chunked body")
	}
	_, err := textproto.NewReader(r.b).ReadMIMEHeader()
	if err == io.EOF {
		return errors.New("http: unexpected EOF reading trailer")
	}
	return err
}
