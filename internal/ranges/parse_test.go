package ranges

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestParseRange(t *testing.T) {
	for _, tt := range []struct {
		value string
		specs []Spec
		valid bool
		codes string
	}{
		{"bytes=0-499", []Spec{{0, 499}}, true, ""},
		{"bytes=9500-", []Spec{{9500, Open}}, true, ""},
		{"bytes=-500", []Spec{{Suffix, 500}}, true, ""},
		{"BYTES=0-0 , -1", []Spec{{0, 0}, {Suffix, 1}}, true, ""},
		{"bytes=200-1000, 2000-6576, 19000-", []Spec{{200, 1000}, {2000, 6576}, {19000, Open}}, true, ""},
		{"  bytes=0-1\t", []Spec{{0, 1}}, true, ""},
		{"", nil, false, RangeEmpty},
		{"bytes=", nil, false, RangeEmpty},
		{"bytes=,,", nil, false, RangeEmptyElement + " " + RangeEmpty},
		{"bytes=0-1,,2-3", []Spec{{0, 1}, {2, 3}}, true, RangeEmptyElement},
		{"bytes", nil, false, RangeSyntax},
		{"0-499", nil, false, RangeSyntax},
		{"bytes 0-499/1234", nil, false, RangeSyntax},
		{"bytes=-", nil, false, RangeSyntax},
		{"bytes=5", nil, false, RangeSyntax},
		{"bytes=a-b", nil, false, RangeSyntax},
		{"bytes=0--1", nil, false, RangeSyntax},
		{"bytes=+0-1", nil, false, RangeSyntax},
		{"bytes=0x0-0x9", nil, false, RangeSyntax},
		{"bytes=0-1,x", []Spec{{0, 1}}, false, RangeSyntax},
		{"seconds=0-1", nil, false, RangeUnit},
		{"by tes=0-1", []Spec{{0, 1}}, false, RangeSyntax},
		{"bytes=499-0", []Spec{{499, 0}}, false, RangeReversed},
		{"bytes = 0-1", []Spec{{0, 1}}, true, RangeWhitespace},
		{"bytes=0 - 1", []Spec{{0, 1}}, true, RangeWhitespace},
		{"bytes=-0", []Spec{{Suffix, 0}}, true, RangeSuffixZero},
		{"bytes=0-99999999999999999999", []Spec{{0, math.MaxInt64}}, true, RangeOverflow},
		{"bytes=9223372036854775808-", []Spec{{math.MaxInt64, Open}}, true, RangeOverflow},
		{"bytes=0-9223372036854775807", []Spec{{0, math.MaxInt64}}, true, ""},
		{"bytes=0-10,5-20", []Spec{{0, 10}, {5, 20}}, true, RangeOverlap},
		{"bytes=0-,0-", []Spec{{0, Open}, {0, Open}}, true, RangeOverlap},
		{"bytes=50-60,0-10", []Spec{{50, 60}, {0, 10}}, true, RangeOrder},
		{"bytes=0-10,-5", []Spec{{0, 10}, {Suffix, 5}}, true, ""},
	} {
		t.Run(tt.value, func(t *testing.T) {
			r, ps := ParseRange(tt.value)
			knownCode(t, ps)
			if diff := cmp.Diff(tt.specs, r.Specs); diff != "" {
				t.Error(diff)
			}
			if r.Valid != tt.valid || codesOf(ps) != tt.codes {
				t.Errorf("valid %v, problems %v; want %v, %q", r.Valid, ps, tt.valid, tt.codes)
			}
		})
	}
}

// The Apache Killer of 2011 asked for a thousand overlapping ranges.
func TestParseRangeManyIsBounded(t *testing.T) {
	var b strings.Builder
	b.WriteString("bytes=0-")
	for i := range 200000 {
		fmt.Fprintf(&b, ",5-%d", i)
	}
	r, ps := ParseRange(b.String())
	if len(r.Specs) != MaxSpecs {
		t.Errorf("%d specs kept", len(r.Specs))
	}
	if got := codesOf(ps); got != "range-reversed range-limit range-many range-overlap" {
		t.Errorf("problems %s", got)
	}
	if _, ps := ParseRange("bytes=" + strings.Repeat(",", 1<<20)); len(ps) != 2 {
		t.Errorf("commas: %v", ps)
	}
}

