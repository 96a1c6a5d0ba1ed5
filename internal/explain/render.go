package explain

import (
	"fmt"
	"io"
	"strings"

	"github.com/rivo/uniseg"
)

// width is the longest line of a text for the terminal, in columns.
const width = 78

// words are those that stand around the texts.
type words struct {
	heading                         string // of a text: code and severity
	what, why, look, cite           string
	note, warning, err, rule        string
	method, status, field, tcp, tls string
}

// words are in the language of the catalogue.
func (c Catalogue) words() words {
	if c.lang == Chinese {
		return words{"%s（%s）", "是什么", "为什么", "看什么", "出处", "提示", "警告", "错误", "规则", "方法", "状态码", "字段", "TCP", "TLS"}
	}
	return words{"%s (%s)", "What", "Why", "Look at", "Source", "note", "warning", "error", RuleSeverity,
		MethodSeverity, StatusSeverity, FieldSeverity, TCPSeverity, TLSSeverity}
}

// Severity is the word for [Text.Severity] in the language of the catalogue.
func (c Catalogue) Severity(severity string) string {
	w := c.words()
	switch severity {
	case "note":
		return w.note
	case "warning":
		return w.warning
	case "error":
		return w.err
	case RuleSeverity:
		return w.rule
	case MethodSeverity:
		return w.method
	case StatusSeverity:
		return w.status
	case FieldSeverity:
		return w.field
	case TCPSeverity:
		return w.tcp
	case TLSSeverity:
		return w.tls
	}
	return severity
}

// Write prints a text for the terminal: its parts under headings, wrapped.
func (c Catalogue) Write(w io.Writer, t Text) error {
	say := c.words()
	var b strings.Builder
	fmt.Fprintf(&b, say.heading+"\n%s\n", t.Code, c.Severity(t.Severity), t.Title)
	parts := []struct{ heading, text string }{{say.what, t.What}, {say.why, t.Why}, {say.look, t.Look}, {say.cite, t.Cite}}
	for _, p := range parts {
		fmt.Fprintf(&b, "\n%s\n", p.heading)
		for _, line := range Wrap(p.text, width-2) {
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
