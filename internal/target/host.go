package target

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"os"
	"strings"

	"httpscope/internal/visible"
)

// hosts tells which names a request may give this machine where it comes over loopback.
//
// A page of any site can make a browser ask its own host name, and the owner of that name can have it
// mean 127.0.0.1 from then on (DNS rebinding): the browser takes what the lab answers, the files of
// --directory among it, for that site's, and gives it to its scripts. Only the Host field shows
// that (RFC 9110, Section 7.2 and 15.5.20).
type hosts struct {
	self    string          // this machine's own name
	allowed map[string]bool // beside names that can mean this machine alone
}

func newHosts(allowed []string) hosts {
	self, _ := os.Hostname() // without one there is one name less
	h := hosts{self: bareHost(self), allowed: map[string]bool{}}
	for _, name := range allowed {
		h.allowed[bareHost(name)] = true
	}
	return h
}

// refuse says why a request is not answered, "" when it is. host is its Host field, "" where it has
// none: only old and handmade clients leave it out, no browser does.
func (h hosts) refuse(host string, at net.Addr) string {
	name := bareHost(host)
	if !onLoopback(at) || name == "" || h.means(name) {
		return ""
	}
	return fmt.Sprintf("The request came over loopback, and its Host names %s, which is not this machine. "+
		"A web page elsewhere can send such requests: its name is made to mean 127.0.0.1, and what is answered here "+
		"would be read by its scripts (DNS rebinding). Use localhost, 127.0.0.1, or a name without a dot; "+
		"for an exercise start the lab with --allow-host %[1]s", visible.Clip(name, maxHostShown))
}

// maxHostShown bounds the name in an answer, in characters.
const maxHostShown = 100

// means reports a name that nobody else can have mean this machine: one without a dot, an address,
// one that is reserved for it (RFC 6761), its own, and those that were allowed.
func (h hosts) means(name string) bool {
	_, err := netip.ParseAddr(strings.Trim(name, "[]"))
	return err == nil || !strings.Contains(name, ".") || strings.HasSuffix(name, ".localhost") ||
		strings.HasSuffix(name, ".test") || name == h.self || h.allowed[name]
}

// bareHost is a host without its port and a final dot, in small letters.
func bareHost(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(strings.TrimSuffix(strings.TrimSpace(host), "."))
}

// onLoopback reports a connection that has not left this machine. Who comes over a network
// asks for what is there for all.
func onLoopback(at net.Addr) bool {
	return at != nil && addrPort(at).Addr().IsLoopback()
}

// guarded is a handler that answers only requests for this machine.
func (h hosts) guarded(inner http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		at, _ := r.Context().Value(http.LocalAddrContextKey).(net.Addr)
		if why := h.refuse(r.Host, at); why != "" {
			http.Error(w, why, http.StatusMisdirectedRequest)
			return
		}
		inner.ServeHTTP(w, r)
	})
}

// turnsAway answers a request that is not for this machine, and reports that.
func (h hosts) turnsAway(p *pythonHandler, at net.Addr) bool {
	host, _ := p.field("Host")
	why := h.refuse(host, at)
	if why != "" {
		p.sendError(http.StatusMisdirectedRequest, "Misdirected Request", why)
	}
	return why != ""
}
