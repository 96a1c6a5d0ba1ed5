package site

import (
	"net/http"
	"strings"
)

func indexEntries() []entry {
	return []entry{
		{Route: Route{ID: "index", Path: "/", Topic: "index",
			Try: "curl -v {base}/"},
			pattern: "/{$}", handle: (*Site).index},
		{Route: Route{ID: "favicon-ico", Path: "/favicon.ico", Topic: "index",
			Try: "curl -v -o /dev/null {base}/favicon.ico"},
			handle: (*Site).favicon},
	}
}

// topic is a part of the index.
type topic struct {
	Name   string
	Routes []Route
}

// index lists the routes by topic.
func (s *Site) index(w http.ResponseWriter, r *http.Request) {
	var list []topic
	for _, e := range s.routes {
		if len(list) == 0 || list[len(list)-1].Name != e.Topic {
			list = append(list, topic{Name: e.Topic})
		}
		last := &list[len(list)-1]
		last.Routes = append(last.Routes, e)
	}
	s.page(w, r, http.StatusOK, "index", list)
}

// favicon answers with a small icon.
func (s *Site) favicon(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "image/x-icon")
	w.Header().Set("Cache-Control", "max-age=3600")
	http.ServeContent(w, r, "", changed(), strings.NewReader(string(s.icon)))
}
