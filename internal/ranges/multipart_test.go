package ranges

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// rfcBody is the example of RFC 9110, Section 14.6, with short bodies.
const rfcBody = "--THIS_STRING_SEPARATES\r\n" +
	"Content-Type: application/pdf\r\n" +
	"Content-Range: bytes 500-509/8000\r\n" +
	"\r\n" +
	"0123456789" +
	"\r\n--THIS_STRING_SEPARATES\r\n" +
	"Content-Type: application/pdf\r\n" +
	"Content-Range: bytes 7000-7004/8000\r\n" +
	"\r\n" +
	"a\r\n-b" +
	"\r\n--THIS_STRING_SEPARATES--\r\n"

// split feeds body in pieces that end at the given offsets.
func split(boundary, body string, cuts ...int) ([]Part, []Problem) {
	m := NewMultipart(boundary)
	var parts []Part
	at := 0
	for _, c := range append(cuts, len(body)) {
		parts = append(parts, m.Feed([]byte(body[at:c]))...)
		at = c
	}
	parts = append(parts, m.Close()...)
	return parts, m.Problems()
}

// show writes parts and problems as short text.
func show(parts []Part, ps []Problem) string {
	s := ""
	for _, p := range parts {
		s += fmt.Sprintf("[%s|%d+%d %v %s]", p.ContentRange, p.Offset, p.Length, p.Complete, codesOf(p.Problems))
	}
	return s + codesOf(ps)
}

