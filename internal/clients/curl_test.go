//go:build clients && linux

package clients

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

const site = "http://127.0.0.1:8080"

// TestCurlRanges asks for parts of the slide's 42 bytes.
func TestCurlRanges(t *testing.T) {
	for _, c := range []struct {
		name, field, condition string
		status, body           int // body -1: not looked at
		contentRange           string
	}{
		{"a single range", "bytes=0-9", "", 206, 10, "bytes 0-9/42"},
		{"a suffix", "bytes=-5", "", 206, 5, "bytes 37-41/42"},
		{"to the end", "bytes=40-", "", 206, 2, "bytes 40-41/42"},
		{"several ranges", "bytes=0-9,20-29", "", 206, -1, ""},
		{"past the end", "bytes=100-200", "", 416, -1, "bytes */42"},
		{"If-Range with another tag", "bytes=0-9", `"another"`, 200, 42, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := newNetwork(t)
			p := n.lab(t)
			args := []string{site + "/range/alphabet", "-H", "Range: " + c.field}
			if c.condition != "" {
				args = append(args, "-H", "If-Range: "+c.condition)
			}
			body := n.curl(t, args...)
			p.saw(1, 1)
			x := p.stop().one(t, "/range/alphabet")
			mustBe(t, "Range", x.Request.field("Range"), c.field)
			mustBe(t, "status", x.Response.Status, c.status)
			mustBe(t, "Content-Range", x.Response.field("Content-Range"), c.contentRange)
			mustBe(t, "the body that curl printed", len(body), x.Response.BodyBytes)
			if c.body >= 0 {
				mustBe(t, "body", x.Response.BodyBytes, c.body)
			}
			if several := strings.HasPrefix(x.Response.field("Content-Type"),
				"multipart/byteranges"); several != (c.name == "several ranges") {
				t.Errorf("Content-Type: %s", x.Response.field("Content-Type"))
			}
		})
	}
}

// TestCurlLogin logs in with a cookie jar, visits, logs out, and tries again.
func TestCurlLogin(t *testing.T) {
	n := newNetwork(t)
	p := n.lab(t)
	jar := filepath.Join(t.TempDir(), "jar")
	for _, args := range [][]string{
		{"-d", "user=philip&pw=123456", site + "/login.php"}, {site + "/home.php"}, {site + "/checkmail.php"},
		{site + "/logout.php"}, {site + "/home.php"},
	} {
		n.curl(t, append([]string{"-b", jar, "-c", jar}, args...)...)
	}
	p.saw(5, 5)
	r := p.stop()
	mustBe(t, "requests", r.requests(), []string{
		"POST /login.php 200", "GET /home.php 200", "GET /checkmail.php 200", "GET /logout.php 200",
		"GET /home.php 403",
	})
	set := r.exchanges[0].Response.field("Set-Cookie")
	pair, _, _ := strings.Cut(set, ";")
	if !strings.HasPrefix(pair, "sessionid=") {
		t.Fatalf("Set-Cookie: %q", set)
	}
	for _, x := range r.exchanges[1:4] {
		mustBe(t, "Cookie of "+x.String(), x.Request.field("Cookie"), pair)
	}
	mustBe(t, "Cookie after logging out", r.exchanges[4].Request.field("Cookie"), "")
	mustBe(t, "body of the login", r.exchanges[0].Request.BodyBytes, len("user=philip&pw=123456"))
}

// TestCurlFraming: how each message ends.
func TestCurlFraming(t *testing.T) {
	for _, c := range []struct {
		name     string
		args     []string
		framing  string
		body     int
		wire     int
		chunks   []int
		trailers int
		version  string
	}{
		{"the slide's chunks", []string{site + "/chunked/alphabet"}, "chunked", 42,
			42 + len("1a\r\n\r\n10\r\n\r\n0\r\n\r\n"), []int{0x1a, 0x10}, 0, "HTTP/1.1"},
		{"the slide's Content-Length", []string{site + "/length/alphabet"}, "content-length", 42, 42, nil, 0,
			"HTTP/1.1"},
		{"trailers", []string{site + "/trailers"}, "chunked", 42, -1, []int{26, 16}, -1, "HTTP/1.1"},
		{"a request of HTTP/1.0", []string{"-0", site + "/chunked/alphabet"}, "until-close", 42, 42, nil, 0,
			"HTTP/1.0"},
		{"HEAD", []string{"-I", site + "/head"}, "none", 0, 0, nil, 0, "HTTP/1.1"},
		{"until the connection closes", []string{"http://127.0.0.1:8081/"}, "until-close", 41, 41, nil, 0, "HTTP/1.1"},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := newNetwork(t)
			p := n.lab(t)
			n.curl(t, c.args...)
			p.saw(1, 1)
			r := p.stop()
			x := r.exchanges[0]
			if !x.Response.Complete || x.Response.Status != 200 {
				t.Errorf("%+v", x.Response)
			}
			mustBe(t, "framing", x.Response.Framing, c.framing)
			mustBe(t, "body", x.Response.BodyBytes, c.body)
			mustBe(t, "version of the request", x.Request.Version, c.version)
			if c.wire >= 0 {
				mustBe(t, "body with its framing", x.Response.WireBytes, c.wire)
			}
			var sizes []int
			for _, k := range x.Response.Chunks {
				if k.Size > 0 {
					sizes = append(sizes, k.Size)
				}
			}
			mustBe(t, "chunks", sizes, c.chunks)
			if c.trailers < 0 && len(x.Response.Trailers) == 0 || c.trailers == 0 && len(x.Response.Trailers) > 0 {
				t.Errorf("trailers: %v", x.Response.Trailers)
			}
		})
	}
}

