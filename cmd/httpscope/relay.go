package main

import (
	"os"
	"runtime/debug"

	"httpscope/internal/inspect"
)

// relayTo starts a relay to an output, in a program that keeps nothing of what it reads.
// Most of what it allocates is used again, so it can collect garbage long before there is as
// much as is in use, which is Go's default: that took a fifth more memory.
func relayTo(out output) *inspect.Relay {
	const percent = 50
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
	return inspect.NewRelay(out)
}
