package content

import (
	"bytes"
	"compress/flate"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/andybalholm/brotli"
	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"
	"pgregory.net/rapid"
)

// encode applies one coding.
func encode(name string, plain []byte) []byte {
	var b bytes.Buffer
	var w io.WriteCloser
	switch name {
	case "gzip", "x-gzip":
		w = gzip.NewWriter(&b)
	case "deflate":
		w = zlib.NewWriter(&b)
	case "raw":
		w, _ = flate.NewWriter(&b, 6)
	case "br":
		w = brotli.NewWriter(&b)
	case "zstd":
		w, _ = zstd.NewWriter(&b, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedFastest))
	}
	w.Write(plain)
	w.Close()
	return b.Bytes()
}

// page is text that compresses but not to nothing.
func page(n int) []byte {
	var b bytes.Buffer
	for i := 0; b.Len() < n; i++ {
		fmt.Fprintf(&b, "<li>%d %x</li>\n", i, i*i*7919)
	}
	return b.Bytes()[:n]
}

var real4 = []string{"gzip", "deflate", "br", "zstd"}

func TestDecodeEachCoding(t *testing.T) {
	for _, name := range append(real4, "x-gzip") {
		for _, n := range []int{1, 100, 4096, 100000} {
			plain := page(n)
			coded := encode(name, plain)
			r := Decode([]string{name}, coded, 0)
			if !bytes.Equal(r.Body, plain) || !r.Complete || r.Problems != nil || r.Left != nil {
				t.Errorf("%s of %d: %d bytes, %+v %v", name, n, len(r.Body), r.Steps, r.Problems)
			}
			if s := r.Steps[0]; s.Stopped != int64(len(coded)) || s.In != s.Stopped || s.Out != int64(n) {
				t.Errorf("%s: %+v", name, s)
			}
		}
	}
}

func TestDecodeLastCodingFirst(t *testing.T) {
	plain := page(5000)
	body := encode("br", encode("gzip", plain))
	r := Decode([]string{"gzip", "identity", "br"}, body, 0)
	if !bytes.Equal(r.Body, plain) || !r.Complete || len(r.Steps) != 2 || r.Steps[0].Coding != "br" {
		t.Errorf("%+v %v", r.Steps, r.Problems)
	}
}

