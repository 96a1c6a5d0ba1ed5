package page_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/page"
	"httpscope/internal/testkit"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// each writes a page of every exchange of a capture.
func each(r *testkit.Records, lang texts.Lang, make maker) string {
	var b strings.Builder
	for _, x := range r.Exchanges {
		fmt.Fprintf(&b, "== %s\n%s", page.Summary(lang, x), doc.Text(make(lang, x, r.Tape(x.Conn.ID))))
	}
	return b.String()
}

// maker makes a page in a language.
type maker func(lang texts.Lang, x *trace.Exchange, t *trace.Tape) doc.Page

// body shows a side's bodies in a mode.
func body(side layer.Side, mode page.BodyMode) maker {
	return func(lang texts.Lang, x *trace.Exchange, t *trace.Tape) doc.Page {
		return page.BodyPage(x, t, page.BodyOptions{Lang: lang, Side: side, Mode: mode, Width: 78})
	}
}

// reasons is the Why pane of every line of the wire that differs from the one
// before.
func reasons(lang texts.Lang, x *trace.Exchange, t *trace.Tape) doc.Page {
	out := doc.Wrap(page.Why(lang, x, doc.Ref{}), 72).(doc.Lines)
	last := ""
	d := page.Wire(lang, x, t)
	for i := range d.Len() {
		l := d.Line(i)
		if why := doc.Text(page.Why(lang, x, l.Ref)); why != last {
			last = why
			out = append(out, doc.Line{}, doc.Line{Spans: []doc.Span{{Text: "-- " + l.String()}}})
			out = append(out, doc.Wrap(page.Why(lang, x, l.Ref), 72).(doc.Lines)...)
		}
	}
	return out
}

func headers(lang texts.Lang, x *trace.Exchange, _ *trace.Tape) doc.Page {
	return page.Headers(lang, x)
}

func cookies(lang texts.Lang, x *trace.Exchange, _ *trace.Tape) doc.Page {
	return page.Cookies(lang, x)
}

func packets(lang texts.Lang, x *trace.Exchange, t *trace.Tape) doc.Page {
	return page.TCP(lang, t.Conn, t, x)
}

func withoutBytes(lang texts.Lang, x *trace.Exchange, _ *trace.Tape) doc.Page {
	return page.Wire(lang, x, nil)
}

// TestGoldenPages holds each kind of page on the samples that show what it is
// for, and on some of them in Chinese, too.
func TestGoldenPages(t *testing.T) {
	for _, c := range []struct {
		kind              string
		captures, chinese string
		make              maker
	}{
		{"wire", "chunk-trailers.pcap expect-100.pcap early-hints-103.pcap lost-segment.pcap web-hello.pcap cl-te.pcap http09.pcap bare-lf.pcap " +
			"mid-stream.pcap websocket.pcap", "chunk-trailers.pcap lost-segment.pcap", page.Wire},
		{"wire-without-bytes", "chunk-trailers.pcap", "", withoutBytes},
		{"headers", "basic-auth.pcap query-string.pcap flask-form.pcap range-multi.pcap chunk-trailers.pcap http09.pcap",
			"basic-auth.pcap range-multi.pcap", headers},
		{"hex", "chunked-42.pcap lost-segment.pcap head.pcap", "chunked-42.pcap head.pcap",
			body(layer.Server, page.Hex)},
		{"text", "lost-segment.pcap web-hello.pcap chunk-cut.pcap cl-short.pcap", "cl-short.pcap",
			body(layer.Server, page.TextMode)},
		{"pretty", "http-server.pcap range-multi.pcap", "range-multi.pcap", body(layer.Server, page.Pretty)},
		{"pretty-request", "upload-multipart.pcap flask-form.pcap", "upload-multipart.pcap",
			body(layer.Client, page.Pretty)},
		{"decoded", "gzip-chunked.pcap brotli.pcap deflate.pcap", "gzip-chunked.pcap",
			body(layer.Server, page.Decoded)},
		{"chunks", "slow-chunked.pcap slow-buffered.pcap chunked-request.pcap lost-segment.pcap",
			"slow-chunked.pcap lost-segment.pcap", page.Chunks},
		{"tcp", "chunked-42.pcap retransmission.pcap rst-body.pcap lost-segment.pcap keepalive-idle.pcap",
			"retransmission.pcap rst-body.pcap", packets},
		{"cookies", "cookies-scope.pcap cookie-hijack.pcap cookie-secure.pcapng cookies-login.pcap",
			"cookies-scope.pcap cookies-login.pcap", cookies},
		{"why", "cl-te.pcap web-hello.pcap chunk-trailers.pcap http09.pcap", "cl-te.pcap chunk-trailers.pcap", reasons},
	} {
		for suffix, lang := range map[string]texts.Lang{"": texts.English, "-zh": texts.Chinese} {
			captures := map[texts.Lang]string{texts.English: c.captures, texts.Chinese: c.chinese}[lang]
			for _, name := range strings.Fields(captures) {
				t.Run(c.kind+suffix+"/"+name, func(t *testing.T) {
					pages := each(testkit.Record(t, name), lang, c.make)
					testkit.Golden(t, "testdata/"+c.kind+suffix+"-"+strings.TrimSuffix(name,
						filepath.Ext(name))+".txt", pages)
				})
			}
		}
	}
}

// TestGoldenTables holds the rows of the demo's exchanges and connections.
func TestGoldenTables(t *testing.T) {
	r := testkit.Record(t, "demo.pcapng")
	for name, lang := range map[string]texts.Lang{"tables-demo": texts.English, "tables-zh-demo": texts.Chinese} {
		var b strings.Builder
		fmt.Fprintln(&b, strings.Join(page.ExchangeHeadings(lang), " | "))
		for _, x := range r.Exchanges {
			c := page.ExchangeCells(lang, x, r.Exchanges[0].Request.First.Nano)
			fmt.Fprintln(&b, strings.Join(c.Text, " | "))
		}
		fmt.Fprintln(&b, strings.Join(page.ConnectionHeadings(lang), " | "))
		for id := range int64(len(r.Connections)) {
			fmt.Fprintln(&b, strings.Join(page.ConnectionCells(lang, r.Connections[id]).Text, " | "))
		}
		testkit.Golden(t, "testdata/"+name+".txt", b.String())
	}
}

// TestGoldenCurl holds the commands of the demo's requests, for each shell.
func TestGoldenCurl(t *testing.T) {
	var b strings.Builder
	for _, name := range []string{"demo.pcapng", "put-delete.pcap", "upload-multipart.pcap", "no-slash-target.pcap",
		"chunked-request.pcap"} {
		r := testkit.Record(t, name)
		for _, x := range r.Exchanges {
			data, _ := page.BodyBytes(x.Request, r.Tape(x.Conn.ID), 1<<20)
			for _, shell := range []string{page.ShellPOSIX, page.ShellCmd, page.ShellPowerShell} {
				fmt.Fprintf(&b, "%s\n", page.Curl(texts.English, x, data, shell))
			}
		}
	}
	testkit.Golden(t, "testdata/curl.txt", b.String())
}
