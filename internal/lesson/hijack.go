package lesson

import (
	"slices"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/cookies"
	"httpscope/internal/layer"
	"httpscope/internal/trace"
)

// Hijack is the cookies that more than one client sent.
type Hijack struct {
	Sessions []SharedCookie `json:"sessions"`
	Left     int            `json:"left_out"` // cookies that were not followed, because there were too many
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
}

// Cure is a measure against hijacking, and whether it would have helped here.
type Cure struct {
	Name string `json:"name"`
	Had  bool   `json:"present"`
	Help string `json:"prevents"` // yes, no, or partly
	Why  string `json:"why"`
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
	setBy   client
	line    string
	clients []client
	first   []CookieSight // of each client
	readers []CookieSight // what carried the cookie in the clear before the second client used it
}

func hijack(src Source, scope Scope) Lesson {
	l := &Hijack{}
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
					u.sent(e)
				}
			}
			continue
		}
		for _, line := range e.m.Head.Values(httpdecode.FieldSetCookie) {
			if sc := cookies.ParseSetCookie(line); sc.Value != "" {
				if u := get(secret{host, sc.Name, sc.Value}); u != nil {
					u.given(e, line)
				}
			}
		}
	}
	for _, u := range order {
		if len(u.clients) > 1 && len(l.Sessions) < maxShared {
			l.Sessions = append(l.Sessions, u.shared())
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

func sightOf(e moment) CookieSight {
	who := clientOf(e.x)
	return CookieSight{who.addr.String(), who.agent, e.x.ID, e.m.HeadEnd.Packet, asked(e.x), statusOf(e.x), e.m.First.Nano}
}

// given notes the response that first gave the cookie out.
func (u *use) given(e moment, line string) {
	s := sightOf(e)
	if u.set == nil {
		u.set, u.setBy, u.line = &s, clientOf(e.x), line
		u.seen(s)
	}
}

// sent notes a request with the cookie.
func (u *use) sent(e moment) {
	s, who := sightOf(e), clientOf(e.x)
	if !slices.Contains(u.clients, who) && len(u.clients) < maxUsers {
		u.clients = append(u.clients, who)
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

func (u *use) shared() SharedCookie {
	s := SharedCookie{Name: u.name, Value: u.value, Server: u.host, SetAt: u.set, Line: u.line, Readers: u.readers}
	owner := 0
	if u.set != nil {
		owner = max(0, slices.Index(u.clients, u.setBy))
	}
	s.Owner = u.first[owner]
	for i := range u.first {
		if i != owner {
			s.Others = append(s.Others, u.first[i])
		}
	}
	s.Cures = u.cures(&s)
	return s
}

// worked reports whether a thief was served: no redirect to a login, no refusal.
func worked(s CookieSight) bool { return s.Status >= 200 && s.Status < 300 }

// cures goes through the attributes of the cookie and what else servers do.
func (u *use) cures(s *SharedCookie) []Cure {
	sc := cookies.ParseSetCookie(u.line)
	sameHost := true
	for i := range s.Others {
		sameHost = sameHost && s.Others[i].Address == s.Owner.Address
	}
	out := []Cure{{"Secure", sc.Secure, "yes", "The cookie was read from plain HTTP: " + packetsOf(s.Readers) + ". With Secure a client sends it over https only, where a listener cannot read it; the site must then be served over https."},
		{"HttpOnly", sc.HttpOnly, "no", "It keeps scripts of the page from reading the cookie. Here nobody needed a script: the cookie stood on the wire."},
		{"SameSite", sc.SameSite != cookies.SameSiteDefault, "no", "It decides which of the owner's own requests carry the cookie. The other client sent it by hand, and no browser's rule binds it."},
		{"Domain", sc.HasDomain, "no", "It decides to which hosts the owner's client sends the cookie. Leaving it out keeps the cookie to one host, and this is the host at which it was used."},
		{"Path", sc.HasPath, "no", "It decides for which targets the owner's client sends the cookie. The other client sends it for any target it likes."},
		{"Expires or Max-Age", sc.HasExpires || sc.HasMaxAge, "partly", "A short life leaves a thief less time. " + u.interval(s) + " Clients keep to the date; the server must forget the session too."},
		{"New value at login", false, "no", "Regenerating the identifier stops session fixation, in which the thief knows the identifier before the login. This one was read after it had been given out."}}
	bound := Cure{"Bound to the address", false, "yes", "The other client came from another address. A server that binds a session to one refuses it. That also throws out honest users whose address changes, so servers use it as a warning at most."}
	if sameHost {
		bound.Help, bound.Why = "no", "Both clients have the same address, as behind one router; only their User-Agent differs."
	}
	return append(out, bound)
}

// interval is the time between the first sight and the theft, in words.
func (u *use) interval(s *SharedCookie) string {
	from := s.Owner.nano
	if u.set != nil {
		from = u.set.nano
	}
	if len(s.Others) == 0 || from == 0 || s.Others[0].nano < from {
		return "How long it took is not known."
	}
	return "Here it was used by the other client " + millis(duration(s.Others[0].nano-from)) + " after it was first seen."
}

// packetsOf lists packets in words.
func packetsOf(list []CookieSight) string {
	var words []string
	for _, s := range list {
		words = append(words, "packet "+number(s.Packet))
	}
	if len(words) == 0 {
		return "no packet of it was captured"
	}
	return strings.Join(words, ", ")
}
