package cookies

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"httpscope/internal/texts"
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
	Note   texts.Phrase // why the client may leave it out all the same, or nothing
}

// Withheld is a cookie that a request should not carry.
type Withheld struct {
	Cookie Cookie
	Reason Reason
	Detail texts.Phrase
}

// Predict computes the Cookie line of a request to u (section 5.8.3). It does not
// change the jar, so it may be asked at any time, also about requests that never
// happen.
func (j *Jar) Predict(now time.Time, u URL) Prediction {
	var p Prediction
	r := j.requestTo(now, u)
	sent := j.fitting(nil, &r)
	for _, s := range sent {
		p.Sent = append(p.Sent, Predicted{*s.Cookie, sameSiteNote(s.Cookie)})
	}
	p.Line, _ = line(sent, math.MaxInt)
	p.Withheld, _ = j.FirstWithheld(now, u, -1)
	return p
}

// FirstWithheld is what Predict withholds, at most n of it, for those who show no more:
// saying why a full jar stays at home takes thousands of sentences. All are listed if n is
// negative. It tells whether there are more.
func (j *Jar) FirstWithheld(now time.Time, u URL, n int) (list []Withheld, more bool) {
	r := j.requestTo(now, u)
	for c := range j.inOrder().All() {
		reason := j.withhold(c, &r)
		if reason == ReasonNone || reason == ReasonExpired && !j.wouldSend(c, &r) {
			continue
		}
		if len(list) == n {
			return list, true
		}
		list = append(list, Withheld{*c, reason, r.withheldDetail(c, reason)})
	}
	for _, t := range j.gone.order {
		switch {
		case !j.missed(t, &r):
		case len(list) == n:
			return list, true
		default:
			list = append(list, Withheld{*t.Cookie, ReasonExpired, expiredDetail(t.Cookie)})
		}
	}
	return list, false
}

// Line is the Cookie line that Predict computes.
func (j *Jar) Line(now time.Time, u URL) string {
	r := j.requestTo(now, u)
	text, _ := line(j.fitting(nil, &r), math.MaxInt)
	return text
}

// request is a request as the rules of section 5.8.3 look at it.
type request struct {
	now  time.Time
	url  URL
	path string
	at   *place
	safe bool // the connection counts as secure
}

func (j *Jar) requestTo(now time.Time, u URL) request {
	at := j.placeOf(u)
	return request{now, u, u.path(), at, j.isSecure(u, at)}
}

// fitting adds to fit the cookies that a request should carry, in the order of the line.
// They are in the domains of the host and of what is above it.
func (j *Jar) fitting(fit []*stored, r *request) []*stored {
	domains := 0
	for domain, found := r.at.host, !r.at.bad; found && len(j.domains) > 0; _, domain,
		found = strings.Cut(domain, ".") {
		if d := j.domains[domain]; d != nil {
			domains++
			for _, s := range d.list {
				if j.withhold(s.Cookie, r) == ReasonNone {
					fit = append(fit, s)
				}
			}
		}
	}
	if domains > 1 {
		slices.SortFunc(fit, bySendOrder)
	}
	return fit
}

// bySendOrder is section 5.8.3, step 4: longest path first, so that the most
// specific cookie of a name comes first, then the earliest creation.
func bySendOrder(a, b *stored) int {
	return cmp.Or(cmp.Compare(len(b.Path), len(a.Path)), byCreation(a.Cookie, b.Cookie))
}

// between stands between two cookies of a line.
const between = "; "

// line is section 5.8.3, step 6. It has at most so many bytes, and tells how many cookies
// had no place in it.
func line(sent []*stored, most int) (text string, more int) {
	sent, more, n := beginning(sent, most)
	var b strings.Builder
	b.Grow(n)
	for i, s := range sent {
		if i > 0 {
			b.WriteString(between)
		}
		b.WriteString(s.pair())
	}
	return b.String(), more
}

// beginning is the first cookies whose line has at most so many bytes, how many come behind
// them, and about how many bytes that line has.
func beginning(sent []*stored, most int) (first []*stored, more, bytes int) {
	for i, s := range sent {
		n := bytes + len(s.pair())
		if n > most {
			return sent[:i], len(sent) - i, bytes
		}
		bytes = n + len(between)
	}
	return sent, 0, bytes
}

// pair is the cookie as a request holds it.
func (s *stored) pair() string {
	if s.Name == "" {
		return s.Pair()
	}
	return s.text
}

// withhold finds the first rule that keeps c back from a request.
func (j *Jar) withhold(c *Cookie, r *request) Reason {
	switch {
	case r.at.bad:
		return ReasonBadHost
	case c.Expired(r.now):
		return ReasonExpired
	case c.HostOnly && r.at.host != c.Domain:
		return ReasonHostOnly
	case !c.HostOnly && !DomainMatch(r.at.host, c.Domain):
		return ReasonDomain
	case !PathMatch(r.path, c.Path):
		return ReasonPath
	case c.Secure && !r.safe:
		return ReasonSecure
	}
	return ReasonNone
}

// withheldDetail says why a rule keeps c back.
func (r *request) withheldDetail(c *Cookie, reason Reason) texts.Phrase {
	switch reason {
	case ReasonBadHost:
		return texts.Say("cookie.withheld.host", quote(r.url.Host))
	case ReasonExpired:
		return expiredDetail(c)
	case ReasonHostOnly:
		return texts.Own("cookie.withheld.host-only", c.Domain, r.at.host)
	case ReasonDomain:
		return texts.Own("cookie.refused.foreign-domain", r.at.host, c.Domain)
	case ReasonPath:
		return texts.Say("cookie.withheld.path", quote(r.path), quote(c.Path))
	}
	return texts.Say("cookie.withheld.secure")
}

func expiredDetail(c *Cookie) texts.Phrase {
	return texts.Say("cookie.withheld.expired", c.Expires.UTC().Format(imfFixdate))
}

// wouldSend tells whether c would be sent if it had not expired.
func (j *Jar) wouldSend(c *Cookie, r *request) bool {
	session := *c
	session.Persistent = false
	return j.withhold(&session, r) == ReasonNone
}

// missed tells whether t is an expired cookie that the request would have carried:
// those are the ones a student misses in the request. Expired cookies of other sites
// are not in the jar any more and would only be noise.
func (j *Jar) missed(t *tomb, r *request) bool {
	return t.why == GoneExpired && j.cookies[t.Key()] == nil && j.wouldSend(t.Cookie, r)
}

// sameSiteNote says what the SameSite value may do to a request. An observer sees
// neither the page nor the click behind a request, so it cannot decide (section
// 5.2); browsers that do not apply the default behave as with None.
func sameSiteNote(c *Cookie) texts.Phrase {
	switch c.SameSite {
	case SameSiteStrict:
		return texts.Say("cookie.samesite.strict")
	case SameSiteLax:
		return texts.Say("cookie.samesite.lax")
	case SameSiteDefault:
		return texts.Say("cookie.samesite.none")
	}
	return texts.Phrase{}
}
