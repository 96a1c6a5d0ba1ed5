package site

import (
	"errors"
	"io"
	"net/http"
	"net/http/httputil"
	"time"
)

func methodEntries() []entry {
	return []entry{
		{Route: Route{ID: "head", Path: "/head", Topic: "methods",
			Try: "curl -v -I {base}/head"},
			handle: (*Site).head},
		{Route: Route{ID: "echo-request", Path: "/echo", Topic: "methods",
			Try: "curl -v {base}/echo -H 'x-note: hello' -d 'some bytes'"},
			handle: (*Site).echo, any: true},
		{Route: Route{ID: "store-note-put", Path: "/store/note", Method: "PUT", Topic: "methods",
			Try: "curl -v -X PUT {base}/store/note -d 'remember this'"},
			pattern: "/store/{name}", handle: (*Site).put},
		{Route: Route{ID: "store-note", Path: "/store/note", Topic: "methods",
			Try: "curl -v {base}/store/note"},
			pattern: "/store/{name}", handle: (*Site).fetch},
		{Route: Route{ID: "store-note-delete", Path: "/store/note", Method: "DELETE", Topic: "methods",
			Try: "curl -v -X DELETE {base}/store/note"},
			pattern: "/store/{name}", handle: (*Site).remove},
		{Route: Route{ID: "basic", Path: "/basic", Topic: "methods",
			Try: "curl -v --anyauth -u user:pass {base}/basic"},
			handle: (*Site).basic},
		{Route: Route{ID: "continue", Path: "/continue", Topic: "methods",
			Try: "curl -v {base}/continue"},
			handle: (*Site).continuePage},
		{Route: Route{ID: "continue-post", Path: "/continue", Method: "POST", Topic: "methods",
			Try: "curl -v {base}/continue -H 'Expect: 100-continue' -d 'the body'"},
			handle: (*Site).continueRead},
		{Route: Route{ID: "continue-refuse-post", Path: "/continue/refuse", Method: "POST", Topic: "methods",
			Try: "curl -v {base}/continue/refuse -H 'Expect: 100-continue' -d 'the body'"},
			handle: (*Site).continueRefuse},
	}
}

// head answers GET; net/http leaves the body out when it was HEAD.
func (s *Site) head(w http.ResponseWriter, r *http.Request) { s.plain(w, r) }

// echo shows the request as text, so that nothing in it can act in a browser.
func (s *Site) echo(w http.ResponseWriter, r *http.Request) {
	head, err := httputil.DumpRequest(r, false)
	if err != nil {
		s.message(w, r, http.StatusBadRequest, "The request cannot be shown.")
		return
	}
	body, ok := s.body(w, r)
	if ok {
		s.text(w, http.StatusOK, string(head)+string(body))
	}
}

// body reads the body of a request, at most maxBody, or answers why not.
func (s *Site) body(w http.ResponseWriter, r *http.Request) ([]byte, bool) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		s.message(w, r, http.StatusRequestEntityTooLarge, "The body is larger than 64 KB. Send less.")
	case err != nil:
		s.message(w, r, http.StatusBadRequest, "The body cannot be read to its end.")
	}
	return body, err == nil
}

// basic asks for the credentials until they are right.
func (s *Site) basic(w http.ResponseWriter, r *http.Request) {
	user, pass, _ := r.BasicAuth()
	if user == "user" && pass == "pass" {
		s.plain(w, r)
		return
	}
	w.Header().Set("WWW-Authenticate", `Basic realm="httpscope: user and pass", charset="UTF-8"`)
	s.message(w, r, http.StatusUnauthorized, "The name is user and the password is pass.")
}

// continuePage says how to try it: browsers never send Expect.
func (s *Site) continuePage(w http.ResponseWriter, r *http.Request) { s.plain(w, r) }

// continueRead reads the body: with the first read net/http sends the 100.
func (s *Site) continueRead(w http.ResponseWriter, r *http.Request) {
	if body, ok := s.body(w, r); ok {
		s.text(w, http.StatusOK, string(body))
	}
}

// continueRefuse answers without a read, so that no 100 is sent. What the client
// sends all the same would be taken for its next request, so the connection ends.
func (s *Site) continueRefuse(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Connection", "close")
	// net/http would wait without end for the body that was just refused.
	_ = http.NewResponseController(w).SetReadDeadline(time.Now().Add(linger))
	s.message(w, r, http.StatusExpectationFailed, "This address takes no body.")
}
