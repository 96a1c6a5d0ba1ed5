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
				ID: "framing", Topic: "tasks.topic.framing",
				Command: []string{
					"curl -v http://{http}/length/alphabet",
					"curl -v --raw http://{http}/chunked/alphabet",
				},
				Steps: []client.Step{site("one", get("/length/alphabet", ""), 200),
					site("one", get("/chunked/alphabet", ""), 200)},
			},
			parts: []int{1, 1},
			watch: watchFraming,
		},
		{
			Task: Task{
				ID: "latency", Topic: "tasks.topic.latency",
				Command: []string{"curl -v -N http://{http}/slow/chunked", "curl -v http://{http}/slow/buffered"},
				Steps: []client.Step{site("one", get("/slow/chunked", ""), 200),
					site("one", get("/slow/buffered", ""), 200)},
			},
			parts: []int{1, 1},
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
