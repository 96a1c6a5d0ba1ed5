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
		{Route: Route{Path: "/length/alphabet", Topic: "length", Title: "The slide's 42 bytes with Content-Length",
			Look: "Content-Length: 42 comes before the body and ends it: no byte of framing between the letters.",
			Try:  "curl -v {base}/length/alphabet"},
			handle: (*Site).lengthAlphabet},
		{Route: Route{Path: "/chunked/alphabet", Topic: "chunked", Title: "The slide's 42 bytes in chunks",
			Look: "Transfer-Encoding: chunked and no Content-Length. The chunk sizes are 1a and 10 in hexadecimal (26 and 16), and 0 ends the body.",
			Try:  "curl -v --raw {base}/chunked/alphabet"},
			handle: (*Site).chunkedAlphabet},
		{Route: Route{Path: "/trailers", Topic: "chunked", Title: "Trailer fields after the last chunk",
			Look: "The Trailer field announces X-Checksum and X-Chunks; their values stand after the chunk of size 0, when the server knows them.",
			Try:  "curl -v --raw {base}/trailers"},
			handle: (*Site).trailers},
		{Route: Route{Path: "/trailers/unannounced", Topic: "chunked", Title: "A trailer field that was not announced",
			Look: "No Trailer field in the head, and still a field after the last chunk: allowed, and httpscope notes it.",
			Try:  "curl -v --raw {base}/trailers/unannounced"},
			handle: (*Site).trailersUnannounced},
		{Route: Route{Path: "/extensions", Topic: "chunked", Title: "Chunk extensions",
			Look: "After a chunk size stand a semicolon and parameters. Clients skip what they do not know; hardly anybody uses them.",
			Try:  "curl -v --raw {base}/extensions"},
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
