package forms

import (
	"bytes"
	"fmt"
	"io"
	"mime/multipart"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// showParts writes parts as short text: name, file name, body, problems.
func showParts(body string, parts []Part, ps []Problem) string {
	var b strings.Builder
	for _, p := range parts {
		fmt.Fprintf(&b, "[%q", p.Name)
		if p.HasFilename {
			fmt.Fprintf(&b, " file %q", p.Filename)
		}
		if p.ContentType != "" {
			fmt.Fprintf(&b, " %s", p.ContentType)
		}
		fmt.Fprintf(&b, " %q %v %s]", body[p.Offset:p.Offset+p.Length], p.Complete, codesOf(p.Problems))
	}
	return b.String() + codesOf(ps)
}

func TestParseFormData(t *testing.T) {
	const cd = "Content-Disposition: form-data; "
	for _, tt := range []struct{ name, body, want string }{
		{"a field and a file",
			"--B\r\n" + cd + "name=\"title\"\r\n\r\nhello\r\n--B\r\n" + cd +
				"name=\"f\"; filename=\"a.txt\"\r\nContent-Type: text/plain\r\n\r\nx\r\ny\r\n--B--\r\n",
			`["title" "hello" true ]["f" file "a.txt" text/plain "x\r\ny" true ]`},
		{"tokens without quotes", "--B\r\n" + cd + "name=a; filename=b\r\n\r\nx\r\n--B--", `["a" file "b" "x" true ]`},
		{"quote escaped as browsers do", "--B\r\n" + cd + "name=\"a%22b\"\r\n\r\nx\r\n--B--", `["a%22b" "x" true ]`},
		{"quote escaped with a backslash", "--B\r\n" + cd + "name=\"a\\\"b\"\r\n\r\nx\r\n--B--", `["a\"b" "x" true ]`},
		{"empty file name", "--B\r\n" + cd + "name=\"f\"; filename=\"\"\r\n\r\n\r\n--B--", `["f" file "" "" true ]`},
		{"empty value without its line end", "--B\r\n" + cd + "name=\"f\"\r\n\r\n--B--", `["f" "" true ]`},
		{"boundary as prefix of data", "--B\r\n" + cd + "name=\"f\"\r\n\r\n\r\n--BB\r\n\r\n--B--",
			`["f" "\r\n--BB\r\n" true ]`},
		{"boundary inside a line", "--B\r\n" + cd + "name=\"f\"\r\n\r\nx--B\r\n--B--", `["f" "x--B" true ]`},
		{"padding", "--B \t\r\n" + cd + "name=\"f\"\r\n\r\nx\r\n--B--", `["f" "x" true ]`},
		{"LF alone", "--B\n" + strings.TrimRight(cd, " ") + "name=\"f\"\n\nx\n--B--",
			`["f" "x" true ]formdata-bare-lf`},
		{"Windows path", "--B\r\n" + cd + "name=\"f\"; filename=\"C:\\dir\\x\"\r\n\r\nx\r\n--B--",
			`["f" file "C:\\dir\\x" "x" true formdata-filename-path]`},
		{"path upwards", "--B\r\n" + cd + "name=\"f\"; filename=\"../../x\"\r\n\r\nx\r\n--B--",
			`["f" file "../../x" "x" true formdata-filename-path]`},
		{"two file names", "--B\r\n" + cd + "name=\"f\"; filename=a; filename=b\r\n\r\nx\r\n--B--",
			`["f" file "a" "x" true formdata-repeated-param]`},
		{"filename*", "--B\r\n" + cd + "name=\"f\"; filename*=utf-8''x\r\n\r\nx\r\n--B--",
			`["f" "x" true formdata-filename-star]`},
		{"name is Latin-1", "--B\r\n" + cd + "name=\"\xe9\"\r\n\r\nx\r\n--B--", `["\xe9" "x" true formdata-utf8]`},
		{"transfer encoding", "--B\r\n" + cd + "name=\"f\"\r\nContent-Transfer-Encoding: base64\r\n\r\neA==\r\n--B--",
			`["f" "eA==" true formdata-transfer]`},
		{"no disposition", "--B\r\n\r\nx\r\n--B--", `["" "x" true formdata-no-disposition]`},
		{"other disposition", "--B\r\nContent-Disposition: attachment; name=\"f\"\r\n\r\nx\r\n--B--",
			`["f" "x" true formdata-disposition]`},
		{"no name", "--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--", `["" "x" true formdata-no-name]`},
		{"open quote", "--B\r\n" + cd + "name=\"f\r\n\r\nx\r\n--B--", `["f" "x" true formdata-disposition]`},
		{"line that is no field", "--B\r\nhello\r\n" + cd + "name=f\r\n\r\nx\r\n--B--",
			`["f" "x" true formdata-field-syntax]`},
		{"delimiter in the head", "--B\r\n" + cd + "name=f\r\n--B--", `["f" "" false formdata-head-cut]`},
		{"cut in the head", "--B\r\n" + cd + "name=f\r\nConte", `["f" "" false formdata-head-cut]formdata-no-final`},
		{"cut in the body", "--B\r\n" + cd + "name=f\r\n\r\nxy", `["f" "xy" false ]formdata-no-final`},
		{"head too long", "--B\r\nX: " + strings.Repeat("y", MaxPartHead) + "\r\n\r\nx\r\n--B--",
			`["" "" false formdata-head-limit formdata-no-disposition]`},
		{"preamble and epilogue", "hi\r\n--B\r\n" + cd + "name=f\r\n\r\nx\r\n--B--\r\nbye",
			`["f" "x" true ]formdata-preamble formdata-epilogue`},
		{"no delimiter", "a=1", "formdata-no-delimiter"},
		{"empty form", "--B--\r\n", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			parts, ps := ParseFormData([]byte(tt.body), "B")
			if got := showParts(tt.body, parts, ps); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
			knownCode(t, ps)
			for _, p := range parts {
				knownCode(t, p.Problems)
			}
		})
	}
}

