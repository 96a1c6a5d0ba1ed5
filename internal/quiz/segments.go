package quiz

import (
	"strconv"
	"strings"

	"github.com/rivo/uniseg"

	"httpscope/internal/doc"
	"httpscope/internal/tcp"
	"httpscope/internal/trace"
)

// maxTable is how many packets a question shows.
const maxTable = 12

// segments are the packets of a connection from its first on.
type segments struct {
	asker *asker
	conn  *trace.Connection
	list  []trace.Segment
	isn   [2]uint32 // by side
	known [2]bool   // the side's SYN is there
	sent  [2]int64  // how far the data of each side reached, in bytes
	reach []int64   // how far that of a packet's side had come before it
}

// segments returns a connection's packets, nil when the first are not kept.
func (a *asker) segments(c *trace.Connection) *segments {
	t := a.source.Tape(c.ID)
	if t == nil || t.Dropped > 0 || len(t.Segments) == 0 {
		return nil
	}
	s := &segments{asker: a, conn: c, list: t.Segments}
	for i := range s.list {
		g := &s.list[i]
		if side := s.side(g); g.Flags&tcp.SYN != 0 && !s.known[side] {
			s.isn[side], s.known[side] = g.Seq, true
		}
		s.reach = append(s.reach, s.sent[s.side(g)])
		if g.Offset >= 0 {
			s.sent[s.side(g)] = max(s.sent[s.side(g)], end(g))
		}
	}
	return s
}

func (s *segments) side(g *trace.Segment) int { return s.conn.Side(g.Dir) }

// end is the stream offset after a packet's payload.
func end(g *trace.Segment) int64 { return g.Offset + int64(g.Len) }

// relative is a packet's sequence number, counted from its side's SYN.
func (s *segments) relative(g *trace.Segment) uint32 { return g.Seq - s.isn[s.side(g)] }

// relativeAck is its acknowledgment number, counted from the other side's SYN.
func (s *segments) relativeAck(g *trace.Segment) uint32 { return g.Ack - s.isn[1-s.side(g)] }

// where are the places of the packets for which is holds.
func (s *segments) where(is func(i int, g *trace.Segment) bool) []int {
	var out []int
	for i := range s.list {
		if is(i, &s.list[i]) {
			out = append(out, i)
		}
	}
	return out
}

// first is the first packet at or after a place for which is holds, nil for none.
func (s *segments) first(from int, is func(g *trace.Segment) bool) *trace.Segment {
	for i := from; i < len(s.list); i++ {
		if is(&s.list[i]) {
			return &s.list[i]
		}
	}
	return nil
}

// handshake is the three packets that open the connection; ok is false when
// they are not all there, or one was sent twice.
func (s *segments) handshake() (three [3]*trace.Segment, ok bool) {
	syns := s.where(func(_ int, g *trace.Segment) bool { return g.Flags&tcp.SYN != 0 })
	if !s.conn.Handshake || len(syns) != 2 || !s.known[0] || !s.known[1] {
		return three, false
	}
	a, b := &s.list[syns[0]], &s.list[syns[1]]
	c := s.first(syns[1]+1, func(g *trace.Segment) bool { return s.side(g) == 0 && g.Flags&tcp.ACK != 0 })
	if s.side(a) != 0 || c == nil || b.Flags&tcp.ACK == 0 || b.Ack != a.Seq+1 || c.Ack != b.Seq+1 {
		return three, false
	}
	return [3]*trace.Segment{a, b, c}, true
}

// flagText names the flags of a packet.
func flagText(flags tcp.Flags) string { return strings.Join(flags.Names(), ",") }

// table shows packets from one place to another, or the first of them.
// Sequence numbers are relative where the SYN is known.
func (s *segments) table(from, to int) doc.Lines {
	from, to = max(from, 0), min(to, len(s.list))
	out := doc.Lines{s.heading()}
	for i := from; i < min(to, from+maxTable); i++ {
		out = append(out, s.row(&s.list[i]))
	}
	if left := to - from - maxTable; left > 0 {
		out = append(out, s.asker.more("count.packet", left))
	}
	return out
}

// rows shows some packets.
func (s *segments) rows(places ...*trace.Segment) doc.Lines {
	out := s.table(0, 0)
	for _, g := range places {
		out = append(out, s.row(g))
	}
	return out
}

// cells are a line of a table: packet, side, flags, and three numbers.
type cells [6]string

// columns lays them out.
func (c cells) columns() string {
	var b strings.Builder
	for i, width := range [len(c)]int{6, 6, 8, 10, 10, 7} {
		isText := i == 1 || i == 2
		if isText {
			b.WriteByte(' ')
		}
		if i > 0 {
			b.WriteByte(' ')
		}
		b.WriteString(doc.Column(c[i], max(width, uniseg.StringWidth(c[i])), "", !isText))
	}
	return b.String()
}

func (s *segments) heading() doc.Line {
	say := s.asker.texts.Phrase
	return given(doc.Dim, 0, cells{say("quiz.table.packet"), say("quiz.table.from"), say("quiz.table.flags"),
		say("quiz.table.seq"), say("quiz.table.ack"), say("quiz.table.bytes")}.columns())
}

func (s *segments) row(g *trace.Segment) doc.Line {
	side := s.side(g)
	role, number, acked := doc.Request, g.Seq, "-"
	if side == 1 {
		role = doc.Response
	}
	if s.known[side] {
		number = s.relative(g)
	}
	if g.Flags&tcp.ACK != 0 {
		acked = decimal(g.Ack)
		if s.known[1-side] {
			acked = decimal(s.relativeAck(g))
		}
	}
	from := s.asker.texts.Of(whose(side))
	return given(role, g.Frame, cells{strconv.FormatInt(g.Frame, 10), from, flagText(g.Flags),
		decimal(number), acked, strconv.Itoa(int(g.Len))}.columns())
}

func decimal(n uint32) string { return strconv.FormatUint(uint64(n), 10) }
