package target

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/netip"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"httpscope/internal/texts"
)

func TestListNamesEveryServer(t *testing.T) {
	s := start(t, Options{})
	var names []string
	for _, i := range s.List() {
		names = append(names, i.Name)
		if i.About().String() == "" || !strings.HasSuffix(i.URL, i.Address.String()) || len(i.Routes) == 0 {
			t.Errorf("incomplete: %+v", i)
		}
		for _, r := range i.Routes {
			if r.Title().String() == "" || r.Look().String() == "" || r.Try == "" || r.Source == "" {
				t.Errorf("%s: incomplete: %+v", i.Name, r)
			}
		}
		c := dial(t, i.Address.String())
		c.Close()
	}
	want := []string{"site", "site-tls", "hello", "hello-fixed", "directory", "form", "echo", "echo-threads", "raw"}
	if !slices.Equal(names, want) {
		t.Errorf("got %q, want %q", names, want)
	}
}

// TestSources looks for each server's functions in the source that is shown.
func TestSources(t *testing.T) {
	for name, part := range shown {
		source := Source(name)
		for _, want := range part.names {
			if !strings.Contains(source, want) {
				t.Errorf("%s: the source lacks %q:\n%s", name, want, source)
			}
		}
		if strings.Count(source, "\nfunc ")+strings.Count(source, "\nvar ")+strings.Count(source,
			"\nconst ")+strings.Count(source, "\ntype ") < len(part.names) {
			t.Errorf("%s: fewer than %d declarations:\n%s", name, len(part.names), source)
		}
	}
	for _, i := range start(t, Options{}).List() {
		if Source(i.Name) == "" {
			t.Errorf("%s has no source", i.Name)
		}
	}
	if got := Source("no such server"); got != "" {
		t.Errorf("got %q", got)
	}
}

func TestDefaultPortsAreDistinct(t *testing.T) {
	p := DefaultPorts()
	all := []uint16{p.Site, p.SiteTLS, p.Hello, p.HelloFixed, p.Directory, p.Form, p.Echo, p.EchoThreads, p.Raw}
	slices.Sort(all)
	if len(slices.Compact(all)) != 9 || all[0] == 0 {
		t.Errorf("%d", all)
	}
}

func TestWarning(t *testing.T) {
	for bind, want := range map[string]string{
		"127.0.0.1": "", "127.9.9.9": "", "::1": "",
		"0.0.0.0": "Anybody in the same network can", "::": "Anybody in the same network can",
		"10.24.118.137": "Anybody that can reach 10.24.118.137 can",
	} {
		got := Options{Bind: netip.MustParseAddr(bind)}.Warning().String()
		if want == "" && got != "" || !strings.HasPrefix(got, want) {
			t.Errorf("%s: %q", bind, got)
		}
	}
	if got := (Options{}).Warning(); !got.IsZero() {
		t.Errorf("the default warns: %q", got)
	}
}

func TestPortInUse(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	port := l.Addr().(*net.TCPAddr).AddrPort().Port()
	// One server of each half of the list, so that some are open already.
	for _, ports := range []Ports{{Site: port}, {Raw: port}} {
		_, err := Start(t.Context(), Options{Ports: ports})
		var taken *PortError
		if !errors.As(err, &taken) || taken.Port != port {
			t.Fatalf("got %v", err)
		}
		if runtime.GOOS == "linux" && (taken.Owner.PID != os.Getpid() || taken.Owner.Name == "" ||
			!strings.Contains(err.Error(), fmt.Sprintf("%q (process %d)", taken.Owner.Name, os.Getpid()))) {
			t.Errorf("the owner is this test, not %+v: %v", taken.Owner, err)
		}
		if !strings.Contains(err.Error(), fmt.Sprintf("port %d of 127.0.0.1 is in use", port)) {
			t.Error(err)
		}
		said := texts.In(texts.Chinese).Error(err)
		if !strings.Contains(said, fmt.Sprintf("127.0.0.1 的端口 %d 已被", port)) {
			t.Error(said)
		}
	}
}

func TestFolderThatIsNone(t *testing.T) {
	for _, name := range []string{"/does/not/exist", os.Args[0]} {
		if s, err := Start(t.Context(), Options{Directory: name}); err == nil ||
			!strings.Contains(err.Error(), fmt.Sprintf("%q", name)) {
			t.Errorf("%q: %v, %v", name, s, err)
		}
	}
}

