package main

import (
	"bytes"
	stdcmp "cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"httpscope/capture"
	"httpscope/internal/client"
	"httpscope/internal/export"
	"httpscope/internal/inspect"
	"httpscope/internal/layer"
	"httpscope/internal/pane"
	"httpscope/internal/session"
	"httpscope/internal/target"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// heardExchanges keeps what one ear made of the traffic.
type heardExchanges struct {
	exchanges   []*trace.Exchange
	connections int
}

func (h *heardExchanges) Exchange(x *trace.Exchange)     { h.exchanges = append(h.exchanges, x) }
func (h *heardExchanges) Connection(c *trace.Connection) { h.connections++ }

// TestTwoEars asks for every route of every server, and compares the exchanges
// that packets gave with those that the servers' sockets gave. Where capturing
// is not allowed, the error must say so.
func TestTwoEars(t *testing.T) {
	for _, backend := range capture.Backends() {
		name, _, _ := strings.Cut(backend, " ")
		t.Run(name, func(t *testing.T) { twoEars(t, name) })
	}
}

func twoEars(t *testing.T, backend string) {
	var bySocket, byPacket heardExchanges
	ear := inspect.NewEar(inspect.New(inspect.Options{Hash: true}, &bySocket))
	servers, err := target.Start(t.Context(), target.Options{Ear: targetEar{ear}})
	if err != nil {
		t.Fatal(err)
	}
	one, err := capture.OpenLive(capture.LiveOptions{Interface: loopbackName(), Filter: portsOf(servers),
		Backend: backend})
	if err != nil {
		if !errors.As(err, new(*capture.PermissionError)) {
			t.Fatal(err)
		}
		return // this machine does not let us capture, and says so
	}
	source := capture.NewQueue(capture.QueueOptions{}, one)
	source.Begin(nil)
	engine := inspect.New(inspect.Options{Hash: true}, &byPacket)
	ended := make(chan error, 1)
	r := session.NewReader(source, engine, session.Hooks{})
	go func() { ended <- r.Read(context.Background()) }()
	// One after the other: jars remember across connections, and a socket call
	// of one may be told of after the next has begun.
	asked := askEverything(t, servers, func(n int) bool {
		heard := 0
		ear.Do(func(*inspect.Engine) { heard = bySocket.connections })
		return heard >= n
	})
	servers.Close()
	ear.Finish()
	waitFor(t, "every exchange was captured", func() bool {
		seen := int64(0)
		r.Do(func(e *inspect.Engine) { seen = e.Summary().Exchanges })
		return seen >= int64(len(bySocket.exchanges))
	})
	source.Close()
	if err := <-ended; err != nil {
		t.Fatal(err)
	}
	if st := source.Stats(); st.Dropped != 0 {
		t.Fatalf("%d packets were dropped", st.Dropped)
	}
	if len(bySocket.exchanges) < asked {
		t.Errorf("%d exchanges were heard, %d asked for", len(bySocket.exchanges), asked)
	}
	if diff := cmp.Diff(targets(bySocket.exchanges), targets(byPacket.exchanges)); diff != "" {
		t.Fatalf("sockets (-) and packets (+) have other exchanges:\n%s", diff)
	}
	if diff := cmp.Diff(plainly(t, bySocket.exchanges), plainly(t, byPacket.exchanges)); diff != "" {
		t.Errorf("sockets (-) and packets (+) differ:\n%s", diff)
	}
}

// portsOf is a capture filter of the servers' ports.
func portsOf(s *target.Servers) string {
	var ports []string
	for _, i := range s.List() {
		ports = append(ports, fmt.Sprintf("tcp port %d", i.Address.Port()))
	}
	return strings.Join(ports, " or ")
}

// askEverything asks for each route once, as its curl command would, and says
// how many HTTP requests that were in the clear.
func askEverything(t *testing.T, servers *target.Servers, heard func(connections int) bool) (asked int) {
	side, patient := pane.NewLab(texts.In(texts.English), servers, &pane.RequestLog{}, nil), 0
	for n, r := range side.Routes {
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		_, err := client.Run(ctx, []client.Step{r.Step()}, side.Address)
		cancel()
		if err != nil {
			t.Logf("%s %s: %v", r.Server.Name, r.Path, err) // the odd ones end oddly
		}
		if strings.HasPrefix(r.Server.Kind, "HTTP/") {
			asked++
		}
		if r.Server.Kind == "TCP" {
			patient++ // the lab's threads do not close what they have answered
			continue
		}
		waitFor(t, r.Server.Name+" "+r.Path+" was heard", func() bool { return heard(n + 1 - patient) })
	}
	return asked
}

func waitFor(t *testing.T, what string, done func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if done() {
			return
		}
	}
	t.Fatalf("it did not happen: %s", what)
}

// targets lists what was asked for, sorted.
func targets(list []*trace.Exchange) []string {
	var out []string
	for _, x := range list {
		if x.Request != nil {
			out = append(out, fmt.Sprintf("%s %s %s", x.Conn.Ends[layer.Client], x.Request.Head.Method,
				x.Request.Head.Target))
		}
	}
	slices.Sort(out)
	return out
}

// plainly is each exchange as JSON, without what only packets or only one run
// has: numbers, times, ports.
func plainly(t *testing.T, list []*trace.Exchange) []string {
	slices.SortFunc(list, func(a, b *trace.Exchange) int {
		// The system may give a client's port again, for another server.
		return stdcmp.Or(a.Conn.Ends[layer.Client].Compare(b.Conn.Ends[layer.Client]),
			a.Conn.Ends[layer.Server].Compare(b.Conn.Ends[layer.Server]),
			stdcmp.Compare(a.Ordinal, b.Ordinal), stdcmp.Compare(a.ID, b.ID))
	})
	var out []string
	for _, x := range list {
		var b bytes.Buffer
		w := export.NewJSONLines(&b)
		w.Exchange(x)
		if err := w.Flush(); err != nil {
			t.Fatal(err)
		}
		var v map[string]any
		if err := json.Unmarshal(b.Bytes(), &v); err != nil {
			t.Fatal(err)
		}
		strip(v)
		text, _ := json.MarshalIndent(v, "", " ")
		out = append(out, string(text))
	}
	return out
}

// strip removes what is about packets and times.
func strip(v any) {
	switch v := v.(type) {
	case map[string]any:
		for _, name := range []string{"id", "connection", "frame", "last_frame", "time", "last_time", "timing",
			"head_frame", "ended_frame", "at_ms", "after_ms"} {
			delete(v, name)
		}
		for _, w := range v {
			strip(w)
		}
	case []any:
		for _, w := range v {
			strip(w)
		}
	}
}
