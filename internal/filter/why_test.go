package filter

import (
	"fmt"
	"strings"
	"testing"

	"httpscope/internal/texts"
)

// TestWhy holds which tests are given as reasons and what is said of them. Rows:
// x the exchange, q its request, r its response.
func TestWhy(t *testing.T) {
	x := login(t)
	rows := map[string]*Subject{"x": {X: x}, "q": {X: x, M: x.Request}, "r": {X: x, M: x.Response}}
	for _, c := range []struct{ row, expr, want string }{
		{"q", `http.request.method == "post"`, `no: http.request.method == "post" does not hold: http.request.method is "POST". The comparison is case-sensitive.`},
		{"q", `http.request.method == "PO"`, `no: http.request.method == "PO" does not hold: http.request.method is "POST". The operator == asks for the whole value; contains searches in it.`},
		{"q", `http.request.method == "GET"`,
			`no: http.request.method == "GET" does not hold: http.request.method is "POST".`},
		{"r", `http.request.method == "POST"`, `no: http.request.method == "POST" does not hold: there is no http.request.method. Only a request has it, and there is none here.`},
		{"q", `http.authorization`, `no: http.authorization does not hold: there is no http.authorization.`},
		{"q", `ip.addr != 10.0.0.1`, `no: ip.addr != 10.0.0.1 does not hold: ip.addr is 10.0.0.2 and 10.0.0.1. The operator != asks that none of the values is equal.`},
		{"q", `http contains "user="`, `yes: http contains "user=" holds: http is "POST /login.php?next=/home HTTP/1.1\r\nHost: shop.example\r\nCon"… (153 bytes). The text stands at byte 145, in the body.`},
		{"q", `http contains "next="`, `yes: http contains "next=" holds: http is "POST /login.php?next=/home HTTP/1.1\r\nHost: shop.example\r\nCon"… (153 bytes). The text stands at byte 16, in the start line.`},
		{"q", `http.host contains "SHOP"`, `no: http.host contains "SHOP" does not hold: http.host is "shop.example". The operator contains is case-sensitive; matches is not.`},
		{"r", `http.response.code == 200 and http.time > 5`,
			`no: http.time > 5 does not hold: http.time is 0.000100000.`},
		{"r", `http.response.code == 200 and http.time < 5`,
			`yes: http.response.code == 200 holds: http.response.code is 200. http.time < 5 holds: http.time is 0.000100000.`},
		{"r", `http.response.code == 404 or http.time < 5`, `yes: http.time < 5 holds: http.time is 0.000100000.`},
		{"r", `http.response.code == 404 or http.time > 5`,
			`no: http.response.code == 404 does not hold: http.response.code is 200. http.time > 5 does not hold: http.time is 0.000100000.`},
		{"r", `not (http.response.code == 200 and http)`,
			`no: http.response.code == 200 holds: http.response.code is 200. http holds: it is there.`},
		{"x", `http.chunk_size === 5`, `no: http.chunk_size === 5 does not hold: http.chunk_size is 5, 4 and 0.`},
		{"x", ``, `yes: The filter is empty and selects everything.`},
	} {
		v := mustCompile(t, c.expr).Why(rows[c.row])
		got := map[bool]string{true: "yes", false: "no"}[v.Match] + ": " + v.String()
		if got != c.want {
			t.Errorf("%s on %s\n got %s\nwant %s", c.expr, c.row, got, c.want)
		}
	}
}

// TestWhyIsShort: a reason lists few values, and shows nothing of the network
// that a terminal would obey.
func TestWhyIsShort(t *testing.T) {
	fields := strings.Repeat("X: \x1b[31mred\u202e\r\n", 50)
	x := conversation(t, "GET / HTTP/1.1\r\nHost: a\r\n"+fields+"\r\n")[0]
	r := mustCompile(t, `http.request.line contains "red"`).Why(&Subject{X: x}).Reasons[0]
	if len(r.Values) != maxSeen || strings.ContainsAny(r.Text.String(), "\x1b\u202e\r\n") ||
		!strings.Contains(r.Text.String(), "and 43 more") {
		t.Errorf("%d values: %q", len(r.Values), r.Text)
	}
}

