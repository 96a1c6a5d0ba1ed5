package forms

import (
	"strings"
	"time"

	"httpscope/internal/grammar"
	"httpscope/internal/problem"
	"httpscope/internal/texts"
)

// The three forms of an HTTP date (RFC 9110, Section 5.6.7).
const (
	imfFixdate = "Mon, 02 Jan 2006 15:04:05 GMT"
	rfc850     = "Monday, 02-Jan-06 15:04:05 GMT"
	asctime    = "Mon Jan _2 15:04:05 2006"
)

// looseForms are readable and wrong; they occur. The numeric zone is tried
// first, because the library takes some numbers for the name of a zone.
var looseForms = []string{
	"Mon, _2 Jan 2006 15:04:05 -0700",
	"Mon, _2 Jan 2006 15:04:05 MST",
	"Mon, _2-Jan-2006 15:04:05 MST",
	"Monday, _2-Jan-06 15:04:05 MST",
	"_2 Jan 2006 15:04:05 MST",
	"Mon Jan _2 15:04:05 MST 2006",
	time.RFC3339,
}

// maxDate bounds a date: the longest regular one has 33 bytes.
const maxDate = 64

// ParseHTTPDate reads an HTTP date. It returns the zero time when the value is
// none. The time now decides the century of the obsolete form with a two-digit
// year: more than 50 years ahead means the past (RFC 9110, Section 5.6.7).
// When now is the zero time, 69 to 99 mean 1969 to 1999.
func ParseHTTPDate(value string, now time.Time) (time.Time, []Problem) {
	var ps problem.List
	value = grammar.Trim(value)
	if len(value) > maxDate {
		ps.Add(DateSyntax, "found.value", problem.Quote(value))
		return time.Time{}, ps
	}
	t, ok := strictDate(value, now, &ps)
	if !ok {
		t, ok = looseDate(value, now, &ps)
	}
	if !ok {
		ps.Add(DateSyntax, "found.value", problem.Quote(value))
		return time.Time{}, ps
	}
	if !strings.HasPrefix(strings.ToLower(value), strings.ToLower(t.weekday)) {
		ps.Add(DateWeekday, "found.date-weekday", problem.Quote(value),
			texts.Say("weekday."+strings.ToLower(t.UTC().Weekday().String())))
	}
	return t.UTC(), ps
}

// date is a time and the day of the week that it should begin with.
type date struct {
	time.Time
	weekday string // first three letters; "" when the form has none
}

// strictDate accepts the three forms to the letter. The Go library reads upper
// and lower case alike and fractions of seconds, so the result is written
// again and compared, without the weekday, which is judged apart.
func strictDate(value string, now time.Time, ps *problem.List) (date, bool) {
	text, leap := unleap(value)
	for _, form := range []string{imfFixdate, rfc850, asctime} {
		t, err := time.Parse(form, text)
		if err != nil || afterWeekday(t.Format(form)) != afterWeekday(text) {
			continue
		}
		switch form {
		case rfc850:
			ps.Add(DateObsolete850, "found.value", problem.Quote(value))
			t = century(t, now)
		case asctime:
			ps.Add(DateObsoleteC, "found.value", problem.Quote(value))
		}
		return date{t.Add(leap), t.Weekday().String()[:3]}, true
	}
	return date{}, false
}

// unleap turns second 60, which the grammar allows and the Go library does
// not, into second 59 and one second more.
func unleap(value string) (string, time.Duration) {
	if i := strings.Index(value, ":60 "); i > 0 {
		return value[:i] + ":59 " + value[i+4:], time.Second
	}
	return value, 0
}

// afterWeekday cuts the first word off.
func afterWeekday(s string) string {
	_, rest, _ := strings.Cut(s, " ")
	return rest
}

// century moves a date with a two-digit year to the century that the RFC
// demands. The Go library takes 69 to 99 for 1969 to 1999.
func century(t, now time.Time) time.Time {
	if now.IsZero() {
		return t
	}
	t = t.AddDate(now.Year()/100*100-t.Year()/100*100, 0, 0)
	switch {
	case t.After(now.AddDate(50, 0, 0)):
		return t.AddDate(-100, 0, 0)
	case t.Before(now.AddDate(-50, 0, 0)):
		return t.AddDate(100, 0, 0) // 05 written in 1999
	}
	return t
}

// looseDate guesses a date in an irregular form.
func looseDate(value string, now time.Time, ps *problem.List) (date, bool) {
	for _, form := range looseForms {
		// In UTC, because the library would otherwise give an abbreviation
		// the meaning that it has on the machine it runs on.
		t, err := time.ParseInLocation(form, value, time.UTC)
		if err != nil {
			continue
		}
		if strings.HasPrefix(form, "Monday") {
			t = century(t, now)
		}
		ps.Add(DateForm, "found.value", problem.Quote(value))
		if zone, offset := t.Zone(); offset != 0 || zone != "GMT" && zone != "UTC" {
			ps.Add(DateZone, "found.value", problem.Quote(value))
		}
		weekday := ""
		if strings.HasPrefix(form, "Mon") {
			weekday = t.Weekday().String()[:3]
		}
		return date{t, weekday}, true
	}
	return date{}, false
}
