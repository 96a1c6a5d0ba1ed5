package coursework

import (
	"fmt"
	"strings"
	"testing"

	"httpscope/internal/course/sheet"
)

// TestDenials: what an answer takes back counts for the other side.
func TestDenials(t *testing.T) {
	for want, all := range map[string][]string{
		"parallel": {"parallel", "in parallel", "they were fetched in parallel", "parallel, not serial", "not serial",
			"not serial but parallel", "they weren't sequential", "并行", "不是串行", "不是串行，而是并行", "不是串行是并行", "并非依次",
			"并行而非串行", "rather than serial, parallel", "no, parallel",
			"without waiting for the first one, in parallel", "never one by one"},
		"serial": {"serial", "one after the other", "not parallel", "not in parallel", "not fetched in parallel",
			"不是并行", "没有同时下载", "非并行", "serial, not parallel", "串行，不是并行", "they were not downloaded in parallel",
			"no longer parallel"},
		"both":    {"serial and parallel", "parallel or serial", "neither serial nor parallel", "串行或并行"},
		"nothing": {"", "not", "something else", "不是"},
	} {
		for _, s := range all {
			one, other := between(plain(s), parallelWords, serialWords)
			if got := side(one, other, "parallel", "serial"); got != want {
				t.Errorf("%q is %s, want %s", s, got, want)
			}
		}
	}
}

func side(one, other bool, nameOne, nameOther string) string {
	switch {
	case one && other:
		return "both"
	case one:
		return nameOne
	case other:
		return nameOther
	}
	return "nothing"
}

// TestInterfaceNames holds what students call interfaces.
func TestInterfaceNames(t *testing.T) {
	for want, all := range map[string][]string{
		"loopback": {"lo", "lo0", "I used lo", "interface lo", "the interface lo0 (loopback)", "NPF_Loopback",
			`\Device\NPF_Loopback`, "localhost", "127.0.0.1", "回送接口", "回环接口", "本地环回", "环回网卡",
			"loopback network interface", "network interface: lo", "Adapter for loopback traffic capture",
			"lo, not WLAN", "not the network card", "不是网卡", "环回接口，不是 WLAN", "lo instead of eth0"},
		"network": {"network", "network interface", "my network card", "网卡", "网络接口", "WLAN", "wlan0", "Wi-Fi: en0",
			"en0", "enp3s0", "eth0", "以太网", "以太网 2", "无线网卡", "手机热点", "bridge100", "ap1", "vEthernet (WSL)",
			"not loopback", "不是环回接口", "any interface except loopback", "WLAN, not lo", "除环回接口外的接口",
			"not the loopback interface"},
		"both":    {"loopback or WLAN", "lo and eth0", "网卡和环回接口"},
		"nothing": {"any", "interface", "the first", "low", "enough", "ethics"},
	} {
		for _, s := range all {
			one, other := between(plain(s), interfaceWords[loopbackInterface], interfaceWords[networkInterface])
			if got := side(one, other, "loopback", "network"); got != want {
				t.Errorf("%q is %s, want %s", s, got, want)
			}
		}
	}
}

// TestSaysYes reads yes and no in sentences that begin with another word.
func TestSaysYes(t *testing.T) {
	for want, all := range map[string][]string{
		"yes": {"yes", "返回了", "有返回", "有该字段", "it is there: there is one", "it was returned", "It did", "包含"},
		"no": {"no", "没有该字段", "无该字段", "There is no such field", "not present", "it was not returned",
			"it didn't", "没返回", "未返回", "不包含", "the field is absent", "The browser sent no such field"},
		"neither": {"", "maybe", "not sure", "I don't know", "yes or no", "no; yes", "yes, but no", "是否", "有没有",
			"不一定", "无法确定", "something else", "noyes", "42"},
	} {
		for _, s := range all {
			yes, ok := saysYes(s)
			got := "neither"
			if ok {
				got = map[bool]string{true: "yes", false: "no"}[yes]
			}
			if got != want {
				t.Errorf("%q is %s, want %s", s, got, want)
			}
		}
	}
}

// TestSaysAbsent: an answer says that a field is not there, or something else too.
func TestSaysAbsent(t *testing.T) {
	for want, all := range map[bool][]string{
		true: {"-", "none", "没有", "没有该字段", "无该字段", "不存在该字段", "no Accept-Language field", "There is no such field.",
			"not present", "the request has no Accept-Language field", "it doesn't have it",
			"请求中没有 Accept-Language 字段", "the field is missing"},
		false: {"", "en-US", "present", "the field", "Accept-Language", "not en-US", "no, it is en", "有该字段", "42",
			"没有 en"},
	} {
		for _, s := range all {
			if got := saysAbsent(s, "accept-language"); got != want {
				t.Errorf("%q: %v", s, got)
			}
		}
	}
}

