package page

import (
	"encoding/json"
	"errors"
	"strings"

	"httpscope/internal/doc"
	"httpscope/internal/texts"
)

// Limits of indentation: brackets cost a byte each in the body and a whole
// line of spaces here, so a small body could fill the memory.
const (
	maxPretty = 20_000 // lines
	maxIndent = 24     // levels that are indented
)

// jsonLines indents JSON. Text that is none is shown as it is, with the reason.
func jsonLines(c texts.Catalogue, text string) doc.Lines {
	if err := jsonError(text); err != nil {
		rows := newTextRows(text, 0, doc.Body, func(int, int) doc.Ref { return doc.Ref{} })
		w := doc.NewWriter(c)
		w.Say(doc.Warning, err.Key, err.Args...)
		for i := range min(rows.Len(), maxPretty) {
			w.Add(rows.Line(i))
		}
		return w.Lines
	}
	w := jsonWriter{texts: c, text: text}
	w.write()
	return w.out
}

// jsonError says why a text is no JSON, nil when it is.
func jsonError(text string) *texts.Error {
	var raw json.RawMessage
	err := json.Unmarshal([]byte(text), &raw)
	if syntax := (*json.SyntaxError)(nil); errors.As(err, &syntax) {
		return texts.Errorf("page.json.invalid-at", syntax.Offset, err)
	}
	if err != nil {
		return texts.Errorf("page.json.invalid", err)
	}
	return nil
}

// jsonWriter lays out valid JSON, every token as it was sent.
type jsonWriter struct {
	texts texts.Catalogue
	text  string
	out   doc.Lines
	line  doc.Line
	depth int
}

func (w *jsonWriter) write() {
	for i := 0; i < len(w.text); {
		if len(w.out) >= maxPretty {
			w.out = append(w.out, doc.NewWriter(w.texts).Line(doc.Dim, "page.json.more", len(w.text)-i))
			return
		}
		i = w.token(i)
	}
	w.end()
}

// token writes the token at i and returns what follows it.
func (w *jsonWriter) token(i int) int {
	switch c := w.text[i]; c {
	case ' ', '\t', '\r', '\n':
		return i + 1
	case '{', '[':
		return w.open(i)
	case '}', ']':
		w.end()
		w.depth--
		w.put(w.text[i:i+1], doc.Plain)
	case ',':
		w.put(",", doc.Plain)
		w.end()
	case ':':
		w.put(": ", doc.Plain)
	case '"':
		return w.str(i)
	default:
		n := strings.IndexAny(w.text[i:], " \t\r\n,]}")
		if n < 0 {
			n = len(w.text) - i
		}
		w.put(w.text[i:i+n], doc.Body)
		return i + n
	}
	return i + 1
}

// open begins an object or a list; an empty one stays on its line.
func (w *jsonWriter) open(i int) int {
	rest := strings.TrimLeft(w.text[i+1:], " \t\r\n")
	if rest[0] == '}' || rest[0] == ']' {
		w.put(w.text[i:i+1]+rest[:1], doc.Plain)
		return len(w.text) - len(rest) + 1
	}
	w.put(w.text[i:i+1], doc.Plain)
	w.end()
	w.depth++
	return i + 1
}

// str writes a string; one before a colon is a name.
func (w *jsonWriter) str(i int) int {
	end := i + 1
	for w.text[end] != '"' {
		if w.text[end] == '\\' {
			end++
		}
		end++
	}
	end++
	role := doc.Body
	if strings.HasPrefix(strings.TrimLeft(w.text[end:], " \t\r\n"), ":") {
		role = doc.Name
	}
	w.put(w.text[i:end], role)
	return end
}

func (w *jsonWriter) put(s string, r doc.Role) {
	if len(w.line.Spans) == 0 && w.depth > 0 {
		w.line.Spans = append(w.line.Spans, doc.Space(2*min(w.depth, maxIndent)))
	}
	w.line.Spans = append(w.line.Spans, doc.SentParts(r, s)...)
}

func (w *jsonWriter) end() {
	if len(w.line.Spans) > 0 {
		w.out = append(w.out, w.line)
		w.line = doc.Line{}
	}
}
