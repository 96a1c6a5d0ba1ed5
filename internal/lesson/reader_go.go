package lesson

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/http"
	"slices"

	"httpscope/internal/texts"
)

// readGo has Go's net/http itself read a message: ReadRequest, or ReadResponse with its request,
// and then the whole body. What it says of errors is its own.
func readGo(in input) outcome {
	src := bytes.NewReader(in.data)
	b := bufio.NewReader(endingAs(in, src))
	m, err := goHead(in, b)
	if err != nil {
		return refused(texts.Say("lesson.rule-go.head"), says("error", clip(err.Error())))
	}
	n, err := io.Copy(io.Discard, m.body)
	if err != nil {
		return outcome{end: -1, body: int(n), closes: true, rule: texts.Say("lesson.rule-go.body"),
			says: says("body-error", clip(err.Error()))}
	}
	key := m.framing(in)
	return outcome{accepts: true, end: len(in.data) - src.Len() - b.Buffered(), body: int(n),
		closes: m.closes || key == goUntilClose, rule: texts.Say("lesson.rule-go.transfer"), says: says(key)}
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

const goUntilClose = "until-close"

// framing says by what net/http found the end of the body, as the key of a sentence.
func (m *goMessage) framing(in input) string {
	chunked := slices.Contains(m.codings, "chunked")
	switch {
	case chunked && in.response && bodiless(in.method, m.status):
		return "no-body-in-response"
	case chunked:
		return "chunked-wins"
	case m.length > 0 && !(in.response && bodiless(in.method, m.status)):
		return "counts"
	case m.length < 0 && in.response:
		return goUntilClose
	}
	return "no-body"
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
