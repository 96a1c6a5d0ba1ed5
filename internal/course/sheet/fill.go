package sheet

import "strings"

// Fill puts an answer into a Markdown sheet, after the line that begins with
// "Answer:" below the heading of its question. What stood there is replaced;
// everything else stays. ok is false when the sheet has no such place. The text
// of an answer is one line; rows make a table with a header instead.
func Fill(sheet string, a *Answer) (filled string, ok bool) {
	var out []string
	id, fenced, inside := "", false, false
	for l := range strings.Lines(sheet) {
		line := strings.TrimRight(l, "\r\n")
		if strings.HasPrefix(strings.TrimSpace(line), "```") || strings.HasPrefix(strings.TrimSpace(line), "~~~") {
			fenced = !fenced
		}
		if h := headingLine.FindStringSubmatch(line); h != nil && !fenced {
			if inside {
				out = append(out, "")
			}
			id, inside = strings.TrimRight(h[1], "._-"), false
		}
		switch {
		case inside:
		case !fenced && !ok && strings.EqualFold(id, a.ID) && answerLine.MatchString(line):
			inside, ok = true, true
			label := strings.TrimSuffix(line, answerLine.FindStringSubmatch(line)[3])
			out = append(out, strings.TrimRight(label, " ")+" "+oneLine(a.Text))
			out = append(out, a.table()...)
		default:
			out = append(out, line)
		}
	}
	return strings.Join(out, "\n") + "\n", ok
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// table is the rows of an answer as a Markdown table, with an empty line before it.
func (a *Answer) table() []string {
	if a.Header == nil {
		return nil
	}
	out := []string{"", tableRow(a.Header, len(a.Header)), "|" + strings.Repeat("---|", len(a.Header))}
	for _, row := range a.Rows {
		out = append(out, tableRow(row, len(a.Header)))
	}
	return out
}

func tableRow(cells []string, n int) string {
	var b strings.Builder
	b.WriteByte('|')
	for i := range max(n, len(cells)) {
		cell := ""
		if i < len(cells) {
			cell = strings.ReplaceAll(oneLine(cells[i]), "|", `\|`)
		}
		b.WriteString(" " + cell + " |")
	}
	return b.String()
}
