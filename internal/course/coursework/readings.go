package coursework

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"httpscope/httpdecode"
	"httpscope/internal/filter"
)

// says reports whether an answer says a value, in one of the ways to write it
// that the field has.
func (k *marking) says(given, right string) bool {
	bare := k.q.bare(given)
	if same(given, right, k.q.Within) || same(bare, right, k.q.Within) {
		return true
	}
	name := k.q.fieldName()
	switch {
	case k.q.truth():
		a, okA := truthOf(bare)
		b, okB := truthOf(right)
		return okA && okB && a == b
	case k.q.Field == "http.response.code":
		return statusOf(given) == right
	case strings.HasPrefix(name, "accept"):
		return saysElements(bare, right)
	case name == "content-type":
		media, _, _ := strings.Cut(right, ";")
		return same(bare, media, 0)
	}
	return sameInstant(bare, right)
}

// accepted reports whether an answer is one of the further right ones.
func (k *marking) accepted(given string) bool {
	return slices.ContainsFunc(k.q.Accept, func(w Word) bool { return same(given, string(w), k.q.Within) })
}

// fieldName is the name of the field of the head that a question asks for, in
// small letters: that of a display filter field is its last part.
func (q *Question) fieldName() string {
	if q.Header != "" {
		return strings.ToLower(q.Header)
	}
	return strings.ReplaceAll(q.Field[strings.LastIndexByte(q.Field, '.')+1:], "_", "-")
}

// bare is an answer without the name of the field before its value, and with a
// number in digits where the field has numbers.
func (q *Question) bare(given string) string {
	name := regexp.QuoteMeta(q.fieldName())
	named := regexp.MustCompile(`(?is)^\s*(?:the )?"?` + strings.ReplaceAll(name, "-", "[-_ ]?") +
		`"?(?: field| header)?\s*(?:[:：=]|\bis\b)\s*(.+)$`)
	if m := named.FindStringSubmatch(given); m != nil {
		given = m[1]
	}
	if q.numeric() {
		return numeral(given)
	}
	return given
}

// numeric reports whether the values of what is asked are numbers.
func (q *Question) numeric() bool {
	if q.Field == "" {
		return strings.EqualFold(q.Header, "Content-Length")
	}
	f, err := filter.FieldNamed(q.Field)
	return err == nil && f.Type >= filter.Unsigned8 && f.Type <= filter.FrameNumber
}

// truth reports whether a question asks for a mark that is set or not.
func (q *Question) truth() bool {
	f, err := filter.FieldNamed(q.Field)
	return q.Field != "" && err == nil && f.Type == filter.Boolean
}

// What students call a mark that is set, and one that is not.
var (
	setWords   = regexp.MustCompile(`^(?:(?:is )?set|on|已?置位|已?设置|置 ?1)$`)
	unsetWords = regexp.MustCompile(`^(?:(?:is )?not set|unset|off|cleared|(?:未|没有)(?:置位|设置)|置 ?0)$`)
)

// truthOf reads whether a mark is set.
func truthOf(s string) (set, ok bool) {
	switch p := plain(s); {
	case setWords.MatchString(p):
		return true, true
	case unsetWords.MatchString(p):
		return false, true
	}
	return yesNo(s)
}

var (
	versionName  = regexp.MustCompile(`\bhttp ?/? ?\d(?:\.\d)?\b`)
	digitRun     = regexp.MustCompile(`\d+`)
	letterRun    = regexp.MustCompile(`\p{L}+`)
	statusFiller = []string{"status", "code", "phrase", "reason", "line", "response", "the", "is", "was", "and",
		"with", "http", "a", "server", "returned", "状态码", "状态", "短语", "和"}
)

// What stands before and after a number that is no status: that of a packet, a length.
var (
	roleBefore = regexp.MustCompile(`\b(?:packets?|frames?|ports?|length(?: is)?|size(?: is)?)(?: (?:number|no\.?))?` +
		` ?[:#]? ?$`)
	roleAfter = regexp.MustCompile(`^ ?(?:packets?|bytes?|frames?|segments?|字节)`)
)

// otherRole reports that a number in a plain answer is something else than a status, or is a bound.
func otherRole(s string, from, to int) bool {
	return roleBefore.MatchString(lead(s, from)) || roleAfter.MatchString(s[to:]) || candidate{"", from, to}.rough(s)
}

