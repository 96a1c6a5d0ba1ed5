package pane

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

// Lab is the servers as the screen shows them.
type Lab struct {
	Texts   texts.Catalogue
	servers []target.Info
	byName  map[string]target.Info
	log     *RequestLog
	Tasks   *LabTasks // the lab's tasks, as the screen shows them
	Routes  []Route   // what can be asked for
}

// Route is a route and the server that has it.
type Route struct {
	site.Route
	Server target.Info
}

// stepNames are the words of tasks for servers that have another name.
var stepNames = map[string]string{"http": "site", "https": "site-tls", "dir": "directory", "threads": "echo-threads",
	"fixed": "hello-fixed"}

// NewLab has the servers that run, the requests to them, and the records that tasks look at.
func NewLab(c texts.Catalogue, s *target.Servers, log *RequestLog, st *store.Store) *Lab {
	l := &Lab{Texts: c, servers: s.List(), byName: map[string]target.Info{}, log: log}
	addresses := map[string]string{}
	for _, i := range l.servers {
		l.byName[i.Name] = i
		addresses[i.Name] = reach(i)
		if i.Name == "site-tls" {
			continue // the same routes as the site
		}
		for _, r := range i.Routes {
			l.Routes = append(l.Routes, Route{r, i})
		}
	}
	for n, r := range l.Routes {
		if strings.Contains(r.Try, " -k ") { // only the HTTPS server shows what it is about
			l.Routes[n].Server = l.byName["site-tls"]
		}
	}
	for word, name := range stepNames {
		addresses[word] = addresses[name]
	}
	l.Tasks = newLabTasks(c, st, addresses, l.Address)
	return l
}

// reach is where a client on this machine finds a server.
func reach(i target.Info) string {
	_, host, _ := strings.Cut(i.URL, "://")
	return host
}

// Address finds a server by the word that a step of a task has for it.
func (l *Lab) Address(name string) string {
	if n, ok := stepNames[name]; ok {
		name = n
	}
	return reach(l.byName[name])
}

// maxAsked is how many of the last requests the pane lists.
const maxAsked = 8

// Page implements tui.Target.
func (l *Lab) Page(x *trace.Exchange) doc.Page {
	w := doc.NewWriter(l.Texts)
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
func (l *Lab) routeLines(w *doc.Writer) {
	w.Title("lab.pane.try")
	for n, r := range l.Routes {
		var before Route
		if n > 0 {
			before = l.Routes[n-1]
		}
		if r.Server.Name != before.Server.Name {
			w.Say(doc.Dim, "lab.pane.of", r.Server.Name, r.Server.About())
		}
		if r.Server.Name != before.Server.Name || r.Topic != before.Topic {
			w.Say(doc.Name, "lab.pane.of", r.Server.Name, r.Group())
		}
		r.lines(w, n)
	}
}

// lines are how to ask for the route, and what it shows.
func (r Route) lines(w *doc.Writer, n int) {
	ref := doc.Ref{Code: fmt.Sprintf("try:%d", n)}
	w.About(ref, doc.Spanf(doc.Key, "  %s %s", r.verb(), r.Path), doc.Spanf(doc.Plain, "  %s", w.Of(r.Title())))
	if r.Try != "" {
		w.About(ref, doc.Spanf(doc.Dim, "    %s", strings.ReplaceAll(r.Try, "{base}", r.Server.URL)))
	}
}

func (r Route) verb() string {
	if r.Method == "" {
		return "GET"
	}
	return r.Method
}

// answered shows what to look at in an exchange, and the code that answered it.
func (r Route) answered(w *doc.Writer) {
	w.Title("lab.pane.answered", r.Server.Name, r.Title())
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
func (l *Lab) routeOf(x *trace.Exchange) (Route, bool) {
	if x == nil || x.Request == nil || x.Request.Head == nil {
		return Route{}, false
	}
	path, _, _ := strings.Cut(x.Request.Head.Target, "?")
	best := -1
	for n, r := range l.Routes {
		own, _, _ := strings.Cut(r.Path, "?")
		if r.Server.Address.Port() != x.Conn.Ends[layer.Server].Port() || !strings.HasPrefix(path, own) ||
			own == "/" && path != "/" {
			continue
		}
		if best < 0 || len(own) > len(l.Routes[best].Path) || len(own) == len(l.Routes[best].Path) &&
			r.verb() == x.Request.Head.Method {
			best = n
		}
	}
	if best < 0 {
		return Route{}, false
	}
	return l.Routes[best], true
}

// Step asks for the route once.
func (r Route) Step() client.Step {
	switch r.Server.Kind {
	case "TCP":
		return client.Step{Server: r.Server.Name, Send: "hello\r\n", Expect: client.Same}
	case "HTTPS":
		return client.Step{Server: "https", Send: requestFor(r)} // the client's word for a server to speak TLS with
	}
	return client.Step{Server: r.Server.Name, Send: requestFor(r)}
}

// Try implements tui.Target.
func (l *Lab) Try(ctx context.Context, n int) (string, error) {
	if n < 0 || n >= len(l.Routes) {
		return "", texts.Errorf("lab.pane.no-line")
	}
	r := l.Routes[n]
	report, err := client.Run(ctx, []client.Step{r.Step()}, l.Address)
	if err != nil {
		return "", err
	}
	a := report.Answers[0]
	received := texts.Say("count.byte", a.Received)
	if a.Status == 0 {
		return l.Texts.Phrase("lab.pane.echoed", r.Server.Name, received), nil
	}
	return l.Texts.Phrase("lab.pane.came-back", r.verb(), r.Path, a.Status, received), nil
}

// Resend sends a request again, to the lab's own servers only.
func (l *Lab) Resend(ctx context.Context, x *trace.Exchange, request []byte) (string, error) {
	to := x.Conn.Ends[layer.Server]
	for _, i := range l.servers {
		if at, err := netip.ParseAddrPort(reach(i)); err == nil && at.Port() == to.Port() && own(to.Addr()) {
			if err := client.Resend(ctx, at, request, false); err != nil {
				return "", err
			}
			return l.Texts.Phrase("lab.pane.sent-again", x.ID), nil
		}
	}
	return "", texts.Errorf("lab.pane.not-here", to)
}

// own reports an address of this machine.
func own(a netip.Addr) bool {
	r, err := capture.RouteTo(a)
	return a.IsLoopback() || err == nil && r.Own
}
