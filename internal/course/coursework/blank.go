package coursework

import (
	"fmt"
	"io"
	"strings"

	"httpscope/internal/visible"
)

// phrases are the words of an empty sheet by language.
var phrases = map[string]map[string]string{
	"en": {"student": "Student", "answer": "Answer", "point": "1 point", "points": "%g points",
		"how": "Write your answers after the lines that begin with \"Answer:\". Leave the headings as they are."},
	"zh": {"student": "学号", "answer": "答案", "point": "1 分", "points": "%g 分",
		"how": "请把答案写在以“答案：”开头的行之后，不要改动标题。"},
}

func phrase(lang, key string) string {
	if p, ok := phrases[lang]; ok {
		return p[key]
	}
	return phrases["en"][key]
}

// WriteBlank writes the empty sheet of an assignment in Markdown.
func (a *Assignment) WriteBlank(w io.Writer, lang string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n%s: \n\n", visible.Lines(a.Title.In(lang)), phrase(lang, "student"))
	if about := strings.TrimSpace(a.About.In(lang)); about != "" {
		fmt.Fprintf(&b, "%s\n\n", visible.Lines(about))
	}
	fmt.Fprintf(&b, "%s\n", phrase(lang, "how"))
	for i := range a.Questions {
		a.Questions[i].writeBlank(&b, lang)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (q *Question) writeBlank(b *strings.Builder, lang string) {
	points := phrase(lang, "point")
	if n := q.Worth(); n != 1 {
		points = fmt.Sprintf(phrase(lang, "points"), n)
	}
	fmt.Fprintf(b, "\n## %s (%s)\n\n%s\n", q.ID, points, visible.Lines(strings.TrimSpace(q.Prompt.In(lang))))
	if len(q.Options) > 0 {
		b.WriteString("\n")
	}
	for i := range q.Options {
		fmt.Fprintf(b, "- %s) %s\n", letter(i), visible.Lines(q.Options[i].Text.In(lang)))
	}
	for i := range q.Parts {
		if i == 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(b, "%d. %s\n", i+1, visible.Lines(q.Parts[i].Prompt.In(lang)))
	}
	fmt.Fprintf(b, "\n%s: \n", phrase(lang, "answer"))
	if q.Kind == KindConnections {
		columns := q.TableColumns()
		fmt.Fprintf(b, "\n| %s |\n|%s\n|%s\n", strings.Join(columns, " | "), strings.Repeat("---|", len(columns)), strings.Repeat(" |", len(columns)))
	}
}
