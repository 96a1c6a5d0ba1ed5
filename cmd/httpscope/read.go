package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/spf13/cobra"

	"httpscope/capture"
	"httpscope/internal/export"
	"httpscope/internal/inspect"
	"httpscope/internal/trace"
)

// readFlags are the flags of `read`.
type readFlags struct {
	json, connections, verbose, hash bool
	format                           string
	fields                           []string
}

func readCommand(s streams) *cobra.Command {
	var f readFlags
	cmd := &cobra.Command{
		Use:   "read FILE...",
		Short: "Read capture files: every connection and exchange, as tables, text or JSON",
		Long: "Read pcap and pcapng files, gzip or zstd around them or not; `-` is standard input.\n" +
			"Prints a table of the connections and one of the exchanges, or what the flags ask for.",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return &exitError{exitUsage, errors.New("read needs a capture file"), "httpscope read FILE, or `-` for standard input"}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd.Context(), s, args) },
	}
	cmd.Flags().BoolVar(&f.json, "json", false, "one JSON object a line: exchanges, connections, a summary")
	cmd.Flags().BoolVar(&f.connections, "connections", false, "the table of connections only")
	cmd.Flags().BoolVarP(&f.verbose, "verbose", "V", false, "the wire line by line, with packet numbers, offsets and reasons")
	cmd.Flags().BoolVar(&f.hash, "hash", false, "with --json: add body_sha256 to each message")
	cmd.Flags().StringVar(&f.format, "format", "table", "table, json, verbose, connections or fields")
	cmd.Flags().StringArrayVarP(&f.fields, "field", "e", nil, "with --format fields: a field by Wireshark's name; repeat it for more")
	return cmd
}

// output is a writer of one of the formats.
type output interface {
	inspect.Sink
	Summary(s *trace.Summary)
	Flush() error
}

// choose makes the output that the flags ask for.
func (f *readFlags) choose(w io.Writer) (output, error) {
	kind := f.format
	for name, set := range map[string]bool{"json": f.json, "connections": f.connections, "verbose": f.verbose} {
		if set {
			kind = name
		}
	}
	switch kind {
	case "json":
		return export.NewJSONLines(w), nil
	}
	return nil, &exitError{exitUsage, fmt.Errorf("unknown format %q", kind), "table, json, verbose, connections or fields"}
}

func (f *readFlags) run(ctx context.Context, s streams, paths []string) error {
	ctx, stop := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer stop()
	out, err := f.choose(s.out)
	if err != nil {
		return err
	}
	var damaged error
	for _, path := range paths {
		err := f.readOne(ctx, s, out, path)
		var d *capture.DamageError
		if errors.As(err, &d) {
			damaged = &exitError{code: exitDamaged, err: fmt.Errorf("%s: %w", path, err)}
			continue
		}
		if err != nil {
			return err
		}
	}
	return damaged
}

// readOne reads one file to its end, its damage, or an interrupt, and prints
// the summary in each case.
func (f *readFlags) readOne(ctx context.Context, s streams, out output, path string) error {
	file, err := open(path, s.in)
	if err != nil {
		return err
	}
	relay := inspect.NewRelay(out)
	source := capture.ReadAhead(file, relay.Flush)
	defer source.Stop()
	engine := inspect.New(inspect.Options{Hash: f.hash}, relay)
	err = readPackets(ctx, source, engine)
	engine.Finish()
	relay.Close()
	summary := engine.Summary()
	summary.Dropped = source.Dropped()
	var d *capture.DamageError
	summary.Truncated = errors.As(err, &d)
	out.Summary(&summary)
	if werr := out.Flush(); werr != nil {
		return outputError(werr)
	}
	return err
}

// readPackets feeds the engine. An interrupt is an early end, not an error.
func readPackets(ctx context.Context, source capture.Source, engine *inspect.Engine) error {
	const checkEvery = 1024
	for i := 0; ; i++ {
		p, err := source.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		engine.Packet(p)
		if i%checkEvery == 0 && ctx.Err() != nil {
			return nil
		}
	}
}

func open(path string, stdin io.Reader) (*capture.File, error) {
	var file *capture.File
	var err error
	if path == "-" {
		file, err = capture.NewFile(stdin)
	} else {
		file, err = capture.Open(path)
	}
	if err != nil {
		return nil, openError(path, err)
	}
	return file, nil
}

// outputError turns a failed write into an error, but for a reader that went
// away, as head(1) does.
func outputError(err error) error {
	if errors.Is(err, syscall.EPIPE) {
		return nil
	}
	return &exitError{code: exitUsage, err: fmt.Errorf("writing the output: %w", err)}
}