// TestNumerals holds numbers in words and between counters.
func TestNumerals(t *testing.T) {
	for given, want := range map[string]string{
		"two": "2", "Two requests": "2", "两个": "2", "二": "2", "十二个": "12", "二十": "20", "26 个字节": "26", "第6个": "6",
		"第 ６ 号分组": "6", "6号分组": "6", "packet number 6": "6", "packet no. 6": "6", "frame 6": "6",
		"the 6th packet": "6", "there are 2": "2", "共 3 个连接": "3", "2 GET requests": "2", "in packet 12": "12",
		"分组 6": "6", "8080端口": "8080",
		"first": "first", "six and seven": "six and seven", "about 6": "about 6", "": "", "十十": "十十", "个": "个",
		"200 404": "200 404", "6 7": "6 7",
	} {
		if got := numeral(given); got != want {
			if n, _, ok := amount(got); !ok || fmt.Sprint(n) != want {
				t.Errorf("%q is %q, want %q", given, got, want)
			}
		}
	}
}

// TestDates: dates of the same second are the same in any layout.
func TestDates(t *testing.T) {
	const right = "Wed, 06 Mar 2024 02:03:31 GMT"
	for given, want := range map[string]bool{
		right: true, "Wed, 6 Mar 2024 02:03:31 GMT": true, "06 Mar 2024 02:03:31 GMT": true,
		"2024-03-06 02:03:31 GMT": true, "2024-03-06T02:03:31Z": true, "2024年3月6日 02:03:31": true,
		"2024/3/6 02:03:31": true, "Wed，06 Mar 2024 02:03:31 GMT": true,
		"Wed, 06 Mar 2024 02:03:32 GMT": false, "06 Mar 2024": false, "2024-03-06 02:03:31 CST": false,
		"2024-03-06 02:03:31 +0800": false, "2024-06-03 02:03:31": false, "02:03:31": false, "": false,
	} {
		if got := sameInstant(given, right); got != want {
			t.Errorf("%q: %v", given, got)
		}
	}
}

// TestElements: of a list with weights the first element is enough, in its order.
func TestElements(t *testing.T) {
	for given, want := range map[string]bool{
		"en-US": true, "en-US, en": true, "en-US and en": true, "en-US,en;q=0.9": true, "EN-us": true, "en-US、en": true,
		"en": false, "en, en-US": false, "zh": false, "en-US, en, zh": false, "": false, ",": false,
	} {
		if got := saysElements(given, "en-US,en;q=0.9"); got != want {
			t.Errorf("%q: %v", given, got)
		}
	}
}

// TestStatusOf: exactly one status, and not the phrase of another.
func TestStatusOf(t *testing.T) {
	for given, want := range map[string]string{
		"200": "200", "HTTP/1.1 200 OK": "200", "200 (OK)": "200", "200, OK": "200", "status code 200": "200",
		"The status code is 200 and the phrase is OK.": "200", "401 Authorization Required": "401",
		"404 未找到": "404", "状态码：304": "304", "http/1.0 404 file not found": "404",
		"200 Not Found": "", "404 OK": "", "200 404": "", "200, not 404": "", "not 200": "", "20": "", "2000": "",
		"-200": "", "999": "", "OK": "", "200 OK Not Found": "",
	} {
		if got := statusOf(given); got != want {
			t.Errorf("%q is %q, want %q", given, got, want)
		}
	}
}

// TestUnnumbered: numbers before entries go only where each has its own.
func TestUnnumbered(t *testing.T) {
	for given, want := range map[string]string{
		"1. HTTP/1.1|2. HTTP/1.1": "HTTP/1.1|HTTP/1.1", "1) 200|2) 404": "200|404", "(1) a|(2) b": "a|b",
		"1、200|2、404": "200|404", "a) x|b) y": "x|y", "1.GET|2.POST": "GET|POST",
		"1.1|1.0": "1.1|1.0", "1.1|2.0": "1.1|2.0", "1. a|3. b": "1. a|3. b", "1. a|b": "1. a|b", "1.|2.": "1.|2.",
		"200|404": "200|404", "0x1|0x2": "0x1|0x2",
	} {
		if got := strings.Join(unnumbered(strings.Split(given, "|")), "|"); got != want {
			t.Errorf("%q is %q, want %q", given, got, want)
		}
	}
}

