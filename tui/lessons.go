package tui

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"httpscope/internal/doc"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
	"httpscope/internal/visible"
)

// lessonWidth is how many columns a lesson takes where the screen has them.
const lessonWidth = 110

// show opens a page in front of everything, of up to so many columns.
func (a *app) show(title string, d doc.Page, columns int) {
	columns = min(columns, max(a.layout.header.w-2, 1))
	a.dialog = &dialog{title: title, width: columns + 2, pager: pager{doc: doc.Wrap(d, columns)}}
}

// whySelected says why a filter selects an exchange, or does not: the selected
// one and the filter that is set, where nothing else is named.
func (a *app) whySelected(arg string) {
	x, _ := a.selected()
	number, expr, _ := strings.Cut(arg, " ")
	if n, err := strconv.ParseInt(number, 10, 64); err == nil {
		if x, _ = a.Store.Exchange(n); x == nil {
			a.complain("tui.no-exchange", n)
			return
		}
	} else {
		expr = arg
	}
	f := a.rows.filter
	if expr = strings.TrimSpace(expr); expr != "" && a.Compile != nil {
		var err error
		if f, err = a.compile(expr); err != nil {
			a.fail(err)
			return
		}
	}
	switch {
	case x == nil:
		a.complain("tui.why-no-exchange")
	case f == nil:
		a.complain("tui.why-no-filter", x.ID)
	default:
		a.show(a.phrases.Phrase("tui.side.why"), a.reasons(f, x), dialogWidth-2)
	}
}

// reasons says why a filter selects an exchange, or does not.
func (a *app) reasons(f Matcher, x *trace.Exchange) doc.Lines {
	w := doc.NewWriter(a.phrases)
	selected, reasons := f.Why(x)
	w.Say(doc.Title, map[bool]string{true: "tui.selected", false: "tui.not-selected"}[selected], x.ID)
	w.Empty()
	for _, r := range reasons {
		w.Add(textLine(doc.Plain, visible.Line(r)))
	}
	return w.Lines
}

// lesson shows what the capture teaches.
func (a *app) lesson(kind string) {
	if a.Lesson == nil {
		a.complain("tui.no-lessons")
		return
	}
	for _, k := range a.Lessons {
		if k.Name == kind {
			a.do(texts.Say("tui.doing.look"), func(context.Context) (string, error) {
				d, err := a.Lesson(kind)
				if err == nil {
					a.post(func() { a.show(k.What, d, lessonWidth) })
				}
				return "", err
			})
			return
		}
	}
	lines := doc.Lines{}
	for _, k := range a.Lessons {
		lines = append(lines, doc.Line{Spans: []doc.Span{{Text: fmt.Sprintf("%-10s", k.Name), Role: doc.Key},
			{Text: k.What}}})
	}
	a.show(a.phrases.Phrase("tui.lessons"), lines, dialogWidth-2)
}

// suggestions are words that may stand at the end of the filter that is being
// typed, as far as they fit.
func (a *app) suggestions(width int) string {
	if a.Complete == nil {
		return ""
	}
	text := a.prompt.field.GetText()
	if a.prompt.words != nil {
		text = a.prompt.base
	}
	var b strings.Builder
	for _, w := range a.Complete(text, len(text)) {
		if b.Len()+len(w)+2 > width-8 {
			b.WriteString("  ...")
			break
		}
		b.WriteString("  " + w)
	}
	if b.Len() == 0 {
		return ""
	}
	return "Tab:" + b.String()
}
