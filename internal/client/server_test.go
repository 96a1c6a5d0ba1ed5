package client_test

import (
	"bufio"
	"bytes"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
)

// server answers every connection with serve, and records what clients send.
type server struct {
	net.Listener
	mu    sync.Mutex
	heard []*bytes.Buffer // by connection, in the order of acceptance
	group sync.WaitGroup
	began chan struct{} // a connection was accepted
}

// exchange is a line of a script: what must come, and what is answered.
type exchange struct{ want, answer string }

func listen(t *testing.T, serve func(c net.Conn, r *bufio.Reader)) *server {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := &server{Listener: l, began: make(chan struct{}, 1000)}
	s.group.Go(func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			heard := &bytes.Buffer{}
			s.mu.Lock()
			s.heard = append(s.heard, heard)
			s.mu.Unlock()
			s.began <- struct{}{}
			s.group.Go(func() {
				defer c.Close()
				serve(c, bufio.NewReader(io.TeeReader(c, heard)))
			})
		}
	})
	t.Cleanup(func() { l.Close(); s.group.Wait() })
	return s
}

// script answers the first of its lines whose request comes next, on any connection.
func script(t *testing.T, lines ...exchange) *server {
	return listen(t, func(c net.Conn, r *bufio.Reader) {
		for {
			head, err := readHead(r)
			if err != nil {
				return
			}
			for _, l := range lines {
				if strings.HasPrefix(head, l.want) {
					io.WriteString(c, l.answer)
					if strings.Contains(l.answer, "Connection: close") {
						return
					}
					break
				}
			}
		}
	})
}

func readHead(r *bufio.Reader) (string, error) {
	var head strings.Builder
	for {
		line, err := r.ReadString('\n')
		head.WriteString(line)
		if err != nil || line == "\r\n" {
			return head.String(), err
		}
	}
}

// sent is what each connection sent, once all are over.
func (s *server) sent() []string {
	s.Close()
	s.group.Wait()
	var all []string
	for _, b := range s.heard {
		all = append(all, b.String())
	}
	return all
}

func (s *server) address(name string) string {
	if name == "http" || name == "echo" {
		return s.Addr().String()
	}
	return ""
}
