package tui

import (
	"context"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"httpscope/internal/doc"
	"httpscope/internal/page"
	"httpscope/internal/visible"
)

// command is a line of the command line.
type command struct {
	name string
	form string
	what string
	do   func(a *app, arg string)
}

// commandList is the command line.
func commandList() []command {
	return []command{
		{"w", ":w KIND FILE", "write a file; KIND is one of those that w names", (*app).write},
		{"filter", ":filter EXPR", "display filter; without EXPR, all", func(a *app, arg string) { a.applyFilter(arg) }},
		{"why", ":why [N] [EXPR]", "why the display filter, or another one, selects exchange N, or does not", (*app).whySelected},
		{"lesson", ":lesson KIND", "what the capture teaches; without KIND, which lessons there are", (*app).lesson},
		{"goto", ":goto N", "go to exchange N", (*app).gotoCommand},
		{"packet", ":packet N", "go to the exchange that packet N belongs to", (*app).packetCommand},
		{"connection", ":connection N", "show only the exchanges of connection N", (*app).connectionCommand},
		{"status", ":status", "what the program holds: memory, goroutines, what was dropped", (*app).status},
		{"log", ":log", "what went wrong beside the screen", (*app).log},
		{"mouse", ":mouse", "mouse on or off", func(a *app, _ string) { a.toggleMouse() }},
		{"help", ":help", "the keys and commands", func(a *app, _ string) { a.help() }},
		{"quit", ":quit", "leave", func(a *app, _ string) { a.focus, a.zoom = tablePane, false; a.back() }},
	}
}

// command does a line of the command line. A name may be shortened as long as
// one command begins so.
func (a *app) command(line string) {
	name, arg, _ := strings.Cut(line, " ")
	if name == "" {
		return
	}
	var found []*command
	for i := range a.commands {
		if c := &a.commands[i]; c.name == name {
			found = []*command{c}
			break
		} else if strings.HasPrefix(c.name, name) {
			found = append(found, c)
		}
	}
	switch len(found) {
	case 1:
		found[0].do(a, strings.TrimSpace(arg))
	case 0:
		a.complain("There is no command %q. :help lists them.", name)
	default:
		a.complain("%q may be %s or %s.", name, found[0].name, found[1].name)
	}
}

// commandWords are the words that may end a command line.
func (a *app) commandWords(line string) []string {
	name, arg, has := strings.Cut(line, " ")
	var words []string
	if !has {
		for _, c := range a.commands {
			if strings.HasPrefix(c.name, name) {
				words = append(words, c.name)
			}
		}
	} else if name == "w" && !strings.Contains(arg, " ") {
		for _, k := range a.Kinds {
			if strings.HasPrefix(k.Name, arg) {
				words = append(words, k.Name)
			}
		}
	}
	if name == "lesson" && has {
		for _, k := range a.Lessons {
			if strings.HasPrefix(k.Name, arg) {
				words = append(words, k.Name)
			}
		}
	}
	return words
}

func (a *app) gotoCommand(arg string) {
	n, err := strconv.ParseInt(arg, 10, 64)
	if err != nil {
		a.complain(":goto needs the number of an exchange, not %q.", arg)
		return
	}
	a.gotoExchange(n)
}

// packetCommand goes to the exchange whose bytes a packet carries, and to the
// packet in the TCP view.
func (a *app) packetCommand(arg string) {
	n, err := strconv.ParseInt(arg, 10, 64)
	if err != nil {
		a.complain(":packet needs the number of a packet, not %q.", arg)
		return
	}
	id, _, ok := a.Store.At(n)
	if !ok {
		a.complain("Packet %d is not kept, or belongs to no TCP connection.", n)
		return
	}
	a.view = tcpView
	a.toConnection(id, n)
	a.refreshDetail()
	for i := range a.detail.len() {
		if a.detail.doc.Line(i).Ref.Frame == n {
			a.focus = detailPane
			a.detail.moveTo(i)
			return
		}
	}
}

