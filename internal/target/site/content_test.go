package site_test

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"net/http/httptest"
	"strings"
	"testing"

	"httpscope/internal/target/site"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/simplifiedchinese"
	"pgregory.net/rapid"
)

func TestRange(t *testing.T) {
	t.Parallel()
	s, c := serve(t), visitor(t, false)
	for _, x := range []struct {
		path, fields, want string
	}{
		{"alphabet", "Range: bytes=0-9", "206 bytes 0-9/42 10"},
		{"alphabet", "Range: bytes=-10", "206 bytes 32-41/42 10"},
		{"alphabet", "Range: bytes=100-", "416 bytes */42 -"},
		{"alphabet", "", "200  42"},
		{"alphabet", `Range: bytes=0-9|If-Range: "alphabet-1"`, "206 bytes 0-9/42 10"},
		{"alphabet", `Range: bytes=0-9|If-Range: "alphabet-0"`, "200  42"},
		{"alphabet", "Range: bytes=0-9|If-Range: Wed, 19 Mar 2008 01:46:57 GMT", "206 bytes 0-9/42 10"},
		{"file", "Range: bytes=21010-47021", "206 bytes 21010-47021/47022 26012"},
		{"video", "Range: bytes=1900-2900", "206 bytes 1900-2900/1500000 1001"},
	} {
		r, body := ask(t, c, "GET", s.plain.URL+"/range/"+x.path, "", split(x.fields)...)
		length := fmt.Sprint(len(body))
		if r.StatusCode == 416 {
			length = "-"
		}
		if got := fmt.Sprintf("%d %s %s", r.StatusCode, r.Header.Get("Content-Range"), length); got != x.want {
			t.Errorf("%s, %s: %s, want %s", x.path, x.fields, got, x.want)
		}
	}
	r, body := ask(t, c, "GET", s.plain.URL+"/range/file", "", "Range: bytes=200-1000, 2000-6576, 19000-")
	if !strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/byteranges; boundary=") ||
		strings.Count(body, "\r\nContent-Range: bytes ") != 3 {
		t.Errorf("%v\n%.300q", r.Header, body)
	}
}

func TestConditional(t *testing.T) {
	t.Parallel()
	s, c := serve(t), visitor(t, false)
	r, _ := ask(t, c, "GET", s.plain.URL+"/conditional", "")
	tag := r.Header.Get("ETag")
	for field, want := range map[string]int{
		"If-None-Match: " + tag:                              304,
		`If-None-Match: "another"`:                           200,
		"If-Modified-Since: Wed, 19 Mar 2008 01:46:57 GMT":   304,
		"If-Modified-Since: Tue, 18 Mar 2008 01:46:57 GMT":   200,
		"If-Match: " + tag:                                   200,
		`If-Match: "another"`:                                412,
		"If-Unmodified-Since: Tue, 18 Mar 2008 00:00:00 GMT": 412,
	} {
		r, body := ask(t, c, "GET", s.plain.URL+"/conditional", "", field)
		if r.StatusCode != want || want == 304 && (body != "" || r.Header.Get("ETag") != tag) {
			t.Errorf("%s: %d, want %d", field, r.StatusCode, want)
		}
	}
}

func TestCodings(t *testing.T) {
	t.Parallel()
	s, c := serve(t), visitor(t, false)
	_, plain := ask(t, c, "GET", s.plain.URL+"/coding/identity", "")
	for coding, decode := range map[string]func(io.Reader) (io.Reader, error){
		"gzip":    func(r io.Reader) (io.Reader, error) { return gzip.NewReader(r) },
		"deflate": func(r io.Reader) (io.Reader, error) { return zlib.NewReader(r) },
		"br":      func(r io.Reader) (io.Reader, error) { return brotli.NewReader(r), nil },
		"zstd":    func(r io.Reader) (io.Reader, error) { return zstd.NewReader(r) },
	} {
		r, body := ask(t, c, "GET", s.plain.URL+"/coding/"+coding, "")
		d, err := decode(strings.NewReader(body))
		if err != nil {
			t.Fatalf("%s: %v", coding, err)
		}
		if b, err := io.ReadAll(d); err != nil || string(b) != plain || r.Header.Get("Content-Encoding") != coding ||
			len(body) >= len(plain) {
			t.Errorf("%s: %v, %d bytes of %d, %v", coding, err, len(b), len(body), r.Header)
		}
	}
	for accept, want := range map[string]string{
		"": "", "gzip": "gzip", "gzip;q=0.5, br": "br", "GZIP": "gzip", "gzip, deflate, br, zstd": "zstd", "*": "zstd",
		"*;q=0.1, deflate": "deflate", "gzip;q=0": "", "identity, gzip;q=0.2": "", "gzip;q=banana": "",
		"compress": "", "gzip;q=0.001": "gzip",
		"identity;q=0": "406", "*;q=0": "406", "identity;q=0, gzip": "gzip",
	} {
		r, _ := ask(t, c, "GET", s.plain.URL+"/coding/negotiate", "", "Accept-Encoding: "+accept)
		got := r.Header.Get("Content-Encoding")
		if r.StatusCode != 200 {
			got = fmt.Sprint(r.StatusCode)
		}
		if got != want || r.Header.Get("Vary") != "Accept-Encoding" {
			t.Errorf("%q: %q, want %q", accept, got, want)
		}
	}
}

