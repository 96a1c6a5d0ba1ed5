package lesson

import (
	"slices"
	"time"

	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// Parallel is how many connections browsers open to one server.
const Parallel = 6

// Model is what the same requests would have cost in other ways, computed from
// what was measured.
type Model struct {
	Exchanges int           `json:"exchanges"` // that are part of it: whole ones with their times
	Left      int           `json:"left_out"`  // without a whole response, or without times
	RTT       time.Duration `json:"rtt_ns"`    // median of those measured
	Measured  int           `json:"rtts_measured"`
	Think     time.Duration `json:"think_ns"`    // of the server, for all exchanges
	Transfer  time.Duration `json:"transfer_ns"` // of requests and responses

	Strategies []Strategy `json:"strategies"` // empty when the model has nothing to compute with
}

// Strategy is one way to send the requests. Packets are those that TCP cannot do
// without: three for set-up and two FINs for each connection, and the packets
// with data as captured on the connections of these exchanges. Acknowledgments alone depend on timers of both ends.
type Strategy struct {
	Name        texts.Phrase  `json:"name"` // its key is one of those below
	Connections int           `json:"connections"`
	Setup       int           `json:"setup_packets"`
	Data        int           `json:"data_packets"`
	Fins        int           `json:"fin_packets"`
	Headers     int64         `json:"header_bytes"` // of these packets, about: by the mean of the captured ones
	Trips       int           `json:"round_trips"`  // one after the other, on the connection that takes most
	Elapsed     time.Duration `json:"elapsed_ns"`
}

// Packets are those that TCP cannot do without.
func (s *Strategy) Packets() int { return s.Setup + s.Data + s.Fins }

// Names of strategies, as keys of phrases.
const (
	EachItsOwn = "lesson.price.each"
	InParallel = "lesson.price.parallel"
	Persistent = "lesson.price.persistent"
)

// work is the time of one exchange beside its round trip.
type work struct{ think, transfer time.Duration }

// modelled computes the model from the exchanges and their connections.
func (p *Price) modelled(list []*trace.Exchange) Model {
	var m Model
	m.rtt(p.Connections)
	trips := map[int64]Trip{}
	for i := range p.Connections {
		trips[p.Connections[i].Connection] = p.Connections[i].RTT
	}
	var all []work
	on := map[int64]bool{}
	for _, x := range list {
		w, ok := workOf(x, trips[x.Conn.ID])
		if !ok {
			m.Left++
			continue
		}
		on[x.Conn.ID] = true
		all = append(all, w)
		m.Think += w.think
		m.Transfer += w.transfer
	}
	m.Exchanges = len(all)
	if m.Measured == 0 || len(all) == 0 {
		return m
	}
	data := p.dataOf(on)
	for _, s := range []struct {
		name string
		n    int
		each bool
	}{{EachItsOwn, len(all), true}, {InParallel, min(Parallel, len(all)), false}, {Persistent, 1, false}} {
		y := m.strategy(all, s.n, s.each)
		y.Name, y.Data = texts.Say(s.name), data
		y.Headers = p.headers(y)
		m.Strategies = append(m.Strategies, y)
	}
	return m
}

// dataOf counts the packets with data on some connections.
func (p *Price) dataOf(on map[int64]bool) int {
	n := int64(0)
	for i := range p.Connections {
		if on[p.Connections[i].Connection] {
			n += p.Connections[i].Data.Packets
		}
	}
	return int(n)
}

// rtt takes the median of the round trips that were measured.
func (m *Model) rtt(list []ConnectionPrice) {
	var known []time.Duration
	for i := range list {
		if list[i].RTT.Known {
			known = append(known, list[i].RTT.Whole())
		}
	}
	slices.Sort(known)
	if m.Measured = len(known); m.Measured > 0 {
		m.RTT = known[(len(known)-1)/2]
	}
}

// workOf splits the time of an exchange: the response's first byte comes a
// round trip between capture and server, and the server's thinking, after the
// request's last.
func workOf(x *trace.Exchange, t Trip) (work, bool) {
	m := response(x)
	if x.Request == nil || m == nil || !m.Complete || x.Request.First.Nano == 0 || m.Last.Nano == 0 {
		return work{}, false
	}
	wait, receive := x.Timing()
	send := time.Duration(x.Request.Last.Nano - x.Request.First.Nano)
	return work{max(0, wait-t.Server), max(0, send) + max(0, receive)}, true
}

// strategy deals the requests out to n connections, in their order and evenly.
// When each has its own, they follow one another as with HTTP/1.0: the next
// connection is opened when the answer before is there.
func (m *Model) strategy(all []work, n int, each bool) Strategy {
	s := Strategy{Connections: n, Setup: 3 * n, Fins: 2 * n}
	busy, requests := make([]time.Duration, n), make([]int, n)
	for i, w := range all {
		busy[i%n] += m.RTT + w.think + w.transfer
		requests[i%n]++
	}
	for i := range n {
		if each {
			s.Elapsed += m.RTT + busy[i]
			s.Trips += 1 + requests[i]
			continue
		}
		s.Elapsed = max(s.Elapsed, m.RTT+busy[i])
		s.Trips = max(s.Trips, 1+requests[i])
	}
	return s
}

// headers estimates the bytes of headers by the mean of the captured packets.
func (p *Price) headers(s Strategy) int64 {
	return mean(p.Total.Setup)*int64(s.Setup) + mean(p.Total.Data)*int64(s.Data) + mean(p.Total.Teardown)*int64(s.Fins)
}

func mean(s Share) int64 {
	if s.Packets == 0 {
		return 0
	}
	return (s.Headers + s.Packets/2) / s.Packets
}
