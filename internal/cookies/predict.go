package cookies

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Prediction is what a client that follows the rules sends in one request.
type Prediction struct {
	Line     string      // the value of the Cookie field; empty: no field
	Sent     []Predicted // in the order of the line
	Withheld []Withheld  // the other cookies of the jar, and why
}

// Predicted is a cookie that a request should carry.
type Predicted struct {
	Cookie Cookie
	Note   string // why the client may leave it out all the same, or empty
}

// Withheld is a cookie that a request should not carry.
type Withheld struct {
	Cookie Cookie
	Reason Reason
	Detail string
}

// Predict computes the Cookie line of a request to u (section 5.8.3). It does not
// change the jar, so it may be asked at any time, also about requests that never
// happen.
func (j *Jar) Predict(now time.Time, u URL) Prediction {
	var p Prediction
	host, ok := CanonicalHost(u.Host)
	for _, c := range j.Snapshot() {
		w := j.withhold(c, now, u, host, ok)
		switch {
		case w.Reason == ReasonNone:
			p.Sent = append(p.Sent, Predicted{c, sameSiteNote(c)})
		case w.Reason != ReasonExpired || j.wouldSend(c, u, host):
			p.Withheld = append(p.Withheld, w)
		}
	}
	p.Withheld = append(p.Withheld, j.expiredFor(now, u, host)...)
	slices.SortFunc(p.Sent, bySendOrder)
	p.Line = line(p.Sent)
	return p
}

// bySendOrder is section 5.8.3, step 4: longest path first, so that the most
// specific cookie of a name comes first, then the earliest creation.
func bySendOrder(a, b Predicted) int {
	return cmp.Or(cmp.Compare(len(b.Cookie.Path), len(a.Cookie.Path)), byCreation(a.Cookie, b.Cookie))
}

// line is section 5.8.3, step 6.
func line(sent []Predicted) string {
	pairs := make([]string, len(sent))
	for i, s := range sent {
		pairs[i] = s.Cookie.Pair()
	}
	return strings.Join(pairs, "; ")
}

// withhold finds the first rule that keeps c back from a request to u.
func (j *Jar) withhold(c Cookie, now time.Time, u URL, host string, hostOK bool) Withheld {
	w := Withheld{Cookie: c}
	switch {
	case !hostOK:
		w.Reason, w.Detail = ReasonBadHost, fmt.Sprintf("%s is no host name.", quote(u.Host))
	case c.Expired(now):
		w.Reason, w.Detail = ReasonExpired, expiredDetail(c)
	case c.HostOnly && host != c.Domain:
		w.Reason, w.Detail = ReasonHostOnly, fmt.Sprintf("Set without Domain, so only for %s, not for %s.", c.Domain, host)
	case !c.HostOnly && !DomainMatch(host, c.Domain):
		w.Reason, w.Detail = ReasonDomain, fmt.Sprintf("%s is not %s or a subdomain of it.", host, c.Domain)
	case !PathMatch(u.path(), c.Path):
		w.Reason, w.Detail = ReasonPath, fmt.Sprintf("%s is not below the path %s.", quote(u.path()), quote(c.Path))
	case c.Secure && !j.isSecure(u):
		w.Reason, w.Detail = ReasonSecure, "A Secure cookie is not sent over http."
	}
	return w
}

func expiredDetail(c Cookie) string {
	return "Its lifetime ended at " + c.Expires.UTC().Format(imfFixdate) + "."
}

// wouldSend tells whether c would be sent to u if it had not expired.
func (j *Jar) wouldSend(c Cookie, u URL, host string) bool {
	c.Persistent = false
	return j.withhold(c, time.Time{}, u, host, host != "").Reason == ReasonNone
}

// expiredFor lists the expired cookies that u would have received: those are the
// ones a student misses in the request. Expired cookies of other sites are not
// in the jar any more and would only be noise.
func (j *Jar) expiredFor(now time.Time, u URL, host string) []Withheld {
	var list []Withheld
	for _, g := range j.gone {
		if g.Why == GoneExpired && j.cookies[g.Cookie.Key()] == nil && j.wouldSend(g.Cookie, u, host) {
			list = append(list, Withheld{g.Cookie, ReasonExpired, expiredDetail(g.Cookie)})
		}
	}
	return list
}

// sameSiteNote says what the SameSite value may do to a request. An observer sees
// neither the page nor the click behind a request, so it cannot decide (section
// 5.2); browsers that do not apply the default behave as with None.
func sameSiteNote(c Cookie) string {
	switch c.SameSite {
	case SameSiteStrict:
		return "SameSite=Strict: left out if another site caused the request."
	case SameSiteLax:
		return "SameSite=Lax: left out if another site caused the request, except for following a link."
	case SameSiteDefault:
		return "No SameSite: browsers treat it like Lax, other clients send it always."
	}
	return ""
}
