package cookies

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"httpscope/internal/texts"
)

// plainJar is the jar as the text of sections 5.7 and 5.8.3 has it: lists that are
// looked through from end to end for each cookie. It is what Jar must not differ from.
type plainJar struct {
	trustLoopback bool
	cookies       []*plainCookie
	gone          []Gone
	count         uint64
}

type plainCookie struct {
	Cookie
	access time.Time
}

func (j *plainJar) find(k Key) *plainCookie {
	for _, c := range j.cookies {
		if c.Key() == k {
			return c
		}
	}
	return nil
}

func (j *plainJar) drop(k Key) {
	j.cookies = slices.DeleteFunc(j.cookies, func(c *plainCookie) bool { return c.Key() == k })
}

func (j *plainJar) isSecure(u URL) bool {
	host, ok := CanonicalHost(u.Host)
	return u.secure() || j.trustLoopback && ok && newPlace(host).loopback()
}

func (j *plainJar) receive(now time.Time, u URL, sc SetCookie) Change {
	j.sweep(now)
	c, capped, refused := j.admit(now, u, sc)
	if refused.reason != ReasonNone {
		j.bury(Gone{Cookie: c, Why: GoneRefused, Reason: refused.reason, At: now})
		return Change{Kind: ChangeRefused, Reason: refused.reason, Detail: refused.detail,
			Code: refusalCodes[refused.reason], Cookie: c}
	}
	change := j.insert(now, c)
	change.Capped = capped
	if capped && change.Code == "" {
		change.Code = CodeLifetimeCapped
	}
	return change
}

func (j *plainJar) admit(now time.Time, u URL, sc SetCookie) (Cookie, bool, refusal) {
	c, capped := new(Jar).newCookie(now, u, &sc)
	host, ok := CanonicalHost(u.Host)
	c.Domain, c.HostOnly = host, true
	if r := checkPair(&sc); r.reason != ReasonNone {
		return c, capped, r
	}
	if !ok {
		return c, capped, refuse(ReasonBadHost, "cookie.refused.bad-host", quote(u.Host))
	}
	r := setDomain(&c, host, &sc)
	if r.reason == ReasonNone {
		r = j.checkSecure(c, u)
	}
	if r.reason == ReasonNone {
		r = checkSameSite(&c)
	}
	if r.reason == ReasonNone {
		r = checkPrefix(&c, &sc)
	}
	return c, capped, r
}

func (j *plainJar) checkSecure(c Cookie, u URL) refusal {
	if j.isSecure(u) {
		return refusal{}
	}
	if c.Secure {
		host, _ := CanonicalHost(u.Host)
		detail := texts.Say("cookie.refused.secure-over-http")
		if newPlace(host).loopback() {
			detail = texts.Say("cookie.refused.secure-over-http.loopback")
		}
		return refusal{ReasonSecureOverHTTP, detail}
	}
	for _, old := range j.cookies {
		if old.Secure && old.Name == c.Name && PathMatch(c.Path, old.Path) &&
			(DomainMatch(old.Domain, c.Domain) || DomainMatch(c.Domain, old.Domain)) {
			return refuse(ReasonSecureOverwrite, "cookie.refused.secure-overwrite", quote(c.Name))
		}
	}
	return refusal{}
}

func (j *plainJar) insert(now time.Time, c Cookie) Change {
	old := j.find(c.Key())
	if old != nil {
		c.Created, c.order = old.Created, old.order
	} else {
		j.count++
		c.order = j.count
	}
	switch {
	case c.Expired(now) && old != nil:
		j.drop(c.Key())
		j.bury(Gone{Cookie: old.Cookie, Why: GoneDeleted, At: now})
		return Change{Kind: ChangeDeleted, Detail: texts.Say("cookie.deleted"), Cookie: c, Old: &old.Cookie}
	case c.Expired(now):
		return j.nothing(c)
	case old != nil:
		return j.replaced(now, c, old)
	}
	j.cookies = append(j.cookies, &plainCookie{Cookie: c, access: now})
	change := Change{Kind: ChangeStored, Cookie: c, Evicted: j.evict(now, c.Domain)}
	change.Detail = texts.Say("cookie.stored", scope(&c))
	if len(change.Evicted) > 0 {
		change.Code = CodeEvicted
		change.Detail = twoSentences(change.Detail, texts.Say("cookie.evicted", len(change.Evicted)))
	}
	if j.find(c.Key()) == nil {
		change.Kind, change.Reason = ChangeRefused, ReasonFull
		change.Detail = texts.Say("cookie.jar-full")
	}
	return change
}

