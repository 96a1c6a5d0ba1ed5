package page

import (
	"strings"

	"httpscope/internal/doc"
	"httpscope/internal/texts"

	"golang.org/x/net/html"
)

// markupLines puts each tag and each text of HTML or XML on a line of its own,
// indented by its depth. Tags stand as they were sent.
func markupLines(c texts.Catalogue, text string, xml bool) doc.Lines {
	z := html.NewTokenizer(strings.NewReader(text))
	z.AllowCDATA(xml)
	m := markup{xml: xml}
	for kind := z.Next(); kind != html.ErrorToken && len(m.out) < maxPretty; kind = z.Next() {
		raw := string(z.Raw())
		name, _ := z.TagName()
		m.token(kind, raw, string(name))
		if xml {
			z.NextIsNotRawText()
		}
	}
	if len(m.out) >= maxPretty {
		m.out = append(m.out, doc.NewWriter(c).Line(doc.Dim, "page.markup.more"))
	}
	return m.out
}

type markup struct {
	xml  bool
	open []string // elements that are open
	out  doc.Lines
}

func (m *markup) token(kind html.TokenType, raw, name string) {
	switch kind {
	case html.TextToken:
		for line := range strings.Lines(raw) {
			m.put(strings.TrimSpace(line), doc.Body)
		}
	case html.EndTagToken:
		m.close(name)
		m.put(raw, doc.Name)
	case html.StartTagToken:
		m.put(raw, doc.Name)
		if m.xml || !void(name) {
			m.open = append(m.open, name)
		}
	default:
		m.put(raw, doc.Dim)
	}
}

// close ends an element, and with it those in it that were left open. An end
// without a beginning ends nothing.
func (m *markup) close(name string) {
	for i := len(m.open) - 1; i >= max(0, len(m.open)-maxIndent); i-- {
		if m.open[i] == name {
			m.open = m.open[:i]
			return
		}
	}
}

// void reports elements that have no end tag (HTML standard, section 13.1.2).
func void(name string) bool {
	switch name {
	case "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr":
		return true
	}
	return false
}

func (m *markup) put(s string, r doc.Role) {
	if s == "" {
		return
	}
	if n := len(m.open); n > 0 {
		m.out = append(m.out, doc.LineOf(doc.Ref{}, append([]doc.Span{doc.Space(2 * min(n, maxIndent))},
			doc.SentParts(r, s)...)...))
		return
	}
	m.out = append(m.out, doc.LineOf(doc.Ref{}, doc.SentParts(r, s)...))
}
