package lesson

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/textproto"
	"net/url"
	"strconv"
	"strings"

	"httpscope/internal/grammar"
)

// goReader models how Go's net/http reads a message: ReadRequest, and
// ReadResponse with its request, both of Go 1.26, and then the whole body. The
// parts that lie in other packages of the standard library, fields and targets,
// are read by these.
type goReader struct {
	in     input
	src    *bytes.Reader
	b      *bufio.Reader
	head   textproto.MIMEHeader
	status int
	major  int
	minor  int
}

const goRule = "Go net/http"

// readGo reads a message as net/http does.
func readGo(in input) outcome {
	r := goReader{in: in, src: bytes.NewReader(in.data)}
	r.b = bufio.NewReader(r.src)
	if err := r.fields(); err != nil {
		return refused(goRule+", ReadRequest and ReadResponse", "error: "+clip(err.Error()))
	}
	chunked, length, err := r.transfer()
	if err != nil {
		return refused(goRule+", readTransfer", "error: "+clip(err.Error()))
	}
	n, says, err := r.body(chunked, length)
	if err != nil {
		return outcome{end: -1, body: n, closes: true, rule: goRule + ", Body.Read", says: "the head is accepted, and reading the body fails: " + clip(err.Error())}
	}
	return outcome{accepts: true, end: len(in.data) - r.src.Len() - r.b.Buffered(), body: n, closes: r.closes() || says == goUntilClose, rule: goRule + ", readTransfer", says: says}
}

// fields reads the start line and the fields.
func (r *goReader) fields() error {
	tp := textproto.NewReader(r.b)
	line, err := tp.ReadLine()
	if err != nil {
		return io.ErrUnexpectedEOF
	}
	if r.in.response {
		err = r.statusLine(line)
	} else {
		err = r.requestLine(line)
	}
	if err != nil {
		return err
	}
	r.head, err = tp.ReadMIMEHeader()
	if err == io.EOF {
		err = io.ErrUnexpectedEOF
	}
	if err == nil && !r.in.response && len(r.head["Host"]) > 1 {
		err = errors.New("too many Host headers")
	}
	return err
}

// requestLine is parseRequestLine and what follows it in readRequest.
func (r *goReader) requestLine(line string) error {
	method, rest, ok := strings.Cut(line, " ")
	target, proto, ok2 := strings.Cut(rest, " ")
	switch {
	case !ok || !ok2:
		return errors.New("malformed HTTP request " + strconv.Quote(line))
	case !grammar.IsToken(method):
		return errors.New("invalid method " + strconv.Quote(method))
	}
	r.in.method = method
	if err := r.version(proto); err != nil {
		return err
	}
	if method == "CONNECT" && !strings.HasPrefix(target, "/") {
		target = "http://" + target
	}
	_, err := url.ParseRequestURI(target)
	return err
}

// statusLine is the first part of ReadResponse.
func (r *goReader) statusLine(line string) error {
	proto, status, ok := strings.Cut(line, " ")
	if !ok {
		return errors.New("malformed HTTP response " + strconv.Quote(line))
	}
	code, _, _ := strings.Cut(strings.TrimLeft(status, " "), " ")
	n, err := strconv.Atoi(code)
	if len(code) != 3 || err != nil || n < 0 {
		return errors.New("malformed HTTP status code " + strconv.Quote(code))
	}
	r.status = n
	return r.version(proto)
}

// version is ParseHTTPVersion.
func (r *goReader) version(s string) error {
	if !isVersion(s) {
		return errors.New("malformed HTTP version " + strconv.Quote(s))
	}
	r.major, r.minor = int(s[5]-'0'), int(s[7]-'0')
	return nil
}

// atLeast11 is protoAtLeast(1, 1); readTransfer takes 0.0 for 1.1.
func (r *goReader) atLeast11() bool {
	return r.major > 1 || r.major == 1 && r.minor >= 1 || r.major == 0 && r.minor == 0
}

// closes is shouldClose.
func (r *goReader) closes() bool {
	options := listed(r.head["Connection"])
	if r.major < 1 || has(options, "close") {
		return true
	}
	return r.major == 1 && r.minor == 0 && !has(options, "keep-alive")
}

// transfer is parseTransferEncoding, fixLength and fixTrailer: length is -1
// for chunked, and where nothing tells it.
func (r *goReader) transfer() (chunked bool, length int64, err error) {
	if raw, present := r.head["Transfer-Encoding"]; present && r.atLeast11() {
		if len(raw) != 1 {
			return false, 0, errors.New("too many transfer encodings: " + strconv.Quote(strings.Join(raw, ", ")))
		}
		if !strings.EqualFold(raw[0], "chunked") {
			return false, 0, errors.New("unsupported transfer encoding: " + strconv.Quote(raw[0]))
		}
		chunked = true
	}
	length, err = r.length(chunked)
	if err == nil && chunked {
		err = r.trailerNames()
	}
	return chunked, length, err
}

// length is fixLength.
func (r *goReader) length(chunked bool) (int64, error) {
	values := r.head["Content-Length"]
	n := int64(-1)
	for i, v := range values {
		if textproto.TrimString(v) != textproto.TrimString(values[0]) {
			return 0, errors.New("http: message cannot contain multiple Content-Length headers; got " + strconv.Quote(strings.Join(values, ", ")))
		}
		if i > 0 {
			continue
		}
		k, err := strconv.ParseUint(textproto.TrimString(v), 10, 63)
		if err != nil {
			return 0, errors.New("bad Content-Length " + strconv.Quote(v))
		}
		n = int64(k)
	}
	switch {
	case r.in.response && (r.in.method == "HEAD" || r.status/100 == 1 || r.status == 204 || r.status == 304):
		return 0, nil
	case chunked:
		return -1, nil
	case len(values) > 0:
		return n, nil
	case !r.in.response:
		return 0, nil
	}
	return -1, nil
}

// trailerNames is fixTrailer.
func (r *goReader) trailerNames() error {
	for _, name := range listed(r.head["Trailer"]) {
		switch key := textproto.CanonicalMIMEHeaderKey(name); key {
		case "Transfer-Encoding", "Trailer", "Content-Length":
			return errors.New("bad trailer key " + strconv.Quote(key))
		}
	}
	return nil
}

const goUntilClose = "the body goes on until the connection closes"

// body reads the body, as readTransfer and body.Read do.
func (r *goReader) body(chunked bool, length int64) (n int, says string, err error) {
	switch {
	case chunked && r.in.response && bodiless(r.in.method, r.status):
		return 0, "this response has no body", nil
	case chunked:
		n, err = r.chunks()
		if err == nil {
			err = r.trailer()
		}
		return n, "chunked wins; a Content-Length beside it is dropped", err
	case length == 0:
		return 0, "there is no body", nil
	case length > 0:
		k, _ := io.Copy(io.Discard, io.LimitReader(r.b, length))
		if k < length {
			err = io.ErrUnexpectedEOF
		}
		return int(k), "Content-Length counts the body", err
	case r.in.response:
		k, _ := io.Copy(io.Discard, r.b)
		if r.in.reset {
			err = errors.New("connection reset by peer")
		}
		return int(k), goUntilClose, err
	}
	return 0, "there is no body", nil
}
