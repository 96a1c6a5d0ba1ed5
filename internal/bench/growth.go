//go:build linux || darwin

package main

import (
	"bufio"
	"cmp"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"httpscope/internal/synth"
)

// The growth table: what one of a construct costs when there are ten times as many of
// it. Meaning must cost what is new, not what went before, so it should cost the same,
// in memory that is bounded, and print no more than so many times its input.
const (
	leastItems   = 1_000
	startUp      = 100 * time.Millisecond // a run shorter than this says nothing about an item
	patience     = 120 * time.Second      // a decade that would take longer is left out
	riseLimit    = 2.0
	memoryLimit  = 64 << 20 // resident
	printedLimit = 30       // times the capture
)

// nothing is what the cost of a run without any item is measured by.
var nothing = construct{"nothing", func(*synth.Capture, int) {}}

// decade is what a number of items cost, beyond what an empty capture costs.
type decade struct {
	items   int
	size    int64 // of the capture
	cpu     time.Duration
	memory  int64
	printed int64
}

func (d decade) nanos() float64 { return float64(d.cpu) / float64(d.items) }

// growth measures every construct and prints a line for each: nanoseconds of CPU time, bytes
// of memory and bytes printed, an item.
func growth(bin, dir, mode string, most int, only string) error {
	dir, err := os.MkdirTemp(dir, "growth")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	with := reader{bin: bin, mode: mode, dir: dir}
	none, err := with.read(nothing, 0)
	if err != nil {
		return err
	}
	fmt.Printf("growth: CPU time, memory and bytes printed for each of a construct by read %s,\n"+
		"beyond what an empty capture takes\n", mode)
	fmt.Printf("  %-34s", "")
	for n := leastItems; n <= most; n *= 10 {
		fmt.Printf("%24d", n)
	}
	fmt.Println("\n  " + strings.Repeat(" ", 34) + strings.Repeat("       ns  memory printed", countDecades(most)))
	for _, c := range constructs {
		if !strings.Contains(c.name, only) {
			continue
		}
		if err := c.grow(with, most, none); err != nil {
			return err
		}
	}
	return nil
}

func countDecades(most int) (n int) {
	for k := leastItems; k <= most; k *= 10 {
		n++
	}
	return n
}

// grow measures one construct, decade by decade, and marks what rises.
func (c construct) grow(with reader, most int, none decade) error {
	fmt.Printf("  %-34s", c.name)
	var before decade
	marks := ""
	for n := leastItems; n <= most; n *= 10 {
		if before.cpu*10 > patience {
			marks += fmt.Sprintf("  %d NOT RUN", n)
			break
		}
		d, err := with.read(c, n)
		if err != nil {
			return fmt.Errorf("%d %s: %w", n, c.name, err)
		}
		if d.memory > memoryLimit {
			marks += fmt.Sprintf("  MEMORY %d MiB at %d", d.memory>>20, n)
		}
		d.cpu, d.memory, d.printed = max(d.cpu-none.cpu, 0), max(d.memory-none.memory, 0),
			max(d.printed-none.printed, 0)
		fmt.Printf("%9.0f%8.0f%8.0f", d.nanos(), float64(d.memory)/float64(n), float64(d.printed)/float64(n))
		if d.printed > printedLimit*d.size {
			marks += fmt.Sprintf("  OUTPUT %d times at %d", d.printed/d.size, n)
		}
		if before.cpu > startUp && d.nanos() > riseLimit*before.nanos() {
			marks += fmt.Sprintf("  RISES %.1f times at %d", d.nanos()/before.nanos(), n)
		}
		before = d
	}
	fmt.Println(marks)
	return nil
}

// runsOf is how often a size is read: a short run is mostly noise.
func runsOf(items int) int {
	if items <= 10_000 {
		return 3
	}
	return 2
}

// reader is a program and the flags that it reads with.
type reader struct{ bin, mode, dir string }

// read makes a capture of n items and reads it: the time of the run that took the least counts,
// for everything else on the machine only adds, and the most memory of all.
func (r reader) read(c construct, n int) (decade, error) {
	path := filepath.Join(r.dir, "growth.pcap")
	if err := makeApart(path, c, n); err != nil {
		return decade{}, err
	}
	defer os.Remove(path)
	info, err := os.Stat(path)
	if err != nil {
		return decade{}, err
	}
	args := append(append([]string{"read"}, strings.Fields(r.mode)...), path)
	var all []figures
	for range runsOf(n) {
		f, err := measurePrinted(r.bin, args...)
		if err != nil {
			return decade{}, err
		}
		all = append(all, f)
	}
	least := slices.MinFunc(all, func(a, b figures) int { return int(a.cpu - b.cpu) })
	memory := slices.MaxFunc(all, func(a, b figures) int { return cmp.Compare(a.memory, b.memory) }).memory
	return decade{n, info.Size(), least.cpu, memory, least.printed}, nil
}

// makeApart has another process make the capture: the most memory that a process ever
// had is in the account of what it starts.
func makeApart(path string, c construct, n int) error {
	own, err := os.Executable()
	if err != nil {
		return err
	}
	out, err := exec.Command(own, "-make", c.name, "-items", strconv.Itoa(n), path).CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, out)
	}
	return nil
}

// makeConstruct writes a capture with n of the construct of a name.
func makeConstruct(name string, n int, path string) error {
	if name == nothing.name {
		return writeConstruct(path, nothing, n)
	}
	i := slices.IndexFunc(constructs, func(c construct) bool { return c.name == name })
	if i < 0 {
		return fmt.Errorf("there is no construct %q", name)
	}
	return writeConstruct(path, constructs[i], n)
}

func writeConstruct(path string, c construct, n int) error {
	f, err := os.Create(path)
	if err != nil {
		return err
	}
	defer f.Close()
	w := bufio.NewWriterSize(f, 1<<20)
	capture := synth.NewCapture(w, epoch)
	capture.Step = 10 * time.Microsecond
	c.build(capture, n)
	if err := capture.Err(); err != nil {
		return err
	}
	return w.Flush()
}
