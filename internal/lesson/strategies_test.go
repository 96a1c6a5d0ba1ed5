package lesson_test

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"httpscope/internal/lesson"
	"httpscope/internal/synth"
	"httpscope/internal/tcp"
	"httpscope/internal/texts"
)

var recordPackets = flag.Bool("record", false,
	"run the strategies with tcpdump on the loopback and write testdata/price-*.pcap anew; as root")

// Objects that are served, and the times that everything takes.
const (
	objects = 12
	halfway = 4 * time.Millisecond // from one end to the other
	think   = 10 * time.Millisecond
)

// strategies are the three ways, by their names in the lesson.
var strategies = []string{lesson.EachItsOwn, lesson.InParallel, lesson.Persistent}

// serveObjects answers requests on raw sockets, each after its time to think,
// until the listener is closed.
func serveObjects(l net.Listener) {
	for {
		c, err := l.Accept()
		if err != nil {
			return
		}
		go func() {
			defer c.Close()
			r := bufio.NewReader(c)
			for {
				line, err := r.ReadString('\n')
				if err != nil {
					return
				}
				for rest := line; rest != "\r\n"; {
					if rest, err = r.ReadString('\n'); err != nil {
						return
					}
				}
				time.Sleep(think)
				body := strings.Repeat("x", 200)
				if _, err := fmt.Fprintf(c, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s", len(body),
					body); err != nil {
					return
				}
			}
		}()
	}
}

// happened is something that a client saw on its end of the link.
type happened struct {
	at   time.Time
	what string // syn, syn-ack, request, response, fin
	text string
}

// visitor is a connection of a client, with a link that takes its time.
type visitor struct {
	t      *testing.T
	conn   net.Conn
	r      *bufio.Reader
	half   time.Duration
	events []happened
}

func (v *visitor) note(what, text string) {
	v.events = append(v.events, happened{time.Now(), what, text})
}

func visit(t *testing.T, address string, half time.Duration) *visitor {
	v := &visitor{t: t, half: half}
	v.note("syn", "")
	time.Sleep(half)
	c, err := net.Dial("tcp", address)
	if err != nil {
		t.Error(err)
		return v
	}
	time.Sleep(half)
	v.conn, v.r = c, bufio.NewReader(c)
	v.note("syn-ack", "")
	return v
}

// ask gets one object.
func (v *visitor) ask(n int) {
	if v.conn == nil {
		return
	}
	request := fmt.Sprintf("GET /object/%d HTTP/1.1\r\nHost: x\r\n\r\n", n)
	v.note("request", request)
	time.Sleep(v.half)
	if _, err := io.WriteString(v.conn, request); err != nil {
		v.t.Error(err)
	}
	var b strings.Builder
	length := 0
	for line := ""; line != "\r\n"; {
		var err error
		if line, err = v.r.ReadString('\n'); err != nil {
			v.t.Error(err)
			return
		}
		if value, ok := strings.CutPrefix(line, "Content-Length: "); ok {
			length, _ = strconv.Atoi(strings.TrimSpace(value))
		}
		b.WriteString(line)
	}
	body := make([]byte, length)
	if _, err := io.ReadFull(v.r, body); err != nil {
		v.t.Error(err)
	}
	b.Write(body)
	time.Sleep(v.half)
	v.note("response", b.String())
}

func (v *visitor) leave() {
	if v.conn == nil {
		return
	}
	v.note("fin", "")
	v.conn.Close()
}

// run gets all objects in one of the three ways.
func run(t *testing.T, address, strategy string, half time.Duration) []*visitor {
	var all []*visitor
	switch strategy {
	case lesson.EachItsOwn:
		for n := range objects {
			v := visit(t, address, half)
			v.ask(n)
			v.leave()
			all = append(all, v)
		}
	case lesson.Persistent:
		v := visit(t, address, half)
		for n := range objects {
			v.ask(n)
		}
		v.leave()
		all = append(all, v)
	case lesson.InParallel:
		all = make([]*visitor, lesson.Parallel)
		var wait sync.WaitGroup
		for i := range all {
			wait.Go(func() {
				all[i] = visit(t, address, half)
				for n := i; n < objects; n += lesson.Parallel {
					all[i].ask(n)
				}
				all[i].leave()
			})
		}
		wait.Wait()
	}
	return all
}

