package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"

	"httpscope/internal/doc"
	"httpscope/internal/export"
	"httpscope/internal/page"
	"httpscope/internal/store"
	"httpscope/internal/trace"
	"httpscope/internal/wholefile"
	"httpscope/tui"
)

// saver writes the files that the screen is asked for.
type saver struct {
	store   *store.Store
	capture func(to io.Writer) (string, error) // nil: there is no capture to copy
}

// fileKinds are the kinds of files besides the capture.
var fileKinds = []tui.Kind{
	{Name: "json", Ext: ".jsonl", What: "exchanges and connections, one JSON object a line"},
	{Name: "page", Ext: ".txt", What: "the page of the detail pane as text: wire, ladder, waterfall, …"},
	{Name: "copied", Ext: ".txt", What: "what was copied last"},
	{Name: "body", Ext: ".bin", What: "the body of the selected response, as transferred without chunk framing"},
}

func (v saver) configure(c *tui.Config) {
	c.Kinds = fileKinds
	if v.capture != nil {
		c.Kinds = append([]tui.Kind{{Name: "capture", Ext: ".pcapng", What: "the capture so far"}}, fileKinds...)
	}
	c.Save = v.save
}

// save writes a new file. An existing one is left alone.
func (v saver) save(_ context.Context, kind, path string, sel tui.Selection) (string, error) {
	var said string
	err := wholefile.Create(path, wholefile.Private, func(w io.Writer) (err error) {
		said, err = v.write(w, kind, sel)
		return err
	})
	if errors.Is(err, fs.ErrExist) {
		return "", fmt.Errorf("%s exists already; give another name", path)
	}
	if err != nil {
		return "", err
	}
	return fmt.Sprintf("Wrote %s to %s.", said, path), nil
}

func (v saver) write(w io.Writer, kind string, sel tui.Selection) (string, error) {
	switch kind {
	case "capture":
		return v.capture(w)
	case "json":
		return v.json(w, sel.Filter)
	case "page":
		if sel.Page == nil {
			return "", errors.New("there is no page yet")
		}
		_, err := io.WriteString(w, doc.Text(sel.Page))
		return fmt.Sprintf("%d lines", sel.Page.Len()), err
	case "copied":
		if sel.Copied == "" {
			return "", errors.New("nothing was copied yet")
		}
		_, err := io.WriteString(w, sel.Copied+"\n")
		return fmt.Sprintf("%d bytes", len(sel.Copied)), err
	case "body":
		return v.body(w, sel.Exchange)
	}
	return "", fmt.Errorf("unknown kind %q", kind)
}

// json writes the exchanges that a filter selects, and their connections.
func (v saver) json(w io.Writer, m tui.Matcher) (string, error) {
	out := export.NewJSONLines(w)
	first, last := v.store.Bounds()
	written, partial := 0, 0
	conns := map[int64]bool{}
	for id := first; id <= last; id++ {
		x, whole := v.store.Exchange(id)
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
	first, last = v.store.ConnectionBounds()
	for id := first; id <= last; id++ {
		if c, _ := v.store.Connection(id); c != nil && (m == nil || conns[id]) {
			out.Connection(c)
		}
	}
	said := fmt.Sprintf("%d exchanges", written)
	if partial > 0 {
		said += fmt.Sprintf(" (not %d older ones, whose details are no longer kept)", partial)
	}
	return said, out.Flush()
}

// maxBody bounds a body that is written to a file.
const maxBody = 1 << 30

func (v saver) body(w io.Writer, x *trace.Exchange) (string, error) {
	if x == nil || x.Response == nil {
		return "", errors.New("no response is selected")
	}
	b, whole := page.BodyBytes(x.Response, v.store.TapeOf(x), maxBody)
	if !whole {
		return "", errors.New("not all bytes of this body are here")
	}
	_, err := w.Write(b)
	return fmt.Sprintf("%d bytes", len(b)), err
}

// fileCapture copies a capture file; nil when it cannot be read twice.
func fileCapture(path string) func(io.Writer) (string, error) {
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
		return fmt.Sprintf("the capture, %d bytes", n), err
	}
}
