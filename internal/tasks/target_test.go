package tasks_test

import (
	"context"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"httpscope/internal/client"
	"httpscope/internal/inspect"
	"httpscope/internal/target"
	"httpscope/internal/tasks"
	"httpscope/internal/texts"
)

// patience bounds every wait of these tests. It only ends what hangs: a busy
// machine has much less time than a clock shows.
const patience = 2 * time.Minute

// names are the target servers by the names that tasks use.
var names = map[string]string{"http": "site", "https": "site-tls", "hello": "hello", "dir": "directory", "form": "form",
	"echo": "echo", "threads": "echo-threads", "raw": "raw"}

// ear lets an engine hear the target servers' sockets.
type ear struct{ *inspect.Ear }

func (e ear) Opened(_ string, client, local netip.AddrPort, at time.Time) target.Heard {
	return heard{e.Ear, e.Open(client, local, at)}
}

// heard shows the board a snapshot after every socket call.
type heard struct {
	ear *inspect.Ear
	h   *inspect.Hearing
}

func (h heard) show()                           { h.ear.Do(func(e *inspect.Engine) { e.Flush() }) }
func (h heard) Read(b []byte, at time.Time)     { h.h.Data(0, b, at); h.show() }
func (h heard) Wrote(b []byte, at time.Time)    { h.h.Data(1, b, at); h.show() }
func (h heard) ReadEnd(r bool, at time.Time)    { h.h.End(0, r, at); h.show() }
func (h heard) WriteEnd(at time.Time)           { h.h.End(1, false, at); h.show() }
func (h heard) Closed(reset bool, at time.Time) { h.h.Close(reset, at); h.show() }

// serve starts the target servers with a board that hears them.
func serve(t *testing.T) (*tasks.Board, map[string]string) {
	t.Helper()
	b := tasks.NewBoard()
	s, err := target.Start(t.Context(), target.Options{Ear: ear{inspect.NewEar(inspect.New(keep, watcher{b}))}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	addresses := map[string]string{}
	for name, server := range names {
		i := slices.IndexFunc(s.List(), func(i target.Info) bool { return i.Name == server })
		addresses[name] = s.List()[i].Address.String()
	}
	return b, addresses
}

// TestSteps: the built-in client does each task on fresh target servers, and the
// board sees it on their sockets.
func TestSteps(t *testing.T) {
	for _, task := range tasks.All() {
		t.Run(task.ID, func(t *testing.T) {
			b, addresses := serve(t)
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()
			report, err := client.Run(ctx, task.Steps, func(server string) string { return addresses[server] })
			if err != nil {
				t.Fatal(err)
			}
			if len(report.Answers) != len(task.Steps) {
				t.Errorf("%d answers to %d steps", len(report.Answers), len(task.Steps))
			}
			waitFor(t, b, task.ID)
		})
	}
}

// waitFor polls until a task is done: the last socket calls of a server come
// after its answer.
func waitFor(t *testing.T, b *tasks.Board, id string) {
	t.Helper()
	for deadline := time.Now().Add(patience); ; time.Sleep(2 * time.Millisecond) {
		p := progress(t, b, id)
		if p.State == tasks.Done {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s: %s", p.State, p.Words())
		}
	}
}

// TestCommands: no placeholder is left when all servers run.
func TestCommands(t *testing.T) {
	addresses := map[string]string{}
	for name := range names {
		addresses[name] = "127.0.0.1:8000"
	}
	for _, task := range tasks.All() {
		for _, lang := range []texts.Lang{texts.English, texts.Chinese} {
			got := strings.Join(task.Commands(texts.In(lang), addresses), "\n")
			if strings.ContainsAny(got, "{}") || strings.Contains(got, "tasks.") ||
				!strings.Contains(got, "127.0.0.1") {
				t.Errorf("%s: %s", task.ID, got)
			}
		}
	}
	got := tasks.Filled("telnet {echo.host} {echo.port} {echo} {host} {dir}",
		map[string]string{"echo": "[::1]:5555", "http": "127.0.0.1:80"})
	if want := "telnet ::1 5555 [::1]:5555 127.0.0.1:80 {dir}"; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
