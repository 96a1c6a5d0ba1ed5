//go:build clients && linux

package clients

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
)

// session is what a student tries with curl: every framing, a cookie, a range,
// a reused connection, an interim response, odd bytes.
func (n network) session(t *testing.T, base string) (exchanges, connections int) {
	t.Helper()
	for _, args := range [][]string{
		{base + "8080/length/alphabet", "--next", "-sS", base + "8080/chunked/alphabet"},
		{base + "8080/trailers"},
		{"-d", "user=philip&pw=123456", base + "8080/login.php"},
		{"-H", "Range: bytes=0-9,20-29", base + "8080/range/alphabet"},
		{"-H", "Expect: 100-continue", "-d", "the body", base + "8080/continue"},
		{"-I", base + "8080/head"},
		{"-0", base + "8080/chunked/alphabet"},
		{base + "8081/"},
		{base + "8000/"},
		{"-d", "user=CS305&password=123456", base + "8001/"},
		{base + "8083/head/lf"},
		{base + "8083/length/short"},
	} {
		n.curl(t, args...)
		exchanges++
	}
	return exchanges + 1, exchanges
}

// plain are the exchanges as JSON without what belongs to the capture and not
// to the exchange: numbers, times and packets.
func plain(t *testing.T, p *program) []string {
	t.Helper()
	var out []string
	for _, l := range p.out.whole() {
		v := read[map[string]any](t, l)
		if v["type"] != "exchange" {
			continue
		}
		strip(v)
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, string(b))
	}
	slices.Sort(out)
	return out
}

// strip takes the members away that differ from capture to capture.
func strip(v any) {
	switch v := v.(type) {
	case map[string]any:
		for _, name := range []string{"id", "connection", "frame", "last_frame", "time", "timing"} {
			delete(v, name)
		}
		for _, member := range v {
			strip(member)
		}
	case []any:
		for _, member := range v {
			strip(member)
		}
	}
}

// TestBothBackends: the same session, captured by both at once, is the same.
func TestBothBackends(t *testing.T) {
	n := newNetwork(t)
	lab := n.lab(t, "--sockets")
	var both [2]*program
	for i, backend := range []string{"libpcap", "af_packet"} {
		both[i] = n.live(t, "-i", "lo", "--backend", backend, "-f", "tcp and not port 22")
	}
	x, c := n.session(t, "http://127.0.0.1:")
	both[0].saw(x, c)
	both[1].saw(x, c)
	both[0].stop()
	both[1].stop()
	lab.stop()
	mustBe(t, "what libpcap and af_packet captured", plain(t, both[1]), plain(t, both[0]))
	mustBe(t, "exchanges", len(plain(t, both[0])), x)
}

// TestVersionNamesBackends: the program under test has both in it.
func TestVersionNamesBackends(t *testing.T) {
	n := newNetwork(t)
	said := n.run(t, httpscope, "version")
	for _, backend := range []string{"libpcap", "af_packet"} {
		if !strings.Contains(said, backend) {
			t.Errorf("%s is not in the program:\n%s", backend, said)
		}
	}
}
