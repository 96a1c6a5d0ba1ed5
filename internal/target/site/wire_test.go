package site_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"

	"httpscope/internal/target/site"
)

// servers runs the site over HTTP and HTTPS.
type servers struct{ plain, secure *httptest.Server }

func serve(t *testing.T) servers {
	t.Helper()
	var handler http.Handler
	late := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { handler.ServeHTTP(w, r) })
	s := servers{httptest.NewUnstartedServer(late), httptest.NewUnstartedServer(late)}
	handler = site.New(site.Options{
		HTTP:  "http://" + s.plain.Listener.Addr().String(),
		HTTPS: "https://" + s.secure.Listener.Addr().String(),
		Raw:   "http://127.0.0.1:8083",
	})
	s.plain.Start()
	s.secure.StartTLS()
	t.Cleanup(s.plain.Close)
	t.Cleanup(s.secure.Close)
	return s
}

func (s servers) address() string { return s.plain.Listener.Addr().String() }

// masked replaces what differs from run to run.
func masked(answer string) string {
	return regexp.MustCompile(`Date: [^\r]+`).ReplaceAllString(answer, "Date: …")
}

// TestWire holds the bytes of what the course looks at byte by byte.
func TestWire(t *testing.T) {
	t.Parallel()
	s := serve(t)
	const get = " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
	for name, c := range map[string]struct{ request, want string }{
		"Content-Length: 42 and the slide's bytes": {"GET /length/alphabet" + get,
			"HTTP/1.1 200 OK\r\nContent-Length: 42\r\nContent-Type: text/plain\r\nDate: …\r\nConnection: close\r\n\r\nabcdefghijklmnopqrstuvwxyz1234567890abcdef"},
		"chunks 1a and 10, then 0": {"GET /chunked/alphabet" + get,
			"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nDate: …\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n1a\r\nabcdefghijklmnopqrstuvwxyz\r\n10\r\n1234567890abcdef\r\n0\r\n\r\n"},
		"HTTP/1.0 has no chunks, the close ends the body": {"GET /chunked/alphabet HTTP/1.0\r\n\r\n",
			"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\nDate: …\r\n\r\nabcdefghijklmnopqrstuvwxyz1234567890abcdef"},
		"HEAD has no chunk": {"HEAD /chunked/alphabet" + get,
			"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nDate: …\r\nConnection: close\r\n\r\n"},
		"trailer fields, announced": {"GET /trailers" + get,
			"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTrailer: X-Checksum, X-Chunks\r\nDate: …\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n1a\r\nabcdefghijklmnopqrstuvwxyz\r\n10\r\n1234567890abcdef\r\n0\r\nX-Checksum: a1b79080fefd29ed760c1b6e1bff38226dd7991a20e07c5d5ac40d7efb124ab3\r\nX-Chunks: 2\r\n\r\n"},
		"trailer field, not announced": {"GET /trailers/unannounced" + get,
			"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nDate: …\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n2a\r\nabcdefghijklmnopqrstuvwxyz1234567890abcdef\r\n0\r\nX-Afterthought: yes\r\n\r\n"},
		"chunk extensions": {"GET /extensions HTTP/1.1\r\nHost: a\r\n\r\n",
			"HTTP/1.1 200 OK\r\nDate: …\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n1a;part=letters\r\nabcdefghijklmnopqrstuvwxyz\r\n10;part=digits;note=\"a quoted; value\"\r\n1234567890abcdef\r\n0;last\r\n\r\n"},
		"chunk extensions for HTTP/1.0": {"GET /extensions HTTP/1.0\r\n\r\n",
			"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\nDate: …\r\nContent-Length: 42\r\n\r\nabcdefghijklmnopqrstuvwxyz1234567890abcdef"},
		"five parts as chunks": {"GET /slow/chunked?ms=1" + get,
			"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nDate: …\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n16\r\nPart 1 of 5 is ready.\n\r\n16\r\nPart 2 of 5 is ready.\n\r\n16\r\nPart 3 of 5 is ready.\n\r\n16\r\nPart 4 of 5 is ready.\n\r\n16\r\nPart 5 of 5 is ready.\n\r\n0\r\n\r\n"},
		"five parts in one piece": {"GET /slow/buffered?ms=1" + get,
			"HTTP/1.1 200 OK\r\nContent-Length: 110\r\nContent-Type: text/plain\r\nDate: …\r\nConnection: close\r\n\r\nPart 1 of 5 is ready.\nPart 2 of 5 is ready.\nPart 3 of 5 is ready.\nPart 4 of 5 is ready.\nPart 5 of 5 is ready.\n"},
		"events": {"GET /sse?n=2&ms=1" + get,
			"HTTP/1.1 200 OK\r\nCache-Control: no-store\r\nContent-Type: text/event-stream\r\nDate: …\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n2e\r\n: a comment, which browsers skip\nretry: 3000\n\n\r\n2b\r\nid: 1\nevent: count\ndata: This is event 1.\n\n\r\n2b\r\nid: 2\nevent: count\ndata: This is event 2.\n\n\r\n0\r\n\r\n"},
		"100, then the body": {"POST /continue HTTP/1.1\r\nHost: a\r\nConnection: close\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc",
			"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Type: text/plain; charset=utf-8\r\nX-Content-Type-Options: nosniff\r\nDate: …\r\nConnection: close\r\n\r\nabc"},
		"204 for OPTIONS": {"OPTIONS /store/note" + get,
			"HTTP/1.1 204 No Content\r\nAllow: DELETE, GET, HEAD, OPTIONS, PUT\r\nDate: …\r\nConnection: close\r\n\r\n"},
		"304 has no body": {"GET /status/304" + get,
			"HTTP/1.1 304 Not Modified\r\nDate: …\r\nConnection: close\r\n\r\n"},
		"205 has an empty one": {"GET /status/205" + get,
			"HTTP/1.1 205 Reset Content\r\nContent-Length: 0\r\nDate: …\r\nConnection: close\r\n\r\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			answer, reset := converse(t, s.address(), c.request, false)
			if got := masked(answer); got != c.want || reset {
				t.Errorf("reset %t\ngot  %q\nwant %q", reset, got, c.want)
			}
		})
	}
}

