package site

import (
	"bytes"
	"net/http"
)

func rangeEntries() []entry {
	return []entry{
		{Route: Route{Path: "/range", Topic: "range", Title: "Partial content, all cases",
			Look: "A list of requests to try: one range, several, the last bytes, bytes that do not exist, and If-Range.",
			Try:  "curl -v {base}/range"},
			handle: (*Site).rangePage},
		{Route: Route{Path: "/range/alphabet", Topic: "range", Title: "The 42 bytes in parts",
			Look: "206 with Content-Range: bytes 0-9/42. Positions count from 0, and the last one is included, so these are ten bytes.",
			Try:  "curl -v {base}/range/alphabet -H 'Range: bytes=0-9'"},
			handle: (*Site).rangeAlphabet},
		{Route: Route{Path: "/range/file", Topic: "range", Title: "A text of 47 022 bytes in parts",
			Look: "The slide's Content-Range: bytes 21010-47021/47022. With several ranges the body is multipart/byteranges, each part with its own Content-Range.",
			Try:  "curl -v {base}/range/file -H 'Range: bytes=200-1000, 2000-6576, 19000-'"},
			handle: (*Site).rangeFile},
		{Route: Route{Path: "/range/video", Topic: "range", Title: "A video of 1.5 MB in parts",
			Look: "Players ask for the part they need, and seek by another range. The bytes are noise in the boxes of an MP4 file: no player shows a picture.",
			Try:  "curl -v -o /dev/null {base}/range/video -H 'Range: bytes=1900-2900'"},
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
