package target

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// openGate is a gate on a free port, heard by an ear.
func openGate(t *testing.T, ear Ear) *gate {
	t.Helper()
	o := Options{Ear: ear}.orDefault()
	l, err := listen(t.Context(), "test", o.Bind, 0)
	if err != nil {
		t.Fatal(err)
	}
	g := newGate(l, "test", o, func(err error) { t.Errorf("fault: %v", err) })
	t.Cleanup(func() {
		g.Close()
		g.cut()
	})
	return g
}

// meet gives both ends of a connection through a gate.
func meet(t *testing.T, g *gate) (*net.TCPConn, stream) {
	t.Helper()
	client := dial(t, g.Addr().String())
	server, err := g.accept()
	if err != nil {
		t.Fatal(err)
	}
	return client, server
}

// TestEarHearsAllBytes asks every server for its first route and compares what
// was heard with what the client sent and got.
func TestEarHearsAllBytes(t *testing.T) {
	ear := newTape()
	s := start(t, Options{Ear: ear})
	for _, i := range s.List() {
		if i.Kind == "HTTPS" || i.Kind == "TCP" {
			continue
		}
		for n, r := range i.Routes {
			if r.Method != "" || n > 40 {
				continue
			}
			request := "GET " + r.Path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
			before := len(ear.closed(i.Name))
			c := dial(t, i.Address.String())
			if _, err := io.WriteString(c, request); err != nil {
				t.Fatal(err)
			}
			if err := c.CloseWrite(); err != nil {
				t.Fatal(err)
			}
			answer, _ := untilEnd(t, c)
			c.Close()
			heard := ear.waitClosed(t, i.Name, before+1)[before]
			if got := heard.heard("wrote"); got != answer {
				t.Errorf("%s %s: heard\n%.300q, the client got\n%.300q", i.Name, r.Path, got, answer)
			}
			if got := heard.heard("read"); got != request {
				t.Errorf("%s %s: heard %q of the request", i.Name, r.Path, got)
			}
		}
	}
}

// TestEarHearsEnds lists the calls for each way in which a connection ends.
func TestEarHearsEnds(t *testing.T) {
	linux := runtime.GOOS == "linux"
	for _, tt := range []struct {
		name string
		play func(t *testing.T, client *net.TCPConn, server stream)
		want []string
	}{
		{"the client ends its stream, the server answers and closes",
			func(t *testing.T, client *net.TCPConn, server stream) {
				check(t, client.CloseWrite())
				readAll(t, server)
				_, err := io.WriteString(server, "bye")
				check(t, err, server.Close())
			}, []string{"read end", "wrote", "write end", "closed"}},
		{"the server ends its stream first", func(t *testing.T, client *net.TCPConn, server stream) {
			check(t, server.CloseWrite(), client.CloseWrite())
			readAll(t, server)
			check(t, server.Close())
		}, []string{"write end", "read end", "closed"}},
		{"the server closes and the client has said nothing", func(t *testing.T, client *net.TCPConn, server stream) {
			check(t, server.Close())
		}, []string{"write end", "closed"}},
		{"the server asks for a reset", func(t *testing.T, client *net.TCPConn, server stream) {
			check(t, server.SetLinger(0), server.Close())
			ended(t, client, "reset")
		}, []string{"closed reset"}},
		{"the client resets", func(t *testing.T, client *net.TCPConn, server stream) {
			reset(t, client)
			if _, err := server.Read(make([]byte, 1)); !isReset(err) {
				t.Errorf("got %v", err)
			}
			check(t, server.Close())
		}, []string{"read end reset", "closed reset"}},
		{"closed twice", func(t *testing.T, client *net.TCPConn, server stream) {
			check(t, server.Close())
			if err := server.Close(); err == nil {
				t.Error("the second close is no error")
			}
		}, []string{"write end", "closed"}},
		{"bytes are left unread", func(t *testing.T, client *net.TCPConn, server stream) {
			_, err := io.WriteString(client, "ab")
			check(t, err)
			if _, err := io.ReadFull(server, make([]byte, 1)); err != nil {
				t.Error(err)
			}
			check(t, server.Close())
			ended(t, client, "reset")
		}, map[bool][]string{true: {"read", "closed reset"}, false: {"read", "write end", "closed"}}[linux]},
	} {
		t.Run(tt.name, func(t *testing.T) {
			ear := newTape()
			client, server := meet(t, openGate(t, ear))
			defer client.Close()
			tt.play(t, client, server)
			if got := ear.conns[0].kinds(); !slices.Equal(got, tt.want) {
				t.Errorf("heard %q, want %q", got, tt.want)
			}
		})
	}
}

func check(t *testing.T, errs ...error) {
	t.Helper()
	for _, err := range errs {
		if err != nil {
			t.Error(err)
		}
	}
}

func readAll(t *testing.T, r io.Reader) {
	t.Helper()
	if _, err := io.Copy(io.Discard, r); err != nil {
		t.Error(err)
	}
}