// captured writes what clients saw as a capture at their end: the times are
// measured, the packets are those that TCP makes of it.
func captured(t *testing.T, all []*visitor) recorded {
	var b bytes.Buffer
	c := synth.NewCapture(&b, start)
	c.Step = 0
	conns := make([]*synth.Conn, len(all))
	for i := range all {
		conns[i] = c.Conn(netip.AddrPortFrom(netip.MustParseAddr("10.0.0.2"), uint16(40001+i)),
			netip.MustParseAddrPort("10.0.0.1:80"), [2]uint32{1000, 2000})
	}
	at := make([]int, len(all))
	for {
		i := earliest(all, at)
		if i < 0 {
			return recordBytes(t, b.Bytes())
		}
		e := all[i].events[at[i]]
		at[i]++
		c.Now = e.at
		write(conns[i], e)
	}
}

// earliest is the client whose next event comes first, -1 when all are over.
func earliest(all []*visitor, at []int) int {
	best := -1
	for i, v := range all {
		if at[i] < len(v.events) && (best < 0 || v.events[at[i]].at.Before(all[best].events[at[best]].at)) {
			best = i
		}
	}
	return best
}

func write(x *synth.Conn, e happened) {
	switch e.what {
	case "syn":
		x.Segment(0, tcp.SYN, nil)
		x.Seq[0]++
	case "syn-ack":
		x.Segment(1, tcp.SYN|tcp.ACK, nil)
		x.Seq[1]++
		x.Segment(0, tcp.ACK, nil)
	case "request":
		x.Send(0, []byte(e.text))
	case "response":
		x.Send(1, []byte(e.text))
	case "fin":
		x.Close(0)
	}
}

// cost is what was counted in a capture, in the words of the model.
type cost struct{ connections, setup, data, fins, trips int }

// counted is the cost of a strategy as captured.
func counted(r recorded, strategy string) cost {
	p := lesson.Kinds[0].Make(texts.English, r, lesson.Everything).(*lesson.Price)
	c := cost{connections: len(p.Connections), setup: int(p.Total.Setup.Packets), data: int(p.Total.Data.Packets)}
	for i := range p.Connections {
		k := &p.Connections[i]
		for _, g := range r.Tape(k.Connection).Segments {
			c.fins += int(g.Flags & tcp.FIN)
		}
		if strategy == lesson.EachItsOwn {
			c.trips += k.Trips
		} else {
			c.trips = max(c.trips, k.Trips)
		}
	}
	return c
}

// elapsed is the time from the first packet to the last byte of a response.
func elapsed(r recorded) time.Duration {
	last := int64(0)
	for _, x := range r.Recording.Exchanges {
		last = max(last, x.Response.Last.Nano)
	}
	return time.Duration(last - r.Recording.Begin)
}

// predicted is the model of the same requests.
func predicted(r recorded) []lesson.Strategy {
	return lesson.Kinds[0].Make(texts.English, r, lesson.Everything).(*lesson.Price).Model.Strategies
}

// compare holds what the model predicts from the first capture against what was
// counted in all three. Times are told, and not judged.
func compare(t *testing.T, runs map[string]recorded) {
	t.Helper()
	list := predicted(runs[lesson.EachItsOwn])
	if len(list) != len(strategies) {
		t.Fatalf("%d strategies are predicted", len(list))
	}
	for i, name := range strategies {
		y := list[i]
		want := counted(runs[name], name)
		if got := (cost{y.Connections, y.Setup, y.Data, y.Fins, y.Trips}); y.Name.Key != name || got != want {
			t.Errorf("%s: predicted %+v of %q, counted %+v", name, got, y.Name, want)
		}
		t.Logf("%-22s packets %3d, round trips %2d; predicted %v, measured %v", name, y.Packets(), y.Trips,
			y.Elapsed.Round(100*time.Microsecond), elapsed(runs[name]).Round(100*time.Microsecond))
	}
}

// TestModelAgainstReality gets objects from a server on raw sockets in all
// three ways over the loopback, on a link that takes its time, and compares
// with the prediction from the first way alone.
func TestModelAgainstReality(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go serveObjects(l)
	runs := map[string]recorded{}
	for _, name := range strategies {
		runs[name] = captured(t, run(t, l.Addr().String(), name, halfway))
	}
	compare(t, runs)
}