func TestMultipart(t *testing.T) {
	for _, tt := range []struct {
		name, body, want string
	}{
		{"two parts", "--B\r\nContent-Range: bytes 0-1/9\r\n\r\nab\r\n--B\r\nContent-Range: bytes 4-4/9\r\n\r\ne\r\n--B--\r\n",
			"[bytes 0-1/9|35+2 true ][bytes 4-4/9|74+1 true ]"},
		{"leading line end as Apache sends it", "\r\n--B\r\nContent-Range: bytes 0-0/9\r\n\r\na\r\n--B--\r\n",
			"[bytes 0-0/9|37+1 true ]"},
		{"no line end behind the final delimiter", "--B\r\nContent-Range: bytes 0-0/9\r\n\r\na\r\n--B--",
			"[bytes 0-0/9|35+1 true ]"},
		{"padding behind the boundary", "--B \t\r\nContent-Range: bytes 0-0/9\r\n\r\na\r\n--B--",
			"[bytes 0-0/9|37+1 true ]"},
		{"boundary as prefix of data", "--B\r\nContent-Range: bytes 0-8/9\r\n\r\n\r\n--BB\r\n\r\r\n--B--",
			"[bytes 0-8/9|35+9 true ]"},
		{"one hyphen behind the boundary", "--B\r\nContent-Range: bytes 0-5/9\r\n\r\n\r\n--B-\r\n--B--",
			"[bytes 0-5/9|35+6 true ]"},
		{"CR before CR LF belongs to the data", "--B\r\nContent-Range: bytes 0-0/9\r\n\r\n\r\r\n--B--",
			"[bytes 0-0/9|35+1 true ]"},
		{"empty part without its own line end", "--B\r\nContent-Range: bytes 0-0/9\r\n\r\n--B--",
			"[bytes 0-0/9|35+0 true part-length]"},
		{"LF alone", "--B\nContent-Range: bytes 0-0/9\n\na\n--B--",
			"[bytes 0-0/9|32+1 true ]multipart-bare-lf"},
		{"no Content-Range", "--B\r\n\r\na\r\n--B--",
			"[|7+1 true part-no-content-range]"},
		{"length differs", "--B\r\nContent-Range: bytes 0-3/9\r\n\r\na\r\n--B--",
			"[bytes 0-3/9|35+1 true part-length]"},
		{"two Content-Range lines", "--B\r\nContent-Range: bytes 0-0/9\r\nContent-Range: bytes 1-1/9\r\n\r\na\r\n--B--",
			"[bytes 0-0/9|63+1 true part-content-range-twice]"},
		{"impossible Content-Range", "--B\r\nContent-Range: bytes 9-9/9\r\n\r\na\r\n--B--",
			"[bytes 9-9/9|35+1 true content-range-past-end]"},
		{"sizes differ", "--B\r\nContent-Range: bytes 0-0/9\r\n\r\na\r\n--B\r\nContent-Range: bytes 1-1/8\r\n\r\na\r\n--B--",
			"[bytes 0-0/9|35+1 true ][bytes 1-1/8|73+1 true ]multipart-size"},
		{"cut in the body", "--B\r\nContent-Range: bytes 0-3/9\r\n\r\nab",
			"[bytes 0-3/9|35+2 false part-cut]multipart-no-final"},
		{"cut in the head", "--B\r\nContent-Ra",
			"[|-1+0 false part-field-syntax part-head-cut]multipart-no-final"},
		{"delimiter in the head", "--B\r\nContent-Range: bytes 0-3/9\r\n--B--\r\n",
			"[bytes 0-3/9|-1+0 false part-head-cut]"},
		{"head line is no field", "--B\r\nhello\r\nContent-Range: bytes 0-0/9\r\n\r\na\r\n--B--",
			"[bytes 0-0/9|42+1 true part-field-syntax]"},
		{"preamble and epilogue", "hello\r\n--B\r\nContent-Range: bytes 0-0/9\r\n\r\na\r\n--B--\r\nbye",
			"[bytes 0-0/9|42+1 true ]multipart-preamble multipart-epilogue"},
		{"no delimiter", "hello", "multipart-no-delimiter multipart-preamble"},
		{"no parts", "--B--\r\n", "multipart-no-parts"},
		{"empty", "", "multipart-no-delimiter"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			parts, ps := split("B", tt.body)
			if got := show(parts, ps); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestMultipartRFCExample(t *testing.T) {
	parts, ps := split("THIS_STRING_SEPARATES", rfcBody)
	if len(parts) != 2 || ps != nil {
		t.Fatalf("%v %v", parts, ps)
	}
	for i, want := range []string{"0123456789", "a\r\n-b"} {
		p := parts[i]
		if got := rfcBody[p.Offset : p.Offset+p.Length]; got != want || p.Problems != nil ||
			p.ContentType != "application/pdf" {
			t.Errorf("part %d: %q %+v", i, got, p)
		}
	}
}

func TestMultipartGap(t *testing.T) {
	const head = "--B\r\nContent-Range: bytes 0-99/200\r\n\r\n" // 38 bytes
	for _, tt := range []struct {
		name   string
		before string
		gap    int64
		after  string
		want   string
	}{
		{"inside a part", head + "ab", 90, "12345678\r\n--B--", "[bytes 0-99/200|38+100 true ]multipart-gap"},
		{"over the end of a part", head + "ab", 300, "x\r\n--B\r\nContent-Range: bytes 5-5/200\r\n\r\nf\r\n--B--",
			"[bytes 0-99/200|38+100 false part-cut][bytes 5-5/200|380+1 true ]multipart-gap"},
		{"in a head", "--B\r\nConte", 20, "xx\r\n\r\nab\r\n--B--", "[|-1+0 false part-head-cut]multipart-gap"},
		{"before everything", "", 20, "xx\r\n\r\nab\r\n--B--", "multipart-gap multipart-no-parts"},
		{"huge", head, 1 << 62, "x", "[bytes 0-99/200|38+100 false part-cut]multipart-gap multipart-no-final"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			m := NewMultipart("B")
			parts := m.Feed([]byte(tt.before))
			parts = append(parts, m.Gap(tt.gap)...)
			parts = append(parts, m.Feed([]byte(tt.after))...)
			parts = append(parts, m.Close()...)
			if got := show(parts, m.Problems()); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestMultipartBoundaries(t *testing.T) {
	for _, tt := range []struct{ boundary, codes string }{
		{"gc0p4Jq0M2Yt08j34c0p", ""},
		{"gc0pJq0M:08jU534c0p", ""},
		{"", MultipartBoundary},
		{"a\r\nb", MultipartBoundary},
		{"ends in space ", "multipart-boundary multipart-no-delimiter"},
		{strings.Repeat("x", 71), "multipart-boundary multipart-no-delimiter"},
		{strings.Repeat("x", 1000), MultipartBoundary},
	} {
		m := NewMultipart(tt.boundary)
		if tt.codes == "" {
			m.Feed([]byte("--" + tt.boundary + "--"))
			tt.codes = MultipartNoParts
		}
		m.Close()
		if got := codesOf(m.Problems()); got != tt.codes {
			t.Errorf("%q: %s, want %s", tt.boundary, got, tt.codes)
		}
	}
}

func TestMultipartIsBounded(t *testing.T) {
	m := NewMultipart("B")
	n := 0
	for range 3 * MaxParts {
		n += len(m.Feed([]byte("--B\r\n\r\n\r\n")))
	}
	n += len(m.Close())
	if n != MaxParts || codesOf(m.Problems()) != MultipartLimit {
		t.Errorf("%d parts, %v", n, m.Problems())
	}

	m = NewMultipart("B")
	m.Feed([]byte("--B\r\nX: "))
	var parts []Part
	for range 1000 {
		parts = append(parts, m.Feed(make([]byte, 1000))...)
	}
	if cap(m.line) > 2*MaxPartHead || len(parts) != 1 || codesOf(parts[0].Problems) != PartHeadLimit {
		t.Errorf("line buffer %d, parts %+v", cap(m.line), parts)
	}
	parts = append(m.Feed([]byte("\r\n--B\r\nContent-Range: bytes 0-0/1\r\n\r\na\r\n--B--")), m.Close()...)
	if len(parts) != 1 || !parts[0].Complete {
		t.Errorf("the next part is lost: %+v", parts)
	}
}

// body draws a string made of the bytes that matter to a splitter.
func drawBody(t *rapid.T) string {
	words := []string{"--B", "--B--", "\r\n", "\n", "\r", "-", "B", "a", " ", "\r\n--B", "\r\n--B\r\n", "\r\n\r\n",
		"Content-Range: bytes 0-1/9\r\n", "Content-Type: text/plain\r\n", strings.Repeat("x", 5000)}
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 30).Draw(t, "body"), "")
}

func TestMultipartSegmentation(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		body := drawBody(t)
		whole, ps := split("B", body)
		single := make([]int, len(body))
		for i := range single {
			single[i] = i
		}
		for _, cuts := range [][]int{single, cutsOf(t, len(body))} {
			parts, ps2 := split("B", body, cuts...)
			if diff := cmp.Diff(show(whole, ps), show(parts, ps2)); diff != "" {
				t.Fatalf("%q cut at %v: %s", body, cuts, diff)
			}
		}
	})
}

// cutsOf draws ascending offsets inside a body of n bytes.
func cutsOf(t *rapid.T, n int) []int {
	var cuts []int
	for at := 0; at < n; {
		at = min(n, at+rapid.IntRange(0, 40).Draw(t, "step"))
		cuts = append(cuts, at)
	}
	return cuts
}

// Parts written in the layout of the RFC come back with the same bytes.
func TestMultipartRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		bodies := rapid.SliceOfN(rapid.StringMatching(`[ab\r\n-]{0,20}`), 1, 8).Draw(t, "bodies")
		wire := ""
		for _, b := range bodies {
			wire += "\r\n--sep\r\nContent-Range: bytes */0\r\n\r\n" + b
		}
		wire += "\r\n--sep--\r\n"
		parts, ps := split("sep", wire, cutsOf(t, len(wire))...)
		if len(parts) != len(bodies) || ps != nil {
			t.Fatalf("%d parts for %d, %v", len(parts), len(bodies), ps)
		}
		for i, p := range parts {
			if got := wire[p.Offset : p.Offset+p.Length]; got != bodies[i] {
				t.Fatalf("part %d is %q, want %q", i, got, bodies[i])
			}
		}
	})
}

