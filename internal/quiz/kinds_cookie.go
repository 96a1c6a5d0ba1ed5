package quiz

import (
	"net"
	"net/netip"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/cookies"
	"httpscope/internal/doc"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// cookieKinds ask what becomes of cookies.
func cookieKinds() []kind {
	return []kind{
		{about: "cookie-sent", topic: "cookies", exchange: cookieSent},
		{about: "cookie-stored", topic: "cookies", exchange: cookieStored},
	}
}

// Why a cookie goes with a request or stays.
const (
	cookieGoes     = "quiz.cookie-sent.goes"
	cookieHost     = "quiz.cookie-sent.not-host"
	cookiePath     = "quiz.cookie-sent.not-path"
	cookieSecure   = "quiz.cookie-sent.not-secure"
	cookieLifetime = "quiz.cookie-sent.not-lifetime"
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

// holds are the phrases that are true of a cookie and a request.
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

// maxLater is how many exchanges after a Set-Cookie are looked at.
const maxLater = 200

// cookieSent asks whether a cookie that was set goes with a later request.
func cookieSent(a *asker, x *trace.Exchange) *Question {
	if x.Cookies == nil || !answered(x) {
		return nil
	}
	var asked []later
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
		if p.right != cookieGoes && a.rng.IntN(2) == 0 {
			q = p
		}
	}
	return q.Question
}

// later is a question about a cookie and a request after it, and what is true of
// them.
type later struct {
	*Question
	right string
}

// aboutLater makes the questions about a cookie and the requests after it, up
// to the one whose response changes it.
func (a *asker) aboutLater(x *trace.Exchange, c *cookies.Cookie) []later {
	var out []later
	for _, y := range a.after(x, maxLater) {
		if !sameClient(x, y) || y.Request.First.Nano < x.Response.HeadEnd.Nano {
			continue
		}
		if s, ok := siteOf(y); ok {
			if reasons := holds(c, s, y); len(reasons) == 1 {
				out = append(out, later{a.askCookie(x, y, c, s, reasons[0]), reasons[0]})
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
	wrong := mixed(a.rng, options(phrases(cookieGoes, cookieHost, cookiePath, cookieSecure, cookieLifetime)...))
	q := a.choose(phrase(right), wrong, "quiz.cookie-sent.ask", nameOf(x), quoted(c.Pair()), nameOf(y))
	q.about(y, y.Request.First.Packet)
	q.Given = a.headOf(x.Request, only(httpdecode.FieldHost))
	for _, f := range a.headOf(x.Response, only(httpdecode.FieldSetCookie)) {
		if strings.Contains(f.String(), quoted(c.Name)) {
			q.Given = append(q.Given, f)
		}
	}
	q.Given = append(q.Given, a.headOf(y.Request, only(httpdecode.FieldHost))...)
	q.hint("quiz.cookie-sent.hint")
	set := "quiz.cookie-sent.set-domain"
	if c.HostOnly {
		set = "quiz.cookie-sent.set-host"
	}
	q.at(x.Response.First.Packet, set, quoted(c.Domain), quoted(c.Path))
	q.at(y.Request.First.Packet, "quiz.cookie-sent.request", quoted(s.host), quoted(s.path))
	q.say("quiz.sentence", texts.Say(right))
	if y.Cookies != nil {
		if line, _ := y.Cookies.Line(true); line != "" {
			q.say("quiz.cookie-sent.all", quoted(line))
		}
	}
	return q.cite("RFC 6265bis, Section 5.8.3")
}

// What a client does with a Set-Cookie field that it refuses.
var refused = map[cookies.Reason]string{
	cookies.ReasonForeignDomain:  "quiz.cookie-stored.refused-domain",
	cookies.ReasonSecureOverHTTP: "quiz.cookie-stored.refused-secure",
	cookies.ReasonPublicSuffix:   "quiz.cookie-stored.refused-suffix",
	cookies.ReasonPrefix:         "quiz.cookie-stored.refused-prefix",
}

// What it does with others.
const (
	takenKept    = "quiz.cookie-stored.kept"
	takenDeleted = "quiz.cookie-stored.deleted"
	takenNothing = "quiz.cookie-stored.nothing"
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
	values := x.Response.Head.Values(httpdecode.FieldSetCookie)
	if takenBy(&x.Cookies.Set[i]) == "" || i >= len(values) {
		return nil
	}
	return a.askStored(x, i, values[i])
}

// askStored asks about one of an exchange's Set-Cookie fields.
func (a *asker) askStored(x *trace.Exchange, i int, value string) *Question {
	c := &x.Cookies.Set[i]
	right := takenBy(c)
	wrong := phrases(takenKept, refused[cookies.ReasonForeignDomain], refused[cookies.ReasonSecureOverHTTP],
		takenDeleted, takenNothing)
	q := a.choose(phrase(right), mixed(a.rng, options(wrong...)), "quiz.cookie-stored.ask", i+1, nameOf(x))
	q.about(x, x.Response.First.Packet)
	set := given(doc.Response, 0, "Set-Cookie: "+quoted(value))
	q.Given = append(a.headOf(x.Request, only(httpdecode.FieldHost)), set)
	q.hint("quiz.cookie-stored.hint")
	q.at(x.Request.First.Packet, "quiz.packet.request", startOf(x.Request))
	q.at(x.Response.First.Packet, "quiz.cookie-stored.field", texts.Say(right), quoted(a.texts.Of(c.Detail)))
	if t, ok := a.texts.Lookup(c.Code); ok && c.Code != "" {
		return q.rule(t)
	}
	return q.cite("RFC 6265bis, Section 5.7")
}

// takenBy is what a client does with a Set-Cookie field, as the key of a phrase.
func takenBy(c *cookies.Change) string {
	switch c.Kind {
	case cookies.ChangeStored, cookies.ChangeReplaced:
		return takenKept
	case cookies.ChangeDeleted:
		return takenDeleted
	case cookies.ChangeNothing:
		return takenNothing
	}
	return refused[c.Reason]
}
