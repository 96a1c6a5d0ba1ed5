package cookies

import (
	"cmp"
	"container/heap"
)

// The queues that a cookie can be in.
const (
	inUsed = iota
	inExpiring
	queues
)

// queue is a heap of cookies: the one to go first is at the front.
type queue struct {
	list []*stored
	slot int // where a cookie keeps its place in this queue
	less func(a, b *stored) bool
}

// usedBefore orders by last access, then by creation.
func usedBefore(a, b *stored) bool {
	return cmp.Or(a.access.Compare(b.access), byCreation(a.Cookie, b.Cookie)) < 0
}

// filedBefore orders by the last access that the queue knows of.
func filedBefore(a, b *stored) bool {
	return cmp.Or(a.filed.Compare(b.filed), byCreation(a.Cookie, b.Cookie)) < 0
}

// endsBefore orders by the end of the lifetime.
func endsBefore(a, b *stored) bool {
	return cmp.Or(a.Expires.Compare(b.Expires), byCreation(a.Cookie, b.Cookie)) < 0
}

func (q *queue) add(s *stored)    { heap.Push(q, s) }
func (q *queue) remove(s *stored) { heap.Remove(q, s.at[q.slot]) }
func (q *queue) fix(s *stored)    { heap.Fix(q, s.at[q.slot]) }

// Len implements [sort.Interface].
func (q *queue) Len() int { return len(q.list) }

// Less implements [sort.Interface].
func (q *queue) Less(i, k int) bool { return q.less(q.list[i], q.list[k]) }

// Swap implements [sort.Interface].
func (q *queue) Swap(i, k int) {
	q.list[i], q.list[k] = q.list[k], q.list[i]
	q.list[i].at[q.slot], q.list[k].at[q.slot] = i, k
}

// Push implements [heap.Interface].
func (q *queue) Push(s any) {
	s.(*stored).at[q.slot] = len(q.list)
	q.list = append(q.list, s.(*stored))
}

// Pop implements [heap.Interface].
func (q *queue) Pop() any {
	last := len(q.list) - 1
	s := q.list[last]
	q.list[last] = nil
	q.list = q.list[:last]
	return s
}
