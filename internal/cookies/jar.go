package cookies

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Jar is the model of one client's cookie store. The zero value is an empty jar.
// It is not safe for concurrent use.
//
// Time comes in with every call and may repeat or go backwards, as packet times
// do; then cookies keep the order in which they were received.
type Jar struct {
	// TrustLoopback treats http to a loopback address or localhost as secure,
	// as most browsers do (section 5.8.3, note on "secure"). Off by default, so
	// that a lab on one machine behaves like the network it stands for.
	TrustLoopback bool

	cookies map[Key]*Cookie
	gone    []Gone // oldest first, at most MaxGone
	count   uint64 // cookies created so far
}

// Key identifies a cookie in a jar: at most one cookie has a given key (section
// 5.7, step 23).
type Key struct {
	Name, Domain, Path string
	HostOnly           bool
}

// Cookie is a cookie in a jar, with the fields of section 5.7.
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
	LastAccess  time.Time
	SetBy       URL // the request whose response set the cookie

	order uint64 // separates cookies created at the same time
}

// Key returns the identity of the cookie.
func (c Cookie) Key() Key {
	return Key{c.Name, c.Domain, c.Path, c.HostOnly}
}

// Pair returns the cookie as a Cookie field spells it (section 5.8.3, step 6).
func (c Cookie) Pair() string {
	return pairText(c.Name, c.Value, c.Name != "")
}

// Expired tells whether the lifetime is over. Section 5.7 says "in the past" and
// leaves the very instant open; browsers and net/http count it as expired.
func (c Cookie) Expired(now time.Time) bool {
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
	Reason  Reason   // only if refused
	Code    string   // finding code; empty if there is nothing to remark
	Detail  string   // one or two sentences
	Cookie  Cookie   // the new cookie, also if it was refused
	Old     *Cookie  // the cookie that was replaced or deleted, or nil
	Evicted []Cookie // cookies that had to make room
	Missed  []Cookie // ChangeNothing: same name, other domain or path, still there
	Capped  bool     // the lifetime was cut to MaxAge
}

// Receive processes one Set-Cookie field of a response to u by the storage model
// of section 5.7. Call it once for each field, in the order of the fields.
func (j *Jar) Receive(now time.Time, u URL, sc SetCookie) Change {
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

// insert is steps 23 and 24 and the eviction of section 5.7.
func (j *Jar) insert(now time.Time, c Cookie) Change {
	old := j.cookies[c.Key()]
	if old != nil {
		c.Created, c.order = old.Created, old.order
	} else {
		j.count++
		c.order = j.count
	}
	if c.Expired(now) {
		return j.remove(now, c, old)
	}
	j.put(&c)
	if old != nil {
		return j.replaced(now, c, old)
	}
	return j.stored(now, c)
}

func (j *Jar) put(c *Cookie) {
	if j.cookies == nil {
		j.cookies = map[Key]*Cookie{}
	}
	j.cookies[c.Key()] = c
}

// replaced reports a new value under an old key.
func (j *Jar) replaced(now time.Time, c Cookie, old *Cookie) Change {
	detail := "The value stayed the same."
	if old.Value != c.Value {
		j.bury(Gone{Cookie: *old, Why: GoneReplaced, At: now})
		detail = fmt.Sprintf("The value was %s before.", quote(old.Value))
	}
	return Change{Kind: ChangeReplaced, Detail: detail, Cookie: c, Old: old}
}

// stored reports a new cookie, and what was evicted to make room for it.
func (j *Jar) stored(now time.Time, c Cookie) Change {
	change := Change{Kind: ChangeStored, Cookie: c, Evicted: j.evict(now, c.Domain)}
	change.Detail = "Sent back to " + scope(c) + "."
	if len(change.Evicted) > 0 {
		change.Code = CodeEvicted
		change.Detail += fmt.Sprintf(" The jar was full: %d removed.", len(change.Evicted))
	}
	if j.cookies[c.Key()] == nil {
		change.Kind, change.Reason = ChangeRefused, ReasonFull
		change.Detail = "The jar is full, and the new cookie is the first to go."
	}
	return change
}

// remove reports a cookie that is expired on arrival: the way to delete one
// (section 4.1.2). It only works with the same domain and path.
func (j *Jar) remove(now time.Time, c Cookie, old *Cookie) Change {
	if old != nil {
		delete(j.cookies, old.Key())
		j.bury(Gone{Cookie: *old, Why: GoneDeleted, At: now})
		return Change{Kind: ChangeDeleted, Detail: "The server ended its lifetime.", Cookie: c, Old: old}
	}
	change := Change{Kind: ChangeNothing, Cookie: c, Detail: "Expired on arrival, and no such cookie was stored."}
	change.Missed = j.sameName(c)
	if len(change.Missed) > 0 {
		change.Code = CodeDeleteMissed
		change.Detail = fmt.Sprintf("It would delete the cookie for %s, but the stored one is for %s.",
			scope(c), scope(change.Missed[0]))
	}
	return change
}

// sameName returns the stored cookies of the same site with the name of c.
func (j *Jar) sameName(c Cookie) []Cookie {
	var found []Cookie
	for _, other := range j.Snapshot() {
		if other.Name == c.Name && related(other.Domain, c.Domain) {
			found = append(found, other)
		}
	}
	return found
}

// scope says in words where a cookie is sent.
func scope(c Cookie) string {
	host := "host " + c.Domain + " only"
	if !c.HostOnly {
		host = c.Domain + " and its subdomains"
	}
	return host + ", path " + c.Path
}

// Snapshot returns copies of the stored cookies, sorted by domain, path, name
// and creation. It may contain cookies that expired since the last call with a
// time; ask Expired.
func (j *Jar) Snapshot() []Cookie {
	list := make([]Cookie, 0, len(j.cookies))
	for _, c := range j.cookies {
		list = append(list, *c)
	}
	slices.SortFunc(list, func(a, b Cookie) int {
		return cmp.Or(strings.Compare(a.Domain, b.Domain), strings.Compare(a.Path, b.Path),
			strings.Compare(a.Name, b.Name), byCreation(a, b))
	})
	return list
}

// byCreation orders by creation time, then by arrival.
func byCreation(a, b Cookie) int {
	return cmp.Or(a.Created.Compare(b.Created), cmp.Compare(a.order, b.order))
}
