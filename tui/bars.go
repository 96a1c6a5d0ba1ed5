package tui

import (
	"fmt"
	"strings"
	"time"

	"github.com/rivo/uniseg"

	"httpscope/internal/doc"
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
		state = "READING"
	}
	lag := a.lag()
	rest := []string{state, "@", fmt.Sprintf("gaps %d B  dropped %d", st.Gaps, st.Dropped+st.IfDropped+lag.Dropped)}
	if st.Truncated {
		rest = append(rest, "FILE DAMAGED")
	}
	if a.Notice != nil {
		rest = append(rest, a.Notice())
	}
	if lag.Time >= trace.MuchLag {
		rest = append(rest, fmt.Sprintf("lag %.1f s", lag.Time.Seconds()))
	}
	rest = append(rest, st.Problem)
	if a.follow {
		rest = append(rest, "FOLLOW")
	}
	counts := fmt.Sprintf("%d pkts  %d conns  %d exchanges", st.Packets, lastConn+1, last)
	if first > 0 {
		counts += fmt.Sprintf("  %d old conns forgotten", first)
	}
	return squeeze(width, a.Source, rest, counts, fmt.Sprintf("%d pkts %d exch", st.Packets, last), "")
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
		return "STOPPED"
	}
	if first == 0 {
		return "REC"
	}
	d := max(0, a.Now().Sub(time.Unix(0, first)))
	return fmt.Sprintf("REC %02d:%02d", int(d.Minutes()), int(d.Seconds())%60)
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
	var b strings.Builder
	seen := map[string]bool{}
	for i := range a.keys {
		k := &a.keys[i]
		if k.footer == "" || !a.fits(k.scope) || seen[k.keys[0]] {
			continue
		}
		seen[k.keys[0]] = true
		word := " " + k.keys[0] + k.footer
		if len(k.keys[0]) > 1 {
			word = " " + k.keys[0] + ":" + k.footer
		}
		if b.Len()+len(word) > width {
			break
		}
		b.WriteString(word)
	}
	return b.String()
}

// tabs are the names of the views, the one that is shown in brackets. When
// there is no room for all, the neighbours are left.
func (a *app) tabs(width int) string {
	head := ""
	if c := a.connection(); c != nil {
		head = fmt.Sprintf(" conn %d ", c.ID)
		if x, _ := a.selected(); x != nil && !a.showConns {
			head = fmt.Sprintf(" #%d ", x.ID)
		}
	}
	full, short := "", head
	for v := range views {
		name := fmt.Sprintf("%d %s", v+1, viewNames[v])
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
	at := fmt.Sprintf(" line %d of %d", p.cursor+1, p.len())
	if r := l.Ref; r.To > r.From {
		at += fmt.Sprintf("  %s bytes %d to %d  %s", sideName(r), r.From, r.To-1, a.packets(r))
	} else if r.Frame > 0 {
		at += fmt.Sprintf("  packet %d", r.Frame)
	}
	return at + " "
}

// packets names the packets that carried bytes.
func (a *app) packets(r doc.Ref) string {
	c := a.connection()
	if c == nil {
		return ""
	}
	word := "packet"
	if c.Heard {
		word = "socket call"
	}
	first, last := a.Store.Carriers(c.ID, r.Place)
	switch {
	case first == 0:
		return word + " no longer kept"
	case first == last:
		return fmt.Sprintf("%s %d", word, first)
	}
	return fmt.Sprintf("%ss %d to %d", word, first, last)
}

func (a *app) tableTitle() string {
	if a.showConns {
		return " Connections "
	}
	arrow := ""
	if a.rows.reverse {
		arrow = ", reversed"
	}
	return fmt.Sprintf(" Exchanges  sort: %s%s ", a.rows.order, arrow)
}

func (a *app) tableFoot() string {
	t := a.table()
	if t.list.Len() == 0 {
		return ""
	}
	return fmt.Sprintf(" %d of %d ", t.cursor+1, t.list.Len())
}
