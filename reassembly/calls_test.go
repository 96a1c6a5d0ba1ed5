package reassembly

import (
	"fmt"

	"httpscope/internal/layer"
	"httpscope/internal/tcp"
)

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

func (h *calls) Data(c *Conn, k *Run) {
	x := h.of(c, "data")
	switch {
	case x.ended[k.Dir]:
		h.t.Fatalf("connection %d: data after the end of direction %d", c.ID, k.Dir)
	case (k.Gap > 0) == (len(k.Bytes) > 0):
		h.t.Fatalf("connection %d: a run with a gap of %d and %d bytes", c.ID, k.Gap, len(k.Bytes))
	case k.Offset != x.next[k.Dir]+k.Gap:
		h.t.Fatalf("connection %d: a run at %d, expected at %d", c.ID, k.Offset, x.next[k.Dir]+k.Gap)
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
	if n.Kind == tcp.Gap {
		return // the run says it
	}
	h.add("%s %d %s %d", arrow(c, n.Dir), n.Offset, n.Kind, n.Bytes)
}

func (h *calls) Ended(c *Conn, dir int, how layer.Ending, _ layer.Stamp) {
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
			h.t.Fatalf("connection %d: direction %d had %d bytes, %d missing, but: %+v", c.ID, dir, x.bytes[dir],
				x.gap[dir], st)
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
	if a.buffered != 0 || a.held.oldest() != nil || a.held.bytes != 0 || len(a.lingerer) != 0 {
		h.t.Fatalf("after Flush %d bytes are buffered, or a connection is listed", a.buffered)
	}
}
