package effect_test

import (
	"strings"
	"testing"

	"httpscope/internal/course/effect"
)

// different are pairs of filters that select the same of many captures, and
// other packets of some: each has a packet that only one of them selects.
var different = [][2]string{
	{`http.request.method == "POST"`, `http.request.method == "POST" and http.request.version == "HTTP/1.1"`},
	{`http.request.method == "POST"`, `http.request.method == "POST" && http.host`},
	{`http.request.method == "POST"`, `http.request.method == "POST" && http.content_type`},
	{`http.request.method == "POST"`, `http.request.method == "POST" && http.content_length`},
	{`http.request.method == "POST"`, `http.request.method == "POST" && http.content_length > 0`},
	{`http.request.method == "POST"`, `http.request.method == "POST" && http.file_data`},
	{`http.request.method == "POST"`, `http.request.method == "POST" && http.content_type contains "form"`},
	{`http.request.method == "POST"`, `http.request.method == "POST" && http.content_type == "application/x-www-form-urlencoded"`},
	{`http.request.method == "POST"`, `http.content_type == "application/x-www-form-urlencoded"`},
	{`http.request.method == "POST"`, `http.request && http.content_type contains "form"`},
	{`http.request.method == "POST"`, `http.request.method == "POST" && ip`},
	{`http.request.method == "POST"`, `http.request.method == "POST" && tcp.flags.push == 1`},
	{`http.request.method == "POST"`, `http.request.method == "POST" && !(tcp.analysis.retransmission)`},
	{`http.request.method == "POST"`, `http.request.method == "POST" && tcp.port != 443`},
	{`http.request.method == "POST"`, `http.request.method == "POST" && tcp.dstport != 80`},
	{`http.request.method == "POST"`, `http.request.method == "POST" && tcp.dstport == 8000`},
	{`http.request.method == "POST"`, `http.request.method == "POST" && ip.src == 127.0.0.1`},
	{`http.request.method == "POST"`, `http.request.method == "POST" && frame.number > 1`},
	{`http.request.method == "POST"`, `http.request.method == "POST" && frame.len < 500`},
	{`http.request.method == "POST"`, `http.request.method == "POST" && tcp.stream < 100`},
	{`http.request.method == "POST"`, `http.request.method == "POST" && !http.cookie`},
	{`http.request.method == "POST"`, `http.request.method == "POST" && !http.referer`},
	{`http.request.method == "POST"`, `http.request.method == "POST" && !http.transfer_encoding`},
	{`http.request.method == "POST"`, `http.request.method == "POST" && !http.authorization`},
	{`http.request.method == "POST"`, `http.request.method == "POST" && http.request.uri contains "/"`},
	{`http.request.method == "POST"`, `http.request.method == "POST" && http.request.uri == "/"`},
	{`http.request.method == "POST"`, `http.request.method == "POST" && !http.request.uri.query`},
	{`http.request.method == "POST"`, `http.request.method == "POST" && http.response_in`},
	{`http.request.method == "POST"`, `http.request.method == "POST" && http.user_agent`},
	{`http.request.method == "POST"`, `http.request.method == "POST" && !http.user_agent`},
	{`http.request`, `http and tcp.dstport == 8000`},
	{`http.request`, `http && tcp.dstport in {80, 8000, 8080, 5000}`},
	{`http.request`, `http && !http.response`},
	{`http.request`, `http.host`},
	{`http.request`, `http.request.version`},
	{`http.response`, `http.response.phrase`},
	{`http.response`, `http.response.code >= 200`},
	{`http.response`, `http.response.code < 600`},
	{`http.response`, `http && !http.request`},
	{`http.response`, `http.response and tcp.srcport < 10000`},
	{`http.response.code == 200`, `http.response.phrase == "OK"`},
	{`http.response.code == 200`, `http contains "200 OK"`},
	{`http.response.code == 200`, `http.response.code == 200 and http.content_length`},
	{`http.response.code == 200`, `http.response.code == 200 and http.server`},
	{`http.response.code == 200`, `http.response.code < 201`},
	{`http.response.code == 404`, `http contains "404"`},
	{`http.response.code == 404`, `http.response.code == 404 and http.response.phrase`},
	{`http.response.code == 404`, `http.response.code >= 404 and http.response.code < 416`},
	{`http.response.code == 404`, `http.response.code >= 404 and http.response.code < 406`},
	{`http.response.code == 404`, `http.response.code > 403 and http.response.code < 410`},
	{`http.response.code >= 400`, `http.response.code >= 400 and http.response.code < 500`},
	{`http.response.code >= 400`, `http.response.code >= 400 and http.response.code <= 599`},
	{`http.response.code >= 400`, `http.response.code >= 400 and http.response.code <= 504`},
	{`http.response.code >= 400`, `http.response.code in {400..599}`},
	{`http.response.code >= 400 and http.response.code < 500`, `http.response.code in {400, 401, 403, 404, 416}`},
	{`http.response.code >= 400 and http.response.code < 500`, `http.response.code in {400..416, 499}`},
	{`http.response.code >= 300 and http.response.code < 400`, `http.location`},
	{`http.response.code >= 300 and http.response.code < 400`, `http.response.code in {301, 302, 304}`},
	{`http.response.code >= 300 and http.response.code < 400`, `http.response.code in {300..304, 399}`},
	{`http.cookie`, `http contains "Cookie"`},
	{`http.cookie`, `http contains "Cookie:"`},
	{`http.cookie`, `http contains "\r\nCookie:"`},
	{`http.cookie`, `http.request and http contains "Cookie"`},
	{`http.cookie`, `http.request and http contains "Cookie:"`},
	{`http.set_cookie`, `http contains "Set-Cookie"`},
	{`http.set_cookie`, `http.response and http contains "Cookie"`},
	{`http.set_cookie`, `http.set_cookie contains "="`},
	{`http.set_cookie`, `http.set_cookie and http.response.code == 302`},
	{`http.set_cookie`, `http.set_cookie and http.response.code in {200, 302}`},
	{`http.set_cookie contains "sid"`, `http.set_cookie contains "sid="`},
	{`http.set_cookie contains "sid"`, `http contains "sid" && http.response`},
	{`http.host == "www.example.com"`, `http.host contains "example"`},
	{`http.host == "www.example.com"`, `http.host contains "www.example.com"`},
	{`http.host == "www.example.com"`, `http.host matches "example.com$"`},
	{`http.host == "www.example.com"`, `http.host matches "^www.example.com$"`},
	{`http.host == "www.example.com"`, `http.host matches "^www\\.example\\.com$"`},
	{`http.host == "www.example.com:8080"`, `http.host contains "example"`},
	{`http.content_type == "text/html"`, `http.content_type contains "html"`},
	{`http.content_type == "text/html"`, `http.content_type contains "text/html"`},
	{`http.content_type contains "text/html"`, `http.content_type contains "html"`},
	{`http.content_type contains "text/html"`, `http.content_type matches "text/html"`},
	{`http.content_type contains "text/html"`, `http.content_type contains "text"`},
	{`http.content_type contains "text/html"`, `http.response and http.content_type contains "text/html"`},
	{`http.content_type contains "text/html"`, `http contains "text/html"`},
	{`http.content_type contains "image"`, `http.content_type contains "image/"`},
	{`http.content_type contains "image"`, `http.content_type matches "^image/"`},
	{`http.content_type contains "image"`, `http.content_type in {"image/png","image/jpeg","image/gif"}`},
	{`http.content_type contains "image"`, `http.response and http contains "image"`},
	{`tcp.port == 8000`, `tcp.dstport == 8000`},
	{`tcp.port == 8000`, `tcp.port == 8000 and http`},
	{`tcp.port == 8000`, `tcp contains "8000"`},
	{`tcp.port == 8000`, `tcp.port >= 8000 and tcp.port <= 8000`},
	{`tcp.port == 8000`, `tcp.port > 7999 and tcp.port < 8001`},
	{`tcp.flags.syn == 1 and tcp.flags.ack == 0`, `tcp.flags == 2`},
	{`tcp.flags.syn == 1 and tcp.flags.ack == 0`, `tcp.flags == 0x002`},
	{`tcp.flags.syn == 1 and tcp.flags.ack == 0`, `tcp.flags.syn == 1`},
	{`tcp.flags.syn == 1 and tcp.flags.ack == 0`, `tcp.seq == 0`},
	{`tcp.flags.syn == 1 and tcp.flags.ack == 0`, `tcp.flags.syn`},
	{`tcp.flags.fin == 1`, `tcp.flags.fin == 1 and tcp.flags.ack == 1`},
	{`tcp.flags.fin == 1`, `tcp.flags == 0x011`},
	{`tcp.flags.fin == 1 or tcp.flags.reset == 1`, `tcp.flags.fin == 1`},
	{`tcp.flags.reset == 1`, `tcp.flags.reset == 1 and tcp.flags.ack == 1`},
	{`tcp.len > 0`, `tcp.flags.push == 1`},
	{`tcp.len > 0`, `tcp.len > 1`},
	{`tcp.len > 0`, `http`},
	{`tcp.len > 0`, `data or http`},
	{`ipv6.addr == ::1`, `ipv6`},
	{`ipv6.addr == ::1`, `ipv6.addr == ::2`},
	{`ipv6`, `frame.number == 99999999`},
	{`ip.addr == 10.0.0.0/8`, `ip.addr == 10.0.0.0/24`},
	{`ip.addr == 10.0.0.0/8`, `ip.addr == 10.0.0.0/16`},
	{`ip.src == 192.168.1.0/24`, `ip.src == 192.168.0.0/16`},
	{`ip.src == 192.168.1.1`, `ip.src == 192.168.1.0/24`},
	{`ip.src == 192.168.1.1`, `ip.src == 192.168.1.1 and http`},
	{`ip.src == 192.168.1.1 and http`, `ip.src == 192.168.1.1 and http.request`},
	{`ip.src == 192.168.1.1 and tcp.dstport == 80`, `ip.src == 192.168.1.1 and tcp.port == 80`},
	{`ip.src == 192.168.1.1 and tcp.dstport == 80`, `ip.addr == 192.168.1.1 and tcp.dstport == 80`},
	{`ip.src == 192.168.1.1 and tcp.dstport == 9000`, `ip.src == 192.168.1.1 and tcp.port == 9000`},
	{`ip.src == 192.168.1.1 and tcp.dstport == 9000`, `ip.addr == 192.168.1.1 and tcp.dstport == 9000`},
	{`ip.src == 192.168.1.1 and tcp.dstport == 9000`, `ip.src == 192.168.1.2 and tcp.dstport == 9000`},
	{`tcp.port == 9000 and http.request.method == "PUT"`, `tcp.dstport == 9000 and http.request.method == "PUT"`},
	{`tcp.port == 9000 and http.request.method == "PUT"`, `tcp.port == 9000 and http.request.method == "DELETE"`},
	{`http.request.method == "POST" and http.host == "www.example.com"`, `http.request.method == "POST" and http.host contains "example"`},
	{`http.request.method == "POST" and http.host == "www.example.com"`, `http.request.method == "POST" and http.host == "www.example.org"`},
	{`http.request.method == "POST" and http.request.uri == "/login"`, `http.request.method == "POST" and http.request.uri contains "/login"`},
	{`http.request.method == "POST" and http.request.uri == "/login"`, `http.request.method == "POST" and http.request.uri == "/logout"`},
	{`http.request.method == "POST" and tcp.dstport == 9000`, `http.request.method == "POST" and tcp.port == 9000`},
	{`http.request.method == "GET" and http.request.uri == "/index.html"`, `http.request.method == "GET" and http.request.uri contains "index"`},
	{`http.response.code == 404 and http.content_type contains "html"`, `http.response.code == 404 and http.content_type contains "json"`},
	{`http.response.code == 404 and ip.src == 10.0.0.9`, `http.response.code == 404 and ip.src == 10.0.0.8`},
	{`http.response.code == 404 and ip.src == 10.0.0.9`, `http.response.code == 404 and ip.addr == 10.0.0.9`},
	{`http.response.code == 404 and tcp.srcport == 9000`, `http.response.code == 404 and tcp.port == 9000`},
	{`http.response.code == 404 and tcp.srcport == 9000`, `http.response.code == 404 and tcp.srcport == 9001`},
	{`http.cookie contains "sid" and http.request.uri == "/home"`, `http.cookie contains "sid" and http.request.uri == "/mail"`},
	{`http.cookie contains "sid" and http.host == "a.com"`, `http.cookie contains "sid" and http.host == "b.com"`},
	{`http.set_cookie and http.response.code == 302`, `http.set_cookie and http.response.code == 301`},
	{`http.set_cookie and http.response.code == 200`, `http.set_cookie and http.response.code == 404`},
	{`http.user_agent contains "curl" and http.request.method == "POST"`, `http.user_agent contains "wget" and http.request.method == "POST"`},
	{`http.authorization`, `http.authbasic`},
	{`http.authorization`, `http.authorization contains "Basic"`},
	{`http.authorization`, `http contains "Authorization"`},
	{`http.request.uri.query`, `http.request.uri contains "?"`},
	{`http.transfer_encoding == "chunked"`, `http.transfer_encoding`},
	{`http.transfer_encoding == "chunked"`, `http.transfer_encoding contains "chunked"`},
	{`http.transfer_encoding == "chunked"`, `http.chunk_size`},
	{`http.content_encoding == "gzip"`, `http.content_encoding`},
	{`http.content_encoding == "gzip"`, `http.content_encoding contains "gzip"`},
	{`http.connection == "close"`, `http.connection contains "close"`},
	{`http.connection == "close"`, `http contains "close"`},
	{`http.request.method == "HEAD"`, `http.request.method == "HEAD" and !http.content_length`},
	{`http.request.method == "GET"`, `http.request.method == "GET" and !http.content_length`},
	{`http.request.method == "GET"`, `http.request and !http.content_length`},
	{`http.request.method == "GET"`, `http.request.method == "GET" and !http.file_data`},
	{`http.request.method == "GET"`, `http.request.method == "GET" and http.host`},
	{`http.request.method == "GET"`, `http.request.method == "GET" and http.accept`},
	{`http`, `tcp.port in {80, 8000, 8080, 5000} and tcp.len > 0`},
	{`http`, `http.request or http.response`},
	{`http.content_length > 1000`, `http.content_length > 1000 and http.response`},
	{`http.content_length > 1000`, `http.content_length > 1000 and http.request`},
	{`http.content_length > 1000`, `frame.len > 1000`},
	{`http.content_length > 100000`, `http.content_length > 100001`},
	{`http.content_length >= 20000`, `http.content_length > 20000`},
	{`http.time > 0.5`, `http.time > 0.6`},
	{`frame.len > 100`, `tcp.len > 46`},
	{`frame.len > 1000`, `frame.len > 999`},
	{`frame.len > 1000`, `frame.len >= 1000`},
	{`tcp.stream == 0`, `tcp.stream == 1`},
	{`tcp.stream == 3`, `tcp.stream == 3 and http`},
	{`tcp.stream == 3`, `tcp.stream >= 3`},
	{`tcp.analysis.retransmission`, `tcp.analysis.lost_segment`},
	{`tcp.analysis.retransmission`, `frame.number == 99999999`},
	{`tcp.flags.reset == 1`, `frame.number == 99999999`},
	{`tls`, `frame.number == 99999999`},
	{`tls.handshake.type == 1`, `tls.handshake.type == 2`},
	{`tls.handshake.extensions_server_name == "a.com"`, `tls`},
	{`http.response.code == 100`, `frame.number == 99999999`},
	{`http.content_type == "application/json"`, `http.content_type contains "json"`},
	{`http.content_type == "multipart/form-data"`, `http.content_type contains "multipart/form-data"`},
	{`http.content_type contains "form"`, `http.content_type contains "form" and http.request.method == "POST"`},
	{`http.content_type contains "form"`, `http.content_type contains "form" and http.request`},
	{`http.request.method == "PUT" and tcp.port == 9000`, `http.request.method == "DELETE" and tcp.port == 9000`},
	{`ip.src == 10.9.8.7 and tcp.dstport == 80`, `ip.addr == 10.9.8.7 and tcp.dstport == 80`},
	{`http.request.method == "POST" and http.content_length > 1000`, `http.request.method == "POST" and http.content_length > 1001`},
	{`ipv6.addr == 2001:db8::1`, `ipv6.addr == 2001:db8::2`},
	{`ipv6.src == 2001:db8::1 and tcp.dstport == 9000`, `ipv6.addr == 2001:db8::1 and tcp.dstport == 9000`},
	{`http.server contains "nginx" and http.response.code == 200`, `http.server contains "apache" and http.response.code == 200`},
	{`http.request.method == "POST" and http contains "secret"`, `http.request.method == "POST" and http contains "hidden"`},
}

