package tasks

import (
	"crypto/sha1"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/client"
	"httpscope/internal/trace"
)

func messageTasks() []spec {
	return []spec{
		{
			Task: Task{
				ID: "not-found", Topic: "tasks.topic.practice-4.2",
				Command: []string{"curl -v http://{dir}/not-exist http://{dir}/favicon.ico"},
				Steps: []client.Step{{Server: "dir", Send: get("/not-exist", ""), Status: 404},
					{Server: "dir", Send: get("/favicon.ico", "")}},
			},
			parts: []int{1, 1},
			watch: watchNotFound,
		},
		{
			Task: Task{
				ID: "conditional", Topic: "tasks.topic.advanced",
				Command: []string{
					"curl -v --etag-save etag.txt http://{http}/conditional",
					"curl -v --etag-compare etag.txt http://{http}/conditional",
				},
				Steps: []client.Step{
					{Server: "http", On: "one", Send: get("/conditional", ""), Status: 200,
						Take: map[string]string{"etag": `(?i)\netag: *([^\r\n]+)`}},
					site("one", get("/conditional", "If-None-Match: {etag}\r\n"), 304)},
			},
			parts: []int{1, 1},
			lead:  true,
			watch: watchConditional,
		},
		{
			Task: Task{
				ID: "head", Topic: "tasks.topic.advanced",
				Command: []string{"curl -v --head http://{http}/head", "curl -v http://{http}/head"},
				Steps: []client.Step{site("one", request("HEAD", "/head", ""), 200),
					site("one", get("/head", ""), 200)},
			},
			parts: []int{1, 1},
			watch: watchHead,
		},
		{
			Task: Task{
				ID: "coding", Topic: "tasks.topic.advanced",
				Command: []string{
					"curl -v --compressed http://{http}/coding/negotiate",
					"curl -v http://{http}/coding/negotiate",
				},
				Steps: []client.Step{site("one", get("/coding/negotiate", "Accept-Encoding: gzip\r\n"), 200),
					site("one", get("/coding/negotiate", ""), 200)},
			},
			parts: []int{1, 1},
			watch: watchCoding,
		},
		{
			Task: Task{
				ID: "continue", Topic: "tasks.topic.advanced",
				Command: []string{"curl -v -H \"Expect: 100-continue\" -d \"welcome?\" http://{http}/continue"},
				Steps: []client.Step{{Server: "http", Send: request("POST", "/continue",
					"Expect: 100-continue\r\nContent-Type: text/plain\r\nContent-Length: {length}\r\n"),
					Body: "welcome?", Wait: true, Status: 200}},
			},
			parts: []int{1, 1, 1},
			lead:  true,
			watch: watchContinue,
		},
		{
			Task: Task{
				ID: "form", Topic: "tasks.topic.practice-4.3",
				Command: []string{"curl -v -d \"user=CS305&password=123456\" http://{form}/"},
				Steps: []client.Step{{Server: "form", Send: get("/", ""), Status: 200},
					{Server: "form", Send: post("/", ""), Body: "user=CS305&password=123456", Status: 200}},
			},
			parts: []int{1, 1},
			lead:  true,
			watch: watchForm,
		},
		{
			Task: Task{
				ID: "websocket", Topic: "tasks.topic.advanced",
				Command: []string{"curl -v -N --http1.1 --max-time 2 -H \"Connection: Upgrade\" " +
					"-H \"Upgrade: websocket\" -H \"Sec-WebSocket-Version: 13\" " +
					"-H \"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\" http://{http}/ws"},
				Steps: []client.Step{site("one", get("/ws", "Connection: Upgrade\r\nUpgrade: websocket\r\n"+
					"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"), 101),
					{Server: "http", On: "one", Send: maskedHello, Expect: client.Nothing}},
			},
			parts: []int{1, 1},
			lead:  true,
			watch: watchWebSocket,
		},
	}
}

// maskedHello is the text "Hello" as a client sends it (RFC 6455, Section 5.7).
const maskedHello = "\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58"

func watchNotFound() watch {
	return watch{exchange: func(r *reading, found func(mark)) {
		if !r.over() {
			return
		}
		if r.r.Status == 404 {
			found(mark{part: 0, at: r.answered()})
		}
		if path, _, _ := strings.Cut(r.q.Target, "?"); path == "/favicon.ico" {
			found(mark{part: 1, at: r.asked()})
		}
	}}
}

