package coursework

import (
	"fmt"
	"io"
	"strings"

	"httpscope/internal/texts"
	"httpscope/internal/visible"
)

// WriteBlank writes the empty sheet of an assignment in Markdown, in a language. Package sheet reads it back in all of
// them; the columns of a table are in English.
func (a *Assignment) WriteBlank(w io.Writer, lang texts.Lang) error {
	words := texts.In(lang)
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s: \n\n", visible.Lines(a.Title.In(lang)), words.Phrase("coursework.sheet-student"))
	if about := strings.TrimSpace(a.About.In(lang)); about != "" {
		fmt.Fprintf(&b, "%s\n\n", visible.Lines(about))
	}
	fmt.Fprintf(&b, "%s\n", words.Phrase("coursework.sheet-how"))
	for i := range a.Questions {
		a.Questions[i].writeBlank(&b, lang)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (q *Question) writeBlank(b *strings.Builder, lang texts.Lang) {
	words := texts.In(lang)
	points := words.Phrase("coursework.points", q.Worth())
	fmt.Fprintf(b, "\n## %s (%s)\n\n%s\n", q.ID, points, visible.Lines(strings.TrimSpace(q.Prompt.In(lang))))
	list := q.List(lang)
	if len(list) > 0 {
		b.WriteString("\n")
	}
	for _, entry := range list {
		fmt.Fprintf(b, "%s\n", visible.Lines(entry))
	}
	fmt.Fprintf(b, "\n%s: \n", words.Phrase("coursework.sheet-answer"))
	if columns := q.TableColumns(); columns != nil {
		fmt.Fprintf(b, "\n| %s |\n|%s\n|%s\n", strings.Join(columns, " | "), strings.Repeat("---|", len(columns)),
			strings.Repeat(" |", len(columns)))
	}
}
