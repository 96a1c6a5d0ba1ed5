package site

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

func codingEntries() []entry {
	list := []entry{{
		Route: Route{ID: "coding-negotiate", Path: "/coding/negotiate", Topic: "coding",
			Try: "curl -v -o /dev/null {base}/coding/negotiate -H 'Accept-Encoding: gzip;q=0.5, br'"},
		handle: (*Site).negotiate,
	}}
	for _, c := range codings() {
		list = append(list, entry{Route: Route{ID: "coding-" + c, Path: "/coding/" + c, Topic: "coding",
			Try: "curl -v --compressed {base}/coding/" + c}, handle: (*Site).coding})
	}
	return list
}

// codings are those that the site has, the best first.
func codings() []string { return []string{"zstd", "br", "gzip", "deflate", "identity"} }

// coding serves the text in the coding that the path names.
func (s *Site) coding(w http.ResponseWriter, r *http.Request) {
	s.coded(w, strings.TrimPrefix(r.URL.Path, "/coding/"))
}

// coded sends the text. Each coding is a representation of its own and has its
// own entity tag (RFC 9110, Section 8.8.3.3).
func (s *Site) coded(w http.ResponseWriter, coding string) {
	body := s.things.coded[coding]
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("ETag", `"proverbs-`+coding+`"`)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	if coding != "identity" {
		w.Header().Set("Content-Encoding", coding)
	}
	_, _ = w.Write(body)
}

// negotiate picks a coding that the client accepts.
func (s *Site) negotiate(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Vary", "Accept-Encoding")
	coding := pick(r.Header.Values("Accept-Encoding"))
	if coding == "" {
		s.message(w, r, http.StatusNotAcceptable,
			"Accept-Encoding refuses every coding that this server has, also identity.")
		return
	}
	s.coded(w, coding)
}

// pick finds the coding with the highest weight; among equal ones the server's
// order decides. Identity is acceptable unless it is refused (RFC 9110, Section
// 12.5.3), but only after all that is named. "" means that nothing is left.
func pick(fields []string) string {
	asked := weights(strings.Join(fields, ","))
	best, most := "", 0.0
	for _, c := range codings() {
		weight, named := asked[c]
		if star, all := asked["*"]; !named && all {
			weight, named = star, true
		}
		if !named && c == "identity" {
			weight = 0.0001 // less than the smallest weight that can be said
		}
		if weight > most {
			best, most = c, weight
		}
	}
	return best
}

// weights reads a list of codings with weights (RFC 9110, Section 12.4.2). What
// is malformed weighs nothing.
func weights(field string) map[string]float64 {
	m := map[string]float64{}
	for element := range strings.SplitSeq(field, ",") {
		name, parameter, weighted := strings.Cut(element, ";")
		weight := 1.0
		if weighted {
			digits, _ := strings.CutPrefix(strings.ToLower(strings.TrimSpace(parameter)), "q=")
			weight, _ = strconv.ParseFloat(digits, 64)
		}
		name = strings.ToLower(strings.TrimSpace(name))
		if name == "*" || slices.Contains(codings(), name) {
			m[name] = weight
		}
	}
	return m
}
