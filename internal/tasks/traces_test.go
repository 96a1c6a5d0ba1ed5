package tasks_test

import (
	"maps"
	"strings"
	"testing"
	"time"

	"httpscope/internal/tasks"
)

// sampled is, for a task, traffic that does it and traffic that only looks like it.
type sampled struct {
	does, looks func(w *wire)
	missing     string // what is missing in the second, as the board says; "" when nothing of it was seen
}

// traces of connections and messages.
var traces = map[string]sampled{
	"persistent": {
		does: func(w *wire) {
			w.exchange(4001, get("/a"), answer("200 OK", "a"))
			w.exchange(4001, get("/a"), answer("200 OK", "a"))
		},
		looks: func(w *wire) { // the same on two connections
			w.exchange(4001, get("/a"), answer("200 OK", "a"))
			w.exchange(4002, get("/a"), answer("200 OK", "a"))
		},
		missing: "another exchange on the same connection",
	},
	"parallel": {
		does: func(w *wire) { // they take turns
			w.exchange(4001, get("/1"), answer("200 OK", "a"))
			w.exchange(4002, get("/2"), answer("200 OK", "a"))
			w.exchange(4001, get("/3"), answer("200 OK", "a"))
		},
		looks: func(w *wire) { // both are open, one is used after the other
			w.on(4001)
			w.on(4002)
			w.exchange(4001, get("/1"), answer("200 OK", "a"))
			w.exchange(4001, get("/2"), answer("200 OK", "a"))
			w.exchange(4002, get("/3"), answer("200 OK", "a"))
		},
		missing: "an exchange on another connection of the same client and server, before the first has ended its last",
	},
	"close-client": {
		does: func(w *wire) {
			w.exchange(4001, get("/", "Connection: close\r\n"), answer("200 OK", "a"))
			w.close(4001, 1)
		},
		looks: func(w *wire) { // the server does not obey
			w.exchange(4001, get("/", "Connection: close\r\n"), answer("200 OK", "a"))
			w.close(4001, 0)
		},
		missing: "the server says close too, or is the first to close",
	},
	"close-server": {
		does: func(w *wire) {
			w.exchange(4001, get("/"), answer("200 OK", "a", "Connection: close\r\n"))
			w.close(4001, 1)
		},
		looks: func(w *wire) { // the server closes unannounced
			w.exchange(4001, get("/"), answer("200 OK", "a"))
			w.close(4001, 1)
		},
	},
	"http10": {
		does: func(w *wire) {
			for _, port := range []uint16{4001, 4002} {
				w.exchange(port, get("/"), "HTTP/1.0 200 OK\r\n\r\na")
				w.close(port, 1)
			}
		},
		looks: func(w *wire) { // kept open for the second object
			keep := "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\na"
			w.exchange(4001, get("/"), keep)
			w.exchange(4001, get("/"), keep)
			w.close(4001, 1)
		},
	},
	"framing": {
		does: func(w *wire) {
			w.exchange(4001, get("/length"), answer("200 OK", "abcdef"))
			w.exchange(4001, get("/chunked"),
				"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n2\r\nef\r\n0\r\n\r\n")
		},
		looks: func(w *wire) { // as many bytes of other content
			w.exchange(4001, get("/length"), answer("200 OK", "abcdef"))
			w.exchange(4001, get("/chunked"),
				"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nABCD\r\n2\r\nEF\r\n0\r\n\r\n")
		},
		missing: "a body of the same content in chunks",
	},
	"latency": {
		does: func(w *wire) {
			slowChunks(w, 4001, 40*time.Millisecond)
			w.request(4001, get("/buffered"))
			w.wait(200 * time.Millisecond)
			w.response(4001, answer("200 OK", "part part part part "))
		},
		looks: func(w *wire) { // chunked, but made first and sent then
			w.request(4001, get("/chunked"))
			w.wait(200 * time.Millisecond)
			w.response(4001, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\npart \r\n5\r\npart \r\n0\r\n\r\n")
			w.request(4001, get("/buffered"))
			w.wait(200 * time.Millisecond)
			w.response(4001, answer("200 OK", "part part "))
		},
		missing: "a chunked response that arrives bit by bit, its beginning early",
	},
	"not-found": {
		does: func(w *wire) {
			w.exchange(4001, get("/none"), answer("404 Not Found", "no"))
			w.exchange(4001, get("/favicon.ico"), answer("200 OK", "icon"))
		},
		looks: func(w *wire) { // gone is not 404
			w.exchange(4001, get("/none"), answer("410 Gone", "no"))
			w.exchange(4001, get("/favicon.ico"), answer("200 OK", "icon"))
		},
		missing: "a response with status 404",
	},
	"conditional": {
		does: func(w *wire) {
			w.exchange(4001, get("/a"), answer("200 OK", "a", "ETag: \"1\"\r\n"))
			w.exchange(4001, get("/a", "If-None-Match: \"1\"\r\n"), "HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n")
		},
		looks: func(w *wire) { // nobody asked for 304
			w.exchange(4001, get("/a"), answer("200 OK", "a", "ETag: \"1\"\r\n"))
			w.exchange(4001, get("/a"), "HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n")
		},
		missing: "a conditional request for the same, answered by 304",
	},
	"head": {
		does: func(w *wire) {
			w.exchange(4001, "HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n")
			w.exchange(4001, get("/a"), answer("200 OK", "abc"))
		},
		looks: func(w *wire) { // the length was another one
			w.exchange(4001, "HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n")
			w.exchange(4001, get("/a"), answer("200 OK", "abc"))
		},
		missing: "GET of the same address with a body of that length",
	},
	"coding": {
		does: func(w *wire) {
			w.exchange(4001, get("/a", "Accept-Encoding: br, gzip\r\n"),
				answer("200 OK", "coded", "Content-Encoding: gzip\r\n"))
			w.exchange(4001, get("/a"), answer("200 OK", "plain text"))
		},
		looks: func(w *wire) { // a coding that was not asked for
			w.exchange(4001, get("/a", "Accept-Encoding: br\r\n"),
				answer("200 OK", "coded", "Content-Encoding: gzip\r\n"))
			w.exchange(4001, get("/a"), answer("200 OK", "plain text"))
		},
		missing: "a response in a content coding that the request accepts",
	},
	"continue": {
		does: func(w *wire) {
			w.exchange(4001, "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n",
				"HTTP/1.1 100 Continue\r\n\r\n")
			w.exchange(4001, "hi", answer("200 OK", "a"))
		},
		looks: func(w *wire) { // the client grew tired of waiting
			w.request(4001, "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
			w.exchange(4001, "hi", answer("200 OK", "a"))
		},
		missing: "100 Continue",
	},
	"form": {
		does: func(w *wire) { w.exchange(4001, post("/", "user=a&password=b"), answer("200 OK", "a")) },
		looks: func(w *wire) { // the server has no such method
			w.exchange(4001, post("/", "user=a&password=b"), answer("405 Method Not Allowed", "no"))
		},
		missing: "its response",
	},
	"websocket": {
		does: func(w *wire) { // the key of RFC 6455, Section 1.3
			w.exchange(4001, upgrade, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n")
		},
		looks: func(w *wire) {
			w.exchange(4001, upgrade, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: AAAA\r\n\r\n")
		},
		missing: "101 with the right Sec-WebSocket-Accept",
	},
}

const upgrade = "GET /ws HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"

// slowChunks sends four chunks with a pause before each.
func slowChunks(w *wire, port uint16, pause time.Duration) {
	w.request(port, get("/chunked"))
	w.response(port, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
	for range 4 {
		w.wait(pause)
		w.response(port, "5\r\npart \r\n")
	}
	w.response(port, "0\r\n\r\n")
}

func allTraces() map[string]sampled {
	all := maps.Clone(traces)
	maps.Copy(all, stateTraces)
	return all
}

func TestTraces(t *testing.T) {
	traces := allTraces()
	for _, task := range tasks.All() {
		trace, found := traces[task.ID]
		if !found {
			t.Errorf("%s: there is no trace", task.ID)
			continue
		}
		t.Run(task.ID+": done", func(t *testing.T) {
			w := newWire()
			trace.does(w)
			p := progress(t, w.board(t), task.ID)
			if p.State != tasks.Done || p.Proof.Frame == 0 || !strings.HasPrefix(p.Words().String(), "Done: ") {
				t.Errorf("%s: %s %v", p.State, p.Words(), p.Proof)
			}
		})
		t.Run(task.ID+": looks like it", func(t *testing.T) {
			w := newWire()
			trace.looks(w)
			p := progress(t, w.board(t), task.ID)
			_, missing, _ := strings.Cut(strings.TrimSuffix(p.Words().String(), "."), "Missing: ")
			if p.State == tasks.Done || missing != trace.missing {
				t.Errorf("%s: %s\nwant missing %q", p.State, p.Words(), trace.missing)
			}
		})
	}
	if len(traces) != len(tasks.All()) {
		t.Errorf("%d traces for %d tasks", len(traces), len(tasks.All()))
	}
}
