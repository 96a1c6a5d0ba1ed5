package filter

import (
	"strings"
	"testing"

	"httpscope/internal/trace"
)

// TestRows holds what filters select of one exchange: the request's row, the
// response's row, and the exchange's row, which has the values of both.
func TestRows(t *testing.T) {
	x := login(t)
	const q, r, both, none = "request", "response", "request response exchange", ""
	for _, c := range []struct{ expr, want string }{
		{"", both},
		{"http", both},
		{"http.request", q + " exchange"},
		{`http.request.method == "POST"`, q + " exchange"},
		{"http.request.method == POST", q + " exchange"},
		{`http.request.method == "post"`, none},
		{`http.request.method matches "post"`, q + " exchange"},
		{`http.request.method != "GET"`, q + " exchange"},
		{`!(http.request.method == "POST")`, r},
		{"http.request and http.response", "exchange"},
		{"http.request xor http.response", "request response"},
		{"http.request ^^ http.response ^^ http", "exchange"},
		{`http contains "POST"`, q + " exchange"}, // the chunks of the response are P and OST
		{`http.file_data contains "POST"`, r + " exchange"},
		{`http.file_data == "user=Eve"`, q + " exchange"},
		{`http.request.uri.path == "/login.php"`, q + " exchange"},
		{`http.request.uri.query.parameter == "next=/home"`, q + " exchange"},
		{`http.cookie_pair == "b=2"`, q + " exchange"},
		{`http.cookie_pair != "b=2"`, none},
		{`http.cookie_pair !== "b=2"`, q + " exchange"},
		{`all http.cookie_pair matches "="`, q + " exchange"},
		{"count(http.set_cookie) == 2", r + " exchange"},
		{`all http.set_cookie contains "Path"`, none},
		{`any http.set_cookie contains "Path"`, r + " exchange"},
		{"http.chunk_size == 5", r + " exchange"},
		{"all http.chunk_size in {0, 4..5}", r + " exchange"},
		{"any http.chunk_size not in {0, 4}", r + " exchange"},
		{"all http.chunk_size not in {0, 9}", none},
		{"http.chunk_size not in {5}", q},
		{"max(http.chunk_size) + 1 == 6", r + " exchange"},
		{"http.response.code - 300 == -100", r + " exchange"},
		{"http.response.code > -1", r + " exchange"},
		{"http.response.code / 0 == 1", none},
		{"http.response.code & 8", r + " exchange"},
		{"http.response.code & 7", none},
		{"http.response_in == 6", q + " exchange"},
		{"http.request_in == 4", r + " exchange"},
		{"frame.number == 4", q + " exchange"},
		{"frame.number != 4", r},
		{"frame.time_relative > 0", both},
		{`frame.time >= "2026-03-02T08:00:00Z"`, both},
		{`frame.time < "2026-03-02 08:00:00 UTC"`, none},
		{`frame.time < "Mar 3, 2026 08:00:00 UTC"`, both},
		{"tcp.srcport == 8000", r + " exchange"},
		{"tcp.port == 8000", both},
		{"tcp.port != 8000", none},
		{"ip.addr == 10.0.0.0/30", both},
		{"ip.src == 10.0.0.2/32", q + " exchange"},
		{"ip.dst in {10.0.0.2..10.0.0.9}", r + " exchange"},
		{"ip.addr#2", none},
		{"ip.src#[1-3] == 10.0.0.1", r + " exchange"},
		{"ipv6", none},
		{"tls or eth and not ipv6", both},
		{`scope.path == "/login.php"`, both},
		{`scope.query == "next=/home"`, both},
		{`scope.host == "shop.example"`, both},
		{"scope.method == POST and scope.status == 200", both},
		{`scope.framing == "chunked"`, r + " exchange"},
		{"scope.rule == 6", q + " exchange"},
		{"scope.body_bytes == 9", r + " exchange"},
		{"scope.wire_bytes > scope.body_bytes", r + " exchange"},
		{"scope.complete", both},
		{"scope.complete == False", none},
		{`scope.field == "set-cookie"`, r + " exchange"},
		{"scope.wait >= 0 && scope.wait < 1", both},
	} {
		f := mustCompile(t, c.expr)
		got := ""
		for _, row := range []struct {
			name string
			m    *trace.Message
		}{{"request", x.Request}, {"response", x.Response}, {"exchange", nil}} {
			if f.Match(&Subject{X: x, M: row.m, Begin: start.UnixNano()}) {
				got += " " + row.name
			}
		}
		if got = strings.TrimSpace(got); got != c.want {
			t.Errorf("%s selects %q, want %q", c.expr, got, c.want)
		}
	}
}