// packetFile is the capture of a strategy with the kernel's own packets.
func packetFile(strategy string) string {
	return filepath.Join("testdata", "price-"+strings.ReplaceAll(texts.Say(strategy).String(), " ", "-")+".pcap")
}

// TestModelAgainstPackets compares with captures of the same runs that tcpdump
// made of the kernel's packets.
func TestModelAgainstPackets(t *testing.T) {
	runs := map[string]recorded{}
	for _, name := range strategies {
		if *recordPackets {
			tcpdump(t, name)
		}
		data, err := os.ReadFile(packetFile(name))
		if err != nil {
			t.Fatal(err)
		}
		runs[name] = recordBytes(t, data)
	}
	compare(t, runs)
}

// tcpdump records a strategy on the loopback.
func tcpdump(t *testing.T, name string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	go serveObjects(l)
	_, port, _ := net.SplitHostPort(l.Addr().String())
	cmd := exec.Command("tcpdump", "-i", "lo", "-U", "-B", "8192", "-s", "0", "-w", packetFile(name), "tcp port "+port)
	says, err := cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(says)
	for lines.Scan() && !strings.Contains(lines.Text(), "listening on") {
	}
	const settle = 2 * time.Second // tcpdump says that it listens before it does, and writes late
	time.Sleep(settle)
	run(t, l.Addr().String(), name, 0)
	time.Sleep(settle)
	if err := cmd.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	go io.Copy(io.Discard, says)
	_ = cmd.Wait()
}

// TestSharesAddUp: the packets and bytes of a price are those of the capture.
func TestSharesAddUp(t *testing.T) {
	for _, name := range samples(t) {
		r := record(t, name)
		p := lesson.Kinds[0].Make(texts.English, r, lesson.Everything).(*lesson.Price)
		var packets, payload, wire int64
		for _, q := range r.Packets {
			if q.Skip == "" && q.Conn >= 0 {
				packets, payload, wire = packets+1, payload+int64(q.Segment.Len), wire+int64(q.WireLen)
			}
		}
		sum := p.Total.Sum()
		if sum.Packets != packets || sum.Payload != payload || sum.Payload+sum.Headers != wire || !p.Sized {
			t.Errorf("%s: %d packets, %d of payload, %d on the wire; the price adds up to %+v", name, packets,
				payload, wire, sum)
		}
		var total lesson.Cost
		for i := range p.Connections {
			for _, pair := range [][2]*lesson.Share{{&total.Setup, &p.Connections[i].Setup},
				{&total.Data, &p.Connections[i].Data}, {&total.Acks, &p.Connections[i].Acks},
				{&total.Teardown, &p.Connections[i].Teardown}} {
				pair[0].Packets += pair[1].Packets
				pair[0].Payload += pair[1].Payload
				pair[0].Headers += pair[1].Headers
			}
		}
		if total.Sum() != sum {
			t.Errorf("%s: the connections add up to %+v, the total says %+v", name, total.Sum(), sum)
		}
	}
}

// TestRoundTripNeedsOneSYN: with a SYN that was sent twice, which one was
// answered is not known.
func TestRoundTripNeedsOneSYN(t *testing.T) {
	for _, c := range []struct {
		syns  int
		known bool
	}{{1, true}, {2, false}} {
		var b bytes.Buffer
		s := synth.NewCapture(&b, start)
		s.Step = 10 * time.Millisecond
		x := s.Conn(netip.MustParseAddrPort("10.0.0.2:40001"), netip.MustParseAddrPort("10.0.0.1:80"),
			[2]uint32{1000, 2000})
		for range c.syns {
			x.Segment(0, tcp.SYN, nil)
		}
		x.Seq[0]++
		x.Segment(1, tcp.SYN|tcp.ACK, nil)
		x.Seq[1]++
		x.Segment(0, tcp.ACK, nil)
		x.Send(0, []byte(get))
		p := lesson.Kinds[0].Make(texts.English, recordBytes(t, b.Bytes()), lesson.Everything).(*lesson.Price)
		rtt := p.Connections[0].RTT
		if rtt.Known != c.known || c.known && (rtt.Server != 10*time.Millisecond || rtt.Client != 10*time.Millisecond) {
			t.Errorf("%d SYNs: %+v", c.syns, rtt)
		}
	}
}
