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
				ID: "not-found", Title: "404, and the icon nobody asked for", Topic: "Practice 4.2",
				Goal:    "A response 404, and a request for /favicon.ico. A browser sends the second by itself.",
				Command: "curl -v http://{dir}/not-exist http://{dir}/favicon.ico",
				Steps:   []client.Step{{Server: "dir", Send: get("/not-exist", ""), Status: 404}, {Server: "dir", Send: get("/favicon.ico", "")}},
				Explain: "404 says that there is nothing at this address now (RFC 9110, Section 15.5.5). Browsers ask for the icon of each site without a link to it.",
			},
			parts: []want{{text: "a response with status 404"}, {text: "an answered request for /favicon.ico"}},
			watch: watchNotFound,
		},
		{
			Task: Task{
				ID: "conditional", Title: "Conditional request", Topic: "Advanced HTTP",
				Goal:    "A response with ETag or Last-Modified, then a request for the same with If-None-Match or If-Modified-Since, answered by 304 without a body.",
				Command: "curl -v --etag-save etag.txt http://{http}/conditional\ncurl -v --etag-compare etag.txt http://{http}/conditional",
				Steps: []client.Step{
					{Server: "http", On: "one", Send: get("/conditional", ""), Status: 200, Take: map[string]string{"etag": `(?i)\netag: *([^\r\n]+)`}},
					site("one", get("/conditional", "If-None-Match: {etag}\r\n"), 304)},
				Explain: "The client showed the version it has, the server said that it is still the current one, and no content crossed the network (RFC 9110, Sections 13.1.2 and 15.4.5).",
			},
			parts: []want{{text: "a response with ETag or Last-Modified"}, {text: "a conditional request for the same, answered by 304"}},
			lead:  true,
			watch: watchConditional,
		},
		{
			Task: Task{
				ID: "head", Title: "HEAD", Topic: "Advanced HTTP",
				Goal:    "A request HEAD, answered with a Content-Length and no body, and a GET of the same address whose body has that length.",
				Command: "curl -v --head http://{http}/head\ncurl -v http://{http}/head",
				Steps:   []client.Step{site("one", request("HEAD", "/head", ""), 200), site("one", get("/head", ""), 200)},
				Explain: "HEAD gives the fields of a response without its content, so Content-Length does not count a body here (RFC 9110, Section 9.3.2, RFC 9112, Section 6.3 rule 1).",
			},
			parts: []want{{text: "HEAD, answered with Content-Length and no body"}, {text: "GET of the same address with a body of that length"}},
			watch: watchHead,
		},
		{
			Task: Task{
				ID: "coding", Title: "Content coding", Topic: "Advanced HTTP",
				Goal:    "The same address twice: once with Accept-Encoding and a response with Content-Encoding, once without.",
				Command: "curl -v --compressed http://{http}/coding/negotiate\ncurl -v http://{http}/coding/negotiate",
				Steps:   []client.Step{site("one", get("/coding/negotiate", "Accept-Encoding: gzip\r\n"), 200), site("one", get("/coding/negotiate", ""), 200)},
				Explain: "The client named codings that it can undo, the server chose one and named it. Compare the bytes of both bodies (RFC 9110, Sections 8.4 and 12.5.3).",
			},
			parts: []want{{text: "a response in a content coding that the request accepts"}, {text: "the same address without a content coding"}},
			watch: watchCoding,
		},
		{
			Task: Task{
				ID: "continue", Title: "100 Continue", Topic: "Advanced HTTP",
				Goal:    "A request with Expect: 100-continue, the interim response 100, then the body and the final response.",
				Command: "curl -v -H \"Expect: 100-continue\" -d \"is this welcome\" http://{http}/continue",
				Steps: []client.Step{{Server: "http", Send: request("POST", "/continue", "Expect: 100-continue\r\nContent-Type: text/plain\r\nContent-Length: {length}\r\n"),
					Body: "is this welcome", Wait: true, Status: 200}},
				Explain: "Two responses to one request: 100 says that the body is welcome, and only then was it sent (RFC 9110, Section 10.1.1).",
			},
			parts: []want{{text: "a request with Expect: 100-continue"}, {text: "100 Continue"}, {text: "its body and the final response"}},
			lead:  true,
			watch: watchContinue,
		},
		{
			Task: Task{
				ID: "form", Title: "POST of a form", Topic: "Practice 4.3",
				Goal:    "A request POST with the fields of a form in its body, and its response. In a browser, fill in the form at http://{form}/.",
				Command: "curl -v -d \"user=CS305&password=123456\" http://{form}/",
				Steps:   []client.Step{{Server: "form", Send: get("/", ""), Status: 200}, {Server: "form", Send: post("/", ""), Body: "user=CS305&password=123456", Status: 200}},
				Explain: "The body holds names and values with & between them, and everybody on the way can read the password. The request is the packet with POST, the response has a status (RFC 9110, Section 9.3.3).",
			},
			parts: []want{{text: "POST with a body of type application/x-www-form-urlencoded"}, {text: "its response"}},
			lead:  true,
			watch: watchForm,
		},
		{
			Task: Task{
				ID: "websocket", Title: "WebSocket", Topic: "Advanced HTTP",
				Goal:    "A request with Upgrade: websocket, and 101 with the answer to its key.",
				Command: "curl -v -N --http1.1 --max-time 2 -H \"Connection: Upgrade\" -H \"Upgrade: websocket\" -H \"Sec-WebSocket-Version: 13\" -H \"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\" http://{http}/ws",
				Steps: []client.Step{site("one", get("/ws", "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"), 101),
					{Server: "http", On: "one", Send: maskedHello, Expect: client.Nothing}},
				Explain: "After 101 the connection speaks WebSocket and no HTTP any more. Sec-WebSocket-Accept is computed from the key, so no server answers so by chance (RFC 9110, Section 7.8, RFC 6455, Section 1.3).",
			},
			parts: []want{{text: "a request with Upgrade: websocket"}, {text: "101 with the right Sec-WebSocket-Accept"}},
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
		if i := slices.IndexFunc(r.Interim, func(m *trace.Message) bool { return m.Head != nil && m.Head.Status == 100 }); i >= 0 {
			found(mark{part: 1, key: r.sameExchange(), at: r.Interim[i].First})
		}
		if r.over() && r.Request.Complete && r.Request.Body > 0 {
			found(mark{part: 2, key: r.sameExchange(), at: r.answered()})
		}
	}}
}

func watchForm() watch {
	return watch{exchange: func(r *reading, found func(mark)) {
		if r.q.Method != "POST" || !mediaType(r.q, "application/x-www-form-urlencoded") || r.Request.Body == 0 || !r.Request.Complete {
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
