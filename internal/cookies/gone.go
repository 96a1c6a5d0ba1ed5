package cookies

import (
	"cmp"
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
	var all []Gone
	for _, t := range j.gone.order {
		all = append(all, Gone{*t.Cookie, t.why, t.reason, t.at})
	}
	return all
}

// tomb is a gone cookie, and what it takes to recognise it in a request.
type tomb struct {
	*Cookie
	why          GoneKind
	reason       Reason // only if refused
	at           time.Time
	home, setter *place
	number       uint64 // counts burials
	text         string
	key          textKey
}

func byBurial(a, b *tomb) int { return cmp.Compare(a.number, b.number) }

// near tells whether the cookie belongs to the site of p.
func (t *tomb) near(p *place) bool { return p.related(t.home) || p.related(t.setter) }

// repeats tells whether two burials are one event.
func (t *tomb) repeats(old *tomb) bool {
	return t.why == old.why && t.reason == old.reason && t.Value == old.Value && t.Key() == old.Key()
}

// graveyard remembers gone cookies: in the order of their burial, by their text in a
// request, and the expired ones by name.
type graveyard struct {
	order   tombs // oldest first
	texts   map[textKey]tombs
	expired map[string]tombs
	number  uint64
}

type tombs = sequence[*tomb]

// bury remembers a gone cookie. The same event on every response (a server that
// sets the same refused cookie again and again) takes one place, the newest. A
// cookie above the size limit is forgotten, or the memory would have no bound.
func (g *graveyard) bury(t *tomb) {
	if len(t.Name)+len(t.Value) > MaxPairSize {
		return
	}
	for _, old := range g.texts[t.key] {
		if t.text == old.text && t.repeats(old) {
			g.forget(old)
			break
		}
	}
	for len(g.order) >= MaxGone {
		g.forget(g.order[0])
	}
	g.number++
	t.number = g.number
	g.order = append(g.order, t)
	file(&g.texts, t.key, t, byBurial)
	if t.why == GoneExpired {
		file(&g.expired, t.Name, t, byBurial)
	}
}

func (g *graveyard) forget(t *tomb) {
	if t == g.order[0] { // nearly always, and then nothing has to move
		g.order[0] = nil
		g.order = g.order[1:]
	} else {
		g.order = g.order.without(t, byBurial)
	}
	unfile(g.texts, t.key, t, byBurial)
	if t.why == GoneExpired {
		unfile(g.expired, t.Name, t, byBurial)
	}
}
