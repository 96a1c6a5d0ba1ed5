package tasks

import (
	"net/netip"
	"slices"

	"httpscope/internal/layer"
	"httpscope/internal/trace"
)

// Theory of operation. A task has parts. Its watch looks at every record and
// makes marks: this part was seen, for this key. Marks with the same key belong
// together, and the task is done when all parts were seen under one key: both
// requests on the same connection, the cookie that was set and the cookie that
// came back. A part may need several subjects: two clients, two addresses.
//
// Marks only add up. So a record may be shown again, and an old snapshot of it
// after a newer one, without any effect.

// spec is a task with what proves it.
type spec struct {
	Task
	parts []int // how many different subjects each of them takes
	lead  bool  // nothing counts before the first part, neither under a key nor in time
	watch func() watch
}

// watch looks at records. It may remember what it needs to compare them.
type watch struct {
	exchange   func(r *reading, found func(mark))
	connection func(c *trace.Connection, found func(mark))
}

// mark says that a part was seen.
type mark struct {
	part    int
	key     key
	subject uint64
	at      layer.Stamp // when and in which packet
}

// key tells what belongs together. Text from the network is in it as a hash
// only, so a key has a size.
type key struct {
	from, to netip.Addr
	port     uint16
	id       int64 // of a connection or of an exchange
	text     uint64
}

// Limits of a task. The lab's groups are over within seconds; what is older than
// so many others is not going to be completed.
const (
	maxGroups = 512
	maxParts  = 4
	maxNeed   = 2
)

// group is what was seen under one key.
type group [maxParts]tally

// tally is what was seen of a part. The zero value is nothing.
type tally struct {
	n        int
	subjects [maxNeed]uint64
	from, to int64 // times of the first and the last mark
	proof    Proof // where the last new subject was seen
}

// add counts a mark.
func (t *tally) add(m mark, p Proof, need int) {
	if t.n == 0 {
		t.from, t.to = m.at.Nano, m.at.Nano
	}
	t.from, t.to = min(t.from, m.at.Nano), max(t.to, m.at.Nano)
	if t.n < need && !slices.Contains(t.subjects[:t.n], m.subject) {
		t.subjects[t.n], t.proof = m.subject, p
		t.n++
	}
}

// counts reports whether a part of a group counts.
func (s *spec) counts(g *group, part int) bool {
	if !s.lead || part == 0 {
		return true
	}
	return g[0].n >= s.need(0) && g[part].to >= g[0].from
}

// seen is how many subjects of a part count.
func (s *spec) seen(g *group, part int) int {
	if !s.counts(g, part) {
		return 0
	}
	return g[part].n
}

// score is how many subjects of all parts count, and whether that is all.
func (s *spec) score(g *group) (n int, all bool) {
	all = true
	for i := range s.parts {
		seen := s.seen(g, i)
		n += seen
		all = all && seen >= s.need(i)
	}
	return n, all
}

func (s *spec) need(part int) int { return s.parts[part] }
