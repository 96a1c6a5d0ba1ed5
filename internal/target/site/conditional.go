package site

import "net/http"

func conditionalEntries() []entry {
	return []entry{{
		Route: Route{ID: "conditional", Path: "/conditional", Topic: "conditional",
			Try: "curl -v {base}/conditional -H 'If-Modified-Since: Wed, 19 Mar 2008 01:46:57 GMT'"},
		handle: (*Site).conditional,
	}}
}

// conditional serves a page with both validators. no-cache makes the browser
// ask every time, so that a reload shows the 304.
func (s *Site) conditional(w http.ResponseWriter, r *http.Request) {
	body := s.render(r, "conditional", nil)
	w.Header().Set("Cache-Control", "no-cache")
	serveParts(w, r, "text/html; charset=utf-8", tag(body), body)
}
