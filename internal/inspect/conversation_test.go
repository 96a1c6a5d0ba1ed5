package inspect

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"httpscope/capture"
	"httpscope/internal/tcp"
	"httpscope/internal/trace"
)

// A simulated conversation: two TCP ends that send, receive and acknowledge, and
// HTTP on them whose responses name the request that they answer. It knows nothing
// of the program. What a capture shows of it is its packets, some of them
// dropped, and none more than 8 places from where it was.
type simulation struct {
	rng     *rand.Rand
	packets []simulated
	sent    [2]int // stream bytes sent, by end: 0 client, 1 server
	got     [2]int // stream bytes of the other side that an end has received
	spans   []exchangeSpan
	rounds  int
}

// simulated is a packet, and the stream bytes that it carries.
type simulated struct {
	dir, from int
	ack       int
	flags     tcp.Flags
	data      []byte
}

// exchangeSpan is where an exchange's bytes are, and which exchanges were sent together.
type exchangeSpan struct {
	request, response [2]int
	round, burst      int
}

const mss = 300

// send sends stream bytes of a side in segments, which the other side acknowledges now and then.
func (s *simulation) send(dir int, data string) [2]int {
	from := s.sent[dir]
	for len(data) > 0 {
		n := min(len(data), 1+s.rng.IntN(mss))
		if s.rng.IntN(3) > 0 {
			n = min(len(data), mss)
		}
		s.segment(dir, s.sent[dir], data[:n])
		s.sent[dir] += n
		data = data[n:]
		if s.rng.IntN(3) == 0 {
			s.receive(1-dir, true)
		}
	}
	return [2]int{from, s.sent[dir]}
}

// segment adds a packet, and now and then the same once more, a little later.
func (s *simulation) segment(dir, from int, data string) {
	s.packets = append(s.packets, simulated{dir, from, s.got[dir], tcp.ACK | tcp.PSH, []byte(data)})
	if s.rng.IntN(30) == 0 {
		again := s.packets[len(s.packets)-1]
		again.ack = s.got[dir]
		s.packets = append(s.packets, again)
	}
}

// receive lets an end take what the other has sent, and acknowledge it alone if it is to.
func (s *simulation) receive(end int, alone bool) {
	s.got[end] = s.sent[1-end]
	if alone {
		s.packets = append(s.packets, simulated{end, s.sent[end], s.got[end], tcp.ACK, nil})
	}
}

// round sends some requests at once, and then their responses.
func (s *simulation) round(burst int) {
	first, waits := len(s.spans), false
	s.rounds++
	for range burst {
		id := len(s.spans)
		text, expects := s.request(id, burst == 1)
		waits = waits || expects
		s.spans = append(s.spans, exchangeSpan{request: s.send(0, text), round: s.rounds, burst: burst})
	}
	s.receive(1, s.rng.IntN(2) == 0)
	if waits {
		s.send(1, "HTTP/1.1 100 Continue\r\n\r\n")
		s.receive(0, s.rng.IntN(2) == 0)
		body := s.send(0, strings.Repeat("b", 20))
		s.spans[first].request[1] = body[1]
		s.receive(1, s.rng.IntN(2) == 0)
	}
	for id := first; id < len(s.spans); id++ {
		s.spans[id].response = s.send(1, s.response(id))
	}
	s.receive(0, s.rng.IntN(2) == 0)
}

// request is the text of a request; it may wait for 100 Continue before its body.
func (s *simulation) request(id int, alone bool) (text string, expects bool) {
	padding := strings.Repeat("p", s.rng.IntN(40))
	head := fmt.Sprintf(" /%d HTTP/1.1\r\nHost: a\r\nX-Padding: %s\r\n", id, padding)
	switch n := s.rng.IntN(8); {
	case n == 0 && alone:
		return "POST" + head + "Expect: 100-continue\r\nContent-Length: 20\r\n\r\n", true
	case n <= 2:
		body := strings.Repeat("q", s.rng.IntN(700))
		return "POST" + head + fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body), false
	}
	return "GET" + head + "\r\n", false
}

// response is the text of the response to a request, which it names.
func (s *simulation) response(id int) string {
	head := fmt.Sprintf("HTTP/1.1 200 OK\r\nX-Answers: /%d\r\n", id)
	body := strings.Repeat("r", s.rng.IntN(900))
	if s.rng.IntN(3) > 0 {
		return head + fmt.Sprintf("Content-Length: %d\r\n\r\n%s", len(body), body)
	}
	text := head + "Transfer-Encoding: chunked\r\n\r\n"
	for len(body) > 0 {
		n := min(len(body), 1+s.rng.IntN(400))
		text += fmt.Sprintf("%x\r\n%s\r\n", n, body[:n])
		body = body[n:]
	}
	return text + "0\r\n\r\n"
}

// simulate makes a conversation of a few rounds, from the handshake to both FINs.
func simulate(rng *rand.Rand) *simulation {
	s := &simulation{rng: rng}
	s.packets = append(s.packets, simulated{0, -1, -1, tcp.SYN, nil}, simulated{1, -1, 0, tcp.SYN | tcp.ACK, nil},
		simulated{0, 0, 0, tcp.ACK, nil})
	for range 1 + rng.IntN(8) {
		burst := 1
		if rng.IntN(6) == 0 {
			burst = 2 + rng.IntN(3)
		}
		s.round(burst)
	}
	s.packets = append(s.packets, simulated{1, s.sent[1], s.got[1], tcp.FIN | tcp.ACK, nil})
	s.packets = append(s.packets, simulated{0, s.sent[0], s.sent[1] + 1, tcp.FIN | tcp.ACK, nil})
	s.packets = append(s.packets, simulated{1, s.sent[1] + 1, s.sent[0] + 1, tcp.ACK, nil})
	return s
}

