package pane

import (
	"fmt"
	"sync"
	"time"

	"httpscope/internal/target"
	"httpscope/internal/visible"
)

// RequestLog keeps the last requests to the servers.
type RequestLog struct {
	mu    sync.Mutex
	lines []string
}

// maxLog bounds the requests that are listed.
const maxLog = 200

// Add keeps a request.
func (r *RequestLog) Add(e target.Entry) {
	l := RequestLine(e)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lines = append(r.lines, l)
	if len(r.lines) > 2*maxLog {
		r.lines = append([]string(nil), r.lines[len(r.lines)-maxLog:]...)
	}
}

// last are the last requests, newest first.
func (r *RequestLog) last(n int) []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []string
	for i := len(r.lines) - 1; i >= 0 && len(out) < n; i-- {
		out = append(out, r.lines[i])
	}
	return out
}

// RequestLine is a request as one line.
func RequestLine(e target.Entry) string {
	status := "   "
	if e.Status != 0 {
		status = fmt.Sprint(e.Status)
	}
	return fmt.Sprintf("%s %-12s %-21s %s %7d B  %s", e.Time.Format(time.TimeOnly), e.Server, e.Client, status,
		e.Bytes, visible.Text(e.Line))
}
