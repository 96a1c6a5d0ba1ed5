package target

import (
	"slices"
	"strings"
	"sync"
)

// faults remembers the last errors. net/http's log writes to it: the terminal
// belongs to the user interface.
type faults struct {
	mu    sync.Mutex
	lines []string
}

// Write takes one message of a log.Logger.
func (f *faults) Write(b []byte) (int, error) {
	f.add(strings.TrimSuffix(string(b), "\n"))
	return len(b), nil
}

func (f *faults) add(line string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.lines) == maxErrors {
		f.lines = slices.Delete(f.lines, 0, 1)
	}
	f.lines = append(f.lines, line)
}

func (f *faults) list() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.lines)
}
