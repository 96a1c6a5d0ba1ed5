package capture

import (
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"
)

// Bounds of what waits between a source's goroutine and the reader. When it is
// full, packets wait in the kernel's buffer instead.
const (
	batchBytes   = 256 << 10 // a batch is passed on when it holds so much,
	batchPackets = 512       // or so many packets
	batches      = 4         // for each source
)

// Merged is several live captures in one [Source]. Its packets are numbered
// from 1 in the order in which they arrive, and Interface is the index of
// their capture. Packets of different interfaces may be out of order by what
// their backends collect, some 50 ms.
type Merged struct {
	sources  []*Live
	decoders []decoder
	full     chan *batch
	stop     chan struct{}
	stopped  atomic.Bool
	messages chan string
	wait     func()

	batch  *batch // being read
	at     int    // next packet in it
	packet Packet
	frame  []byte
}

// batch is packets of one source, copied out of the kernel's buffer.
type batch struct {
	source  int
	data    []byte
	packets []batchPacket
	home    chan *batch // where it is used again
}

// batchPacket is a packet whose frame is data[from:to] of its batch.
type batchPacket struct {
	nano     int64
	wireLen  int
	link     LinkType
	from, to int
}

// Merge reads all sources, each in a goroutine of its own, from now on. They
// belong to the Merged, but for their Stats and Info.
func Merge(sources ...*Live) *Merged {
	m := &Merged{
		sources: sources, decoders: make([]decoder, len(sources)),
		full: make(chan *batch, batches*len(sources)), stop: make(chan struct{}),
		messages: make(chan string, len(sources)), wait: func() {},
	}
	var running sync.WaitGroup
	for i := range sources {
		running.Go(func() { m.read(i) })
	}
	go func() {
		running.Wait()
		close(m.full)
		close(m.messages)
	}()
	return m
}

// read copies the packets of one source until it ends.
func (m *Merged) read(i int) {
	c := collector{m: m, home: make(chan *batch, batches)}
	for range batches {
		c.home <- &batch{source: i, home: c.home}
	}
	if !c.fetch() {
		return
	}
	l := m.sources[i]
	l.OnWait(c.pass)
	var p Packet
	frame, err := l.fetch(&p)
	for ; err == nil; frame, err = l.fetch(&p) {
		c.add(&p, frame)
	}
	c.pass()
	m.tell(l.info.Interface, err)
}

// tell says why a source ended. There is room for one message of each.
func (m *Merged) tell(name string, err error) {
	var gone *InterfaceGoneError
	switch {
	case err == io.EOF:
	case errors.As(err, &gone):
		m.messages <- fmt.Sprintf("Interface %q is gone. The capture goes on without it.", name)
	default:
		m.messages <- fmt.Sprintf("The capture on %q has ended: %v.", name, err)
	}
}

// collector fills batches and passes them on.
type collector struct {
	m    *Merged
	home chan *batch
	b    *batch // nil after the Merged is closed
}

// fetch waits for a batch that is free.
func (c *collector) fetch() bool {
	select {
	case c.b = <-c.home:
		c.b.data, c.b.packets = c.b.data[:0], c.b.packets[:0]
	case <-c.m.stop:
		c.b = nil
	}
	return c.b != nil
}

func (c *collector) add(p *Packet, frame []byte) {
	if c.b == nil {
		return
	}
	from := len(c.b.data)
	c.b.data = append(c.b.data, frame...)
	c.b.packets = append(c.b.packets, batchPacket{p.Nano, p.WireLen, p.Link, from, len(c.b.data)})
	if len(c.b.data) >= batchBytes || len(c.b.packets) >= batchPackets {
		c.pass()
	}
}

// pass hands over what there is. The channel has room for every batch.
func (c *collector) pass() {
	if c.b == nil || len(c.b.packets) == 0 {
		return
	}
	c.m.full <- c.b
	c.fetch()
}

// OnWait sets a function that is called as Live.OnWait says.
func (m *Merged) OnWait(wait func()) { m.wait = wait }

// Messages are sentences about interfaces that are gone. The channel is closed
// when all captures have ended; it need not be read.
func (m *Merged) Messages() <-chan string { return m.messages }

// Next implements [Source]. It ends with io.EOF when it is closed, or when every capture has ended.
func (m *Merged) Next() (*Packet, error) {
	for m.stopped.Load() || m.batch == nil || m.at == len(m.batch.packets) {
		m.giveBack()
		if m.stopped.Load() || !m.receive() {
			m.frame = nil
			return nil, io.EOF
		}
	}
	from := &m.batch.packets[m.at]
	m.at++
	m.frame = m.batch.data[from.from:from.to:from.to]
	p := &m.packet
	*p = Packet{
		Number: p.Number + 1, Nano: from.nano, WireLen: from.wireLen, CapLen: len(m.frame),
		Interface: m.batch.source, Link: from.link,
	}
	m.decoders[p.Interface].decode(p, m.frame)
	return p, nil
}

// giveBack lets the batch that was read be filled again.
func (m *Merged) giveBack() {
	if m.batch != nil {
		m.batch.home <- m.batch
		m.batch = nil
	}
}

// receive waits for a batch. It is false when there will be none.
func (m *Merged) receive() bool {
	var open bool
	m.at = 0
	select {
	case m.batch, open = <-m.full:
		return open
	default:
	}
	tick := time.NewTicker(idleTick)
	defer tick.Stop()
	for {
		m.wait()
		select {
		case m.batch, open = <-m.full:
			return open
		case <-m.stop:
			return false
		case <-tick.C:
		}
	}
}

// Frame is as Live.Frame says.
func (m *Merged) Frame() []byte { return m.frame }

// Stats adds up those of all captures.
func (m *Merged) Stats() LiveStats {
	var sum LiveStats
	for _, l := range m.sources {
		s := l.Stats()
		sum.Received += s.Received
		sum.Dropped += s.Dropped
		sum.IfDropped += s.IfDropped
	}
	return sum
}

// Stop ends all captures without a loss, as Live.Stop says.
func (m *Merged) Stop() {
	for _, l := range m.sources {
		l.Stop()
	}
}

// Close ends all captures at once, from any goroutine, once or more often.
func (m *Merged) Close() {
	if m.stopped.CompareAndSwap(false, true) {
		close(m.stop)
	}
	for _, l := range m.sources {
		l.Close()
	}
}
