package effect_test

import (
	"bytes"
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"httpscope/internal/course/effect"
	"httpscope/internal/filter"
	"httpscope/internal/recording"
	"httpscope/internal/synth"
	"httpscope/internal/texts"
)

// posts is a form sent in two segments, 4 and 6, answered in 8; then a GET in 10
// whose target has POST in it, answered in 12.
func posts(t *testing.T) *effect.Traffic {
	t.Helper()
	var b bytes.Buffer
	c := synth.NewCapture(&b, time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)).Conn(
		netip.MustParseAddrPort("127.0.0.1:40001"), netip.MustParseAddrPort("127.0.0.1:8000"), [2]uint32{1000, 9000})
	c.Open()
	for _, s := range []struct {
		dir  int
		text string
	}{
		{0, "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 8\r\n\r\n"}, {0, "user=Eve"},
		{1, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"},
		{0, "GET /in?x=POST HTTP/1.1\r\nHost: a\r\n\r\n"}, {1, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"},
	} {
		c.Send(s.dir, []byte(s.text))
	}
	r, err := recording.Read(&b, 0)
	if err != nil {
		t.Fatal(err)
	}
	return effect.Of(r)
}

func compile(t *testing.T, expr string) *filter.Filter {
	t.Helper()
	f, err := filter.CompilePackets(expr)
	if err != nil {
		t.Fatalf("%s: %v", expr, err)
	}
	return f
}

// TestFiltersForThePOST judges the filters that students write for the packets
// that use POST: which packets each selects, whether it is equal to the asked
// one on this capture, and whether in general.
func TestFiltersForThePOST(t *testing.T) {
	traffic := posts(t)
	asked := compile(t, `http.request.method == "POST"`)
	for _, c := range []struct {
		expr      string
		selects   string
		same, all bool
	}{
		{`http.request.method == "POST"`, "[6]", true, true},
		{`http.request.method==POST`, "[6]", true, true},
		{`http.request.method matches "(?i)post"`, "[6]", true, false},
		{`http contains "POST"`, "[6 10]", false, false},
		{`tcp contains "POST"`, "[4 10]", false, false},
		{`http && tcp.dstport==8000`, "[6 10]", false, false},
		{`http.request.method == "post"`, "[]", false, false},
		{`ip.addr != 127.0.0.1`, "[]", false, false},
		{`http.request && !(http.request.method == "GET")`, "[6]", true, false},
		{`frame.number == 6`, "[6]", true, false},
		{`http.content_length == 8`, "[6]", true, false},
		{`upper(http.request.method) == "POST"`, "[6]", true, false},
		{`http.request.method in {"POST"}`, "[6]", true, true},
		{`http.request.line contains "POST"`, "[]", false, false},
	} {
		got := traffic.Compare(asked, compile(t, c.expr))
		if fmt.Sprint(got.Second) != c.selects || got.Same() != c.same || got.Equivalent() != c.all {
			t.Errorf("%s selects %v, the same here %t, in general %t (%+v); want %s, %t, %t", c.expr, got.Second,
				got.Same(), got.Equivalent(), got.Difference, c.selects, c.same, c.all)
		}
		if a := got.Difference; a != nil && (a.Made != c.same || a.What.IsZero() || a.WhyFirst.IsZero() ||
			a.WhySecond.IsZero()) {
			t.Errorf("%s is told apart by %+v", c.expr, a)
		}
	}
}

// TestFiltersThatAreNone: what students write for the POST and is no filter is
// refused with its place, and what to write.
func TestFiltersThatAreNone(t *testing.T) {
	for expr, want := range map[string]string{
		"http.method==POST":            "at 1: There is no field \"http.method\". Did you mean http.request.method?",
		`http.request.method = "POST"`: `at 21: "=" stands where and, or, or the end is expected. Write ==.`,
		"frame contains POST":          "at 16: POST is no byte sequence. Write text in double quotes, or bytes as 47:45:54.",
	} {
		if _, err := filter.CompilePackets(expr); err == nil || err.Error() != "display filter: "+want {
			t.Errorf("%s: %v, want %s", expr, err, want)
		}
	}
}

// TestEquivalent holds pairs of filters that select the same, and pairs that a
// message tells apart.
func TestEquivalent(t *testing.T) {
	traffic := posts(t)
	for _, c := range []struct {
		first, second string
		apart         string // in what tells them apart, "" for nothing
	}{
		{"tcp.port == 8000", "tcp.srcport == 8000 or tcp.dstport == 8000", ""},
		{"!(tcp.port == 8000)", "not tcp.port == 8000", ""},
		{"tcp.port != 8000", "!(tcp.port == 8000)", "without TCP"},
		{"tcp.port != 8000", "tcp and not tcp.port == 8000", ""},
		{"tcp.port != 8000", "tcp.port !== 8000", "segment"},
		{"http.response.code >= 400", "http.response.code > 399", ""},
		{"http.response.code == 404", `http.response.code.desc == "Not Found"`, ""},
		{"http.response.code == 404", `http.response.phrase == "Not Found"`, "404"},
		{"http.response.code >= 400", "http.response.code > 400", "400"},
		{`http.request.method == "POST"`, `http.request.method contains "POST"`, "POST"},
		{`http.host == "a"`, `http.host contains "a"`, "response|request"},
		{"ip.src == 10.0.0.1", "ip.addr == 10.0.0.1", "segment"},
		{"http.request", "http and tcp.dstport == 8000", "request"},
		{"http.content_length > 5", "http.content_length >= 5", "request|response"},
	} {
		got := traffic.Compare(compile(t, c.first), compile(t, c.second))
		switch {
		case c.apart == "" && !got.Equivalent():
			t.Errorf("%s and %s are told apart by %+v", c.first, c.second, *got.Difference)
		case c.apart != "" && (got.Equivalent() || !slices.ContainsFunc(strings.Split(c.apart, "|"),
			func(s string) bool { return strings.Contains(got.Difference.What.String(), s) })):
			t.Errorf("%s and %s: %+v, want apart by %q", c.first, c.second, got.Difference, c.apart)
		}
	}
}

// TestCaptureFilters holds what capture filters let through, on Ethernet and on
// other links.
func TestCaptureFilters(t *testing.T) {
	traffic := posts(t)
	for expr, want := range map[string]string{
		"tcp port 8000":     "[1 2 3 4 5 6 7 8 9 10 11 12 13]",
		"tcp dst port 8000": "[1 3 4 6 9 10 13]",
		"port 80":           "[]",
		"tcp[13] & 2 != 0":  "[1 2]",
	} {
		got, err := traffic.CapturePackets(expr)
		if err != nil && expr != "tcp[13] & 2 != 0" {
			t.Errorf("%s: %v", expr, err)
		} else if err == nil && fmt.Sprint(got) != want {
			t.Errorf("%s lets through %v, want %s", expr, got, want)
		}
	}
	if _, err := traffic.CapturePackets("http.request"); err == nil {
		t.Error("a display filter is taken for a capture filter")
	}
}

// TestWordsInChinese: the sender and the flags stand where Chinese has them.
func TestWordsInChinese(t *testing.T) {
	traffic := posts(t)
	for n, want := range map[int64]string{
		1: "来自 127.0.0.1:40001 的报文段，没有数据，带有 SYN", 3: "来自 127.0.0.1:40001 的报文段，没有数据",
		4: "来自 127.0.0.1:40001 的报文段，有 47 字节，没有使任何报文完整", 6: `请求 "POST / HTTP/1.1"`,
	} {
		if got := texts.In(texts.Chinese).Of(effect.Words(traffic.Row(n))); got != want {
			t.Errorf("packet %d is %q, want %q", n, got, want)
		}
	}
}
