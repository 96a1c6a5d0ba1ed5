package cookies

import "strings"

// URL is the part of a request's target that decides about cookies. There is no
// query, and the port is for display: cookies are shared by all ports of a host
// (section 8.5).
type URL struct {
	Scheme string // "http" or "https"; empty means http
	Host   string // as in the Host field; a port in it is ignored
	Port   string // may be empty
	Path   string // as sent, not decoded; a query in it is ignored
}

// secure tells whether the connection counts as secure. Section 5.7, step 13
// leaves the definition to the client; everyone agrees on https.
func (u URL) secure() bool {
	return strings.EqualFold(u.Scheme, "https") || strings.EqualFold(u.Scheme, "wss")
}

// path returns the path to match: without query, and "/" when it is empty.
func (u URL) path() string {
	path := u.Path
	if i := strings.IndexAny(path, "?#"); i >= 0 {
		path = path[:i]
	}
	if path == "" {
		return "/"
	}
	return path
}

// DefaultPath returns the cookie path of a response without a usable Path
// attribute: the directory of the request path (section 5.1.4).
func DefaultPath(requestPath string) string {
	if !strings.HasPrefix(requestPath, "/") {
		return "/"
	}
	last := strings.LastIndexByte(requestPath, '/')
	if last == 0 {
		return "/"
	}
	return requestPath[:last]
}

// PathMatch tells whether a request path path-matches a cookie path (section
// 5.1.4). "/docs" matches "/docs" and "/docs/a" but not "/docsearch". Nothing is
// decoded: "/f%6Fo" and "/foo" are different paths.
func PathMatch(requestPath, cookiePath string) bool {
	rest, found := strings.CutPrefix(requestPath, cookiePath)
	if !found {
		return false
	}
	return rest == "" || strings.HasSuffix(cookiePath, "/") || rest[0] == '/'
}
