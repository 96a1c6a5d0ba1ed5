package cookies

import (
	"slices"
	"time"

	"httpscope/internal/texts"
)

// tellingValue is the length from which a value is taken as the same cookie even
// on an unrelated host. Short values such as "1" or "en" are equal by chance; two
// equal 16-octet identifiers are not.
const tellingValue = 16

// matcher finds, for each pair of a request, the cookie that it comes from.
type matcher struct {
	jar       *Jar
	to        request
	pairs     int // of the request
	predicted []*stored
	taken     []bool
	left      int              // how many are not taken
	next      int              // those before it are taken, as long as the line has not strayed
	strayed   bool             // a pair was not the one predicted next
	found     []int            // memory of withText and withName
	exact     map[string][]int // text of a predicted cookie: its places in predicted
	named     map[string][]int // the same by name

	// What was found for a pair serves the pairs like it: a line of a thousand
	// equal pairs must not search a thousand times.
	withheld memo[*Cookie]
	buried   memo[*tomb]
	scoped   memo[*Cookie]
}

const (
	fewPairs     = 16 // of a request, are cheaper to search for one by one
	fewPredicted = 16 // cookies are cheaper to look through for each pair
	manyPairs    = 24 // of a request, pay for maps of the predicted cookies, however many these are
)

// memo keeps answers by the text or the name that they are about. A nil memo keeps none.
type memo[T any] map[string]T

func (m memo[T]) ask(key string, find func() T) T {
	answer, known := m[key]
	if known {
		return answer
	}
	answer = find()
	if m != nil {
		m[key] = answer
	}
	return answer
}

// newMatcher prepares the comparison of one request.
func (j *Jar) newMatcher(now time.Time, u URL, pairs int) *matcher {
	old := &j.matcher
	*old = matcher{jar: j, to: j.requestTo(now, u), pairs: pairs, predicted: old.predicted[:0], taken: old.taken[:0],
		found: old.found}
	m := old
	m.predicted = j.fitting(m.predicted, &m.to)
	m.taken, m.left = slices.Grow(m.taken, len(m.predicted))[:len(m.predicted)], len(m.predicted)
	clear(m.taken)
	if pairs > fewPairs {
		m.withheld, m.buried, m.scoped = memo[*Cookie]{}, memo[*tomb]{}, memo[*Cookie]{}
	}
	return m
}

// index makes the maps of the predicted cookies. A few are looked through instead, and many
// for few pairs: to put a cookie into both maps costs as much as to look at it some seventy
// times, and a pair is looked for up to three times.
func (m *matcher) index() {
	if m.exact != nil || len(m.predicted) <= fewPredicted || m.pairs < manyPairs {
		return
	}
	m.exact, m.named = map[string][]int{}, map[string][]int{}
	for i, s := range m.predicted {
		m.exact[s.text] = append(m.exact[s.text], i)
		m.named[s.Name] = append(m.named[s.Name], i)
	}
}

// withText are the places of the predicted cookies with a text. The list is good until
// the next call.
func (m *matcher) withText(text string) []int {
	if m.index(); m.exact != nil {
		return m.exact[text]
	}
	m.found = m.found[:0]
	for i, s := range m.predicted {
		if s.text == text {
			m.found = append(m.found, i)
		}
	}
	return m.found
}

// withName are the places of the predicted cookies with a name, likewise.
func (m *matcher) withName(name string) []int {
	if m.index(); m.exact != nil {
		return m.named[name]
	}
	m.found = m.found[:0]
	for i, s := range m.predicted {
		if s.Name == name {
			m.found = append(m.found, i)
		}
	}
	return m.found
}

// text is the cookie as ParseCookie reads it back from a line. It differs from
// Pair for a nameless cookie with white space around an inner "=": its value
// "a= b" is read as the name a with the value b.
func (c *Cookie) text() string {
	if c.Name != "" {
		return c.Pair()
	}
	return pairText(splitPair(c.Pair()))
}

// take uses up one free predicted cookie of the list.
func (m *matcher) take(list []int) (int, bool) {
	for _, i := range list {
		if !m.taken[i] {
			m.taken[i] = true
			m.left--
			return i, true
		}
	}
	return -1, false
}

// matchExact settles a pair that is predicted as it is. A client that follows the
// rules sends all of them in order, and then no map is needed.
func (m *matcher) matchExact(v *Verdict) {
	text := v.Pair.text()
	if !m.strayed && m.next < len(m.predicted) && m.predicted[m.next].text == text {
		v.Kind, v.Expected, v.Cookie = VerdictSent, m.next, m.predicted[m.next].Cookie
		m.taken[m.next] = true
		m.next++
		m.left--
		return
	}
	m.strayed = true
	if i, ok := m.take(m.withText(text)); ok {
		v.Kind, v.Expected, v.Cookie = VerdictSent, i, m.predicted[i].Cookie
	}
}

