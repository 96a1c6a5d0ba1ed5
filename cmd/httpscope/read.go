package main

import (
	"context"
	"errors"
	"os/signal"
	"sync/atomic"
	"syscall"

	"github.com/spf13/cobra"

	"httpscope/capture"
	"httpscope/internal/export"
	"httpscope/internal/filter"
	"httpscope/internal/inspect"
	"httpscope/internal/session"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// readFlags are the flags of `read`.
type readFlags struct {
	json, connections, why, verbose, hash bool
	full                                  bool
	packets                               bool
	format                                string
	fields                                []string
	layout                                []string // of fields: -E
	keep                                  int64    // bytes of each body to keep
	filter                                string
	reference                             int64          // the packet that ${field} is about
	selects                               *filter.Filter // nil: all
	memory                                memoryFlag
}

func readCommand(s streams) *cobra.Command {
	var f readFlags
	cmd := &cobra.Command{
		Use:   "read FILE...",
		Short: s.texts.Phrase("command.read.short"),
		Long:  s.texts.Phrase("command.read.long"),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 0 {
				return &exitError{exitUsage, texts.Errorf("error.read.no-file"), texts.Say("hint.read.no-file")}
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd.Context(), s, args) },
	}
	cmd.Flags().BoolVar(&f.json, "json", false, s.texts.Phrase("flag.read.json"))
	cmd.Flags().BoolVar(&f.connections, "connections", false, s.texts.Phrase("flag.read.connections"))
	cmd.Flags().BoolVar(&f.why, "why", false, s.texts.Phrase("flag.read.why"))
	cmd.Flags().BoolVarP(&f.verbose, "verbose", "V", false, s.texts.Phrase("flag.read.verbose"))
	cmd.Flags().BoolVar(&f.hash, "hash", false, s.texts.Phrase("flag.read.hash"))
	cmd.Flags().BoolVar(&f.packets, "packets", false, s.texts.Phrase("flag.read.packets"))
	cmd.Flags().BoolVar(&f.full, "full", false, s.texts.Phrase("flag.read.full"))
	cmd.Flags().StringVar(&f.format, "format", "table", s.texts.Phrase("flag.read.format"))
	cmd.Flags().StringVarP(&f.filter, "display-filter", "Y", "", s.texts.Phrase("flag.read.display-filter"))
	cmd.Flags().Int64Var(&f.reference, "reference", 0, s.texts.Phrase("flag.read.reference"))
	cmd.Flags().StringArrayVarP(&f.fields, "field", "e", nil, s.texts.Phrase("flag.read.field"))
	cmd.Flags().StringArrayVarP(&f.layout, "field-option", "E", nil, s.texts.Phrase("flag.read.field-option"))
	f.memory.add(cmd, s.texts, "flag.memory")
	return cmd
}

// output is a writer of one of the formats.
type output interface {
	inspect.Sink
	Summary(s *trace.Summary)
	Flush() error
}

// kind is the format that the flags ask for together.
func (f *readFlags) kind() (string, error) {
	kinds := []string{}
	for _, k := range []struct {
		name string
		set  bool
	}{{"json", f.json}, {"connections", f.connections}, {"why", f.why}, {"verbose", f.verbose}} {
		if k.set {
			kinds = append(kinds, k.name)
		}
	}
	switch {
	case len(kinds) > 1:
		return "", &exitError{exitUsage, texts.Errorf("error.read.exclude", kinds[0], kinds[1]),
			texts.Say("hint.read.exclude")}
	case len(kinds) == 1:
		return kinds[0], nil
	case len(f.fields) > 0 && f.format == "table":
		return "fields", nil
	}
	return f.format, nil
}

// choose makes the output that the flags ask for.
func (f *readFlags) choose(s streams) (output, error) {
	w, lang := s.out, s.texts.Lang()
	kind, err := f.kind()
	switch {
	case err != nil:
		return nil, err
	case f.hash && kind != "json":
		return nil, &exitError{exitUsage, texts.Errorf("error.read.hash"), texts.Say("hint.read.hash")}
	case f.full && kind != "json" && kind != "verbose":
		return nil, &exitError{exitUsage, texts.Errorf("error.read.full"), texts.Say("hint.read.full")}
	}
	if err := f.checkFields(kind); err != nil {
		return nil, err
	}
	switch kind {
	case "table":
		return export.NewTable(lang, w, export.BothTables), nil
	case "connections":
		return export.NewTable(lang, w, export.ConnectionTable), nil
	case "why":
		return export.NewTable(lang, w, export.WhyTable), nil
	case "verbose":
		f.keep = export.BodyPreview
		return export.NewWire(lang, w).Full(f.full), nil
	case "json":
		return export.NewJSONLines(w).Full(f.full), nil
	case "fields", "csv":
		return f.messageRows(s)
	}
	return nil, &exitError{exitUsage, texts.Errorf("error.read.format", kind), texts.Say("hint.read.format")}
}

