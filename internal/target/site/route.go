package site

import "httpscope/internal/texts"

// Route is one address of a server, with what to look at there.
type Route struct {
	ID     string // of its phrases, in small letters: "chunked-alphabet"
	Path   string // an address that can be asked for as it stands, e.g. "/chunked/alphabet"
	Method string // "" for GET
	Topic  string // "chunked", "range", …
	Try    string // a command line with the placeholder {base}, e.g. `curl -v {base}/range/alphabet -H 'Range: bytes=0-9'`
	Source string // Go source of the handler
}

// Title is what the address shows, in one line.
func (r Route) Title() texts.Phrase { return texts.Say("site.title." + r.ID) }

// Look is what to look at, in one or two sentences; in the raw group it ends with the findings to expect.
func (r Route) Look() texts.Phrase { return texts.Say("site.look." + r.ID) }

// Group is the name of the topic. In English it is the topic itself.
func (r Route) Group() texts.Phrase { return texts.Say("site.topic." + r.Topic) }

// verb is the method to ask with.
func (r Route) verb() string {
	if r.Method == "" {
		return "GET"
	}
	return r.Method
}