func TestDecodeProblems(t *testing.T) {
	plain := page(3000)
	gz := encode("gzip", plain)
	change := func(b []byte, at int, to byte) []byte {
		b = bytes.Clone(b)
		b[(at+len(b))%len(b)] = to
		return b
	}
	text := []byte("<!doctype html><p>hello</p>")
	for _, tt := range []struct {
		name     string
		codings  string
		body     []byte
		complete bool
		out      []byte // nil: the body itself
		codes    string
	}{
		{"unknown coding", "gzap", gz, false, nil, CodingUnknown},
		{"compress", "compress", gz, false, nil, CodingUnsupported},
		{"unknown under known", "gzap,gzip", gz, false, plain, CodingUnknown},
		{"nothing sent", "gzip", nil, true, []byte{}, ""},
		{"identity", "identity", text, true, nil, ""},
		{"text that says gzip", "gzip", text, false, nil, CodingAbsent},
		{"text that says deflate", "deflate", text, false, nil, CodingAbsent},
		{"text that says br", "br", text, false, nil, CodingAbsent},
		{"text that says zstd", "zstd", text, false, nil, CodingAbsent},
		{"gzip that says deflate", "deflate", gz, true, plain, CodingMismatch},
		{"zlib that says gzip", "gzip", encode("deflate", plain), true, plain, CodingMismatch},
		{"gzip that says br", "br", gz, true, plain, CodingMismatch},
		{"gzip that says zstd", "zstd", gz, true, plain, CodingMismatch},
		{"raw deflate", "deflate", encode("raw", plain), true, plain, DeflateRaw},
		{"raw deflate cut", "deflate", encode("raw", plain)[:20], false, nil, "deflate-raw content-cut"},
		{"two members", "gzip", append(bytes.Clone(gz), gz...), true, append(bytes.Clone(plain), plain...),
			GzipMembers},
		{"garbage behind gzip", "gzip", append(bytes.Clone(gz), "xyz"...), true, plain, ContentTrailing},
		{"garbage behind zlib", "deflate", append(encode("deflate", plain), "xyz"...), true, plain, ContentTrailing},
		{"garbage behind br", "br", append(encode("br", plain), "xyz"...), true, plain, ContentTrailing},
		{"garbage behind zstd", "zstd", append(encode("zstd", plain), "wxyz"...), true, plain, ContentTrailing},
		{"wrong CRC", "gzip", change(gz, -8, gz[len(gz)-8]+1), true, plain, ContentChecksum},
		{"wrong size", "gzip", change(gz, -4, gz[len(gz)-4]+1), true, plain, ContentSize},
		{"wrong Adler", "deflate", change(encode("deflate", plain), -1, 0), true, plain, ContentChecksum},
		{"cut trailer", "gzip", gz[:len(gz)-3], false, plain, ContentCut},
		{"cut header", "gzip", gz[:5], false, []byte{}, ContentCut},
		{"one byte", "zstd", []byte{0x28}, false, []byte{}, ContentCut},
		{"reserved flags", "gzip", change(gz, 3, 0x20), true, plain, GzipFlags},
		{"other method", "gzip", change(gz, 2, 7), false, nil, ContentCorrupt},
		{"preset dictionary", "deflate", []byte{0x78, 0x20 | 0x1b&0xc0 | 0x1a, 0, 0, 0, 0}, false, nil, ContentCorrupt},
		{"cut inside of two", "gzip,gzip", encode("gzip", gz[:50]), false, nil, ContentCut},
		{"cut outside of two", "gzip,gzip", encode("gzip", gz)[:50], false, nil, ContentCut},
		{"nine codings", "gzip" + strings.Repeat(",gzip", MaxCodings), encodeTimes("gzip", text, MaxCodings+1), false,
			encode("gzip", text), CodingLimit},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := Decode(strings.Split(tt.codings, ","), tt.body, 0)
			knownCode(t, r.Problems)
			if r.Complete != tt.complete || codesOf(r.Problems) != tt.codes {
				t.Errorf("complete %v, problems %v, want %q", r.Complete, r.Problems, tt.codes)
			}
			if strings.Contains(tt.name, "cut") && tt.out == nil {
				return // TestDecodeCutAnywhere looks at the bytes
			}
			if tt.out == nil {
				tt.out = tt.body
			}
			if !bytes.Equal(tt.out, r.Body) {
				t.Errorf("%d bytes, want %d", len(r.Body), len(tt.out))
			}
		})
	}
}

func encodeTimes(name string, b []byte, n int) []byte {
	for range n {
		b = encode(name, b)
	}
	return b
}

// A body that is cut anywhere decodes to a prefix, is never complete, and the
// decoder says that it used everything.
func TestDecodeCutAnywhere(t *testing.T) {
	plain := page(40000)
	for _, name := range append(real4, "raw") {
		coded := encode(name, plain)
		coding := strings.Replace(name, "raw", "deflate", 1)
		longest := 0
		for n := 1; n < len(coded); n += 1 + len(coded)/300 {
			r := Decode([]string{coding}, coded[:n], 0)
			if !bytes.HasPrefix(plain, r.Body) && r.Left == nil {
				t.Fatalf("%s cut at %d is no prefix", name, n)
			}
			if r.Complete || !strings.Contains(codesOf(r.Problems), ContentCut) {
				t.Fatalf("%s cut at %d of %d: %+v %v", name, n, len(coded), r.Steps, r.Problems)
			}
			longest = max(longest, len(r.Body))
		}
		if name != "zstd" && longest < len(plain)*8/10 {
			t.Errorf("%s: at most %d of %d bytes kept", name, longest, len(plain))
		}
	}
}

