package target

import (
	"context"
	"crypto/tls"
	"errors"
	"io/fs"
	"log"
	"net/http"
	"net/netip"
	"sync"
	"time"

	"httpscope/internal/target/site"
	"httpscope/internal/texts"
)

// Info is what there is to know about a running server.
type Info struct {
	Name    string // "hello", unique
	Kind    string // what it speaks: "HTTP/1.0", "HTTP/1.1", "HTTPS", "TCP"
	Address netip.AddrPort
	URL     string       // for a client on this machine, without a slash at the end
	Routes  []site.Route // what to ask for; {base} in Try stands for URL
}

// About is the server in one line.
func (i Info) About() texts.Phrase { return texts.Say("target.about." + i.Name) }

// Servers are running servers.
type Servers struct {
	// Certificate is that of the HTTPS server, as PEM: `curl --cacert` trusts it.
	Certificate []byte

	servers []*server
	folder  folder
	faults  faults
	detach  func() bool // from the context

	loops sync.WaitGroup
	once  sync.Once
	err   error
}

// server is one of them.
type server struct {
	Info
	port  uint16
	nagle bool // the lab's Python leaves Nagle's algorithm on
	http  *http.Server
	run   func(*gate)
	gate  *gate
}

// Start starts all servers, or none. They end with ctx or with Close. The
// error of a port that is taken is a *PortError.
func Start(ctx context.Context, o Options) (*Servers, error) {
	o = o.orDefault()
	s := &Servers{}
	var err error
	if s.folder, err = openFolder(o.Directory); err != nil {
		return nil, texts.Errorf("target.start", "directory", err)
	}
	certificate, pem, err := selfSigned(o.Bind, o.Now())
	if err != nil {
		return nil, s.abandoned(texts.Errorf("target.start", "site-tls", err))
	}
	s.Certificate = pem
	s.servers = plan(o, s.folder.files, log.New(&s.faults, "", 0))
	if err := s.listen(ctx, o); err != nil {
		return nil, s.abandoned(err)
	}
	s.describe(o, certificate)
	for _, one := range s.servers {
		s.loops.Go(func() { one.run(one.gate) })
	}
	s.detach = context.AfterFunc(ctx, func() { _ = s.Close() })
	return s, nil
}

// abandoned is the error that ended the start, after the folder is closed again. It is handed on as it is, so that
// it can be said in every language.
func (s *Servers) abandoned(err error) error {
	if closing := s.folder.close(); closing != nil {
		return errors.Join(err, closing)
	}
	return err
}

// listen opens all ports, or none.
func (s *Servers) listen(ctx context.Context, o Options) error {
	for i, one := range s.servers {
		l, err := listen(ctx, one.Name, o.Bind, one.port)
		if err != nil {
			for _, before := range s.servers[:i] {
				_ = before.gate.Close()
			}
			return err
		}
		one.Address = addrPort(l.Addr())
		one.gate = newGate(l, one.Name, o, func(err error) { s.faults.add(err.Error()) })
		one.gate.nagle = one.nagle
		if one.http == nil && o.Log != nil {
			one.gate.listenIn(requestLog{log: o.Log, messages: one.Kind == "TCP"})
		}
	}
	return nil
}

// describe fills in what depends on the ports that were found.
func (s *Servers) describe(o Options, certificate tls.Certificate) {
	for _, one := range s.servers {
		one.URL = scheme[one.Kind] + "://" + reachable(one.Address).String()
	}
	names := newHosts(o.Hosts)
	pages := site.New(site.Options{HTTP: s.url("site"), HTTPS: s.url("site-tls"), Raw: s.url("raw"), Now: o.Now})
	for _, one := range s.servers {
		if one.http != nil {
			one.Routes = pages.Routes()
			one.http.Handler = logged(names.guarded(pages), one.Name, o)
			one.http.TLSConfig = &tls.Config{Certificates: []tls.Certificate{certificate}, KeyLogWriter: o.KeyLog,
				Time: o.Now}
			continue
		}
		one.Routes = routes(one.Info)
	}
}

// scheme of the URL by kind. What speaks no HTTP is talked to by telnet.
var scheme = map[string]string{"HTTP/1.0": "http", "HTTP/1.1": "http", "HTTPS": "https", "TCP": "telnet"}

// reachable is an address by which this machine reaches a server that listens
// on all of its addresses.
func reachable(a netip.AddrPort) netip.AddrPort {
	switch {
	case !a.Addr().IsUnspecified():
		return a
	case a.Addr().Is4():
		return netip.AddrPortFrom(netip.AddrFrom4([4]byte{127, 0, 0, 1}), a.Port())
	}
	return netip.AddrPortFrom(netip.IPv6Loopback(), a.Port())
}

func (s *Servers) url(name string) string {
	for _, one := range s.servers {
		if one.Name == name {
			return one.URL
		}
	}
	panic("target: no server " + name)
}

