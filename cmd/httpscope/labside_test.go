package main

import (
	"context"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"httpscope/internal/doc"
	"httpscope/internal/inspect"
	"httpscope/internal/pane"
	"httpscope/internal/session"
	"httpscope/internal/store"
	"httpscope/internal/target"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
	"httpscope/tui"
)

// classroom is a lab whose servers' sockets are heard, without a screen.
type classroom struct {
	store *store.Store
	ear   *inspect.Ear
	side  *pane.Lab
}

func openLab(t *testing.T) *classroom {
	t.Helper()
	c := &classroom{store: store.New(0)}
	c.ear = inspect.NewEar(inspect.New(session.ScreenOptions, c.store.Sink()))
	log := &pane.RequestLog{}
	servers, err := target.Start(t.Context(), target.Options{Ear: targetEar{c.ear}, Log: log.Add})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { servers.Close() })
	c.side = pane.NewLab(texts.In(texts.English), servers, log, c.store)
	return c
}

// line is the number behind "try:" of the first line with a text.
func line(t *testing.T, d doc.Page, text string) int {
	t.Helper()
	for i := range d.Len() {
		if l := d.Line(i); strings.Contains(l.String(), text) && strings.HasPrefix(l.Ref.Code, "try:") {
			n := 0
			for _, c := range l.Ref.Code[len("try:"):] {
				n = 10*n + int(c-'0')
			}
			return n
		}
	}
	t.Fatalf("no line says %q:\n%s", text, doc.Text(d))
	return 0
}

// exchange waits for the last exchange with a target.
func (c *classroom) exchange(t *testing.T, target string) (found *trace.Exchange) {
	t.Helper()
	waitFor(t, target+" was heard", func() bool {
		c.ear.Do(func(e *inspect.Engine) { e.Flush() })
		c.store.Scan(0, func(x *trace.Exchange) bool {
			if x.Request != nil && x.Request.Head.Target == target && x.Response != nil && x.Response.Done {
				found = x
			}
			return true
		})
		return found != nil
	})
	return found
}

func TestLabSide(t *testing.T) {
	c := openLab(t)
	said, err := c.side.Try(t.Context(), line(t, c.side.Page(nil), "GET /range/alphabet"))
	if err != nil || !strings.Contains(said, "206") {
		t.Fatalf("%q, %v", said, err)
	}
	x := c.exchange(t, "/range/alphabet")
	text := doc.Text(c.side.Page(x))
	for _, want := range []string{"Answered by site", "func (", "http://127.0.0.1:", "Asked, newest first",
		"GET /range/alphabet HTTP/1.1"} {
		if !strings.Contains(text, want) {
			t.Errorf("the pane does not say %q", want)
		}
	}
	before := x.ID
	if said, err = c.side.Resend(t.Context(), x, []byte(x.Request.Head.AsSent())); err != nil {
		t.Fatalf("%q, %v", said, err)
	}
	waitFor(t, "the request came again", func() bool { return c.exchange(t, "/range/alphabet").ID > before })
}

// TestLabSideInChinese: what is English in the pane is commands, addresses, and the source of what answered.
func TestLabSideInChinese(t *testing.T) {
	c := openLab(t)
	c.side.Texts = texts.In(texts.Chinese)
	said, err := c.side.Try(t.Context(), line(t, c.side.Page(nil), "GET /range/alphabet"))
	if want := "GET /range/alphabet：状态码 206，返回了 "; err != nil || !strings.HasPrefix(said, want) {
		t.Errorf("%q, %v; want %q", said, err, want)
	}
	text := doc.Text(c.side.Page(c.exchange(t, "/range/alphabet")))
	sentence := regexp.MustCompile(`[a-z]{2,} [a-z]{2,} [a-z]{2,}`)
	for l := range strings.Lines(text) {
		if !strings.HasPrefix(l, "  ") && sentence.MatchString(l) {
			t.Errorf("English: %s", l)
		}
	}
	for _, want := range []string{"响应来自 site：42 个字节的一部分\n206 带有", "site：范围请求\n  GET /range  部分内容的各种情况\n"} {
		if !strings.Contains(text, want) {
			t.Errorf("the pane does not say %q", want)
		}
	}
}

