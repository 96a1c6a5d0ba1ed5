package page_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"image"
	"image/gif"
	"image/png"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/page"
)

// shown is a response's body as a page shows it, without the heading.
func shown(t *testing.T, fields string, body []byte, mode page.BodyMode) string {
	t.Helper()
	r := conversation(t, 60_000, []byte(get),
		append(fmt.Appendf(nil, "HTTP/1.1 200 OK\r\n%s\r\nContent-Length: %d\r\n\r\n", fields, len(body)), body...))
	text := doc.Text(page.BodyPage(r.Exchanges[0], r.Tape(0), page.BodyOptions{Side: layer.Server, Mode: mode,
		Width: 60}))
	_, text, _ = strings.Cut(text, "\n")
	return text
}

func zipped(t *testing.T, data []byte) []byte {
	t.Helper()
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	if _, err := w.Write(data); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func picture(t *testing.T, kind string) []byte {
	t.Helper()
	var b bytes.Buffer
	m := image.NewGray(image.Rect(0, 0, 31, 17))
	err := png.Encode(&b, m)
	if kind == "gif" {
		b.Reset()
		err = gif.Encode(&b, m, nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestBodiesAsTheyAreMeant(t *testing.T) {
	for _, c := range []struct {
		name, fields string
		body         []byte
		mode         page.BodyMode
		want         string
	}{
		{"JSON is indented", "Content-Type: application/json",
			[]byte(`{"a": [1, {"b":"c:,{}\""}, {}, []],"d" :null}`), page.Pretty,
			"text, utf-8\n{\n  \"a\": [\n    1,\n    {\n      \"b\": \"c:,{}\\\"\"\n    },\n    {},\n    []\n  ],\n  \"d\": null\n}\n"},
		{"what is no JSON is shown with the reason", "Content-Type: application/problem+json", []byte("{\"a\":1,}"),
			page.Pretty,
			"text, utf-8\nnot valid JSON at byte 8: invalid character '}' looking for\nbeginning of object key string\n{\"a\":1,}\n"},
		{"HTML is indented lightly", "Content-Type: text/html; charset=utf-8",
			[]byte("<!DOCTYPE html><P CLASS=x>a<br>b<script>1<2</script></P></div>c"), page.Pretty,
			"text, utf-8\n<!DOCTYPE html>\n<P CLASS=x>\n  a\n  <br>\n  b\n  <script>\n    1<2\n  </script>\n</P>\n</div>\nc\n"},
		{"XML keeps its names", "Content-Type: text/xml",
			[]byte("<?xml version=\"1.0\"?><A><b:C/><title><d>x</d></title><![CDATA[<e>]]></A>"), page.Pretty,
			"text, utf-8 by a guess\n<?xml version=\"1.0\"?>\n<A>\n  <b:C/>\n  <title>\n    <d>\n      x\n    </d>\n  </title>\n  <![CDATA[<e>]]>\n</A>\n"},
		{"an image by its first bytes", "Content-Type: image/jpeg", picture(t, "png"), page.Pretty,
			"image/png, 31 x 17 pixels\n"},
		{"another image", "Content-Type: image/gif", picture(t, "gif"), page.Pretty, "image/gif, 31 x 17 pixels\n"},
		{"an image that is cut", "Content-Type: image/png", picture(t, "png")[:20], page.Pretty,
			"image/png, the size in pixels is not known\n"},
		{"a form", "Content-Type: application/x-www-form-urlencoded", []byte("a=1&b+c=%41%0a&a"), page.Pretty,
			"form  a                        1\nform  b c                      A\\n\nform  a\n   form-repeated: \"a\"\n"},
		{"a charset", "Content-Type: text/plain; charset=gbk", []byte("\xc4\xe3\xba\xc3"), page.Decoded,
			"text, gbk\n你好\n"},
		{"gzip", "Content-Encoding: gzip\r\nContent-Type: text/plain; charset=utf-8", zipped(t, []byte("hello\nyou")),
			page.Decoded,
			"gzip: 33 -> 9 bytes\ntext, utf-8\nhello\nyou\n"},
		{"gzip that is none", "Content-Encoding: gzip", []byte("hello"), page.Decoded,
			"still coded: gzip\ncoding-absent: the field says gzip, the body starts with \"hello\"\ntext, utf-8 by a guess\nhello\n"},
		{"binary", "Content-Type: application/x", []byte{0, 1, 2, 'a'}, page.Decoded,
			"binary: application/octet-stream\n00000000  00 01 02 61              |...a|     pkt 6\n"},
		{"text lines are broken at the width", "Content-Type: text/plain",
			[]byte(strings.Repeat("x", 70) + "\r\n\ty\n"), page.TextMode,
			strings.Repeat("x", 60) + "\nxxxxxxxxxx\n\\ty\n"},
	} {
		got := shown(t, c.fields, c.body, c.mode)
		if got != c.want {
			t.Errorf("%s: shown as\n%s\nwant\n%s", c.name, got, c.want)
		}
	}
}

// TestSmallBodiesMakeNoLargePages: brackets cost a byte each, and a line of
// spaces where they are indented; zeros are compressed to nearly nothing.
func TestSmallBodiesMakeNoLargePages(t *testing.T) {
	for name, c := range map[string]struct {
		fields string
		body   []byte
	}{
		"brackets": {"Content-Type: application/json",
			[]byte(strings.Repeat("[", 9000) + strings.Repeat("1,", 100_000) + "1" + strings.Repeat("]", 9000))},
		"tags": {"Content-Type: text/html",
			[]byte(strings.Repeat("<p>", 100_000) + strings.Repeat("</p>", 100_000))},
		"unclosed tags": {"Content-Type: text/xml", []byte(strings.Repeat("<a></b>", 50_000))},
		"zeros": {"Content-Encoding: gzip\r\nContent-Type: text/plain",
			zipped(t, bytes.Repeat([]byte{'a'}, 20<<20))},
		"zeros of zeros": {"Content-Encoding: gzip, gzip\r\nContent-Type: text/html",
			zipped(t, zipped(t, bytes.Repeat([]byte{'\n'}, 20<<20)))},
		"fields": {"Content-Type: application/x-www-form-urlencoded", bytes.Repeat([]byte("a&"), 200_000)},
		"parts": {"Content-Type: multipart/form-data; boundary=b",
			bytes.Repeat([]byte("--b\r\n\r\n\r\n"), 50_000)},
	} {
		if got := shown(t, c.fields, c.body, page.Pretty); len(got) > 4<<20 {
			t.Errorf("%s: %d bytes became %d of text", name, len(c.body), len(got))
		}
	}
}

// TestPrettyJSONIsTheSameJSON: nothing but white space is different.
func TestPrettyJSONIsTheSameJSON(t *testing.T) {
	value := rapid.Deferred(func() *rapid.Generator[any] {
		leaf := rapid.OneOf(rapid.Just[any](nil), rapid.Map(rapid.Bool(), func(b bool) any { return b }),
			rapid.Map(rapid.Int(), func(n int) any { return n }),
			rapid.Map(rapid.StringOfN(rapid.RuneFrom([]rune(`ab"\:,[]{} é`)), 0, 6, -1),
				func(s string) any { return s }))
		list := rapid.Map(rapid.SliceOfN(leaf, 0, 3), func(l []any) any { return l })
		object := rapid.Map(rapid.MapOfN(rapid.StringOfN(rapid.RuneFrom([]rune(`a":{`)), 0, 3, -1),
			rapid.OneOf(leaf, list), 0, 3), func(m map[string]any) any { return m })
		return rapid.OneOf(leaf, list, object, rapid.Map(rapid.SliceOfN(object, 0, 3), func(l []any) any { return l }))
	})
	rapid.Check(t, func(rt *rapid.T) {
		body, err := json.MarshalIndent(value.Draw(rt, "value"), "", rapid.SampledFrom([]string{"", "\t"}).Draw(rt,
			"indent"))
		if err != nil {
			rt.Fatal(err)
		}
		_, got, _ := strings.Cut(shown(t, "Content-Type: application/json", body, page.Pretty), "\n")
		var want, have bytes.Buffer
		if err := json.Compact(&want, body); err != nil {
			rt.Fatal(err)
		}
		if err := json.Compact(&have, []byte(got)); err != nil || have.String() != want.String() {
			rt.Fatalf("%s became %s: %v", body, got, err)
		}
	})
}
