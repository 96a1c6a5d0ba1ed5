package site

import (
	"net"
	"net/http"
	"net/url"
)

// postForm reads a form from the body, at most maxBody of it. What cannot be
// read is an empty form: the page then says what is missing.
func postForm(w http.ResponseWriter, r *http.Request) url.Values {
	r.Body = http.MaxBytesReader(w, r.Body, maxBody)
	if err := r.ParseForm(); err != nil {
		return url.Values{}
	}
	return r.PostForm
}

// cookieValue is the value of a cookie of the request, "" when there is none.
func cookieValue(r *http.Request, name string) string {
	c, err := r.Cookie(name)
	if err != nil {
		return ""
	}
	return c.Value
}

// clientAddress is the visitor's address without the port, which is another one
// for each connection.
func clientAddress(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}
