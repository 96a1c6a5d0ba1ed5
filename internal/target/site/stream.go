package site

import (
	"context"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/coder/websocket"
)

func streamEntries() []entry {
	return []entry{
		{Route: Route{ID: "websocket", Path: "/websocket", Topic: "websocket",
			Try: "curl -v {base}/websocket"},
			handle: (*Site).socketPage},
		{Route: Route{ID: "ws", Path: "/ws", Topic: "websocket",
			Try: "curl -v --http1.1 --max-time 2 {base}/ws -H 'Connection: Upgrade' -H 'Upgrade: websocket' -H 'Sec-WebSocket-Version: 13' -H 'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ=='"},
			handle: (*Site).socket},
		{Route: Route{ID: "sse", Path: "/sse", Topic: "events",
			Try: "curl -v -N '{base}/sse?n=5&ms=300'"},
			handle: (*Site).events},
	}
}

// socketPage has a small script: a browser opens a WebSocket by script only.
func (s *Site) socketPage(w http.ResponseWriter, r *http.Request) {
	s.page(w, r, http.StatusOK, "websocket", nil)
}

// socket sends every message back. Accept refuses pages of other origins, which
// could else use the visitor's cookies.
func (s *Site) socket(w http.ResponseWriter, r *http.Request) {
	c, err := websocket.Accept(w, r, &websocket.AcceptOptions{CompressionMode: websocket.CompressionDisabled})
	if err != nil {
		return // Accept has answered
	}
	defer func() { _ = c.CloseNow() }()
	c.SetReadLimit(maxBody)
	ctx, cancel := context.WithTimeout(r.Context(), socketLifetime)
	defer cancel()
	for echoMessage(ctx, c) == nil {
	}
}

// echoMessage waits for one message and sends it back.
func echoMessage(ctx context.Context, c *websocket.Conn) error {
	ctx, cancel := context.WithTimeout(ctx, socketIdle)
	defer cancel()
	kind, message, err := c.Read(ctx)
	if err != nil {
		return fmt.Errorf("read a WebSocket message: %w", err)
	}
	return c.Write(ctx, kind, message)
}

// events sends n events, ms apart, and ends. An empty line ends an event.
func (s *Site) events(w http.ResponseWriter, r *http.Request) {
	n, err := strconv.ParseUint(r.URL.Query().Get("n"), 10, 31)
	if err != nil {
		n = 5
	}
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("Cache-Control", "no-store")
	_, _ = fmt.Fprint(w, ": a comment, which browsers skip\nretry: 3000\n\n")
	for i := range min(n, maxEvents) {
		flush(w)
		wait(r.Context(), delay(r, "ms", 300*time.Millisecond))
		_, _ = fmt.Fprintf(w, "id: %d\nevent: count\ndata: This is event %d.\n\n", i+1, i+1)
	}
}
