package lesson

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/http"
	"slices"
)

const goRule = "Go net/http"

// readGo has Go's net/http itself read a message: ReadRequest, or ReadResponse with its request,
// and then the whole body. What it says of errors is its own.
func readGo(in input) outcome {
	src := bytes.NewReader(in.data)
	b := bufio.NewReader(endingAs(in, src))
	m, err := goHead(in, b)
	if err != nil {
		return refused(goRule+", ReadRequest and ReadResponse", "error: "+clip(err.Error()))
	}
	n, err := io.Copy(io.Discard, m.body)
	if err != nil {
		return outcome{end: -1, body: int(n), closes: true, rule: goRule + ", Body.Read",
			says: "the head is accepted, and reading the body fails: " + clip(err.Error())}
	}
	says := m.framing(in)
	return outcome{accepts: true, end: len(in.data) - src.Len() - b.Buffered(), body: int(n),
		closes: m.closes || says == goUntilClose, rule: goRule + ", readTransfer", says: says}
}

// goMessage is what net/http makes of a head.
type goMessage struct {
	body    io.Reader
	length  int64
	codings []string
	status  int
	closes  bool
}

func goHead(in input, b *bufio.Reader) (goMessage, error) {
	if in.response {
		r, err := http.ReadResponse(b, &http.Request{Method: in.method})
		if err != nil {
			return goMessage{}, err
		}
		return goMessage{r.Body, r.ContentLength, r.TransferEncoding, r.StatusCode, r.Close}, nil
	}
	r, err := http.ReadRequest(b)
	if err != nil {
		return goMessage{}, err
	}
	return goMessage{r.Body, r.ContentLength, r.TransferEncoding, 0, r.Close}, nil
}

const goUntilClose = "the body goes on until the connection closes"

// framing says by what net/http found the end of the body.
func (m *goMessage) framing(in input) string {
	chunked := slices.Contains(m.codings, "chunked")
	switch {
	case chunked && in.response && bodiless(in.method, m.status):
		return "this response has no body"
	case chunked:
		return "chunked wins; a Content-Length beside it is dropped"
	case m.length > 0 && !(in.response && bodiless(in.method, m.status)):
		return "Content-Length counts the body"
	case m.length < 0 && in.response:
		return goUntilClose
	}
	return "there is no body"
}

// endingAs is a reader that ends as the stream did.
func endingAs(in input, r io.Reader) io.Reader {
	if in.reset {
		return io.MultiReader(r, failing{})
	}
	return r
}

// failing is a connection that was reset.
type failing struct{}

// Read implements io.Reader.
func (failing) Read([]byte) (int, error) { return 0, errors.New("connection reset by peer") }
