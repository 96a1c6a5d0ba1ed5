package target

import (
	"bytes"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/http/httputil"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"httpscope/internal/forms"
)

// formPage is the flask demo's templates/main.html.
//
//go:embed pages/main.html
var formPage string

// form is the lab's flask demo behind flask's development server (Werkzeug),
// without its debugger: HTTP/1.1, but the server closes after each response.
// The answer to a POST repeats what was sent without escaping it, in text/html,
// as the lab's code does: script in a form field runs in the browser
// (cross-site scripting).
type form struct {
	now   func() time.Time
	names hosts
}

// serve answers the one request of a connection.
func (f form) serve(c timed) {
	defer c.Close()
	h := newPythonHandler(c, "HTTP/1.1", f.now)
	if h.read() {
		if !f.names.turnsAway(h, c.LocalAddr()) {
			f.answer(h)
		}
		// Werkzeug, too, reads what is left, so that the client gets the answer
		// and not a reset.
		if c.CloseWrite() == nil {
			drain(c.stream, time.Second)
		}
		return
	}
	_ = c.CloseWrite() // the client may have gone
}

// answer is the demo's main(), and what flask puts around it.
func (f form) answer(h *pythonHandler) {
	if err := sendContinue(h); err != nil {
		return
	}
	method := strings.ToUpper(h.method)
	switch {
	case formPath(h.target) != "/":
		flaskError(h, 404)
	case method == "GET":
		flask(h, 200, formPage)
	case method == "POST":
		f.post(h)
	case method == "OPTIONS":
		flask(h, 200, "", "Allow", formMethods)
	case method == "HEAD":
		// The view has a branch for GET and one for POST and returns nothing
		// otherwise; flask, which lets HEAD in wherever GET is, takes that for
		// an error.
		flaskError(h, 500)
	default:
		flaskError(h, 405, "Allow", formMethods)
	}
}

const formMethods = "GET, HEAD, OPTIONS, POST"

// sendContinue answers Expect: 100-continue before the body is read: twice
// when the request is HTTP/1.1, once by http.server and once by Werkzeug.
func sendContinue(h *pythonHandler) error {
	expect, _ := h.field("Expect")
	var times int
	if strings.EqualFold(strings.TrimSpace(expect), "100-continue") {
		times++
		if strings.EqualFold(expect, "100-continue") && h.version >= "HTTP/1.1" {
			times++
		}
	}
	for range times {
		if _, err := io.WriteString(h.w, "HTTP/1.1 100 Continue\r\n\r\n"); err != nil {
			return err
		}
	}
	return nil
}

// formPath is the path of a target in origin-form or absolute-form.
func formPath(target string) string {
	target, _, _ = strings.Cut(target, "?")
	target, _, _ = strings.Cut(target, "#")
	if scheme, rest, found := strings.Cut(target, "://"); found && !strings.Contains(scheme, "/") {
		slash := strings.IndexByte(rest+"/", '/')
		target = rest[min(slash, len(rest)):]
	}
	if strings.HasPrefix(target, "*") {
		return target
	}
	return "/" + strings.TrimLeft(pythonUnquote(target), "/")
}

// post answers with the form's values.
func (f form) post(h *pythonHandler) {
	values, err := readForm(h)
	switch {
	case errors.Is(err, errTooLarge):
		flaskError(h, 413)
	case errors.Is(err, errCut):
		flaskError(h, 400)
	case err != nil:
		flaskError(h, 500)
	default:
		flask(h, 200, fmt.Sprintf("User: %s\nPassword: %s", values.get("user"), values.get("password")))
	}
}

// formValues is request.form.
type formValues map[string]string

// get is None for what is absent, as Python prints it.
func (v formValues) get(name string) string {
	if value, found := v[name]; found {
		return value
	}
	return "None"
}

// add keeps the first value of a name.
func (v formValues) add(name, value string) {
	if _, found := v[name]; !found {
		v[name] = value
	}
}

var (
	errTooLarge = errors.New("the body is too large")
	errCut      = errors.New("the body ends early")
)

// readForm reads the body and takes it for what its media type says. What is
// no form has no values.
func readForm(h *pythonHandler) (formValues, error) {
	contentType, _ := h.field("Content-Type")
	kind, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return nil, nil
	}
	switch kind {
	case "application/x-www-form-urlencoded":
		body, err := readBody(h, flaskFormLimit)
		if err != nil {
			return nil, err
		}
		return urlencoded(body), nil
	case "multipart/form-data":
		body, err := readBody(h, maxForm)
		if err != nil {
			return nil, err
		}
		return formData(body, params["boundary"]), nil
	}
	return nil, nil
}

// flaskFormLimit is MAX_FORM_MEMORY_SIZE.
const flaskFormLimit = 500_000

// readBody reads a body of at most limit bytes. A length that is no number
// counts as none, and without a length there is no body.
func readBody(h *pythonHandler, limit int64) ([]byte, error) {
	if coding, _ := h.field("Transfer-Encoding"); strings.EqualFold(strings.TrimSpace(coding), "chunked") {
		body, err := io.ReadAll(io.LimitReader(httputil.NewChunkedReader(h.r), limit+1))
		if err == nil && int64(len(body)) > limit {
			err = errTooLarge
		}
		return body, err
	}
	length, _ := h.field("Content-Length")
	n, err := strconv.ParseUint(strings.TrimSpace(length), 10, 63)
	switch {
	case errors.Is(err, strconv.ErrRange) || err == nil && n > uint64(limit):
		return nil, errTooLarge
	case err != nil:
		return nil, nil
	}
	body, err := io.ReadAll(io.LimitReader(h.r, int64(n)))
	if err != nil || uint64(len(body)) < n {
		return nil, errCut
	}
	return body, nil
}

// urlencoded reads pairs. Bytes that are not UTF-8 void the form when they
// came raw, and stay percent escapes when they came so.
func urlencoded(body []byte) formValues {
	if !utf8.Valid(body) {
		return nil
	}
	values := formValues{}
	pairs, _ := forms.ParseURLEncoded(string(body))
	for _, p := range pairs {
		values.add(escapeInvalid(p.Name), escapeInvalid(p.Value))
	}
	return values
}

// escapeInvalid writes bytes that are not UTF-8 as percent escapes.
func escapeInvalid(s string) string {
	if utf8.ValidString(s) {
		return s
	}
	var out strings.Builder
	for i, r := range s {
		if r == utf8.RuneError && !strings.HasPrefix(s[i:], string(utf8.RuneError)) {
			fmt.Fprintf(&out, "%%%02X", s[i])
			continue
		}
		out.WriteRune(r)
	}
	return out.String()
}

// formData reads parts; a part with a file name is a file and no value. A form
// that breaks off has no values at all.
func formData(body []byte, boundary string) formValues {
	values := formValues{}
	for parts := multipart.NewReader(bytes.NewReader(body), boundary); ; {
		part, err := parts.NextRawPart()
		if err == io.EOF {
			return values
		}
		if err != nil {
			return nil
		}
		value, err := io.ReadAll(part)
		if err != nil {
			return nil
		}
		if part.FileName() == "" {
			values.add(part.FormName(), string(value))
		}
	}
}
