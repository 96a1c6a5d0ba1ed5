package forms

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func TestParseETags(t *testing.T) {
	strong := func(s string) ETag { return ETag{Opaque: s} }
	weak := func(s string) ETag { return ETag{Weak: true, Opaque: s} }
	for _, tt := range []struct {
		value string
		want  ETags
		codes string
	}{
		{`"xyzzy"`, ETags{Tags: []ETag{strong("xyzzy")}}, ""},
		{`"xyzzy", W/"r2d2xxxx" ,"c3piozzzz"`,
			ETags{Tags: []ETag{strong("xyzzy"), weak("r2d2xxxx"), strong("c3piozzzz")}}, ""},
		{`""`, ETags{Tags: []ETag{strong("")}}, ""},
		{`"a,b"`, ETags{Tags: []ETag{strong("a,b")}}, ""},
		{"*", ETags{Any: true}, ""},
		{"", ETags{}, ETagEmpty},
		{" , ", ETags{}, ETagEmpty},
		{`*, "a"`, ETags{Any: true, Tags: []ETag{strong("a")}}, ETagStar},
		{`abc, def`, ETags{Tags: []ETag{strong("abc"), strong("def")}}, ETagUnquoted},
		{`w/"a"`, ETags{Tags: []ETag{weak("a")}}, ETagWeakCase},
		{`W/a`, ETags{Tags: []ETag{weak("a")}}, ETagUnquoted},
		{`"a`, ETags{Tags: []ETag{strong("a")}}, ETagSyntax},
		{`"`, ETags{Tags: []ETag{strong("")}}, ETagSyntax},
		{`"a b"`, ETags{Tags: []ETag{strong("a b")}}, ETagSyntax},
		{`"a" "b"`, ETags{Tags: []ETag{strong("a"), strong("b")}}, ETagSyntax},
	} {
		got, ps := ParseETags(tt.value)
		knownCode(t, ps)
		if diff := cmp.Diff(tt.want, got); diff != "" || codesOf(ps) != tt.codes {
			t.Errorf("%q: %v %s", tt.value, ps, diff)
		}
	}
	if e, ps := ParseETags(strings.Repeat(`"a",`, 5000)); len(e.Tags) != MaxETags || codesOf(ps) != ETagLimit {
		t.Errorf("%d tags, %v", len(e.Tags), ps)
	}
}

// Tags that are written are read back, and the comparisons are those of the
// table in RFC 9110, Section 8.8.3.2.
func TestETagRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var want []ETag
		var texts []string
		for range rapid.IntRange(1, 6).Draw(t, "tags") {
			tag := ETag{rapid.Bool().Draw(t, "weak"), rapid.StringMatching(`[!#-~é,]{0,8}`).Draw(t, "tag")}
			want, texts = append(want, tag), append(texts, tag.String())
		}
		got, ps := ParseETags(strings.Join(texts, rapid.SampledFrom([]string{",", ", ", " ,\t"}).Draw(t, "comma")))
		if diff := cmp.Diff(want, got.Tags); diff != "" || ps != nil {
			t.Fatal(ps, diff)
		}
	})
	a, b := ETag{true, "1"}, ETag{false, "1"}
	if a.StrongMatch(a) || a.StrongMatch(b) || !b.StrongMatch(b) || !a.WeakMatch(a) || !a.WeakMatch(b) ||
		a.WeakMatch(ETag{true, "2"}) {
		t.Error("comparison differs from the RFC")
	}
}

