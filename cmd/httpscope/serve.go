package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/netip"
	"os"
	"os/signal"
	"sync"

	"github.com/spf13/cobra"

	"httpscope/internal/pane"
	"httpscope/internal/target"
	"httpscope/internal/texts"
)

// targetFlags say where the target servers listen.
type targetFlags struct {
	bind      string
	hosts     []string
	port      int
	ports     [9]uint16
	directory string
	keylog    string
}

// portFlags name the flags of single ports, and the keys of the servers' names, in the order of targetFlags.ports.
var portFlags = [9][2]string{
	{"site-port", "server.site"}, {"site-tls-port", "server.site-tls"}, {"hello-port", "server.hello"},
	{"hello-fixed-port", "server.hello-fixed"}, {"directory-port", "server.directory"}, {"form-port", "server.form"},
	{"echo-port", "server.echo"}, {"echo-threads-port", "server.echo-threads"}, {"raw-port", "server.raw"},
}

func (f *targetFlags) add(cmd *cobra.Command, c texts.Catalogue) {
	d := target.DefaultPorts()
	f.ports = [9]uint16{d.Site, d.SiteTLS, d.Hello, d.HelloFixed, d.Directory, d.Form, d.Echo, d.EchoThreads, d.Raw}
	cmd.Flags().StringArrayVar(&f.hosts, "allow-host", nil,
		c.Phrase("flag.serve.allow-host"))
	cmd.Flags().StringVar(&f.bind, "bind", "127.0.0.1", c.Phrase("flag.serve.bind"))
	cmd.Flags().IntVar(&f.port, "port", -1, c.Phrase("flag.serve.port"))
	for i, p := range portFlags {
		cmd.Flags().Uint16Var(&f.ports[i], p[0], f.ports[i], c.Phrase("flag.serve.port-of", c.Phrase(p[1])))
	}
	cmd.Flags().StringVar(&f.directory, "directory", "", c.Phrase("flag.serve.directory"))
	cmd.Flags().StringVar(&f.keylog, "keylog-out", os.Getenv("SSLKEYLOGFILE"), c.Phrase("flag.serve.keylog-out"))
}

// options are the target's options that the flags ask for.
func (f *targetFlags) options() (target.Options, error) {
	bind, err := netip.ParseAddr(f.bind)
	if err != nil {
		return target.Options{}, &exitError{exitUsage, texts.Errorf("error.serve.bind", f.bind),
			texts.Say("hint.serve.bind")}
	}
	switch {
	case f.port < -1:
		return target.Options{}, &exitError{exitUsage, texts.Errorf("error.serve.port", f.port),
			texts.Say("hint.serve.port")}
	case f.port > 65536-len(f.ports):
		return target.Options{}, &exitError{exitUsage, texts.Errorf("error.serve.port-room", f.port),
			texts.Say("hint.serve.port-room")}
	case f.port >= 0:
		for i := range f.ports {
			if f.ports[i] = 0; f.port > 0 {
				f.ports[i] = uint16(f.port + i)
			}
		}
	}
	p := f.ports
	o := target.Options{Bind: bind, Directory: f.directory, Hosts: f.hosts,
		Ports: target.Ports{Site: p[0], SiteTLS: p[1], Hello: p[2], HelloFixed: p[3], Directory: p[4], Form: p[5],
			Echo: p[6], EchoThreads: p[7], Raw: p[8]}}
	return o, nil
}

// lateFile is a file that is opened when the rights are given up that ports
// needed, so that it is the user's. Nothing is written to it before: no client
// has had the time.
type lateFile struct {
	mu   sync.Mutex
	file *os.File
}

// Write implements io.Writer.
func (l *lateFile) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.file == nil {
		return len(b), nil
	}
	return l.file.Write(b)
}

// open opens the file for the secrets of TLS connections; "" is none.
func (l *lateFile) open(path string) error {
	if path == "" {
		return nil
	}
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
	if err != nil {
		return &exitError{exitUsage, texts.Errorf("error.serve.key-log", err), texts.Say("hint.serve.key-log")}
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	l.file = file
	return nil
}

// startTarget starts the servers.
func startTarget(ctx context.Context, o target.Options) (*target.Servers, error) {
	s, err := target.Start(ctx, o)
	if err == nil {
		return s, nil
	}
	e := &exitError{code: exitUsage, err: err}
	var taken *target.PortError
	switch {
	case errors.As(err, &taken):
		e.hint = texts.Say("hint.serve.taken")
	case errors.Is(err, os.ErrPermission):
		e.hint = texts.Say("hint.serve.low-port")
	}
	return nil, e
}

func serveCommand(s streams) *cobra.Command {
	var f targetFlags
	var quiet bool
	cmd := &cobra.Command{
		Use:   "serve",
		Short: s.texts.Phrase("command.serve.short"),
		Long:  s.texts.Phrase("command.serve.long"),
		Args:  noArguments,
		RunE:  func(cmd *cobra.Command, _ []string) error { return f.serve(cmd.Context(), s, quiet) },
	}
	f.add(cmd, s.texts)
	cmd.Flags().BoolVarP(&quiet, "quiet", "q", false, s.texts.Phrase("flag.serve.quiet"))
	return cmd
}

func (f *targetFlags) serve(ctx context.Context, s streams, quiet bool) error {
	ctx, stop := signal.NotifyContext(ctx, endSignals()...)
	defer stop()
	o, err := f.options()
	if err != nil {
		return err
	}
	secrets := &lateFile{}
	o.KeyLog = secrets
	lines := make(chan string, 1024)
	if !quiet {
		o.Log = func(e target.Entry) {
			select {
			case lines <- pane.RequestLine(e):
			default: // the reader of standard output is slower than the clients
			}
		}
	}
	servers, err := startTarget(ctx, o)
	if err != nil {
		return err
	}
	if err = dropPrivileges(); err == nil {
		err = secrets.open(f.keylog)
	}
	if err != nil {
		servers.Close()
		return err
	}
	if w := o.Warning(); !w.IsZero() {
		s.tell("warning", s.texts.Of(w))
	}
	if err := listServers(s.out, s.texts, servers); err != nil {
		return outputError(err)
	}
	for {
		select {
		case l := <-lines:
			if _, err := fmt.Fprintln(s.out, l); err != nil {
				return outputError(err)
			}
		case <-ctx.Done():
			return servers.Close()
		}
	}
}

func listServers(w io.Writer, c texts.Catalogue, s *target.Servers) error {
	for _, i := range s.List() {
		if _, err := fmt.Fprintf(w, "%-13s %-30s %s\n", i.Name, i.URL, c.Of(i.About())); err != nil {
			return err
		}
	}
	return nil
}