func watchConditional() watch {
	return watch{exchange: func(r *reading, found func(mark)) {
		switch {
		case !r.over():
		case r.r.Status/100 == 2 && r.r.HasAny(httpdecode.FieldETag, httpdecode.FieldLastModified):
			found(mark{part: 0, key: r.sameResource(), at: r.answered()})
		case r.r.Status == 304 && r.q.HasAny(httpdecode.FieldIfNoneMatch, httpdecode.FieldIfModifiedSince):
			found(mark{part: 1, key: r.sameResource(), at: r.answered()})
		}
	}}
}

func watchHead() watch {
	return watch{exchange: func(r *reading, found func(mark)) {
		if !r.whole() || r.r.Status != 200 {
			return
		}
		k := r.sameResource()
		if r.q.Method == "GET" && r.Response.Body > 0 {
			k.id = r.Response.Body
			found(mark{part: 1, key: k, at: r.answered()})
		}
		length, _ := r.r.Lookup(httpdecode.FieldContentLength)
		n, err := strconv.ParseInt(length, 10, 64)
		if r.q.Method == "HEAD" && err == nil && n > 0 && r.Response.Body == 0 {
			k.id = n
			found(mark{part: 0, key: k, at: r.answered()})
		}
	}}
}

func watchCoding() watch {
	return watch{exchange: func(r *reading, found func(mark)) {
		if !r.whole() || r.r.Status != 200 || r.Response.Body == 0 {
			return
		}
		accepted, _ := r.q.Lookup(httpdecode.FieldAcceptEncoding)
		coding, coded := r.r.Lookup(httpdecode.FieldContentEncoding)
		switch {
		case !coded:
			found(mark{part: 1, key: r.sameResource(), at: r.answered()})
		case coding != "" && strings.Contains(strings.ToLower(accepted), strings.ToLower(coding)):
			found(mark{part: 0, key: r.sameResource(), at: r.answered()})
		}
	}}
}

func watchContinue() watch {
	return watch{exchange: func(r *reading, found func(mark)) {
		if expect, _ := r.q.Get("Expect"); !strings.EqualFold(expect, "100-continue") {
			return
		}
		found(mark{part: 0, key: r.sameExchange(), at: r.asked()})
		if i := slices.IndexFunc(r.Interim, welcomes); i >= 0 {
			found(mark{part: 1, key: r.sameExchange(), at: r.Interim[i].First})
		}
		if r.over() && r.Request.Complete && r.Request.Body > 0 {
			found(mark{part: 2, key: r.sameExchange(), at: r.answered()})
		}
	}}
}

// welcomes reports 100 Continue.
func welcomes(m *trace.Message) bool { return m.Head != nil && m.Head.Status == 100 }

func watchForm() watch {
	return watch{exchange: func(r *reading, found func(mark)) {
		if r.q.Method != "POST" || !mediaType(r.q, "application/x-www-form-urlencoded") || r.Request.Body == 0 ||
			!r.Request.Complete {
			return
		}
		found(mark{part: 0, key: r.sameExchange(), at: r.asked()})
		if r.over() && r.r.Status >= 200 && r.r.Status < 400 {
			found(mark{part: 1, key: r.sameExchange(), at: r.answered()})
		}
	}}
}

func watchWebSocket() watch {
	return watch{exchange: func(r *reading, found func(mark)) {
		upgrade, _ := r.q.Lookup(httpdecode.FieldUpgrade)
		sent, _ := r.q.Get("Sec-WebSocket-Key")
		if !strings.EqualFold(upgrade, "websocket") || sent == "" {
			return
		}
		found(mark{part: 0, key: r.sameExchange(), at: r.asked()})
		if accept, _ := r.r.Get("Sec-WebSocket-Accept"); r.r.Status == 101 && accept == acceptOf(sent) {
			found(mark{part: 1, key: r.sameExchange(), at: r.answered()})
		}
	}}
}

// acceptOf is the answer to a key (RFC 6455, Section 4.2.2).
func acceptOf(key string) string {
	sum := sha1.Sum([]byte(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
	return base64.StdEncoding.EncodeToString(sum[:])
}