func TestCloseEndsEverything(t *testing.T) {
	for _, how := range []string{"Close", "context"} {
		t.Run(how, func(t *testing.T) {
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			ear := newTape()
			before := runtime.NumGoroutine()
			o := Options{Ear: ear, limits: limits{}.orDefault()}
			o.limits.grace = 20 * time.Millisecond
			s, err := Start(ctx, o)
			if err != nil {
				t.Fatal(err)
			}
			var open []*net.TCPConn
			for _, i := range s.List() {
				open = append(open, dial(t, i.Address.String()))
			}
			eventually(t, "all are accepted", func() bool { return len(ear.happened()) == len(open) })
			if how == "Close" {
				err = s.Close()
			} else {
				cancel()
			}
			if err != nil {
				t.Error(err)
			}
			for i, c := range open {
				if rest, _ := untilEnd(t, c); rest != "" {
					t.Errorf("%s sent %q", s.List()[i].Name, rest)
				}
				c.Close()
				ear.waitClosed(t, s.List()[i].Name, 1)
			}
			for _, i := range s.List() {
				eventually(t, i.Name+" is gone", func() bool {
					c, err := net.Dial("tcp", i.Address.String())
					if err == nil {
						c.Close()
					}
					return err != nil
				})
			}
			if err := s.Close(); err != nil {
				t.Error(err)
			}
			eventually(t, "no goroutine is left", func() bool { return runtime.NumGoroutine() <= before })
		})
	}
}

// TestTLS speaks to the HTTPS server as a client that would like HTTP/2.
func TestTLS(t *testing.T) {
	var secrets lockedBuffer
	ear := newTape()
	s := start(t, Options{KeyLog: &secrets, Ear: ear})
	trusted := x509.NewCertPool()
	if !trusted.AppendCertsFromPEM(s.Certificate) {
		t.Fatalf("no certificate in %q", s.Certificate)
	}
	for _, name := range []string{"localhost", "127.0.0.1", "::1"} {
		c := tls.Client(dial(t, address(t, s, "site-tls")), &tls.Config{RootCAs: trusted, ServerName: name,
			NextProtos: []string{"h2", "http/1.1"}})
		fmt.Fprintf(c, "GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n", name)
		answer, err := io.ReadAll(c)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if !bytes.HasPrefix(answer, []byte("HTTP/1.1 200 OK\r\n")) {
			t.Errorf("%s: got %.60q", name, answer)
		}
		if got := c.ConnectionState().NegotiatedProtocol; got != "http/1.1" {
			t.Errorf("negotiated %q", got)
		}
		c.Close()
	}
	heard := ear.waitClosed(t, "site-tls", 1)[0]
	if in, out := heard.heard("read"), heard.heard("wrote"); in[:2] != "\x16\x03" || out[:2] != "\x16\x03" ||
		strings.Contains(in+out, "GET /") {
		t.Errorf("heard no cipher text: %.20q %.20q", in, out)
	}
	if got := secrets.String(); !strings.Contains(got, "CLIENT_TRAFFIC_SECRET_0 ") ||
		!strings.Contains(got, "SERVER_HANDSHAKE_TRAFFIC_SECRET ") {
		t.Errorf("the key log has no secrets: %q", got)
	}
}

