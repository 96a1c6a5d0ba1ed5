package target

import (
	"io"
	"net"
	"strings"
	"testing"
	"time"
)

// FuzzForm sends bytes to the form server's handler.
func FuzzForm(f *testing.F) {
	for _, seed := range []string{
		"GET / HTTP/1.1\r\n\r\n", "POST / HTTP/1.1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 26\r\n\r\nuser=CS305&password=123456",
		"POST / HTTP/1.1\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 60\r\n\r\n--b\r\nContent-Disposition: form-data; name=user\r\n\r\nx\r\n--b--\r\n",
		"POST / HTTP/1.1\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n",
		"OPTIONS * HTTP/1.1\r\n\r\n", "GET ://x/y HTTP/1.1\r\n\r\n",
		"POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n",
	} {
		f.Add(seed)
	}
	server := form{now: noon}
	f.Fuzz(func(t *testing.T, request string) {
		answer, method := ask(request, "HTTP/1.1", server.answer)
		checkAnswer(t, method, answer)
	})
}

// FuzzHello sends bytes to both hello servers.
func FuzzHello(f *testing.F) {
	for _, seed := range []string{"GET / HTTP/1.1\r\n\r\n", "GET", " /", "\xff /", "\r\n\r\nHEAD / HTTP/1.0\n\n",
		strings.Repeat("x", 3000)} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, request string) {
		answer := talk(t, request, hello)
		if answer != "" && answer != strings.Join(helloPage, "") && answer != strings.Join(helloMissing, "") {
			t.Fatalf("%q: got %q", request, answer)
		}
		line, err := fixedHead(strings.NewReader(request))
		fixed := string(fixedAnswer(line, err))
		if !strings.HasPrefix(fixed, "HTTP/1.0 ") {
			t.Fatalf("%q: got %q", request, fixed)
		}
		method, _, _ := strings.Cut(line, " ")
		checkAnswer(t, method, fixed)
	})
}

// talk sends bytes to a handler and returns what it sends.
func talk(t *testing.T, request string, handle func(net.Conn)) string {
	t.Helper()
	client, server := net.Pipe()
	if err := client.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	go handle(server)
	go func() {
		// The handler may not want all of it.
		_, _ = io.WriteString(client, request)
		if request == "" {
			client.Close()
		}
	}()
	answer, err := io.ReadAll(client)
	if err != nil && request != "" {
		t.Fatalf("%q: %v", request, err)
	}
	client.Close()
	return string(answer)
}