// The offset in the problem lies behind the damage, and what was decoded in
// front of it is kept.
func TestDecodeDamage(t *testing.T) {
	plain := page(200000)
	for _, name := range real4 {
		coded := encode(name, plain)
		at := len(coded) / 2
		for i := range 64 {
			coded[at+i] ^= 0xa5
		}
		r := Decode([]string{name}, coded, 0)
		s := r.Steps[0]
		if len(r.Problems) == 0 || s.Stopped < int64(at) {
			t.Errorf("%s: damage at %d, %+v %v", name, at, s, r.Problems)
		}
		if common := commonPrefix(plain, r.Body); common < len(plain)/10 && name != "zstd" {
			t.Errorf("%s: only %d bytes in front of the damage", name, common)
		}
	}
}

func commonPrefix(a, b []byte) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

func TestDecodeBombIsBounded(t *testing.T) {
	const limit = 4 << 20
	bomb := make([]byte, 128<<20)
	for _, name := range real4 {
		coded := encode(name, bomb)
		codings := []string{name}
		if name == "gzip" {
			coded, codings = encode(name, coded), []string{name, name}
		}
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		r := Decode(codings, coded, limit)
		runtime.ReadMemStats(&after)
		if len(r.Body) != limit || r.Complete || !strings.Contains(codesOf(r.Problems), ContentLimit) {
			t.Errorf("%s: %d bytes, %v", name, len(r.Body), r.Problems)
		}
		if !strings.Contains(codesOf(r.Problems), ContentRatio) {
			t.Errorf("%s: %d to %d bytes without a word", name, len(coded), limit)
		}
		if used := after.TotalAlloc - before.TotalAlloc; used > 3*limit+(40<<20) {
			t.Errorf("%s: %d MiB allocated for a limit of %d", name, used>>20, limit>>20)
		}
	}
}

func TestDecodeExactLimitIsComplete(t *testing.T) {
	plain := page(10000)
	for _, name := range real4 {
		if r := Decode([]string{name}, encode(name, plain), 10000); !r.Complete || r.Problems != nil {
			t.Errorf("%s: %v", name, r.Problems)
		}
		if r := Decode([]string{name}, encode(name, plain), 9999); r.Complete ||
			codesOf(r.Problems) != ContentLimit || len(r.Body) != 9999 {
			t.Errorf("%s: %d bytes, %v", name, len(r.Body), r.Problems)
		}
	}
}

// Empty members cost input but no output, so only their number bounds the work.
func TestDecodeManyEmptyMembers(t *testing.T) {
	body := bytes.Repeat(encode("gzip", nil), maxMembers+10)
	r := Decode([]string{"gzip"}, body, 0)
	if codesOf(r.Problems) != "gzip-members content-trailing" {
		t.Error(r.Problems)
	}
}

func TestDecodeZstdWindow(t *testing.T) {
	// Frame header: no single segment, window descriptor 14<<3 is 16 MiB.
	body := append(bytes.Clone(zstdMagic), 0x00, 14<<3, 0x01, 0x00, 0x00)
	r := Decode([]string{"zstd"}, body, 0)
	if codesOf(r.Problems) != ZstdWindow || r.Complete {
		t.Error(r.Problems)
	}
	body[5] = 13 << 3
	if r := Decode([]string{"zstd"}, body, 0); !r.Complete {
		t.Error(r.Problems)
	}
}

// The gzip files of libhtp: what comes out, and what is remarked.
func TestDecodeLibhtpFiles(t *testing.T) {
	dir := os.Getenv("HTTPSCOPE_CONFORMANCE")
	if dir == "" {
		t.Skip("HTTPSCOPE_CONFORMANCE is not set")
	}
	fox := "The five boxing wizards jump quickly."
	for file, codes := range map[string]string{
		"01-minimal": "", "02-fname": "", "05-fextra": "", "06-ftext": "", "14-invalid-xfl": "",
		"03-fcomment": ContentCut, "04-fhcrc": GzipHeaderCheck, "15-invalid-fhcrc": "",
		"07-freserved1": GzipFlags, "08-freserved2": GzipFlags, "09-freserved3": GzipFlags,
		"10-multipart": GzipMembers, "11-invalid-method": ContentCorrupt,
		"12-invalid-crc32": ContentChecksum, "13-invalid-isize": ContentSize,
	} {
		body, err := os.ReadFile(filepath.Join(dir, "libhtp-flows", "gztest-"+file+".gz"))
		if err != nil {
			t.Fatal(err)
		}
		r := Decode([]string{"gzip"}, body, 0)
		if codesOf(r.Problems) != codes {
			t.Errorf("%s: %v, want %q", file, r.Problems, codes)
		}
		t.Logf("%s: %q", file, r.Body)
		if codes == "" && string(r.Body) != fox {
			t.Errorf("%s: %q", file, r.Body)
		}
	}
}

