package cookies

import (
	"cmp"
	"slices"
	"time"

	"httpscope/internal/texts"
)

func (j *plainJar) predict(now time.Time, u URL) Prediction {
	var p Prediction
	host, ok := CanonicalHost(u.Host)
	for _, c := range j.snapshot() {
		reason := j.withhold(&c, now, u, host, ok)
		switch {
		case reason == ReasonNone:
			p.Sent = append(p.Sent, Predicted{c, sameSiteNote(&c)})
		case reason != ReasonExpired || j.wouldSend(c, u, host, ok):
			p.Withheld = append(p.Withheld, Withheld{c, reason, plainDetail(&c, reason, u, host)})
		}
	}
	for _, g := range j.gone {
		if g.Why == GoneExpired && j.find(g.Cookie.Key()) == nil && j.wouldSend(g.Cookie, u, host, ok) {
			p.Withheld = append(p.Withheld, Withheld{g.Cookie, ReasonExpired, expiredDetail(&g.Cookie)})
		}
	}
	slices.SortFunc(p.Sent, func(a, b Predicted) int {
		return cmp.Or(cmp.Compare(len(b.Cookie.Path), len(a.Cookie.Path)), byCreation(&a.Cookie, &b.Cookie))
	})
	for i, s := range p.Sent {
		if i > 0 {
			p.Line += "; "
		}
		p.Line += s.Cookie.Pair()
	}
	return p
}

func plainDetail(c *Cookie, reason Reason, u URL, host string) texts.Phrase {
	r := request{url: u, path: u.path(), at: &place{host: host}}
	return r.withheldDetail(c, reason)
}

func (j *plainJar) withhold(c *Cookie, now time.Time, u URL, host string, ok bool) Reason {
	switch {
	case !ok:
		return ReasonBadHost
	case c.Expired(now):
		return ReasonExpired
	case c.HostOnly && host != c.Domain:
		return ReasonHostOnly
	case !c.HostOnly && !DomainMatch(host, c.Domain):
		return ReasonDomain
	case !PathMatch(u.path(), c.Path):
		return ReasonPath
	case c.Secure && !j.isSecure(u):
		return ReasonSecure
	}
	return ReasonNone
}

func (j *plainJar) wouldSend(c Cookie, u URL, host string, ok bool) bool {
	c.Persistent = false
	return j.withhold(&c, time.Time{}, u, host, ok) == ReasonNone
}

// plainMatcher judges the pairs of one request, by maps of all that there is.
type plainMatcher struct {
	host      string
	predicted []Predicted
	taken     []bool
	exact     map[string][]int
	named     map[string][]int
	withheld  map[string]Withheld
	scoped    map[string]Cookie
	gone      map[string][]Gone
}

func (j *plainJar) matcher(now time.Time, u URL) *plainMatcher {
	p := j.predict(now, u)
	m := &plainMatcher{predicted: p.Sent, taken: make([]bool, len(p.Sent)), exact: map[string][]int{},
		named:    map[string][]int{},
		withheld: map[string]Withheld{}, scoped: map[string]Cookie{}, gone: map[string][]Gone{}}
	m.host, _ = CanonicalHost(u.Host)
	for i, s := range p.Sent {
		m.exact[s.Cookie.text()] = append(m.exact[s.Cookie.text()], i)
		m.named[s.Cookie.Name] = append(m.named[s.Cookie.Name], i)
	}
	for _, w := range p.Withheld {
		if before, found := m.withheld[w.Cookie.text()]; !found || !m.near(before.Cookie) && m.near(w.Cookie) {
			m.withheld[w.Cookie.text()] = w
		}
		if m.near(w.Cookie) {
			m.scoped[w.Cookie.Name] = w.Cookie
		}
	}
	for _, g := range j.gone {
		m.gone[g.Cookie.text()] = append(m.gone[g.Cookie.text()], g)
	}
	return m
}