// equal are pairs of filters that no traffic tells apart.
var equal = [][2]string{
	{`tcp.port == 8000`, `tcp.srcport == 8000 or tcp.dstport == 8000`},
	{`tcp.port eq 8000`, `tcp.port == 8000`},
	{`http.request.method == "POST"`, `http.request.method matches "^(?-i)POST$"`},
	{`http.host matches "(?i)example"`, `http.host matches "EXAMPLE"`},
	{`http.response.code in {301, 302, 307}`, `http.response.code == 301 or http.response.code == 302 or http.response.code == 307`},
	{`http.response.code >= 400`, `http.response.code > 399`},
	{`http.response.code ge 400 and http.response.code lt 500`, `http.response.code >= 400 && http.response.code <= 499`},
	{`not (http.request or tcp.port == 80)`, `not http.request and not tcp.port == 80`},
	{`!(http.response.code == 200 and tcp.srcport == 8000)`, `!(http.response.code == 200) or !(tcp.srcport == 8000)`},
	{`http.request.method == "POST" and http.host == "www.example.com"`, `http.host == "www.example.com" and http.request.method == "POST"`},
	{`http.request.method == "GET" or http.request.method == "POST"`, `http.request.method in {"GET", "POST"}`},
	{`ip.addr == 10.0.0.0/8`, `ip.src == 10.0.0.0/8 or ip.dst == 10.0.0.0/8`},
	{`ip.src == 10.0.0.9 and tcp.dstport == 9000`, `tcp.dstport == 9000 and ip.src == 10.0.0.9`},
	{`tcp.flags.syn == 1 and tcp.flags.ack == 0`, `tcp.connection.syn`},
	{`http.content_length == 0`, `http.content_length < 1`},
	{`http.response.code`, `http.response`},
	{`http.request.method`, `http.request`},
	{`http.response.code == 404 and http.response`, `http.response.code == 404`},
	{`tcp.len > 0`, `tcp.payload`},
	{`http.set_cookie and http.response.code == 302`, `http.response.code == 302 and http.set_cookie`},
	{`http.request.method == "POST"`, `http.request.method == "POST" and tcp.len > 0`},
	{`http.response.code == 404`, `http.response.code == 404 and not http.request`},
	{`tcp.port != 8000`, `not tcp.port == 8000 and tcp`},
}