// TestCurlOverTLS: of HTTPS a packet capture shows that it is TLS. The secrets
// go to the key log, from which Wireshark decrypts the same packets.
func TestCurlOverTLS(t *testing.T) {
	n := newNetwork(t)
	keys, file := filepath.Join(t.TempDir(), "keys"), filepath.Join(t.TempDir(), "tls.pcapng")
	p := n.lab(t, "--keylog-out", keys, "-w", file)
	p.file = file
	n.curl(t, "-k", "https://127.0.0.1:8443/length/alphabet")
	p.saw(0, 1)
	r := p.stop()
	mustBe(t, "exchanges", len(r.exchanges), 0)
	mustBe(t, "connections", len(r.connections), 1)
	mustBe(t, "protocol", r.connections[0].Protocol, "tls")
	mustBe(t, "server", r.connections[0].Server, "127.0.0.1:8443")
	decrypted := n.run(t, "tshark", "-r", file, "-o", "tls.keylog_file:"+keys, "-d", "tcp.port==8443,tls", "-Y",
		"http.response", "-T", "fields", "-e", "http.content_length")
	mustBe(t, "Content-Length that tshark decrypted", strings.TrimSpace(decrypted), "42")
}

// TestCurlContinue: the 100 comes before the body.
func TestCurlContinue(t *testing.T) {
	n := newNetwork(t)
	p := n.lab(t)
	n.curl(t, site+"/continue", "-H", "Expect: 100-continue", "-d", "the body")
	p.saw(1, 1)
	x := p.stop().one(t, "/continue")
	if len(x.Interim) != 1 || x.Interim[0].Status != 100 {
		t.Fatalf("interim responses: %+v", x.Interim)
	}
	if !(x.Request.Frame < x.Interim[0].Frame && x.Interim[0].Frame < x.Response.Frame) {
		t.Errorf("request in packet %d, 100 in %d, 200 in %d", x.Request.Frame, x.Interim[0].Frame, x.Response.Frame)
	}
	mustBe(t, "status", x.Response.Status, 200)
	mustBe(t, "body of the request", x.Request.BodyBytes, len("the body"))
}

// TestCurlCodings: the body is coded on the wire, and whole in curl's hands.
func TestCurlCodings(t *testing.T) {
	n := newNetwork(t)
	p := n.lab(t)
	plain := n.curl(t, site+"/coding/identity")
	for _, coding := range []string{"gzip", "deflate", "br", "zstd"} {
		if got := n.curl(t, "--compressed", site+"/coding/"+coding); got != plain {
			t.Errorf("%s: curl got %d bytes, want %d", coding, len(got), len(plain))
		}
	}
	p.saw(5, 5)
	r := p.stop()
	for _, x := range r.exchanges[1:] {
		if want := strings.TrimPrefix(x.Request.Target, "/coding/"); x.Response.field("Content-Encoding") != want ||
			x.Response.BodyBytes >= len(plain) {
			t.Errorf("%s: Content-Encoding %q, %d bytes of %d", x, x.Response.field("Content-Encoding"),
				x.Response.BodyBytes, len(plain))
		}
		mustBe(t, "findings of "+x.String(), codes(x.Findings), []string{})
	}
}

// TestCurlReusesConnections: two URLs of one operation share a connection, and
// so does the operation behind --next, until a response closes it.
func TestCurlReusesConnections(t *testing.T) {
	n := newNetwork(t)
	p := n.lab(t)
	n.curl(t, site+"/keepalive", site+"/length/alphabet", "--next", "-sS", "-d", "a=1", site+"/echo", "--next", "-sS",
		site+"/close", "--next", "-sS", site+"/keepalive")
	p.saw(5, 2)
	r := p.stop()
	mustBe(t, "requests", r.requests(), []string{
		"GET /keepalive 200", "GET /length/alphabet 200", "POST /echo 200", "GET /close 200", "GET /keepalive 200",
	})
	var on []int
	for _, x := range r.exchanges {
		on = append(on, x.Connection)
	}
	mustBe(t, "connection of each", on, []int{0, 0, 0, 0, 1})
}

// TestCurlDownloads: every byte of a body that needs many packets is counted.
func TestCurlDownloads(t *testing.T) {
	n := newNetwork(t)
	p := n.lab(t)
	file := filepath.Join(t.TempDir(), "video")
	n.curl(t, "-o", file, site+"/range/video")
	p.saw(1, 1)
	x := p.stop().one(t, "/range/video")
	got, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	mustBe(t, "body", x.Response.BodyBytes, len(got))
	if bytes.Count(got, []byte{0}) == len(got) || len(got) < 1e6 {
		t.Errorf("the video has %d bytes", len(got))
	}
}