// plan lists the servers.
func plan(o Options, files fs.FS, faults *log.Logger) []*server {
	names := newHosts(o.Hosts)
	dir := &directory{root: files, modified: o.Now(), now: o.Now, names: names}
	post := form{now: o.Now, names: names}
	patient := func(c stream) timed { return timed{c, o.limits.idle, o.limits.write} }
	each := func(handle func(stream)) func(*gate) {
		return func(g *gate) { g.serve(handle) }
	}
	plain, secure := siteServer(faults), siteServer(faults)
	return []*server{
		{Info: Info{Name: "site", Kind: "HTTP/1.1"},
			port: o.Ports.Site, http: plain, run: func(g *gate) { serveSite(plain, g) }},
		{Info: Info{Name: "site-tls", Kind: "HTTPS"},
			port: o.Ports.SiteTLS, http: secure, run: func(g *gate) { serveSiteTLS(secure, g) }},
		{Info: Info{Name: "hello", Kind: "HTTP/1.0"},
			port: o.Ports.Hello, nagle: true, run: each(func(c stream) { hello(patient(c)) })},
		{Info: Info{Name: "hello-fixed", Kind: "HTTP/1.0"},
			port: o.Ports.HelloFixed, nagle: true, run: each(func(c stream) { fixed(patient(c)) })},
		{Info: Info{Name: "directory", Kind: "HTTP/1.0"},
			port: o.Ports.Directory, nagle: true, run: each(func(c stream) { dir.serve(patient(c)) })},
		{Info: Info{Name: "form", Kind: "HTTP/1.1"},
			port: o.Ports.Form, nagle: true, run: each(func(c stream) { post.serve(patient(c)) })},
		{Info: Info{Name: "echo", Kind: "TCP"},
			port: o.Ports.Echo, nagle: true, run: func(g *gate) { serveEcho(g, o.limits) }},
		{Info: Info{Name: "echo-threads", Kind: "TCP"},
			port: o.Ports.EchoThreads, nagle: true, run: func(g *gate) { serveEchoThreads(g, o.limits) }},
		{Info: Info{Name: "raw", Kind: "HTTP/1.1"},
			port: o.Ports.Raw, run: each(func(c stream) { serveRaw(c, o.limits) })},
	}
}

// List tells of the servers, in a fixed order.
func (s *Servers) List() []Info {
	list := make([]Info, len(s.servers))
	for i, one := range s.servers {
		list[i] = one.Info
	}
	return list
}

// Faults are the last things that went wrong inside the servers, oldest first:
// handlers that failed, handshakes that clients broke off.
func (s *Servers) Faults() []string { return s.faults.list() }

// Close ends all servers. Open connections get a moment to end by themselves,
// a second and a little in all; what is left then is closed.
func (s *Servers) Close() error {
	s.once.Do(func() {
		s.detach()
		var all sync.WaitGroup
		for _, one := range s.servers {
			all.Go(one.close)
		}
		all.Wait()
		s.loops.Wait()
		s.err = s.folder.close()
	})
	return s.err
}

// close ends one server, within the grace time of its gate.
func (one *server) close() {
	ctx, cancel := context.WithTimeout(context.Background(), one.gate.grace)
	defer cancel()
	// What cannot be closed in a friendly way is cut off below.
	_ = one.gate.Close()
	if one.http != nil {
		_ = one.http.Shutdown(ctx)
	}
	select {
	case <-one.gate.empty:
	case <-ctx.Done():
	}
	one.gate.cut()
}

// siteServer is net/http with its limits on.
func siteServer(faults *log.Logger) *http.Server {
	var http1 http.Protocols
	http1.SetHTTP1(true)
	return &http.Server{
		// No HTTP/2: the lab is about what HTTP/1.1 looks like, inside TLS as well.
		Protocols:         &http1,
		ReadHeaderTimeout: headTime, ReadTimeout: requestTime, WriteTimeout: requestTime, IdleTimeout: idleTime,
		MaxHeaderBytes: maxHead,
		ErrorLog:       faults,
	}
}

// serveSite serves package site over HTTP/1.1.
func serveSite(s *http.Server, g *gate) {
	// It always ends with http.ErrServerClosed: the gate hides what passes.
	_ = s.Serve(g)
}

// serveSiteTLS serves the same over TLS. The certificate and the key log are
// in the server's TLSConfig.
func serveSiteTLS(s *http.Server, g *gate) {
	_ = s.ServeTLS(g, "", "")
}

// serveRaw serves a connection of the raw group. The deadline is for the whole
// of it, in case the group sets none.
func serveRaw(c stream, l limits) {
	if err := c.SetDeadline(time.Now().Add(l.idle)); err != nil {
		c.Close()
		return
	}
	site.ServeRaw(c)
}
