package cookies

import (
	"net/netip"
	"strings"
)

// place is a canonical host and the site that it belongs to. Finding the site takes
// a look at the list of public suffixes, so it is kept beside the host.
type place struct {
	host, site string // no site: a public suffix, an address, or no host at all
	address    bool
	bad        bool     // what a request has for a host that is none
	sought     bool     // over is known
	over       []string // of the place of a request: the families of what is above it
}

func newPlace(host string) *place {
	site, ok := RegistrableDomain(host)
	return &place{host: host, site: site, address: !ok && IsIP(host)}
}

// noHost is the place of a request without a host.
var noHost = place{bad: true, sought: true}

// placeNamed is the place of a host that is likely to be one already known.
func placeNamed(host string, known *place) *place {
	if host == known.host {
		return known
	}
	return newPlace(host)
}

// placeOf is the place that a request goes to.
func (j *Jar) placeOf(u URL) *place {
	if u.Host == "" {
		return &noHost
	}
	if u.Host != j.lastHost {
		host, ok := CanonicalHost(u.Host)
		j.last, j.lastHost = newPlace(strings.Clone(host)), strings.Clone(u.Host)
		j.last.bad = !ok
		var over []string
		for host := range j.last.above {
			over = append(over, newPlace(host).family())
		}
		j.last.sought, j.last.over = true, over
	}
	return j.last
}

// loopback tells whether the place is this machine, which browsers trust.
func (p *place) loopback() bool {
	if p.address {
		addr, _ := netip.ParseAddr(p.host)
		return addr.IsLoopback()
	}
	return DomainMatch(p.host, "localhost")
}

// related tells whether two places belong to one site.
func (p *place) related(q *place) bool {
	return p.site != "" && p.site == q.site || DomainMatch(p.host, q.host) || DomainMatch(q.host, p.host)
}

// family is what most of the places that are related to p have in common.
func (p *place) family() string {
	if p.site != "" {
		return p.site
	}
	return p.host
}

// above lists the hosts outside of p's family that p is related to because it lies
// below them: public suffixes that are hosts themselves, and an address with labels
// in front. There are as many as a public suffix has labels.
func (p *place) above(yield func(string) bool) {
	if p.bad && !p.address {
		p.aboveBad(yield)
		return
	}
	_, parent, found := strings.Cut(p.family(), ".")
	for found && !p.address {
		if !yield(parent) {
			return
		}
		_, parent, found = strings.Cut(parent, ".")
	}
	if a := addressAtEnd(p.host); a != "" {
		yield(a)
	}
}

// aboveBad is above for what is no host: the end of it may be one.
func (p *place) aboveBad(yield func(string) bool) {
	bad := len(p.host)
	for bad > 0 && isHostName(p.host[bad-1:bad]+"a") || bad > 1 && p.host[bad-1] == '.' && p.host[bad-2] != '.' {
		bad--
	}
	end := p.host[bad:]
	if bad > 0 && p.host[bad-1] != '.' {
		_, end, _ = strings.Cut(end, ".")
	}
	if isHostName(end) && yield(end) {
		newPlace(end).above(yield)
	}
}

// addressAtEnd returns the IPv4 address in the last four of more labels, or nothing.
func addressAtEnd(host string) string {
	if host == "" || host[len(host)-1] < '0' || host[len(host)-1] > '9' {
		return ""
	}
	at := len(host)
	for range 4 {
		if at = strings.LastIndexByte(host[:at], '.'); at < 0 {
			return ""
		}
	}
	if _, err := netip.ParseAddr(host[at+1:]); err != nil || IsIP(host) {
		return ""
	}
	return host[at+1:]
}
