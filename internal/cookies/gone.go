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
		all = append(all, e.Value.(*tomb).Gone)
	}
	return all
}

// tomb is a gone cookie, and what it takes to recognise it in a request.
type tomb struct {
	Gone
	home, setter place
	number       uint64 // counts burials
}

func newTomb(g Gone, home, setter place) *tomb {
	return &tomb{Gone: g, home: home, setter: setter}
}

func byBurial(a, b *tomb) int { return cmp.Compare(a.number, b.number) }

// near tells whether the cookie belongs to the site of p.
func (t *tomb) near(p place) bool { return p.related(t.home) || p.related(t.setter) }

// event is what makes two burials one.
type event struct {
	Key
	value  string
	why    GoneKind
	reason Reason
}

func (t *tomb) event() event { return event{t.Cookie.Key(), t.Cookie.Value, t.Why, t.Reason} }

// graveyard remembers gone cookies: in the order of their burial, by what happened to
// them, by their text in a request, and the expired ones by name.
type graveyard struct {
	order   list.List // of *tomb, oldest first
	of      map[event]*list.Element
	texts   map[string]tombs
	expired map[string]tombs
	number  uint64
}

type tombs = sequence[*tomb]

// bury remembers a gone cookie. The same event on every response (a server that
// sets the same refused cookie again and again) takes one place, the newest. A
// cookie above the size limit is forgotten, or the memory would have no bound.
func (g *graveyard) bury(t *tomb) {
	if len(t.Cookie.Name)+len(t.Cookie.Value) > MaxPairSize {
		return
	}
	if g.of == nil {
		g.of = map[event]*list.Element{}
	}
	if again := g.of[t.event()]; again != nil {
		g.forget(again)
	}
	for g.order.Len() >= MaxGone {
		g.forget(g.order.Front())
	}
	g.number++
	t.number = g.number
	g.of[t.event()] = g.order.PushBack(t)
	file(&g.texts, t.Cookie.text(), t, byBurial)
	if t.Why == GoneExpired {
		file(&g.expired, t.Cookie.Name, t, byBurial)
	}
}

func (g *graveyard) forget(e *list.Element) {
	t := g.order.Remove(e).(*tomb)
	delete(g.of, t.event())
	unfile(g.texts, t.Cookie.text(), t, byBurial)
	if t.Why == GoneExpired {
		unfile(g.expired, t.Cookie.Name, t, byBurial)
	}
}