func (j *plainJar) nothing(c Cookie) Change {
	change := Change{Kind: ChangeNothing, Cookie: c, Detail: texts.Say("cookie.expired-on-arrival")}
	for _, other := range j.snapshot() {
		if other.Name == c.Name && relatedHosts(other.Domain, c.Domain) {
			change.Missed, change.Code = &other, CodeDeleteMissed
			change.Detail = texts.Say("cookie.delete-missed", scope(&c), scope(&other))
			break
		}
	}
	return change
}

func (j *plainJar) replaced(now time.Time, c Cookie, s *plainCookie) Change {
	old := s.Cookie
	s.Cookie, s.access = c, now
	detail := texts.Say("cookie.replaced.same")
	if old.Value != c.Value {
		j.bury(Gone{Cookie: old, Why: GoneReplaced, At: now})
		detail = texts.Say("cookie.replaced", quote(old.Value))
	}
	return Change{Kind: ChangeReplaced, Detail: detail, Cookie: c, Old: &old}
}

func (j *plainJar) snapshot() []Cookie {
	list := make([]Cookie, 0, len(j.cookies))
	for _, c := range j.cookies {
		list = append(list, c.Cookie)
	}
	slices.SortFunc(list, func(a, b Cookie) int {
		return cmp.Or(strings.Compare(a.Domain, b.Domain), strings.Compare(a.Path, b.Path),
			strings.Compare(a.Name, b.Name), byCreation(&a, &b))
	})
	return list
}

func (j *plainJar) bury(g Gone) {
	if len(g.Cookie.Name)+len(g.Cookie.Value) > MaxPairSize {
		return
	}
	j.gone = slices.DeleteFunc(j.gone, func(old Gone) bool {
		return old.Why == g.Why && old.Reason == g.Reason && old.Cookie.Key() == g.Cookie.Key() &&
			old.Cookie.Value == g.Cookie.Value
	})
	if len(j.gone) >= MaxGone {
		j.gone = slices.Delete(j.gone, 0, len(j.gone)-MaxGone+1)
	}
	j.gone = append(j.gone, g)
}

func (j *plainJar) sweep(now time.Time) {
	var expired []Cookie
	for _, c := range j.cookies {
		if c.Expired(now) {
			expired = append(expired, c.Cookie)
		}
	}
	slices.SortFunc(expired, func(a, b Cookie) int {
		return cmp.Or(a.Expires.Compare(b.Expires), byCreation(&a, &b))
	})
	for _, c := range expired {
		j.drop(c.Key())
		j.bury(Gone{Cookie: c, Why: GoneExpired, At: c.Expires})
	}
}

func (j *plainJar) evict(now time.Time, domain string) []Cookie {
	var evicted []Cookie
	all, inDomain, insecure := 0, 0, 0
	for _, c := range j.cookies {
		all++
		if c.Domain == domain {
			inDomain++
			if !c.Secure {
				insecure++
			}
		}
	}
	if inDomain > MaxPerDomain {
		evicted = append(evicted, j.evictOldest(now, func(c *plainCookie) bool {
			return c.Domain == domain && (insecure == 0 || !c.Secure)
		}))
		all--
	}
	if all > MaxCookies {
		evicted = append(evicted, j.evictOldest(now, func(*plainCookie) bool { return true }))
	}
	return evicted
}

func (j *plainJar) evictOldest(now time.Time, match func(*plainCookie) bool) Cookie {
	var oldest *plainCookie
	for _, c := range j.cookies {
		if match(c) && (oldest == nil ||
			cmp.Or(c.access.Compare(oldest.access), byCreation(&c.Cookie, &oldest.Cookie)) < 0) {
			oldest = c
		}
	}
	j.drop(oldest.Key())
	j.bury(Gone{Cookie: oldest.Cookie, Why: GoneEvicted, At: now})
	return oldest.Cookie
}

// relatedHosts tells whether two hosts belong to one site.
func relatedHosts(a, b string) bool {
	if DomainMatch(a, b) || DomainMatch(b, a) {
		return true
	}
	siteA, okA := RegistrableDomain(a)
	siteB, okB := RegistrableDomain(b)
	return okA && okB && siteA == siteB
}