// statusOf is the status that an answer names, with whatever phrase; "" when it
// names none, several, or one with the phrase of another: 200 Not Found.
func statusOf(given string) string {
	s := versionName.ReplaceAllString(plain(given), " ")
	at := digitRun.FindAllStringIndex(s, -1)
	if len(at) != 1 || denied(lead(s, at[0][0])) || otherRole(s, at[0][0], at[0][1]) {
		return ""
	}
	code := s[at[0][0]:at[0][1]]
	n, err := strconv.Atoi(code)
	if err != nil || n < 100 || n > 599 || len(code) != 3 || strings.Contains(s, "-"+code) {
		return ""
	}
	phrase := lettersOf(strings.Replace(s, strings.ToLower(httpdecode.StatusText(n)), " ", 1))
	for other := 100; other <= 599; other++ {
		if text := httpdecode.StatusText(other); other != n && text != "" && phrase != "" &&
			phrase == lettersOf(text) && phrase != lettersOf(httpdecode.StatusText(n)) {
			return ""
		}
	}
	return code
}

// lettersOf are the words of a text without signs, and without those that are no
// part of a phrase.
func lettersOf(s string) string {
	words := letterRun.FindAllString(strings.ToLower(s), -1)
	return strings.Join(slices.DeleteFunc(words, func(w string) bool { return slices.Contains(statusFiller, w) }), " ")
}

// saysElements reports whether an answer names the elements of a list such as
// en-US,en;q=0.9 in their order, without their weights: the first is enough.
func saysElements(given, right string) bool {
	a, b := elements(joiningWords.ReplaceAllString(given, ", ")), elements(right)
	if len(a) == 0 || len(a) > len(b) {
		return false
	}
	for i := range a {
		if !same(a[i], b[i], 0) {
			return false
		}
	}
	return true
}

// elements are the elements of a list without their parameters.
func elements(list string) []string {
	var all []string
	for e := range strings.SplitSeq(plain(list), ",") {
		e, _, _ = strings.Cut(e, ";")
		if e = strings.TrimSpace(e); e != "" {
			all = append(all, e)
		}
	}
	return all
}

// instants are layouts of dates of which the zone, GMT, is cut.
var instants = []string{
	"Mon, 2 Jan 2006 15:04:05", "Mon 2 Jan 2006 15:04:05", "2 Jan 2006 15:04:05", "2 January 2006 15:04:05",
	"Monday, 02-Jan-06 15:04:05", "Mon Jan 2 15:04:05 2006", "Jan 2, 2006 15:04:05",
	"2006-1-2 15:04:05", "2006-1-2t15:04:05", "2006/1/2 15:04:05", "2006年1月2日 15:04:05", "2006年1月2日15:04:05",
}

// sameInstant reports whether two dates name the same second. A zone is read as GMT,
// UTC or a distance from it, and is GMT where there is none.
func sameInstant(given, right string) bool {
	a, okA := instantOf(given)
	b, okB := instantOf(right)
	return okA && okB && a.Equal(b)
}

func instantOf(s string) (time.Time, bool) {
	s = strings.Join(strings.Fields(strings.ReplaceAll(plain(s), ",", ", ")), " ")
	for _, zone := range []string{"gmt", "utc", "+00:00", "+0000", "z"} {
		if before, is := strings.CutSuffix(s, zone); is {
			s = strings.TrimSpace(before)
			break
		}
	}
	s, east := cutOffset(s)
	for _, layout := range instants {
		if t, err := time.Parse(layout, s); err == nil {
			return t.Add(-east), true
		}
	}
	return time.Time{}, false
}

// offset is the zone of a time by its distance from GMT: +08:00.
var offset = regexp.MustCompile(`(\d:\d{2}:\d{2}) ?([+-])(\d{2}):?(\d{2})$`)

// cutOffset takes the zone off a date, and tells how far east of GMT it is.
func cutOffset(s string) (rest string, east time.Duration) {
	at := offset.FindStringSubmatchIndex(s)
	if at == nil {
		return s, 0
	}
	east = time.Duration(number(s[at[6]:at[7]]))*time.Hour + time.Duration(number(s[at[8]:at[9]]))*time.Minute
	if s[at[4]:at[5]] == "-" {
		east = -east
	}
	return s[:at[3]], east
}
