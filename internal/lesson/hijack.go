package lesson

import (
	"slices"

	"httpscope/httpdecode"
	"httpscope/internal/cookies"
	"httpscope/internal/layer"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// Hijack is the cookies that more than one client sent.
type Hijack struct {
	Sessions []SharedCookie `json:"sessions"`
	Left     int            `json:"left_out"` // cookies that were not followed, because there were too many

	words texts.Catalogue
}

// SharedCookie is a cookie that two clients or more sent.
type SharedCookie struct {
	Name    string        `json:"name"`
	Value   string        `json:"value"`
	Server  string        `json:"server"` // the host that it was sent to
	SetAt   *CookieSight  `json:"set_at"` // the Set-Cookie that gave it out; null when it was not captured
	Line    string        `json:"set_cookie,omitempty"`
	Owner   CookieSight   `json:"owner"`  // the client it was given to, or else the first that sent it
	Others  []CookieSight `json:"others"` // first use by each other client
	Readers []CookieSight `json:"readers"`
	Cures   []Cure        `json:"attributes"`
}

// CookieSight is a packet in which the cookie was seen.
type CookieSight struct {
	Address  string `json:"address"`
	Agent    string `json:"user_agent"`
	Exchange int64  `json:"exchange"`
	Packet   int64  `json:"packet"`
	Asked    string `json:"request"`
	Status   int    `json:"status"` // of the response, 0 for none

	nano int64
	who  client
}

// Cure is a measure against hijacking, and whether it would have helped here.
type Cure struct {
	Name texts.Phrase `json:"name"`
	Had  bool         `json:"present"`
	Help string       `json:"prevents"` // yes, no, or partly
	Why  string       `json:"why"`
}

// maxCookies bounds the different cookies that are followed, maxUsers the
// clients of each, maxShared those that are reported.
const (
	maxCookies = 20_000
	maxUsers   = 32
	maxShared  = 50
)

// secret names a cookie as a thief would use it: whoever sends this pair to
// this host is the user.
type secret struct{ host, name, value string }

// use is the history of one secret.
type use struct {
	secret
	set     *CookieSight
	line    string
	clients []client
	first   []CookieSight // of each client
	readers []CookieSight // what carried the cookie in the clear before the second client used it
}

func hijack(lang texts.Lang, src Source, scope Scope) Lesson {
	l := &Hijack{words: texts.In(lang)}
	uses, order := map[secret]*use{}, []*use{}
	get := func(k secret) *use {
		if uses[k] == nil {
			if len(uses) >= maxCookies {
				l.Left++
				return nil
			}
			uses[k] = &use{secret: k}
			order = append(order, uses[k])
		}
		return uses[k]
	}
	for _, e := range moments(exchangesIn(src, scope)) {
		host := e.x.URL().Host
		if e.m.Side == layer.Client {
			for _, p := range pairsOf(e.m) {
				if u := get(secret{host, p.Name, p.Value}); u != nil {
					u.sent(l.sight(e))
				}
			}
			continue
		}
		for _, line := range e.m.Head.Values(httpdecode.FieldSetCookie) {
			if sc := cookies.ParseSetCookie(line); sc.Value != "" {
				if u := get(secret{host, sc.Name, sc.Value}); u != nil {
					u.given(l.sight(e), line)
				}
			}
		}
	}
	for _, u := range order {
		if len(u.clients) > 1 && len(l.Sessions) < maxShared {
			l.Sessions = append(l.Sessions, u.shared(l.words))
		}
	}
	return l
}

// pairsOf are the cookies of a request with a value.
func pairsOf(m *trace.Message) []cookies.Pair {
	var out []cookies.Pair
	for _, line := range m.Head.Values(httpdecode.FieldCookie) {
		for _, p := range cookies.ParseCookie(line) {
			if p.Value != "" {
				out = append(out, p)
			}
		}
	}
	return out
}

func (l *Hijack) sight(e moment) CookieSight {
	who := clientOf(e.x)
	return CookieSight{who.addr.String(), who.agent, e.x.ID, e.m.HeadEnd.Packet, asked(l.words, e.x), statusOf(e.x),
		e.m.First.Nano, who}
}

// given notes the response that first gave the cookie out.
func (u *use) given(s CookieSight, line string) {
	if u.set == nil {
		u.set, u.line = &s, line
		u.seen(s)
	}
}

// sent notes a request with the cookie.
func (u *use) sent(s CookieSight) {
	if !slices.Contains(u.clients, s.who) && len(u.clients) < maxUsers {
		u.clients = append(u.clients, s.who)
		u.first = append(u.first, s)
	}
	u.seen(s)
}

// seen keeps where a listener could have read the cookie before it was stolen.
func (u *use) seen(s CookieSight) {
	if len(u.clients) < 2 && len(u.readers) < 8 {
		u.readers = append(u.readers, s)
	}
}

func (u *use) shared(c texts.Catalogue) SharedCookie {
	s := SharedCookie{Name: u.name, Value: u.value, Server: u.host, SetAt: u.set, Line: u.line, Readers: u.readers}
	owner := 0
	if u.set != nil {
		owner = max(0, slices.Index(u.clients, u.set.who))
	}
	s.Owner = u.first[owner]
	for i := range u.first {
		if i != owner {
			s.Others = append(s.Others, u.first[i])
		}
	}
	s.Cures = u.cures(c, &s)
	return s
}

// worked reports whether a thief was served: no redirect to a login, no refusal.
func (s *CookieSight) worked() bool { return s.Status >= 200 && s.Status < 300 }

// cures goes through the attributes of the cookie and what else servers do.
func (u *use) cures(c texts.Catalogue, s *SharedCookie) []Cure {
	var out []Cure
	add := func(key string, had bool, help string, args ...any) {
		out = append(out, Cure{texts.Say("lesson.cure." + key), had, help, c.Phrase("lesson.cure-why."+key, args...)})
	}
	sc := cookies.ParseSetCookie(u.line)
	add("secure", sc.Secure, helps, packetsOf(s.Readers))
	add("httponly", sc.HttpOnly, helpsNot)
	add("samesite", sc.SameSite != cookies.SameSiteDefault, helpsNot)
	add("domain", sc.HasDomain, helpsNot)
	add("path", sc.HasPath, helpsNot)
	add("expires", sc.HasExpires || sc.HasMaxAge, helpsPartly, u.interval(s))
	add("new-value", false, helpsNot)
	bound := Cure{Name: texts.Say("lesson.cure.bound"), Help: helps, Why: c.Phrase("lesson.cure-why.bound")}
	if s.sameAddress() {
		bound.Help, bound.Why = helpsNot, c.Phrase("lesson.cure-why.same-address")
	}
	return append(out, bound)
}

// Whether a cure would have helped.
const (
	helps       = "yes"
	helpsPartly = "partly"
	helpsNot    = "no"
)

// sameAddress reports that all clients have the owner's address.
func (s *SharedCookie) sameAddress() bool {
	return !slices.ContainsFunc(s.Others, func(o CookieSight) bool { return o.Address != s.Owner.Address })
}

// interval is the time between the first sight and the theft.
func (u *use) interval(s *SharedCookie) texts.Phrase {
	from := s.Owner.nano
	if u.set != nil {
		from = u.set.nano
	}
	if len(s.Others) == 0 || from == 0 || s.Others[0].nano < from {
		return texts.Say("lesson.hijack.interval-unknown")
	}
	return texts.Say("lesson.hijack.interval", millis(duration(s.Others[0].nano-from)))
}

// packetsOf lists packets.
func packetsOf(list []CookieSight) texts.List {
	var l texts.List
	for _, s := range list {
		l.Items = append(l.Items, texts.Say("lesson.packet", s.Packet))
	}
	return l
}
