package cookies

import (
	"cmp"
	"time"

	"httpscope/internal/texts"
)

// Jar is the model of one client's cookie store. The zero value is an empty jar.
// It is not safe for concurrent use.
//
// Time comes in with every call and may repeat or go backwards, as packet times
// do; then cookies keep the order in which they were received.
//
// A call costs what its own cookies cost, and the logarithm of what the jar holds:
// a client that has seen a thousand sites is as cheap to follow as a new one.
type Jar struct {
	// TrustLoopback treats http to a loopback address or localhost as secure,
	// as most browsers do (section 5.8.3, note on "secure"). Off by default, so
	// that a lab on one machine behaves like the network it stands for.
	TrustLoopback bool

	// Brief has a cookie that was not sent told once, and counted after that. It shortens the
	// line that the rules ask for where it is much longer than what was sent: see [MostMore].
	Brief bool

	cookies  map[Key]*stored
	domains  map[string]*domain
	used     queue // all cookies, the least recently used first
	expiring queue // those with a lifetime, the first to end first
	sorted   sorted
	names    nameIndex
	telling  map[textKey]sequence[*stored] // by text, where that is long enough to tell a cookie anywhere
	gone     graveyard
	secure   int     // cookies with Secure
	count    uint64  // cookies created so far
	last     *place  // of the request before: requests come in runs
	lastHost string  // as that request spelt it
	matcher  matcher // of the request before, for its memory
}

// Key identifies a cookie in a jar: at most one cookie has a given key (section
// 5.7, step 23).
type Key struct {
	Name, Domain, Path string
	HostOnly           bool
}

// Cookie is a cookie in a jar, with the fields of section 5.7. The time of its
// last use is the jar's own affair: it decides about eviction alone.
type Cookie struct {
	Name, Value string
	Domain      string // canonical, without leading dot
	HostOnly    bool   // no Domain attribute: for this host, not its subdomains
	Path        string
	Persistent  bool      // has a lifetime; otherwise it ends with the session
	Expires     time.Time // zero and Persistent: in the past, whatever the time
	Secure      bool
	HttpOnly    bool
	Partitioned bool
	SameSite    SameSite
	Created     time.Time // a replacement inherits it
	SetBy       URL       // the request whose response set the cookie

	order uint64 // separates cookies created at the same time
}

// Key returns the identity of the cookie.
func (c *Cookie) Key() Key {
	return Key{c.Name, c.Domain, c.Path, c.HostOnly}
}

// Pair returns the cookie as a Cookie field spells it (section 5.8.3, step 6).
func (c *Cookie) Pair() string {
	return pairText(c.Name, c.Value, c.Name != "")
}

// Expired tells whether the lifetime is over. Section 5.7 says "in the past" and
// leaves the very instant open; browsers and net/http count it as expired.
func (c *Cookie) Expired(now time.Time) bool {
	return c.Persistent && !c.Expires.After(now)
}

// ChangeKind is what a Set-Cookie field did to the jar.
type ChangeKind string

const (
	ChangeStored   ChangeKind = "stored"
	ChangeReplaced ChangeKind = "replaced" // same name, domain and path as before
	ChangeDeleted  ChangeKind = "deleted"  // replaced by an expired cookie
	ChangeNothing  ChangeKind = "nothing"  // expired on arrival, nothing to delete
	ChangeRefused  ChangeKind = "refused"  // see Reason
)

// Change is the effect of one Set-Cookie field, and why.
type Change struct {
	Kind    ChangeKind
	Reason  Reason       // only if refused
	Code    string       // finding code; empty if there is nothing to remark
	Detail  texts.Phrase // one or two sentences
	Cookie  Cookie       // the new cookie, also if it was refused
	Old     *Cookie      // the cookie that was replaced or deleted, or nil
	Evicted []Cookie     // cookies that had to make room
	Missed  *Cookie      // ChangeNothing: the first with this name and another domain or path, still there
	Capped  bool         // the lifetime was cut to MaxAge
}