// judge settles a pair that is not predicted: the most certain explanation first.
func (m *matcher) judge(v *Verdict) {
	text := v.Pair.text()
	if c := m.withheld.ask(text, func() *Cookie { return m.withheldAs(v.Pair.Name, text) }); c != nil {
		v.Kind, v.Rule, v.Cookie = VerdictAgainstRules, m.jar.withhold(c, &m.to), c
		v.Detail = m.to.withheldDetail(c, v.Rule)
		return
	}
	if list := m.withText(text); len(list) > 0 {
		v.Kind, v.Cookie = VerdictTwice, m.predicted[list[0]].Cookie
		v.Detail = texts.Say("cookie.sent-twice")
		return
	}
	if m.judgeGone(v, text) || m.judgeChanged(v) {
		return
	}
	v.Kind = VerdictUnknown
	v.Detail = texts.Say("cookie.unknown")
	if c := m.scoped.ask(v.Pair.Name, func() *Cookie { return m.scopedAs(v.Pair.Name) }); c != nil {
		v.Detail = twoSentences(v.Detail, texts.Say("cookie.unknown.elsewhere", scope(c)))
	}
}

// kept tells whether the rules keep a stored cookie back.
func (m *matcher) kept(s *stored) bool { return m.jar.withhold(s.Cookie, &m.to) != ReasonNone }

// withheldAs returns the stored cookie with a text that the rules keep back. Of two
// the one with the nearer scope explains more: same site first. A cookie of the site
// that has expired since is a better explanation than one of another site.
func (m *matcher) withheldAs(name, text string) *Cookie {
	is := func(s *stored) bool { return s.text == text && m.kept(s) }
	near := m.jar.names.first(name, m.to.at, is)
	if name != "" { // a nameless cookie with the value "a=b" reads the same
		if s := m.jar.names.first("", m.to.at, is); s != nil && (near == nil || bySite(s, near) < 0) {
			near = s
		}
	}
	if near != nil {
		return near.Cookie
	}
	key := keyOf(text)
	for _, t := range m.jar.gone.texts[key] {
		if t.text == text && m.jar.missed(t, &m.to) {
			return nil
		}
	}
	for _, s := range m.jar.telling[key] {
		if is(s) {
			if len(s.Value) < tellingValue {
				return nil // nameless ones apart, all values of a text are as long
			}
			return s.Cookie
		}
	}
	return nil
}

// scopedAs returns a cookie of the site, with a name, that the rules keep back.
func (m *matcher) scopedAs(name string) *Cookie {
	expired := m.jar.gone.expired[name]
	for i := len(expired) - 1; i >= 0; i-- {
		if m.jar.missed(expired[i], &m.to) {
			return expired[i].Cookie
		}
	}
	if s := m.jar.names.last(name, m.to.at, m.kept); s != nil {
		return s.Cookie
	}
	return nil
}

// judgeGone looks for the pair among earlier values, removed and refused cookies,
// newest first.
func (m *matcher) judgeGone(v *Verdict, text string) bool {
	t := m.buried.ask(text, func() *tomb { return m.buriedAs(text) })
	if t == nil {
		return false
	}
	v.Cookie = t.Cookie
	switch t.why {
	case GoneReplaced:
		m.takeSuccessor(v, t.Key())
		v.Kind = VerdictStale
		v.Detail = texts.Say("cookie.stale", clock(t.at))
	case GoneRefused:
		v.Kind, v.Rule = VerdictAgainstRules, t.reason
		v.Detail = texts.Say("cookie.kept-though-refused", string(t.reason))
	default:
		v.Kind, v.Detail = VerdictRemoved, texts.Say("cookie.gone."+string(t.why), clock(t.at))
	}
	return true
}

// buriedAs returns the newest gone cookie with a text that an equal name and value in
// this request mean.
func (m *matcher) buriedAs(text string) *tomb {
	for _, t := range slices.Backward(m.jar.gone.texts[keyOf(text)]) {
		if t.text == text && (len(t.Value) >= tellingValue || t.near(m.to.at)) {
			return t
		}
	}
	return nil
}

// takeSuccessor marks the cookie that replaced an old value as accounted for: the
// client sent the old value in its place, it did not withhold the new one.
func (m *matcher) takeSuccessor(v *Verdict, key Key) {
	for _, i := range m.withName(key.Name) {
		if !m.taken[i] && m.predicted[i].Key() == key {
			m.taken[i], v.Expected = true, i
			m.left--
			return
		}
	}
}

// judgeChanged takes a pair with a known name and a value that was never set.
func (m *matcher) judgeChanged(v *Verdict) bool {
	if v.Pair.Name == "" {
		return false
	}
	i, ok := m.take(m.withName(v.Pair.Name))
	if ok {
		v.Kind, v.Expected, v.Cookie = VerdictChanged, i, m.predicted[i].Cookie
		v.Detail = texts.Say("cookie.changed", quote(v.Cookie.Value))
	}
	return ok
}

func clock(t time.Time) texts.Phrase {
	if t.IsZero() {
		return texts.Say("cookie.earlier")
	}
	return texts.Say("cookie.clock", t.UTC().Format("15:04:05"))
}
