package tui

import (
	"context"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"httpscope/internal/doc"
	"httpscope/internal/page"
	"httpscope/internal/texts"
	"httpscope/internal/visible"
)

// command is a line of the command line.
type command struct {
	name string
	form string
	what string // the key of half a line for the help page
	do   func(a *app, arg string)
}

// commandList is the command line.
func commandList() []command {
	return []command{
		{"w", ":w KIND FILE", "tui.command.w", (*app).write},
		{"filter", ":filter EXPR", "tui.command.filter", func(a *app, arg string) { a.applyFilter(arg) }},
		{"why", ":why [N] [EXPR]", "tui.command.why", (*app).whySelected},
		{"lesson", ":lesson KIND", "tui.command.lesson", (*app).lesson},
		{"goto", ":goto N", "tui.command.goto", (*app).gotoCommand},
		{"packet", ":packet N", "tui.command.packet", (*app).packetCommand},
		{"connection", ":connection N", "tui.command.connection", (*app).connectionCommand},
		{"status", ":status", "tui.command.status", (*app).status},
		{"log", ":log", "tui.command.log", (*app).log},
		{"mouse", ":mouse", "tui.command.mouse", func(a *app, _ string) { a.toggleMouse() }},
		{"help", ":help", "tui.command.help", func(a *app, _ string) { a.help() }},
		{"quit", ":quit", "tui.command.quit", func(a *app, _ string) { a.focus, a.zoom = tablePane, false; a.back() }},
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
		a.complain("tui.no-command", name)
	default:
		a.complain("tui.which-command", name, found[0].name, found[1].name)
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
		a.complain("tui.needs-exchange", arg)
		return
	}
	a.gotoExchange(n)
}

// packetCommand goes to the exchange whose bytes a packet carries, and to the
// packet in the TCP view.
func (a *app) packetCommand(arg string) {
	n, err := strconv.ParseInt(arg, 10, 64)
	if err != nil {
		a.complain("tui.needs-packet", arg)
		return
	}
	id, _, ok := a.Store.At(n)
	if !ok {
		a.complain("tui.no-packet", n)
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
		if x, _ := a.Store.Exchange(ids[i]); x != nil &&
			(i == 0 || x.Request != nil && x.Request.First.Packet <= frame) {
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
		a.complain("tui.needs-connection", arg)
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
		a.complain("tui.no-save")
	case i < 0:
		a.complain("tui.no-kind", kind, a.kinds())
	case path == "":
		a.complain("tui.no-file", kind, a.Kinds[i].Ext)
	default:
		s := Selection{Page: a.detail.doc, Filter: a.rows.filter, Copied: a.copied}
		s.Exchange, _ = a.selected()
		a.do(texts.Say("tui.doing.write", path), func(ctx context.Context) (string,
			error) {
			return a.Save(ctx, kind, path, s)
		})
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
		a.say("tui.nothing-to-find")
		return
	}
	from := p.cursor + 1
	if back {
		from = p.cursor - 1
	}
	at := page.Find(p.doc, a.find, from, back)
	if at < 0 {
		a.say("tui.not-found", a.find)
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
	w := doc.NewWriter(a.phrases)
	w.Say(doc.Plain, "tui.status-kept", a.Store.Memory()>>20, first, last, a.Store.Oldest())
	w.Say(doc.Plain, "tui.status-heap", m.HeapInuse>>20, m.Sys>>20, runtime.NumGoroutine())
	w.Say(doc.Plain, "tui.status-packets", st.Packets, st.Dropped, st.IfDropped, st.Cut)
	w.Say(doc.Plain, "tui.status-lag", l.Time.Seconds(), l.Packets, l.MostTime.Seconds(), l.MostPackets, l.Dropped)
	a.dialog = &dialog{title: a.phrases.Phrase("tui.status"), pager: pager{doc: w.Lines}}
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
		lines = append(lines, textLine(doc.Plain, a.phrases.Phrase("tui.log-empty")))
	}
	a.dialog = &dialog{title: a.phrases.Phrase("tui.log"), pager: pager{doc: doc.Wrap(lines, 84)}}
}
