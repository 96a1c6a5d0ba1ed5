package tasks

import (
	"hash/maphash"
	"net/netip"
	"net/url"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/cookies"
	"httpscope/internal/layer"
	"httpscope/internal/trace"
)

// Limits of what is looked at in one message. A login and a page of the lab have
// a few of each; a hostile message has as many as it can.
const (
	maxPairs = 32       // cookies, form fields, query parameters
	maxText  = 64 << 10 // bytes of a body
)

// reading is an exchange as tasks look at it. A head that is not there is empty,
// never nil.
type reading struct {
	*trace.Exchange
	q, r *trace.Head
	seed maphash.Seed
}

// noHead stands for a head that is not there. Nothing writes to it.
var noHead = &trace.Head{}

func readExchange(x *trace.Exchange, seed maphash.Seed) *reading {
	r := &reading{Exchange: x, q: noHead, r: noHead, seed: seed}
	if x.Request != nil && x.Request.Head != nil {
		r.q = x.Request.Head
	}
	if x.Response != nil && x.Response.Head != nil {
		r.r = x.Response.Head
	}
	return r
}

// asked is when the request began, zero without one.
func (r *reading) asked() layer.Stamp {
	if r.Request == nil {
		return layer.Stamp{}
	}
	return r.Request.First
}

// answered is when the final response began, zero without one.
func (r *reading) answered() layer.Stamp {
	if r.Response == nil {
		return layer.Stamp{}
	}
	return r.Response.First
}

// over reports a request whose final response has ended.
func (r *reading) over() bool { return r.Request != nil && r.Response != nil && r.Response.Done }

// whole reports a final response all of whose bytes were there.
func (r *reading) whole() bool { return r.over() && r.Response.Complete }

// hash stands for text from the network.
func (r *reading) hash(texts ...string) uint64 {
	var h maphash.Hash
	h.SetSeed(r.seed)
	for _, t := range texts {
		h.WriteString(t)
		h.WriteByte(0)
	}
	return h.Sum64()
}

func (r *reading) clientEnd() netip.AddrPort { return r.Conn.Ends[layer.Client] }
func (r *reading) serverEnd() netip.AddrPort { return r.Conn.Ends[layer.Server] }

// caller tells one client from another: several of them run on one machine.
func (r *reading) caller() uint64 {
	agent, _ := r.q.Lookup(httpdecode.FieldUserAgent)
	return r.hash(r.clientEnd().Addr().String(), agent)
}

// What marks belong together by.

func (r *reading) sameExchange() key   { return key{id: r.ID} }
func (r *reading) sameConnection() key { return key{id: r.Conn.ID} }

func (r *reading) sameServer() key {
	return key{to: r.serverEnd().Addr(), port: r.serverEnd().Port()}
}

// sameMachines are the two addresses without ports.
func (r *reading) sameMachines() key {
	return key{from: r.clientEnd().Addr(), to: r.serverEnd().Addr()}
}

// sameResource is a target on a server.
func (r *reading) sameResource() key {
	host, _ := r.q.Lookup(httpdecode.FieldHost)
	k := r.sameServer()
	k.text = r.hash(host, r.q.Target)
	return k
}

// sameValue is a name and a value between any client and a server, whose ports
// share cookies (RFC 6265bis, Section 8.5).
func (r *reading) sameValue(p pair) key {
	return key{to: r.serverEnd().Addr(), text: r.hash(p.name, p.value)}
}

// sameValueOfClient is a name and a value between one client and a server.
func (r *reading) sameValueOfClient(p pair) key {
	k := r.sameValue(p)
	k.id = int64(r.caller())
	return k
}

// pair is a name with its value: of a cookie, a form field, a query parameter.
type pair struct{ name, value string }

// cookiesSent lists the cookies of the request.
func (r *reading) cookiesSent() []pair {
	var all []pair
	for _, line := range r.q.Values(httpdecode.FieldCookie) {
		for _, p := range cookies.ParseCookie(line) {
			if p.Name != "" && len(all) < maxPairs {
				all = append(all, pair{p.Name, p.Value})
			}
		}
	}
	return all
}

// cookiesSet lists the cookies of the response.
func (r *reading) cookiesSet() []cookies.SetCookie {
	var all []cookies.SetCookie
	for _, line := range r.r.Values(httpdecode.FieldSetCookie) {
		if c := cookies.ParseSetCookie(line); c.Ignored == cookies.ReasonNone && len(all) < maxPairs {
			all = append(all, c)
		}
	}
	return all
}

// queryFields lists the parameters of the request's target.
func (r *reading) queryFields() []pair {
	_, query, _ := strings.Cut(r.q.Target, "?")
	return formPairs(query)
}

// formFields lists the fields of an urlencoded request body, as far as it is kept.
func (r *reading) formFields() []pair {
	if r.Request == nil || !mediaType(r.q, "application/x-www-form-urlencoded") {
		return nil
	}
	return formPairs(string(r.Request.Kept[:min(len(r.Request.Kept), maxText)]))
}

func formPairs(text string) []pair {
	var all []pair
	for field := range strings.SplitSeq(text, "&") {
		name, value, _ := strings.Cut(field, "=")
		name, badName := url.QueryUnescape(name)
		value, badValue := url.QueryUnescape(value)
		if badName == nil && badValue == nil && name != "" && len(all) < maxPairs {
			all = append(all, pair{name, value})
		}
	}
	return all
}

// mediaType reports the type of a message's content, without parameters. A name
// that ends in a slash stands for all below it.
func mediaType(h *trace.Head, name string) bool {
	value, _ := h.Lookup(httpdecode.FieldContentType)
	value, _, _ = strings.Cut(value, ";")
	value = strings.ToLower(strings.TrimSpace(value))
	return value == name || strings.HasSuffix(name, "/") && strings.HasPrefix(value, name)
}

// text is the response's body as far as it is kept, nil when it is coded.
func (r *reading) text() []byte {
	if r.Response == nil || r.r.Has(httpdecode.FieldContentEncoding) {
		return nil
	}
	return r.Response.Kept[:min(len(r.Response.Kept), maxText)]
}

// givesSession reports a name and a value that look like a session's number, and
// not like a preference that many clients share.
func (p pair) givesSession() bool {
	name := strings.ToLower(p.name)
	if len(p.value) < 4 {
		return false
	}
	for _, word := range []string{"sess", "sid", "token", "auth", "login", "ticket"} {
		if strings.Contains(name, word) {
			return true
		}
	}
	return strings.HasSuffix(name, "id")
}

// isPassword reports the name of a field that holds a password.
func (p pair) isPassword() bool {
	switch strings.ToLower(p.name) {
	case "pw", "pass", "passwd", "password", "pwd", "secret":
		return p.value != ""
	}
	return false
}
