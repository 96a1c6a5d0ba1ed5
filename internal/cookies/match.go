package cookies

import (
	"fmt"
	"time"
)

// tellingValue is the length from which a value is taken as the same cookie even
// on an unrelated host. Short values such as "1" or "en" are equal by chance; two
// equal 16-octet identifiers are not.
const tellingValue = 16

// matcher finds, for each pair of a request, the cookie that it comes from. The
// maps go from a pair's text, or its name, to positions in the lists.
type matcher struct {
	host      string
	predicted []Predicted
	taken     []bool
	exact     map[string][]int // text of a predicted cookie
	named     map[string][]int // name of a predicted cookie
	withheld  map[string]Withheld
	scoped    map[string]Cookie // name of a withheld cookie
	gone      map[string][]Gone
}

// newMatcher prepares the comparison of one request. Withheld cookies are indexed
// only if their name was sent: near is slow, and a jar may hold thousands.
func (j *Jar) newMatcher(now time.Time, u URL, sent []Pair) *matcher {
	p := j.Predict(now, u)
	m := &matcher{predicted: p.Sent, taken: make([]bool, len(p.Sent)),
		exact: map[string][]int{}, named: map[string][]int{},
		withheld: map[string]Withheld{}, scoped: map[string]Cookie{}, gone: map[string][]Gone{}}
	m.host, _ = CanonicalHost(u.Host)
	for i, s := range p.Sent {
		text := s.Cookie.text()
		m.exact[text] = append(m.exact[text], i)
		m.named[s.Cookie.Name] = append(m.named[s.Cookie.Name], i)
	}
	names := map[string]bool{"": true}
	for _, pair := range sent {
		names[pair.Name] = true
	}
	for _, w := range p.Withheld {
		if names[w.Cookie.Name] {
			m.addWithheld(w)
		}
	}
	for _, g := range j.gone {
		text := g.Cookie.text()
		m.gone[text] = append(m.gone[text], g)
	}
	return m
}

// addWithheld indexes a withheld cookie. Of two with the same text the one with
// the nearer scope explains more: same site first.
func (m *matcher) addWithheld(w Withheld) {
	text := w.Cookie.text()
	if before, found := m.withheld[text]; !found || !m.near(before.Cookie) && m.near(w.Cookie) {
		m.withheld[text] = w
	}
	if m.near(w.Cookie) {
		m.scoped[w.Cookie.Name] = w.Cookie
	}
}

// text is the cookie as ParseCookie reads it back from a line. It differs from
// Pair for a nameless cookie with white space around an inner "=": its value
// "a= b" is read as the name a with the value b.
func (c Cookie) text() string {
	return pairText(splitPair(c.Pair()))
}

// near tells whether c belongs to the site that the request goes to.
func (m *matcher) near(c Cookie) bool {
	setBy, _ := CanonicalHost(c.SetBy.Host)
	return related(m.host, c.Domain) || related(m.host, setBy)
}

// same tells whether an equal name and value in this request mean the cookie c.
func (m *matcher) same(c Cookie) bool {
	return len(c.Value) >= tellingValue || m.near(c)
}

// take uses up one free predicted cookie of the list.
func (m *matcher) take(list []int) (int, bool) {
	for _, i := range list {
		if !m.taken[i] {
			m.taken[i] = true
			return i, true
		}
	}
	return -1, false
}

// matchExact settles a pair that is predicted as it is.
func (m *matcher) matchExact(v *Verdict) {
	if i, ok := m.take(m.exact[v.Pair.text()]); ok {
		v.Kind, v.Expected, v.Cookie = VerdictSent, i, &m.predicted[i].Cookie
	}
}

// judge settles a pair that is not predicted: the most certain explanation first.
func (m *matcher) judge(v *Verdict) {
	text := v.Pair.text()
	if w, found := m.withheld[text]; found && w.Reason != ReasonExpired && m.same(w.Cookie) {
		v.Kind, v.Rule, v.Cookie, v.Detail = VerdictAgainstRules, w.Reason, &w.Cookie, w.Detail
		return
	}
	if len(m.exact[text]) > 0 {
		v.Kind, v.Cookie = VerdictTwice, &m.predicted[m.exact[text][0]].Cookie
		v.Detail = "The jar holds this cookie once."
		return
	}
	if m.judgeGone(v, text) || m.judgeChanged(v) {
		return
	}
	v.Kind = VerdictUnknown
	v.Detail = "No response in this capture set it: the capture may have begun later, or a script set it."
	if c, found := m.scoped[v.Pair.Name]; found {
		v.Detail += fmt.Sprintf(" A cookie of this name, with another value, is stored for %s.", scope(c))
	}
}

// judgeGone looks for the pair among earlier values, removed and refused cookies,
// newest first.
func (m *matcher) judgeGone(v *Verdict, text string) bool {
	list := m.gone[text]
	for n := len(list) - 1; n >= 0; n-- {
		g := list[n]
		if !m.same(g.Cookie) {
			continue
		}
		v.Cookie = &g.Cookie
		switch g.Why {
		case GoneReplaced:
			m.takeSuccessor(v, g.Cookie.Key())
			v.Kind = VerdictStale
			v.Detail = "The server replaced this value at " + clock(g.At) + ". A request already on its way may carry it."
		case GoneRefused:
			v.Kind, v.Rule = VerdictAgainstRules, g.Reason
			v.Detail = fmt.Sprintf("The rules refuse this cookie (%s), but the client kept it.", g.Reason)
		default:
			v.Kind, v.Detail = VerdictRemoved, fmt.Sprintf("The cookie was %s at %s.", g.Why, clock(g.At))
		}
		return true
	}
	return false
}

// takeSuccessor marks the cookie that replaced an old value as accounted for: the
// client sent the old value in its place, it did not withhold the new one.
func (m *matcher) takeSuccessor(v *Verdict, key Key) {
	for _, i := range m.named[key.Name] {
		if !m.taken[i] && m.predicted[i].Cookie.Key() == key {
			m.taken[i], v.Expected = true, i
			return
		}
	}
}

// judgeChanged takes a pair with a known name and a value that was never set.
func (m *matcher) judgeChanged(v *Verdict) bool {
	if v.Pair.Name == "" {
		return false
	}
	i, ok := m.take(m.named[v.Pair.Name])
	if ok {
		v.Kind, v.Expected, v.Cookie = VerdictChanged, i, &m.predicted[i].Cookie
		v.Detail = fmt.Sprintf("The stored value is %s; a script or an unseen response may have changed it.", quote(v.Cookie.Value))
	}
	return ok
}

func clock(t time.Time) string {
	if t.IsZero() {
		return "an earlier time"
	}
	return t.UTC().Format("15:04:05")
}
