package tasks

import (
	"bytes"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/client"
	"httpscope/internal/layer"
)

func serverTasks() []spec {
	return []spec{
		{
			Task: Task{
				ID: "missing-crlf", Title: "The missing line end", Topic: "Example 2: mimic a simple web server",
				Goal:    "A response in which one field swallows the next, because CR LF is missing between them.",
				Command: "curl -v http://{hello}/",
				Steps:   []client.Step{{Server: "hello", Send: get("/", ""), Status: 200, Expect: client.Closed}},
				Explain: "The lab's server sends Connection: closeContent-Type:…, so there is no Content-Type, and Connection holds no word that means anything. Python joins two literals without a comma (RFC 9112, Section 5).",
			},
			parts: []want{{text: "a field of a response that swallows another"}},
			watch: watchSwallowed,
		},
		{
			Task: Task{
				ID: "listing", Title: "Directory listing, and index.html", Topic: "Practice 4.2",
				Goal:    "A listing of a folder, and from the same server a folder that is answered by its index page. Bodies must be kept for this.",
				Command: "curl -v http://{dir}/\ncurl -v http://{dir}/page/",
				Steps:   []client.Step{{Server: "dir", Send: get("/", ""), Status: 200}, {Server: "dir", Send: get("/page/", ""), Status: 200}},
				Explain: "The address ends in a slash both times. The server sends index.html if the folder has one, and makes a listing if not (RFC 3986, Section 3.3 gives the slash its meaning, the page is the server's choice).",
			},
			parts: []want{{text: "a listing of a folder"}, {text: "a page in place of a listing"}},
			watch: watchListing,
		},
	}
}

func watchSwallowed() watch {
	return watch{exchange: func(r *reading, found func(mark)) {
		for _, f := range r.Findings {
			if f.Code == string(httpdecode.FieldSwallowed) && f.Side == layer.Server {
				at := r.answered()
				at.Packet = f.Frame
				found(mark{key: r.sameExchange(), at: at})
			}
		}
	}}
}

// listingTitles are the titles that python's http.server, and Apache and nginx,
// give to a listing.
var listingTitles = [][]byte{[]byte("<title>Directory listing for "), []byte("<title>Index of ")}

func watchListing() watch {
	return watch{exchange: func(r *reading, found func(mark)) {
		path, _, _ := strings.Cut(r.q.Target, "?")
		if !r.whole() || r.r.Status != 200 || !strings.HasSuffix(path, "/") || !mediaType(r.r, "text/html") || len(r.text()) == 0 {
			return
		}
		m := mark{part: 1, key: r.sameServer(), at: r.answered()}
		for _, title := range listingTitles {
			if bytes.Contains(r.text(), title) {
				m.part = 0
			}
		}
		found(m)
	}}
}