// toConnection selects the exchange of a connection that a packet belongs to,
// or the connection when it has none.
func (a *app) toConnection(id, frame int64) {
	a.follow = false
	_, ids := a.Store.Connection(id)
	for i := len(ids) - 1; i >= 0; i-- {
		if x, _ := a.Store.Exchange(ids[i]); x != nil && (i == 0 || x.Request != nil && x.Request.First.Packet <= frame) {
			a.showConns = false
			if a.exchanges.moveToID(ids[i]) {
				return
			}
		}
	}
	a.showConns = true
	a.connections.moveToID(id)
}

func (a *app) connectionCommand(arg string) {
	if _, err := strconv.ParseInt(arg, 10, 64); err != nil {
		a.complain(":connection needs the number of a connection, not %q.", arg)
		return
	}
	a.applyFilter("tcp.stream == " + arg)
}

// write writes a file in the background.
func (a *app) write(arg string) {
	kind, path, _ := strings.Cut(arg, " ")
	path = strings.TrimSpace(path)
	i := slices.IndexFunc(a.Kinds, func(k Kind) bool { return k.Name == kind })
	switch {
	case a.Save == nil:
		a.complain("Nothing can be written here.")
	case i < 0:
		a.complain("There is no kind %q of file, but %s.", kind, a.kinds())
	case path == "":
		a.complain("Give a file name: :w %s capture1%s", kind, a.Kinds[i].Ext)
	default:
		s := Selection{Page: a.detail.doc, Filter: a.rows.filter, Copied: a.copied}
		s.Exchange, _ = a.selected()
		a.do("writing "+path, func(ctx context.Context) (string, error) { return a.Save(ctx, kind, path, s) })
	}
}

// findNext goes to the next line with the text.
func (a *app) findNext(back bool) {
	if a.focus == tablePane {
		a.focus = detailPane
		a.showDetail()
	}
	p := a.text()
	if a.find == "" || p.doc == nil {
		a.say("Nothing to find. f asks for a text.")
		return
	}
	from := p.cursor + 1
	if back {
		from = p.cursor - 1
	}
	at := page.Find(p.doc, a.find, from, back)
	if at < 0 {
		a.say("%q is not there.", a.find)
		return
	}
	p.moveTo(at)
}

// status says what the program uses.
func (a *app) status(string) {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	st, l := a.Store.Status(), a.lag()
	first, last := a.Store.Bounds()
	a.dialog = &dialog{title: "Status", pager: pager{doc: doc.Lines{
		textLine(doc.Plain, fmt.Sprintf("Kept: %d MB; exchanges %d to %d, bytes from packet %d on.", a.Store.Memory()>>20, first, last, a.Store.Oldest())),
		textLine(doc.Plain, fmt.Sprintf("Heap: %d MB in use, %d MB from the system; %d goroutines.", m.HeapInuse>>20, m.Sys>>20, runtime.NumGoroutine())),
		textLine(doc.Plain, fmt.Sprintf("Packets: %d; dropped by the kernel %d, by the interface %d; cut by the snapshot length %d.", st.Packets, st.Dropped, st.IfDropped, st.Cut)),
		textLine(doc.Plain, fmt.Sprintf("Analysis lags: %.1f s, %d packets; at most %.1f s, %d packets; dropped for it %d.", l.Time.Seconds(), l.Packets, l.MostTime.Seconds(), l.MostPackets, l.Dropped)),
	}}}
}

// log shows what went wrong beside the screen.
func (a *app) log(string) {
	lines := doc.Lines{}
	if a.Log != nil {
		for _, l := range a.Log() {
			lines = append(lines, textLine(doc.Plain, visible.Line(l)))
		}
	}
	if len(lines) == 0 {
		lines = append(lines, textLine(doc.Plain, "Nothing went wrong."))
	}
	a.dialog = &dialog{title: "Log", pager: pager{doc: doc.Wrap(lines, 84)}}
}
