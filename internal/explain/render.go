package explain

import (
	"fmt"
	"io"
	"strings"

	"httpscope/internal/doc"

	"github.com/rivo/uniseg"
)

// width is the longest line of a text for the terminal, in columns.
const width = 78

// Severity is the word for [Text.Severity] in the language of the catalogue.
func (c Catalogue) Severity(severity string) string {
	for _, kind := range []string{"severity.", "kind."} {
		if word := c.Phrase(kind + severity); word != "" {
			return word
		}
	}
	return severity
}

// Write prints a text for the terminal: its parts under headings, wrapped.
func (c Catalogue) Write(w io.Writer, t Text) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n%s\n", c.Phrase("explain.heading", t.Code, c.Severity(t.Severity)), t.Title)
	parts := []struct{ heading, text string }{{c.Phrase("explain.what"), t.What}, {c.Phrase("explain.why"), t.Why},
		{c.Phrase("explain.look"), t.Look}, {c.Phrase("explain.source"), t.Cite}}
	for _, p := range parts {
		fmt.Fprintf(&b, "\n%s\n", p.heading)
		for _, line := range doc.WrapText(p.text, width-2) {
			fmt.Fprintf(&b, "  %s\n", line)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// severityColumn is the room for the severity in a list.
const severityColumn = 7

// WriteList prints one line for each text, in columns.
func (c Catalogue) WriteList(w io.Writer, ts []Text) error {
	longest := 0
	for i := range ts {
		longest = max(longest, len(ts[i].Code))
	}
	var b strings.Builder
	for i := range ts {
		severity := c.Severity(ts[i].Severity)
		fill := strings.Repeat(" ", max(0, severityColumn-uniseg.StringWidth(severity)))
		fmt.Fprintf(&b, "%-*s  %s%s  %s\n", longest, ts[i].Code, severity, fill, ts[i].Title)
	}
	_, err := io.WriteString(w, b.String())
	return err
}