// captured drops packets, and moves others by up to 8 places. It returns what
// remains of each stream.
func (s *simulation) captured(loss float64, moves bool) (order []simulated, seen [2][]bool) {
	seen = [2][]bool{make([]bool, s.sent[0]), make([]bool, s.sent[1])}
	type moved struct {
		simulated
		at int
	}
	var all []moved
	for i, p := range s.packets {
		if s.rng.Float64() < loss {
			continue
		}
		if moves {
			i += s.rng.IntN(9)
		}
		all = append(all, moved{p, i})
		for at := range p.data {
			seen[p.dir][p.from+at] = true
		}
	}
	slices.SortStableFunc(all, func(a, b moved) int { return cmp.Compare(a.at, b.at) })
	for _, m := range all {
		order = append(order, m.simulated)
	}
	return order, seen
}

var simulatedEnds = [2]netip.AddrPort{netip.MustParseAddrPort("192.0.2.1:40000"),
	netip.MustParseAddrPort("192.0.2.2:80")}

// packet makes the captured packet.
func (p *simulated) packet(number int64, isn [2]uint32) *capture.Packet {
	q := &capture.Packet{Number: number, Nano: 1e18 + number*1e6, Src: simulatedEnds[p.dir],
		Dst: simulatedEnds[1-p.dir],
		Seq: isn[p.dir] + 1 + uint32(p.from), Flags: p.flags, Window: 60000, Payload: p.data, PayloadLen: len(p.data)}
	if p.flags&tcp.ACK != 0 {
		q.Ack = isn[1-p.dir] + 1 + uint32(p.ack)
	}
	return q
}

// whole reports that every byte of a span was captured.
func whole(seen []bool, span [2]int) bool { return !slices.Contains(seen[span[0]:span[1]], false) }

// paired plays a capture and returns the exchanges that have both messages, by the request's number.
func paired(t *testing.T, order []simulated, isn [2]uint32) map[int]bool {
	sink := &exchangeList{}
	e := New(Options{}, sink)
	for i := range order {
		e.Packet(order[i].packet(int64(i+1), isn))
	}
	e.Finish()
	found := map[int]bool{}
	for _, x := range sink.list {
		if x.Request == nil || x.Response == nil || x.Response.Head == nil {
			continue
		}
		answers, ok := x.Response.Head.Get("X-Answers")
		if ok && x.Response.Head.Complete && x.Request.Head.Complete && answers != x.Request.Head.Target {
			t.Errorf("the request for %s is paired with the response to %s", x.Request.Head.Target, answers)
		}
		id, _ := strconv.Atoi(strings.TrimPrefix(x.Request.Head.Target, "/"))
		found[id] = true
	}
	return found
}

// exchangeList is a sink that keeps exchanges.
type exchangeList struct{ list []*trace.Exchange }

func (l *exchangeList) Exchange(x *trace.Exchange)   { l.list = append(l.list, x) }
func (l *exchangeList) Connection(*trace.Connection) {}

// TestPairing: whatever is dropped and wherever packets are moved, no exchange is
// paired with a response that does not answer it, and none is left without its response whose
// packets, and those of the exchanges sent with it, were all captured. The number of
// conversations is 2000, or HTTPSCOPE_CONVERSATIONS.
func TestPairing(t *testing.T) {
	n := 2000
	if s := os.Getenv("HTTPSCOPE_CONVERSATIONS"); s != "" {
		n, _ = strconv.Atoi(s)
	}
	exchanges, complete, pairs, unexplained := 0, 0, 0, 0
	for seed := range n {
		rng := rand.New(rand.NewPCG(uint64(seed), 7))
		s := simulate(rng)
		isn := [2]uint32{rng.Uint32(), rng.Uint32()}
		order, seen := s.captured([]float64{0, 0.01, 0.05, 0.2}[seed%4], seed%8 < 6)
		found := paired(t, order, isn)
		exchanges += len(s.spans)
		pairs += len(found)
		for id, x := range s.spans {
			if !s.explained(id, seen, opened(order)) {
				complete++
				if !found[id] {
					unexplained++
					t.Errorf("seed %d: exchange %d, of %d in a burst, was captured whole and is not paired", seed, id,
						x.burst)
				}
			}
		}
		if t.Failed() {
			s.report(t, seed, order)
			return
		}
	}
	t.Logf("%d conversations, %d exchanges, %d of them whole; %d paired, %d unpaired beyond what the drops explain",
		n, exchanges, complete, pairs, unexplained)
}

// explained reports an exchange that may be unpaired: bytes of it, or of one that was
// sent with it, were dropped; or requests just before it, and messages just after it, so that
// nothing tells whether a response answers it or its neighbour.
func (s *simulation) explained(id int, seen [2][]bool, opened bool) bool {
	round := s.spans[id].round
	before := round == 1 && !opened
	after := round == s.rounds
	for _, x := range s.spans {
		request, response := whole(seen[0], x.request), whole(seen[1], x.response)
		switch x.round {
		case round:
			if !request || !response {
				return true
			}
		case round - 1:
			before = before || !request
		case round + 1:
			after = after || !request || !response
		}
	}
	return before && after
}

// opened reports that a capture has one of the two SYN.
func opened(order []simulated) bool {
	return slices.ContainsFunc(order, func(p simulated) bool { return p.flags&tcp.SYN != 0 })
}

// report writes a capture as a trace.
func (s *simulation) report(t *testing.T, seed int, order []simulated) {
	t.Logf("seed %d", seed)
	for i, p := range order {
		t.Logf("%3d %c %d+%d ack %d flags %02x %.60q", i+1, "><"[p.dir], p.from, len(p.data), p.ack, p.flags, p.data)
	}
}
