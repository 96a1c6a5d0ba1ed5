package main

import (
	"context"
	"errors"
	"fmt"
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
	cmd.Flags().StringVarP(&f.filter, "capture-filter", "f", "", captureFilterHelp())
	cmd.Flags().StringVar(&f.backend, "backend", "", "how to capture: "+strings.Join(backendNames(), " or "))
	cmd.Flags().StringVarP(&f.write, "write", "w", "", "write the packets to a pcapng file as they come")
	cmd.Flags().BoolVar(&f.headless, "headless", false, "no screen: print what is seen")
	cmd.Flags().BoolVar(&f.json, "json", false, "with --headless: one JSON object a line")
	cmd.Flags().BoolVar(&f.full, "full", false, fullHelp)
	f.memory.add(cmd, "with --headless: ")
	cmd.Flags().DurationVar(&f.duration, "duration", 0, "end after this time, for instance 5s")
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

// captureFilterHelp says which capture filters there are.
func captureFilterHelp() string {
	if slices.Contains(backendNames(), "libpcap") {
		return "capture filter, as of tcpdump"
	}
	return "capture filter: tcp, port, host, net, and, or, not"
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
	f.add(cmd, s.texts)
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
		return nil, &exitError{exitUsage, fmt.Errorf("-w: %s exists already", f.write), "give another name, or remove it"}
	}
	return nil, &exitError{code: exitUsage, err: fmt.Errorf("-w: %w", err), hint: "choose another file"}
}

// takers are the goroutines that take packets and store them.
const takers = 2

func dropPrivileges() error {
	if err := capture.DropPrivileges(); err != nil {
		return &exitError{code: exitUsage, err: fmt.Errorf("giving up root: %w", err), hint: "run it as the user it is for"}
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
		fmt.Fprintf(s.err, "httpscope: %d packets, %d dropped by the kernel, %d by the interface%s\n",
			st.Received, st.Dropped, st.IfDropped, lagDrops(l.lag()))
	}
	if f.write == "" || l.spool == nil {
		return err
	}
	// What begins like a capture and holds none is taken for one.
	if l.spool.Packets() == 0 && lost == nil && os.Remove(f.write) == nil {
		fmt.Fprintf(s.err, "httpscope: no packet was captured, so %s was removed\n", f.write)
		return err
	}
	fmt.Fprintf(s.err, "httpscope: %d packets were written to %s\n", l.spool.Packets(), f.write)
	if lost != nil && err == nil {
		err = &exitError{code: exitUsage, err: fmt.Errorf("-w: not everything was written: %w", lost), hint: "what was written until then can be read"}
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
		return &exitError{exitUsage, errors.New("--json goes with --headless"), "add --headless"}
	case f.full && !f.json:
		return &exitError{exitUsage, errors.New("--full goes with --json"), "add --json"}
	case f.duration < 0:
		return &exitError{exitUsage, fmt.Errorf("--duration: %s is less than nothing", f.duration), "for instance --duration 5s"}
	case f.headless:
		return f.memory.check()
	case f.memory.given():
		return &exitError{exitUsage, errors.New("--memory goes with --headless"), "--keep is the memory of the screen"}
	}
	st, err := f.store()
	if err == nil {
		_, err = f.config(st)
	}
	if err != nil {
		return err
	}
	return terminal("--headless prints instead")
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
