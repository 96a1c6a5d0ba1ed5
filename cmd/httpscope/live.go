package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"httpscope/capture"
	"httpscope/internal/session"
	"httpscope/internal/texts"
)

// liveFlags are the flags of `live`, most of which `lab` has too.
type liveFlags struct {
	screenFlags
	interfaces []string
	filter     string
	backend    string
	write      string
	headless   bool
	json       bool
	full       bool
	duration   time.Duration
	memory     memoryFlag
}

func (f *liveFlags) add(cmd *cobra.Command, c texts.Catalogue) {
	f.screenFlags.add(cmd, c)
	cmd.Flags().StringVarP(&f.filter, "capture-filter", "f", "", c.Phrase(captureFilterHelp()))
	cmd.Flags().StringVar(&f.backend, "backend", "", c.Phrase("flag.live.backend", texts.ListOf("or", backendNames())))
	cmd.Flags().StringVarP(&f.write, "write", "w", "", c.Phrase("flag.live.write"))
	cmd.Flags().BoolVar(&f.headless, "headless", false, c.Phrase("flag.live.headless"))
	cmd.Flags().BoolVar(&f.json, "json", false, c.Phrase("flag.live.json"))
	cmd.Flags().BoolVar(&f.full, "full", false, c.Phrase("flag.live.full"))
	f.memory.add(cmd, c, "flag.memory.headless")
	cmd.Flags().DurationVar(&f.duration, "duration", 0, c.Phrase("flag.live.duration"))
}

// backendNames are the words that --backend takes.
func backendNames() []string {
	var names []string
	for _, b := range capture.Backends() {
		name, _, _ := strings.Cut(b, " ")
		names = append(names, name)
	}
	return names
}

// captureFilterHelp is the key of what says which capture filters there are.
func captureFilterHelp() string {
	if slices.Contains(backendNames(), "libpcap") {
		return "flag.live.capture-filter.libpcap"
	}
	return "flag.live.capture-filter"
}

func liveCommand(s streams) *cobra.Command {
	var f liveFlags
	cmd := &cobra.Command{
		Use:   "live -i IFACE",
		Short: s.texts.Phrase("command.live.short"),
		Long:  s.texts.Phrase("command.live.long"),
		Args:  noArguments,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if len(f.interfaces) == 0 {
				return &exitError{exitUsage, texts.Errorf("error.live.no-interface"),
					texts.Say("hint.live.no-interface", loopbackName())}
			}
			return f.run(cmd.Context(), s)
		},
	}
	f.add(cmd, s.texts)
	cmd.Flags().StringArrayVarP(&f.interfaces, "interface", "i", nil, s.texts.Phrase("flag.live.interface"))
	return cmd
}

// run captures until the screen is left, the time is over, or a signal comes.
func (f *liveFlags) run(ctx context.Context, s streams) error {
	ctx, stop := f.context(ctx)
	defer stop()
	if err := f.check(); err != nil {
		return err
	}
	l, err := f.open(f.interfaces)
	if err != nil {
		return err
	}
	if err := f.ready(l); err != nil {
		l.source.Close()
		return err
	}
	if f.headless {
		l.capturing(s, f)
		return l.end(s, f, f.print(ctx, s, l))
	}
	return l.end(s, f, f.show(ctx, l))
}

// ready gives up the rights that opening needed, begins the file, which is
// then the user's, and takes packets from now on.
func (f *liveFlags) ready(l *live) error {
	if err := dropPrivileges(); err != nil {
		return err
	}
	var err error
	if l.spool, err = f.openSpool(l.opened); err != nil {
		return err
	}
	// The kernel wakes the goroutine that takes packets at once, but Go would have
	// it wait for those that analyse, up to 10 ms for each: so there is room for it.
	runtime.GOMAXPROCS(runtime.GOMAXPROCS(0) + takers)
	if l.spool == nil {
		l.source.Begin(nil) // not a Recorder that holds nil
	} else {
		l.source.Begin(l.spool)
	}
	return nil
}

// openSpool makes the file that the flags ask for, or one without a name; nil
// where packets need not be kept, or there is no room for what nobody asked for.
func (f *liveFlags) openSpool(from []*capture.Live) (*session.Spool, error) {
	if f.write == "" && f.headless {
		return nil, nil
	}
	s, err := session.OpenSpool(f.write, "httpscope "+buildVersion(), from)
	switch {
	case err == nil:
		return s, nil
	case f.write == "":
		return nil, nil
	case errors.Is(err, os.ErrExist):
		return nil, &exitError{exitUsage, texts.Errorf("error.live.exists", f.write), texts.Say("hint.live.exists")}
	}
	return nil, &exitError{code: exitUsage, err: texts.Errorf("error.of", "-w", err),
		hint: texts.Say("hint.live.other-file")}
}