func TestParseContentRange(t *testing.T) {
	for _, tt := range []struct {
		value string
		want  ContentRange
		codes string
	}{
		{"bytes 0-499/1234", ContentRange{"bytes", 0, 499, 1234, false, true}, ""},
		{"bytes 734-1233/1234", ContentRange{"bytes", 734, 1233, 1234, false, true}, ""},
		{"bytes 0-499/*", ContentRange{"bytes", 0, 499, -1, false, true}, ""},
		{"bytes */1234", ContentRange{"bytes", -1, -1, 1234, true, true}, ""},
		{"bytes */0", ContentRange{"bytes", -1, -1, 0, true, true}, ""},
		{"", ContentRange{"", -1, -1, -1, false, false}, ContentRangeEmpty},
		{"bytes 0-1234/1234", ContentRange{"bytes", 0, 1234, 1234, false, false}, ContentRangePastEnd},
		{"bytes 499-0/1234", ContentRange{"bytes", 499, 0, 1234, false, false}, ContentRangeReversed},
		{"0-499/1234", ContentRange{"", 0, 499, 1234, false, false}, ContentRangeNoUnit},
		{"*/1234", ContentRange{"", -1, -1, 1234, true, false}, ContentRangeNoUnit},
		{"bytes=0-499/1234", ContentRange{"bytes", 0, 499, 1234, false, false}, ContentRangeNoUnit},
		{"seconds 1-2/3", ContentRange{"seconds", -1, -1, -1, false, false}, ContentRangeUnit},
		{"bytes 0-499", ContentRange{"bytes", 0, 499, -1, false, false}, ContentRangeNoSize},
		{"bytes 0/1234", ContentRange{"bytes", -1, -1, 1234, false, false}, ContentRangeSyntax},
		{"bytes -500/1234", ContentRange{"bytes", -1, 500, 1234, false, false}, ContentRangeSyntax},
		{"bytes 5-/1234", ContentRange{"bytes", 5, -1, 1234, false, false}, ContentRangeSyntax},
		{"bytes */*", ContentRange{"bytes", -1, -1, -1, true, false}, ContentRangeSyntax},
		{"bytes", ContentRange{"", -1, -1, -1, false, false}, ContentRangeSyntax},
		{"@", ContentRange{"", -1, -1, -1, false, false}, "content-range-syntax content-range-no-size"},
		{"bytes  0-1/2", ContentRange{"bytes", 0, 1, 2, false, true}, ContentRangeWhitespace},
		{"bytes 0 - 1 / 2", ContentRange{"bytes", 0, 1, 2, false, true}, ContentRangeWhitespace},
		{"bytes 0-1/99999999999999999999", ContentRange{"bytes", 0, 1, -1, false, false}, ContentRangeOverflow},
		{"bytes 0-9223372036854775807/*", ContentRange{"bytes", 0, -1, -1, false, false}, ContentRangeOverflow},
	} {
		t.Run(tt.value, func(t *testing.T) {
			got, ps := ParseContentRange(tt.value)
			knownCode(t, ps)
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			if codesOf(ps) != tt.codes {
				t.Errorf("problems %v, want %q", ps, tt.codes)
			}
		})
	}
}

func TestExpect(t *testing.T) {
	for _, tt := range []struct {
		value  string
		size   int64
		status int
		cr     string
		lens   []int64
	}{
		{"bytes=0-499", 1234, 206, "bytes 0-499/1234", []int64{500}},
		{"bytes=200-1000,2000-6576,19000-", 47022, 206, "", []int64{801, 4577, 28022}},
		{"bytes=1900-2900", 4702, 206, "bytes 1900-2900/4702", []int64{1001}},
		{"bytes=-500", 300, 206, "bytes 0-299/300", []int64{300}},
		{"bytes=1000-9999", 1234, 206, "bytes 1000-1233/1234", []int64{234}},
		{"bytes=1234-", 1234, 416, "bytes */1234", nil},
		{"bytes=5000-,0-0", 1234, 206, "bytes 0-0/1234", []int64{1}},
		{"bytes=-0", 1234, 416, "bytes */1234", nil},
		{"bytes=0-", 0, 416, "bytes */0", nil},
		{"bytes=-5", 0, 200, "", nil},
		{"bytes=9-0", 1234, 200, "", nil},
		{"lines=0-9", 1234, 200, "", nil},
	} {
		t.Run(fmt.Sprintf("%s of %d", tt.value, tt.size), func(t *testing.T) {
			r, _ := ParseRange(tt.value)
			e := Expect(r, tt.size)
			var lens []int64
			for _, p := range e.Parts {
				lens = append(lens, p.Len())
			}
			if e.Status != tt.status || e.ContentRange != tt.cr || !cmp.Equal(lens, tt.lens) {
				t.Errorf("got %+v", e)
			}
		})
	}
}