func FuzzMultipart(f *testing.F) {
	f.Add("THIS_STRING_SEPARATES", rfcBody, 7)
	f.Add("B", "\r\n--B\r\nContent-Range: bytes 0-0/9\r\n\r\na\r\n--B--\r\n", 1)
	f.Add("B", "pre\n--B\nX\n\n\n--B \n--BB\n--B--post", 3)
	f.Add("a-", "--a-\r\n\r\n--a---\r\n", 2)
	f.Fuzz(func(t *testing.T, boundary, body string, step int) {
		whole, ps := split(boundary, body)
		knownCode(t, ps)
		step = max(1, step)
		var cuts []int
		for at := step; at < len(body) && step < len(body); at += step {
			cuts = append(cuts, at)
		}
		parts, ps2 := split(boundary, body, cuts...)
		if a, b := show(whole, ps), show(parts, ps2); a != b {
			t.Fatalf("whole %s\nsteps of %d %s", a, step, b)
		}
		end := int64(0)
		for i, p := range whole {
			knownCode(t, p.Problems)
			if p.Index != i || p.Length < 0 || p.Offset < 0 && p.Length != 0 {
				t.Fatalf("%+v", p)
			}
			if p.Offset >= 0 && (p.Offset < end || p.Offset+p.Length > int64(len(body))) {
				t.Fatalf("part %+v does not lie behind %d in %d bytes", p, end, len(body))
			}
			end = max(end, p.Offset+p.Length)
		}
	})
}

// With gaps anywhere the parts still lie in order inside the body, and no more
// bytes are lost than were missing.
func TestMultipartGapsAnywhere(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := NewMultipart("B")
		var parts []Part
		var size, missing int64
		for range rapid.IntRange(1, 6).Draw(t, "pieces") {
			piece := drawBody(t)
			gap := rapid.Int64Range(-1, 30).Draw(t, "gap")
			parts = append(parts, m.Feed([]byte(piece))...)
			parts = append(parts, m.Gap(gap)...)
			missing += max(0, gap)
			size += int64(len(piece)) + max(0, gap)
		}
		parts = append(parts, m.Close()...)
		knownCode(t, m.Problems())
		var end, lost int64
		for i, p := range parts {
			if p.Index != i || p.Length < 0 || p.Lost < 0 || p.Lost > p.Length || p.Offset >= 0 && p.Offset < end ||
				p.Offset+p.Length > size {
				t.Fatalf("part %+v behind %d in %d bytes", p, end, size)
			}
			end, lost = max(end, p.Offset+p.Length), lost+p.Lost
		}
		if lost > missing {
			t.Fatalf("%d bytes lost, %d missing", lost, missing)
		}
	})
}
