package original

import (
	"cmp"
	"math"
	"slices"
)

// Group is a set of submissions that hold the same packets.
type Group struct {
	Names    []string   // sorted
	Evidence []Evidence // pairs that tie them together
}

// Evidence is what two submissions share.
type Evidence struct {
	A, B   string
	Shared [Kinds]int   // features by kind
	Of     [Kinds]int   // of the one that has fewer
	FirstA [Kinds]int64 // the first shared feature's packet in A; 0 when there is none
	FirstB [Kinds]int64 // and in B
	Bits   float64      // it happens by chance once in 2^Bits
	Times  string       // SameTimes, OtherTimes, or "" when too little is shared to tell

	apart        int64 // by how much the first shared packets' times differ, microseconds
	timed, agree int   // shared packets whose times were compared, and are as far apart
}

// What the times of shared packets are, but for a shift of all.
const (
	SameTimes  = "same"
	OtherTimes = "other"
)

// allPairs is up to how many submissions with the same feature are compared
// each with each; of more each is compared with the first. A feature that a
// whole class shares would cost the square of the class otherwise.
const allPairs = 16

// sure is how many bits more than needed a match must have: a false alarm in a
// whole class is less probable than 2^-sure.
const sure = 20

// Groups finds submissions that hold the same capture, or parts of it. It takes
// time in proportion to the number of features, whatever the number of
// submissions.
//
// Two students who do the same exercise with the same server have segments of
// the same lengths, so lengths prove nothing here. A shared feature counts with
// the bits that are left to chance: a segment or a handshake has two initial
// sequence numbers, which systems choose at random (RFC 6528), 64 bits, counted
// as 60. A distance of time has up to 6 bits, and none if it is repeated. With
// n submissions of m features each there are n²m²/2 chances for two features to
// agree, so a match must have log2 of that, and 20 bits more. With 500
// submissions of 1024 features that is 57 bits: one shared segment, or ten time
// distances. Timestamps alone never make a match.
//
// What it cannot tell: two students who captured one connection between their
// machines, each at an end, share its packets rightly. Then the
// times differ by more than a shift, and Times says so; but so they do for a
// copy whose times were changed. Variants that were made of one base (package
// variant) share its short distances in time, so all of a class become one
// group by Timing; there, evidence without Segments and Handshakes says nothing,
// and variant.Belongs tells whose each is. A capture of fewer than about a dozen
// segments with data is too short to be found by its times alone.
func Groups(prints map[string]*Print) []Group {
	g := &grouper{names: sortedNames(prints), pairs: map[[2]int]*Evidence{}}
	for _, name := range g.names {
		g.prints = append(g.prints, prints[name])
	}
	for kind := range Kinds {
		g.index(kind)
	}
	return g.clusters()
}

func sortedNames(prints map[string]*Print) []string {
	var names []string
	for name, p := range prints {
		if p != nil {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

type grouper struct {
	names  []string
	prints []*Print
	pairs  map[[2]int]*Evidence
}

// entry is a feature of a submission.
type entry struct {
	Feature
	of int
}

// index sorts all features of a kind, so that equal ones stand together.
func (g *grouper) index(kind int) {
	var all []entry
	for i, p := range g.prints {
		for _, f := range p.Features[kind] {
			all = append(all, entry{f, i})
		}
	}
	slices.SortFunc(all, func(a, b entry) int { return cmp.Or(cmp.Compare(a.Hash, b.Hash), cmp.Compare(a.of, b.of)) })
	for len(all) > 0 {
		n := 1
		for n < len(all) && all[n].Hash == all[0].Hash {
			n++
		}
		g.meet(kind, all[:n])
		all = all[n:]
	}
}

// meet counts a feature for the pairs that share it.
func (g *grouper) meet(kind int, same []entry) {
	for i := range same {
		if i > 0 && len(same) > allPairs {
			return
		}
		for j := i + 1; j < len(same); j++ {
			g.count(kind, same[i], same[j])
		}
	}
}

func (g *grouper) count(kind int, a, b entry) {
	if a.of == b.of {
		return
	}
	e := g.pairs[[2]int{a.of, b.of}]
	if e == nil {
		e = &Evidence{A: g.names[a.of], B: g.names[b.of]}
		for k := range Kinds {
			e.Of[k] = min(len(g.prints[a.of].Features[k]), len(g.prints[b.of].Features[k]))
		}
		g.pairs[[2]int{a.of, b.of}] = e
	}
	e.Shared[kind]++
	e.Bits += min(a.Weight, b.Weight)
	if kind == Segments || kind == Handshakes {
		e.compare(a.Micro - b.Micro)
	}
	if e.FirstA[kind] == 0 || a.Frame < e.FirstA[kind] {
		e.FirstA[kind], e.FirstB[kind] = a.Frame, b.Frame
	}
}

// compare takes the difference in time of a shared packet.
func (e *Evidence) compare(apart int64) {
	const rounding = 1 // microsecond
	if e.timed++; e.timed == 1 {
		e.apart = apart
	}
	if d := apart - e.apart; d >= -rounding && d <= rounding {
		e.agree++
	}
}

func (e *Evidence) times() string {
	switch {
	case e.Shared[Timing] > 0 || e.timed > 1 && 2*e.agree > e.timed:
		return SameTimes
	case e.timed > 1:
		return OtherTimes
	}
	return ""
}

// matches reports evidence beyond chance.
func (g *grouper) matches(pair [2]int, e *Evidence) bool {
	chances := 2*math.Log2(float64(len(g.prints))) - 1
	for _, i := range pair {
		n := 1
		for _, list := range g.prints[i].Features {
			n = max(n, len(list))
		}
		chances += math.Log2(float64(n))
	}
	return e.Bits >= sure+chances
}

// clusters joins the pairs that match.
func (g *grouper) clusters() []Group {
	parent := make([]int, len(g.names))
	for i := range parent {
		parent[i] = i
	}
	root := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	var found [][2]int
	for pair, e := range g.pairs {
		if g.matches(pair, e) {
			e.Times = e.times()
			found = append(found, pair)
			parent[root(pair[1])] = root(pair[0])
		}
	}
	slices.SortFunc(found, func(a, b [2]int) int { return cmp.Or(cmp.Compare(a[0], b[0]), cmp.Compare(a[1], b[1])) })
	at := map[int]int{} // root to place in out
	var out []Group
	for _, pair := range found {
		r := root(pair[0])
		if _, ok := at[r]; !ok {
			at[r] = len(out)
			out = append(out, Group{})
		}
		group := &out[at[r]]
		group.Names = append(group.Names, g.names[pair[0]], g.names[pair[1]])
		group.Evidence = append(group.Evidence, *g.pairs[pair])
	}
	for i := range out {
		slices.Sort(out[i].Names)
		out[i].Names = slices.Compact(out[i].Names)
	}
	return out
}
