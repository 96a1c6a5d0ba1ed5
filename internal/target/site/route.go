package site

// Route is one address of a server, with what to look at there.
type Route struct {
	Path   string // an address that can be asked for as it stands, e.g. "/chunked/alphabet"
	Method string // "" for GET
	Topic  string // "chunked", "range", …
	Title  string // one line
	Look   string // what to look at, one or two sentences; in the raw group it ends with the findings to expect
	Try    string // a command line with the placeholder {base}, e.g. `curl -v {base}/range/alphabet -H 'Range: bytes=0-9'`
	Source string // Go source of the handler
}

// verb is the method to ask with.
func (r Route) verb() string {
	if r.Method == "" {
		return "GET"
	}
	return r.Method
}
