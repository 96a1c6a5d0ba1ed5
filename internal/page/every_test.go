package page_test

import (
	"path/filepath"
	"testing"
	"unicode"
	"unicode/utf8"

	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/page"
	"httpscope/internal/testkit"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// tester is what the checks need of testing.T and rapid.T.
type tester interface {
	Helper()
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// docs is every page of an exchange, by name.
func docs(x *trace.Exchange, t *trace.Tape) map[string]doc.Page {
	c := x.Conn
	if t != nil {
		c = t.Conn
	}
	all := map[string]doc.Page{"wire": page.Wire(texts.English, x, t), "headers": page.Headers(texts.English, x),
		"chunks": page.Chunks(texts.English, x, t), "tcp": page.TCP(texts.English, c, t, x),
		"cookies": page.Cookies(texts.English, x), "wire in hexadecimal": page.WireHex(texts.English, x, t),
		"why": page.Why(texts.English, x, doc.Ref{}), "wrapped": doc.Wrap(page.Wire(texts.English, x, t), 40)}
	for _, side := range []layer.Side{layer.Client, layer.Server} {
		for _, mode := range []page.BodyMode{page.Hex, page.TextMode, page.Pretty, page.Decoded} {
			all[side.String()+" "+mode.String()] = page.BodyPage(x, t,
				page.BodyOptions{Side: side, Mode: mode, Width: 60})
		}
	}
	return all
}

// checkPages holds what is true of every page: nothing in it is obeyed by a
// terminal, every span has text that is UTF-8, and a line is found again by
// the bytes that it is about.
func checkPages(t tester, x *trace.Exchange, tape *trace.Tape) {
	t.Helper()
	for name, d := range docs(x, tape) {
		for i := range d.Len() {
			l := d.Line(i)
			checkSpans(t, name, l)
			checkPlace(t, name, d, i)
		}
	}
	for i, d := 0, page.Wire(texts.English, x, tape); i < d.Len(); i++ {
		why := page.Why(texts.English, x, d.Line(i).Ref)
		if why.Len() == 0 {
			t.Errorf("nothing explains %q", d.Line(i))
		}
		for k := range why.Len() {
			checkSpans(t, "why", why.Line(k))
		}
	}
	for _, s := range append(page.ExchangeCells(texts.English, x, 0).Text,
		page.ConnectionCells(texts.English, x.Conn).Text...) {
		checkText(t, "cells", s)
	}
	checkSpans(t, "summary", page.Summary(texts.English, x))
}

func checkSpans(t tester, name string, l doc.Line) {
	t.Helper()
	for _, s := range l.Spans {
		checkText(t, name, s.Text)
	}
}

func checkText(t tester, name, s string) {
	t.Helper()
	if !utf8.ValidString(s) {
		t.Fatalf("%s: %q is not UTF-8", name, s)
	}
	for _, r := range s {
		if unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) {
			t.Fatalf("%s: %q lets %U through", name, s, r)
		}
	}
}

// checkPlace: the line for a byte that a line is about is about that byte, and
// about no more bytes than that line.
func checkPlace(t tester, name string, d doc.Page, i int) {
	t.Helper()
	l := d.Line(i)
	ref := l.Ref
	if ref.To <= ref.From {
		return
	}
	for _, at := range []int64{ref.From, ref.To - 1} {
		here := ref.Place
		here.From = at
		k := page.LineAt(d, here)
		if k < 0 {
			t.Fatalf("%s: no line for byte %d, which %q is about", name, at, l)
		}
		got := d.Line(k).Ref
		role := doc.Plain
		if len(l.Spans) > 0 {
			role = l.Spans[0].Role
		}
		remark := role == doc.Note || role == doc.Warning || role == doc.Error
		if got.Side != ref.Side || at < got.From || at >= got.To || !remark && got.To-got.From > ref.To-ref.From {
			t.Fatalf("%s: byte %d of %q (%+v) leads to %q (%+v)", name, at, l, ref, d.Line(k), got)
		}
	}
}

// TestEveryPageOfEverySample makes every page of every exchange of every
// sample, with and without the bytes.
func TestEveryPageOfEverySample(t *testing.T) {
	for _, path := range testkit.Samples(t) {
		t.Run(filepath.Base(path), func(t *testing.T) {
			r := testkit.Record(t, filepath.Base(path))
			for _, x := range r.Exchanges {
				checkPages(t, x, r.Tape(x.Conn.ID))
				checkPages(t, x, nil)
			}
		})
	}
}

// TestWireNamesThePackets: the packet of each line of the wire is one that the
// tape knows to have brought its first byte.
func TestWireNamesThePackets(t *testing.T) {
	for _, name := range []string{"split-head.pcap", "chunked-42.pcap", "out-of-order.pcap", "range-multi.pcap"} {
		r := testkit.Record(t, name)
		for _, x := range r.Exchanges {
			tape := r.Tape(x.Conn.ID)
			d := page.Wire(texts.English, x, tape)
			for i := range d.Len() {
				if ref := d.Line(i).Ref; ref.To > ref.From && ref.Frame != tape.Frame(ref.Place) {
					t.Errorf("%s: %q: packet %d, the tape says %d", name, d.Line(i), ref.Frame, tape.Frame(ref.Place))
				}
			}
		}
	}
}
