package cookies

import (
	"cmp"
	"container/list"
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
	for e := j.gone.order.Front(); e != nil; e = e.Next() {
		t := e.Value.(*tomb)
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
	element      *list.Element // of the graveyard's order
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
	order   list.List // of *tomb, oldest first
	texts   map[string]tombs
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
	for _, old := range g.texts[t.text] {
		if t.repeats(old) {
			g.forget(old)
			break
		}
	}
	for g.order.Len() >= MaxGone {
		g.forget(g.order.Front().Value.(*tomb))
	}
	g.number++
	t.number = g.number
	t.element = g.order.PushBack(t)
	file(&g.texts, t.text, t, byBurial)
	if t.why == GoneExpired {
		file(&g.expired, t.Name, t, byBurial)
	}
}

func (g *graveyard) forget(t *tomb) {
	g.order.Remove(t.element)
	unfile(g.texts, t.text, t, byBurial)
	if t.why == GoneExpired {
		unfile(g.expired, t.Name, t, byBurial)
	}
}
