package site

import (
	"net/http"
	"strconv"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
)

func charsetEntries() []entry {
	return []entry{
		{Route: Route{ID: "utf8", Path: "/utf8", Topic: "charset",
			Try: "curl -v {base}/utf8"},
			handle: (*Site).utf8},
		{Route: Route{ID: "charset", Path: "/charset", Topic: "charset",
			Try: "curl -v {base}/charset --output -"},
			handle: (*Site).gb18030},
		{Route: Route{ID: "charset-gbk", Path: "/charset/gbk", Topic: "charset",
			Try: "curl -v {base}/charset/gbk --output -"},
			handle: (*Site).gbk},
		{Route: Route{ID: "charset-missing", Path: "/charset/missing", Topic: "charset",
			Try: "curl -v {base}/charset/missing --output -"},
			handle: (*Site).charsetMissing},
	}
}

// utf8 is the page as it was written.
func (s *Site) utf8(w http.ResponseWriter, r *http.Request) {
	s.recoded(w, r, "text/html; charset=utf-8", encoding.Nop.NewEncoder())
}

// gb18030 has every character of Unicode.
func (s *Site) gb18030(w http.ResponseWriter, r *http.Request) {
	s.recoded(w, r, "text/html; charset=gb18030", simplifiedchinese.GB18030.NewEncoder())
}

// gbk lacks most of them.
func (s *Site) gbk(w http.ResponseWriter, r *http.Request) {
	s.recoded(w, r, "text/html; charset=gbk", simplifiedchinese.GBK.NewEncoder())
}

// charsetMissing leaves the reader alone.
func (s *Site) charsetMissing(w http.ResponseWriter, r *http.Request) {
	s.recoded(w, r, "text/html", simplifiedchinese.GBK.NewEncoder())
}

// recoded answers with the page in another charset. What the charset lacks
// becomes a character reference.
func (s *Site) recoded(w http.ResponseWriter, r *http.Request, mediaType string, e *encoding.Encoder) {
	body, err := encoding.HTMLEscapeUnsupported(e).Bytes(s.render(r, "chinese", nil))
	if err != nil {
		s.message(w, r, http.StatusInternalServerError, "The page cannot be written in this charset.")
		return
	}
	w.Header().Set("Content-Type", mediaType)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body)
}
