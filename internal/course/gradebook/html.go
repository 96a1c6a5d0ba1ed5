package gradebook

import (
	"bufio"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"

	"httpscope/internal/course/coursework"
	"httpscope/internal/texts"
)

//go:embed overview.html.tmpl
var overviewTemplate string

//go:embed overview.css
var overviewStyle string

// onPage is a phrase of the page.
func (v voice) onPage(key string, args ...any) string {
	return v.Phrase("gradebook.page."+key, args...)
}

// letter stands for a verdict in the table.
func (v voice) letter(verdict coursework.Verdict) string {
	return v.onPage("letter." + string(verdict))
}

// HTML writes a page about a class that needs nothing else: the class as a table,
// item statistics, the distribution of scores, equal captures, and every student's
// answers. It has no script, and its Content-Security-Policy allows none, nor
// anything from the network: only its own style sheet, by its hash.
func HTML(w io.Writer, c Class) error {
	v := voice{texts.In(c.Lang)}
	t, err := template.New("overview").Funcs(template.FuncMap{"say": v.onPage, "letter": v.letter}).Parse(
		overviewTemplate)
	if err != nil {
		panic("gradebook: " + err.Error())
	}
	p := v.overview(c)
	hash := sha256.Sum256([]byte(overviewStyle))
	p.Policy = fmt.Sprintf("default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'",
		base64.StdEncoding.EncodeToString(hash[:]))
	p.Style = template.CSS(overviewStyle)
	b := bufio.NewWriter(w)
	if err := t.Execute(b, p); err != nil {
		return texts.Errorf("gradebook.writing-overview", err)
	}
	return b.Flush()
}
