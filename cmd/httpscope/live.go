package main

import (
	"context"
	"errors"
	"fmt"
	"os/signal"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"httpscope/capture"
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
	duration   time.Duration
}

func (f *liveFlags) add(cmd *cobra.Command) {
	f.screenFlags.add(cmd)
	cmd.Flags().StringVarP(&f.filter, "capture-filter", "f", "", "capture filter, as of tcpdump")
	cmd.Flags().StringVar(&f.backend, "backend", "", "how to capture: "+strings.Join(capture.Backends(), ", "))
	cmd.Flags().StringVarP(&f.write, "write", "w", "", "write the packets to a pcapng file as they come")
	cmd.Flags().BoolVar(&f.headless, "headless", false, "no screen: print what is seen")
	cmd.Flags().BoolVar(&f.json, "json", false, "with --headless: one JSON object a line")
	cmd.Flags().DurationVar(&f.duration, "duration", 0, "end after this time, for instance 5s")
}

func liveCommand(s streams) *cobra.Command {
	var f liveFlags
	cmd := &cobra.Command{
		Use:   "live -i IFACE",
		Short: "Look at the traffic of an interface as it happens",
		Long: "Capture on one or more network interfaces and show every connection and exchange as it happens.\n" +
			"`httpscope interfaces` lists what can be captured on, and says which interface will carry a URL.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if len(f.interfaces) == 0 {
				return &exitError{exitUsage, errors.New("live needs an interface"), "httpscope live -i " + loopbackName() + "; `httpscope interfaces` lists them"}
			}
			return f.run(cmd.Context(), s)
		},
	}
	f.add(cmd)
	cmd.Flags().StringArrayVarP(&f.interfaces, "interface", "i", nil, "interface to capture on; repeat it for several at once")
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
	defer l.close()
	if f.headless {
		l.capturing(s, f)
		return f.print(ctx, s, l)
	}
	err = f.show(ctx, l)
	f.wrote(s, l)
	return err
}

// wrote says, when the screen is gone, where the packets are.
func (f *liveFlags) wrote(s streams, l *live) {
	if f.write != "" {
		fmt.Fprintf(s.err, "httpscope: %d packets were written to %s\n", l.source.Stats().Received, f.write)
	}
}

// context ends with the time that the flags give, or with a signal.
func (f *liveFlags) context(ctx context.Context) (context.Context, func()) {
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
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
		return &exitError{exitUsage, errors.New("--json goes with --headless"), "add --headless"}
	case !f.headless:
		return terminal()
	}
	return nil
}

// liveSource is one interface, or several merged.
type liveSource interface {
	source
	Frame() []byte
	Stats() capture.LiveStats
	Stop()
	Close()
}

// live is an open capture and the file it is written to.
type live struct {
	name     string
	source   liveSource
	messages <-chan string // what happens to interfaces; nil with a single one
	spool    *spool        // nil: packets are not kept
}

// open opens the interfaces, gives up the rights that this needed, and begins
// the file.
func (f *liveFlags) open(names []string) (*live, error) {
	var opened []*capture.Live
	for _, name := range unique(names) {
		l, err := capture.OpenLive(capture.LiveOptions{Interface: name, Filter: f.filter, Backend: f.backend})
		if err != nil {
			for _, o := range opened {
				o.Close()
			}
			return nil, f.explain(err)
		}
		opened = append(opened, l)
	}
	if err := capture.DropPrivileges(); err != nil {
		return nil, &exitError{code: exitUsage, err: fmt.Errorf("giving up root: %w", err)}
	}
	l := &live{name: strings.Join(names, "+")}
	if len(opened) == 1 {
		l.source = opened[0]
	} else {
		m := capture.Merge(opened...)
		l.source, l.messages = m, m.Messages()
	}
	if f.headless && f.write == "" {
		return l, nil // nobody can ask for the packets later
	}
	var err error
	if l.spool, err = newSpool(f.write, opened); err != nil {
		l.source.Close()
		return nil, &exitError{code: exitUsage, err: err, hint: "choose another file with -w"}
	}
	return l, nil
}

func (l *live) close() {
	l.source.Close()
	l.spool.close(l.source.Stats())
}

// explain says why a capture cannot be opened, and what to do.
func (f *liveFlags) explain(err error) error {
	e := &exitError{code: exitUsage, err: err, hint: "`httpscope interfaces` lists what can be captured on"}
	var permission *capture.PermissionError
	var wrong *capture.FilterError
	switch {
	case errors.As(err, &permission):
		e.hint = capture.PermissionHint()
	case errors.As(err, &wrong):
		e.hint = wrong.Hint
		if f.backend == "af_packet" && len(capture.Backends()) > 1 {
			e.hint = "without --backend, libpcap takes any filter of tcpdump"
		}
	}
	return e
}

// capturing says that from now on everything is seen.
func (l *live) capturing(s streams, f *liveFlags) {
	fmt.Fprintf(s.err, "httpscope: capturing on %s", l.name)
	if f.filter != "" {
		fmt.Fprintf(s.err, ", filter %q", f.filter)
	}
	fmt.Fprintln(s.err)
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
