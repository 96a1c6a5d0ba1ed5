package tui

import "httpscope/internal/store"

// connections are all connections of a store, by number.
type connections struct{ store *store.Store }

// Len implements list.
func (c connections) Len() int {
	first, last := c.store.ConnectionBounds()
	return int(last - first + 1)
}

// ID implements list.
func (c connections) ID(i int) int64 {
	first, _ := c.store.ConnectionBounds()
	return first + int64(i)
}

// Index implements list.
func (c connections) Index(id int64) int {
	first, last := c.store.ConnectionBounds()
	if id < first || id > last {
		return -1
	}
	return int(id - first)
}