// TestReadings marks answers that say the right value in other words, and ones
// that only seem to.
func TestReadings(t *testing.T) {
	const response, all = "kind: value, filter: http.response, field: http.response.code",
		"kind: value, filter: http.response, field: http.response.code, which: all"
	const size = "kind: value, filter: http.response, field: scope.body_bytes"
	markRows(t, evidence(t, "web-hello.pcap"), []row{
		{response, "HTTP/1.1 200 OK", Right, "", ""}, {response, "status code 200", Right, "", ""},
		{response, "200 Not Found", Unread, "", ""}, {response, "201", Wrong, "", ""},
		{all, "200 OK, 404 Not Found", Right, "", ""}, {all, "1. 200\n2. 404", Right, "", ""},
		{all, "1、200\n2、404", Right, "", ""}, {all, "200 Not Found, 404 OK", Unread, "", ""},
		{"kind: value, filter: http.response, field: http.connection",
			"Connection: closeContent-Type:text/html; charset=utf-8", Right, "", ""},
		{"kind: value, filter: http.response, header: Connection",
			"the Connection field: closeContent-Type:text/html; charset=utf-8", Right, "", ""},
		{size, "41 个字节", Right, "", ""}, {size, "forty", Wrong, "off-by-one", ""}, {size, "40", Wrong, "off-by-one", ""},
		{"kind: value, filter: http.response, field: http.content_type", "没有该字段", Right, "", ""},
		{"kind: value, filter: http.response, field: http.content_type", "no Content-Type field", Right, "", ""},
		{"kind: value, rows: packets, filter: tcp, field: tcp.flags.syn", "set", Right, "", ""},
		{"kind: value, rows: packets, filter: tcp, field: tcp.flags.syn", "是", Right, "", ""},
		{"kind: value, rows: packets, filter: tcp, field: tcp.flags.syn", "1", Right, "", ""},
		{"kind: value, rows: packets, filter: tcp, field: tcp.flags.syn", "true", Right, "", ""},
		{"kind: value, rows: packets, filter: tcp, field: tcp.flags.syn", "not set", Wrong, "", ""},
		{"kind: value, rows: packets, filter: tcp, field: tcp.flags.syn", "0", Wrong, "", ""},
		{"kind: value, rows: packets, filter: tcp, field: tcp.seq_raw", "0", Wrong, "relative-sequence", ""},
		{"kind: packet, filter: http.response.code == 200", "第6号分组", Right, "", ""}, {"kind: packet, filter: http.response.code == 200", "six", Right, "", ""}, {"kind: packet, filter: http.response.code == 200", "packet number 6", Right, "", ""}, {"kind: packet, filter: http.response.code == 200", "packet number 7", Wrong, "off-by-one", ""},
		{"kind: count, filter: http.request", "两个", Right, "", ""},
		{"kind: count, filter: http.request", "two requests", Right, "", ""},
		{"kind: count, filter: http.request", "three", Wrong, "off-by-one", ""},
		{"kind: yes-no, filter: http.response.code == 404", "返回了", Right, "", ""},
		{"kind: yes-no, filter: http.response.code == 500", "There is no such response", Right, "", ""},
		{"kind: yes-no, filter: http.response.code == 404", "没有该字段", Wrong, "", ""},
		{"kind: interface, filter: tcp.port == 8080", "not loopback", Wrong, "wrong-interface", ""},
		{"kind: interface, filter: tcp.port == 8080", "lo, not WLAN", Right, "", ""},
		{"kind: interface, filter: tcp.port == 8080", "any interface except loopback", Wrong,
			"wrong-interface", ""},
		{"kind: overlap, filter: http.request", "not parallel", Right, "", ""},
		{"kind: overlap, filter: http.request", "parallel, not serial", Wrong, "", ""},
	})
	m := given(t, evidence(t, "web-hello.pcap"), "kind: value, filter: http.request, field: http.request.version",
		sheet.Answer{Text: "1"})
	if m.Verdict != Unread || len(m.Tags) > 0 {
		t.Errorf("version 1: %s %q", m.Verdict, m.Tags)
	}
	markRows(t, evidence(t, "browser-images.pcap"), []row{
		{"kind: overlap, filter: 'any http.content_type contains \"image\"'", "parallel, not serial", Right, "", ""},
		{"kind: overlap, filter: 'any http.content_type contains \"image\"'", "不是并行", Wrong, "", ""},
		{"kind: overlap, filter: 'any http.content_type contains \"image\"'", "parallel and serial", Unread,
			"", "both"},
	})
}

// answered marks one question of an assignment that comes with the program.
func answered(t *testing.T, e *Evidence, assignment, id string, a sheet.Answer) Marked {
	t.Helper()
	a.ID = id
	for _, m := range Builtin(assignment).Mark(e, &sheet.Sheet{Answers: []sheet.Answer{a}}, "en").Questions {
		if m.ID == id {
			return m
		}
	}
	t.Fatalf("%s has no question %s", assignment, id)
	return Marked{}
}

