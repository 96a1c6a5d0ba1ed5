package tasks_test

import (
	"bytes"
	"maps"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"httpscope/internal/tasks"
	"httpscope/internal/tcp"
	"httpscope/internal/trace"
)

// tape keeps every snapshot in its order, to be shown to boards.
type tape struct{ shows []func(b *tasks.Board) }

func (tape) Packet(int64, trace.Segment)       {}
func (tape) Noted(int64, int64, tcp.Notes)     {}
func (tape) Bytes(int64, trace.Extent, []byte) {}
func (p *tape) Alive(c *trace.Connection)      { p.Connection(c) }
func (p *tape) Progress(x *trace.Exchange)     { p.Exchange(x) }
func (p *tape) Exchange(x *trace.Exchange) {
	p.shows = append(p.shows, func(b *tasks.Board) { b.Exchange(x) })
}
func (p *tape) Connection(c *trace.Connection) {
	p.shows = append(p.shows, func(b *tasks.Board) { b.Connection(c) })
}

// record is a tape of some traces, drawn at random, one after the other.
func record(t *rapid.T, tb testing.TB) []func(b *tasks.Board) {
	traces := allTraces()
	names := slices.Sorted(maps.Keys(traces))
	w := newWire()
	for i := range rapid.IntRange(1, 6).Draw(t, "traces") {
		w.shift, w.server = uint16(100*i), "10.0.0.1:80"
		trace := traces[rapid.SampledFrom(names).Draw(t, "task")]
		if rapid.Bool().Draw(t, "does") {
			trace.does(w)
		} else {
			trace.looks(w)
		}
	}
	p := &tape{}
	read(tb, bytes.NewReader(w.out.Bytes()), p)
	return p.shows
}

func states(b *tasks.Board) []tasks.State {
	var all []tasks.State
	for _, p := range b.State() {
		all = append(all, p.State)
	}
	return all
}

// TestShownAgain: what was shown may be shown again, old snapshots after new ones.
func TestShownAgain(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		shows, b := record(rt, t), tasks.NewBoard()
		for _, show := range shows {
			show(b)
		}
		before := b.State()
		for _, show := range rapid.SliceOfN(rapid.SampledFrom(shows), 1, 40).Draw(rt, "again") {
			show(b)
		}
		if after := b.State(); !reflect.DeepEqual(before, after) {
			rt.Fatalf("before %+v\nafter %+v", before, after)
		}
	})
}

// TestOrder: snapshots may come in any order.
func TestOrder(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		shows := record(rt, t)
		b, c := tasks.NewBoard(), tasks.NewBoard()
		for _, show := range shows {
			show(b)
		}
		for _, show := range rapid.Permutation(shows).Draw(rt, "order") {
			show(c)
		}
		if !slices.Equal(states(b), states(c)) {
			rt.Fatalf("in order %v\nin another %v", states(b), states(c))
		}
	})
}

// TestNeverUndone: a task goes forward only, and keeps its proof when it is done.
func TestNeverUndone(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		shows, b := record(rt, t), tasks.NewBoard()
		before := b.State()
		for _, show := range shows {
			show(b)
			after := b.State()
			for i := range after {
				if after[i].State < before[i].State || before[i].State == tasks.Done &&
					!reflect.DeepEqual(before[i], after[i]) {
					rt.Fatalf("before %+v\nafter %+v", before[i], after[i])
				}
			}
			before = after
		}
	})
}
