package reassembly

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"httpscope/capture"
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
	p := &capture.Packet{Number: x.packets, Window: 1000, Seq: x.next[dir], Ack: x.next[1-dir], Link: capture.LinkEthernet}
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
			flag, ok := map[string]uint8{"SYN": capture.SYN, "FIN": capture.FIN, "RST": capture.RST, "PSH": capture.PSH}[w]
			if !ok {
				x.t.Fatalf("%q: what is %q?", line, w)
			}
			p.Flags |= flag
		}
	}
	if ack {
		p.Flags |= capture.ACK
	}
	p.Src, p.Dst = ends[dir], ends[1-dir]
	p.PayloadLen = len(p.Payload) + cut
	p.Nano = x.nano
	end := p.Seq + uint32(p.PayloadLen)
	if p.Flags&(capture.SYN|capture.FIN) != 0 {
		end++
	}
	if !raw && (!x.known[dir] || int32(end-x.next[dir]) > 0 || p.Flags&capture.SYN != 0) {
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

// calls is a handler that writes down what it is told and fails the test when
// a promise of [Handler] is broken.
type calls struct {
	t     failer
	lines []string
	quiet bool // only check
	live  map[*Conn]*told
	data  map[int64]*[2][]byte // delivered bytes by connection, gaps as zeros
	keep  bool

	captured int64 // payload of closed connections
}

// failer is a test, or one of package rapid.
type failer interface {
	Fatalf(format string, args ...any)
}

// told is what was said of a connection so far.
type told struct {
	id    int64
	next  [2]int64
	gap   [2]int64
	bytes [2]int64
	ended [2]bool
}

func newCalls(t failer) *calls {
	return &calls{t: t, live: map[*Conn]*told{}, data: map[int64]*[2][]byte{}}
}

func (h *calls) add(format string, args ...any) {
	if !h.quiet {
		h.lines = append(h.lines, fmt.Sprintf(format, args...))
	}
}

// arrow is the direction as the trace writes it.
func arrow(c *Conn, dir int) string {
	if c.Ends[dir].Port() == server.Port() {
		return "<"
	}
	return ">"
}

func (h *calls) of(c *Conn, what string) *told {
	x := h.live[c]
	if x == nil || x.id != c.ID {
		h.t.Fatalf("%s for connection %d, which is not open", what, c.ID)
	}
	return x
}

func (h *calls) Opened(c *Conn) {
	if h.live[c] != nil {
		h.t.Fatalf("connection %d opened in memory that is in use", c.ID)
	}
	h.live[c] = &told{id: c.ID}
	h.add("open %d", c.ID)
}

func (h *calls) Data(c *Conn, k *Chunk) {
	x := h.of(c, "data")
	switch {
	case x.ended[k.Dir]:
		h.t.Fatalf("connection %d: data after the end of direction %d", c.ID, k.Dir)
	case (k.Gap > 0) == (len(k.Bytes) > 0):
		h.t.Fatalf("connection %d: a chunk with a gap of %d and %d bytes", c.ID, k.Gap, len(k.Bytes))
	case k.Offset != x.next[k.Dir]+k.Gap:
		h.t.Fatalf("connection %d: a chunk at %d, expected at %d", c.ID, k.Offset, x.next[k.Dir]+k.Gap)
	}
	if k.Gap > 0 {
		h.add("%s %d gap %d", arrow(c, k.Dir), k.Offset-k.Gap, k.Gap)
	} else {
		h.add("%s %d %q", arrow(c, k.Dir), k.Offset, k.Bytes)
	}
	x.next[k.Dir] = k.Offset + int64(len(k.Bytes))
	x.gap[k.Dir] += k.Gap
	x.bytes[k.Dir] += int64(len(k.Bytes))
	if h.keep {
		d := h.data[c.ID]
		if d == nil {
			d = new([2][]byte)
			h.data[c.ID] = d
		}
		d[k.Dir] = append(append(d[k.Dir], make([]byte, k.Gap)...), k.Bytes...)
	}
}

func (h *calls) Noted(c *Conn, n Note) {
	h.of(c, n.Kind.String())
	if n.Kind == NoteGap {
		return // the chunk says it
	}
	h.add("%s %d %s %d", arrow(c, n.Dir), n.Offset, n.Kind, n.Bytes)
}

func (h *calls) Ended(c *Conn, dir int, how EndKind, _ Stamp) {
	x := h.of(c, "end")
	if x.ended[dir] {
		h.t.Fatalf("connection %d: direction %d ended twice", c.ID, dir)
	}
	x.ended[dir] = true
	h.add("%s %d %s", arrow(c, dir), x.next[dir], [...]string{"FIN", "RST", "unfinished"}[how])
}

func (h *calls) Closed(c *Conn) {
	x := h.of(c, "close")
	delete(h.live, c)
	for dir, st := range c.Stats {
		h.captured += st.Captured
		switch {
		case !x.ended[dir]:
			h.t.Fatalf("connection %d: closed before direction %d ended", c.ID, dir)
		case st.Captured != st.Delivered+st.Retransmitted+st.Ignored:
			h.t.Fatalf("connection %d: direction %d does not add up: %+v", c.ID, dir, st)
		case st.Delivered != x.bytes[dir] || st.Gap != x.gap[dir]:
			h.t.Fatalf("connection %d: direction %d had %d bytes, %d missing, but: %+v", c.ID, dir, x.bytes[dir], x.gap[dir], st)
		case st.Cut > st.Gap:
			h.t.Fatalf("connection %d: direction %d: more cut than missing: %+v", c.ID, dir, st)
		}
	}
	by := ""
	if c.ClosedBy >= 0 {
		by = " by " + arrow(c, c.ClosedBy)
	}
	h.add("close %d %s%s", c.ID, c.State, by)
}

// done checks what must hold after Flush.
func (h *calls) done(a *Assembler) {
	if len(h.live) > 0 || a.OpenConnections() != 0 {
		h.t.Fatalf("%d connections (the assembler says %d) are open after Flush", len(h.live), a.OpenConnections())
	}
	if a.buffered != 0 || a.idle.first != nil || a.idle.newest != nil || len(a.lingerer) != 0 {
		h.t.Fatalf("after Flush %d bytes are buffered, or a connection is listed", a.buffered)
	}
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
