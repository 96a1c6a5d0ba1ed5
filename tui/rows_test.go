package tui

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"httpscope/internal/layer"
	"httpscope/internal/store"
	"httpscope/internal/trace"
)

// even selects exchanges whose response has an even status.
type even struct{}

func (even) Why(*trace.Exchange) (bool, []string) { return false, nil }

func (even) Match(x *trace.Exchange) bool {
	return x.Response != nil && x.Response.Head.Status%2 == 0
}
func (even) String() string { return "even" }

// TestRowsFollowTheStore: however exchanges come and change, the rows are those
// that the filter selects, in the order that was chosen.
func TestRowsFollowTheStore(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := store.New(0)
		k := s.Sink()
		status := map[int64]int{}
		rows := &rows{store: s, start: func(f func()) { go f() }}
		for range rapid.IntRange(1, 60).Draw(r, "steps") {
			switch rapid.IntRange(0, 4).Draw(r, "step") {
			case 0:
				var f Matcher
				if rapid.Bool().Draw(r, "filter") {
					f = even{}
				}
				rows.choose(f, rapid.SampledFrom([]order{byNumber, byStatus}).Draw(r, "order"),
					rapid.Bool().Draw(r, "reverse"))
			default:
				id := rapid.Int64Range(1, int64(len(status)+1)).Draw(r, "id")
				status[id] = rapid.IntRange(200, 208).Draw(r, "status")
				k.Exchange(answered(id, status[id]))
			}
			if rapid.Bool().Draw(r, "look") {
				rows.follow()
				check(r, rows, status)
			}
		}
	})
}

// answered is an exchange with a status.
func answered(id int64, status int) *trace.Exchange {
	return &trace.Exchange{ID: id, Conn: &trace.Connection{}, Response: &trace.Message{Side: layer.Server,
		Head: &trace.Head{Status: status}}}
}

func check(r *rapid.T, rows *rows, status map[int64]int) {
	var want []int64
	for id := int64(1); id <= int64(len(status)); id++ {
		if rows.filter == nil || status[id]%2 == 0 {
			want = append(want, id)
		}
	}
	if rows.order == byStatus {
		slices.SortStableFunc(want, func(a, b int64) int { return status[a] - status[b] })
	}
	if rows.reverse {
		slices.Reverse(want)
	}
	var got []int64
	for i := range rows.Len() {
		got = append(got, rows.ID(i))
		if rows.Index(rows.ID(i)) != i {
			r.Fatalf("row %d is not where Index says", i)
		}
	}
	if !slices.Equal(got, want) {
		r.Fatalf("rows %v, want %v (statuses %v)", got, want, status)
	}
}

// TestCursorStaysWithItsExchange when rows come above it or are filtered.
func TestCursorStaysWithItsExchange(t *testing.T) {
	s := store.New(0)
	for id := int64(1); id <= 9; id++ {
		s.Sink().Exchange(answered(id, 200+int(id)))
	}
	rows := &rows{store: s, start: func(f func()) { go f() }}
	rows.follow()
	tab := table{list: rows}
	tab.moveTo(5)
	for _, reverse := range []bool{false, true} {
		for _, f := range []Matcher{nil, even{}} {
			rows.choose(f, byNumber, reverse)
			rows.follow()
			tab.follow()
			if tab.id != 6 || rows.ID(tab.cursor) != 6 {
				t.Errorf("reverse %v, filter %v: the cursor is on %d", reverse, f, tab.id)
			}
		}
	}
}

// TestLargeStoreIsLookedThroughBeside: the rows stay until the new ones are
// there, and then have what came meanwhile.
func TestLargeStoreIsLookedThroughBeside(t *testing.T) {
	s := store.New(0)
	const n = 3 * smallStore
	for id := int64(1); id <= n; id++ {
		s.Sink().Exchange(answered(id, 200+int(id%2)))
	}
	rows := &rows{store: s, start: func(f func()) { go f() }}
	rows.follow()
	rows.choose(even{}, byNumber, false)
	rows.follow()
	s.Sink().Exchange(answered(n+1, 200))
	rows.follow()
	if j := rows.job; j != nil {
		<-j.done
	}
	rows.follow()
	if got, want := rows.Len(), n/2+1; got != want || rows.progress() != 100 {
		t.Errorf("%d rows, want %d; %s", got, want, fmt.Sprint(rows.progress()))
	}
}
