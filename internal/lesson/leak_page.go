package lesson

import "httpscope/internal/doc"

// Page implements [Lesson].
func (l *Leaks) Page() doc.Lines {
	w := doc.NewWriter(l.words)
	w.Title("lesson.title.leak")
	if len(l.Connections) == 0 {
		w.Say(doc.Dim, "lesson.leak.none")
		return w.Lines
	}
	w.Say(doc.Plain, "lesson.leak.intro")
	w.Say(doc.Dim, "lesson.leak.points")
	for i := range l.Connections {
		l.Connections[i].lines(w)
	}
	if l.Left > 0 {
		w.Say(doc.Dim, "lesson.leak.left", l.Left)
	}
	return w.Lines
}

// Widths of the columns of the page.
const (
	nameWidth   = 18
	seenWidth   = 54
	hiddenWidth = Width - 3 - nameWidth - seenWidth - 2
)

func (k *Leak) lines(w *doc.Writer) {
	w.Title("lesson.leak.connection", k.Connection, k.Client, k.Server, w.Named("protocol.", k.Protocol),
		k.Score, MaxScore)
	w.About(doc.Ref{}, doc.Space(3+nameWidth), doc.Spanf(doc.Dim, "%s", cell(w.Phrase("lesson.leak.seen"), seenWidth)),
		doc.Space(2), w.Span(doc.Dim, "lesson.leak.hidden"))
	for i := range k.Items {
		k.Items[i].lines(w, doc.Ref{Frame: k.frame})
	}
}

// lines sets what is seen beside what is hidden.
func (i *LeakItem) lines(w *doc.Writer, ref doc.Ref) {
	seen, role := i.seenRows(), doc.Warning
	if len(seen) == 0 {
		seen, role = []string{w.Phrase("lesson.leak.nothing")}, doc.Dim
	}
	var hidden []string
	if i.Hidden != "" {
		hidden = fold(i.Hidden, hiddenWidth)
	}
	name := []string{w.Of(i.Name)}
	for n := range max(len(seen), len(hidden)) {
		spans := []doc.Span{doc.Spanf(doc.Name, "   %s", cell(at(name, n), nameWidth)),
			doc.Spanf(role, "%s", cell(at(seen, n), seenWidth))}
		if text := at(hidden, n); text != "" {
			spans = append(spans, doc.Spanf(doc.Plain, "  %s", text))
		}
		w.About(ref, spans...)
	}
}

// seenRows are the rows of what is seen; those that go on stand further right.
func (i *LeakItem) seenRows() []string {
	var out []string
	for _, text := range i.Seen {
		rows := fold(text, seenWidth-2)
		for n := range rows[1:] {
			rows[n+1] = "  " + rows[n+1]
		}
		out = append(out, rows...)
	}
	return out
}

// at is an entry of a list, "" after its end.
func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}