func TestExplain(t *testing.T) {
	for expr, want := range map[string]string{
		``: `Selects everything.`,
		`http.request.method == "POST" and tcp.port != 80`: `Selects what satisfies this: http.request.method (the method of a request) is "POST", and no value of tcp.port (the port of the sender or of the receiver) is 80.`,
		`all tcp.port > 1024 or !http`:                     `Selects what satisfies this: every value of tcp.port (the port of the sender or of the receiver) is greater than 1024, or it is not true that http (the HTTP message: its head, and the part of its body that was kept) is there.`,
		`http.response.code in {200, 300..399}`:            `Selects what satisfies this: http.response.code (the status of a response) is one of 200, 300 to 399.`,
		`http.set_cookie not in {"a"}`:                     `Selects what satisfies this: no value of http.set_cookie (the value of the field Set-Cookie) is one of "a".`,
		`len(http.host[0:3]) >= 3 && (http.host ~ "a" || http.host contains b)`: `Selects what satisfies this: at least one value of the length in bytes of the bytes [0:3] of http.host (the value of the field Host) is at least 3, and ` +
			`(at least one value of http.host matches the pattern "a", in any case of letters, or at least one value of http.host contains "b").`,
	} {
		got, err := Explain(texts.English, expr)
		if err != nil || got != want {
			t.Errorf("%s\n got %s %v\nwant %s", expr, got, err, want)
		}
	}
	if _, err := Explain(texts.English, "http ="); err == nil {
		t.Error("a wrong expression is explained")
	}
}

// TestComplete: the cursor is where | stands, and the word that is replaced begins at _.
func TestComplete(t *testing.T) {
	for _, c := range []struct{ expr, want string }{
		{`_http.request.me|`, `http.request.method`},
		{`_meth|`, `http.request.method scope.method`},
		{`_up|`, `upper(`},
		{`not _http.response.co|`, `http.response.code http.response.code.desc`},
		{`http.request.method _|`, `== != contains matches in and or`},
		{`http.request.method _c|`, `contains`},
		{`http.request.method == _G|`, `"GET"`},
		{`http.request.method == _"G|`, `"GET"`},
		{`http.request.method in _|`, `{`},
		{`http.request.method in {"GET", _"P|`, `"POST" "PUT"`},
		{`http.request.method not in {_"D|`, `"DELETE"`},
		{`http.response.code == _40|`, `400 401 403 404`},
		{`http.response.code == 200 _|`, `and or`},
		{`http.response.code == 200 _a|`, `and`},
		{`http.response.code == 200 and _scope.se|`, `scope.server scope.severity`},
		{`http.request == _|`, `True False http.response scope.complete`},
		{`len(http.host) _>|`, ``},
		{`len(http.host) _|`, `== != > < >= <= in and or`},
		{`ip.src == _|`, `ip.addr ip.dst`},
		{`http.host == "unended _|`, ``},
		{`_http.re| == 3`, `http.referer http.request http.request.full_uri http.request.line http.request.method http.request.uri http.request.uri.path http.request.uri.query http.request.uri.query.parameter http.request.version http.request_in http.request_number http.response http.response.code http.response.code.desc http.response.line http.response.phrase http.response.version http.response_for.uri http.response_in http.response_number`},
	} {
		word := strings.IndexByte(c.expr, '_')
		if i := strings.Index(c.expr, " _"); i >= 0 {
			word = i + 1
		}
		if i := strings.Index(c.expr, "{_"); i >= 0 {
			word = i + 1
		}
		expr := c.expr[:word] + c.expr[word+1:]
		cursor := strings.IndexByte(expr, '|')
		expr = expr[:cursor] + expr[cursor+1:]
		got := fmt.Sprint(Complete(expr, cursor))
		if got != "["+c.want+"]" || c.want != "" && Word(expr, cursor) != word {
			t.Errorf("%s: %s, word at %d, want %s", c.expr, got, Word(expr, cursor), c.want)
		}
	}
	if got := Complete("", 0); len(got) != maxCompletions || got[0] != "http" {
		t.Errorf("at first: %q", got)
	}
}
