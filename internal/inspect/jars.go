package inspect

import (
	"net/netip"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/cookies"
	"httpscope/internal/layer"
	"httpscope/internal/trace"
)

// Limits on the jars that are kept. A hostile capture can name any number of
// clients and fill each jar up to the limits of package cookies.
const (
	maxJars      = 256
	maxJarBytes  = 8 << 20 // Set-Cookie values taken, for all jars together
	maxReported  = 200     // findings of a jar that are remembered so as not to be repeated
	maxName      = 256     // bytes of a user agent's or a cookie's name that tell it from others
	maxSpareLine = 64      // pairs or attributes that there is memory for after the line that had them
)

// client tells one user agent from another: several browsers on one machine
// have a jar each.
type client struct {
	addr  netip.Addr
	agent string
}

// jar is a client's jar, and what was said of it already.
type jar struct {
	cookies.Jar
	bytes    int
	reported map[remark]bool
}

// remark is what was said of a cookie: one of the same code, of the same cookie, is no news.
type remark struct{ code, name, domain, path string }

// of names the cookie that a verdict is about; long names are cut.
func (m *remark) of(v *cookies.Verdict) {
	m.code, m.name = v.Code, shortened(v.Pair.Name)
	if c := v.Cookie; c != nil {
		m.name, m.domain, m.path = shortened(c.Name), shortened(c.Domain), shortened(c.Path)
	}
}

func shortened(name string) string { return name[:min(len(name), maxName)] }

// jars are the jars of all clients, oldest first in order.
type jars struct {
	of    map[client]*jar
	order []client
	bytes int
}

// open returns a client's jar, nil when there is none and it is not to be made.
func (js *jars) open(c client, create bool) *jar {
	j := js.of[c]
	if j != nil || !create {
		return j
	}
	if js.of == nil {
		js.of = map[client]*jar{}
	}
	for len(js.order) > 0 && (len(js.order) >= maxJars || js.bytes > maxJarBytes) {
		js.bytes -= js.of[js.order[0]].bytes
		delete(js.of, js.order[0])
		js.order = js.order[1:]
	}
	c.agent = strings.Clone(c.agent) // not to hold on to the head it is part of
	j = &jar{reported: map[remark]bool{}}
	j.TrustLoopback = true // as browsers do, and the lab runs on loopback
	j.Brief = true         // whoever shows the whole makes it of the cookies that are due
	js.of[c] = j
	js.order = append(js.order, c)
	return j
}

// clientOf names the client that sent a request.
func clientOf(c *trace.Connection, request *trace.Message) client {
	agent, _ := request.Head.Lookup(httpdecode.FieldUserAgent)
	return client{c.Ends[layer.Client].Addr(), shortened(agent)}
}

// sent compares a request's cookies with what its client should send.
func (a *annotator) sent(s *meaningStep, r *report) {
	x, m := s.exchange, s.message
	sends := m.Head.Has(httpdecode.FieldCookie)
	if !sends && len(a.jars.of) == 0 {
		return
	}
	j := a.jars.open(clientOf(x.Conn, m), sends)
	if j == nil {
		return
	}
	a.forgetPairs()
	for line := range m.Head.Each(httpdecode.FieldCookie) {
		a.pairs = cookies.AppendPairs(a.pairs, line)
	}
	reading := x.NewCookies()
	u, now := x.Conn.URL(m), timeOf(m.First)
	c := j.CompareLine(reading.Sent, now, u, a.pairs)
	reading.Predicted, reading.More, reading.Sent, reading.Again = c.Line, c.More, c.Verdicts, c.Again
	if !a.brief && (c.More > 0 || c.Again > 0) {
		reading.Due = c.Due()
	}
	if len(a.pairs) == 0 && reading.Predicted == "" && reading.More == 0 {
		x.DropCookies()
		return
	}
	for i := range a.pairs {
		for _, problem := range a.pairs[i].Problems {
			r.add(m, httpdecode.FieldCookie, problem.Code, problem.Detail)
		}
	}
	for i := range reading.Sent {
		j.report(r, m, &reading.Sent[i])
	}
}

// forgetPairs empties the memory of pairs, and keeps it unless a line made it large.
func (a *annotator) forgetPairs() {
	clear(a.pairs)
	a.pairs = a.pairs[:0]
	if cap(a.pairs) > maxSpareLine {
		a.pairs = nil
	}
}

// report adds a verdict's finding, once for each cookie and kind.
func (j *jar) report(r *report, m *trace.Message, v *cookies.Verdict) {
	if v.Code == "" || len(j.reported) >= maxReported {
		return
	}
	var said remark
	said.of(v)
	if j.reported[said] {
		return
	}
	if v.Cookie == nil {
		said.name = strings.Clone(said.name) // not to hold on to the head it is part of
	}
	j.reported[said] = true
	r.add(m, httpdecode.FieldCookie, v.Code, v.Detail)
}

// received puts a response's cookies into the client's jar.
func (a *annotator) received(s *meaningStep, r *report) {
	x, m := s.exchange, s.message
	if s.request == nil || s.request.Head == nil || !m.Head.Has(httpdecode.FieldSetCookie) {
		return
	}
	j := a.jars.open(clientOf(x.Conn, s.request), true)
	if x.Cookies == nil {
		x.NewCookies()
	}
	u, now := x.Conn.URL(s.request), timeOf(m.First)
	for line := range m.Head.Each(httpdecode.FieldSetCookie) {
		j.bytes += len(line)
		a.jars.bytes += len(line)
		sc := &a.line
		if cap(sc.Attributes) > maxSpareLine {
			*sc = cookies.SetCookie{}
		}
		sc.Parse(line)
		change := j.Receive(now, u, *sc)
		x.Cookies.Set = append(x.Cookies.Set, change)
		for _, p := range sc.Problems {
			r.add(m, httpdecode.FieldSetCookie, p.Code, p.Detail)
		}
		if change.Code != "" {
			r.add(m, httpdecode.FieldSetCookie, change.Code, change.Detail)
		}
	}
	x.Cookies.Changed, x.Cookies.JarSize = true, j.Len()
	if !a.brief {
		x.Cookies.Jar = j.Contents()
	}
}
