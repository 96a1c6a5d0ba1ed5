package lesson

import "httpscope/internal/doc"

// Page implements [Lesson].
func (l *Leaks) Page() doc.Lines {
	var s sheet
	s.title("What an eavesdropper learns")
	if len(l.Connections) == 0 {
		s.say(doc.Dim, "No connection is in what was looked at.")
		return s.lines
	}
	s.say(doc.Plain, "Somebody on the way who only listens sees what stands on the left. What stands on the right stays hidden from them.")
	s.say(doc.Dim, "The score is the sum of points of 10: traffic 1, name of the site 1, what is asked for 1, about the client 1, what is sent 1, what comes back 1, cookies 2, passwords 2. An item has its points when anything of it was seen, and none when there was nothing of it to see.")
	for i := range l.Connections {
		l.Connections[i].lines(&s)
	}
	if l.Left > 0 {
		s.say(doc.Dim, "%s are left out: ask for one with its number.", count(int64(l.Left), "more connection", "more connections"))
	}
	return s.lines
}

// Widths of the columns of the page.
const (
	nameWidth   = 18
	seenWidth   = 54
	hiddenWidth = Width - 3 - nameWidth - seenWidth - 2
)

func (k *Leak) lines(s *sheet) {
	s.title("Connection %d  %s -> %s  %s   score %d of %d", k.Connection, k.Client, k.Server, k.Protocol, k.Score, MaxScore)
	s.say(doc.Dim, "   %s%s  hidden", cell("", nameWidth), cell("seen", seenWidth))
	for i := range k.Items {
		k.Items[i].lines(s, doc.Ref{Frame: k.frame})
	}
}

// lines sets what is seen beside what is hidden.
func (i *LeakItem) lines(s *sheet, ref doc.Ref) {
	var seen, hidden []string
	for _, text := range i.Seen {
		rows := fold(text, seenWidth-2)
		for n := range rows[1:] {
			rows[n+1] = "  " + rows[n+1]
		}
		seen = append(seen, rows...)
	}
	role := doc.Warning
	if len(seen) == 0 {
		seen, role = []string{"nothing"}, doc.Dim
	}
	if i.Hidden != "" {
		hidden = fold(i.Hidden, hiddenWidth)
	}
	for n := range max(len(seen), len(hidden)) {
		spans := []doc.Span{doc.Spanf(doc.Name, "   %s", cell(at([]string{i.Name}, n), nameWidth)), doc.Spanf(role, "%s", cell(at(seen, n), seenWidth))}
		if text := at(hidden, n); text != "" {
			spans = append(spans, doc.Spanf(doc.Plain, "  %s", text))
		}
		s.add(doc.LineOf(ref, spans...))
	}
}

// at is an entry of a list, "" behind its end.
func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}
