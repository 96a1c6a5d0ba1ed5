package pane

import (
	"context"
	"fmt"

	"httpscope/internal/client"
	"httpscope/internal/doc"
	"httpscope/internal/store"
	"httpscope/internal/tasks"
	"httpscope/internal/texts"
)

// LabTasks is the tasks as the screen shows them.
type LabTasks struct {
	texts     texts.Catalogue
	store     *store.Store
	board     *tasks.Board
	from      uint64
	addresses map[string]string
	address   func(name string) string
}

// maxFollowed bounds what tasks look at in one frame.
const maxFollowed = 10_000

func newLabTasks(c texts.Catalogue, st *store.Store, addresses map[string]string,
	address func(string) string) *LabTasks {
	return &LabTasks{texts: c, store: st, board: tasks.NewBoard(), addresses: addresses, address: address}
}

// Follow implements tui.Tasks.
func (t *LabTasks) Follow() {
	c := t.store.Changes(t.from)
	t.from = c.Next
	if c.All { // more came at once than is remembered: the newest have to do
		first, last := t.store.Bounds()
		for id := max(first, last-maxFollowed); id <= last; id++ {
			c.Exchanges = append(c.Exchanges, id)
		}
		first, last = t.store.ConnectionBounds()
		for id := max(first, last-maxFollowed); id <= last; id++ {
			c.Connections = append(c.Connections, id)
		}
	}
	for _, id := range c.Exchanges {
		if x, whole := t.store.Exchange(id); whole {
			t.board.Exchange(x)
		}
	}
	for _, id := range c.Connections {
		if k, _ := t.store.Connection(id); k != nil {
			t.board.Connection(k)
		}
	}
}

// Page implements tui.Tasks.
func (t *LabTasks) Page() doc.Page {
	state := t.board.State()
	done, topic := 0, ""
	for i := range state {
		if state[i].State == tasks.Done {
			done++
		}
	}
	w := doc.NewWriter(t.texts)
	w.Say(doc.Title, "tasks.pane.done", done, len(state))
	for n := range state {
		p := &state[n]
		if p.Task.Topic != topic {
			topic = p.Task.Topic
			w.Empty()
			w.Say(doc.Name, topic)
		}
		t.lines(w, n, p)
	}
	return w.Lines
}

// boxes stand before tasks, by how far they are.
var boxes = [...]string{tasks.NotStarted: "[ ] ", tasks.Partly: "[.] ", tasks.Done: "[x] "}

// lines show one task: with its command as long as it is not done, then with
// what it showed.
func (t *LabTasks) lines(w *doc.Writer, n int, p *tasks.Progress) {
	ref := doc.Ref{Code: fmt.Sprintf("try:%d", n), Exchange: p.Proof.Exchange, Frame: p.Proof.Frame}
	line := func(r doc.Role, before, text string) { w.About(ref, doc.Shown(before, r), doc.Spanf(r, "%s", text)) }
	const indent = "    "
	if p.State == tasks.Done {
		line(doc.Response, boxes[p.State], w.Of(p.Task.Title()))
		line(doc.Dim, indent, w.Phrase("tasks.pane.shown", p.Words(), p.Task.Explain()))
		return
	}
	line(doc.Plain, boxes[p.State], w.Of(p.Task.Title()))
	line(doc.Dim, indent, tasks.Filled(w.Of(p.Task.Goal()), t.addresses))
	for _, command := range p.Task.Commands(t.texts, t.addresses) {
		line(doc.Key, indent, command)
	}
	if p.State == tasks.Partly {
		line(doc.Note, indent, w.Of(p.Words()))
	}
}

// Try implements tui.Tasks.
func (t *LabTasks) Try(ctx context.Context, n int) (string, error) {
	all := tasks.All()
	if n < 0 || n >= len(all) {
		return "", texts.Errorf("tasks.pane.no-task")
	}
	if _, err := client.Run(ctx, all[n].Steps, t.address); err != nil {
		return "", err
	}
	return t.texts.Phrase("tasks.pane.tried", all[n].Title()), nil
}
