package pane

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"

	"httpscope/internal/doc"
	"httpscope/internal/export"
	"httpscope/internal/page"
	"httpscope/internal/store"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
	"httpscope/internal/wholefile"
	"httpscope/tui"
)

// Files writes the files that the screen is asked for.
type Files struct {
	Store   *store.Store
	Texts   texts.Catalogue
	Capture Capture // nil: there is no capture to copy
}

// fileKinds are the kinds of files besides the capture, with the keys of what they hold.
var fileKinds = []tui.Kind{
	{Name: "json", Ext: ".jsonl", What: "save.kind.json"},
	{Name: "page", Ext: ".txt", What: "save.kind.page"},
	{Name: "copied", Ext: ".txt", What: "save.kind.copied"},
	{Name: "body", Ext: ".bin", What: "save.kind.body"},
}

// Configure lets a screen write files.
func (v Files) Configure(c *tui.Config) {
	kinds := fileKinds
	if v.Capture != nil {
		kinds = append([]tui.Kind{{Name: "capture", Ext: ".pcapng", What: "save.kind.capture"}}, fileKinds...)
	}
	for _, k := range kinds {
		k.What = v.Texts.Phrase(k.What)
		c.Kinds = append(c.Kinds, k)
	}
	c.Save = v.Save
}

// Save writes a new file. An existing one is left alone.
func (v Files) Save(_ context.Context, kind, path string, sel tui.Selection) (string, error) {
	var said string
	err := wholefile.Create(path, wholefile.Private, func(w io.Writer) (err error) {
		said, err = v.write(w, kind, sel)
		return err
	})
	if errors.Is(err, fs.ErrExist) {
		return "", texts.Errorf("error.save.exists", path)
	}
	if err != nil {
		return "", err
	}
	return v.Texts.Phrase("save.wrote", said, path), nil
}

func (v Files) write(w io.Writer, kind string, sel tui.Selection) (string, error) {
	switch kind {
	case "capture":
		return v.Capture(w)
	case "json":
		return v.json(w, sel.Filter)
	case "page":
		if sel.Page == nil {
			return "", texts.Errorf("error.save.no-page")
		}
		_, err := io.WriteString(w, doc.Text(sel.Page))
		return v.Texts.Phrase("count.line", sel.Page.Len()), err
	case "copied":
		if sel.Copied == "" {
			return "", texts.Errorf("error.save.nothing-copied")
		}
		_, err := io.WriteString(w, sel.Copied+"\n")
		return v.Texts.Phrase("count.byte", len(sel.Copied)), err
	case "body":
		return v.body(w, sel.Exchange)
	}
	return "", texts.Errorf("error.save.kind", kind)
}

// json writes the exchanges that a filter selects, and their connections.
func (v Files) json(w io.Writer, m tui.Matcher) (string, error) {
	out := export.NewJSONLines(w)
	first, last := v.Store.Bounds()
	written, partial := 0, 0
	conns := map[int64]bool{}
	for id := first; id <= last; id++ {
		x, whole := v.Store.Exchange(id)
		if x == nil || m != nil && !m.Match(x) {
			continue
		}
		if !whole {
			partial++
			continue
		}
		out.Exchange(x)
		conns[x.Conn.ID] = true
		written++
	}
	first, last = v.Store.ConnectionBounds()
	for id := first; id <= last; id++ {
		if c, _ := v.Store.Connection(id); c != nil && (m == nil || conns[id]) {
			out.Connection(c)
		}
	}
	said := texts.Say("count.exchange", written)
	if partial > 0 {
		said = texts.Say("save.not-older", said, partial)
	}
	return v.Texts.Of(said), out.Flush()
}

// maxBody bounds a body that is written to a file.
const maxBody = 1 << 30

func (v Files) body(w io.Writer, x *trace.Exchange) (string, error) {
	if x == nil || x.Response == nil {
		return "", texts.Errorf("error.save.no-response")
	}
	b, whole := page.BodyBytes(x.Response, v.Store.TapeOf(x), maxBody)
	if !whole {
		return "", texts.Errorf("error.save.not-whole")
	}
	_, err := w.Write(b)
	return v.Texts.Phrase("count.byte", len(b)), err
}

// CaptureFile copies a capture file; nil when it cannot be read twice.
func CaptureFile(c texts.Catalogue, path string) Capture {
	if st, err := os.Stat(path); err != nil || !st.Mode().IsRegular() {
		return nil
	}
	return func(w io.Writer) (string, error) {
		f, err := os.Open(path)
		if err != nil {
			return "", err
		}
		defer f.Close()
		n, err := io.Copy(w, f)
		return c.Phrase("save.capture", n), err
	}
}
