package pane

import (
	"slices"
	"testing"

	"httpscope/internal/target"
	"httpscope/internal/target/site"
)

func TestSplitArgs(t *testing.T) {
	for in, want := range map[string][]string{
		`curl -v {base}/`:                    {"curl", "-v", "{base}/"},
		`curl -H 'Range: bytes=0-9' {base}/`: {"curl", "-H", "Range: bytes=0-9", "{base}/"},
		`curl -d "a=b c" x ''`:               {"curl", "-d", "a=b c", "x", ""},
		"":                                   nil,
	} {
		if got := splitArgs(in); !slices.Equal(got, want) {
			t.Errorf("splitArgs(%q) = %q", in, got)
		}
	}
}

func TestRequestForARoute(t *testing.T) {
	const head = "Host: {host}\r\nUser-Agent: httpscope\r\nAccept: */*\r\n"
	for _, c := range []struct{ method, try, want string }{
		{"", "curl -v {base}/p", "GET /p HTTP/1.1\r\n" + head + "\r\n"},
		{"", "curl -r 0-9 {base}/p", "GET /p HTTP/1.1\r\n" + head + "Range: bytes=0-9\r\n\r\n"},
		{"HEAD", "curl -I {base}/p", "HEAD /p HTTP/1.1\r\n" + head + "\r\n"},
		{"POST", "curl -d 'user=a&pw=b' {base}/p",
			"POST /p HTTP/1.1\r\n" + head + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 11\r\n\r\nuser=a&pw=b"},
		{"", "curl -u user:pass -b 'a=1' {base}/p",
			"GET /p HTTP/1.1\r\n" + head + "Authorization: Basic dXNlcjpwYXNz\r\nCookie: a=1\r\n\r\n"},
		{"PUT", "curl -X PUT -H 'X-A: b' {base}/p", "PUT /p HTTP/1.1\r\n" + head + "X-A: b\r\n\r\n"},
	} {
		got := requestFor(Route{site.Route{Path: "/p", Method: c.method, Try: c.try}, target.Info{}})
		if got != c.want {
			t.Errorf("%s:\n got %q\nwant %q", c.try, got, c.want)
		}
	}
}
