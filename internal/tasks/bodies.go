package tasks

import (
	"hash/maphash"
	"time"

	"httpscope/httpdecode"
	"httpscope/internal/client"
)

func bodyTasks() []spec {
	return []spec{
		{
			Task: Task{
				ID: "framing", Title: "Content-Length against chunked", Topic: "Content-Length vs. chunked transfer encoding",
				Goal:    "The same content twice: once counted by Content-Length, once in chunks.",
				Command: "curl -v http://{http}/length/alphabet\ncurl -v --raw http://{http}/chunked/alphabet",
				Steps:   []client.Step{site("one", get("/length/alphabet", ""), 200), site("one", get("/chunked/alphabet", ""), 200)},
				Explain: "The content is the same. Content-Length says its size before it; chunks say theirs one by one in hexadecimal (1a is 26, 10 is 16), and a chunk of size 0 ends it (RFC 9112, Sections 6.3 and 7.1).",
			},
			parts: []want{{text: "a body that Content-Length counts"}, {text: "a body of the same content in chunks"}},
			watch: watchFraming,
		},
		{
			Task: Task{
				ID: "latency", Title: "Reducing latency", Topic: "Reducing latency of response",
				Goal:    "From one server, a chunked response whose first bytes come long before its last, and a response with Content-Length whose first byte is waited for.",
				Command: "curl -v -N http://{http}/slow/chunked\ncurl -v http://{http}/slow/buffered",
				Steps:   []client.Step{site("one", get("/slow/chunked", ""), 200), site("one", get("/slow/buffered", ""), 200)},
				Explain: "Content-Length must be sent before the body, so the server had to make all of the content first. In chunks it sent what it had (RFC 9112, Section 7.1).",
			},
			parts: []want{{text: "a chunked response that arrives bit by bit, its beginning early"}, {text: "a response with Content-Length that comes at once after a long wait"}},
			watch: watchLatency,
		},
	}
}

func watchFraming() watch {
	return watch{exchange: func(r *reading, found func(mark)) {
		if !r.whole() || r.r.Status/100 != 2 || r.Response.Body == 0 {
			return
		}
		m := mark{key: sameContent(r), at: r.answered()}
		switch r.r.Framing().Kind {
		case httpdecode.Chunked:
			m.part = 1
		case httpdecode.Length:
		default:
			return
		}
		found(m)
	}}
}

// sameContent is the content of a response: its bytes where they are kept, else
// its hash, and where there is neither its size.
func sameContent(r *reading) key {
	k := key{id: r.Response.Body}
	switch {
	case r.Response.KeptAll:
		k.text = maphash.Bytes(r.seed, r.Response.Kept)
	case r.Response.SHA256 != "":
		k.text = r.hash(r.Response.SHA256)
	}
	return k
}

// long is a time that a user can feel. A generated page of the lab takes a
// second; a loopback answer that is not generated takes a millisecond.
const long = 100 * time.Millisecond

func watchLatency() watch {
	return watch{exchange: func(r *reading, found func(mark)) {
		if !r.whole() || r.Response.Body == 0 || r.answered().Nano == 0 {
			return
		}
		switch {
		case r.r.Framing().Kind == httpdecode.Chunked && early(r):
			found(mark{part: 0, key: r.sameServer(), at: r.Response.BodyFirst})
		case r.r.Framing().Kind == httpdecode.Length && late(r):
			found(mark{part: 1, key: r.sameServer(), at: r.answered()})
		}
	}}
}

// early reports chunks that came over a long time, the first in its first half.
func early(r *reading) bool {
	all := r.Response.Last.Nano - r.Request.Last.Nano
	first := r.Response.BodyFirst.Nano - r.Request.Last.Nano
	spread := r.Response.Last.Nano - r.Response.BodyFirst.Nano
	return r.Response.ChunkCount > 1 && spread >= long.Nanoseconds() && 2*first <= all
}

// late reports a long wait for a response that then comes in a fraction of it.
func late(r *reading) bool {
	wait, receive := r.Timing()
	return wait >= long && 4*receive <= wait
}
