//go:build linux || darwin

// Command bench makes captures, has httpscope, tshark and tcpdump read them by
// turns in one run, and prints the ratios; then what one more of each construct
// costs, and live captures. It judges nothing but its own set-up, and marks what
// rises: what the figures must be stands in the README.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

func main() {
	bin := flag.String("bin", "bin/httpscope", "the httpscope to measure")
	dir := flag.String("dir", "bench", "folder for the captures")
	megabytes := flag.Int("mb", 400, "size of the mixed capture, MB")
	short := flag.Int("short", 300_000, "number of short connections")
	runs := flag.Int("runs", 3, "runs of each command; the median counts")
	live := flag.Int("live", 5, "seconds of each live capture; 0: none")
	only := flag.Bool("only-live", false, "measure live captures only")
	most := flag.Int("growth", 1_000_000, "most of a construct in the growth table; 0: no table")
	onlyGrowth := flag.String("only-growth", "",
		"print the growth table only, of constructs with this in their name; all: of all")
	mode := flag.String("mode", "--json", "flags of read in the growth table")
	name := flag.String("make", "", "write a capture with -items of a construct of the growth table to the file that is named, and nothing else")
	items := flag.Int("items", 1000, "of the construct that -make makes")
	flag.Parse()
	var err error
	if *name != "" {
		if err = makeConstruct(*name, *items, flag.Arg(0)); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		return
	}
	if !*only && *onlyGrowth == "" {
		err = bench(*bin, *dir, *megabytes, *short, *runs)
	}
	if err == nil && *most > 0 && !*only {
		err = growth(*bin, *dir, *mode, *most, strings.TrimPrefix(*onlyGrowth, "all"))
	}
	if *onlyGrowth != "" {
		*live = 0
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
	mixed, err := captureFile(filepath.Join(dir, fmt.Sprintf("mixed-%d.pcap", megabytes)),
		func(f *os.File) (int64, error) { return writeMixed(f, megabytes) })
	if err != nil {
		return err
	}
	unknown, err := captureFile(filepath.Join(dir, fmt.Sprintf("strangers-%d.pcap", megabytes)),
		func(f *os.File) (int64, error) { return writeStrangers(f, megabytes) })
	if err != nil {
		return err
	}
	many, err := captureFile(filepath.Join(dir, fmt.Sprintf("short-%d.pcap", short)),
		func(f *os.File) (int64, error) { return writeShort(f, short) })
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
