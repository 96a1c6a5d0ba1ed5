package main

import (
	"cmp"
	"math"
	"os"
	"runtime/debug"

	"github.com/spf13/cobra"

	"httpscope/internal/inspect"
	"httpscope/internal/texts"
)

// memoryFlag is how much memory a command may take that keeps nothing of what it reads.
type memoryFlag struct {
	size  string
	bytes int64 // 0 before it was checked
}

// What it may take unless the flag says otherwise, resident.
const (
	usualMemory      = "64MB"
	usualMemoryBytes = 64 << 20
)

// What the program takes of it before a connection is open, measured: pages of its own file,
// and tables, buffers and what is on its way between goroutines.
const (
	filePages = 28 << 20
	tables    = 20 << 20
)

// add gives a command the flag, with the help that a key has.
func (m *memoryFlag) add(cmd *cobra.Command, c texts.Catalogue, help string) {
	cmd.Flags().StringVar(&m.size, "memory", usualMemory, c.Phrase(help))
}

// given reports a memory that is not the usual one.
func (m *memoryFlag) given() bool { return m.size != "" && m.size != usualMemory }

// check reads what the flag says, before anything is opened.
func (m *memoryFlag) check() (err error) {
	if m.bytes, err = parseSize(cmp.Or(m.size, usualMemory)); err != nil {
		return &exitError{exitUsage, texts.Errorf("error.of", "--memory", err), texts.Say("hint.relay.memory")}
	}
	return nil
}

// all is what the command may take, in bytes.
func (m *memoryFlag) all() int64 { return cmp.Or(m.bytes, usualMemoryBytes) }

// connections is the part of it that open connections may hold.
func (m *memoryFlag) connections() int64 {
	const least = 4 << 20
	return max(m.all()-filePages-tables, least)
}

// relayTo starts a relay to an output, in a program that keeps nothing of what it reads, and
// has the memory that it may take observed. Most of what it allocates is used again, so little
// is in use and collections by Go's default share of that would come often: the limit is what
// bounds the memory, and below it fewer collections save a tenth of the time.
func (m *memoryFlag) relayTo(out output) *inspect.Relay {
	const percent = 250
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
	if debug.SetMemoryLimit(-1) == math.MaxInt64 { // not by GOMEMLIMIT
		debug.SetMemoryLimit(max(m.all()-filePages, tables))
	}
	return inspect.NewRelay(out)
}
