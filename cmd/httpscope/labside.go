package main

import (
	"context"
	"fmt"
	"net/netip"
	"strings"

	"httpscope/capture"
	"httpscope/internal/client"
	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/store"
	"httpscope/internal/target"
	"httpscope/internal/target/site"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// labSide is the servers as the screen shows them.
type labSide struct {
	texts   texts.Catalogue
	servers []target.Info
	byName  map[string]target.Info
	log     *requestLog
	tasks   *labTasks
	routes  []routeAt
}

// routeAt is a route and the server that has it.
type routeAt struct {
	site.Route
	server target.Info
}

// stepNames are the words of tasks for servers that have another name.
var stepNames = map[string]string{"http": "site", "https": "site-tls", "dir": "directory", "threads": "echo-threads", "fixed": "hello-fixed"}

func newLabSide(c texts.Catalogue, s *target.Servers, log *requestLog, st *store.Store) *labSide {
	l := &labSide{texts: c, servers: s.List(), byName: map[string]target.Info{}, log: log}
	addresses := map[string]string{}
	for _, i := range l.servers {
		l.byName[i.Name] = i
		addresses[i.Name] = reach(i)
		if i.Name == "site-tls" {
			continue // the same routes as the site
		}
		for _, r := range i.Routes {
			l.routes = append(l.routes, routeAt{r, i})
		}
	}
	for n, r := range l.routes {
		if strings.Contains(r.Try, " -k ") { // only the HTTPS server shows what it is about
			l.routes[n].server = l.byName["site-tls"]
		}
	}
	for word, name := range stepNames {
		addresses[word] = addresses[name]
	}
	l.tasks = newLabTasks(c, st, addresses, l.address)
	return l
}

// reach is where a client on this machine finds a server.
func reach(i target.Info) string {
	_, host, _ := strings.Cut(i.URL, "://")
	return host
}

// address finds a server by the word that a step of a task has for it.
func (l *labSide) address(name string) string {
	if n, ok := stepNames[name]; ok {
		name = n
	}
	return reach(l.byName[name])
}

// maxAsked is how many of the last requests the pane lists.
const maxAsked = 8

// Page implements tui.Target.
func (l *labSide) Page(x *trace.Exchange) doc.Page {
	w := doc.NewWriter(l.texts)
	w.Title("lab.pane.servers")
	for _, i := range l.servers {
		w.About(doc.Ref{}, doc.Spanf(doc.Name, "%-12s ", i.Name), doc.Spanf(doc.Key, "%s", i.URL))
	}
	if r, ok := l.routeOf(x); ok {
		r.answered(w)
	}
	w.Title("lab.pane.asked")
	for _, e := range l.log.last(maxAsked) {
		w.About(doc.Ref{}, doc.Spanf(doc.Plain, "%s", e))
	}
	l.routeLines(w)
	return w.Lines
}

// routeLines list what can be asked for, by topic. Enter asks.
func (l *labSide) routeLines(w *doc.Writer) {
	w.Title("lab.pane.try")
	for n, r := range l.routes {
		var before routeAt
		if n > 0 {
			before = l.routes[n-1]
		}
		if r.server.Name != before.server.Name {
			w.Say(doc.Dim, "lab.pane.of", r.server.Name, r.server.About())
		}
		if r.server.Name != before.server.Name || r.Topic != before.Topic {
			w.Say(doc.Name, "lab.pane.of", r.server.Name, r.Group())
		}
		r.lines(w, n)
	}
}

// lines are how to ask for the route, and what it shows.
func (r routeAt) lines(w *doc.Writer, n int) {
	ref := doc.Ref{Code: fmt.Sprintf("try:%d", n)}
	w.About(ref, doc.Spanf(doc.Key, "  %s %s", r.verb(), r.Path), doc.Spanf(doc.Plain, "  %s", w.Of(r.Title())))
	if r.Try != "" {
		w.About(ref, doc.Spanf(doc.Dim, "    %s", strings.ReplaceAll(r.Try, "{base}", r.server.URL)))
	}
}

func (r routeAt) verb() string {
	if r.Method == "" {
		return "GET"
	}
	return r.Method
}

// answered shows what to look at in an exchange, and the code that answered it.
func (r routeAt) answered(w *doc.Writer) {
	w.Title("lab.pane.answered", r.server.Name, r.Title())
	w.About(doc.Ref{}, doc.Spanf(doc.Plain, "%s", w.Of(r.Look())))
	if r.Source == "" {
		return
	}
	for line := range strings.SplitSeq(strings.TrimRight(r.Source, "\n"), "\n") {
		w.About(doc.Ref{}, doc.Spanf(doc.Body, "  %s", strings.ReplaceAll(line, "\t", "    ")))
	}
}

// routeOf finds the route that answered an exchange: the longest whose path
// the target begins with.
func (l *labSide) routeOf(x *trace.Exchange) (routeAt, bool) {
	if x == nil || x.Request == nil || x.Request.Head == nil {
		return routeAt{}, false
	}
	path, _, _ := strings.Cut(x.Request.Head.Target, "?")
	best := -1
	for n, r := range l.routes {
		own, _, _ := strings.Cut(r.Path, "?")
		if r.server.Address.Port() != x.Conn.Ends[layer.Server].Port() || !strings.HasPrefix(path, own) || own == "/" && path != "/" {
			continue
		}
		if best < 0 || len(own) > len(l.routes[best].Path) || len(own) == len(l.routes[best].Path) && r.verb() == x.Request.Head.Method {
			best = n
		}
	}
	if best < 0 {
		return routeAt{}, false
	}
	return l.routes[best], true
}

// step asks for the route once.
func (r routeAt) step() client.Step {
	switch r.server.Kind {
	case "TCP":
		return client.Step{Server: r.server.Name, Send: "hello\r\n", Expect: client.Same}
	case "HTTPS":
		return client.Step{Server: "https", Send: requestFor(r)} // the client's word for a server to speak TLS with
	}
	return client.Step{Server: r.server.Name, Send: requestFor(r)}
}

// Try implements tui.Target.
func (l *labSide) Try(ctx context.Context, n int) (string, error) {
	if n < 0 || n >= len(l.routes) {
		return "", texts.Errorf("lab.pane.no-line")
	}
	r := l.routes[n]
	report, err := client.Run(ctx, []client.Step{r.step()}, l.address)
	if err != nil {
		return "", err
	}
	a := report.Answers[0]
	received := texts.Say("count.byte", a.Received)
	if a.Status == 0 {
		return l.texts.Phrase("lab.pane.echoed", r.server.Name, received), nil
	}
	return l.texts.Phrase("lab.pane.came-back", r.verb(), r.Path, a.Status, received), nil
}

// resend sends a request again, to the lab's own servers only.
func (l *labSide) resend(ctx context.Context, x *trace.Exchange, request []byte) (string, error) {
	to := x.Conn.Ends[layer.Server]
	for _, i := range l.servers {
		if at, err := netip.ParseAddrPort(reach(i)); err == nil && at.Port() == to.Port() && own(to.Addr()) {
			if err := client.Resend(ctx, at, request, false); err != nil {
				return "", err
			}
			return l.texts.Phrase("lab.pane.sent-again", x.ID), nil
		}
	}
	return "", texts.Errorf("lab.pane.not-here", to)
}

// own reports an address of this machine.
func own(a netip.Addr) bool {
	r, err := capture.RouteTo(a)
	return a.IsLoopback() || err == nil && r.Own
}

func words(r doc.Role, s string) doc.Line {
	return doc.Line{Spans: []doc.Span{{Text: s, Role: r}}}
}
