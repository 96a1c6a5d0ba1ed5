package gradebook

import (
	"bufio"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"io"
)

//go:embed overview.html.tmpl
var overviewTemplate string

//go:embed overview.css
var overviewStyle string

// HTML writes a page about a class that needs nothing else: the class as a table,
// item statistics, the distribution of scores, equal captures, and every student's
// answers. It has no script, and its Content-Security-Policy allows none, nor
// anything from the network: only its own style sheet, by its hash.
func HTML(w io.Writer, c Class) error {
	t, err := template.New("overview").Parse(overviewTemplate)
	if err != nil {
		panic("gradebook: " + err.Error())
	}
	p := newOverview(c)
	hash := sha256.Sum256([]byte(overviewStyle))
	p.Policy = fmt.Sprintf("default-src 'none'; style-src 'sha256-%s'; base-uri 'none'; form-action 'none'", base64.StdEncoding.EncodeToString(hash[:]))
	p.Style = template.CSS(overviewStyle)
	b := bufio.NewWriter(w)
	if err := t.Execute(b, p); err != nil {
		return fmt.Errorf("write overview: %w", err)
	}
	return b.Flush()
}
