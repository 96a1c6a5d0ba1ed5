//go:build linux || darwin

package main

import (
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

// figures are of one run of a command.
type figures struct {
	wall, cpu time.Duration
	memory    int64 // largest resident set, bytes
	printed   int64 // bytes of standard output
}

// counter counts what is written to it.
type counter int64

// Write implements io.Writer.
func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}

// measurePrinted is measure that also counts what the command prints.
func measurePrinted(name string, args ...string) (figures, error) {
	var n counter
	f, err := run(name, args, &n)
	f.printed = int64(n)
	return f, err
}

// measure runs a command with its output thrown away.
func measure(name string, args ...string) (figures, error) { return run(name, args, nil) }

func run(name string, args []string, out io.Writer) (figures, error) {
	cmd := exec.Command(name, args...)
	cmd.Stdout = out
	began := time.Now()
	if err := cmd.Run(); err != nil {
		return figures{}, fmt.Errorf("%s %v: %w", name, args, err)
	}
	u := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	return figures{wall: time.Since(began), cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(),
		memory: int64(u.Maxrss) * maxrssUnit}, nil
}

// tool is a command to measure on a capture.
type tool struct {
	name string
	args []string
}

// compare runs the tools by turns and prints medians and ratios.
func compare(bin string, c made, runs int) error {
	tools := []tool{
		{bin, []string{"read", "--json", c.path}},
		{"tcpdump", []string{"-r", c.path, "-w", "/dev/null"}},
		{"tshark", []string{"-r", c.path, "-Y", "http", "-T", "fields", "-e", "frame.number", "-e",
			"http.request.method", "-e", "http.response.code"}},
	}
	all := make([][]figures, len(tools))
	for run := range runs {
		for i, t := range tools {
			if _, err := exec.LookPath(t.name); err != nil {
				continue
			}
			if t.name == "tshark" && run > 0 {
				continue // a minute a run; its share of the error is small
			}
			if err := warm(c.path); err != nil {
				return err
			}
			f, err := measure(t.name, t.args...)
			if err != nil {
				return err
			}
			all[i] = append(all[i], f)
		}
	}
	fmt.Printf("%s: %d packets, %d MB\n", filepath.Base(c.path), c.packets, c.bytes>>20)
	ours := median(all[0])
	for i, t := range tools {
		if len(all[i]) == 0 {
			fmt.Printf("  %-22s not installed\n", t.name)
			continue
		}
		m := median(all[i])
		fmt.Printf("  %-22s %8.3f s wall %8.3f s cpu %6.2f Mpackets/s %5d MiB   %6.2f x the time of httpscope\n",
			filepath.Base(t.name), m.wall.Seconds(), m.cpu.Seconds(),
			float64(c.packets)/m.wall.Seconds()/1e6, m.memory>>20, m.wall.Seconds()/ours.wall.Seconds())
	}
	return nil
}

// warm reads a file, so that every tool finds it in the page cache.
func warm(path string) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = io.Copy(io.Discard, f)
	return err
}

// median is the run with the median wall time.
func median(f []figures) figures {
	s := slices.Clone(f)
	slices.SortFunc(s, func(a, b figures) int { return int(a.wall - b.wall) })
	return s[len(s)/2]
}

// memory measures resident memory at 100 open connections, and what an idle
// open connection adds.
func memory(bin, dir string, mixed made) error {
	base, err := measure(bin, "read", "--json", mixed.path)
	if err != nil {
		return err
	}
	fmt.Printf("memory: %d MiB resident at 100 open connections, %d MB of capture\n", base.memory>>20, mixed.bytes>>20)
	var at [2]figures
	counts := [2]int{10_000, 60_000}
	for i, n := range counts {
		c, err := captureFile(filepath.Join(dir, fmt.Sprintf("idle-%d.pcap", n)),
			func(f *os.File) (int64, error) { return writeIdle(f, n) })
		if err != nil {
			return err
		}
		if at[i], err = measure(bin, "read", "--json", "--memory", "1GB", c.path); err != nil {
			return err
		}
	}
	fmt.Printf("memory: %d bytes more for each idle open connection (from %d to %d of them)\n",
		(at[1].memory-at[0].memory)/int64(counts[1]-counts[0]), counts[0], counts[1])
	return nil
}