func TestParseHTTPDate(t *testing.T) {
	want := time.Date(1994, 11, 6, 8, 49, 37, 0, time.UTC)
	now := time.Date(2026, 5, 1, 0, 0, 0, 0, time.UTC)
	for _, tt := range []struct {
		value string
		want  time.Time
		codes string
	}{
		{"Sun, 06 Nov 1994 08:49:37 GMT", want, ""},
		{"Sunday, 06-Nov-94 08:49:37 GMT", want, DateObsolete850},
		{"Sun Nov  6 08:49:37 1994", want, DateObsoleteC},
		{"Mon, 06 Nov 1994 08:49:37 GMT", want, DateWeekday},
		{"Sun, 6 Nov 1994 08:49:37 GMT", want, DateForm},
		{"sun, 06 nov 1994 08:49:37 GMT", want, DateForm},
		{"Sun, 06 Nov 1994 08:49:37 UTC", want, DateForm},
		{"Sun, 06 Nov 1994 08:49:37 +0000", want, DateForm},
		{"Sun, 06 Nov 1994 10:49:37 +0200", want, "date-form date-zone"},
		{"Sun, 06 Nov 1994 08:49:37 CET", want, "date-form date-zone"},
		{"Sun, 06-Nov-1994 08:49:37 GMT", want, DateForm},
		{"1994-11-06T08:49:37Z", want, DateForm},
		{"Sun, 06 Nov 1994 08:49:60 GMT", want.Add(23 * time.Second), ""},
		{"Wednesday, 06-Nov-75 08:49:37 GMT", time.Date(2075, 11, 6, 8, 49, 37, 0, time.UTC), DateObsolete850},
		{"Saturday, 06-Nov-76 08:49:37 GMT", time.Date(1976, 11, 6, 8, 49, 37, 0, time.UTC), DateObsolete850},
		{"0", time.Time{}, DateSyntax},
		{"-1", time.Time{}, DateSyntax},
		{"", time.Time{}, DateSyntax},
		{"Sun, 31 Feb 1994 08:49:37 GMT", time.Time{}, DateSyntax},
		{strings.Repeat("Sun, ", 1000), time.Time{}, DateSyntax},
	} {
		got, ps := ParseHTTPDate(tt.value, now)
		knownCode(t, ps)
		if !got.Equal(tt.want) || codesOf(ps) != tt.codes {
			t.Errorf("%q: %v %v", tt.value, got, ps)
		}
	}
	if got, _ := ParseHTTPDate("Sunday, 06-Nov-94 08:49:37 GMT", time.Time{}); !got.Equal(want) {
		t.Error(got)
	}
	if got, _ := ParseHTTPDate("Sunday, 06-Nov-05 08:49:37 GMT", want); got.Year() != 2005 {
		t.Error(got)
	}
}

func TestHTTPDateRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := time.Unix(rapid.Int64Range(-2e9, 4e9).Draw(t, "seconds"), 0).UTC()
		form := rapid.SampledFrom([]string{imfFixdate, rfc850, asctime}).Draw(t, "form")
		now := want.Add(time.Duration(rapid.Int64Range(-40, 40).Draw(t, "years")) * 365 * 24 * time.Hour)
		got, ps := ParseHTTPDate(want.Format(form), now)
		if !got.Equal(want) || form == imfFixdate && ps != nil {
			t.Fatalf("%q at %v: %v %v", want.Format(form), now, got, ps)
		}
	})
}

const (
	date1 = "Sat, 29 Oct 1994 19:43:31 GMT"
	date2 = "Sun, 30 Oct 1994 19:43:31 GMT"
)

