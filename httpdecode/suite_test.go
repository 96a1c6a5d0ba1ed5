package httpdecode

import (
	"os"
	"path/filepath"
	"testing"

	"httpscope/internal/finding"
)

// suite is a folder of the conformance suites: plain data by others, which is
// not part of this project. HTTPSCOPE_CONFORMANCE names where it lies.
func suite(t testing.TB, name string) string {
	root := os.Getenv("HTTPSCOPE_CONFORMANCE")
	if root == "" {
		t.Skip("HTTPSCOPE_CONFORMANCE is not set")
	}
	return filepath.Join(root, name)
}

// files are the files of a suite that match a pattern; there must be some.
func files(t testing.TB, name, pattern string) []string {
	t.Helper()
	all, err := filepath.Glob(filepath.Join(suite(t, name), pattern))
	if err != nil || len(all) == 0 {
		t.Fatalf("no file matches %s in the suite %s (error %v)", pattern, name, err)
	}
	return all
}

func read(t testing.TB, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// message is what the suites say of a message, and what the decoder read.
type message struct {
	Side     Side
	Method   string
	Target   string
	Version  string
	Status   int
	Reason   string
	Fields   [][2]string // trailers come last
	Body     string
	Ext      string
	Complete bool
	Head     bool // the head is complete
	head     *Head
	exchange int64
}

// collect gathers events into messages, as inspectors do.
type collect struct {
	messages []*message
	open     [2]*message
	codes    map[Code]int
	worst    finding.Severity
	lost     int64
	other    int64
}

func (c *collect) drain(d *Decoder) {
	for e, ok := d.Next(); ok; e, ok = d.Next() {
		c.add(e)
	}
}

func (c *collect) add(e *Event) {
	m := c.open[e.Side]
	switch e.Kind {
	case HeadEvent:
		h := e.Head
		m = &message{Side: e.Side, Method: h.Method, Target: h.Target, Version: h.Version, Status: h.Status,
			Reason: h.Reason, Head: h.Complete, head: h, exchange: e.Exchange}
		for _, f := range h.Fields {
			m.Fields = append(m.Fields, [2]string{f.Name, f.Value})
		}
		c.open[e.Side] = m
		c.messages = append(c.messages, m)
	case BodyEvent:
		if m == nil { // a bare document
			m = &message{Side: e.Side, exchange: e.Exchange}
			c.open[e.Side] = m
			c.messages = append(c.messages, m)
		}
		m.Body += string(e.Bytes)
	case ChunkEvent:
		m.Ext += e.Chunk.Ext
	case TrailerEvent:
		m.Fields = append(m.Fields, [2]string{e.Field.Name, e.Field.Value})
	case EndEvent:
		if m != nil {
			m.Complete = e.Complete
		}
		c.open[e.Side] = nil
	case LostEvent:
		c.lost += e.Span.Len()
	case RawEvent:
		c.other += e.Span.Len()
	case FindingEvent:
		if c.codes == nil {
			c.codes = map[Code]int{}
		}
		c.codes[e.Finding.Code]++
		s, _ := finding.Of(string(e.Finding.Code))
		c.worst = max(c.worst, s)
	}
}
