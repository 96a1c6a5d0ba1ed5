package reassembly

import (
	"net/netip"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"httpscope/capture"
	"httpscope/internal/tcp"
)

// The ends of a trace: ">" is what the client sends.
var (
	client = netip.MustParseAddrPort("10.0.0.1:40000")
	server = netip.MustParseAddrPort("10.0.0.2:80")
)

// tracer turns the lines of a trace into packets. A line is a direction and
// words:
//
//	> SYN seq=100
//	< SYN seq=500          acknowledges what was sent so far
//	> "GET /"              at the next sequence number
//	> 103 ack=501 "T /"    at another
//	< ack=110 win=0
//	> FIN "last"
//
// Further words: noack, cut=N (payload that the snapshot length cut off),
// t=S (seconds since the start), port=N (of the client, for another
// connection) and raw (the numbers after this packet stay as they were).
// A line "flush" ends the capture, "advance t=S" lets time pass.
type tracer struct {
	t       *testing.T
	next    [2]uint32
	known   [2]bool
	packets int64
	nano    int64
}

const second = int64(1e9)

func (x *tracer) packet(line string) *capture.Packet {
	words := split(x.t, line)
	dir := strings.Index("><", words[0])
	if dir < 0 {
		x.t.Fatalf("a line must begin with > or <: %q", line)
	}
	x.packets++
	p := &capture.Packet{Number: x.packets, Window: 1000, Seq: x.next[dir], Ack: x.next[1-dir],
		Link: capture.LinkEthernet}
	ends := [2]netip.AddrPort{client, server}
	ack, raw, cut := x.known[1-dir], false, 0
	for _, w := range words[1:] {
		key, value, _ := strings.Cut(w, "=")
		n, _ := strconv.ParseInt(value, 0, 64)
		switch {
		case w[0] == '"':
			s, err := strconv.Unquote(w)
			if err != nil {
				x.t.Fatalf("%s: %v", w, err)
			}
			p.Payload = []byte(s)
		case w[0] >= '0' && w[0] <= '9':
			n, _ = strconv.ParseInt(w, 0, 64)
			p.Seq = uint32(n)
		case key == "seq":
			p.Seq = uint32(n)
		case key == "ack":
			p.Ack, ack = uint32(n), true
		case key == "win":
			p.Window = uint16(n)
		case key == "cut":
			cut = int(n)
		case key == "t":
			x.nano = n * second
		case key == "port":
			ends[0] = netip.AddrPortFrom(client.Addr(), uint16(n))
		case w == "noack":
			ack = false
		case w == "raw":
			raw = true
		default:
			flag, ok := map[string]tcp.Flags{"SYN": tcp.SYN, "FIN": tcp.FIN, "RST": tcp.RST, "PSH": tcp.PSH}[w]
			if !ok {
				x.t.Fatalf("%q: what is %q?", line, w)
			}
			p.Flags |= flag
		}
	}
	if ack {
		p.Flags |= tcp.ACK
	}
	p.Src, p.Dst = ends[dir], ends[1-dir]
	p.PayloadLen = len(p.Payload) + cut
	p.Nano = x.nano
	end := p.Seq + uint32(p.PayloadLen)
	if p.Flags&(tcp.SYN|tcp.FIN) != 0 {
		end++
	}
	if !raw && (!x.known[dir] || int32(end-x.next[dir]) > 0 || p.Flags&tcp.SYN != 0) {
		x.next[dir], x.known[dir] = end, true
	}
	return p
}

// split cuts a line into words; a quoted word may hold spaces.
func split(t *testing.T, line string) (words []string) {
	for line = strings.TrimSpace(line); line != ""; line = strings.TrimSpace(line) {
		n := strings.IndexByte(line, ' ')
		if line[0] == '"' {
			q, err := strconv.QuotedPrefix(line)
			if err != nil {
				t.Fatalf("%s: %v", line, err)
			}
			n = len(q)
		}
		if n < 0 {
			n = len(line)
		}
		words, line = append(words, line[:n]), line[n:]
	}
	return words
}

// handshake opens the connection of most traces: data begins at 101 and 501.
const handshake = `
	> SYN seq=100
	< SYN seq=500
	>`

// run plays a trace and compares the calls it causes.
func run(t *testing.T, trace, want string) *calls {
	t.Helper()
	x, h := &tracer{t: t}, newCalls(t)
	a := New(h)
	h.keep = true
	for _, line := range strings.Split(trace, "\n") {
		line, _, _ = strings.Cut(line, "#")
		switch line = strings.TrimSpace(line); {
		case line == "":
		case line == "flush":
			a.Flush()
		case strings.HasPrefix(line, "advance t="):
			n, _ := strconv.ParseInt(line[len("advance t="):], 10, 64)
			a.Advance(n * second)
		default:
			a.Add(x.packet(line))
		}
	}
	a.Flush()
	h.done(a)
	var lines []string
	for _, l := range strings.Split(want, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			lines = append(lines, l)
		}
	}
	if d := cmp.Diff(lines, h.lines); d != "" {
		t.Errorf("calls (-want +got):\n%s\n%s", d, strings.Join(h.lines, "\n"))
	}
	return h
}

// traces runs named cases.
func traces(t *testing.T, cases []traceCase) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) { run(t, c.trace, c.want) })
	}
}

type traceCase struct{ name, trace, want string }