// TestPairs holds that different filters are told apart, and equal ones are not.
func TestPairs(t *testing.T) {
	traffic := posts(t)
	for _, c := range different {
		if got := traffic.Compare(compile(t, c[0]), compile(t, c[1])); got.Equivalent() {
			t.Errorf("%s and %s are taken for equal on %d packets", c[0], c[1], got.Tried)
		}
	}
	for _, c := range equal {
		if got := traffic.Compare(compile(t, c[0]), compile(t, c[1])); !got.Equivalent() {
			t.Errorf("%s and %s are told apart by %+v", c[0], c[1], got.Difference)
		}
	}
}

// TestWhatTellsApart holds how a packet that tells filters apart is told.
func TestWhatTellsApart(t *testing.T) {
	traffic := posts(t)
	for _, c := range [][3]string{
		{`http.request.method == "POST"`, "http contains \"POST\"", `the request "GET /in?x=POST HTTP/1.1" from 127.0.0.1:40001 to 127.0.0.1:8000`},
		{"tcp.len > 0", "http", "a segment with 47 bytes that complete no message from 127.0.0.1:40001 to 127.0.0.1:8000"},
		{"tcp.flags.syn == 1", "tcp.flags.syn == 1 and tcp.flags.ack == 1", "a segment without data with SYN from 127.0.0.1:40001 to 127.0.0.1:8000"},
		{"http.response.code == 404", "http.response.code in {404, 503}", `the response "HTTP/1.1 503 Service Unavailable" from 10.0.0.1:8000 to 10.0.0.2:`},
	} {
		got := traffic.Compare(compile(t, c[0]), compile(t, c[1]))
		if got.Difference == nil || !strings.HasPrefix(got.Difference.What.String(), c[2]) {
			t.Errorf("%s and %s: %+v, want %s", c[0], c[1], got.Difference, c[2])
		}
	}
}

