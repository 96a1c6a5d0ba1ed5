package filter

import (
	"errors"
	"strings"
	"testing"
	"unicode"

	"httpscope/internal/texts"
)

var chinese = texts.In(texts.Chinese)

// TestErrorsInChinese: a type, and what is expected, are said in the language of the sentence; signs and names stay.
func TestErrorsInChinese(t *testing.T) {
	for expr, want := range map[string]string{
		`http.requset`:              `显示过滤器：位置 1：没有字段 "http.requset"。你是不是想写 http.request？`,
		`http.host = "a"`:           `显示过滤器：位置 11：这里出现了 "="，而应该是 ` + "`and`、`or`" + ` 或结尾。写成 ==。`,
		`(http`:                     `显示过滤器：位置 6：过滤器在这里结束，而应该是 ")"。这个 ( 没有闭合。`,
		`tcp.port == http`:          `显示过滤器：位置 13：左边的类型是“无符号整数，2 字节”，右边的类型是“协议”：两者不能比较。`,
		`http.host + 1 == 3`:        `显示过滤器：位置 1：不能对类型“字符串”作 + 运算。`,
		`ip.addr == 10.0.0.0/33`:    `显示过滤器：位置 12：IPv4 地址的前缀最长 32 位。`,
		`http.host matches "("`:     `显示过滤器：位置 19：模式无法读懂：缺少 )，在 "(" 处。`,
		`http.host[2-1] == "x"`:     `显示过滤器：位置 11：范围 "2-1" 的结尾在开头之前。前四个字节写成 [0:4]，字节 2 到 5 写成 [2-5]，最后一个字节写成 [-1]。`,
		`$private_ipv4($x(ip.src))`: `显示过滤器：位置 1：宏的参数中不能有 $。`,
	} {
		_, err := Compile(expr)
		if got := chinese.Error(err); got != want {
			t.Errorf("%s\n got %s\nwant %s", expr, got, want)
		}
	}
}

func TestExplainInChinese(t *testing.T) {
	for expr, want := range map[string]string{
		``: `选出所有的行。`,
		`http.request.method == "POST" and tcp.port != 80`: `选出满足以下条件的行：http.request.method（请求的方法）等于 "POST"，` +
			`并且 tcp.port（发送方或接收方的端口）没有一个值等于 80。`,
		`all tcp.port > 1024 or !http`: `选出满足以下条件的行：tcp.port（发送方或接收方的端口）的每个值都大于 1024，` +
			`或者并非 http（HTTP 报文：首部，以及正文中保存下来的部分）存在。`,
		`http.response.code in {200, 300..399}`: `选出满足以下条件的行：http.response.code（响应的状态码）是以下之一：200、300 到 399。`,
		`len(http.host[0:3]) >= 3 && (http.host ~ "a" || http.host contains b)`: `选出满足以下条件的行：` +
			`http.host（字段 Host 的值）的字节 [0:3] 的长度（字节）至少有一个值大于或等于 3，并且（http.host 至少有一个值匹配模式 "a"（不区分大小写），` +
			`或者 http.host 至少有一个值包含 "b"）。`,
		`@tcp.flags == 80:18 ^^ tcp.srcport == ${tcp.dstport}`: `选出满足以下条件的行：tcp.flags 的字节（报文段的标志，12 位）等于 80:18，` +
			`或者 tcp.srcport（发送方的端口）等于选中行的 tcp.dstport（接收方的端口），但不同时成立。`,
	} {
		got, err := Explain(texts.Chinese, expr)
		if err != nil || got != want {
			t.Errorf("%s\n got %s %v\nwant %s", expr, got, err, want)
		}
	}
}

func TestWhyInChinese(t *testing.T) {
	x := login(t)
	for expr, want := range map[string]string{
		`http.request.method == "post"`: `http.request.method == "post" 不成立：http.request.method 是 "POST"。比较区分大小写。`,
		`ip.addr != 10.0.0.1`:           `ip.addr != 10.0.0.1 不成立：ip.addr 是 10.0.0.2 和 10.0.0.1。运算符 != 要求没有一个值相等。`,
		`http.response.code == 200`:     `http.response.code == 200 不成立：没有 http.response.code。只有响应才有它，而这里没有响应。`,
		`http contains "next="`: `http contains "next=" 成立：http 是 "POST /login.php?next=/home HTTP/1.1\r\nHost: shop.example\r\nCon"…（153 字节）。` +
			`这段文本在字节 16 处，在起始行中。`,
	} {
		v := mustCompile(t, expr).Why(&Subject{X: x, M: x.Request})
		if got := chinese.Of(v.Phrase()); got != want {
			t.Errorf("%s\n got %s\nwant %s", expr, got, want)
		}
	}
}

// TestAllIsSaidInChinese: what every field is, what every function gives, and every type.
func TestAllIsSaidInChinese(t *testing.T) {
	said := func(what string, p texts.Phrase) {
		text := chinese.Of(p)
		if !strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) && text != "TLS" ||
			strings.Contains(text, "%!") {
			t.Errorf("%s is %q", what, text)
		}
	}
	for _, f := range Fields() {
		said(f.Name, f.Doc)
		said(f.Type.String(), f.Type.Name())
	}
	for _, name := range functionNames() {
		said(name, texts.Say("filter.function."+keyOf(name)))
	}
}

// TestHintsAreOfVerdicts: what marks a filter tells students what about an operator surprised them.
func TestHintsAreOfVerdicts(t *testing.T) {
	x := login(t)
	for expr, want := range map[string]string{
		`http.request.method == "post"`:                  "filter.hint.case",
		`http.request and http.request.method == "PO"`:   "filter.hint.whole",
		`http.host contains "SHOP" or http.host == "xy"`: "filter.hint.contains-case",
		`http contains "next="`:                          "",
	} {
		if got := mustCompile(t, expr).Why(&Subject{X: x, M: x.Request}).Surprise(); got.Key != want {
			t.Errorf("%s: %q, want %q", expr, got.Key, want)
		}
	}
	var e *Error
	if _, err := Compile("tcp.seq == 1"); !errors.As(err, &e) || !e.OfPackets() {
		t.Errorf("%v is about a field of packets", err)
	}
}