// TestAnswersToBuiltins marks answers to the assignments that come with the program.
func TestAnswersToBuiltins(t *testing.T) {
	conditional, auth := evidence(t, "conditional-304.pcap"), evidence(t, "basic-auth.pcap")
	own, flask := evidence(t, "http-server-own.pcap", "http-server-classmate.pcap"), evidence(t, "flask-form.pcap")
	for _, c := range []struct {
		e            *Evidence
		assignment   string
		question     string
		right, other []string
	}{
		{own, "kurose-http-1", "1", []string{"1. HTTP/1.1\n2. HTTP/1.0", "browser: HTTP/1.1\nserver: HTTP/1.0",
			"Browser 1.1; server 1.0", "server: 1.0; browser: 1.1", "1.1 and 1.0", "(1) 1.1\n(2) 1.0",
			"浏览器：1.1；服务器：1.0", "The browser is 1.1 and the server is 1.0"},
			[]string{"1.0, 1.1", "browser: 1.0; server: 1.1", "1.1", "1. 1.0\n2. 1.1"}},
		{conditional, "kurose-http-1", "3", []string{"127.0.0.1 (client) and 127.0.0.1 (server)",
			"client: 127.0.0.1; server: 127.0.0.1"}, []string{"127.0.0.1 and 127.0.0.2"}},
		{conditional, "kurose-http-1", "7", []string{"No", "No, I don't see any", "没有看到", "I do not see any", "a"},
			[]string{"yes", "有", "yes and no", "ab"}},
		{conditional, "kurose-http-2", "11", []string{"304 Not Modified no",
			"304 Not Modified. No, it did not return the contents", "304; no", "304 Not Modified\nNo", "304, 没有返回"},
			[]string{"304 yes", "200 OK no", "OK no"}},
		{conditional, "kurose-http-2", "8", []string{"no", "没有该字段", "There is no such field"}, []string{"yes", "有该字段"}},
		{auth, "kurose-http-5", "19", []string{"Authorization", "the field Authorization", "The Authorization header field", "授权", "授权字段", "Authorization: Basic YWxpY2U6d29uZGVybGFuZA==", "the new field \"Authorization\""}, []string{"Authorization, Cookie, Host", "没有授权字段", "WWW-Authenticate", "not Authorization", "Proxy-Authorization"}},
		{auth, "kurose-http-5", "18", []string{"401 Unauthorized", "401 Authorization Required",
			"HTTP/1.0 401 Unauthorized", "401 (Unauthorized)"}, []string{"401 Forbidden", "403", "401 200"}},
		{own, "cs305-4.2", "2-1", []string{"both", "c", "option c", "选 C", "c) because it binds all", "both of them",
			"两者都可以", "都行", "都可以访问", "two: both work", "3"}, []string{"abcd", "a", "neither", "都不行", "两个都不能",
			"not both", "d) none", "- a\n- b", "a) or c)", "只有自己的地址"}},
		{own, "cs305-4.2", "2-3", []string{"我的IP:8000", "本机IP:8000", "***.***.***.***:8000", "a", "your address:8000",
			"my IP address:8000", "your address, not 127.0.0.1"},
			[]string{"127.0.0.1:8000", "both", "your address:8080", "not your address", "localhost", "都可以"}},
		{own, "cs305-4.2", "2-2", []string{"interface lo", "not the network card"},
			[]string{"not loopback", "WLAN, not lo"}},
		{own, "cs305-4.2", "2-4", []string{"network interface", "my network card", "网卡", "手机热点",
			"any interface except loopback"}, []string{"lo, not WLAN", "回送接口"}},
		{flask, "cs305-4.3", "3-4", []string{"request message", "They are request messages", "请求消息", "requests",
			"都是请求报文", "both are requests", "请求报文，不是响应报文", "A: requests, since they have a method"},
			[]string{"both", "responses", "not requests", "requests and responses", "它们是响应", "abc"}},
	} {
		for _, s := range c.right {
			if m := answered(t, c.e, c.assignment, c.question, sheet.Answer{Text: s}); m.Verdict != Right {
				t.Errorf("%s %s answered %q: %s %q %+v; right is %s", c.assignment, c.question, s, m.Verdict,
					m.Feedback, m.Cells, m.Expected)
			}
		}
		for _, s := range c.other {
			if m := answered(t, c.e, c.assignment, c.question, sheet.Answer{Text: s}); m.Verdict == Right {
				t.Errorf("%s %s answered %q is taken for right", c.assignment, c.question, s)
			}
		}
	}
	if m := answered(t, own, "cs305-4.2", "2-1", sheet.Answer{Text: "abcd"}); len(m.Feedback) != 2 || len(m.Tags) > 0 {
		t.Errorf("all options of one: %q %q", m.Feedback, m.Tags)
	}
	for _, id := range []string{"10", "11"} {
		m := answered(t, evidence(t, "content-length-42.pcap"), "kurose-http-2", id, sheet.Answer{Text: "no; none"})
		if m.Verdict != Wrong || fmt.Sprint(m.Tags) != "[not-captured]" {
			t.Errorf("%s without a second GET: %s %q", id, m.Verdict, m.Tags)
		}
	}
}
