package cookies

import (
	"cmp"
	"slices"
	"time"
)

// Gone is a cookie that is not in the jar, remembered because the client may
// send it nevertheless.
type Gone struct {
	Cookie Cookie
	Why    GoneKind
	Reason Reason // only if refused
	At     time.Time
}

// GoneKind is how a cookie left the jar, or did not get in.
type GoneKind string

const (
	GoneReplaced GoneKind = "replaced" // an earlier value of a stored cookie
	GoneDeleted  GoneKind = "deleted"  // by the server, with an expired cookie
	GoneExpired  GoneKind = "expired"  // its lifetime ended
	GoneEvicted  GoneKind = "evicted"  // to make room
	GoneRefused  GoneKind = "refused"  // never stored
)

// Gone returns copies of the cookies that left the jar or were refused, oldest
// first, at most MaxGone.
func (j *Jar) Gone() []Gone {
	return slices.Clone(j.gone)
}

// bury remembers a gone cookie. The same event on every response (a server that
// sets the same refused cookie again and again) takes one place, the newest. A
// cookie above the size limit is forgotten, or the memory would have no bound.
func (j *Jar) bury(g Gone) {
	if len(g.Cookie.Name)+len(g.Cookie.Value) > MaxPairSize {
		return
	}
	j.gone = slices.DeleteFunc(j.gone, func(old Gone) bool {
		return old.Why == g.Why && old.Reason == g.Reason &&
			old.Cookie.Key() == g.Cookie.Key() && old.Cookie.Value == g.Cookie.Value
	})
	if len(j.gone) >= MaxGone {
		j.gone = slices.Delete(j.gone, 0, len(j.gone)-MaxGone+1)
	}
	j.gone = append(j.gone, g)
}

// sweep evicts expired cookies, as section 5.7 demands "at any time".
func (j *Jar) sweep(now time.Time) {
	var expired []Cookie
	for _, c := range j.cookies {
		if c.Expired(now) {
			expired = append(expired, *c)
		}
	}
	slices.SortFunc(expired, func(a, b Cookie) int {
		return cmp.Or(a.Expires.Compare(b.Expires), byCreation(a, b))
	})
	for _, c := range expired {
		delete(j.cookies, c.Key())
		j.bury(Gone{Cookie: c, Why: GoneExpired, At: c.Expires})
	}
}

// evict removes excess cookies after one was stored in domain. The order of
// section 5.7: expired ones (sweep did that), then of a crowded domain the
// insecure ones, then any of that domain, then any; each by last access.
func (j *Jar) evict(now time.Time, domain string) []Cookie {
	var evicted []Cookie
	inDomain := func(c *Cookie) bool { return c.Domain == domain }
	insecure := func(c *Cookie) bool { return c.Domain == domain && !c.Secure }
	if j.countIf(inDomain) > MaxPerDomain {
		evicted = append(evicted, j.evictOldest(now, insecure, inDomain))
	}
	if len(j.cookies) > MaxCookies {
		evicted = append(evicted, j.evictOldest(now, func(*Cookie) bool { return true }))
	}
	return evicted
}

func (j *Jar) countIf(match func(*Cookie) bool) int {
	n := 0
	for _, c := range j.cookies {
		if match(c) {
			n++
		}
	}
	return n
}

// evictOldest removes the least recently used cookie of the first class that has
// any. The last class must not be empty.
func (j *Jar) evictOldest(now time.Time, classes ...func(*Cookie) bool) Cookie {
	var oldest *Cookie
	for _, match := range classes {
		for _, c := range j.cookies {
			if match(c) && (oldest == nil || byAccess(c, oldest) < 0) {
				oldest = c
			}
		}
		if oldest != nil {
			break
		}
	}
	delete(j.cookies, oldest.Key())
	j.bury(Gone{Cookie: *oldest, Why: GoneEvicted, At: now})
	return *oldest
}

// byAccess orders by last access, then by creation.
func byAccess(a, b *Cookie) int {
	return cmp.Or(a.LastAccess.Compare(b.LastAccess), byCreation(*a, *b))
}
