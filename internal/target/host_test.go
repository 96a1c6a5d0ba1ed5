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
	loopback := []net.Addr{
		tcpAddr("127.0.0.1:8000"), tcpAddr("127.3.2.1:80"), tcpAddr("[::1]:8000"), tcpAddr("[::ffff:127.0.0.1]:8000"),
	}
	for host, pass := range map[string]bool{
		"": true, "localhost": true, "LocalHost:8000": true, "a.localhost": true, "  localhost ": true,
		"shop.test:8080": true, "127.0.0.1:8000": true, "[::1]:8000": true, "::1": true, "10.0.0.7": true,
		"lab": true, "lab:80": true, "a.": true, "localhost.": true, self: true, self + ":8000": true,
		"shop.example": true, "course.edu": true,
		"evil.example": false, "evil.example:8000": false, "evil.example.": false, "evil.\x1b[31m": false,
		"127.0.0.1.evil.example": false, "localhost.evil.example": false, "xlocalhost.example": false,
		"test.evil": false, "mytest.example": false, "www.shop.example": false,
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
	why := h.refuse("evil.\x1b[31m", loopback[0])
	if strings.Contains(why, "\x1b") || !strings.Contains(why, "--allow-host") {
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
	secrets := map[string][2]string{ // of each server, where it is and how it reads
		"directory": {"/private.txt", "the secret"}, "form": {"/", "<form"}, "site": {"/", "<h1>"},
	}
	hosts := map[string]bool{
		"evil.example": false, "evil.example:8000": false, "localhost:1": true, "allowed.example": true, "": true,
	}
	asked := 0
	for _, one := range s.List() {
		secret, ok := secrets[one.Name]
		if !ok {
			continue // the others say the same to everybody
		}
		asked++
		for host, pass := range hosts {
			got := answerTo(t, one.Address, requestFor(secret[0], host))
			refused := strings.Contains(got, " 421 Misdirected Request\r\n") && strings.Contains(got, "DNS rebinding")
			if strings.Contains(got, secret[1]) != pass || refused == pass {
				t.Errorf("%s, Host %q, answers %q", one.Name, host, got)
			}
		}
	}
	if asked != len(secrets) {
		t.Errorf("%d of %d servers were asked", asked, len(secrets))
	}
}

// requestFor asks for a path, of HTTP/1.0 without a Host field where it has none.
func requestFor(path, host string) string {
	if host == "" {
		return fmt.Sprintf("GET %s HTTP/1.0\r\nConnection: close\r\n\r\n", path)
	}
	return fmt.Sprintf("GET %s HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", path, host)
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
