package ranges

import "testing"

// one returns field lines.
func one(lines ...string) []string { return lines }

func TestCheck(t *testing.T) {
	const (
		date  = "Sat, 29 Oct 1994 19:43:31 GMT"
		later = "Sun, 30 Oct 1994 19:43:31 GMT"
	)
	for _, tt := range []struct {
		name  string
		x     Exchange
		codes string
	}{
		{"no ranges at all", Exchange{Status: 200}, ""},
		{"exact answer", Exchange{Range: one("bytes=0-499"), Status: 206, ContentRange: one("bytes 0-499/1234"),
			BodyLen: 500}, ""},
		{"the end is cut at the size", Exchange{Range: one("bytes=1000-9999"), Status: 206,
			ContentRange: one("bytes 1000-1233/1234"), BodyLen: 234}, ""},
		{"suffix", Exchange{Range: one("bytes=-500"), Status: 206, ContentRange: one("bytes 734-1233/1234"),
			BodyLen: 500}, ""},
		{"unknown size", Exchange{Range: one("bytes=10-"), Status: 206, ContentRange: one("bytes 10-19/*"),
			BodyLen: 10}, ""},
		{"near ranges sent as one", Exchange{Range: one("bytes=0-9,20-29"), Status: 206,
			ContentRange: one("bytes 0-29/1234"), BodyLen: 30}, ""},
		{"HEAD", Exchange{Method: "HEAD", Range: one("bytes=0-9"), Status: 200}, RangeMethod},

		{"206 without Range", Exchange{Status: 206, ContentRange: one("bytes 0-499/1234"), BodyLen: 500},
			PartialNotAsked},
		{"206 without Content-Range", Exchange{Range: one("bytes=0-499"), Status: 206, BodyLen: 500},
			PartialNoContentRange},
		{"other bytes", Exchange{Range: one("bytes=0-499"), Status: 206, ContentRange: one("bytes 5000-5499/12340"),
			BodyLen: 500}, "content-range-not-asked partial-incomplete"},
		{"one byte too many", Exchange{Range: one("bytes=0-499"), Status: 206, ContentRange: one("bytes 0-500/1234"),
			BodyLen: 501}, ContentRangeNotAsked},
		{"fewer bytes", Exchange{Range: one("bytes=0-499"), Status: 206, ContentRange: one("bytes 0-99/1234"),
			BodyLen: 100}, PartialIncomplete},
		{"one of two ranges", Exchange{Range: one("bytes=0-9,5000-5009"), Status: 206,
			ContentRange: one("bytes 0-9/9999"), BodyLen: 10}, PartialIncomplete},
		{"206 for a range past the end", Exchange{Range: one("bytes=5000-"), Status: 206,
			ContentRange: one("bytes 0-9/10"), BodyLen: 10}, ContentRangeNotAsked},
		{"body shorter than Content-Range", Exchange{Range: one("bytes=0-499"), Status: 206,
			ContentRange: one("bytes 0-499/1234"), BodyLen: 499}, ContentRangeLength},
		{"body length unknown", Exchange{Range: one("bytes=0-499"), Status: 206,
			ContentRange: one("bytes 0-499/1234"), BodyLen: -1}, ""},
		{"size changed", Exchange{Range: one("bytes=0-9"), Status: 206, ContentRange: one("bytes 0-9/1234"),
			BodyLen: 10, Size: 1235}, ContentRangeSize},
		{"206 and bytes */size", Exchange{Range: one("bytes=0-9"), Status: 206, ContentRange: one("bytes */1234"),
			BodyLen: 0}, ContentRangeUnsatisfied},
		{"two Content-Range", Exchange{Range: one("bytes=0-9"), Status: 206,
			ContentRange: one("bytes 0-9/20", "bytes 10-19/20"), BodyLen: 10}, ContentRangeRepeated},
		{"two Range", Exchange{Range: one("bytes=0-9", "bytes=5-9"), Status: 206, ContentRange: one("bytes 0-9/20"),
			BodyLen: 10}, RangeRepeated},
		{"Accept-Ranges none", Exchange{Range: one("bytes=0-9"), Status: 206, ContentRange: one("bytes 0-9/20"),
			BodyLen: 10, AcceptRanges: one("none")}, AcceptRangesNone},
		{"malformed Content-Range", Exchange{Range: one("bytes=0-9"), Status: 206, ContentRange: one("bytes 0-9"),
			BodyLen: 10}, ContentRangeNoSize},

		{"200 ignores Range", Exchange{Range: one("bytes=0-9"), Status: 200}, RangeIgnored},
		{"200 and other unit", Exchange{Range: one("lines=0-9"), Status: 200}, "range-unit range-ignored"},
		{"200 with Content-Range", Exchange{Status: 200, ContentRange: one("bytes 0-9/10")}, ContentRangeStatus},

		{"416 right", Exchange{Range: one("bytes=5000-"), Status: 416, ContentRange: one("bytes */1234")}, ""},
		{"416 without size", Exchange{Range: one("bytes=5000-"), Status: 416}, UnsatisfiedNoSize},
		{"416 without size, known size", Exchange{Range: one("bytes=0-9"), Status: 416, Size: 1234},
			"unsatisfied-no-size unsatisfied-wrong"},
		{"416 though it fits", Exchange{Range: one("bytes=0-9"), Status: 416, ContentRange: one("bytes */1234")},
			UnsatisfiedWrong},
		{"416 with positions", Exchange{Range: one("bytes=5000-"), Status: 416, ContentRange: one("bytes 0-9/1234")},
			UnsatisfiedForm},
		{"416 without Range", Exchange{Status: 416, ContentRange: one("bytes */1234")}, UnsatisfiedNotAsked},

		{"If-Range matches", Exchange{Range: one("bytes=0-9"), IfRange: one(`"a"`), Status: 206,
			ContentRange: one("bytes 0-9/20"), BodyLen: 10, ETag: one(`"a"`)}, ""},
		{"If-Range date matches", Exchange{Range: one("bytes=0-9"), IfRange: one(date), Status: 206,
			ContentRange: one("bytes 0-9/20"), BodyLen: 10, LastModified: one("Saturday, 29-Oct-94 19:43:31 GMT")}, ""},
		{"If-Range differs, 200", Exchange{Range: one("bytes=0-9"), IfRange: one(`"a"`), Status: 200,
			ETag: one(`"b"`)}, IfRangeChanged},
		{"If-Range date differs, 200", Exchange{Range: one("bytes=0-9"), IfRange: one(date), Status: 200,
			LastModified: one(later)}, IfRangeChanged},
		{"If-Range matches, 200", Exchange{Range: one("bytes=0-9"), IfRange: one(`"a"`), Status: 200,
			ETag: one(`"a"`)}, IfRangeMatchFull},
		{"If-Range, 200 without validator", Exchange{Range: one("bytes=0-9"), IfRange: one(`"a"`), Status: 200},
			RangeIgnored},
		{"If-Range differs, 206", Exchange{Range: one("bytes=0-9"), IfRange: one(`"a"`), Status: 206,
			ContentRange: one("bytes 0-9/20"), BodyLen: 10, ETag: one(`"b"`)}, IfRangeMismatch},
		{"If-Range differs, 416", Exchange{Range: one("bytes=90-"), IfRange: one(`"a"`), Status: 416,
			ContentRange: one("bytes */20"), ETag: one(`"b"`)}, IfRangeMismatch},
		{"If-Range weak, 206", Exchange{Range: one("bytes=0-9"), IfRange: one(`W/"a"`), Status: 206,
			ContentRange: one("bytes 0-9/20"), BodyLen: 10, ETag: one(`W/"a"`)}, "if-range-weak if-range-mismatch"},
		{"If-Range weak, 200", Exchange{Range: one("bytes=0-9"), IfRange: one(`W/"a"`), Status: 200,
			ETag: one(`W/"a"`)}, "if-range-weak if-range-changed"},
		{"If-Range alone", Exchange{IfRange: one(`"a"`), Status: 200, ETag: one(`"a"`)}, IfRangeAlone},
		{"If-Range malformed", Exchange{Range: one("bytes=0-9"), IfRange: one("a"), Status: 200, ETag: one(`"a"`)},
			"if-range-syntax range-ignored"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if tt.x.Size == 0 {
				tt.x.Size = -1
			}
			ps := Check(tt.x)
			knownCode(t, ps)
			if got := codesOf(ps); got != tt.codes {
				t.Errorf("problems %v, want %q", ps, tt.codes)
			}
		})
	}
}

