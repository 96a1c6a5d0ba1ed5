package inspect

import (
	"maps"
	"net/netip"
	"slices"
	"sync"
	"time"

	"httpscope/capture"
	"httpscope/internal/layer"
	"httpscope/internal/tcp"
	"httpscope/reassembly"
)

// Ear lets an engine hear what sockets carry, in place of packets: the bytes
// in the order of the socket calls. There are no packets then, no handshake and
// no retransmissions; in place of packet numbers the calls are counted.
//
// It may be used by many goroutines; the engine must get no packets meanwhile.
type Ear struct {
	mu     sync.Mutex
	engine *Engine
	calls  int64
	opened int64
	ended  bool
}

// NewEar returns an ear of an engine that does not decode in parallel.
func NewEar(e *Engine) *Ear { return &Ear{engine: e} }

// Do calls f while no socket call is being worked on: to flush or to look at
// the engine's summary.
func (r *Ear) Do(f func(e *Engine)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	f(r.engine)
}

// Finish ends the engine: what comes later is not heard.
func (r *Ear) Finish() {
	r.Do(func(e *Engine) {
		if !r.ended {
			for _, id := range slices.Sorted(maps.Keys(e.heard)) {
				e.unhear(e.heard[id])
			}
			e.Finish()
		}
		r.ended = true
	})
}

// Open begins a connection of a client to a server.
func (r *Ear) Open(client, server netip.AddrPort, at time.Time) *Hearing {
	r.mu.Lock()
	defer r.mu.Unlock()
	s := r.stamp(at)
	h := &Hearing{ear: r, facts: reassembly.Facts{ID: r.opened, Ends: [2]netip.AddrPort{client, server},
		ClientKnown: true,
		First:       s, Last: s, Link: capture.LinkSockets, State: tcp.Open, ClosedBy: -1}}
	if !r.ended {
		r.opened++
		r.engine.hear(h)
	}
	return h
}

// stamp counts a socket call.
func (r *Ear) stamp(at time.Time) layer.Stamp {
	r.calls++
	r.engine.summary.Packets++
	return layer.Stamp{Packet: r.calls, Nano: at.UnixNano()}
}

// Hearing is one connection that is heard. Directions are 0 from the client
// and 1 from the server.
type Hearing struct {
	ear    *Ear
	flow   *flow
	facts  reassembly.Facts
	next   [2]int64
	done   [2]bool
	closed bool
}

// Data brings bytes of a direction.
func (h *Hearing) Data(dir int, b []byte, at time.Time) {
	h.do(at, func(e *Engine, s layer.Stamp) {
		if len(b) == 0 || h.done[dir] {
			return
		}
		n := int64(len(b))
		h.facts.Stats[dir].Captured += n
		h.facts.Stats[dir].Delivered += n
		e.summary.Payload += n
		r := layer.Run{At: h.next[dir], Bytes: b, Stamp: s, Received: layer.Unheard}
		if e.watching.watcher != nil {
			e.watching.bytes(h.flow, dir, &r)
		}
		e.bring(h.flow, &h.facts, dir, r, true)
		h.next[dir] += n
	})
}

// End tells that a direction sends no more, or that the connection was reset.
func (h *Hearing) End(dir int, reset bool, at time.Time) {
	h.do(at, func(e *Engine, s layer.Stamp) { h.end(e, dir, reset, s) })
}

func (h *Hearing) end(e *Engine, dir int, reset bool, s layer.Stamp) {
	if h.done[dir] {
		return
	}
	h.done[dir] = true
	how := layer.Closed
	if h.facts.State = tcp.HalfClosed; h.done[1-dir] {
		h.facts.State = tcp.Closed
	}
	if reset {
		how, h.facts.State = layer.Reset, tcp.Reset
	}
	if h.facts.ClosedBy < 0 {
		h.facts.ClosedBy = dir
	}
	e.touch(h.flow)
	e.end(h.flow, dir, how, s)
}

// Close tells that the server has let go of the connection.
func (h *Hearing) Close(reset bool, at time.Time) {
	h.do(at, func(e *Engine, s layer.Stamp) {
		h.end(e, 1, reset, s)
		if !h.done[0] {
			h.done[0] = true
			e.touch(h.flow)
			e.end(h.flow, 0, layer.Unwitnessed, s)
		}
		if h.facts.State != tcp.Reset {
			h.facts.State = tcp.Closed
		}
		h.closed = true
		e.unhear(h)
	})
}

// do works on one socket call.
func (h *Hearing) do(at time.Time, f func(e *Engine, s layer.Stamp)) {
	h.ear.mu.Lock()
	defer h.ear.mu.Unlock()
	if h.closed || h.ear.ended {
		return
	}
	s := h.ear.stamp(at)
	h.facts.Last = s
	f(h.ear.engine, s)
}

// hear opens a connection that has no packets.
func (e *Engine) hear(h *Hearing) {
	if e.heard == nil {
		e.heard = map[int64]*Hearing{}
	}
	e.heard[h.facts.ID] = h
	h.flow = e.open(&h.facts)
	h.flow.live = &h.facts
	e.touch(h.flow)
}

// unhear closes it.
func (e *Engine) unhear(h *Hearing) {
	delete(e.heard, h.facts.ID)
	h.flow.live = nil
	e.close(h.flow, &h.facts)
}

// touch has a watcher told of a connection that has changed.
func (e *Engine) touch(f *flow) {
	if e.watching.watcher != nil {
		e.watching.touch(f)
	}
}
