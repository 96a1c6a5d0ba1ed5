package content

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestParseMediaType(t *testing.T) {
	type params = []Param
	for _, tt := range []struct {
		value   string
		essence string
		params  params
		codes   string
	}{
		{"text/html", "text/html", nil, ""},
		{"Text/HTML;Charset=\"utf-8\"", "text/html", params{{"charset", "utf-8", true}}, ""},
		{"text/html; charset=UTF-8;", "text/html", params{{"charset", "UTF-8", false}}, ""},
		{`multipart/byteranges; boundary="a;b\"c"`, "multipart/byteranges", params{{"boundary", `a;b"c`, true}}, ""},
		{"", "", nil, MediaTypeEmpty},
		{"; charset=utf-8", "", params{{"charset", "utf-8", false}}, MediaTypeEmpty},
		{"text", "", nil, MediaTypeSyntax},
		{"text/", "", nil, MediaTypeSyntax},
		{"te xt/html", "", nil, MediaTypeSyntax},
		{"text/html; charset", "text/html", nil, ParamSyntax},
		{"text/html; a=1; b; c=3", "text/html", params{{"a", "1", false}, {"c", "3", false}}, ParamSyntax},
		{"text/html; =1", "text/html", nil, ParamSyntax},
		{"text/html; charset = utf-8", "text/html", params{{"charset", "utf-8", false}}, ParamSpace},
		{"text/html; charset=", "text/html", params{{"charset", "", false}}, "param-syntax charset-unknown"},
		{"text/html; a=1; A=2", "text/html", params{{"a", "1", false}, {"a", "2", false}}, ParamRepeated},
		{`text/html; a="b`, "text/html", params{{"a", "b", true}}, ParamQuote},
		{`text/html; a="b"c; d=e`, "text/html", params{{"a", "b", true}, {"d", "e", false}}, ParamSyntax},
		{"text/html; charset=klingon", "text/html", params{{"charset", "klingon", false}}, CharsetUnknown},
		{"text/html" + strings.Repeat(";x", 100), "text/html", nil, ParamSyntax},
	} {
		t.Run(tt.value, func(t *testing.T) {
			m, ps := ParseMediaType(tt.value)
			knownCode(t, ps)
			if diff := cmp.Diff(tt.params, m.Params); diff != "" || m.Essence() != tt.essence ||
				codesOf(ps) != tt.codes {
				t.Errorf("%q %v %s", m.Essence(), ps, diff)
			}
		})
	}
	var many strings.Builder
	for i := range 100 {
		many.WriteString("; p" + strings.Repeat("x", i) + "=1")
	}
	if m, ps := ParseMediaType("a/b" + many.String()); len(m.Params) != MaxParams || codesOf(ps) != ParamLimit {
		t.Errorf("%d parameters, %v", len(m.Params), ps)
	}
}

func TestText(t *testing.T) {
	for _, tt := range []struct {
		name, body, contentType string
		text, charset           string
		certain                 bool
	}{
		{"charset parameter", "caf\xe9", "text/plain; charset=iso-8859-1", "café", "windows-1252", true},
		{"byte order mark beats the parameter", "\xef\xbb\xbfcafé", "text/plain; charset=iso-8859-1", "café", "utf-8",
			true},
		{"UTF-16", "\xff\xfea\x00\xe9\x00", "text/plain", "aé", "utf-16le", true},
		{"JSON", `"é"`, "application/json", `"é"`, "utf-8", true},
		{"meta element", "<meta charset=windows-1251>\xcf", "text/html", "<meta charset=windows-1251>П",
			"windows-1251", false},
		{"XML declaration", "<?xml version='1.0' encoding='koi8-r'?>\xd0", "application/xml",
			"<?xml version='1.0' encoding='koi8-r'?>п", "koi8-r", false},
		{"meta does not count in plain text", "<meta charset=windows-1251>\xcf!", "text/plain",
			"<meta charset=windows-1251>Ï!", "windows-1252", false},
		{"valid UTF-8", "café", "text/plain", "café", "utf-8", false},
		{"ASCII", "cafe", "", "cafe", "utf-8", false},
		{"not UTF-8", "caf\xe9!", "", "café!", "windows-1252", false},
		{"UTF-8 cut in a rune", "café\xc3", "", "café\ufffd", "utf-8", false},
		{"unknown charset", "caf\xe9!", "text/plain; charset=klingon", "café!", "windows-1252", false},
		{"Shift_JIS", "\x83\x65", "text/plain; charset=Shift_JIS", "テ", "shift_jis", true},
		{"empty", "", "", "", "utf-8", false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			text, charset, certain := Text([]byte(tt.body), tt.contentType)
			if text != tt.text || charset != tt.charset || certain != tt.certain {
				t.Errorf("%q %s %v", text, charset, certain)
			}
		})
	}
}

func TestTextIsAlwaysUTF8(t *testing.T) {
	labels := []string{"utf-8", "utf-16be", "gbk", "gb18030", "big5", "euc-jp", "iso-2022-jp", "shift_jis", "euc-kr",
		"hz-gb-2312", "x-user-defined", "windows-1252", "koi8-u", "nonsense"}
	rapid.Check(t, func(t *rapid.T) {
		body := rapid.SliceOfN(rapid.Byte(), 0, 300).Draw(t, "body")
		label := rapid.SampledFrom(labels).Draw(t, "charset")
		text, name, _ := Text(body, "text/html; charset="+label)
		if !utf8.ValidString(text) || name == "" || len(text) > 3*len(body)+3 {
			t.Fatalf("%q in %s", text, name)
		}
	})
}

func TestSniff(t *testing.T) {
	for body, want := range map[string]string{
		"":                                 "",
		"hello":                            "text/plain",
		"BMW":                              "text/plain",
		"MZ\x90\x00\x03":                   "application/vnd.microsoft.portable-executable",
		"\x89PNG\r\n\x1a\n":                "image/png",
		"RIFF\x00\x00\x00\x00WEBPVP8 ":     "image/webp",
		"\x00\x00\x00\x18ftypmp42":         "video/mp4",
		"\x00\x00\x00\x18ftypavif":         "image/avif",
		"\xef\xbb\xbf <!DOCTYPE html><p>":  "text/html",
		"<?xml version='1.0'?>":            "application/xml",
		" {\"a\": 1}":                      "application/json",
		"\x00\x01\x02":                     "application/octet-stream",
		"\xff\xfea\x00":                    "text/plain",
		"%PDF-1.7":                         "application/pdf",
		strings.Repeat("a", 5000) + "\x00": "text/plain",
	} {
		if got := Sniff([]byte(body)); got != want {
			t.Errorf("%q: %s, want %s", body[:min(len(body), 20)], got, want)
		}
	}
}
