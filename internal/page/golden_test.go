package page_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/page"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// each writes a page of every exchange of a capture.
func each(r *recorded, make func(x *trace.Exchange, t *trace.Tape) doc.Page) string {
	var b strings.Builder
	for _, x := range r.exchanges {
		fmt.Fprintf(&b, "== %s\n%s", page.Summary(x), doc.Text(make(x, r.tape(x.Conn.ID))))
	}
	return b.String()
}

// body shows a side's bodies in a mode.
func body(side layer.Side, mode page.BodyMode) func(x *trace.Exchange, t *trace.Tape) doc.Page {
	return func(x *trace.Exchange, t *trace.Tape) doc.Page {
		return page.BodyPage(x, t, page.BodyOptions{Side: side, Mode: mode, Width: 78})
	}
}

// reasons is the Why pane of every line of the wire that differs from the one
// before, in a language.
func reasons(lang texts.Lang) func(x *trace.Exchange, t *trace.Tape) doc.Page {
	return func(x *trace.Exchange, t *trace.Tape) doc.Page {
		out := doc.Wrap(page.WhyIn(lang, x, doc.Ref{}), 72).(doc.Lines)
		last := ""
		d := page.Wire(x, t)
		for i := range d.Len() {
			l := d.Line(i)
			if why := doc.Text(page.WhyIn(lang, x, l.Ref)); why != last {
				last = why
				out = append(out, doc.Line{}, doc.Line{Spans: []doc.Span{{Text: "-- " + l.String()}}})
				out = append(out, doc.Wrap(page.WhyIn(lang, x, l.Ref), 72).(doc.Lines)...)
			}
		}
		return out
	}
}

// TestGoldenPages holds each kind of page on the samples that show what it is for.
func TestGoldenPages(t *testing.T) {
	for _, c := range []struct {
		kind     string
		captures string
		make     func(x *trace.Exchange, t *trace.Tape) doc.Page
	}{
		{"wire", "chunk-trailers.pcap expect-100.pcap early-hints-103.pcap lost-segment.pcap web-hello.pcap cl-te.pcap http09.pcap bare-lf.pcap mid-stream.pcap websocket.pcap", page.Wire},
		{"wire-without-bytes", "chunk-trailers.pcap", func(x *trace.Exchange, _ *trace.Tape) doc.Page { return page.Wire(x, nil) }},
		{"headers", "basic-auth.pcap query-string.pcap flask-form.pcap range-multi.pcap chunk-trailers.pcap http09.pcap",
			func(x *trace.Exchange, _ *trace.Tape) doc.Page { return page.Headers(x) }},
		{"hex", "chunked-42.pcap lost-segment.pcap head.pcap", body(layer.Server, page.Hex)},
		{"text", "lost-segment.pcap web-hello.pcap chunk-cut.pcap cl-short.pcap", body(layer.Server, page.TextMode)},
		{"pretty", "http-server.pcap range-multi.pcap", body(layer.Server, page.Pretty)},
		{"pretty-request", "upload-multipart.pcap flask-form.pcap", body(layer.Client, page.Pretty)},
		{"decoded", "gzip-chunked.pcap brotli.pcap deflate.pcap", body(layer.Server, page.Decoded)},
		{"chunks", "slow-chunked.pcap slow-buffered.pcap chunked-request.pcap lost-segment.pcap", page.Chunks},
		{"tcp", "chunked-42.pcap retransmission.pcap rst-body.pcap lost-segment.pcap keepalive-idle.pcap",
			func(x *trace.Exchange, t *trace.Tape) doc.Page { return page.TCP(t.Conn, t, x) }},
		{"cookies", "cookies-scope.pcap cookie-hijack.pcap cookie-secure.pcapng cookies-login.pcap", func(x *trace.Exchange, _ *trace.Tape) doc.Page { return page.Cookies(x) }},
		{"why", "cl-te.pcap web-hello.pcap chunk-trailers.pcap http09.pcap", reasons(texts.English)},
		{"why-zh", "cl-te.pcap chunk-trailers.pcap", reasons(texts.Chinese)},
	} {
		for _, name := range strings.Fields(c.captures) {
			t.Run(c.kind+"/"+name, func(t *testing.T) {
				goldenPage(t, c.kind+"-"+strings.TrimSuffix(name, filepath.Ext(name)), each(record(t, name), c.make))
			})
		}
	}
}

// TestGoldenTables holds the rows of the demo's exchanges and connections.
func TestGoldenTables(t *testing.T) {
	r := record(t, "demo.pcapng")
	var b strings.Builder
	fmt.Fprintln(&b, strings.Join(page.ExchangeHeadings(), " | "))
	for _, x := range r.exchanges {
		c := page.ExchangeCells(x, r.exchanges[0].Request.First.Nano)
		fmt.Fprintln(&b, strings.Join(c.Text, " | "))
	}
	fmt.Fprintln(&b, strings.Join(page.ConnectionHeadings(), " | "))
	for id := range int64(len(r.connections)) {
		fmt.Fprintln(&b, strings.Join(page.ConnectionCells(r.connections[id]).Text, " | "))
	}
	goldenPage(t, "tables-demo", b.String())
}

// TestGoldenCurl holds the commands of the demo's requests, for each shell.
func TestGoldenCurl(t *testing.T) {
	var b strings.Builder
	for _, name := range []string{"demo.pcapng", "put-delete.pcap", "upload-multipart.pcap", "no-slash-target.pcap", "chunked-request.pcap"} {
		r := record(t, name)
		for _, x := range r.exchanges {
			data, _ := page.BodyBytes(x.Request, r.tape(x.Conn.ID), 1<<20)
			for _, shell := range []string{page.ShellPOSIX, page.ShellCmd, page.ShellPowerShell} {
				fmt.Fprintf(&b, "%s\n", page.Curl(x, data, shell))
			}
		}
	}
	goldenPage(t, "curl", b.String())
}
