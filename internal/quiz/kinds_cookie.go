package quiz

import (
	"fmt"
	"net"
	"net/netip"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/cookies"
	"httpscope/internal/doc"
	"httpscope/internal/explain"
	"httpscope/internal/trace"
)

// cookieKinds ask what becomes of cookies.
func cookieKinds() []kind {
	return []kind{
		{about: "cookie-sent", topic: "cookies", exchange: cookieSent},
		{about: "cookie-stored", topic: "cookies", exchange: cookieStored},
	}
}

// Sentences for why a cookie goes with a request or stays.
const (
	cookieGoes     = "Yes: host, path and scheme of the request fit the cookie"
	cookieHost     = "No: the request goes to a host that the cookie is not for"
	cookiePath     = "No: the path of the request is not below the path of the cookie"
	cookieSecure   = "No: the cookie is Secure, and the request is not encrypted"
	cookieLifetime = "No: the lifetime of the cookie is over"
)

// site is what of a request decides about cookies.
type site struct {
	host, path string
	secure     bool // encrypted, or on this machine, which browsers treat alike
}

// siteOf reads it; ok is false when the request does not tell.
func siteOf(x *trace.Exchange) (s site, ok bool) {
	if !whole(x.Request) || x.Request.Head.Form() == httpdecode.AbsoluteForm {
		return s, false
	}
	h := x.Request.Head
	s.host, _ = h.Lookup(httpdecode.FieldHost)
	if host, _, err := net.SplitHostPort(s.host); err == nil {
		s.host = host
	}
	s.host, ok = cookies.CanonicalHost(s.host)
	s.path, _, _ = strings.Cut(h.Target, "?")
	addr, err := netip.ParseAddr(s.host)
	s.secure = err == nil && addr.IsLoopback() || s.host == "localhost" || strings.HasSuffix(s.host, ".localhost")
	return s, ok && strings.HasPrefix(s.path, "/")
}

// holds are the sentences that are true of a cookie and a request.
func holds(c *cookies.Cookie, s site, x *trace.Exchange) []string {
	var out []string
	if c.HostOnly && s.host != c.Domain || !c.HostOnly && !cookies.DomainMatch(s.host, c.Domain) {
		out = append(out, cookieHost)
	}
	if !cookies.PathMatch(s.path, c.Path) {
		out = append(out, cookiePath)
	}
	if c.Secure && !s.secure {
		out = append(out, cookieSecure)
	}
	if c.Persistent && c.Expires.UnixNano() <= x.Request.First.Nano {
		out = append(out, cookieLifetime)
	}
	if len(out) == 0 {
		out = append(out, cookieGoes)
	}
	return out
}

// sameClient reports two exchanges of one user agent.
func sameClient(x, y *trace.Exchange) bool {
	if !whole(x.Request) || !whole(y.Request) || x.Conn.Ends[0].Addr() != y.Conn.Ends[0].Addr() {
		return false
	}
	a, _ := x.Request.Head.Lookup(httpdecode.FieldUserAgent)
	b, _ := y.Request.Head.Lookup(httpdecode.FieldUserAgent)
	return a == b
}

// maxLater is how many exchanges behind a Set-Cookie are looked at.
const maxLater = 200

// cookieSent asks whether a cookie that was set goes with a later request.
func cookieSent(a *asker, x *trace.Exchange) *Question {
	if x.Cookies == nil || !answered(x) {
		return nil
	}
	var asked []*Question
	for i := range x.Cookies.Set {
		change := &x.Cookies.Set[i]
		if change.Kind == cookies.ChangeStored || change.Kind == cookies.ChangeReplaced {
			asked = append(asked, a.aboutLater(x, &change.Cookie)...)
		}
	}
	if len(asked) == 0 {
		return nil
	}
	q := asked[a.rng.IntN(len(asked))]
	for _, p := range asked { // what stays at home is worth more questions
		if p.Answer != cookieGoes && a.rng.IntN(2) == 0 {
			q = p
		}
	}
	return q
}

// aboutLater makes the questions about a cookie and the requests after it, up
// to the one whose response changes it.
func (a *asker) aboutLater(x *trace.Exchange, c *cookies.Cookie) []*Question {
	var out []*Question
	for _, y := range a.behind(x, maxLater) {
		if !sameClient(x, y) || y.Request.First.Nano < x.Response.HeadEnd.Nano {
			continue
		}
		if s, ok := siteOf(y); ok {
			if reasons := holds(c, s, y); len(reasons) == 1 {
				out = append(out, a.askCookie(x, y, c, s, reasons[0]))
			}
		}
		if changes(y, c) {
			break
		}
	}
	return out
}

// changes reports an exchange whose response sets a cookie of the same name.
func changes(y *trace.Exchange, c *cookies.Cookie) bool {
	if y.Cookies == nil {
		return false
	}
	for i := range y.Cookies.Set {
		if y.Cookies.Set[i].Cookie.Name == c.Name {
			return true
		}
	}
	return false
}

