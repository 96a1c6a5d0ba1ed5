//go:build clients && linux

package clients

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// browse opens a page in a headless browser with a new profile, until it has
// settled, and returns the page as the browser has it then.
func (n network) browse(t *testing.T, url string) string {
	t.Helper()
	home, err := os.MkdirTemp("", "browser") // a test's own folder has too long a name for its sockets
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(home) })
	c := n.command("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
		"--disable-quic", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-sync",
		"--user-data-dir="+filepath.Join(home, "profile"), "--dump-dom", url)
	c.Env = append(c.Env, "HOME="+home)
	return must(t, c)
}

// TestBrowserTwelveImages: a browser opens several connections, six at most to
// one server (Chromium's kMaxSocketsPerGroup), and uses them again.
func TestBrowserTwelveImages(t *testing.T) {
	n := newNetwork(t)
	p := n.lab(t)
	if page := n.browse(t, "http://127.0.0.1:8080/images"); strings.Count(page, "<img") != 12 {
		t.Errorf("the page has no twelve images:\n%s", page)
	}
	p.saw(13, 2)
	r := p.stop()
	used := map[int]bool{}
	for _, x := range r.all("/images") {
		used[x.Connection] = true
		arrived(t, x)
	}
	if got := len(r.all("/images")); got != 13 {
		t.Errorf("%d requests for the page and its images, want 13: %q", got, r.requests())
	}
	if len(used) < 2 || len(used) > 6 {
		t.Errorf("the page came over %d connections, want 2 to 6", len(used))
	}
}

// TestBrowserCloses: when each response closes, each image costs a connection.
// Who closes it first is not said: a browser may be faster than the server that
// announced it.
func TestBrowserCloses(t *testing.T) {
	n := newNetwork(t)
	p := n.lab(t)
	n.browse(t, "http://127.0.0.1:8080/images/close")
	p.saw(13, 13)
	r := p.stop()
	used := map[int]bool{}
	for _, x := range r.all("/images/close") {
		arrived(t, x)
		c := r.of(t, x)
		if used[c.ID] || c.Exchanges != 1 || c.State != "closed" || x.Response.field("Connection") != "close" {
			t.Errorf("%s: its connection is %+v", x, c)
		}
		used[c.ID] = true
	}
	if len(used) != 13 {
		t.Errorf("%d connections for the page and its images, want 13: %q", len(used), r.requests())
	}
}

// arrived checks a request that was answered completely.
func arrived(t *testing.T, x exchange) {
	t.Helper()
	if x.Request == nil || x.Response == nil || x.Response.Status != 200 || !x.Request.Complete ||
		!x.Response.Complete || len(x.Findings) > 0 {
		t.Errorf("%s did not arrive: %+v", x, x)
	}
}