// TestServersAreListedInEveryLanguage: serve's list.
func TestServersAreListedInEveryLanguage(t *testing.T) {
	servers, err := target.Start(t.Context(), target.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer servers.Close()
	for lang, want := range map[texts.Lang]string{texts.English: "one client at a time.\n",
		texts.Chinese: "一次一个客户端。\n"} {
		var b strings.Builder
		if err := listServers(&b, texts.In(lang), servers); err != nil || !strings.Contains(b.String(), want) {
			t.Errorf("%v: %s", err, b.String())
		}
	}
}

// TestResendGoesToTheLabOnly: a request to another address is refused.
func TestResendGoesToTheLabOnly(t *testing.T) {
	c := openLab(t)
	c.side.Try(t.Context(), line(t, c.side.Page(nil), "GET /range/alphabet"))
	x := c.exchange(t, "/range/alphabet").Clone()
	x.Conn = x.Conn.Clone()
	x.Conn.Ends[1] = netip.MustParseAddrPort("192.0.2.77:80")
	if _, err := c.side.Resend(t.Context(), x, []byte(x.Request.Head.AsSent())); err == nil ||
		!strings.Contains(err.Error(), "none of the servers") {
		t.Errorf("sent to a client's address: %v", err)
	}
}

func TestTasksAreTickedByTheBuiltInClient(t *testing.T) {
	c := openLab(t)
	n := line(t, c.side.Tasks.Page(), "Persistent connection")
	if _, err := c.side.Tasks.Try(t.Context(), n); err != nil {
		t.Fatal(err)
	}
	waitFor(t, "the task was ticked", func() bool {
		c.ear.Do(func(e *inspect.Engine) { e.Flush() })
		c.side.Tasks.Follow()
		return strings.Contains(doc.Text(c.side.Tasks.Page()), "[x] Persistent connection")
	})
}

func TestSaver(t *testing.T) {
	c := openLab(t)
	c.side.Try(t.Context(), line(t, c.side.Page(nil), "GET /range/alphabet"))
	x := c.exchange(t, "/range/alphabet")
	v := pane.Files{Store: c.store}
	dir := t.TempDir()
	save := func(kind, name string, s tui.Selection) (string, error) {
		_, err := v.Save(context.Background(), kind, filepath.Join(dir, name), s)
		b, _ := os.ReadFile(filepath.Join(dir, name))
		return string(b), err
	}
	if got, err := save("json", "a.jsonl", tui.Selection{}); err != nil ||
		strings.Count(got, `"type":"exchange"`) != 1 || strings.Count(got, `"type":"connection"`) != 1 {
		t.Errorf("json: %q, %v", got, err)
	}
	if got, err := save("body", "b.bin", tui.Selection{Exchange: x}); err != nil || got == "" ||
		!strings.HasPrefix("abcdefghijklmnopqrstuvwxyz1234567890abcdef", got) {
		t.Errorf("body: %q, %v", got, err)
	}
	if got, err := save("page", "c.txt",
		tui.Selection{Page: doc.Lines{doc.Linef(doc.Title, "a line")}}); err != nil || got != "a line\n" {
		t.Errorf("page: %q, %v", got, err)
	}
	if _, err := save("page", "c.txt", tui.Selection{Page: doc.Lines{}}); err == nil ||
		!strings.Contains(err.Error(), "exists already") {
		t.Errorf("an existing file: %v", err)
	}
	if got, err := save("body", "d.bin", tui.Selection{}); err == nil || got != "" {
		t.Errorf("no exchange: %q, %v", got, err)
	}
}
