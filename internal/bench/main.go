//go:build linux || darwin

// Command bench makes two captures, has httpscope, tshark and tcpdump read
// them by turns in one run, and prints the ratios. It judges nothing but its
// own set-up: what the figures must be stands in the README.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
)

func main() {
	bin := flag.String("bin", "bin/httpscope", "the httpscope to measure")
	dir := flag.String("dir", "bench", "folder for the captures")
	megabytes := flag.Int("mb", 400, "size of the mixed capture, MB")
	short := flag.Int("short", 300_000, "number of short connections")
	runs := flag.Int("runs", 3, "runs of each command; the median counts")
	live := flag.Int("live", 5, "seconds of each live capture; 0: none")
	only := flag.Bool("only-live", false, "measure live captures only")
	flag.Parse()
	var err error
	if !*only {
		err = bench(*bin, *dir, *megabytes, *short, *runs)
	}
	if err == nil && *live > 0 {
		err = liveBench(*bin, *live)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func bench(bin, dir string, megabytes, short, runs int) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	mixed, err := captureFile(filepath.Join(dir, fmt.Sprintf("mixed-%d.pcap", megabytes)), func(f *os.File) (int64, error) { return writeMixed(f, megabytes) })
	if err != nil {
		return err
	}
	unknown, err := captureFile(filepath.Join(dir, fmt.Sprintf("strangers-%d.pcap", megabytes)), func(f *os.File) (int64, error) { return writeStrangers(f, megabytes) })
	if err != nil {
		return err
	}
	many, err := captureFile(filepath.Join(dir, fmt.Sprintf("short-%d.pcap", short)), func(f *os.File) (int64, error) { return writeShort(f, short) })
	if err != nil {
		return err
	}
	for _, c := range []made{unknown, mixed, many} {
		if err := compare(bin, c, runs); err != nil {
			return err
		}
	}
	return memory(bin, dir, mixed)
}
