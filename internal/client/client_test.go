package client_test

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"httpscope/internal/client"
	"httpscope/internal/texts"
)

func run(t *testing.T, s *server, steps ...client.Step) client.Report {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	defer cancel()
	r, err := client.Run(ctx, steps, s.address)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

const ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"

// TestAnswersEnd: each framing, on a connection that stays open, so that an
// answer that is not seen to end would block the next step.
func TestAnswersEnd(t *testing.T) {
	answers := map[string]string{
		"Content-Length":               ok,
		"chunked":                      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nh\r\n1;x=y\r\ni\r\n0\r\nT: v\r\n\r\n",
		"interim responses before":     "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + ok,
		"no body: 304 with a length":   "HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n",
		"switched to another protocol": "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n",
		"close without a length":       "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhi",
		"close in mid-body":            "HTTP/1.1 200 OK\r\nContent-Length: 100\r\nConnection: close\r\n\r\nhi",
		"close without a status line":  "<html>Connection: close</html>",
	}
	for name, answer := range answers {
		t.Run(name, func(t *testing.T) {
			s := script(t, exchange{"GET /a ", answer})
			get := "GET /a HTTP/1.1\r\nHost: {host}\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n"
			r := run(t, s, client.Step{Server: "http", On: "a", Send: get})
			if a := r.Answers[0]; a.Received != int64(len(answer)) || a.Sent == 0 {
				t.Errorf("read %d of %d bytes: %+v", a.Received, len(answer), a)
			}
		})
	}
}

// TestHEADIsOverWithoutItsBody: the length in the answer counts nothing.
func TestHEADIsOverWithoutItsBody(t *testing.T) {
	s := script(t, exchange{"HEAD ", "HTTP/1.1 200 OK\r\nContent-Length: 4702\r\n\r\n"}, exchange{"GET ", ok})
	r := run(t, s,
		client.Step{Server: "http", On: "a", Send: "HEAD /v HTTP/1.1\r\nHost: {host}\r\n\r\n", Status: 200},
		client.Step{Server: "http", On: "a", Send: "GET /v HTTP/1.1\r\nHost: {host}\r\n\r\n", Status: 200})
	if got := string(r.Answers[1].Body); got != "hi" {
		t.Errorf("body %q", got)
	}
	host := s.Addr().String()
	if got, want := s.sent(), "HEAD /v HTTP/1.1\r\nHost: "+host+"\r\n\r\nGET /v HTTP/1.1\r\nHost: "+host+"\r\n\r\n"; len(got) != 1 || got[0] != want {
		t.Errorf("sent %q, want one connection with %q", got, want)
	}
}

// TestPipelined: two requests in one step have two answers.
func TestPipelined(t *testing.T) {
	s := script(t, exchange{"GET /a ", ok}, exchange{"GET /b ", "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"})
	r := run(t, s, client.Step{Server: "http",
		Send: "GET /a HTTP/1.1\r\nHost: a\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n", Status: 404})
	if len(r.Answers) != 1 || r.Answers[0].Received != int64(len(ok))+45 {
		t.Errorf("%+v", r.Answers)
	}
}

// TestParallel: the server answers nobody until three connections have asked.
func TestParallel(t *testing.T) {
	var here sync.WaitGroup
	here.Add(3)
	s := listen(t, func(c net.Conn, r *bufio.Reader) {
		if _, err := readHead(r); err == nil {
			here.Done()
			here.Wait()
			io.WriteString(c, ok)
		}
	})
	step := client.Step{Server: "http", Send: "GET / HTTP/1.1\r\nHost: a\r\n\r\n", Parallel: true, Status: 200}
	if r := run(t, s, step, step, step); len(r.Answers) != 3 {
		t.Errorf("%d answers", len(r.Answers))
	}
}

// TestWaitForContinue: the body goes out after 100, and not after 417.
func TestWaitForContinue(t *testing.T) {
	head := "POST /up HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n"
	for _, c := range []struct{ answer, then, want string }{
		{"HTTP/1.1 100 Continue\r\n\r\n", ok, head + "hello"},
		{"HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", "", head},
	} {
		s := listen(t, func(conn net.Conn, r *bufio.Reader) {
			readHead(r)
			io.WriteString(conn, c.answer)
			if c.then != "" {
				io.ReadFull(r, make([]byte, 5))
				io.WriteString(conn, c.then)
			}
		})
		run(t, s, client.Step{Server: "http", Send: head, Body: "hello", Wait: true})
		if got := s.sent(); len(got) != 1 || got[0] != c.want {
			t.Errorf("sent %q, want %q", got, c.want)
		}
	}
}

// TestStateIsCarried: cookies by the rules of their jar, and a value taken from
// a page into the body of the next request, whose length is counted.
func TestStateIsCarried(t *testing.T) {
	s := script(t,
		exchange{"GET /login ", "HTTP/1.1 200 OK\r\nSet-Cookie: sid=3a4b5e; Path=/\r\nSet-Cookie: only=1; Path=/else\r\nContent-Length: 41\r\n\r\n<input type=\"hidden\" name=q value=\"77aa\">"},
		exchange{"POST ", ok})
	run(t, s,
		client.Step{Server: "http", On: "a", Send: "GET /login HTTP/1.1\r\nHost: a\r\n{cookies}\r\n",
			Take: map[string]string{"q": `value="(\w+)"`}},
		client.Step{Server: "http", On: "a", Send: "POST /next HTTP/1.1\r\nHost: a\r\n{cookies}Content-Length: {length}\r\n\r\n", Body: "q={q}&x={unknown}"})
	want := "GET /login HTTP/1.1\r\nHost: a\r\n\r\n" +
		"POST /next HTTP/1.1\r\nHost: a\r\nCookie: sid=3a4b5e\r\nContent-Length: 18\r\n\r\nq=77aa&x={unknown}"
	if got := s.sent(); len(got) != 1 || got[0] != want {
		t.Errorf("sent %q\nwant %q", got, want)
	}
}

// echo sends back what it gets, and ends on "exit".
func echo(c net.Conn, r *bufio.Reader) {
	b := make([]byte, 2048)
	for {
		n, err := r.Read(b)
		if err != nil || string(b[:n]) == "exit" {
			return
		}
		c.Write(b[:n])
	}
}

func TestEcho(t *testing.T) {
	s := listen(t, echo)
	r := run(t, s,
		client.Step{Server: "echo", On: "1", Send: "test\r\n", Expect: client.Same},
		client.Step{Server: "echo", On: "2", Send: "other\r\n", Expect: client.Same},
		client.Step{Server: "echo", On: "1", Send: "exit", Expect: client.Closed})
	if got := fmt.Sprintf("%s|%s|%t %t", r.Answers[0].Body, r.Answers[1].Body, r.Answers[0].Closed,
		r.Answers[2].Closed); got != "test\r\n|other\r\n|false true" {
		t.Errorf("got %q", got)
	}
}

// TestEchoGivesBackAnyBytes is the law of an echo.
func TestEchoGivesBackAnyBytes(t *testing.T) {
	s := listen(t, echo)
	rapid.Check(t, func(rt *rapid.T) {
		line := rapid.SliceOfN(rapid.Byte(), 1,
			300).Filter(func(b []byte) bool { return string(b) != "exit" && !bytes.ContainsRune(b, '{') }).Draw(rt,
			"line")
		r, err := client.Run(t.Context(), []client.Step{{Server: "echo", Send: string(line), Expect: client.Same}},
			s.address)
		if err != nil || r.Answers[0].Received != int64(len(line)) {
			rt.Fatalf("%v: %+v", err, r)
		}
	})
}

func TestOpenedAndNeverUsed(t *testing.T) {
	s := script(t)
	run(t, s, client.Step{Server: "http", On: "idle", Expect: client.Nothing},
		client.Step{Server: "http", Expect: client.Nothing})
	for range 2 { // a listener that is closed drops what it has not accepted yet
		<-s.began
	}
	if got := s.sent(); len(got) != 2 || got[0]+got[1] != "" {
		t.Errorf("sent %q", got)
	}
}

// TestErrors: each names the step and what was wrong.
func TestErrors(t *testing.T) {
	get := "GET /a HTTP/1.1\r\nHost: a\r\n\r\n"
	for name, c := range map[string]struct {
		step client.Step
		want string
	}{
		"no server": {client.Step{Server: "dir", Send: get}, `step 1, server "dir": this server does not run`},
		"another status": {client.Step{Server: "http", Send: get, Status: 206},
			`step 1, server "http": the answer has status 200, not 206`},
		"nothing to take": {client.Step{Server: "http", Send: get, Take: map[string]string{"id": `id=(\w+)`}},
			`step 1, server "http": take "id": the answer holds nothing like "id=(\\w+)"`},
		"bad pattern": {client.Step{Server: "http", Send: get, Take: map[string]string{"id": `(`}},
			"step 1, server \"http\": take \"id\": error parsing regexp: missing closing ): `(`"},
		"no answer": {client.Step{Server: "http", Send: "GET /none HTTP/1.1\r\nHost: a\r\n\r\n"},
			`step 1, server "http": the server ended the connection without an answer`},
	} {
		t.Run(name, func(t *testing.T) {
			s := listen(t, func(conn net.Conn, r *bufio.Reader) {
				if head, _ := readHead(r); strings.HasPrefix(head, "GET /a ") {
					io.WriteString(conn, ok)
				}
			})
			_, err := client.Run(t.Context(), []client.Step{c.step}, s.address)
			if err == nil || err.Error() != c.want {
				t.Errorf("error %v\nwant  %s", err, c.want)
			}
		})
	}
	closed := script(t)
	closed.Close()
	_, err := client.Run(t.Context(), []client.Step{{Server: "dir", Send: get}}, closed.address)
	if said := texts.In(texts.Chinese).Error(err); said != `第 1 步，服务器 "dir"：这个服务器没有运行` {
		t.Errorf("in Chinese %s", said)
	}
	if _, err := client.Run(t.Context(), []client.Step{{Server: "http", Send: get}}, closed.address); err == nil ||
		!strings.Contains(err.Error(), "connect to") {
		t.Errorf("error %v", err)
	}
}

// TestCancel ends a run that waits for a silent server.
func TestCancel(t *testing.T) {
	arrived := make(chan struct{})
	s := listen(t, func(c net.Conn, r *bufio.Reader) {
		readHead(r)
		close(arrived)
		io.Copy(io.Discard, c)
	})
	ctx, cancel := context.WithCancel(t.Context())
	go func() { <-arrived; cancel() }()
	_, err := client.Run(ctx, []client.Step{{Server: "http", Send: "GET / HTTP/1.1\r\nHost: a\r\n\r\n"}}, s.address)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v", err)
	}
}