// Codings applied in any order come off again.
func TestDecodeRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plain := rapid.SliceOfN(rapid.Byte(), 1, 2000).Draw(t, "plain")
		codings := rapid.SliceOfN(rapid.SampledFrom(real4), 0, 4).Draw(t, "codings")
		body := plain
		for _, c := range codings {
			body = encode(c, body)
		}
		r := Decode(codings, body, 0)
		if !bytes.Equal(r.Body, plain) || !r.Complete || r.Problems != nil {
			t.Fatalf("%v: %v", codings, r.Problems)
		}
	})
}

func TestParseCodings(t *testing.T) {
	for _, tt := range []struct {
		value string
		want  []string
		codes string
	}{
		{"gzip", []string{"gzip"}, ""},
		{"GZIP , br", []string{"gzip", "br"}, ""},
		{"identity", []string{"identity"}, CodingIdentity},
		{"x-gzip", []string{"x-gzip"}, CodingAlias},
		{"", nil, CodingEmptyElement},
		{"gzip,,br,", []string{"gzip", "br"}, CodingEmptyElement},
		{"gzip;q=1", []string{"gzip;q=1"}, CodingSyntax},
		{strings.Repeat("br,", 20), strings.Split(strings.Repeat("br ", 7)+"br", " "), CodingLimit},
	} {
		got, ps := ParseCodings(tt.value)
		knownCode(t, ps)
		if diff := cmp.Diff(tt.want, got); diff != "" || codesOf(ps) != tt.codes {
			t.Errorf("%q: %v %s", tt.value, ps, diff)
		}
	}
}

func FuzzDecode(f *testing.F) {
	plain := page(600)
	for _, c := range real4 {
		f.Add(c, encode(c, plain))
		f.Add(c+","+c, encode(c, encode(c, plain)))
	}
	f.Add("deflate", encode("raw", plain))
	f.Add("gzip", append(encode("gzip", plain), encode("gzip", nil)...))
	f.Add("x-gzip, identity, gzap", []byte("hello"))
	f.Fuzz(func(t *testing.T, value string, body []byte) {
		codings, ps := ParseCodings(value)
		knownCode(t, ps)
		const limit = 1 << 16
		input := bytes.Clone(body)
		r := Decode(codings, body, limit)
		knownCode(t, r.Problems)
		if !bytes.Equal(body, input) {
			t.Fatal("the input was changed")
		}
		if r.Complete && r.Left != nil || !r.Complete && len(r.Problems) == 0 {
			t.Fatalf("complete %v, left %v, no problem", r.Complete, r.Left)
		}
		for _, s := range r.Steps {
			if s.Out > limit || s.Stopped < 0 || s.Stopped > s.In {
				t.Fatalf("%+v", s)
			}
		}
		if len(r.Steps) > 0 && int64(len(r.Body)) != r.Steps[len(r.Steps)-1].Out {
			t.Fatalf("%d bytes, %+v", len(r.Body), r.Steps)
		}
		if len(codings) == 1 && len(r.Steps) == 1 {
			if small := Decode(codings, body, 100); small.Left == nil && !bytes.HasPrefix(r.Body, small.Body) {
				t.Fatalf("a smaller limit gives other bytes: %v, %v", r.Problems, small.Problems)
			}
		}
	})
}
