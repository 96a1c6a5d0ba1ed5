//go:build clients && linux

package clients

import (
	"os/exec"
	"strings"
	"testing"
)

// nginx starts nginx on a port of loopback, with a folder of its own.
func (n network) nginx(t *testing.T, port, root string) {
	t.Helper()
	dir := t.TempDir()
	write(t, dir+"/nginx.conf", `
daemon off; master_process off; pid `+dir+`/pid; error_log stderr;
events {}
http {
  access_log off; client_body_temp_path `+dir+`/body; proxy_temp_path `+dir+`/proxy; fastcgi_temp_path `+dir+`/fastcgi;
  uwsgi_temp_path `+dir+`/uwsgi; scgi_temp_path `+dir+`/scgi;
  gzip on; gzip_types text/plain; gzip_min_length 1;
  server { listen 127.0.0.1:`+port+`; root `+root+`; default_type text/plain; }
}
`)
	n.serve(t, port, n.command("nginx", "-p", dir, "-e", "stderr", "-c", dir+"/nginx.conf"))
}

// TestNginx: a server that is none of the lab's: a conditional request, a
// range, and content that is coded while it is sent, on one connection.
func TestNginx(t *testing.T) {
	n := newNetwork(t)
	root := openFolder(t, 0)
	must(t, exec.Command("chmod", "755", root))
	text := strings.Repeat("httpscope looks at nginx\n", 400)
	write(t, root+"/text", text)
	n.nginx(t, "8080", root)
	p := n.live(t, "-i", "lo", "-f", "tcp port 8080")
	tag := field(n.curl(t, "-I", site+"/text"), "ETag")
	n.curl(t, site+"/text", "--next", "-sS", "-H", "If-None-Match: "+tag, site+"/text", "--next", "-sS", "-r", "0-9",
		site+"/text",
		"--next", "-sS", "--compressed", site+"/text", "--next", "-sS", site+"/missing")
	p.saw(6, 2)
	r := p.stop()
	mustBe(t, "requests", r.requests(), []string{"HEAD /text 200", "GET /text 200", "GET /text 304", "GET /text 206",
		"GET /text 200", "GET /missing 404"})
	mustBe(t, "exchanges of the second connection", r.connections[1].Exchanges, 5)
	var bodies []int
	for _, x := range r.exchanges[:4] {
		bodies = append(bodies, x.Response.BodyBytes)
	}
	mustBe(t, "bodies", bodies, []int{0, len(text), 0, 10})
	coded := r.exchanges[4].Response
	mustBe(t, "framing", coded.Framing, "chunked")
	mustBe(t, "Content-Encoding", coded.field("Content-Encoding"), "gzip")
	if !coded.Complete || coded.BodyBytes >= len(text) || coded.WireBytes <= coded.BodyBytes {
		t.Errorf("the coded body: %+v", coded)
	}
}

// field is a field of a head as curl prints it.
func field(head, name string) string {
	for line := range strings.Lines(head) {
		if n, value, found := strings.Cut(line, ": "); found && strings.EqualFold(n, name) {
			return strings.TrimSpace(value)
		}
	}
	return ""
}
