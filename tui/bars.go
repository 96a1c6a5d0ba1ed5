package tui

import (
	"fmt"
	"strings"
	"time"

	"github.com/rivo/uniseg"

	"httpscope/internal/doc"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// header is the first line of the screen: what is shown, how much of it, and
// always what was lost. Where there is no room for all, first the counts become
// shorter, then the source is cut.
func (a *app) header(width int) string {
	st := a.Store.Status()
	_, last := a.Store.Bounds()
	first, lastConn := a.Store.ConnectionBounds()
	var state string
	switch {
	case a.Live:
		state = a.recording(st.First)
	case !st.Ended:
		state = a.loud("tui.reading")
	}
	lag := a.lag()
	rest := []string{state, "@", a.phrases.Phrase("tui.losses", st.Gaps, st.Dropped+st.IfDropped+lag.Dropped)}
	if st.Truncated {
		rest = append(rest, a.loud("tui.damaged"))
	}
	if a.Notice != nil {
		rest = append(rest, a.Notice())
	}
	if lag.Time >= trace.MuchLag {
		rest = append(rest, a.phrases.Phrase("tui.lag", lag.Time.Seconds()))
	}
	if st.Problem != nil {
		rest = append(rest, a.phrases.Error(st.Problem))
	}
	if a.follow {
		rest = append(rest, a.loud("tui.follows"))
	}
	counts := a.phrases.Phrase("tui.counts", st.Packets, lastConn+1, last)
	if first > 0 {
		counts += "  " + a.phrases.Phrase("tui.old-connections", first)
	}
	return squeeze(width, a.Source, rest, counts, a.phrases.Phrase("tui.counts-short", st.Packets, last), "")
}

// loud is a phrase that must be seen: in capitals, where the language has them.
func (a *app) loud(key string, args ...any) string {
	return strings.ToUpper(a.phrases.Phrase(key, args...))
}

// lag is zero where there is nothing to lag behind.
func (a *app) lag() trace.Lag {
	if a.Lag == nil {
		return trace.Lag{}
	}
	return a.Lag()
}

// recording says whether a live capture runs, and for how long.
func (a *app) recording(first int64) string {
	if a.Capture != nil && !a.Capture.Running() {
		return a.loud("tui.header-stopped")
	}
	if first == 0 {
		return a.loud("tui.recording")
	}
	d := max(0, a.Now().Sub(time.Unix(0, first)))
	return a.loud("tui.recording-for", int(d.Minutes()), int(d.Seconds())%60)
}

// squeeze joins the source and the rest, in which "@" stands for the longest of
// the counts for which there is room.
func squeeze(width int, source string, rest []string, counts ...string) string {
	const least = 8 // columns of the source that are always worth it
	tail := ""
	for _, c := range counts {
		tail = ""
		for _, p := range rest {
			if p == "@" {
				p = c
			}
			if p != "" {
				tail += "  " + p
			}
		}
		if widthOf(" httpscope  "+source+tail) <= width {
			return " httpscope  " + source + tail
		}
	}
	head := " httpscope  "
	if room := width - widthOf(head+tail); room < least {
		head = " "
	}
	return head + strings.TrimRight(cell(source, max(least, width-widthOf(head+tail)), false), " ") + tail
}

// footer lists the keys of the pane in focus, as many as fit.
func (a *app) footer(width int) string {
	line := ""
	seen := map[string]bool{}
	for i := range a.keys {
		k := &a.keys[i]
		if !k.footer || !a.fits(k.scope) || seen[k.keys[0]] {
			continue
		}
		seen[k.keys[0]] = true
		word := " " + k.keys[0]
		if len(k.keys[0]) > 1 {
			word += ":"
		}
		word += a.phrases.Of(k.word())
		if widthOf(line+word) > width {
			break
		}
		line += word
	}
	return line
}

// tabs are the names of the views, the one that is shown in brackets. When
// there is no room for all, the neighbours are left.
func (a *app) tabs(width int) string {
	head := ""
	if c := a.connection(); c != nil {
		head = " " + a.phrases.Phrase("tui.conn", c.ID) + " "
		if x, _ := a.selected(); x != nil && !a.showConns {
			head = fmt.Sprintf(" #%d ", x.ID)
		}
	}
	full, short := "", head
	for v := range views {
		name := fmt.Sprintf("%d %s", v+1, a.phrases.Phrase(viewKinds[v].name))
		if v == a.view {
			full += "[" + name + "] "
			short += "[" + name + "] "
		} else {
			full += name + " "
			short += fmt.Sprintf("%d ", v+1)
		}
	}
	for _, s := range []string{head + full, " " + full, full} {
		if uniseg.StringWidth(strings.TrimRight(s, " ")) <= width {
			return s
		}
	}
	return short
}

// place says which bytes and packets the line under the cursor is about.
func (a *app) place(p *pager) string {
	l, ok := p.line()
	if !ok {
		return ""
	}
	if r, is := a.byteRef(); is {
		return a.bytePlace(r)
	}
	at := a.phrases.Phrase("tui.line", p.cursor+1, p.len())
	if r := l.Ref; r.To > r.From {
		at += "  " + a.phrases.Phrase("tui.bytes", sideName(r), r.From, r.To-1) + "  " + a.packets(r)
	} else if r.Frame > 0 {
		at += "  " + a.phrases.Phrase("page.packet", r.Frame)
	}
	return " " + at + " "
}

// packets names the packets that carried bytes, or the calls of a socket.
func (a *app) packets(r doc.Ref) string {
	c := a.connection()
	if c == nil {
		return ""
	}
	kind := "tui.packet."
	if c.Heard {
		kind = "tui.call."
	}
	first, last := a.Store.Carriers(c.ID, r.Place)
	switch {
	case first == 0:
		return a.phrases.Phrase(kind + "gone")
	case first == last:
		return a.phrases.Phrase(kind+"one", first)
	}
	return a.phrases.Phrase(kind+"many", first, last)
}

func (a *app) tableTitle() string {
	title := a.phrases.Phrase("tui.table-connections")
	if !a.showConns {
		order := texts.Say(a.rows.order.heading())
		title = a.phrases.Phrase("tui.table-exchanges", order)
		if a.rows.reverse {
			title = a.phrases.Phrase("tui.table-reversed", order)
		}
	}
	return " " + title + " "
}

func (a *app) tableFoot() string {
	t := a.table()
	if t.list.Len() == 0 {
		return ""
	}
	return " " + a.phrases.Phrase("tui.of", t.cursor+1, t.list.Len()) + " "
}
