package main

import (
	"context"
	"errors"
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
	"httpscope/internal/visible"
)

// labSide is the servers as the screen shows them.
type labSide struct {
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
	l := &labSide{servers: s.List(), byName: map[string]target.Info{}, log: log}
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

// Page implements tui.Target.
func (l *labSide) Page(x *trace.Exchange) doc.Page {
	out := doc.Lines{words(doc.Title, "Servers")}
	for _, i := range l.servers {
		out = append(out, doc.Line{Spans: []doc.Span{{Text: fmt.Sprintf("%-12s ", i.Name), Role: doc.Name}, {Text: i.URL, Role: doc.Key}}})
	}
	out = append(out, words(doc.Plain, ""))
	if r, ok := l.routeOf(x); ok {
		out = append(out, answeredBy(r)...)
	}
	out = append(out, words(doc.Title, "Asked, newest first"))
	for _, e := range l.log.last(8) {
		out = append(out, words(doc.Plain, e))
	}
	return append(out, l.routeLines()...)
}

// routeLines list what can be asked for, by topic. Enter asks.
func (l *labSide) routeLines() doc.Lines {
	out := doc.Lines{words(doc.Plain, ""), words(doc.Title, "To try (Enter asks)")}
	topic := ""
	for n, r := range l.routes {
		if t := r.server.Name + ": " + r.Topic; t != topic {
			if topic == "" || !strings.HasPrefix(topic, r.server.Name+": ") {
				out = append(out, words(doc.Dim, r.server.Name+": "+r.server.About))
			}
			topic = t
			out = append(out, words(doc.Name, topic))
		}
		ref := doc.Ref{Code: fmt.Sprintf("try:%d", n)}
		out = append(out, doc.Line{Spans: []doc.Span{{Text: "  " + r.verb() + " " + visible.Text(r.Path), Role: doc.Key}, {Text: "  " + r.Title}}, Ref: ref})
		if r.Try != "" {
			out = append(out, doc.Line{Spans: []doc.Span{{Text: "    " + strings.ReplaceAll(r.Try, "{base}", r.server.URL), Role: doc.Dim}}, Ref: ref})
		}
	}
	return out
}

func (r routeAt) verb() string {
	if r.Method == "" {
		return "GET"
	}
	return r.Method
}

// answeredBy shows what to look at in an exchange, and the code that answered it.
func answeredBy(r routeAt) doc.Lines {
	out := doc.Lines{words(doc.Title, "Answered by "+r.server.Name+": "+r.Title), words(doc.Plain, r.Look)}
	if r.Source != "" {
		for _, l := range strings.Split(strings.TrimRight(r.Source, "\n"), "\n") {
			out = append(out, words(doc.Body, "  "+strings.ReplaceAll(l, "\t", "    ")))
		}
	}
	return append(out, words(doc.Plain, ""))
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
		return "", errors.New("there is no such line any more")
	}
	r := l.routes[n]
	report, err := client.Run(ctx, []client.Step{r.step()}, l.address)
	if err != nil {
		return "", err
	}
	a := report.Answers[0]
	if a.Status == 0 {
		return fmt.Sprintf("%s: %d bytes came back.", r.server.Name, a.Received), nil
	}
	return fmt.Sprintf("%s %s: %d, %d bytes came back.", r.verb(), r.Path, a.Status, a.Received), nil
}

// resend sends a request again, to the lab's own servers only.
func (l *labSide) resend(ctx context.Context, x *trace.Exchange, request []byte) (string, error) {
	to := x.Conn.Ends[layer.Server]
	for _, i := range l.servers {
		if at, err := netip.ParseAddrPort(reach(i)); err == nil && at.Port() == to.Port() && own(to.Addr()) {
			if err := client.Resend(ctx, at, request, false); err != nil {
				return "", err
			}
			return fmt.Sprintf("Request %d was sent again, byte for byte.", x.ID), nil
		}
	}
	return "", fmt.Errorf("%s is none of the servers that run here; requests are sent again to these only", to)
}

// own reports an address of this machine.
func own(a netip.Addr) bool {
	r, err := capture.RouteTo(a)
	return a.IsLoopback() || err == nil && r.Own
}

func words(r doc.Role, s string) doc.Line {
	return doc.Line{Spans: []doc.Span{{Text: s, Role: r}}}
}
