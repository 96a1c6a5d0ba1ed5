package inspect

import (
	"slices"

	"httpscope/capture"
)

// Limits of what is put in order of time. Files that were merged, or written by
// several queues, are out of order by milliseconds; a clock that was set back, or captures
// one after the other in a file, are by more, and stand in the right order.
const (
	orderPackets = 512     // that a packet may have to wait for
	orderBytes   = 2 << 20 // payload and headers of those that wait
	orderNano    = 10e9    // how far back a time may go: the same as where a file looks ahead
)

// orderer hands packets on in the order of their times, as far as a few hundred
// packets can show it. It copies those that others may have to go before.
type orderer struct {
	waiting []*capture.Packet // by time; what goes next is first
	bytes   int
	spare   []*capture.Packet
	give    func(p *capture.Packet)
	skipped func(p *capture.Packet) // stands before one in the file that is given first
	late    int64                   // packets that were moved
}

// takes reports whether it has taken the next packet of the file. Where the file is in
// order it takes none, so that nothing is copied.
func (o *orderer) takes(p *capture.Packet) bool {
	if len(o.waiting) == 0 && !p.Overtaken {
		return false
	}
	o.add(p)
	if !p.Overtaken { // nothing that follows is earlier
		o.flush()
	}
	return true
}

// add takes the next packet of the file.
func (o *orderer) add(p *capture.Packet) {
	n := len(o.waiting)
	if n > 0 && p.Nano < o.waiting[n-1].Nano-orderNano {
		o.flush() // the clock was set back, or another capture begins
		n = 0
	}
	at := n
	for at > 0 && p.Nano < o.waiting[at-1].Nano {
		at--
	}
	if at < n {
		o.late++
	}
	o.waiting = slices.Insert(o.waiting, at, o.copied(p))
	for len(o.waiting) > orderPackets || o.bytes > orderBytes {
		o.next()
	}
}

// copied is a packet in memory of the orderer's.
func (o *orderer) copied(p *capture.Packet) *capture.Packet {
	q := new(capture.Packet)
	if n := len(o.spare); n > 0 {
		q, o.spare = o.spare[n-1], o.spare[:n-1]
	}
	memory := append(append(q.Frame[:0], p.Payload...), p.Options...)
	*q = *p
	q.Frame, q.IP, q.TCP, q.Comments = memory, nil, nil, nil
	q.Payload, q.Options = memory[:len(p.Payload):len(p.Payload)], memory[len(p.Payload):]
	o.bytes += len(memory)
	return q
}

// next hands on the packet that is first in time.
func (o *orderer) next() {
	p := o.waiting[0]
	o.waiting[0] = nil
	o.waiting = o.waiting[1:]
	o.bytes -= len(p.Frame)
	if o.late > 0 {
		o.tellSkipped(p)
	}
	o.give(p)
	o.spare = append(o.spare, p)
}

// tellSkipped names the packets that stand before p in the file and are given after it, in
// the order of the file.
func (o *orderer) tellSkipped(p *capture.Packet) {
	var before []*capture.Packet
	for _, q := range o.waiting {
		if q.Number < p.Number {
			before = append(before, q)
		}
	}
	slices.SortFunc(before, func(a, b *capture.Packet) int { return int(a.Number - b.Number) })
	for _, q := range before {
		o.skipped(q)
	}
}

// flush hands on all that waits.
func (o *orderer) flush() {
	for len(o.waiting) > 0 {
		o.next()
	}
}
