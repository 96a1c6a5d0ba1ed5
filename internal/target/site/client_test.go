package site_test

import (
	"crypto/tls"
	"io"
	"net/http"
	"net/http/cookiejar"
	"strings"
	"testing"
)

// ask sends a request with fields "Name: value" and returns the response with
// its body. Redirects are not followed.
func ask(t *testing.T, c *http.Client, method, url, body string, fields ...string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequest(method, url, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	if method == "POST" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for _, f := range fields {
		name, value, _ := strings.Cut(f, ": ")
		r.Header.Set(name, value)
	}
	answer, err := c.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	b, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatalf("%s %s: %v", method, url, err)
	}
	return answer, string(b)
}

// visitor is a client without redirects and automatic decoding; with a jar it
// keeps cookies as a browser does.
func visitor(t *testing.T, jar bool) *http.Client {
	t.Helper()
	c := &http.Client{
		// a test certificate
		Transport: &http.Transport{DisableCompression: true,
			TLSClientConfig: &tls.Config{InsecureSkipVerify: true}},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Timeout:       patience,
	}
	if jar {
		c.Jar, _ = cookiejar.New(nil)
	}
	t.Cleanup(c.CloseIdleConnections)
	return c
}

// split makes fields of a table's notation.
func split(fields string) []string {
	if fields == "" {
		return nil
	}
	return strings.Split(fields, "|")
}
