package explain

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"
)

// width is the longest line of a text for the terminal, in characters.
const width = 78

// Write prints a text for the terminal: its parts under headings, wrapped.
func Write(w io.Writer, t Text) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s)\n%s\n", t.Code, t.Severity, t.Title)
	parts := []struct{ heading, text string }{{"What", t.What}, {"Why", t.Why}, {"Look at", t.Look}, {"Source", t.Cite}}
	for _, p := range parts {
		fmt.Fprintf(&b, "\n%s\n", p.heading)
		for _, line := range Wrap(p.text, width-2) {
			fmt.Fprintf(&b, "  %s\n", line)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// WriteList prints one line for each text, in columns.
func WriteList(w io.Writer, ts []Text) error {
	longest := 0
	for i := range ts {
		longest = max(longest, len(ts[i].Code))
	}
	var b strings.Builder
	for i := range ts {
		fmt.Fprintf(&b, "%-*s  %-7s  %s\n", longest, ts[i].Code, ts[i].Severity, ts[i].Title)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Wrap breaks a text at its spaces into lines of at most n characters. A word
// that is longer has a line of its own.
func Wrap(text string, n int) []string {
	var lines []string
	line, length := "", 0
	for _, word := range strings.Fields(text) {
		k := utf8.RuneCountInString(word)
		switch {
		case line == "":
			line, length = word, k
		case length+1+k <= n:
			line, length = line+" "+word, length+1+k
		default:
			lines = append(lines, line)
			line, length = word, k
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}
