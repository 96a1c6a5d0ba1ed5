// Package effect judges filters by what they select, not by how they are
// written: on the packets of a capture, and on traffic that is made to tell two
// filters apart.
//
// It compiles no filters itself and knows no course: package filter and package
// pcapfilter have the languages, package coursework says what a filter is worth.
package effect

import (
	"golang.org/x/net/bpf"

	"httpscope/capture/pcapfilter"
	"httpscope/internal/filter"
	"httpscope/internal/recording"
	"httpscope/internal/trace"
)

// Traffic is the packets of a capture as rows that filters are asked about.
type Traffic struct {
	Recording *recording.Recording
	rows      []filter.Subject // by packet
	messages  []filter.Subject
}

// Of makes the rows of a recording: each packet with the messages that end in
// it, as Wireshark lists them.
func Of(r *recording.Recording) *Traffic {
	t := &Traffic{Recording: r, rows: make([]filter.Subject, len(r.Packets))}
	for i, p := range r.Packets {
		t.rows[i] = filter.Subject{P: p, Conn: r.Connection(p.Conn), Begin: r.Begin}
	}
	for _, x := range r.Exchanges {
		for m := range x.Messages() {
			t.messages = append(t.messages, filter.Subject{X: x, M: m, Begin: r.Begin})
			if n := filter.Ended(m).Packet; n >= 1 && n <= int64(len(t.rows)) {
				t.rows[n-1].With = append(t.rows[n-1].With, filter.Subject{X: x, M: m})
			}
		}
	}
	return t
}

// Packets are the numbers of the packets that a filter selects. The filter must
// be one of packets.
func (t *Traffic) Packets(f *filter.Filter) []int64 {
	var out []int64
	for i := range t.rows {
		if f.Match(&t.rows[i]) {
			out = append(out, t.rows[i].P.Number)
		}
	}
	return out
}

// Row is a packet as filters see it, with the messages that end in it; nil when
// there is no such packet.
func (t *Traffic) Row(packet int64) *filter.Subject {
	if packet < 1 || packet > int64(len(t.rows)) {
		return nil
	}
	return &t.rows[packet-1]
}

// Messages are the messages that a filter selects, in the order of exchanges.
func (t *Traffic) Messages(f *filter.Filter) []filter.Subject {
	var out []filter.Subject
	for i := range t.messages {
		if f.Match(&t.messages[i]) {
			out = append(out, t.messages[i])
		}
	}
	return out
}

// Exchanges are the exchanges that a filter selects.
func (t *Traffic) Exchanges(f *filter.Filter) []*trace.Exchange {
	var out []*trace.Exchange
	for _, x := range t.Recording.Exchanges {
		if f.Match(&filter.Subject{X: x, Begin: t.Recording.Begin}) {
			out = append(out, x)
		}
	}
	return out
}

// Connections are the connections of which a filter selects a packet.
func (t *Traffic) Connections(f *filter.Filter) []*trace.Connection {
	selected := make([]bool, len(t.Recording.Connections))
	for i := range t.rows {
		if id := t.rows[i].P.Conn; id >= 0 && !selected[id] && f.Match(&t.rows[i]) {
			selected[id] = true
		}
	}
	var out []*trace.Connection
	for id, is := range selected {
		if is {
			out = append(out, t.Recording.Connections[id])
		}
	}
	return out
}

// CapturePackets are the numbers of the packets that a capture filter lets
// through. It sees Ethernet frames whole, and of other links the IP packet. The
// error is a [*pcapfilter.Error] where the expression is wrong.
func (t *Traffic) CapturePackets(expr string) ([]int64, error) {
	onFrame, err := machine(expr, pcapfilter.Ethernet)
	if err != nil {
		return nil, err
	}
	onIP, err := machine(expr, pcapfilter.Raw)
	if err != nil {
		return nil, err
	}
	var out []int64
	for _, p := range t.Recording.Packets {
		vm, bytes := onFrame, p.Frame
		if p.Link != "ethernet" {
			vm, bytes = onIP, p.IP
		}
		if n, err := vm.Run(bytes); err == nil && n > 0 {
			out = append(out, p.Number)
		}
	}
	return out, nil
}

func machine(expr string, link pcapfilter.Link) (*bpf.VM, error) {
	const whole = 1 << 18
	program, err := pcapfilter.Compile(expr, link, whole)
	if err != nil {
		return nil, err
	}
	return bpf.NewVM(program)
}
