// Package tasks is the course lab's topics as tasks, ticked off by what the
// traffic shows.
//
// A task is done when connections and exchanges were seen that prove it, from
// any client and on any server: an address alone proves nothing. A [Board] is
// shown every connection and exchange, finished or not and as often as they
// change, and remembers for each task which of its parts were seen and where.
//
// The package captures and sends nothing (each task lists the steps that package
// client can do), explains no finding, and keeps no exchange: a board remembers
// numbers, times and hashes, as many as its limits allow. What stands in a body
// it sees only where bodies are kept.
package tasks
