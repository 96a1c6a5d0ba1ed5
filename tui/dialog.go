package tui

import (
	"fmt"
	"strings"

	"httpscope/internal/doc"
)

// dialogWidth is how many columns a dialog takes with its frame.
const dialogWidth = 86

// dialog is something in front of the panes: a page to read, or a question.
type dialog struct {
	width int // columns with the frame, dialogWidth when it needs no more
	title string
	pager pager
	yes   func(a *app) // of a question
}

// ask is a question that y answers.
func ask(question string, yes func(a *app)) *dialog {
	return &dialog{title: "Question", yes: yes, pager: pager{doc: doc.Lines{textLine(doc.Plain, question)}}}
}

// key is a key while the dialog is open.
func (d *dialog) key(a *app, name string) {
	p := &d.pager
	switch name {
	case "y", "Y", "q":
		a.dialog = nil
		if d.yes != nil { // a second q means it
			d.yes(a)
		}
	case "Esc", "n", "?", "Enter":
		a.dialog = nil
	case "Down", "j":
		p.scrollBy(1)
	case "Up", "k":
		p.scrollBy(-1)
	case "PgDn", "Ctrl-F", " ":
		p.scrollBy(max(1, p.height))
	case "PgUp", "Ctrl-B":
		p.scrollBy(-max(1, p.height))
	case "g", "Home":
		p.top = 0
	case "G", "End":
		p.scrollBy(p.len())
	}
}

// scrollBy moves a page that has no cursor.
func (p *pager) scrollBy(n int) {
	p.top = max(0, min(p.top+n, p.len()-p.height))
	p.cursor = p.top
}

// help shows the keys of the pane in focus, then all.
func (a *app) help() {
	a.dialog = &dialog{title: "Keys", pager: pager{doc: helpPage(a)}}
}

// paneNames name the panes on the help page.
var paneNames = [panes]string{"the table", "the detail pane", "the side pane"}

func helpPage(a *app) doc.Lines {
	lines := doc.Lines{textLine(doc.Title, "Here, in "+paneNames[a.focus])}
	for i := range a.keys {
		if b := &a.keys[i]; b.scope != everywhere && a.fits(b.scope) {
			lines = append(lines, keyLine(b))
		}
	}
	lines = append(lines, textLine(doc.Plain, ""), textLine(doc.Title, "Everywhere"))
	for i := range a.keys {
		if b := &a.keys[i]; b.scope == everywhere {
			lines = append(lines, keyLine(b))
		}
	}
	lines = append(lines, textLine(doc.Plain, ""), textLine(doc.Title, "Elsewhere"))
	for i := range a.keys {
		if b := &a.keys[i]; !a.fits(b.scope) {
			lines = append(lines, keyLine(b))
		}
	}
	lines = append(lines, textLine(doc.Plain, ""), textLine(doc.Title, "Commands, after :"))
	for _, c := range a.commands {
		lines = append(lines, doc.Line{Spans: []doc.Span{{Text: fmt.Sprintf("  %-22s ", c.form), Role: doc.Key}, {Text: c.what}}})
	}
	return append(lines, textLine(doc.Plain, ""), textLine(doc.Dim, "With the mouse on, hold Shift to select text with the terminal."))
}

func keyLine(b *binding) doc.Line {
	return doc.Line{Spans: []doc.Span{{Text: fmt.Sprintf("  %-22s ", strings.Join(b.keys, " ")), Role: doc.Key}, {Text: b.what}}}
}