func TestFormDataBoundary(t *testing.T) {
	for boundary, codes := range map[string]string{
		"":                        DataBoundary,
		"a\nb":                    DataBoundary,
		strings.Repeat("x", 1000): DataBoundary,
		"ä":                       "formdata-boundary formdata-no-delimiter",
		"----WebKitFormBoundaryX": DataNoDelimiter,
	} {
		if _, ps := ParseFormData([]byte("hello"), boundary); codesOf(ps) != codes {
			t.Errorf("%q: %v", boundary, ps)
		}
	}
}

func TestFormDataIsBounded(t *testing.T) {
	parts, ps := ParseFormData(bytes.Repeat([]byte("--B\r\n\r\n\r\n"), 3*MaxParts), "B")
	if len(parts) != MaxParts || codesOf(ps) != DataLimit {
		t.Errorf("%d parts, %v", len(parts), ps)
	}
	// A boundary that overlaps itself, in a body made of it.
	ParseFormData(bytes.Repeat([]byte("-"), 4<<20), strings.Repeat("-", maxBoundary))
}

// What mime/multipart writes comes back with the same bytes.
func TestFormDataAgainstMimeMultipart(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var b bytes.Buffer
		w := multipart.NewWriter(&b)
		names := rapid.SliceOfN(rapid.StringMatching(`[a-z"\\ ;=]{1,8}`), 0, 6).Draw(t, "names")
		bodies := make([][]byte, len(names))
		for i, name := range names {
			bodies[i] = rapid.SliceOfN(rapid.SampledFrom([]byte("\r\n-a")), 0, 20).Draw(t, "body")
			pw, _ := w.CreateFormFile(name, name)
			pw.Write(bodies[i])
		}
		w.Close()
		parts, ps := ParseFormData(b.Bytes(), w.Boundary())
		if len(parts) != len(names) || ps != nil && len(names) > 0 {
			t.Fatalf("%d parts for %d, %v", len(parts), len(names), ps)
		}
		r := multipart.NewReader(&b, w.Boundary())
		all := bytes.Clone(b.Bytes())
		for i, p := range parts {
			q, err := r.NextPart()
			if err != nil {
				t.Fatal(err)
			}
			want, _ := io.ReadAll(q)
			got := all[p.Offset : p.Offset+p.Length]
			if !bytes.Equal(got, want) || p.Name != names[i] || p.Filename != names[i] {
				t.Fatalf("part %+v: %q, want %q", p, got, want)
			}
		}
	})
}