func TestConditional(t *testing.T) {
	one := func(lines ...string) []string { return lines }
	for _, tt := range []struct {
		name    string
		p       Preconditions
		outcome Outcome
		codes   string
	}{
		{"no condition", Preconditions{Method: "GET", Status: 200}, Perform, ""},
		{"tag matches, 304", Preconditions{Method: "GET", IfNoneMatch: one(`"a"`), ETag: `"a"`, ResponseETag: `"a"`,
			Status: 304}, NotModify, ""},
		{"weak comparison, 304", Preconditions{Method: "GET", IfNoneMatch: one(`W/"a"`), ETag: `"a"`,
			ResponseETag: `"a"`, Status: 304}, NotModify, ""},
		{"second line matches", Preconditions{Method: "GET", IfNoneMatch: one(`"b"`, `"a"`), ETag: `"a"`,
			ResponseETag: `"a"`, Status: 304}, NotModify, ""},
		{"tag differs, 200", Preconditions{Method: "GET", IfNoneMatch: one(`"a"`), ETag: `"b"`, Status: 200}, Perform,
			""},
		{"tag matches, 200", Preconditions{Method: "GET", IfNoneMatch: one(`"a"`), ETag: `"a"`, Status: 200},
			NotModify, CondIgnored},
		{"tag differs, 304", Preconditions{Method: "GET", IfNoneMatch: one(`"a"`), ETag: `"b"`, ResponseETag: `"b"`,
			Status: 304}, Perform, CondStale},
		{"304 without ETag", Preconditions{Method: "GET", IfNoneMatch: one(`"a"`), Status: 304}, Undecided,
			CondNoValidator},
		{"date equal, 304", Preconditions{Method: "GET", IfModifiedSince: one(date1), LastModified: date1,
			Status: 304}, NotModify, ""},
		{"date later, 200", Preconditions{Method: "GET", IfModifiedSince: one(date1), LastModified: date2,
			Status: 200}, Perform, ""},
		{"date earlier, 200", Preconditions{Method: "GET", IfModifiedSince: one(date2), LastModified: date1,
			Status: 200}, NotModify, CondIgnored},
		{"tag beats date", Preconditions{Method: "GET", IfNoneMatch: one(`"a"`), IfModifiedSince: one(date1),
			ETag: `"b"`, LastModified: date1, Status: 200}, Perform, CondPrecedence},
		{"date unusable", Preconditions{Method: "GET", IfModifiedSince: one("yesterday"), LastModified: date1,
			Status: 200}, Perform, "date-syntax conditional-bad-date"},
		{"date twice", Preconditions{Method: "GET", IfModifiedSince: one(date1, date2), LastModified: date1,
			Status: 304}, NotModify, CondRepeated},
		{"date and POST", Preconditions{Method: "POST", IfModifiedSince: one(date1), LastModified: date1,
			Status: 200}, Perform, ""},
		{"no validator seen", Preconditions{Method: "GET", IfModifiedSince: one(date1), Status: 304}, Undecided, ""},
		{"304 not asked", Preconditions{Method: "GET", Status: 304}, Perform, CondNotAsked},
		{"304 to POST", Preconditions{Method: "POST", IfNoneMatch: one("*"), ETag: `"a"`, ResponseETag: `"a"`,
			Status: 304}, FailedCond, CondMethod},
		{"412 for GET and If-None-Match", Preconditions{Method: "GET", IfNoneMatch: one(`"a"`), ETag: `"a"`,
			Status: 412}, NotModify, CondWrongStatus},
		{"create only, exists, 412", Preconditions{Method: "PUT", IfNoneMatch: one("*"), Exists: Exists, Status: 412},
			FailedCond, ""},
		{"create only, missing, 201", Preconditions{Method: "PUT", IfNoneMatch: one("*"), Exists: Missing,
			Status: 201}, Perform, ""},
		{"create only, exists, 201", Preconditions{Method: "PUT", IfNoneMatch: one("*"), Exists: Exists, Status: 201},
			FailedCond, CondIgnored},
		{"update, tag matches, 204", Preconditions{Method: "PUT", IfMatch: one(`"a"`), ETag: `"a"`, Status: 204},
			Perform, ""},
		{"update, tag differs, 412", Preconditions{Method: "PUT", IfMatch: one(`"a"`), ETag: `"b"`, Status: 412},
			FailedCond, ""},
		{"lost update", Preconditions{Method: "PUT", IfMatch: one(`"a"`), ETag: `"b"`, Status: 204}, FailedCond,
			CondIgnored},
		{"412 though the tag matches", Preconditions{Method: "PUT", IfMatch: one(`"a"`), ETag: `"a"`, Status: 412},
			Perform, CondFailed},
		{"weak tag in If-Match", Preconditions{Method: "PUT", IfMatch: one(`W/"a"`), ETag: `W/"a"`, Status: 412},
			FailedCond, CondWeakMatch},
		{"If-Match * on nothing", Preconditions{Method: "PUT", IfMatch: one("*"), Exists: Missing, Status: 412},
			FailedCond, ""},
		{"If-Match beats its date", Preconditions{Method: "PUT", IfMatch: one(`"a"`), IfUnmodifiedSince: one(date1),
			ETag: `"a"`, LastModified: date2, Status: 204}, Perform, CondPrecedence},
		{"unmodified, 204", Preconditions{Method: "PUT", IfUnmodifiedSince: one(date2), LastModified: date1,
			Status: 204}, Perform, ""},
		{"modified, 412", Preconditions{Method: "PUT", IfUnmodifiedSince: one(date1), LastModified: date2,
			Status: 412}, FailedCond, ""},
		{"412 not asked", Preconditions{Method: "PUT", Status: 412}, Perform, CondNotAsked},
		{"304 where If-Match fails", Preconditions{Method: "GET", IfMatch: one(`"a"`), IfNoneMatch: one(`"b"`),
			ETag: `"b"`, ResponseETag: `"b"`, Status: 304}, FailedCond, CondWrongStatus},
		{"404 says nothing", Preconditions{Method: "GET", IfNoneMatch: one(`"a"`), ETag: `"a"`, Status: 404},
			NotModify, ""},
		{"OPTIONS is exempt", Preconditions{Method: "OPTIONS", IfNoneMatch: one(`"a"`), ETag: `"a"`, Status: 200},
			Perform, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			v := Conditional(tt.p)
			knownCode(t, v.Problems)
			if v.Outcome != tt.outcome || codesOf(v.Problems) != tt.codes {
				t.Errorf("%v by %q, problems %v, want %v %q", v.Outcome, v.Field, v.Problems, tt.outcome, tt.codes)
			}
		})
	}
}