// takers are the goroutines that take packets and store them.
const takers = 2

func dropPrivileges() error {
	if err := capture.DropPrivileges(); err != nil {
		return &exitError{code: exitUsage, err: texts.Errorf("error.live.root", err), hint: texts.Say("hint.live.root")}
	}
	return nil
}

// end closes the capture and its file, and says what became of them. err is
// how the work on it ended.
func (l *live) end(s streams, f *liveFlags, err error) error {
	l.source.Stop()
	l.source.Settle()
	l.source.Close()
	st := l.source.Stats()
	lost := l.spool.Close()
	if !f.headless {
		s.note("live.counts", st.Received, st.Dropped, st.IfDropped, lagDrops(s.texts, l.lag()))
	}
	if f.write == "" || l.spool == nil {
		return err
	}
	// What begins like a capture and holds none is taken for one.
	if l.spool.Packets() == 0 && lost == nil && os.Remove(f.write) == nil {
		s.note("live.removed", f.write)
		return err
	}
	s.note("live.written", l.spool.Packets(), f.write)
	if lost != nil && err == nil {
		err = &exitError{code: exitUsage, err: texts.Errorf("error.live.not-all-written", lost),
			hint: texts.Say("hint.live.not-all-written")}
	}
	return err
}

// context ends with the time that the flags give, or with a signal.
func (f *liveFlags) context(ctx context.Context) (context.Context, func()) {
	ctx, stop := signal.NotifyContext(ctx, endSignals()...)
	if f.duration <= 0 {
		return ctx, stop
	}
	ctx, cancel := context.WithTimeout(ctx, f.duration)
	return ctx, func() { cancel(); stop() }
}

// check looks at the flags before anything is opened.
func (f *liveFlags) check() error {
	switch {
	case f.json && !f.headless:
		return &exitError{exitUsage, texts.Errorf("error.live.json"), texts.Say("hint.live.json")}
	case f.full && !f.json:
		return &exitError{exitUsage, texts.Errorf("error.live.full"), texts.Say("hint.live.full")}
	case f.duration < 0:
		return &exitError{exitUsage, texts.Errorf("error.live.duration", f.duration), texts.Say("hint.live.duration")}
	case f.headless:
		return f.memory.check()
	case f.memory.given():
		return &exitError{exitUsage, texts.Errorf("error.live.memory"), texts.Say("hint.live.memory")}
	}
	st, err := f.store()
	if err == nil {
		_, err = f.config(st)
	}
	if err != nil {
		return err
	}
	return terminal(texts.Say("hint.live.headless"))
}

// live is an open capture and the file it is written to.
type live struct {
	name   string
	opened []*capture.Live
	source *capture.Queue
	spool  *session.Spool // nil: packets are not kept
}

// open opens the interfaces.
func (f *liveFlags) open(names []string) (*live, error) {
	names = unique(names)
	l := &live{name: strings.Join(names, "+")}
	for _, name := range names {
		one, err := capture.OpenLive(capture.LiveOptions{Interface: name, Filter: f.filter, Backend: f.backend})
		if err != nil {
			for _, o := range l.opened {
				o.Close()
			}
			return nil, f.explain(err)
		}
		l.opened = append(l.opened, one)
	}
	l.source = capture.NewQueue(capture.QueueOptions{Overflow: session.OverflowFile}, l.opened...)
	return l, nil
}

func unique(names []string) []string {
	var out []string
	for _, n := range names {
		if !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}

// explain says why a capture cannot be opened, and what to do.
func (f *liveFlags) explain(err error) error {
	e := &exitError{code: exitUsage, err: err, hint: texts.Say("hint.live.interfaces")}
	var permission *capture.PermissionError
	var wrong *capture.FilterError
	switch {
	case errors.As(err, &permission):
		e.hint = capture.PermissionHint()
	case errors.As(err, &wrong):
		e.hint = wrong.Hint
		if f.backend == "af_packet" && len(capture.Backends()) > 1 {
			e.hint = texts.Say("hint.live.libpcap")
		}
	}
	return e
}

// capturing says that from now on everything is seen.
func (l *live) capturing(s streams, f *liveFlags) {
	if f.filter != "" {
		s.note("live.capturing.filter", l.name, f.filter)
	} else {
		s.note("live.capturing", l.name)
	}
}

// loopbackName is the name of the loopback interface, for hints.
func loopbackName() string {
	all, _ := capture.Interfaces()
	for _, i := range all {
		if i.Kind == "loopback" {
			return i.Name
		}
	}
	return "lo"
}
