package site

import (
	"crypto/sha256"
	"encoding/hex"
	"io"
	"net/http"
	"strconv"
)

func alphabetEntries() []entry {
	return []entry{
		{Route: Route{ID: "length-alphabet", Path: "/length/alphabet", Topic: "length",
			Try: "curl -v {base}/length/alphabet"},
			handle: (*Site).lengthAlphabet},
		{Route: Route{ID: "chunked-alphabet", Path: "/chunked/alphabet", Topic: "chunked",
			Try: "curl -v --raw {base}/chunked/alphabet"},
			handle: (*Site).chunkedAlphabet},
		{Route: Route{ID: "trailers", Path: "/trailers", Topic: "chunked",
			Try: "curl -v --raw {base}/trailers"},
			handle: (*Site).trailers},
		{Route: Route{ID: "trailers-unannounced", Path: "/trailers/unannounced", Topic: "chunked",
			Try: "curl -v --raw {base}/trailers/unannounced"},
			handle: (*Site).trailersUnannounced},
		{Route: Route{ID: "extensions", Path: "/extensions", Topic: "chunked",
			Try: "curl -v --raw {base}/extensions"},
			handle: (*Site).extensions},
	}
}

// lengthAlphabet sends the body in one piece of known length.
func (s *Site) lengthAlphabet(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain")
	w.Header().Set("Content-Length", "42")
	_, _ = io.WriteString(w, alphabet)
}

// chunkedAlphabet flushes after 26 bytes: net/http then knows no length and
// makes a chunk of what it has.
func (s *Site) chunkedAlphabet(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain")
	_, _ = io.WriteString(w, alphabet[:26])
	flush(w)
	_, _ = io.WriteString(w, alphabet[26:])
}

// trailers sends a checksum after the body that it is computed from.
func (s *Site) trailers(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain")
	w.Header().Set("Trailer", "X-Checksum, X-Chunks")
	sum := sha256.New()
	for _, part := range []string{alphabet[:26], alphabet[26:]} {
		_, _ = io.WriteString(io.MultiWriter(w, sum), part)
		flush(w)
	}
	w.Header().Set("X-Checksum", hex.EncodeToString(sum.Sum(nil)))
	w.Header().Set("X-Chunks", strconv.Itoa(2))
}

// trailersUnannounced sends a trailer field that the head does not name.
func (s *Site) trailersUnannounced(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/plain")
	_, _ = io.WriteString(w, alphabet)
	flush(w)
	w.Header().Set(http.TrailerPrefix+"X-Afterthought", "yes")
}

// extensions takes the connection over from net/http, which cannot write chunk
// extensions. HTTP/1.0 has no chunks, and HTTP/2 no connection to take over.
func (s *Site) extensions(w http.ResponseWriter, r *http.Request) {
	conn, err := hijack(w, r)
	if err != nil {
		w.Header().Set("Content-Type", "text/plain")
		_, _ = io.WriteString(w, alphabet)
		return
	}
	defer closeGently(conn)
	_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\n"+
		"Date: "+s.options.Now().UTC().Format(http.TimeFormat)+"\r\n"+
		"Content-Type: text/plain\r\n"+
		"Transfer-Encoding: chunked\r\n"+
		"Connection: close\r\n"+
		"\r\n"+
		"1a;part=letters\r\nabcdefghijklmnopqrstuvwxyz\r\n"+
		"10;part=digits;note=\"a quoted; value\"\r\n1234567890abcdef\r\n"+
		"0;last\r\n\r\n")
}

// flush sends what was written. A server that cannot is no reason to stop.
func flush(w http.ResponseWriter) { _ = http.NewResponseController(w).Flush() }
