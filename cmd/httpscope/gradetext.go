package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"httpscope/internal/course/gradebook"
	"httpscope/internal/visible"
)

// longestName is how many characters of a submission's name are printed.
const longestName = 60

// writeClass prints a line for each submission, and what a teacher must look at.
func writeClass(w io.Writer, c gradebook.Class, dir string, notices []gradebook.Notice) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n\n", visible.Line(c.Title))
	longest, failed := 10, 0
	for _, e := range c.Entries {
		longest = min(max(longest, len([]rune(e.Submission))), 40)
	}
	for _, e := range c.Entries {
		name := visible.Clip(e.Submission, longestName)
		if e.Report.Problem != "" {
			failed++
			fmt.Fprintf(&b, "%-*s  not marked: %s\n", longest, name, e.Report.Problem)
			continue
		}
		fmt.Fprintf(&b, "%-*s  %g of %g%s\n", longest, name, e.Report.Score, e.Report.Max, warnings(e))
	}
	for _, g := range c.Groups {
		b.WriteString("\n")
		indented(&b, "", "The same capture: "+several(g.Submissions, len(g.Submissions)))
		indented(&b, "  ", visible.Line(g.Why))
	}
	if len(notices) > 0 {
		b.WriteString("\n")
	}
	writeNotices(&b, notices)
	fmt.Fprintf(&b, "\n%d submissions, %d marked, %d not. Results are in %s; look at overview.html first.\n",
		len(c.Entries), len(c.Entries)-failed, failed, visible.Line(dir))
	_, err := io.WriteString(w, b.String())
	return err
}

// writeNotices prints notices. What is the same for many submissions is printed
// once: without a roster, no student is known for any of them.
func writeNotices(b *strings.Builder, notices []gradebook.Notice) {
	same := map[string][]string{}
	for _, n := range notices {
		same[n.Text] = append(same[n.Text], n.Submission)
	}
	for _, n := range notices {
		const few = 3
		names := same[n.Text]
		switch {
		case len(names) > few && names[0] == n.Submission:
			indented(b, "", fmt.Sprintf("%d submissions (%s): %s",
				len(names), several(names, few), visible.Line(n.Text)))
		case len(names) <= few:
			indented(b, "", visible.Line(strings.TrimSpace(visible.Clip(n.Submission, longestName)+" "+n.Text)))
		}
	}
}

// several are the first of some names.
func several(names []string, most int) string {
	var all []string
	for _, n := range names[:min(len(names), most)] {
		all = append(all, visible.Clip(n, longestName))
	}
	if len(names) > most {
		all = append(all, "…")
	}
	return strings.Join(all, ", ")
}

// warnings names the remarks on a capture that a teacher should look at.
func warnings(e gradebook.Entry) string {
	var codes []string
	for _, m := range e.Report.Remarks {
		if m.Severity == "warning" && !slices.Contains(codes, m.Code) {
			codes = append(codes, m.Code)
		}
	}
	if len(codes) == 0 {
		return ""
	}
	return "  (" + strings.Join(codes, ", ") + ")"
}
