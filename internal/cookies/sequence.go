package cookies

import (
	"hash/maphash"
	"slices"
)

// textKey stands for the text of a cookie in an index: it is short, and found out once.
// Two texts may share one, so what stands under it is compared. The seed is the
// process's own, so that nobody can make many texts with one key.
type textKey uint64

var textSeed = maphash.MakeSeed()

func keyOf(text string) textKey { return textKey(maphash.String(textSeed, text)) }

// sequence is a short list in the order that its cookies or tombs have among each other.
type sequence[T any] []T

func (l sequence[T]) with(t T, order func(a, b T) int) sequence[T] {
	i, _ := slices.BinarySearchFunc(l, t, order)
	return slices.Insert(l, i, t)
}

func (l sequence[T]) without(t T, order func(a, b T) int) sequence[T] {
	if i, found := slices.BinarySearchFunc(l, t, order); found {
		return slices.Delete(l, i, i+1)
	}
	return l
}

// file puts t into the list of a key.
func file[K comparable, T any](m *map[K]sequence[T], k K, t T, order func(a, b T) int) {
	if *m == nil {
		*m = map[K]sequence[T]{}
	}
	(*m)[k] = (*m)[k].with(t, order)
}

// unfile takes t from the list of a key.
func unfile[K comparable, T any](m map[K]sequence[T], k K, t T, order func(a, b T) int) {
	if l := m[k].without(t, order); len(l) > 0 {
		m[k] = l
	} else {
		delete(m, k)
	}
}
