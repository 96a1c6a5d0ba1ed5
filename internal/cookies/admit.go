package cookies

import (
	"strings"
	"time"

	"httpscope/internal/texts"
)

// refusal is the outcome of a check: no reason means that the cookie may pass.
type refusal struct {
	reason Reason
	detail texts.Phrase
}

func refuse(reason Reason, key string, args ...any) refusal {
	return refusal{reason, texts.Own(key, args...)}
}

// admit is steps 2 to 22 of section 5.7: it builds the cookie that a client
// would store, or finds the first rule that refuses it. Steps 15 and 18 are
// missing: they need knowledge of scripts and pages, which the wire lacks.
func (j *Jar) admit(now time.Time, u URL, at *place, sc SetCookie) (c Cookie, capped bool, r refusal) {
	c, capped = j.newCookie(now, u, &sc)
	c.Domain, c.HostOnly = at.host, true
	if r = checkPair(&sc); r.reason != ReasonNone {
		return c, capped, r
	}
	if at.bad {
		return c, capped, refuse(ReasonBadHost, "cookie.refused.bad-host", quote(u.Host))
	}
	r = setDomain(&c, at.host, &sc)
	if r.reason == ReasonNone {
		r = j.checkSecure(&c, u, at)
	}
	if r.reason == ReasonNone {
		r = checkSameSite(&c)
	}
	if r.reason == ReasonNone {
		r = checkPrefix(&c, &sc)
	}
	return c, capped, r
}

// newCookie is steps 5, 6, 11, 12, 14 and 17. Strings are copied so that a
// stored cookie does not keep a whole captured message in memory.
func (j *Jar) newCookie(now time.Time, u URL, sc *SetCookie) (Cookie, bool) {
	c := Cookie{
		Path:   ownText(sc.Path),
		Secure: sc.Secure, HttpOnly: sc.HttpOnly, Partitioned: sc.Partitioned, SameSite: sc.SameSite,
		Created: now, SetBy: j.cloneURL(u),
	}
	pair := sc.Name + "=" + sc.Value
	c.Name, c.Value = pair[:len(sc.Name)], pair[len(sc.Name)+1:]
	if c.Path == "" {
		c.Path = DefaultPath(c.SetBy.Path)
	}
	capped := c.setLifetime(now, sc)
	return c, capped
}

// ownText copies a text that is part of a message. What nearly all cookies have in common
// takes no memory in each.
func ownText(s string) string {
	switch s {
	case "/":
		return "/"
	case "http":
		return "http"
	case "https":
		return "https"
	}
	return strings.Clone(s)
}

// cloneURL copies a URL, but for the host that the jar has a copy of.
func (j *Jar) cloneURL(u URL) URL {
	own := URL{ownText(u.Scheme), j.lastHost, ownText(u.Port), ownText(u.path())}
	if u.Host != j.lastHost {
		own.Host = strings.Clone(u.Host)
	}
	return own
}

// setLifetime is step 6 with the limit of section 5.5. Max-Age beats Expires,
// because it does not depend on two clocks being right.
func (c *Cookie) setLifetime(now time.Time, sc *SetCookie) (capped bool) {
	limit := now.Add(MaxAge)
	switch {
	case sc.HasMaxAge && sc.MaxAge <= 0:
		c.Persistent = true
	case sc.HasMaxAge:
		c.Persistent = true
		seconds := min(sc.MaxAge, int64(MaxAge/time.Second))
		c.Expires = now.Add(time.Duration(seconds) * time.Second)
		return seconds < sc.MaxAge
	case sc.HasExpires:
		c.Persistent, c.Expires = true, sc.Expires
		if c.Expires.After(limit) {
			c.Expires = limit
			return true
		}
	}
	return false
}

// checkPair is steps 2 to 4, and the abort of the parser.
func checkPair(sc *SetCookie) refusal {
	if sc.Name == "" && sc.Value == "" {
		return refuse(ReasonEmpty, "found.cookie-empty")
	}
	if sc.Ignored == ReasonControlChar || controlAt(sc.Name) >= 0 || controlAt(sc.Value) >= 0 {
		return refuse(ReasonControlChar, "cookie.refused.control-char")
	}
	if n := len(sc.Name) + len(sc.Value); n > MaxPairSize {
		return refuse(ReasonTooLarge, "found.cookie-too-large", n, MaxPairSize)
	}
	return refusal{}
}

// setDomain is steps 7 to 10. Without it any site could set cookies for any
// other site.
func setDomain(c *Cookie, host string, sc *SetCookie) refusal {
	if sc.Domain == "" {
		return refusal{}
	}
	domain := strings.Clone(sc.Domain)
	if !isASCII(domain) {
		return refuse(ReasonBadDomain, "cookie.refused.bad-domain", quote(domain))
	}
	if IsPublicSuffix(domain) {
		if domain == host {
			return refusal{} // the host is the suffix: host-only, step 9.3
		}
		c.Domain, c.HostOnly = domain, false
		return refuse(ReasonPublicSuffix, "cookie.refused.public-suffix", quote(domain))
	}
	c.Domain, c.HostOnly = domain, false
	if !DomainMatch(host, domain) {
		return refuse(ReasonForeignDomain, "cookie.refused.foreign-domain", host, quote(domain))
	}
	return refusal{}
}

// checkSecure is steps 13 and 16.
func (j *Jar) checkSecure(c *Cookie, u URL, at *place) refusal {
	if j.isSecure(u, at) {
		return refusal{}
	}
	if c.Secure {
		if at.loopback() {
			return refuse(ReasonSecureOverHTTP, "cookie.refused.secure-over-http.loopback")
		}
		return refuse(ReasonSecureOverHTTP, "cookie.refused.secure-over-http")
	}
	overlaid := func(old *stored) bool {
		return old.Secure && PathMatch(c.Path, old.Path) &&
			(DomainMatch(old.Domain, c.Domain) || DomainMatch(c.Domain, old.Domain))
	}
	if j.secure > 0 && j.names.first(c.Name, placeNamed(c.Domain, at), overlaid) != nil {
		return refuse(ReasonSecureOverwrite, "cookie.refused.secure-overwrite", quote(c.Name))
	}
	return refusal{}
}

func (j *Jar) isSecure(u URL, at *place) bool {
	return u.secure() || j.TrustLoopback && at.loopback()
}

// checkSameSite is step 19.
func checkSameSite(c *Cookie) refusal {
	if c.SameSite == SameSiteNone && !c.Secure {
		return refuse(ReasonSameSiteNone, "cookie.refused.samesite-insecure")
	}
	return refusal{}
}

// checkPrefix is steps 20 to 22: a name with a prefix tells the server, which
// sees no attributes, how the cookie was set. So clients must enforce it.
func checkPrefix(c *Cookie, sc *SetCookie) refusal {
	prefix := namePrefix(c.Name)
	switch {
	case c.Name == "" && namePrefix(c.Value) != "":
		return refuse(ReasonPrefixValue, "cookie.refused.prefix-in-value", namePrefix(c.Value))
	case prefix != "" && !c.Secure:
		return refuse(ReasonPrefix, "cookie.refused.prefix.needs-secure", prefix)
	case prefix == hostPrefix && !c.HostOnly:
		return refuse(ReasonPrefix, "cookie.refused.prefix.forbids-domain", prefix)
	case prefix == hostPrefix && (!sc.HasPath || c.Path != "/"):
		return refuse(ReasonPrefix, "cookie.refused.prefix.needs-path", prefix)
	}
	return refusal{}
}