// TestEarHearsInOrder has a server that reads and writes in two goroutines, and
// a client that answers each word of the server's at once. An answer must
// never be heard in front of what it answers.
func TestEarHearsInOrder(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Log("the order is not held here: see tap_other.go")
		return
	}
	const words = 2000
	ear := newTape()
	client, server := meet(t, openGate(t, ear))
	defer client.Close()
	var both sync.WaitGroup
	next := make(chan struct{}, words+1)
	next <- struct{}{}
	both.Go(func() { // the server's writer, freed by its reader
		for range words {
			<-next
			if _, err := server.Write([]byte("w")); err != nil {
				t.Error(err)
				return
			}
		}
	})
	both.Go(func() { // the server's reader
		b := make([]byte, 1)
		for range words {
			if _, err := server.Read(b); err != nil {
				t.Error(err)
				return
			}
			next <- struct{}{}
		}
	})
	both.Go(func() { // the client
		b := make([]byte, 1)
		for range words {
			if _, err := io.ReadFull(client, b); err != nil {
				t.Error(err)
				return
			}
			if _, err := client.Write([]byte("r")); err != nil {
				t.Error(err)
				return
			}
		}
	})
	both.Wait()
	want := "wrote"
	for i, kind := range ear.conns[0].kinds() {
		if kind != want {
			t.Fatalf("call %d of %d: heard %q, want %q", i, 2*words, kind, want)
		}
		want = map[string]string{"wrote": "read", "read": "wrote"}[kind]
	}
}

// TestHeardConnectionsGoBothWays fills one direction: the server cannot write
// any more, and must still be able to read.
func TestHeardConnectionsGoBothWays(t *testing.T) {
	ear := newTape()
	client, server := meet(t, openGate(t, ear))
	defer client.Close()
	const size = 32 << 20
	written := make(chan error, 1)
	go func() {
		_, err := server.Write(make([]byte, size))
		written <- err
	}()
	eventually(t, "the client's buffer fills", func() bool { return len(ear.conns[0].kinds()) > 0 })
	if _, err := io.WriteString(client, "still talking"); err != nil {
		t.Fatal(err)
	}
	if got := take(t, server, 13); got != "still talking" {
		t.Errorf("got %q", got)
	}
	take(t, client, size)
	if err := <-written; err != nil {
		t.Error(err)
	}
	if got := len(ear.conns[0].heard("wrote")); got != size {
		t.Errorf("heard %d of %d bytes", got, size)
	}
}

// TestWriteDeadline shows that a write on a heard connection fails as one on a
// net.TCPConn does. The deadline comes when the first byte has gone through.
func TestWriteDeadline(t *testing.T) {
	for _, ear := range []Ear{nil, newTape()} {
		client, server := meet(t, openGate(t, ear))
		defer client.Close()
		expired := make(chan error, 1)
		go func() {
			_, err := client.Read(make([]byte, 1))
			expired <- errors.Join(err, server.SetWriteDeadline(time.Now()))
		}()
		n, err := server.Write(make([]byte, 32<<20))
		check(t, <-expired)
		var failed *net.OpError
		if ne, ok := err.(net.Error); !ok || !ne.Timeout() || n == 0 || n == 32<<20 {
			t.Errorf("wrote %d bytes, %v", n, err)
		} else if failed, ok = err.(*net.OpError); !ok || failed.Op != "write" || failed.Net != "tcp" {
			t.Errorf("got %#v", err)
		}
	}
}

// TestNetHTTPSendsTheSameHeardOrNot lets net/http send a file, which it does
// by ReadFrom, and a body that the client did not finish, where it closes by
// CloseWrite.
func TestNetHTTPSendsTheSameHeardOrNot(t *testing.T) {
	name := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(name, bytes.Repeat([]byte("0123456789"), 100_000), 0o644); err != nil {
		t.Fatal(err)
	}
	handler := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.Header()["Date"] = nil
		http.ServeFile(w, r, name)
	})
	requests := []string{
		"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
		"GET / HTTP/1.1\r\nHost: x\r\nRange: bytes=0-0,5-7\r\nConnection: close\r\n\r\n",
		"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\n" + strings.Repeat("x", 5000),
		"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: x\r\n\r\n",
	}
	for _, request := range requests {
		var answers []string
		for _, ear := range []Ear{nil, newTape()} {
			g := openGate(t, ear)
			s := &http.Server{Handler: handler}
			done := make(chan error, 1)
			go func() { done <- s.Serve(g) }()
			c := dial(t, g.Addr().String())
			if _, err := io.WriteString(c, request); err != nil {
				t.Fatal(err)
			}
			answer, end := untilEnd(t, c)
			c.Close()
			check(t, s.Close())
			<-done
			if boundary := strings.Index(answer, "boundary="); boundary > 0 {
				answer = strings.ReplaceAll(answer, answer[boundary+9:boundary+69], "(boundary)")
			}
			answers = append(answers, fmt.Sprintf("%s %s", end, answer))
		}
		if answers[0] != answers[1] {
			t.Errorf("%.60q: heard, the answer is\n%.300q, otherwise\n%.300q", request, answers[1], answers[0])
		}
	}
}