// Receive processes one Set-Cookie field of a response to u by the storage model
// of section 5.7. Call it once for each field, in the order of the fields.
func (j *Jar) Receive(now time.Time, u URL, sc SetCookie) Change {
	j.sweep(now)
	at := j.placeOf(u)
	c, capped, refused := j.admit(now, u, at, sc)
	if refused.reason != ReasonNone {
		text := c.text()
		j.gone.bury(&tomb{Cookie: &c, why: GoneRefused, reason: refused.reason, at: now,
			home: placeNamed(c.Domain, at), setter: at, text: text, key: keyOf(text)})
		return Change{Kind: ChangeRefused, Reason: refused.reason, Detail: refused.detail,
			Code: refusalCodes[refused.reason], Cookie: c}
	}
	change := j.insert(now, &c, at)
	change.Capped = capped
	if capped && change.Code == "" {
		change.Code = CodeLifetimeCapped
	}
	return change
}

// insert is steps 23 and 24 and the eviction of section 5.7. The jar keeps c.
func (j *Jar) insert(now time.Time, c *Cookie, at *place) Change {
	old := j.cookies[c.Key()]
	if old != nil {
		c.Created, c.order = old.Created, old.order
	} else {
		j.count++
		c.order = j.count
	}
	if c.Expired(now) {
		return j.remove(now, c, old, at)
	}
	if old != nil {
		return j.replace(now, c, old, at)
	}
	j.put(&stored{Cookie: c, access: now, home: placeNamed(c.Domain, at), setter: at})
	return j.stored(now, c)
}

// replace reports a new value under an old key.
func (j *Jar) replace(now time.Time, c *Cookie, s *stored, at *place) Change {
	old := s.Cookie
	detail := texts.Say("cookie.replaced.same")
	if old.Value != c.Value {
		j.gone.bury(s.tomb(GoneReplaced, now))
		detail = texts.Say("cookie.replaced", quote(old.Value))
	}
	j.renew(now, s, c, at)
	return Change{Kind: ChangeReplaced, Detail: detail, Cookie: *c, Old: old}
}

// stored reports a new cookie, and what was evicted to make room for it.
func (j *Jar) stored(now time.Time, c *Cookie) Change {
	change := Change{Kind: ChangeStored, Cookie: *c, Evicted: j.evict(now, c.Domain)}
	change.Detail = texts.Say("cookie.stored", scope(c))
	if len(change.Evicted) > 0 {
		change.Code = CodeEvicted
		change.Detail = twoSentences(change.Detail, texts.Say("cookie.evicted", len(change.Evicted)))
	}
	if j.cookies[c.Key()] == nil {
		change.Kind, change.Reason = ChangeRefused, ReasonFull
		change.Detail = texts.Say("cookie.jar-full")
	}
	return change
}

// remove reports a cookie that is expired on arrival: the way to delete one
// (section 4.1.2). It only works with the same domain and path.
func (j *Jar) remove(now time.Time, c *Cookie, old *stored, at *place) Change {
	if old != nil {
		j.drop(old)
		j.gone.bury(old.tomb(GoneDeleted, now))
		return Change{Kind: ChangeDeleted, Detail: texts.Say("cookie.deleted"), Cookie: *c, Old: old.Cookie}
	}
	change := Change{Kind: ChangeNothing, Cookie: *c, Detail: texts.Say("cookie.expired-on-arrival")}
	home := placeNamed(c.Domain, at)
	missed := j.names.first(c.Name, home, func(s *stored) bool { return home.related(s.home) })
	if missed != nil {
		change.Missed, change.Code = missed.Cookie, CodeDeleteMissed
		change.Detail = texts.Say("cookie.delete-missed",
			scope(c), scope(missed.Cookie))
	}
	return change
}

// scope says in words where a cookie is sent.
func scope(c *Cookie) texts.Phrase {
	if c.HostOnly {
		return texts.Say("cookie.scope.host", c.Domain, c.Path)
	}
	return texts.Say("cookie.scope.domain", c.Domain, c.Path)
}

// byCreation orders by creation time, then by arrival.
func byCreation(a, b *Cookie) int {
	return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(a.order, b.order))
}