// TestBeginnings holds how answers begin whose pages may change.
func TestBeginnings(t *testing.T) {
	t.Parallel()
	s := serve(t)
	const get = " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
	for request, want := range map[string]string{
		"GET /early?ms=1" + get:                  "HTTP/1.1 103 Early Hints\r\nLink: </images/1.png>; rel=preload; as=image\r\n\r\nHTTP/1.1 200 OK\r\n",
		"GET /early?ms=1 HTTP/1.0\r\n\r\n":       "HTTP/1.0 200 OK\r\n",
		"GET /status/102" + get:                  "HTTP/1.1 102 Processing\r\n\r\nHTTP/1.1 200 OK\r\n",
		"GET /status/101" + get:                  "HTTP/1.1 200 OK\r\n",
		"GET /status/99" + get:                   "HTTP/1.1 404 Not Found\r\n",
		"GET /status/600" + get:                  "HTTP/1.1 404 Not Found\r\n",
		"GET /status/599" + get:                  "HTTP/1.1 599 status code 599\r\n",
		"GET /status/abc" + get:                  "HTTP/1.1 404 Not Found\r\n",
		"POST /status/201" + get:                 "HTTP/1.1 201 Created\r\n",
		"GET *" + get:                            "HTTP/1.1 404 Not Found\r\n",
		"GET /nothing" + get:                     "HTTP/1.1 404 Not Found\r\n",
		"GET /images/13.png" + get:               "HTTP/1.1 404 Not Found\r\n",
		"GET /images/1" + get:                    "HTTP/1.1 404 Not Found\r\n",
		"GET /images/close/x.png" + get:          "HTTP/1.1 404 Not Found\r\n",
		"GET /redirect/chain/999" + get:          "HTTP/1.1 404 Not Found\r\n",
		"GET //chunked/../length/alphabet" + get: "HTTP/1.1 307 Temporary Redirect\r\n",
		"CONNECT a:80" + get:                     "HTTP/1.1 404 Not Found\r\n",
		"POST /images" + get:                     "HTTP/1.1 405 Method Not Allowed\r\nAllow: GET, HEAD, OPTIONS\r\n",
		"GET /basic" + get:                       "HTTP/1.1 401 Unauthorized\r\n",
		"GET http://elsewhere/head" + get:        "HTTP/1.1 200 OK\r\n",
		"GET /ws" + get:                          "HTTP/1.1 426 Upgrade Required\r\n",
		"POST /continue/refuse HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\n": "HTTP/1.1 417 Expectation Failed\r\n",
	} {
		answer, _ := converse(t, s.address(), request, false)
		if !strings.HasPrefix(answer, want) {
			t.Errorf("%q\ngot  %.200q\nwant %q", request, answer, want)
		}
	}
}

