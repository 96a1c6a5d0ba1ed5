package main

import (
	"context"
	"errors"
	"net/netip"
	"time"

	"github.com/spf13/cobra"

	"httpscope/capture"
	"httpscope/internal/export"
	"httpscope/internal/inspect"
	"httpscope/internal/pane"
	"httpscope/internal/session"
	"httpscope/internal/store"
	"httpscope/internal/target"
	"httpscope/internal/texts"
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
		Short: s.texts.Phrase("command.lab.short"),
		Long:  s.texts.Phrase("command.lab.long"),
		Args:  noArguments,
		RunE:  func(cmd *cobra.Command, _ []string) error { return f.run(cmd.Context(), s) },
	}
	f.liveFlags.add(cmd, s.texts)
	f.targetFlags.add(cmd, s.texts)
	cmd.Flags().StringArrayVarP(&f.interfaces, "interface", "i", nil, s.texts.Phrase("flag.lab.interface"))
	cmd.Flags().BoolVar(&f.ears, "sockets", false, s.texts.Phrase("flag.lab.sockets"))
	return cmd
}

// run opens the capture and the ports first, since both may need rights; these
// are given up then, and files are opened as the user.
func (f *labFlags) run(ctx context.Context, s streams) error {
	ctx, stop := f.context(ctx)
	defer stop()
	if err := f.checkLab(); err != nil {
		return err
	}
	o, err := f.options()
	if err != nil {
		return err
	}
	if f.liveFlags.filter == "" {
		f.liveFlags.filter = "tcp"
	}
	l, why := f.capture(o.Bind)
	if why != nil && !f.mayGoOn(why) {
		return why
	}
	if w := o.Warning(); !w.IsZero() {
		s.tell("warning", s.texts.Of(w))
	}
	if l == nil {
		return f.withEars(ctx, s, o, why)
	}
	err = f.withPackets(ctx, s, l, o)
	return l.end(s, &f.liveFlags, err)
}

// checkLab looks at the flags before anything is opened.
func (f *labFlags) checkLab() error {
	if f.ears && (len(f.interfaces) > 0 || f.liveFlags.filter != "" || f.backend != "" || f.write != "") {
		return &exitError{exitUsage, texts.Errorf("error.lab.sockets"), texts.Say("hint.lab.sockets")}
	}
	return f.check()
}

// mayGoOn reports that the lab works without the capture: when it is not
// allowed, or not possible here. What was asked for by a flag must be right.
func (f *labFlags) mayGoOn(why error) bool {
	asked := len(f.interfaces) > 0 || f.backend != "" || f.liveFlags.filter != "tcp"
	return errors.As(why, new(*capture.PermissionError)) || !asked
}

// capture opens the interfaces that carry what goes to the servers; nil
// without an error when sockets are to be heard.
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

// start starts the servers, and gives up the rights that ports may need.
func (f *labFlags) start(ctx context.Context, o target.Options) (*target.Servers, error) {
	secrets := &lateFile{}
	o.KeyLog = secrets
	servers, err := startTarget(ctx, o)
	if err != nil {
		return nil, err
	}
	if err = dropPrivileges(); err == nil {
		err = secrets.open(f.keylog)
	}
	if err != nil {
		servers.Close()
		return nil, err
	}
	return servers, nil
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

// withPackets runs the lab on a capture.
func (f *labFlags) withPackets(ctx context.Context, s streams, l *live, o target.Options) error {
	if f.headless {
		servers, err := f.start(ctx, o)
		if err != nil {
			return err
		}
		defer servers.Close()
		if err := f.ready(l); err != nil {
			return err
		}
		listServers(s.err, s.texts, servers)
		l.capturing(s, &f.liveFlags)
		return f.print(ctx, s, l)
	}
	st, err := f.store()
	if err != nil {
		return err
	}
	p := &player{flags: &f.liveFlags, live: l, watch: session.NewWatch(st, false)}
	return f.screen(ctx, st, o, func(c *tui.Config) error {
		if err := f.ready(l); err != nil {
			return err
		}
		p.configure(c)
		return f.asks(c, l.capture(s.texts))
	}, func(ctx context.Context) error { return liveEnd(p.play(ctx)) })
}

// withEars runs the lab without a capture: what the servers' sockets carry is
// heard instead. why is the reason, nil when it was asked for.
func (f *labFlags) withEars(ctx context.Context, s streams, o target.Options, why error) error {
	if why != nil {
		s.report(why)
		s.note("lab.without-packets")
	}
	if f.write != "" {
		s.warn("lab.not-written", f.write)
	}
	if f.headless {
		return f.printEars(ctx, s, o)
	}
	st, err := f.store()
	if err != nil {
		return err
	}
	e := &earPlayer{store: st, ear: inspect.NewEar(inspect.New(session.ScreenOptions, st.Sink()))}
	o.Ear = targetEar{e.ear}
	return f.screen(ctx, st, o, func(c *tui.Config) error {
		e.configure(c, why)
		return f.asks(c, nil)
	}, e.play)
}

// screen starts the servers and shows the screen beside them.
func (f *labFlags) screen(ctx context.Context, st *store.Store, o target.Options, configure func(*tui.Config) error,
	play func(context.Context) error) error {
	c, err := f.config(st)
	if err != nil {
		return err
	}
	log := &pane.RequestLog{}
	o.Log = log.Add
	servers, err := f.start(ctx, o)
	if err != nil {
		return err
	}
	defer servers.Close()
	if err := configure(&c); err != nil {
		return err
	}
	side := pane.NewLab(f.texts, servers, log, st)
	c.Target, c.Tasks, c.Resend, c.Log = side, side.Tasks, side.Resend, servers.Faults
	return show(ctx, c, play)
}

// printEars prints what the sockets carry.
func (f *labFlags) printEars(ctx context.Context, s streams, o target.Options) error {
	var out output = export.NewTable(s.texts.Lang(), s.out, export.BothTables)
	if f.json {
		out = export.NewJSONLines(s.out).Full(f.full)
	}
	beginner(out)(time.Now().UnixNano())
	relay := f.memory.relayTo(out) // so that a slow reader of standard output holds up no server
	options := inspect.Options{Brief: !f.full, Memory: f.memory.connections()}
	ear := inspect.NewEar(inspect.New(options, relay))
	o.Ear = targetEar{ear}
	servers, err := f.start(ctx, o)
	if err != nil {
		return err
	}
	listServers(s.err, s.texts, servers)
	each(ctx, session.TickTime, func() { ear.Do(func(e *inspect.Engine) { e.Flush() }) })
	servers.Close()
	ear.Finish()
	relay.Close()
	ear.Do(func(e *inspect.Engine) {
		summary := e.Summary()
		summary.Packets = 0 // socket calls are counted in their place
		out.Summary(&summary)
		s.hintGivenUp(&summary)
	})
	return outputError(out.Flush())
}

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