// TestEndlessAnswer: a server that never stops is left.
func TestEndlessAnswer(t *testing.T) {
	s := listen(t, func(c net.Conn, r *bufio.Reader) {
		readHead(r)
		io.WriteString(c, "HTTP/1.1 200 OK\r\n\r\n")
		for b := make([]byte, 1<<20); ; {
			if _, err := c.Write(b); err != nil {
				return
			}
		}
	})
	_, err := client.Run(t.Context(), []client.Step{{Server: "http", Send: "GET / HTTP/1.1\r\nHost: a\r\n\r\n"}},
		s.address)
	if err == nil || !strings.Contains(err.Error(), "longer than") {
		t.Errorf("error %v", err)
	}
}

// TestResend sends the very bytes, also those that are no request.
func TestResend(t *testing.T) {
	for _, request := range []string{"GET  /odd HTTP/1.1\r\nHost : a\r\n\r\n", "\x16\x03\x01 hello"} {
		s := listen(t, func(c net.Conn, r *bufio.Reader) {
			io.ReadFull(r, make([]byte, len(request)))
			io.WriteString(c, "HTTP/1.0 400 Bad Request\r\n\r\nno")
		})
		if err := client.Resend(t.Context(), netip.MustParseAddrPort(s.Addr().String()), []byte(request),
			false); err != nil {
			t.Error(err)
		}
		if got := s.sent(); len(got) != 1 || got[0] != request {
			t.Errorf("sent %q, want %q", got, request)
		}
	}
	if err := client.Resend(t.Context(), netip.AddrPort{}, []byte("x"), false); err == nil {
		t.Error("sent to nowhere")
	}
}