// TestCaptureFiltersApart holds what tells capture filters apart, "" when they
// let through the same.
func TestCaptureFiltersApart(t *testing.T) {
	for _, c := range [][3]string{
		{"tcp port 8000", "port 8000", "a packet without TCP"},
		{"tcp port 8000", "tcp port 8000 or ip6", "fd00::"},
		{"tcp port 8000", "ip and tcp port 8000", "from [fd00::2]:"},
		{"tcp port 9000", "ip and tcp port 9000", "from [fd00::2]:"},
		{"src host 10.9.8.7 and dst port 80", "host 10.9.8.7 and port 80", "10.9.8.7"},
		{"net 10.0.0.0/8", "net 10.0.0.0/16", "10.1.0.0"},
		{"tcp port 8000", "tcp and port 8000", ""},
		{"tcp port 8000", "tcp src port 8000 or tcp dst port 8000", ""},
		{"host 10.9.8.7 and tcp port 80", "tcp port 80 and host 10.9.8.7", ""},
	} {
		got := effect.CompareCapture(c[0], c[1]).String()
		if (got == "") != (c[2] == "") || !strings.Contains(got, c[2]) || strings.Contains(got, "invalid") {
			t.Errorf("%s and %s: %q, want %q", c[0], c[1], got, c[2])
		}
	}
}
