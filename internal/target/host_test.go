package target

import (
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"strings"
	"testing"
)

// TestHostNames: over loopback a name that can mean another machine is refused; what comes over a
// network is for all.
func TestHostNames(t *testing.T) {
	self, err := os.Hostname()
	if err != nil {
		t.Fatal(err)
	}
	h := newHosts([]string{"Shop.Example.", "course.edu:8080"})
	loopback := []net.Addr{tcpAddr("127.0.0.1:8000"), tcpAddr("127.3.2.1:80"), tcpAddr("[::1]:8000"), tcpAddr("[::ffff:127.0.0.1]:8000")}
	for host, pass := range map[string]bool{
		"": true, "localhost": true, "LocalHost:8000": true, "a.localhost": true, "shop.test:8080": true, "127.0.0.1:8000": true, "[::1]:8000": true, "::1": true,
		"10.0.0.7": true, "lab": true, "lab:80": true, "a.": true, self: true, self + ":8000": true, "shop.example": true, "course.edu": true, "  localhost ": true,
		"evil.example": false, "evil.example:8000": false, "127.0.0.1.evil.example": false, "localhost.evil.example": false, "evil.example.": false,
		"localhost.": true, "test.evil": false, "mytest.example": false, "xlocalhost.example": false, "www.shop.example": false, "evil.\x1b[31m": false,
	} {
		for _, at := range loopback {
			if why := h.refuse(host, at); (why == "") != pass {
				t.Errorf("%q at %s: %q", host, at, why)
			}
		}
		if why := h.refuse(host, tcpAddr("192.168.1.5:8000")); why != "" {
			t.Errorf("%q over a network: %q", host, why)
		}
	}
	if why := h.refuse("evil.\x1b[31m", loopback[0]); strings.Contains(why, "\x1b") || !strings.Contains(why, "--allow-host") {
		t.Errorf("it says %q", why)
	}
}

func tcpAddr(s string) net.Addr { return net.TCPAddrFromAddrPort(netip.MustParseAddrPort(s)) }

// TestRebinding: a page elsewhere, whose name was made to mean this machine, reads nothing of what
// the lab serves; the files of --directory least of all.
func TestRebinding(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(dir+"/private.txt", []byte("the secret"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := start(t, Options{Directory: dir, Hosts: []string{"allowed.example"}})
	for _, one := range s.List() {
		path, secret := map[string]string{"directory": "/private.txt", "form": "/", "site": "/"}[one.Name], map[string]string{"directory": "the secret", "form": "<form", "site": "<h1>"}[one.Name]
		if path == "" {
			continue // the others say the same to everybody
		}
		for host, pass := range map[string]bool{"evil.example": false, "evil.example:8000": false, "localhost:1": true, "allowed.example": true, "": true} {
			line := "Host: " + host + "\r\n"
			version := "1.1"
			if host == "" {
				line, version = "", "1.0"
			}
			got := answerTo(t, one.Address, fmt.Sprintf("GET %s HTTP/%s\r\n%sConnection: close\r\n\r\n", path, version, line))
			if strings.Contains(got, secret) != pass || !pass && (!strings.Contains(got, " 421 Misdirected Request\r\n") || !strings.Contains(got, "DNS rebinding")) {
				t.Errorf("%s, Host %q, answers %q", one.Name, host, got)
			}
		}
	}
}

// answerTo sends a request and reads until the server closes.
func answerTo(t *testing.T, to netip.AddrPort, request string) string {
	t.Helper()
	c, err := net.Dial("tcp", to.String())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	if _, err := io.WriteString(c, request); err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(c)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
