package lesson

import "httpscope/internal/doc"

// Page implements [Lesson].
func (l *Readings) Page() doc.Lines {
	var s sheet
	s.title("Two readings")
	if len(l.Messages) == 0 {
		s.say(doc.Plain, "All programs read what was looked at in the same way: %s compared.", count(int64(l.Compared), "message was", "messages were"))
		l.left(&s)
		return s.lines
	}
	s.say(doc.Plain, "Where a message is against the rules, each program decides for itself where it ends. Attackers look for two programs in a row that decide differently. These are the readings of RFC 9112 where it is taken strictly, of httpscope, of Go's net/http, which reads them itself, and of Wireshark (a model of version 4.0 with default preferences).")
	s.say(doc.Dim, "Offsets are bytes of the sender's stream. %s compared, %d of them ambiguous.", count(int64(l.Compared), "message was", "messages were"), len(l.Messages))
	for i := range l.Messages {
		l.Messages[i].lines(&s)
	}
	l.left(&s)
	return s.lines
}

func (l *Readings) left(s *sheet) {
	if l.Left > 0 {
		s.say(doc.Dim, "%s left out: bytes are missing, or there are too many.", count(int64(l.Left), "message was", "messages were"))
	}
}

// Widths of the columns before the sentences.
const (
	readerWidth  = 20
	verdictWidth = 9
	offsetWidth  = 8
)

func (a *Ambiguity) lines(s *sheet) {
	s.title("%s of exchange %d: %s", a.Side, a.Exchange, a.Title)
	role := doc.Request
	if a.in.Side != 0 {
		role = doc.Response
	}
	s.add(doc.LineOf(doc.Ref{Place: a.place(a.Start), Frame: a.Packet, Exchange: a.Exchange}, doc.Spanf(role, "   %s", a.Line), doc.Spanf(doc.Dim, "  from byte %d, packet %d, to %s", a.Start, a.Packet, a.Asked)))
	for _, code := range a.Codes {
		s.add(doc.LineOf(doc.Ref{Code: code, Exchange: a.Exchange}, doc.Spanf(doc.Warning, "   finding %s", code)))
	}
	s.say(doc.Dim, "   %s%s%s%s", cell("reader", readerWidth), cell("", verdictWidth), cell("ends at", offsetWidth), cell("body", offsetWidth))
	for i := range a.Readings {
		a.reading(s, &a.Readings[i])
	}
	s.say(doc.Plain, "   Why they disagree. %s", a.Why)
	s.say(doc.Plain, "   Why it is dangerous. %s", a.Danger)
}

func (a *Ambiguity) reading(s *sheet, r *Reading) {
	role, verdict := doc.Plain, "accepts"
	switch {
	case !r.Accepts && r.Reader == sharkName:
		role, verdict = doc.Warning, "hides"
	case !r.Accepts:
		role, verdict = doc.Warning, "refuses"
	}
	const before = 3 + readerWidth + verdictWidth + 2*offsetWidth
	text := r.Says + "."
	if r.Rule != "" {
		text = r.Says + " (" + r.Rule + ")."
	}
	rows := fold(text, Width-before)
	for i, row := range append(rows, fold("Then "+r.Next+".", Width-before)...) {
		if i > 0 {
			s.say(doc.Dim, "%s%s", cell("", before), row)
			continue
		}
		body := number(r.Body)
		if !r.Accepts && r.Body == 0 {
			body = "-"
		}
		s.add(doc.LineOf(doc.Ref{Place: a.place(r.End - 1), Exchange: a.Exchange}, doc.Spanf(doc.Name, "   %s", cell(r.Reader, readerWidth)), doc.Spanf(role, "%s", cell(verdict, verdictWidth)),
			doc.Spanf(doc.Plain, "%s%s", cell(number(r.End), offsetWidth), cell(body, offsetWidth)), doc.Spanf(doc.Plain, "%s", row)))
	}
}
