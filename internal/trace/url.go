package trace

import (
	"net"
	"strings"

	"httpscope/internal/cookies"
	"httpscope/internal/layer"
)

// URL is what the exchange's request asks for. The request must have a head.
func (x *Exchange) URL() cookies.URL { return x.Conn.URL(x.Request) }

// URL is what a request on the connection asks for, as far as cookies and ranges care.
// The request must have a head.
func (c *Connection) URL(request *Message) cookies.URL {
	h := request.Head
	u := cookies.URL{Scheme: h.Scheme, Host: h.Authority, Path: h.Path}
	if strings.Contains(u.Host, ":") {
		if host, port, err := net.SplitHostPort(u.Host); err == nil {
			u.Host, u.Port = host, port
		}
	}
	if !strings.HasPrefix(u.Path, "/") {
		u.Path = "/" + u.Path // what a target without its slash was meant to be
	}
	if u.Host == "" {
		u.Host = c.Ends[layer.Server].Addr().String()
	}
	return u
}