func (f *readFlags) run(ctx context.Context, s streams, paths []string) error {
	if f.packets {
		return f.listPackets(s, paths)
	}
	if f.reference != 0 {
		return &exitError{exitUsage, texts.Errorf("error.read.reference"), texts.Say("hint.read.reference")}
	}
	if err := f.memory.check(); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(ctx, endSignals()...)
	defer stop()
	if f.filter != "" {
		var err error
		if f.selects, err = filter.Compile(f.filter); err != nil {
			return filterError(f.filter, err)
		}
		f.keep = filteredBody
	}
	out, err := f.choose(s)
	if err != nil {
		return err
	}
	var damaged error
	for _, path := range paths {
		if ctx.Err() != nil {
			break // an interrupt ends the whole command
		}
		if t, ok := out.(titled); ok && len(paths) > 1 {
			t.Title(path)
		}
		err := f.readOne(ctx, s, out, path)
		var d *capture.DamageError
		if errors.As(err, &d) {
			damaged = &exitError{code: exitDamaged, err: texts.Errorf("error.of", path, err)}
			continue
		}
		if err != nil {
			return err
		}
	}
	if ctx.Err() != nil {
		return &exitError{code: exitInterrupted} // its summary has said what was read
	}
	return damaged
}

// titled is an output that heads each of several files.
type titled interface{ Title(path string) }

// readOne reads one file to its end, its damage, or an interrupt, and prints
// the summary in each case.
func (f *readFlags) readOne(ctx context.Context, s streams, out output, path string) error {
	file, err := openWithin(ctx, path, s.in)
	if ctx.Err() != nil { // nothing has come so far
		summary := inspect.New(inspect.Options{}, out).Summary()
		out.Summary(&summary)
		return outputError(out.Flush())
	}
	if err != nil {
		return err
	}
	if regular(path) {
		file.LookAhead()
	}
	relay := f.memory.relayTo(out)
	var began atomic.Int64 // time of the first packet
	options := inspect.Options{Hash: f.hash, KeepBody: f.keep, Parallel: true, InOrder: regular(path), Brief: f.brief(),
		Memory: f.memory.connections()}
	shown, dropped := newProgress(s, path), uint64(0)
	known, err := f.readOutcomes(ctx, path, options, shown)
	if err != nil {
		relay.Close()
		file.Close()
		return err
	}
	sink, late := f.knowing(relay, f.sink(relay, out, &began), known)
	engine := inspect.New(options, sink)
	begin := beginner(out)
	r := session.NewReader(file, engine, session.Hooks{Packet: func(p *capture.Packet) {
		begin(p.Nano)
		began.CompareAndSwap(0, p.Nano)
		dropped = file.Info().Dropped
		if p.Number%progressEvery == 0 {
			shown.show(file.Position(), p.Number)
		}
	}})
	err = r.Read(ctx)
	shown.clear()
	if ctx.Err() == nil {
		dropped = file.Info().Dropped
		file.Close()
	}
	relay.Close()
	summary := engine.Summary()
	summary.Dropped = dropped
	var d *capture.DamageError
	summary.Truncated = errors.As(err, &d)
	out.Summary(&summary)
	if werr := out.Flush(); werr != nil {
		return outputError(werr)
	}
	s.hintEmpty(ctx, err, &summary)
	s.hintGivenUp(&summary)
	late.hint(s)
	return err
}

// hintEmpty tells why nothing was found, once the whole of a file was read.
func (s streams) hintEmpty(ctx context.Context, err error, found *trace.Summary) {
	if err == nil && ctx.Err() == nil && !found.Empty.IsZero() {
		s.hint(found.Empty)
	}
}

// hintGivenUp tells how to read connections to their end for which there was no memory.
func (s streams) hintGivenUp(found *trace.Summary) {
	if found.GivenUp > 0 {
		s.hint(texts.Say("hint.given-up", found.GivenUp))
	}
}

// filteredBody is how many bytes of each body a display filter can look at.
const filteredBody = 64 << 10

// sink is the relay, behind the display filter if there is one. Rows of messages
// have asked the filter themselves.
func (f *readFlags) sink(relay *inspect.Relay, out output, began *atomic.Int64) inspect.Sink {
	if _, ok := out.(*messageRows); ok || f.selects == nil {
		return relay
	}
	return &selection{Relay: relay, filter: f.selects, began: began, seen: map[int64]bool{}}
}

// brief reports that what an exchange changed is all that is printed of jars and resources.
func (f *readFlags) brief() bool {
	kind, err := f.kind()
	return err == nil && kind != "verbose" && !f.full
}

// timed is an output that counts time from the first packet.
type timed interface{ Begin(nano int64) }

// beginner tells an output, once, when the first packet came.
func beginner(out output) func(nano int64) {
	t, ok := out.(timed)
	return func(nano int64) {
		if ok {
			ok = false
			t.Begin(nano)
		}
	}
}

// outputError turns a failed write into an error, but for a reader that went
// away, as head(1) does.
func outputError(err error) error {
	if err == nil || errors.Is(err, syscall.EPIPE) {
		return nil
	}
	return &exitError{code: exitUsage, err: texts.Errorf("error.output", err)}
}
