package client_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"

	"httpscope/internal/client"
)

// TestTLS: the certificate is the server's own, the cookie is Secure.
func TestTLS(t *testing.T) {
	s := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if c, err := r.Cookie("__Host-id"); err == nil {
			io.WriteString(w, r.Proto+" "+c.Value)
			return
		}
		http.SetCookie(w, &http.Cookie{Name: "__Host-id", Value: "a1", Path: "/", Secure: true})
	}))
	defer s.Close()
	address := s.Listener.Addr().String()
	get := client.Step{Server: "https", Send: "GET / HTTP/1.1\r\nHost: {host}\r\n{cookies}\r\n", Status: 200}
	r, err := client.Run(t.Context(), []client.Step{get, get}, func(string) string { return address })
	if err != nil {
		t.Fatal(err)
	}
	if got := string(r.Answers[1].Body); got != "HTTP/1.1 a1" {
		t.Errorf("body %q", got)
	}
	if err := client.Resend(t.Context(), netip.MustParseAddrPort(address),
		[]byte("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), true); err != nil {
		t.Error(err)
	}
}

// TestTLSWithAPlainServer is an error that says what failed.
func TestTLSWithAPlainServer(t *testing.T) {
	s := listen(t, func(c net.Conn, r *bufio.Reader) {
		r.ReadByte()
		io.WriteString(c,
			"HTTP/1.0 400 Bad Request\r\n\r\n")
	})
	_, err := client.Run(t.Context(), []client.Step{{Server: "https", Send: "x"}},
		func(string) string { return s.Addr().String() })
	if err == nil {
		t.Error("TLS with a plain server")
	}
}
