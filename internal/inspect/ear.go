package inspect

import (
	"maps"
	"net/netip"
	"slices"
	"sync"
	"time"

	"httpscope/capture"
	"httpscope/internal/layer"
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
	c := &reassembly.Conn{Facts: reassembly.Facts{ID: r.opened, Ends: [2]netip.AddrPort{client, server}, ClientKnown: true,
		First: s, Last: s, Link: capture.LinkSockets, SYN: true, SYNACK: true, ClosedBy: -1}}
	h := &Hearing{ear: r, conn: c}
	if !r.ended {
		r.opened++
		r.engine.hear(c)
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
	conn   *reassembly.Conn
	next   [2]int64
	done   [2]bool
	closed bool
}

// Data brings bytes of a direction.
func (h *Hearing) Data(dir int, b []byte, at time.Time) {
	h.do(at, func(r reassembly.Handler, s layer.Stamp) {
		if len(b) == 0 || h.done[dir] {
			return
		}
		st := &h.conn.Stats[dir]
		st.Captured += int64(len(b))
		st.Delivered += int64(len(b))
		h.ear.engine.summary.Payload += int64(len(b))
		r.Data(h.conn, &reassembly.Chunk{Dir: dir, Offset: h.next[dir], Bytes: b, Acked: -1, Stamp: s})
		h.next[dir] += int64(len(b))
	})
}

// End tells that a direction sends no more, or that the connection was reset.
func (h *Hearing) End(dir int, reset bool, at time.Time) {
	h.do(at, func(r reassembly.Handler, s layer.Stamp) { h.end(r, dir, reset, s) })
}

func (h *Hearing) end(r reassembly.Handler, dir int, reset bool, s layer.Stamp) {
	if h.done[dir] {
		return
	}
	h.done[dir] = true
	c := h.conn
	how := layer.Closed
	if c.State = reassembly.HalfClosed; h.done[1-dir] {
		c.State = reassembly.Closed
	}
	if reset {
		how, c.State = layer.Reset, reassembly.Reset
	}
	if c.ClosedBy < 0 {
		c.ClosedBy = dir
	}
	r.Ended(c, dir, how, s)
}

// Close tells that the server has let go of the connection.
func (h *Hearing) Close(reset bool, at time.Time) {
	h.do(at, func(r reassembly.Handler, s layer.Stamp) {
		h.end(r, 1, reset, s)
		if !h.done[0] {
			h.done[0] = true
			r.Ended(h.conn, 0, layer.Unwitnessed, s)
		}
		if h.conn.State != reassembly.Reset {
			h.conn.State = reassembly.Closed
		}
		h.closed = true
		h.ear.engine.unhear(h.conn)
	})
}

// do works on one socket call.
func (h *Hearing) do(at time.Time, f func(r reassembly.Handler, s layer.Stamp)) {
	h.ear.mu.Lock()
	defer h.ear.mu.Unlock()
	if h.closed || h.ear.ended {
		return
	}
	s := h.ear.stamp(at)
	h.conn.Last = s
	f(h.ear.engine.handler, s)
}

// hear opens a connection that has no packets.
func (e *Engine) hear(c *reassembly.Conn) {
	if e.heard == nil {
		e.heard = map[int64]*reassembly.Conn{}
	}
	e.heard[c.ID] = c
	e.handler.Opened(c)
	e.touch(c)
}

// unhear closes it.
func (e *Engine) unhear(c *reassembly.Conn) {
	delete(e.heard, c.ID)
	e.handler.Closed(c)
}

// touch has a watcher told of a connection on which nothing was sent yet.
func (e *Engine) touch(c *reassembly.Conn) {
	if e.watching.watcher != nil {
		e.watching.touch(c.User.(*flow))
	}
}
