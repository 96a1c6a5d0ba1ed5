package site

import (
	"context"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
	"time"
)

// TestRoutesCoverTheTable: what can be asked for is listed, and what is listed
// can be asked for as it stands.
func TestRoutesCoverTheTable(t *testing.T) {
	s := New(Options{})
	if got, want := len(s.Routes()), len(entries()); got != want {
		t.Fatalf("%d routes, %d entries", got, want)
	}
	listed := map[string]bool{}
	for i, r := range s.Routes() {
		e := entries()[i]
		if listed[r.verb()+r.Path] {
			t.Errorf("%s %s is listed twice", r.verb(), r.Path)
		}
		listed[r.verb()+r.Path] = true
		_, pattern := s.mux.Handler(httptest.NewRequest(r.verb(), r.Path, nil))
		if want := max(e.pattern, e.Path); e.pattern == "" && pattern != want || e.pattern != "" &&
			pattern != e.pattern {
			t.Errorf("%s %s goes to %q", r.verb(), r.Path, pattern)
		}
	}
	for pattern, methods := range s.byRoute {
		for method := range methods {
			if !slices.ContainsFunc(entries(),
				func(e entry) bool { return e.verb() == method && (e.pattern == pattern || e.Path == pattern) }) {
				t.Errorf("%s %s is not listed", method, pattern)
			}
		}
	}
}

// TestRoutesSayWhatToDo: each route teaches, has a command line that asks for
// it, and the source of the function that answers.
func TestRoutesSayWhatToDo(t *testing.T) {
	function := regexp.MustCompile(`(?m)^func `)
	for _, r := range append(New(Options{}).Routes(), RawRoutes()...) {
		name := r.verb() + " " + r.Path
		if r.Topic == "" || r.Title().String() == "" || !strings.HasSuffix(r.Look().String(), ".") {
			t.Errorf("%s: %+v", name, r)
		}
		if r.Group().String() != r.Topic {
			t.Errorf("%s: the topic %s is called %s", name, r.Topic, r.Group())
		}
		folder := r.Path[:strings.LastIndexByte(r.Path, '/')+1]
		if !strings.Contains(r.Try, "{base}"+folder) && !strings.Contains(r.Try, "GET "+r.Path) {
			t.Errorf("%s: the command line asks for something else: %s", name, r.Try)
		}
		if len(function.FindAllString(r.Source, -1)) != 1 || !strings.HasPrefix(r.Source, "// ") ||
			!strings.HasSuffix(r.Source, "}") {
			t.Errorf("%s: source is %q", name, r.Source)
		}
	}
	for path, text := range map[string]string{"/chunked/zz": "func chunkZZ(", "/": "func rawIndex("} {
		i := slices.IndexFunc(RawRoutes(), func(r Route) bool { return r.Path == path })
		if !strings.Contains(RawRoutes()[i].Source, text) {
			t.Errorf("the source of %s lacks %q", path, text)
		}
	}
}

// TestSessionsAreBounded: the session used longest ago goes first, and time
// ends those that nobody uses.
func TestSessionsAreBounded(t *testing.T) {
	now := time.Unix(1000, 0)
	s := newSessions(func() time.Time { return now })
	first, second := s.nextID(), s.nextID()
	if first != "3a4b5e" || second != "3a4b5f" {
		t.Errorf("ids %s, %s", first, second)
	}
	for _, id := range []string{first, second} {
		s.add(session{ID: id})
		now = now.Add(time.Second)
	}
	if _, found := s.find(first); !found { // now the second is the oldest
		t.Error("the first is gone")
	}
	for range maxSessions - 1 {
		now = now.Add(time.Millisecond)
		s.add(session{ID: s.nextID()})
	}
	if len(s.byID) != maxSessions {
		t.Errorf("%d sessions", len(s.byID))
	}
	if _, found := s.find(second); found {
		t.Error("the second is still there")
	}
	if _, found := s.find(first); !found {
		t.Error("the first is gone")
	}
	now = now.Add(sessionIdle + time.Second)
	if _, found := s.find(first); found {
		t.Error("a session outlives its idle time")
	}
}

// TestNoRandomness: without random bytes there is no session, instead of one
// that can be guessed.
func TestNoRandomness(t *testing.T) {
	s := New(Options{Rand: iotest.ErrReader(http.ErrAbortHandler)})
	r := httptest.NewRequest("POST", "/login.php", strings.NewReader("user=philip&pw=123456"))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	if w.Code != 500 || w.Header().Get("Set-Cookie") != "" {
		t.Errorf("%d %v", w.Code, w.Header())
	}
}

// TestStoreIsBounded: a full store refuses new names and still replaces old ones.
func TestStoreIsBounded(t *testing.T) {
	s := New(Options{})
	put := func(name, body string) int {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest("PUT", "/store/"+name, strings.NewReader(body)))
		return w.Code
	}
	for i := range maxStored {
		if code := put(strings.Repeat("a", i+1), "x"); code != 201 {
			t.Fatalf("%d: %d", i, code)
		}
	}
	for _, c := range []struct {
		name, body string
		want       int
	}{
		{"another", "x", 507}, {"a", "y", 204}, {"aa", strings.Repeat("x", maxBody+1), 413},
		{strings.Repeat("b", maxName+1), "x", 414},
	} {
		if code := put(c.name, c.body); code != c.want {
			t.Errorf("PUT %.10s, %d bytes: %d, want %d", c.name, len(c.body), code, c.want)
		}
	}
}

// TestDelaysAreBounded.
func TestDelaysAreBounded(t *testing.T) {
	for query, want := range map[string]time.Duration{
		"": time.Second, "?ms=20": 20 * time.Millisecond, "?ms=999999": maxDelay, "?ms=-1": time.Second,
		"?ms=99999999999999999999": time.Second, "?ms=a": time.Second,
	} {
		if got := delay(httptest.NewRequest("GET", "/"+query, nil), "ms", time.Second); got != want {
			t.Errorf("%q: %s, want %s", query, got, want)
		}
	}
}

// TestWaitEndsWithTheVisitor: nobody is waited for who has left.
func TestWaitEndsWithTheVisitor(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	ended := make(chan struct{})
	go func() { wait(ctx, time.Hour); close(ended) }()
	select {
	case <-ended:
	case <-time.After(2 * time.Minute):
		t.Error("the wait goes on")
	}
}

// TestThings: what the slides count.
func TestThings(t *testing.T) {
	s := New(Options{})
	if len(alphabet) != 42 || len(s.things.file) != 47022 || len(s.things.video) != videoSize ||
		string(s.things.video[4:12]) != "ftypisom" {
		t.Errorf("%d %d %d %q", len(alphabet), len(s.things.file), len(s.things.video), s.things.video[:12])
	}
	if got := string(s.things.file[21000:21006]); got != "021000" {
		t.Errorf("a line says %q", got)
	}
	for i, p := range s.pictures {
		if !strings.HasPrefix(string(p), "\x89PNG") || len(p) < 200 || len(p) > 16<<10 || i > 0 &&
			len(p) <= len(s.pictures[i-1]) {
			t.Errorf("image %d has %d bytes", i+1, len(p))
		}
	}
}