func (m *plainMatcher) near(c Cookie) bool {
	setBy, _ := CanonicalHost(c.SetBy.Host)
	return relatedHosts(m.host, c.Domain) || relatedHosts(m.host, setBy)
}

func (m *plainMatcher) same(c Cookie) bool { return len(c.Value) >= tellingValue || m.near(c) }

func (m *plainMatcher) take(list []int) (int, bool) {
	for _, i := range list {
		if !m.taken[i] {
			m.taken[i] = true
			return i, true
		}
	}
	return -1, false
}

func (j *plainJar) compare(now time.Time, u URL, sent []Pair) []Verdict {
	j.sweep(now)
	m := j.matcher(now, u)
	var verdicts []Verdict
	for i, pair := range sent {
		if !pair.Empty() {
			verdicts = append(verdicts, Verdict{Pair: pair, Position: i, Expected: -1})
		}
	}
	for i := range verdicts {
		v := &verdicts[i]
		if k, ok := m.take(m.exact[v.Pair.text()]); ok {
			v.Kind, v.Expected, v.Cookie = VerdictSent, k, &m.predicted[k].Cookie
		}
	}
	for i := range verdicts {
		if verdicts[i].Kind == "" {
			m.judge(&verdicts[i])
		}
	}
	for i, p := range m.predicted {
		if !m.taken[i] {
			verdicts = append(verdicts, Verdict{Kind: VerdictWithheld, Position: -1, Cookie: &p.Cookie, Expected: i,
				Detail: withheldDetail(&p.Cookie)})
		}
		j.find(p.Cookie.Key()).access = now
	}
	for i := range verdicts {
		verdicts[i].Code = verdictCodes[verdicts[i].Kind]
	}
	return verdicts
}

func (m *plainMatcher) judge(v *Verdict) {
	text := v.Pair.text()
	if w, found := m.withheld[text]; found && w.Reason != ReasonExpired && m.same(w.Cookie) {
		v.Kind, v.Rule, v.Cookie, v.Detail = VerdictAgainstRules, w.Reason, &w.Cookie, w.Detail
		return
	}
	if len(m.exact[text]) > 0 {
		v.Kind, v.Cookie = VerdictTwice, &m.predicted[m.exact[text][0]].Cookie
		v.Detail = texts.Say("cookie.sent-twice")
		return
	}
	if m.judgeGone(v, text) {
		return
	}
	if i, ok := m.take(m.named[v.Pair.Name]); ok && v.Pair.Name != "" {
		v.Kind, v.Expected, v.Cookie = VerdictChanged, i, &m.predicted[i].Cookie
		v.Detail = texts.Say("cookie.changed", quote(v.Cookie.Value))
		return
	} else if ok {
		m.taken[i] = false
	}
	v.Kind = VerdictUnknown
	v.Detail = texts.Say("cookie.unknown")
	if c, found := m.scoped[v.Pair.Name]; found {
		v.Detail = twoSentences(v.Detail, texts.Say("cookie.unknown.elsewhere", scope(&c)))
	}
}

func (m *plainMatcher) judgeGone(v *Verdict, text string) bool {
	for _, g := range slices.Backward(m.gone[text]) {
		if !m.same(g.Cookie) {
			continue
		}
		v.Cookie = &g.Cookie
		switch g.Why {
		case GoneReplaced:
			for _, i := range m.named[g.Cookie.Name] {
				if !m.taken[i] && m.predicted[i].Cookie.Key() == g.Cookie.Key() {
					m.taken[i], v.Expected = true, i
					break
				}
			}
			v.Kind = VerdictStale
			v.Detail = texts.Say("cookie.stale", clock(g.At))
		case GoneRefused:
			v.Kind, v.Rule = VerdictAgainstRules, g.Reason
			v.Detail = texts.Say("cookie.kept-though-refused", string(g.Reason))
		default:
			v.Kind, v.Detail = VerdictRemoved, texts.Say("cookie.gone."+string(g.Why), clock(g.At))
		}
		return true
	}
	return false
}
