package tui

import (
	"strings"

	"httpscope/internal/texts"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"
)

// promptKind is what is being typed.
type promptKind uint8

const (
	filterPrompt promptKind = iota
	findPrompt
	commandPrompt
	answerPrompt
)

// promptLabels are the keys of the phrases before what is typed.
var promptLabels = [...]string{"tui.prompt.filter", "tui.prompt.find", "tui.prompt.command", "tui.prompt.answer"}

// prompt is a line that is being typed.
type prompt struct {
	kind  promptKind
	field *tview.InputField
	past  int      // how far back in the history, 0: the line itself
	own   string   // the line itself, while another is shown
	words []string // what may stand at the cursor
	word  int      // the next of them that Tab puts there
	base  string   // what was typed before Tab
	asks  int      // number of the question that is answered
}

func (a *app) newPrompt(kind promptKind, text string) *prompt {
	f := tview.NewInputField().SetText(text)
	f.SetFieldStyle(tcell.StyleDefault).SetLabelStyle(tcell.StyleDefault.Bold(true))
	f.SetLabel(a.phrases.Phrase(promptLabels[kind]))
	f.SetBackgroundColor(tcell.ColorDefault)
	f.Focus(func(tview.Primitive) {})
	return &prompt{kind: kind, field: f}
}

func (a *app) askFilter() {
	text := ""
	if a.rows.filter != nil {
		text = a.rows.filter.String()
	}
	a.prompt = a.newPrompt(filterPrompt, text)
}

func (a *app) askFind() {
	if a.focus != sidePane {
		a.focus = detailPane
		a.showDetail()
		a.hold()
	}
	a.prompt = a.newPrompt(findPrompt, a.find)
}

func (a *app) askCommand() { a.prompt = a.newPrompt(commandPrompt, "") }

// askWrite begins the command that writes files.
func (a *app) askWrite() {
	if a.Save == nil || len(a.Kinds) == 0 {
		a.say("tui.no-save")
		return
	}
	a.prompt = a.newPrompt(commandPrompt, "w ")
}

// kinds names the kinds of files that can be written.
func (a *app) kinds() texts.List {
	l := texts.List{}
	for _, k := range a.Kinds {
		l.Items = append(l.Items, k.Name)
	}
	return l
}

// promptHint says what may follow what is being typed.
func (a *app) promptHint() string {
	if p := a.prompt; p.kind == commandPrompt && strings.HasPrefix(p.field.GetText(), "w ") {
		return a.phrases.Phrase("tui.write-hint", a.kinds())
	}
	return ""
}

// key is a key while the prompt is open.
func (p *prompt) key(a *app, ev *tcell.EventKey) {
	switch ev.Key() {
	case tcell.KeyEsc:
		a.prompt = nil
	case tcell.KeyEnter:
		p.done(a)
	case tcell.KeyTab:
		p.complete(a)
	case tcell.KeyUp:
		p.recall(a, 1)
	case tcell.KeyDown:
		p.recall(a, -1)
	default:
		p.words = nil
		p.field.InputHandler()(ev, func(tview.Primitive) {})
	}
}

// done does what was typed. A filter that is not valid stays to be corrected.
func (p *prompt) done(a *app) {
	text := strings.TrimSpace(p.field.GetText())
	switch p.kind {
	case filterPrompt:
		if !a.applyFilter(text) {
			return
		}
		a.prompt = nil
	case findPrompt:
		a.prompt, a.find = nil, text
		a.findNext(false)
	case commandPrompt:
		a.prompt = nil
		a.command(text)
	case answerPrompt:
		a.prompt = nil
		a.answer(p.asks, text)
	}
}

// complete puts the next word that may stand at the end of the line.
func (p *prompt) complete(a *app) {
	if p.words == nil {
		p.base, p.word = p.field.GetText(), 0
		switch {
		case p.kind == filterPrompt && a.Complete != nil:
			p.words = a.Complete(p.base, len(p.base))
		case p.kind == commandPrompt:
			p.words = a.commandWords(p.base)
		}
	}
	if len(p.words) == 0 {
		return
	}
	p.field.SetText(withWord(p.base, p.words[p.word]))
	p.word = (p.word + 1) % len(p.words)
}

// withWord replaces the unfinished word at the end of a line.
func withWord(line, word string) string {
	i := strings.LastIndexFunc(line, func(r rune) bool {
		return !(r == '.' || r == '_' || r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' &&
			r <= 'Z')
	})
	return line[:i+1] + word
}

// recall goes back in the history of filters.
func (p *prompt) recall(a *app, n int) {
	if p.kind != filterPrompt {
		return
	}
	if p.past == 0 {
		p.own = p.field.GetText()
	}
	p.past = max(0, min(p.past+n, len(a.history)))
	if p.past == 0 {
		p.field.SetText(p.own)
		return
	}
	p.field.SetText(a.history[len(a.history)-p.past])
}

// maxHistory bounds the filters that are remembered.
const maxHistory = 100

// compile makes a display filter, beside the selected exchange if there is one.
func (a *app) compile(text string) (Matcher, error) {
	if x, _ := a.selected(); x != nil && a.CompileBeside != nil {
		return a.CompileBeside(text, x)
	}
	return a.Compile(text)
}

// applyFilter shows what a display filter selects; "" is all. It reports
// whether the filter is valid.
func (a *app) applyFilter(text string) bool {
	if text == "" {
		a.rows.choose(nil, a.rows.order, a.rows.reverse)
		return true
	}
	if a.Compile == nil {
		a.complain("tui.no-filter")
		return true
	}
	f, err := a.compile(text)
	if err != nil {
		a.fail(err)
		return false
	}
	a.rows.choose(f, a.rows.order, a.rows.reverse)
	a.showConns = false
	if n := len(a.history); n == 0 || a.history[n-1] != text {
		a.history = append(a.history[max(0, n+1-maxHistory):], text)
	}
	return true
}
