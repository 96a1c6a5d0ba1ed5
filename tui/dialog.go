package tui

import (
	"strings"

	"httpscope/internal/doc"
	"httpscope/internal/texts"
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

// question is a phrase that y answers; what is its parameter.
func (a *app) question(key, what string, yes func(a *app)) *dialog {
	w := doc.NewWriter(a.phrases)
	w.Say(doc.Plain, key, what)
	return &dialog{title: a.phrases.Phrase("tui.question"), yes: yes, pager: pager{doc: w.Lines}}
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
	a.dialog = &dialog{title: a.phrases.Phrase("tui.help"), pager: pager{doc: a.helpPage()}}
}

// paneNames name the panes on the help page, as keys of phrases.
var paneNames = [panes]string{"tui.pane.table", "tui.pane.detail", "tui.pane.side"}

func (a *app) helpPage() doc.Lines {
	w := doc.NewWriter(a.phrases)
	keys := func(title texts.Phrase, shown func(s scope) bool) {
		w.Title(title.Key, title.Args...)
		for i := range a.keys {
			if b := &a.keys[i]; shown(b.scope) {
				w.Add(helpLine(strings.Join(b.keys, " "), w.Of(b.what())))
			}
		}
	}
	keys(texts.Say("tui.help-here", texts.Say(paneNames[a.focus])),
		func(s scope) bool { return s != everywhere && a.fits(s) })
	keys(texts.Say("tui.help-everywhere"), func(s scope) bool { return s == everywhere })
	keys(texts.Say("tui.help-elsewhere"), func(s scope) bool { return !a.fits(s) })
	w.Title("tui.help-commands")
	for _, c := range a.commands {
		w.Add(helpLine(c.form, w.Phrase(c.what)))
	}
	w.Empty()
	w.Say(doc.Dim, "tui.help-mouse")
	return w.Lines
}

// helpLine is a line of the help page: keys or a command, and what they do.
func helpLine(form, what string) doc.Line {
	const width = 22
	return doc.LineOf(doc.Ref{}, doc.Shown("  "+doc.Column(form, width, "", false)+" ", doc.Key),
		doc.Shown(what, doc.Plain))
}
