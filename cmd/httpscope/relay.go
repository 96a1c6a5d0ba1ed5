package main

import (
	"cmp"
	"fmt"
	"math"
	"os"
	"runtime/debug"

	"github.com/spf13/cobra"

	"httpscope/internal/inspect"
)

// memoryFlag is how much memory a command may take that keeps nothing of what it reads.
type memoryFlag struct{ size string }

// usualMemory is what it may take unless the flag says otherwise, resident.
const usualMemory = "64MB"

// What the program takes of it before a connection is open, measured: pages of its own file,
// and tables, buffers and what is on its way between goroutines.
const (
	filePages = 28 << 20
	tables    = 20 << 20
)

func (m *memoryFlag) add(cmd *cobra.Command, when string) {
	const help = "memory to read with; beyond it the longest idle open connections are given up"
	cmd.Flags().StringVar(&m.size, "memory", usualMemory, when+help)
}

// bytes is what the flag asks for.
func (m *memoryFlag) bytes() (int64, error) {
	n, err := parseSize(cmp.Or(m.size, usualMemory))
	if err != nil {
		return 0, &exitError{exitUsage, fmt.Errorf("--memory: %w", err), "for instance --memory 1GB"}
	}
	return n, nil
}

// connectionMemory is the part of it that open connections may hold.
func connectionMemory(all int64) int64 {
	const least = 4 << 20
	return max(all-filePages-tables, least)
}

// relayTo starts a relay to an output, in a program that keeps nothing of what it reads, and
// has the memory that it may take observed. Most of what it allocates is used again, so it can
// collect garbage long before there is as much as is in use, which is Go's default: that took a
// fifth more memory.
func relayTo(out output, memory int64) *inspect.Relay {
	const percent = 50
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
	if debug.SetMemoryLimit(-1) == math.MaxInt64 { // not by GOMEMLIMIT
		debug.SetMemoryLimit(max(memory-filePages, tables))
	}
	return inspect.NewRelay(out)
}