// TestCloseAndKeep: what says close is closed, and what does not is kept.
func TestCloseAndKeep(t *testing.T) {
	t.Parallel()
	s := serve(t)
	const get = " HTTP/1.1\r\nHost: a\r\n\r\n"
	for path, closes := range map[string]bool{
		"/keepalive": false, "/images": false, "/images/3.png": false, "/length/alphabet": false,
		"/chunked/alphabet": false,
		"/close":            true, "/images/close": true, "/images/close/3.png": true, "/extensions": true,
	} {
		answer, _ := converse(t, s.address(),
			"GET "+path+get+"GET /length/alphabet HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", false)
		responses := strings.Count(answer, "HTTP/1.1 200 OK\r\n")
		if said := strings.Count(answer, "\r\nConnection: close\r\n"); closes && (responses != 1 || said != 1) ||
			!closes && (responses != 2 || said != 1) {
			t.Errorf("%s: %d responses, %d times close", path, responses, said)
		}
	}
}

// TestLinks follows every link, image and form of every page.
func TestLinks(t *testing.T) {
	t.Parallel()
	s := serve(t)
	address := regexp.MustCompile(`(?:href|src)="(/[^"]*)"`)
	seen, todo := map[string]bool{"/": true}, []string{"/"}
	for len(todo) > 0 {
		path := todo[0]
		todo = todo[1:]
		r, err := http.Get(s.plain.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		_ = r.Body.Close()
		if r.StatusCode == 404 && path != "/status/404" && path != "/store/note" {
			t.Errorf("%s: %s", path, r.Status)
		}
		if strings.Contains(string(body), "could not be made") {
			t.Errorf("%s: %s", path, body)
		}
		for _, m := range address.FindAllStringSubmatch(string(body), -1) {
			if next := strings.ReplaceAll(m[1], "&amp;", "&"); !seen[next] && !strings.Contains(next, ".png?delay=") {
				seen[next] = true
				todo = append(todo, next)
			}
		}
	}
	for _, r := range site.New(site.Options{}).Routes() {
		if r.Method == "" && !seen[r.Path] {
			t.Errorf("%s is not linked from anywhere", r.Path)
		}
	}
}

// TestPagesTeach: a page shows its title, what to look at, and the command with
// the address that it was asked under.
func TestPagesTeach(t *testing.T) {
	t.Parallel()
	s := serve(t)
	answer, _ := converse(t, s.address(),
		"GET /keepalive HTTP/1.1\r\nHost: lab.example:8080\r\nConnection: close\r\n\r\n", false)
	for _, want := range []string{"<h1>A persistent connection</h1>", "<b>Look at:</b> Nothing says keep-alive",
		"curl -v http://lab.example:8080/keepalive"} {
		if !strings.Contains(answer, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
}

// TestNothingOfTheRequestActs: markup in whatever the page repeats is text.
func TestNothingOfTheRequestActs(t *testing.T) {
	t.Parallel()
	s := serve(t)
	const evil = `"><script>alert(1)</script>`
	const form = "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 69\r\n\r\nuser=%22%3E%3Cscript%3Ealert%281%29%3C%2Fscript%3Eaaaaaaaaa&pw=123456"
	for _, request := range []string{
		"GET /cookies/show HTTP/1.1\r\nHost: a\r\nCookie: a=" + evil + "\r\nConnection: close\r\n\r\n",
		"GET /hijack/open/home HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
		"GET /%22%3E%3Cscript%3E HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
		"GET /images?delay=" + "%22%3E%3Cscript%3E HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
		"POST /login.php HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + form,
		"POST /hidden/login.php HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + form,
		"POST /hijack/open/login HTTP/1.1\r\nHost: a\r\nUser-Agent: " + evil + "\r\nConnection: close\r\n" + form,
		"FROB<script> /redirect/target HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n",
	} {
		answer, _ := converse(t, s.address(), request, false)
		if !strings.HasPrefix(answer, "HTTP/1.1 ") || strings.Contains(answer, "<script") {
			t.Errorf("%q\n%s", request, answer)
		}
	}
	for _, request := range []string{
		"POST /echo HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 8\r\n\r\n<script>",
		"POST /continue HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 8\r\n\r\n<script>",
	} {
		answer, _ := converse(t, s.address(), request, false)
		if !strings.Contains(answer, "Content-Type: text/plain; charset=utf-8\r\n") ||
			!strings.Contains(answer, "nosniff") || !strings.HasSuffix(answer, "<script>") {
			t.Errorf("%q\n%s", request, answer)
		}
	}
}