func (a *asker) askCookie(x, y *trace.Exchange, c *cookies.Cookie, s site, right string) *Question {
	wrong := mixed(a.rng, choicesOf(cookieGoes, cookieHost, cookiePath, cookieSecure, cookieLifetime))
	q := choose(a.rng, right, wrong, "The response of %s sets the cookie %s. By the rules, does the client send it with the request of %s?", nameOf(x), quoted(c.Pair()), nameOf(y)).about(y, y.Request.First.Packet)
	name := c.Name
	for _, f := range headOf(x.Response, only(httpdecode.FieldSetCookie)) {
		if strings.Contains(f.String(), quoted(name)) {
			q.Given = append(q.Given, f)
		}
	}
	q.Given = append(headOf(x.Request, only(httpdecode.FieldHost)), q.Given...)
	q.Given = append(q.Given, headOf(y.Request, only(httpdecode.FieldHost))...)
	q.hint("Compare host, path, scheme and time of the request with Domain, Path, Secure and Max-Age of the cookie. Without Domain it is for this host only; without Path it is for the folder of the request.")
	q.at(x.Response.First.Packet, "carries the Set-Cookie: the cookie is for %s and the path %s.", whichHosts(c), quoted(c.Path))
	q.at(y.Request.First.Packet, "carries the request to %s, path %s.", quoted(s.host), quoted(s.path))
	q.say("%s.", right)
	if y.Cookies != nil {
		if line, _ := y.Cookies.Line(true); line != "" {
			q.say("All cookies that belong to this request: %s", quoted(line))
		}
	}
	return q.cite("RFC 6265bis, Section 5.8.3")
}

func whichHosts(c *cookies.Cookie) string {
	if c.HostOnly {
		return "the host " + quoted(c.Domain) + " only"
	}
	return quoted(c.Domain) + " and all hosts below it"
}

// Sentences for what a client does with a Set-Cookie field.
var taken = map[cookies.Reason]string{
	cookies.ReasonForeignDomain:  "It refuses it: Domain names hosts that the server is not one of",
	cookies.ReasonSecureOverHTTP: "It refuses it: a Secure cookie cannot be set without encryption",
	cookies.ReasonPublicSuffix:   "It refuses it: Domain names a suffix that unrelated sites share",
	cookies.ReasonPrefix:         "It refuses it: the name promises attributes that are not there",
}

const (
	takenKept    = "It keeps it, for later requests"
	takenDeleted = "It deletes the cookie of this name: the lifetime is in the past"
	takenNothing = "Nothing: the lifetime is in the past, and there is no such cookie to delete"
)

// cookieStored asks what a client does with a Set-Cookie field.
func cookieStored(a *asker, x *trace.Exchange) *Question {
	if x.Cookies == nil || !answered(x) || len(x.Cookies.Set) == 0 {
		return nil
	}
	i := a.rng.IntN(len(x.Cookies.Set))
	for j := range x.Cookies.Set { // an odd one is worth more questions
		if k := x.Cookies.Set[j].Kind; k != cookies.ChangeStored && a.rng.IntN(2) == 0 {
			i = j
		}
	}
	c := &x.Cookies.Set[i]
	right := takenBy(c)
	values := x.Response.Head.Values(httpdecode.FieldSetCookie)
	if right == "" || i >= len(values) {
		return nil
	}
	wrong := choicesOf(takenKept, taken[cookies.ReasonForeignDomain], taken[cookies.ReasonSecureOverHTTP], takenDeleted, takenNothing)
	q := choose(a.rng, right, mixed(a.rng, wrong), "What does the client do with Set-Cookie field %d of the response of %s?", i+1, nameOf(x)).about(x, x.Response.First.Packet)
	q.Given = append(headOf(x.Request, only(httpdecode.FieldHost)), words(doc.Response, "    Set-Cookie: %s", quoted(values[i])))
	q.hint("Read the attributes: may this server set a cookie for this Domain, over this connection, and is its lifetime over already?")
	q.at(x.Request.First.Packet, "carries the request: %s", startOf(x.Request))
	q.at(x.Response.First.Packet, "carries the field. %s %s", fmt.Sprintf("%s.", right), quoted(c.Detail.String()))
	if t, ok := explain.Lookup(c.Code); ok && c.Code != "" {
		return q.rule(t)
	}
	return q.cite("RFC 6265bis, Section 5.7")
}

func takenBy(c *cookies.Change) string {
	switch c.Kind {
	case cookies.ChangeStored, cookies.ChangeReplaced:
		return takenKept
	case cookies.ChangeDeleted:
		return takenDeleted
	case cookies.ChangeNothing:
		return takenNothing
	}
	return taken[c.Reason]
}
