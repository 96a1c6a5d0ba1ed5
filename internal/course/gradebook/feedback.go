package gradebook

import (
	"fmt"
	"strings"

	"httpscope/internal/course/coursework"
)

// summary is what a student reads first about a clean report.
func summary(r *coursework.Report) string {
	var b strings.Builder
	if r.Problem != "" {
		fmt.Fprintf(&b, "This submission could not be marked.\n%s", r.Problem)
		return b.String()
	}
	fmt.Fprintf(&b, "%s of %s.", number(r.Score), points(r.Max))
	if left := leftToPerson(r); len(left) > 0 {
		fmt.Fprintf(&b, "\nA person marks what follows; its %s are not counted here:", points(r.Open))
		for _, m := range left {
			fmt.Fprintf(&b, "\n  %s", title(m))
		}
	}
	return b.String()
}

// leftToPerson is the questions that no program can mark.
func leftToPerson(r *coursework.Report) []coursework.Marked {
	var left []coursework.Marked
	for _, m := range r.Questions {
		if m.Verdict == coursework.Person {
			left = append(left, m)
		}
	}
	return left
}

// title is a question's ID and the first line of its prompt.
func title(m coursework.Marked) string {
	prompt, _, _ := strings.Cut(strings.TrimSpace(m.Prompt), "\n")
	switch {
	case prompt == "":
		return m.ID
	case m.ID == "":
		return prompt
	}
	return m.ID + ": " + prompt
}

// verdictWord is a verdict as a sentence begins with it.
func verdictWord(v coursework.Verdict) string {
	switch v {
	case coursework.Right:
		return "Right"
	case coursework.Partly:
		return "Partly right"
	case coursework.Wrong:
		return "Wrong"
	case coursework.Missing:
		return "No answer"
	case coursework.Person:
		return "A person marks this"
	}
	return string(v)
}

// answer is all that a clean report says about one question, line by line.
func answer(m coursework.Marked) string {
	lines := []string{fmt.Sprintf("%s: %s of %s.", verdictWord(m.Verdict), number(m.Points), points(m.Max))}
	lines = append(lines, labelled("Your answer", m.Given)...)
	lines = append(lines, labelled("Right answer", m.Expected)...)
	lines = append(lines, m.Feedback...)
	for _, c := range m.Cells {
		if c.Verdict != coursework.Right {
			lines = append(lines, cellLine(c))
		}
	}
	for _, h := range m.Hints {
		lines = append(lines, "Where to look: "+h)
	}
	for _, p := range m.Proof {
		lines = append(lines, fmt.Sprintf("Packet %d: %s", p.Frame, p.Text))
	}
	return strings.Join(lines, "\n")
}

// labelled is "label: text" on one line, or the text indented under its label.
func labelled(label, s string) []string {
	s = strings.TrimRight(s, "\n")
	switch {
	case s == "":
		return nil
	case !strings.Contains(s, "\n"):
		return []string{label + ": " + s}
	}
	return []string{label + ":", "  " + strings.ReplaceAll(s, "\n", "\n  ")}
}

func cellLine(c coursework.Cell) string {
	place := fmt.Sprintf("Row %d, %s", c.Row, c.Column)
	if c.Row == 0 {
		place = "Missing row, " + c.Column
	}
	var parts []string
	if c.Given != "" {
		parts = append(parts, `you wrote "`+c.Given+`"`)
	}
	if c.Expected != "" {
		parts = append(parts, `right is "`+c.Expected+`"`)
	}
	s := place + ": " + verdictWord(c.Verdict)
	if len(parts) > 0 {
		s += ", " + strings.Join(parts, ", ")
	}
	return strings.TrimSpace(strings.TrimSuffix(s, ".") + ". " + c.Comment)
}
