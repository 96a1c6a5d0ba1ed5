package lesson

import (
	"net"
	"net/netip"
	"strings"
	"time"

	"httpscope/httpdecode"
	"httpscope/internal/cookies"
	"httpscope/internal/trace"
)

// client is whom a cookie jar belongs to. Two user agents at one address are two.
type client struct {
	addr  netip.Addr
	agent string
}

// maxAgent bounds the part of a User-Agent that tells one client from another.
const maxAgent = 256

func clientOf(x *trace.Exchange) client {
	agent := user(x)
	return client{x.Conn.Ends[httpdecode.Client].Addr(), agent[:min(len(agent), maxAgent)]}
}

func (c client) String() string {
	if c.agent == "" {
		return c.addr.String() + ", which names no User-Agent"
	}
	return c.addr.String() + ", " + clip(c.agent)
}

// urlOf is what a request asks for, as far as cookies and ranges care.
func urlOf(x *trace.Exchange) cookies.URL {
	h := x.Request.Head
	u := cookies.URL{Scheme: "http", Path: h.Target}
	u.Host, _ = h.Lookup(httpdecode.FieldHost)
	if h.Form == httpdecode.AbsoluteForm {
		scheme, rest, _ := strings.Cut(h.Target, "://")
		i := strings.IndexAny(rest+"/", "/?#")
		u.Scheme, u.Host, u.Path = strings.ToLower(scheme), rest[:i], rest[i:]
	}
	if host, port, err := net.SplitHostPort(u.Host); err == nil {
		u.Host, u.Port = host, port
	}
	if !strings.HasPrefix(u.Path, "/") {
		u.Path = "/" + u.Path // what a target without its slash was meant to be
	}
	if u.Host == "" {
		u.Host = x.Conn.Ends[httpdecode.Server].Addr().String()
	}
	return u
}

// timeOf is a point's time; the zero time when it is not known.
func timeOf(p trace.Point) time.Time {
	if p.Nano == 0 {
		return time.Time{}
	}
	return time.Unix(0, p.Nano).UTC()
}