// TestNegotiationRespectsRefusals: a coding with weight 0 is never sent.
func TestNegotiationRespectsRefusals(t *testing.T) {
	t.Parallel()
	handler := site.New(site.Options{})
	names := []string{"zstd", "br", "gzip", "deflate", "identity"}
	rapid.Check(t, func(t *rapid.T) {
		refused := map[string]bool{}
		var list []string
		for _, n := range names {
			switch rapid.IntRange(0, 2).Draw(t, n) {
			case 1:
				list = append(list, n+";q=0.000")
				refused[n] = true
			case 2:
				list = append(list, fmt.Sprintf("%s;q=0.%03d", n, rapid.IntRange(1, 999).Draw(t, "weight")))
			}
		}
		r := httptest.NewRequest("GET", "/coding/negotiate", nil)
		r.Header.Set("Accept-Encoding", strings.Join(rapid.Permutation(list).Draw(t, "order"), ", "))
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, r)
		got := w.Header().Get("Content-Encoding")
		if got == "" {
			got = "identity"
		}
		if w.Code == 200 && refused[got] || w.Code == 406 && !refused["identity"] {
			t.Fatalf("%q: %d %s", r.Header.Get("Accept-Encoding"), w.Code, got)
		}
	})
}

func TestCharsets(t *testing.T) {
	t.Parallel()
	s, c := serve(t), visitor(t, false)
	const school = "南方科技大学。€ © é 𠮷"
	_, utf8 := ask(t, c, "GET", s.plain.URL+"/utf8", "")
	if !strings.Contains(utf8, school) {
		t.Errorf("/utf8: %s", utf8)
	}
	r, body := ask(t, c, "GET", s.plain.URL+"/charset", "")
	if text, err := simplifiedchinese.GB18030.NewDecoder().String(body); err != nil ||
		!strings.Contains(text, school) || r.Header.Get("Content-Type") != "text/html; charset=gb18030" {
		t.Errorf("/charset: %v %v %s", err, r.Header, text)
	}
	for path, mediaType := range map[string]string{"/charset/gbk": "text/html; charset=gbk",
		"/charset/missing": "text/html"} {
		r, body := ask(t, c, "GET", s.plain.URL+path, "")
		if text, err := simplifiedchinese.GBK.NewDecoder().String(body); err != nil ||
			!strings.Contains(text, "南方科技大学") || !strings.Contains(text, "&#134071;") ||
			r.Header.Get("Content-Type") != mediaType {
			t.Errorf("%s: %v %v %s", path, err, r.Header, text)
		}
	}
}

// TestIcon: a browser asks for it and gets an icon that it may keep.
func TestIcon(t *testing.T) {
	t.Parallel()
	s, c := serve(t), visitor(t, false)
	r, body := ask(t, c, "GET", s.plain.URL+"/favicon.ico", "")
	if !bytes.HasPrefix([]byte(body), []byte("\x00\x00\x01\x00\x01\x00\x10\x10")) || body[22:26] != "\x89PNG" ||
		r.Header.Get("Cache-Control") != "max-age=3600" || r.Header.Get("Content-Type") != "image/x-icon" {
		t.Errorf("%v %.30q", r.Header, body)
	}
}

// TestSlowContentArrivesInParts: the first part is there before the last one is
// made.
func TestSlowContentArrivesInParts(t *testing.T) {
	t.Parallel()
	s := serve(t)
	c := dial(t, s.address())
	if _, err := io.WriteString(c, "GET /slow/chunked?ms=2000 HTTP/1.1\r\nHost: a\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	var got []byte
	for !bytes.Contains(got, []byte("Part 1")) {
		b := make([]byte, 4096)
		n, err := c.Read(b)
		if err != nil {
			t.Fatal(err)
		}
		got = append(got, b[:n]...)
	}
	if bytes.Contains(got, []byte("Part 5")) {
		t.Errorf("all at once: %q", got)
	}
}
