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
				ID: "missing-crlf", Topic: "tasks.topic.socket-2",
				Command: []string{"curl -v http://{hello}/"},
				Steps:   []client.Step{{Server: "hello", Send: get("/", ""), Status: 200, Expect: client.Closed}},
			},
			parts: []int{1},
			watch: watchSwallowed,
		},
		{
			Task: Task{
				ID: "listing", Topic: "tasks.topic.practice-4.2",
				Command: []string{"curl -v http://{dir}/", "curl -v http://{dir}/page/"},
				Steps: []client.Step{{Server: "dir", Send: get("/", ""), Status: 200},
					{Server: "dir", Send: get("/page/", ""), Status: 200}},
			},
			parts: []int{1, 1},
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
var listingTitles = [][]byte{[]byte("<title>Directory listing "), []byte("<title>Index of ")}

func watchListing() watch {
	return watch{exchange: func(r *reading, found func(mark)) {
		path, _, _ := strings.Cut(r.q.Target, "?")
		if !r.whole() || r.r.Status != 200 || !strings.HasSuffix(path, "/") || !mediaType(r.r, "text/html") ||
			len(r.text()) == 0 {
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
