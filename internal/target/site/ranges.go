package site

import (
	"bytes"
	"net/http"
)

func rangeEntries() []entry {
	return []entry{
		{Route: Route{ID: "range", Path: "/range", Topic: "range",
			Try: "curl -v {base}/range"},
			handle: (*Site).rangePage},
		{Route: Route{ID: "range-alphabet", Path: "/range/alphabet", Topic: "range",
			Try: "curl -v {base}/range/alphabet -H 'Range: bytes=0-9'"},
			handle: (*Site).rangeAlphabet},
		{Route: Route{ID: "range-file", Path: "/range/file", Topic: "range",
			Try: "curl -v {base}/range/file -H 'Range: bytes=200-1000, 2000-6576, 19000-'"},
			handle: (*Site).rangeFile},
		{Route: Route{ID: "range-video", Path: "/range/video", Topic: "range",
			Try: "curl -v -o /dev/null {base}/range/video -H 'Range: bytes=1900-2900'"},
			handle: (*Site).rangeVideo},
	}
}

// rangePage lists what to try.
func (s *Site) rangePage(w http.ResponseWriter, r *http.Request) {
	s.page(w, r, http.StatusOK, "range", nil)
}

// rangeAlphabet serves the 42 bytes, whole or in parts.
func (s *Site) rangeAlphabet(w http.ResponseWriter, r *http.Request) {
	serveParts(w, r, "text/plain", `"alphabet-1"`, []byte(alphabet))
}

// rangeFile serves the text whose lines say where they stand.
func (s *Site) rangeFile(w http.ResponseWriter, r *http.Request) {
	serveParts(w, r, "text/plain", `"file-1"`, s.things.file)
}

// rangeVideo serves the video.
func (s *Site) rangeVideo(w http.ResponseWriter, r *http.Request) {
	serveParts(w, r, "video/mp4", `"video-1"`, s.things.video)
}

// serveParts leaves Range, If-Range and the conditions to net/http, and gives it
// the validators that these need (RFC 9110, Sections 13 and 14).
func serveParts(w http.ResponseWriter, r *http.Request, mediaType, etag string, body []byte) {
	w.Header().Set("Content-Type", mediaType)
	w.Header().Set("ETag", etag)
	http.ServeContent(w, r, "", changed(), bytes.NewReader(body))
}
