// Package store keeps what an engine finds, for screens to look at while it
// grows. It is bounded in memory: the oldest bodies go first, then the details
// of the oldest exchanges, then the oldest rows.
//
// It decodes nothing, filters nothing and draws nothing. It may be used by any
// number of goroutines; what it hands out does not change any more.
package store

import (
	"sync"
	"sync/atomic"

	"httpscope/internal/trace"
)

// DefaultLimit is how many bytes a store keeps when nothing else is asked for:
// about a million exchanges as rows, and the details of the last hundred thousand.
const DefaultLimit = 512 << 20

// Store holds records. Its [Sink] fills it.
type Store struct {
	mu     sync.RWMutex
	limit  int64
	rows   rows
	conns  conns
	slabs  slabs
	status Status
	log    journal
	signal chan struct{}
	began  atomic.Int64
}

// Status is what the source of the records says of itself.
type Status struct {
	trace.Summary
	IfDropped uint64 // by the network interface, live
	Gaps      int64  // bytes that were not captured, on open connections too
	Ended     bool   // no more will come
	Problem   error  // why it ended early, nil when it did not
	First     int64  // time of the first packet, nanoseconds since 1970
	Last      int64  // time of the latest
}

// Limit is how many bytes the store holds, about.
func (s *Store) Limit() int64 { return s.limit }

// New makes a store that holds about limit bytes; 0 is [DefaultLimit].
func New(limit int64) *Store {
	if limit <= 0 {
		limit = DefaultLimit
	}
	return &Store{limit: limit, rows: newRows(), signal: make(chan struct{}, 1)}
}

// Changed receives a value when something has changed since the last one was
// taken. There is one slot: changes in between are one.
func (s *Store) Changed() <-chan struct{} { return s.signal }

func (s *Store) notify() {
	select {
	case s.signal <- struct{}{}:
	default:
	}
}

// SetStatus replaces the status.
func (s *Store) SetStatus(st Status) {
	s.mu.Lock()
	s.status = st
	s.mu.Unlock()
	s.began.Store(st.First)
	s.notify()
}

// Status is the last status that was set.
func (s *Store) Status() Status {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.status
}

// Began is the time of the first packet, in nanoseconds since 1970, as the last
// status says; 0 before that. It may be called from within Scan.
func (s *Store) Began() int64 { return s.began.Load() }
