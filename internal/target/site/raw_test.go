package site_test

import (
	"bytes"
	"cmp"
	"io"
	"net"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"httpscope/capture"
	"httpscope/httpdecode"
	"httpscope/internal/content"
	"httpscope/internal/inspect"
	"httpscope/internal/synth"
	"httpscope/internal/target/site"
	"httpscope/internal/tcp"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// patience bounds every wait of these tests. It only ends what hangs: a busy
// machine has much less time than a clock shows.
const patience = 2 * time.Minute

// rawServer serves the raw group on loopback.
func rawServer(t *testing.T) (address string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			go site.ServeRaw(c)
		}
	}()
	return l.Addr().String()
}

// dial opens a connection that fails the test rather than hang.
func dial(t *testing.T, address string) *net.TCPConn {
	t.Helper()
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = c.Close() })
	if err := c.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	return c.(*net.TCPConn)
}

// converse sends a request, ends the client's side when half is set, and reads
// to the end.
func converse(t *testing.T, address, request string, half bool) (answer string, reset bool) {
	t.Helper()
	c := dial(t, address)
	if _, err := io.WriteString(c, request); err != nil {
		t.Fatal(err)
	}
	if half {
		if err := c.CloseWrite(); err != nil {
			t.Fatal(err)
		}
	}
	b, err := io.ReadAll(c)
	if e, ok := err.(net.Error); ok && e.Timeout() {
		t.Fatalf("after %q: the connection did not end", b)
	}
	return string(b), err != nil
}

// typed is the request that the Try line of a route would make.
func typed(r site.Route) string {
	method := r.Method
	if method == "" {
		method = "GET"
	}
	head := method + " " + r.Path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n"
	for _, m := range regexp.MustCompile(`-H '([^']+: [^']+)'`).FindAllStringSubmatch(r.Try, -1) {
		head += m[1] + "\r\n"
	}
	if method == "POST" {
		return head + "Content-Length: 9000000\r\n\r\n" + strings.Repeat("0", 1000)
	}
	return head + "\r\n"
}

// findings reads a conversation with httpscope's own engine.
func findings(t *testing.T, request, answer string, reset bool) []string {
	t.Helper()
	var b bytes.Buffer
	x := synth.NewCapture(&b, time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)).
		Conn(netip.MustParseAddrPort("10.0.0.2:40001"), netip.MustParseAddrPort("10.0.0.1:8083"), [2]uint32{1000, 9000})
	x.Open()
	x.Send(0, []byte(request))
	x.Send(1, []byte(answer))
	if reset {
		x.Segment(1, tcp.RST|tcp.ACK, nil)
	} else {
		x.Close(1)
	}
	f, err := capture.NewFile(&b)
	if err != nil {
		t.Fatal(err)
	}
	k := &keeper{}
	e := inspect.New(inspect.Options{KeepBody: 1 << 20}, k)
	for {
		p, err := f.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		e.Packet(p)
	}
	e.Finish()
	return k.codes
}

// keeper keeps the codes of findings.
type keeper struct{ codes []string }

func (k *keeper) Exchange(x *trace.Exchange) {
	for _, f := range x.Findings {
		k.add(f.Code)
	}
	if x.Response == nil || x.Response.Head == nil {
		return
	}
	for _, f := range x.Response.Head.Fields {
		if f.ID == httpdecode.FieldContentEncoding {
			codings, _ := content.ParseCodings(f.Value)
			for _, p := range content.Decode(codings, x.Response.Kept, 1<<20).Problems {
				k.add(string(p.Code))
			}
		}
	}
}

func (k *keeper) Connection(c *trace.Connection) {
	for _, f := range c.Findings {
		k.add(f.Code)
	}
}

func (k *keeper) add(code string) {
	if !slices.Contains(k.codes, code) {
		k.codes = append(k.codes, code)
	}
}

// announced are the codes at the end of Look.
func announced(t *testing.T, r site.Route) []string {
	t.Helper()
	m := regexp.MustCompile(`[Ff]indings: ([a-z0-9., -]+)\.$`).FindStringSubmatch(r.Look().String())
	if m == nil {
		t.Fatalf("Look does not end with the findings to expect: %q", r.Look())
	}
	if m[1] == "none" {
		return nil
	}
	return strings.Split(m[1], ", ")
}

// TestRawFindingsInEveryLanguage: a translated Look announces the same codes.
func TestRawFindingsInEveryLanguage(t *testing.T) {
	t.Parallel()
	for _, r := range site.RawRoutes() {
		look := texts.In(texts.Chinese).Of(r.Look())
		want := "发现：" + cmp.Or(strings.Join(announced(t, r), ", "), "无") + "。"
		if !strings.HasSuffix(look, want) {
			t.Errorf("%s: %q does not end with %q", r.Path, look, want)
		}
	}
}

// TestRawFindings: each odd answer has the findings that its route announces,
// and no others, when httpscope reads it.
func TestRawFindings(t *testing.T) {
	t.Parallel()
	address := rawServer(t)
	for _, r := range site.RawRoutes() {
		t.Run(r.Path[1:], func(t *testing.T) {
			t.Parallel()
			request := typed(r)
			answer, reset := converse(t, address, request, r.Method == "")
			got, want := findings(t, request, answer, reset), announced(t, r)
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("findings %q, announced %q\n%q", got, want, answer[:min(len(answer), 300)])
			}
		})
	}
}
