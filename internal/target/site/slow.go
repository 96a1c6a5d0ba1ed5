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
		{Route: Route{ID: "slow-buffered", Path: "/slow/buffered", Topic: "slow",
			Try: "curl -v -w 'first byte %{time_starttransfer} s, all %{time_total} s\\n' {base}/slow/buffered"},
			handle: (*Site).slowBuffered},
		{Route: Route{ID: "slow-chunked", Path: "/slow/chunked", Topic: "slow",
			Try: "curl -v -N -w 'first byte %{time_starttransfer} s, all %{time_total} s\\n' {base}/slow/chunked"},
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