// The layout of BodyLen is the one the splitter reads back.
func TestBodyLen(t *testing.T) {
	r, _ := ParseRange("bytes=0-3,6-6")
	e := Expect(r, 10)
	body := "--B\r\nContent-Type: text/plain\r\nContent-Range: bytes 0-3/10\r\n\r\nabcd" +
		"\r\n--B\r\nContent-Type: text/plain\r\nContent-Range: bytes 6-6/10\r\n\r\ng\r\n--B--\r\n"
	if got := e.BodyLen("B", "text/plain"); got != int64(len(body)) {
		t.Errorf("BodyLen %d, body %d", got, len(body))
	}
	m := NewMultipart("B")
	parts := append(m.Feed([]byte(body)), m.Close()...)
	if len(parts) != 2 || parts[0].Length != 4 || parts[1].Length != 1 || m.Problems() != nil {
		t.Errorf("parts %+v, problems %v", parts, m.Problems())
	}
}

func FuzzRange(f *testing.F) {
	for _, s := range []string{
		"bytes=0-499", "bytes=-500", "bytes=200-1000,2000-6576,19000-", "bytes=0-0,-1",
		"bytes=5-,0-9223372036854775807", "bytes=0-18446744073709551615", "items=0-5", "bytes=,, 1 - 2",
	} {
		f.Add(s, int64(47022))
	}
	f.Fuzz(func(t *testing.T, value string, size int64) {
		r, ps := ParseRange(value)
		knownCode(t, ps)
		if len(r.Specs) > MaxSpecs || r.Valid && len(r.Specs) == 0 {
			t.Fatalf("%+v", r)
		}
		spans := Resolve(r, size)
		for _, s := range spans {
			if s.First < 0 || s.Last < s.First || s.Last >= size {
				t.Fatalf("%q on %d gives %v", value, size, s)
			}
		}
		e := Expect(r, size)
		if e.Status == 206 != (len(spans) > 0) || e.Bytes < 0 {
			t.Fatalf("%q on %d: %+v with %v", value, size, e, spans)
		}
		if cr, ps := ParseContentRange(e.ContentRange); e.ContentRange != "" && (!cr.Valid || ps != nil) &&
			size < math.MaxInt64 {
			t.Fatalf("own %q is refused: %v", e.ContentRange, ps)
		}
		x := Exchange{Method: "GET", Range: []string{value}, Status: e.Status, BodyLen: e.Bytes, Size: -1}
		if e.Status == 206 && !e.Multipart() && size < math.MaxInt64 {
			x.ContentRange = []string{e.ContentRange}
			for _, p := range Check(x) {
				if p.Code == ContentRangeNotAsked || p.Code == ContentRangeLength || p.Code == PartialIncomplete {
					t.Fatalf("%q: expected answer %q is judged %v", value, e.ContentRange, p)
				}
			}
		}
	})
}

func FuzzContentRange(f *testing.F) {
	for _, s := range []string{
		"bytes 0-499/1234", "bytes */1234", "bytes 0-499/*", "bytes=0-1/2", "0-1/2",
		"bytes 9-1/20", "bytes 0-20/20", "bytes 0 - 1 / 2", "bytes 0-99999999999999999999/1",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, value string) {
		c, ps := ParseContentRange(value)
		knownCode(t, ps)
		if !c.Valid {
			if len(ps) == 0 {
				t.Fatalf("%q is invalid without a problem", value)
			}
			return
		}
		again, ps2 := ParseContentRange(c.String())
		c.Unit = "bytes"
		if ps2 != nil || again != c {
			t.Fatalf("%q reads as %+v, written %q reads as %+v %v", value, c, c, again, ps2)
		}
	})
}
