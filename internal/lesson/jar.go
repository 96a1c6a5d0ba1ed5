package lesson

import (
	"cmp"
	"slices"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/cookies"
	"httpscope/internal/layer"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// Jar is the history of all cookie jars: a jar for each client, with a step for
// each request in which cookies matter and each response that sets some.
type Jar struct {
	Clients []ClientJar `json:"clients"`
	Left    int         `json:"left_out"` // steps beyond the first maxSteps, or maxStepBytes

	words texts.Catalogue
	begin int64
	steps int
	bytes int  // of all steps, about
	full  bool // no more steps are told
}

// ClientJar is the history of one client's jar.
type ClientJar struct {
	Address string    `json:"address"`
	Agent   string    `json:"user_agent"`
	Steps   []JarStep `json:"steps"`

	client client
}

// JarStep is a request or a response.
type JarStep struct {
	Exchange  int64          `json:"exchange"`
	Packet    int64          `json:"packet"`
	Nano      int64          `json:"time_unix_ns"`
	Asked     string         `json:"request"`
	Response  bool           `json:"is_response"`
	Predicted string         `json:"predicted,omitempty"` // the Cookie line that the rules ask for
	Sent      string         `json:"sent,omitempty"`      // the Cookie line that was sent
	Verdicts  []CookieRemark `json:"verdicts,omitempty"`  // of each cookie sent, and of those that should have been
	Withheld  []CookieRemark `json:"withheld,omitempty"`  // cookies of the jar that rightly stay home, and the rule
	Changes   []CookieRemark `json:"changes,omitempty"`   // each Set-Cookie of the response
	Jar       []JarCookie    `json:"jar,omitempty"`       // after the response

	// What the lists above leave out.
	PredictedMore int  `json:"predicted_more,omitempty"` // cookies of the line
	VerdictsTotal int  `json:"verdicts_total,omitempty"` // these where the list has less
	WithheldMore  bool `json:"withheld_more,omitempty"`
	ChangesTotal  int  `json:"changes_total,omitempty"`
	JarTotal      int  `json:"jar_total,omitempty"`

	onlyOrder bool // each cookie was sent as predicted
}

// CookieRemark is what became of one cookie, and why.
type CookieRemark struct {
	Name   string       `json:"name"`
	Kind   string       `json:"kind"`            // sent, withheld, …; stored, refused, …; path, domain, secure, …
	Detail texts.Phrase `json:"detail,omitzero"` // in English, as details of findings are
	Code   string       `json:"code,omitempty"`  // of the finding
}

// JarCookie is a cookie in a jar.
type JarCookie struct {
	Name     string `json:"name"`
	Value    string `json:"value"`
	Domain   string `json:"domain"`
	HostOnly bool   `json:"host_only"`
	Path     string `json:"path"`
	Secure   bool   `json:"secure"`
	HTTPOnly bool   `json:"http_only"`
	SameSite string `json:"same_site,omitempty"`
	Expires  string `json:"expires,omitempty"` // RFC 3339; "" at the end of the session
}

// maxSteps bounds the steps of all jars that are told.
const maxSteps = 2000

// maxStepBytes bounds their text: a jar of some hundred kilobytes may belong to each of them.
const maxStepBytes = 8 << 20

// maxListed bounds the cookies that one step lists.
const maxListed = 40

// moment is a message head at the packet that completed it.
type moment struct {
	x *trace.Exchange
	m *trace.Message
}

// moments puts the heads of all messages in the order of the packets that
// completed them, which is the order in which both ends saw them.
func moments(list []*trace.Exchange) []moment {
	var out []moment
	for _, x := range list {
		for m := range x.Messages() {
			if m.Head != nil && x.Request != nil && x.Request.Head != nil {
				out = append(out, moment{x, m})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b moment) int { return cmp.Compare(a.m.HeadEnd.Packet, b.m.HeadEnd.Packet) })
	return out
}

// jar replays the jars over the whole capture, also where the scope is a part:
// what a jar holds comes from before it.
func jar(lang texts.Lang, src Source, scope Scope) Lesson {
	j := &Jar{begin: src.Begin(), words: texts.In(lang)}
	jars := map[client]*cookies.Jar{}
	for _, e := range moments(exchangesIn(src, Everything)) {
		who := clientOf(e.x)
		if e.m.Side == layer.Client {
			j.request(jars, who, e, scope.exchange(e.x))
		} else {
			j.response(jars, who, e, scope.exchange(e.x))
		}
	}
	return j
}

// maxClients bounds the clients whose jars are modelled.
const maxClients = 256

func open(jars map[client]*cookies.Jar, who client) *cookies.Jar {
	if jars[who] == nil && len(jars) < maxClients {
		// Loopback is trusted as browsers do, and the lab runs on it.
		jars[who] = &cookies.Jar{TrustLoopback: true, Brief: true}
	}
	return jars[who]
}

// request is a step when a cookie is sent or should be, or when the jar is not
// empty and a rule keeps all of it at home.
func (j *Jar) request(jars map[client]*cookies.Jar, who client, e moment, shown bool) {
	lines := e.m.Head.Values(httpdecode.FieldCookie)
	if len(lines) == 0 && jars[who] == nil {
		return
	}
	k := open(jars, who)
	if k == nil {
		return
	}
	var pairs []cookies.Pair
	for _, line := range lines {
		pairs = append(pairs, cookies.ParseCookie(line)...)
	}
	u, now := e.x.URL(), timeOf(e.m.First)
	s := j.stepOf(e)
	if shown {
		s.withhold(k.FirstWithheld(now, u, maxListed))
	}
	c := k.CompareLine(nil, now, u, pairs)
	if len(lines) == 0 && c.Line == "" && len(s.Withheld) == 0 || !shown {
		return
	}
	if j.full {
		j.Left++
		return
	}
	s.Predicted, s.PredictedMore, s.Sent = c.Line, c.More, strings.Join(lines, "; ")
	s.compare(&c)
	j.step(who, s)
}

func (s *JarStep) withhold(list []cookies.Withheld, more bool) {
	s.WithheldMore = more
	for _, w := range list {
		s.Withheld = append(s.Withheld, CookieRemark{w.Cookie.Name, string(w.Reason), w.Detail, ""})
	}
}

// compare lists verdicts. Where there are too many, those on cookies that were sent as the rules
// ask for are left out first: they need not be told.
func (s *JarStep) compare(c *cookies.Comparison) {
	verdicts := cookies.Whole(c.Verdicts, c.Due())
	var all []CookieRemark
	for v := verdicts.Next(); v != nil; v = verdicts.Next() {
		name := v.Pair.Name
		if v.Cookie != nil {
			name = v.Cookie.Name
		}
		all = append(all, CookieRemark{name, string(v.Kind), v.Detail, v.Code})
	}
	strays := func(r CookieRemark) bool { return r.Kind != string(cookies.VerdictSent) }
	s.onlyOrder = len(all) > 0 && !slices.ContainsFunc(all, strays)
	s.Verdicts = all
	if len(all) <= maxListed {
		return
	}
	slices.SortStableFunc(all, func(a, b CookieRemark) int {
		switch {
		case strays(a) == strays(b):
			return 0
		case strays(a):
			return -1
		}
		return 1
	})
	s.Verdicts, s.VerdictsTotal = slices.Clone(all[:maxListed]), len(all)
}

func (j *Jar) response(jars map[client]*cookies.Jar, who client, e moment, shown bool) {
	lines := e.m.Head.Values(httpdecode.FieldSetCookie)
	if len(lines) == 0 {
		return
	}
	k := open(jars, who)
	if k == nil {
		return
	}
	s := j.stepOf(e)
	u, now := e.x.URL(), timeOf(e.m.First)
	for _, line := range lines {
		c := k.Receive(now, u, cookies.ParseSetCookie(line))
		if len(s.Changes) < maxListed {
			s.Changes = append(s.Changes, CookieRemark{c.Cookie.Name, string(c.Kind), c.Detail, c.Code})
		}
	}
	if !shown {
		return
	}
	if len(lines) > maxListed {
		s.ChangesTotal = len(lines)
	}
	for c := range k.Contents().All() {
		if len(s.Jar) == maxListed {
			s.JarTotal = k.Len()
			break
		}
		s.Jar = append(s.Jar, jarCookie(c))
	}
	j.step(who, s)
}

func (j *Jar) stepOf(e moment) JarStep {
	return JarStep{Exchange: e.x.ID, Packet: e.m.HeadEnd.Packet, Nano: e.m.First.Nano, Asked: asked(j.words, e.x),
		Response: e.m.Side == layer.Server}
}

func jarCookie(c *cookies.Cookie) JarCookie {
	k := JarCookie{Name: c.Name, Value: c.Value, Domain: c.Domain, HostOnly: c.HostOnly, Path: c.Path,
		Secure: c.Secure, HTTPOnly: c.HttpOnly}
	if c.SameSite != cookies.SameSiteDefault {
		k.SameSite = c.SameSite.String()
	}
	if c.Persistent && !c.Expires.IsZero() {
		k.Expires = c.Expires.UTC().Format("2006-01-02T15:04:05Z")
	}
	return k
}

// step adds a step to a client's history.
func (j *Jar) step(who client, s JarStep) {
	n := s.size()
	if j.full = j.full || j.steps == maxSteps || j.bytes+n > maxStepBytes; j.full {
		j.Left++
		return
	}
	j.steps++
	j.bytes += n
	for i := range j.Clients {
		if j.Clients[i].client == who {
			j.Clients[i].Steps = append(j.Clients[i].Steps, s)
			return
		}
	}
	j.Clients = append(j.Clients, ClientJar{who.addr.String(), who.agent, []JarStep{s}, who})
}

// size is about how many bytes of text a step has.
func (s *JarStep) size() int {
	const beside = 100 // names of members, and what is short
	n := beside + len(s.Asked) + len(s.Predicted) + len(s.Sent)
	for _, list := range [][]CookieRemark{s.Verdicts, s.Withheld, s.Changes} {
		for i := range list {
			n += beside + len(list[i].Name) + len(list[i].Detail.String())
		}
	}
	for i := range s.Jar {
		n += beside + len(s.Jar[i].Name) + len(s.Jar[i].Value) + len(s.Jar[i].Domain) + len(s.Jar[i].Path)
	}
	return n
}
