package site_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"httpscope/internal/target/site"

	"github.com/coder/websocket"
)

// TestPagesWithoutOtherServers: a site that knows no other server links to none.
func TestPagesWithoutOtherServers(t *testing.T) {
	t.Parallel()
	handler := site.New(site.Options{})
	for _, path := range []string{"/", "/mixed", "/secure-login", "/hijack", "/hijack/bound/login"} {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		if strings.Contains(w.Body.String(), `href=""`) || strings.Contains(w.Body.String(), "ZgotmplZ") ||
			strings.Contains(w.Body.String(), "https:///") {
			t.Errorf("%s:\n%s", path, w.Body)
		}
	}
}

func TestRedirects(t *testing.T) {
	t.Parallel()
	s := serve(t)
	c := visitor(t, false)
	c.CheckRedirect = nil
	for path, want := range map[string]string{
		"301": "a <b>GET</b> request with a body of 0", "302": "a <b>GET</b> request with a body of 0",
		"303": "a <b>GET</b> request with a body of 0",
		"307": "a <b>POST</b> request with a body of 9", "308": "a <b>POST</b> request with a body of 9",
	} {
		if _, body := ask(t, c, "POST", s.plain.URL+"/redirect/"+path, "some=form"); !strings.Contains(body, want) {
			t.Errorf("%s: %s", path, body)
		}
	}
	for _, path := range []string{"chain/1", "chain/5", "loop"} {
		if r, _ := ask(t, c, "GET", s.plain.URL+"/redirect/"+path, ""); r.StatusCode != 200 {
			t.Errorf("%s: %s", path, r.Status)
		}
	}
}

// TestStore: PUT, GET, DELETE, and the conditions that prevent lost updates.
func TestStore(t *testing.T) {
	t.Parallel()
	s, c := serve(t), visitor(t, false)
	var tag string
	for i, x := range []struct {
		method, body, field string
		status              int
		want                string
	}{
		{"GET", "", "", 404, ""},
		{"PUT", "one", "If-Match: *", 412, ""},
		{"PUT", "one", "If-None-Match: *", 201, ""},
		{"PUT", "two", "If-None-Match: *", 412, ""},
		{"GET", "", "", 200, "one"},
		{"PUT", "two", "If-Match: TAG", 204, ""},
		{"GET", "", "Range: bytes=0-1", 206, "tw"},
		{"PUT", "three", `If-Match: "old"`, 412, ""},
		{"DELETE", "", "", 204, ""},
		{"DELETE", "", "", 404, ""},
	} {
		r, body := ask(t, c, x.method, s.plain.URL+"/store/a", x.body,
			split(strings.ReplaceAll(x.field, "TAG", tag))...)
		if r.StatusCode != x.status || x.want != "" && body != x.want {
			t.Errorf("%d. %s %s: %d %q, want %d %q", i+1, x.method, x.field, r.StatusCode, body, x.status, x.want)
		}
		if e := r.Header.Get("ETag"); e != "" {
			tag = e
		}
	}
}

func TestBasicAndEcho(t *testing.T) {
	t.Parallel()
	s, c := serve(t), visitor(t, false)
	for field, want := range map[string]int{"Authorization: Basic dXNlcjpwYXNz": 200,
		"Authorization: Basic dXNlcjp3cm9uZw==": 401, "Authorization: Basic %": 401} {
		if r, _ := ask(t, c, "GET", s.plain.URL+"/basic", "", field); r.StatusCode != want {
			t.Errorf("%s: %d", field, r.StatusCode)
		}
	}
	if _, body := ask(t, c, "PATCH", s.plain.URL+"/echo?a=b", "some bytes", "X-Note: hello"); !strings.HasPrefix(body,
		"PATCH /echo?a=b HTTP/1.1\r\nHost: ") || !strings.Contains(body, "X-Note: hello\r\n") ||
		!strings.HasSuffix(body, "\r\n\r\nsome bytes") {
		t.Errorf("echo %q", body)
	}
	if r, _ := ask(t, c, "POST", s.plain.URL+"/echo", strings.Repeat("a", 1<<20)); r.StatusCode != 413 {
		t.Errorf("echo of a megabyte: %d", r.StatusCode)
	}
}

func TestWebSocketEcho(t *testing.T) {
	t.Parallel()
	s := serve(t)
	ctx := t.Context()
	c, _, err := websocket.Dial(ctx, s.plain.URL+"/ws", nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.CloseNow() }()
	for _, message := range []string{"hello", "", strings.Repeat("long ", 1000)} {
		if err := c.Write(ctx, websocket.MessageText, []byte(message)); err != nil {
			t.Fatal(err)
		}
		if _, got, err := c.Read(ctx); err != nil || string(got) != message {
			t.Errorf("sent %.20q, got %.20q, %v", message, got, err)
		}
	}
	if err := c.Close(websocket.StatusNormalClosure, ""); err != nil {
		t.Errorf("close: %v", err)
	}
	foreign := &websocket.DialOptions{HTTPHeader: http.Header{"Origin": {"http://elsewhere.example"}}}
	if _, r, err := websocket.Dial(ctx, s.plain.URL+"/ws", foreign); err == nil || r.StatusCode != 403 {
		t.Errorf("another origin: %v", err)
	}
}