func TestFaultsAreRememberedAndBounded(t *testing.T) {
	s := start(t, Options{})
	for range maxErrors + 10 {
		c := dial(t, address(t, s, "site-tls"))
		if _, err := io.WriteString(c, "GET / HTTP/1.0\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
		untilEnd(t, c)
		c.Close()
	}
	eventually(t, "the faults are there", func() bool { return len(s.Faults()) == maxErrors })
	if got := s.Faults()[0]; !strings.Contains(got, "TLS handshake error") {
		t.Errorf("got %q", got)
	}
}

// TestSiteKeepsAlive sends requests behind each other on one connection, the
// last two without waiting.
func TestSiteKeepsAlive(t *testing.T) {
	s := start(t, Options{})
	c := dial(t, address(t, s, "site"))
	defer c.Close()
	r := bufio.NewReader(c)
	const get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
	for _, requests := range []int{1, 1, 2} {
		if _, err := io.WriteString(c, strings.Repeat(get, requests)); err != nil {
			t.Fatal(err)
		}
		for range requests {
			answer, err := http.ReadResponse(r, nil)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.Copy(io.Discard, answer.Body); err != nil || answer.StatusCode != 200 {
				t.Errorf("%v, %v", answer.Status, err)
			}
		}
	}
}

// TestMalformedRequestsStopNothing sends rubbish to every server, then asks
// each for something sensible.
func TestMalformedRequestsStopNothing(t *testing.T) {
	s := start(t, Options{Directory: makeFolder(t)})
	rubbish := []string{
		"\x00", "\r\n\r\n\r\n", "GET\r\n\r\n", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
		"GET / HTTP/1.1\r\n: x\r\n\r\n",
		"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
		"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nx",
		"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n",
		"GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
		"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
		strings.Repeat("x", 300_000), "GET /\x00%00 HTTP/1.1\r\nHost: x\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: x\r\n" + strings.Repeat("A: b\r\n", 20_000) + "\r\n",
		"POST / HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=\"\x00\"\r\nContent-Length: 9\r\n\r\n--\x00\r\n\r\n\r\n",
	}
	for _, i := range s.List() {
		for _, bytes := range rubbish {
			c := dial(t, i.Address.String())
			// The server may close while the client is still sending.
			_, _ = io.WriteString(c, bytes)
			_ = c.CloseWrite()
			if i.Name != "echo-threads" { // which leaves it open
				_, _ = io.Copy(io.Discard, c)
			}
			c.Close()
		}
		alive(t, i)
	}
	for _, fault := range s.Faults() {
		if strings.Contains(fault, "panic") || strings.Contains(fault, "goroutine") {
			t.Error(fault)
		}
	}
}

// alive asks a server for what it is there for.
func alive(t *testing.T, i Info) {
	t.Helper()
	c := dial(t, i.Address.String())
	defer c.Close()
	switch i.Kind {
	case "TCP":
		say(t, c, "hello")
	case "HTTPS":
		secure := tls.Client(c, &tls.Config{InsecureSkipVerify: true})
		asks(t, i, secure)
	default:
		asks(t, i, c)
	}
}

func asks(t *testing.T, i Info, c io.ReadWriter) {
	t.Helper()
	if _, err := fmt.Fprintf(c, "GET %s HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
		i.Routes[0].Path); err != nil {
		t.Fatalf("%s: %v", i.Name, err)
	}
	b := make([]byte, len("HTTP/1.x 200"))
	if _, err := io.ReadFull(c, b); err != nil || !bytes.HasPrefix(b, []byte("HTTP/1.")) {
		t.Errorf("%s: %q, %v", i.Name, b, err)
	}
}

// TestLimitOfOpenConnections fills every place of a server: the next client
// waits in the backlog until a place is free.
func TestLimitOfOpenConnections(t *testing.T) {
	ear := newTape()
	s := start(t, Options{Ear: ear, limits: limits{open: 3, idle: patience, write: patience, grace: time.Millisecond}})
	hello := info(t, s, "hello")
	var silent []*net.TCPConn
	for range 3 {
		silent = append(silent, dial(t, hello.Address.String()))
	}
	eventually(t, "three are accepted", func() bool { return len(ear.happened()) == 3 })
	waiting := dial(t, hello.Address.String())
	defer waiting.Close()
	if _, err := io.WriteString(waiting, "GET / HTTP/1.0\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	silent[0].Close()
	if rest, _ := untilEnd(t, waiting); !strings.Contains(rest, "Hello World!") {
		t.Errorf("got %q", rest)
	}
	if happened := ear.happened(); !strings.HasPrefix(happened[3], "closed") ||
		!strings.HasPrefix(happened[4], "opened") {
		t.Errorf("the fourth did not wait for a place: %q", happened)
	}
	silent[1].Close()
	silent[2].Close()
}

// TestSlowReaders shows that clients that do not read lose their connection,
// and that others are answered meanwhile.
func TestSlowReaders(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "large"), make([]byte, 64<<20), 0o644); err != nil {
		t.Fatal(err)
	}
	ear := newTape()
	s := start(t, Options{Ear: ear, Directory: folder, limits: limits{open: 100, idle: patience, write: time.Second,
		grace: time.Millisecond}})
	for range 20 {
		c := dial(t, address(t, s, "directory"))
		defer c.Close()
		if _, err := io.WriteString(c, "GET /large HTTP/1.0\r\n\r\n"); err != nil {
			t.Fatal(err)
		}
	}
	alive(t, info(t, s, "directory"))
	ear.waitClosed(t, "directory", 21)
}

// lockedBuffer may be written to from many goroutines.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(b)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}
