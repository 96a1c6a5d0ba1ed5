package cookies

import (
	"strings"
	"time"
)

// imfFixdate is the only date form that a server may send (section 4.1.1, with
// RFC 9110, Section 5.6.7).
const imfFixdate = "Mon, 02 Jan 2006 15:04:05 GMT"

const monthNames = "janfebmaraprmayjunjulaugsepoctnovdec"

// ParseDate reads a cookie date by the algorithm of section 5.1.1. The algorithm
// accepts nearly any order and punctuation, because servers have sent nearly any;
// it ignores the weekday and the zone, and every date is UTC.
func ParseDate(s string) (time.Time, bool) {
	return scanDate(s).time()
}

// dateFields is the state of the algorithm: the found flags and the values.
type dateFields struct {
	foundTime, foundDay, foundMonth, foundYear bool

	hour, minute, second, day, month, year int

	yearDigits int    // as sent, to report two-digit years
	weekday    string // first token that names a day; the algorithm ignores it
}

// scanDate is steps 1 and 2: split into date-tokens, and let each token fill the
// first value that it fits and that is not found yet.
func scanDate(s string) dateFields {
	var d dateFields
	for _, token := range strings.FieldsFunc(s, isDateDelimiter) {
		if !d.takeTime(token) && !d.takeDay(token) && !d.takeMonth(token) && !d.takeYear(token) {
			d.takeWeekday(token)
		}
	}
	return d
}

// isDateDelimiter is the delimiter production. Octets above 0x7E are not
// delimiters; FieldsFunc hands them over as runes above 0x7E, which is the same.
func isDateDelimiter(r rune) bool {
	return r == 0x09 || 0x20 <= r && r <= 0x2F || 0x3B <= r && r <= 0x40 ||
		0x5B <= r && r <= 0x60 || 0x7B <= r && r <= 0x7E
}

// digits returns the value and the length of the digits that s begins with. Only
// runs of at most four digits are ever used, so longer ones may saturate.
func digits(s string) (value, length int) {
	for length < len(s) && '0' <= s[length] && s[length] <= '9' {
		if value < 100000 {
			value = value*10 + int(s[length]-'0')
		}
		length++
	}
	return value, length
}

// takeTime is the time production: three fields of one or two digits.
func (d *dateFields) takeTime(token string) bool {
	if d.foundTime {
		return false
	}
	var hms [3]int
	for i := range hms {
		value, n := digits(token)
		if n < 1 || n > 2 {
			return false
		}
		hms[i], token = value, token[n:]
		if i == 2 {
			break
		}
		if !strings.HasPrefix(token, ":") {
			return false
		}
		token = token[1:]
	}
	d.foundTime = true
	d.hour, d.minute, d.second = hms[0], hms[1], hms[2]
	return true
}

// takeDay is the day-of-month production: one or two digits, no third.
func (d *dateFields) takeDay(token string) bool {
	value, n := digits(token)
	if d.foundDay || n < 1 || n > 2 {
		return false
	}
	d.foundDay, d.day = true, value
	return true
}

// takeMonth is the month production: three letters, anything may follow.
func (d *dateFields) takeMonth(token string) bool {
	if d.foundMonth || len(token) < 3 {
		return false
	}
	i := strings.Index(monthNames, lowerASCII(token[:3]))
	if i < 0 || i%3 != 0 {
		return false
	}
	d.foundMonth, d.month = true, i/3+1
	return true
}

// takeYear is the year production: two to four digits, no fifth.
func (d *dateFields) takeYear(token string) bool {
	value, n := digits(token)
	if d.foundYear || n < 2 || n > 4 {
		return false
	}
	d.foundYear, d.year, d.yearDigits = true, value, n
	return true
}

// takeWeekday remembers a token such as "Fri" or "Friday" for the report.
func (d *dateFields) takeWeekday(token string) {
	if d.weekday != "" || len(token) < 3 {
		return
	}
	for day := time.Sunday; day <= time.Saturday; day++ {
		if strings.HasPrefix(lowerASCII(day.String()), lowerASCII(token)) {
			d.weekday = token
		}
	}
}

// time is steps 3 to 7: complete a short year, check the ranges, and check that
// the day exists.
func (d dateFields) time() (time.Time, bool) {
	year := d.year
	switch {
	case 70 <= year && year <= 99:
		year += 1900
	case 0 <= year && year <= 69:
		year += 2000
	}
	if !d.foundTime || !d.foundDay || !d.foundMonth || !d.foundYear || year < 1601 ||
		d.hour > 23 || d.minute > 59 || d.second > 59 {
		return time.Time{}, false
	}
	t := time.Date(year, time.Month(d.month), d.day, d.hour, d.minute, d.second, 0, time.UTC)
	// time.Date turns 30 February into 1 or 2 March; no such date exists.
	if t.Day() != d.day {
		return time.Time{}, false
	}
	return t, true
}

// lowerASCII lowers A to Z only. strings.ToLower would also change letters
// outside ASCII, which are opaque octets in these fields.
func lowerASCII(s string) string {
	for i := 0; i < len(s); i++ {
		if 'A' <= s[i] && s[i] <= 'Z' {
			return lowerBytes(s)
		}
	}
	return s
}

func lowerBytes(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + ('a' - 'A')
		}
	}
	return string(b)
}
