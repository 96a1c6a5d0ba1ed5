package site

import (
	"bytes"
	"embed"
	"html/template"
	"io"
	"net/http"
	"strconv"
	"strings"
)

//go:embed pages/*.html
var pageFiles embed.FS

// parsePages reads the templates. html/template escapes what came from the
// request by where it stands in the page.
func parsePages() *template.Template {
	return template.Must(template.New("").Funcs(template.FuncMap{"command": command}).ParseFS(pageFiles,
		"pages/*.html"))
}

// command fills the base URL into a command line.
func command(try, base string) string { return strings.ReplaceAll(try, "{base}", base) }

// view is what every template is given.
type view struct {
	Route
	Title string // in English, as all pages: what is on the wire does not depend on who looks
	Look  string
	Base  string // of the server that answers, e.g. "http://127.0.0.1:8080"
	HTTP  string
	HTTPS string
	Raw   string
	TLS   bool
	Data  any // of this page
}

// view is the view of a request.
func (s *Site) view(r *http.Request, data any) view {
	o, v := s.options, view{Route: s.route(r), Base: s.base(r), TLS: r.TLS != nil, Data: data}
	v.HTTP, v.HTTPS, v.Raw = o.HTTP, o.HTTPS, o.Raw
	if v.Path != "" {
		v.Title, v.Look = v.Route.Title().String(), v.Route.Look().String()
	}
	return v
}

// route is the route that a request was matched to; the zero value outside of
// the table.
func (s *Site) route(r *http.Request) Route {
	methods := s.byRoute[r.Pattern]
	if e, found := methods[r.Method]; found {
		return e.Route
	}
	return methods[http.MethodGet].Route
}

// base is the base URL under which the visitor reached the site.
func (s *Site) base(r *http.Request) string {
	scheme, known := "http://", s.options.HTTP
	if r.TLS != nil {
		scheme, known = "https://", s.options.HTTPS
	}
	if r.Host == "" { // HTTP/1.0
		return known
	}
	return scheme + r.Host
}

// render makes a page.
func (s *Site) render(r *http.Request, name string, data any) []byte {
	var b bytes.Buffer
	if err := s.pages.ExecuteTemplate(&b, name, s.view(r, data)); err != nil {
		return []byte("The page could not be made: " + template.HTMLEscapeString(err.Error()) + "\n")
	}
	return b.Bytes()
}

// page answers with a page and its Content-Length.
func (s *Site) page(w http.ResponseWriter, r *http.Request, status int, name string, data any) {
	body := s.render(r, name, data)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = w.Write(body) // a visitor who has left is no error of the site
}

// plain answers with the page that says what to look at, and nothing else.
func (s *Site) plain(w http.ResponseWriter, r *http.Request) {
	s.page(w, r, http.StatusOK, "plain", nil)
}

// message answers with a sentence about a status.
func (s *Site) message(w http.ResponseWriter, r *http.Request, status int, text string) {
	s.page(w, r, status, "message", notice{status, http.StatusText(status), text})
}

// notice is the data of the message page.
type notice struct {
	Status int
	Reason string
	Text   string
}

// text answers with plain text that is not to be taken for anything else, also
// when a visitor wrote it.
func (s *Site) text(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(status)
	_, _ = io.WriteString(w, body)
}
