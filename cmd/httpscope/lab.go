package main

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"httpscope/capture"
	"httpscope/internal/export"
	"httpscope/internal/inspect"
	"httpscope/internal/store"
	"httpscope/internal/target"
	"httpscope/tui"
)

// labFlags are the flags of `lab`.
type labFlags struct {
	liveFlags
	targetFlags
	ears bool
}

func labCommand(s streams) *cobra.Command {
	var f labFlags
	cmd := &cobra.Command{
		Use:   "lab",
		Short: "Target servers, live capture on loopback and the terminal UI, side by side",
		Long: "Start the lab's servers, capture what goes to and from them, and show it as it happens.\n" +
			"Point a browser, curl, telnet or your own program at the servers, or at your own server on this machine.",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return f.run(cmd.Context(), s) },
	}
	f.liveFlags.add(cmd)
	f.targetFlags.add(cmd)
	cmd.Flags().StringArrayVarP(&f.interfaces, "interface", "i", nil, "interface to capture on, beside those that the servers need")
	cmd.Flags().BoolVar(&f.ears, "sockets", false, "do not capture: hear the servers' own sockets")
	return cmd
}

// run opens the capture first, since that needs rights that are given up then.
func (f *labFlags) run(ctx context.Context, s streams) error {
	ctx, stop := f.context(ctx)
	defer stop()
	if err := f.check(); err != nil {
		return err
	}
	o, err := f.options()
	if err != nil {
		return err
	}
	if f.filter == "" {
		f.liveFlags.filter = "tcp"
	}
	l, why := f.capture(o.Bind)
	if why != nil && !errors.As(why, new(*capture.PermissionError)) && !f.ears {
		return why
	}
	if w := o.Warning(); w != "" {
		fmt.Fprintf(s.err, "httpscope: warning: %s\n", w)
	}
	if l != nil {
		defer l.close()
	}
	// Files are opened when root is given up, so that they are the user's.
	if o.KeyLog, err = f.openKeyLog(); err != nil {
		return err
	}
	if l != nil {
		return f.withPackets(ctx, s, l, o)
	}
	return f.withEars(ctx, s, o, why)
}

// capture opens the interfaces that carry what goes to the servers.
func (f *labFlags) capture(bind netip.Addr) (*live, error) {
	if f.ears {
		return nil, nil
	}
	names := append([]string{loopbackName()}, f.interfaces...)
	if !bind.IsLoopback() {
		names = append(names, outside(bind)...)
	}
	return f.open(names)
}

// outside are the interfaces by which others reach an address of this machine.
func outside(bind netip.Addr) []string {
	all, _ := capture.Interfaces()
	var names []string
	for _, i := range all {
		for _, a := range i.Addresses {
			if i.Up && i.Kind != "loopback" && (bind.IsUnspecified() || a.Addr() == bind) {
				names = append(names, i.Name)
			}
		}
	}
	return names
}

func unique(names []string) []string {
	var out []string
	seen := map[string]bool{}
	for _, n := range names {
		if !seen[n] {
			seen[n] = true
			out = append(out, n)
		}
	}
	return out
}

// withPackets runs the lab on a capture.
func (f *labFlags) withPackets(ctx context.Context, s streams, l *live, o target.Options) error {
	if f.headless {
		servers, err := startTarget(ctx, o)
		if err != nil {
			return err
		}
		defer servers.Close()
		listServers(s.err, servers)
		l.capturing(s, &f.liveFlags)
		return f.print(ctx, s, l)
	}
	st, err := f.store()
	if err != nil {
		return err
	}
	p := &player{flags: &f.liveFlags, live: l, watch: newWatch(st)}
	err = f.screen(ctx, st, o, func(c *tui.Config) { p.configure(c) }, p.play)
	f.wrote(s, l)
	return err
}

// withEars runs the lab without a capture: what the servers' sockets carry is
// heard instead. why is the reason, nil when it was asked for.
func (f *labFlags) withEars(ctx context.Context, s streams, o target.Options, why error) error {
	if why != nil {
		report(why, s.err)
		fmt.Fprintln(s.err, "httpscope: going on without packets: the servers' own sockets are heard instead")
	}
	if f.write != "" {
		fmt.Fprintf(s.err, "httpscope: warning: %s is not written: there are no packets\n", f.write)
	}
	if f.headless {
		return f.printEars(ctx, s, o)
	}
	st, err := f.store()
	if err != nil {
		return err
	}
	e := &earPlayer{store: st, ear: inspect.NewEar(inspect.New(screenOptions, st.Sink()))}
	o.Ear = targetEar{e.ear}
	return f.screen(ctx, st, o, func(c *tui.Config) { e.configure(c, why) }, e.play)
}

// screen starts the servers and shows the screen beside them.
func (f *labFlags) screen(ctx context.Context, st *store.Store, o target.Options, configure func(*tui.Config), play func(context.Context) error) error {
	c, err := f.config(st)
	if err != nil {
		return err
	}
	log := &requestLog{}
	o.Log = log.add
	servers, err := startTarget(ctx, o)
	if err != nil {
		return err
	}
	defer servers.Close()
	configure(&c)
	side := newLabSide(servers, log, st)
	c.Target, c.Tasks, c.Resend = side, side.tasks, side.resend
	return liveEnd(show(ctx, c, play))
}

// printEars prints what the sockets carry.
func (f *labFlags) printEars(ctx context.Context, s streams, o target.Options) error {
	var out output = export.NewTable(s.out, export.BothTables)
	if f.json {
		out = export.NewJSONLines(s.out)
	}
	beginner(out)(time.Now().UnixNano())
	ear := inspect.NewEar(inspect.New(inspect.Options{}, flushed{out}))
	o.Ear = targetEar{ear}
	servers, err := startTarget(ctx, o)
	if err != nil {
		return err
	}
	listServers(s.err, servers)
	each(ctx, tickTime, func() { ear.Do(func(e *inspect.Engine) { e.Flush() }) })
	servers.Close()
	ear.Finish()
	ear.Do(func(e *inspect.Engine) {
		summary := e.Summary()
		out.Summary(&summary)
	})
	if err := out.Flush(); err != nil {
		return outputError(err)
	}
	return nil
}

// flushed lets an engine flush an output; its error is told by the last flush.
type flushed struct{ output }

func (f flushed) Flush() { f.output.Flush() }

// each calls f again and again until ctx ends.
func each(ctx context.Context, every time.Duration, f func()) {
	t := time.NewTicker(every)
	defer t.Stop()
	for {
		select {
		case <-t.C:
			f()
		case <-ctx.Done():
			f()
			return
		}
	}
}

// requestLog keeps the last requests to the servers.
type requestLog struct {
	mu    sync.Mutex
	lines []string
}

// maxLog bounds the requests that are listed.
const maxLog = 200

func (r *requestLog) add(e target.Entry) {
	l := entryLine(e)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.lines = append(r.lines, l)
	if len(r.lines) > 2*maxLog {
		r.lines = append([]string(nil), r.lines[len(r.lines)-maxLog:]...)
	}
}

// last are the last requests, newest first.
func (r *requestLog) last(n int) []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	var out []string
	for i := len(r.lines) - 1; i >= 0 && len(out) < n; i-- {
		out = append(out, r.lines[i])
	}
	return out
}
