package lesson

import "httpscope/internal/doc"

// Page implements [Lesson].
func (l *Readings) Page() doc.Lines {
	w := doc.NewWriter(l.words)
	w.Title("lesson.title.readings")
	if len(l.Messages) == 0 {
		w.Say(doc.Plain, "lesson.readings.none", l.Compared)
		l.left(w)
		return w.Lines
	}
	w.Say(doc.Plain, "lesson.readings.intro")
	w.Say(doc.Dim, "lesson.readings.compared", l.Compared, len(l.Messages))
	for i := range l.Messages {
		l.Messages[i].lines(w)
	}
	l.left(w)
	return w.Lines
}

func (l *Readings) left(w *doc.Writer) {
	if l.Left > 0 {
		w.Say(doc.Dim, "lesson.readings.left", l.Left)
	}
}

// Widths of the columns before the sentences.
const (
	readerWidth  = 20
	verdictWidth = 9
	offsetWidth  = 8
)

func (a *Ambiguity) lines(w *doc.Writer) {
	w.Title("lesson.readings.message", w.Phrase("side."+a.Side), a.Exchange, a.Title)
	role := doc.Request
	if a.in.Side != 0 {
		role = doc.Response
	}
	w.About(doc.Ref{Place: a.place(a.Start), Frame: a.Packet, Exchange: a.Exchange}, doc.Spanf(role, "   %s  ", a.Line),
		w.Span(doc.Dim, "lesson.readings.from", a.Start, a.Packet, a.Asked))
	for _, code := range a.Codes {
		finding := doc.Spanf(doc.Warning, "   %s %s", w.Phrase("lesson.finding"), code)
		w.About(doc.Ref{Code: code, Exchange: a.Exchange}, finding)
	}
	a.table(w)
	inset(w, 3, doc.Plain, "lesson.readings.why", a.Why)
	inset(w, 3, doc.Plain, "lesson.readings.danger", a.Danger)
}

// table shows the readings.
func (a *Ambiguity) table(w *doc.Writer) {
	w.About(doc.Ref{}, doc.Spanf(doc.Dim, "   %s%s%s", cell(w.Phrase("lesson.col.reader"), readerWidth+verdictWidth),
		cell(w.Phrase("lesson.col.ends-at"), offsetWidth), cell(w.Phrase("lesson.col.body"), offsetWidth)))
	for i := range a.Readings {
		a.reading(w, &a.Readings[i])
	}
}

func (a *Ambiguity) reading(w *doc.Writer, r *Reading) {
	const before = 3 + readerWidth + verdictWidth + 2*offsetWidth
	role, verdict := r.verdict()
	says := w.Phrase("lesson.readings.says", r.Says)
	if r.Rule != "" {
		says = w.Phrase("lesson.readings.says-rule", r.Says, r.Rule)
	}
	rows := append(fold(says, Width-before), fold(w.Phrase("lesson.readings.then", r.Next), Width-before)...)
	w.About(doc.Ref{Place: a.place(r.End - 1), Exchange: a.Exchange},
		doc.Spanf(doc.Name, "   %s", cell(w.Of(r.Reader), readerWidth)),
		doc.Spanf(role, "%s", cell(w.Phrase(verdict), verdictWidth)),
		doc.Spanf(doc.Plain, "%s%s", cell(offset(r.End), offsetWidth), cell(r.body(), offsetWidth)),
		doc.Spanf(doc.Plain, "%s", rows[0]))
	for _, text := range rows[1:] {
		w.About(doc.Ref{}, doc.Space(before), doc.Spanf(doc.Dim, "%s", text))
	}
}

// verdict is the phrase for what the program does with the message.
func (r *Reading) verdict() (doc.Role, string) {
	switch {
	case r.Accepts:
		return doc.Plain, "lesson.verdict.accepts"
	case r.Reader.Key == sharkName:
		return doc.Warning, "lesson.verdict.hides"
	}
	return doc.Warning, "lesson.verdict.refuses"
}

// body is how many bytes of content the program takes.
func (r *Reading) body() string {
	if !r.Accepts && r.Body == 0 {
		return unknown
	}
	return offset(r.Body)
}
