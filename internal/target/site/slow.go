package site

import (
	"bytes"
	"fmt"
	"net/http"
	"strconv"
	"time"
)

func slowEntries() []entry {
	return []entry{
		{Route: Route{Path: "/slow/buffered", Topic: "slow", Title: "Slow content, buffered for Content-Length",
			Look: "Five parts take 200 ms each, and the server must have all of them to know the length: the first byte comes after a second.",
			Try:  "curl -v -w 'first byte %{time_starttransfer} s, all %{time_total} s\\n' {base}/slow/buffered"},
			handle: (*Site).slowBuffered},
		{Route: Route{Path: "/slow/chunked", Topic: "slow", Title: "The same slow content, chunked",
			Look: "The same five parts, each sent as a chunk as soon as it is there: the first byte comes at once, the last one as late as before.",
			Try:  "curl -v -N -w 'first byte %{time_starttransfer} s, all %{time_total} s\\n' {base}/slow/chunked"},
			handle: (*Site).slowChunked},
	}
}

const (
	slowParts = 5
	slowPause = 200 * time.Millisecond // before the next part, unless ?ms= says otherwise
)

// slowBuffered keeps everything back until it is complete.
func (s *Site) slowBuffered(w http.ResponseWriter, r *http.Request) {
	var b bytes.Buffer
	for i := range slowParts {
		b.WriteString(slowPart(i))
		wait(r.Context(), delay(r, "ms", slowPause))
	}
	w.Header().Set("Content-Type", "text/plain")
	w.Header().Set("Content-Length", strconv.Itoa(b.Len()))
	_, _ = w.Write(b.Bytes())
}

// slowChunked sends what it has.
func (s *Site) slowChunked(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain")
	for i := range slowParts {
		_, _ = w.Write([]byte(slowPart(i)))
		flush(w)
		wait(r.Context(), delay(r, "ms", slowPause))
	}
}

// slowPart is what takes so long to compute.
func slowPart(i int) string { return fmt.Sprintf("Part %d of %d is ready.\n", i+1, slowParts) }