func TestCheckMultipart(t *testing.T) {
	part := func(cr string) Part { return Part{ContentRange: cr} }
	mixed := one("multipart/byteranges; boundary=B")
	for _, tt := range []struct {
		name  string
		x     Exchange
		codes string
	}{
		{"all parts", Exchange{Range: one("bytes=0-9,5000-5009"),
			Parts: []Part{part("bytes 0-9/9999"), part("bytes 5000-5009/9999")}}, ""},
		{"other order", Exchange{Range: one("bytes=0-9,5000-5009"), Parts: []Part{part("bytes 5000-5009/9999"),
			part("bytes 0-9/9999")}}, ""},
		{"one part missing", Exchange{Range: one("bytes=0-9,5000-5009"), Parts: []Part{part("bytes 5000-5009/9999")}},
			PartialIncomplete},
		{"one part wrong", Exchange{Range: one("bytes=0-9,5000-5009"),
			Parts: []Part{part("bytes 0-9/9999"), part("bytes 7000-7009/9999")}},
			"content-range-not-asked partial-incomplete"},
		{"unplaced part", Exchange{Range: one("bytes=0-9,5000-5009"),
			Parts: []Part{part(""), part("bytes 7000-7009/9999")}}, ""},
		{"parts not split", Exchange{Range: one("bytes=0-9,5000-5009")}, ""},
		{"one range", Exchange{Range: one("bytes=0-9"), Parts: []Part{part("bytes 0-9/9999")}}, MultipartSingle},
		{"Content-Range beside", Exchange{Range: one("bytes=0-9,5000-5009"), ContentRange: one("bytes 0-9/9999")},
			ContentRangeInMultipart},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.x.Status, tt.x.ContentType, tt.x.BodyLen, tt.x.Size = 206, mixed, 1000, -1
			if got := codesOf(Check(tt.x)); got != tt.codes {
				t.Errorf("%s, want %q", got, tt.codes)
			}
		})
	}
}
