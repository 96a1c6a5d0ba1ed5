package tlsread

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"time"
)

// Session is what both directions say before they are encrypted.
type Session struct {
	Client, Server []Record

	Hello    bool     // there is a ClientHello
	Name     string   // server_name (RFC 6066, Section 3); "" when there is none
	Offered  []string // protocols, ALPN (RFC 7301)
	Versions []uint16 // that the client offers, without the reserved ones of RFC 8701
	Suites   int      // cipher suites that the client offers
	ECH      bool     // encrypted_client_hello: Name may be a cover (RFC 9849)
	Early    bool     // early_data: the client sends requests before the server has answered

	Answered bool     // there is a ServerHello
	Version  uint16   // chosen: 0x0304 is TLS 1.3
	Suite    uint16   // chosen
	Protocol string   // chosen; "" in TLS 1.3, where it is encrypted
	Chain    []Leaf   // certificates; none in TLS 1.3, where they are encrypted
	Bad      []string // certificates that could not be read, and why
}

// Leaf is what a certificate says.
type Leaf struct {
	Subject, Issuer string
	Names           []string // DNS names and addresses
	From, Until     time.Time
}

// Read reads both directions. Either may be empty.
func Read(client, server []byte) Session {
	s := Session{Client: Records(client), Server: Records(server)}
	messages(plain(s.Client), func(kind byte, body []byte) {
		if kind == 1 && !s.Hello {
			s.clientHello(body)
		}
	})
	messages(plain(s.Server), func(kind byte, body []byte) {
		switch {
		case kind == 2 && !s.Answered:
			s.serverHello(body)
		case kind == 11 && s.Answered && s.Version < 0x0304 && s.Chain == nil:
			s.certificates(body)
		}
	})
	return s
}

// messages calls f with the whole handshake messages in b (RFC 8446, Section 4).
func messages(b []byte, f func(kind byte, body []byte)) {
	r := reader{b: b}
	for len(r.b) > 0 {
		kind := r.byte()
		body := r.vector(3)
		if r.bad {
			return
		}
		f(kind, body)
	}
}

// reader takes values from the front of bytes. After the first that is not
// there, bad stays set and everything is empty.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) take(n int) []byte {
	if r.bad || n > len(r.b) {
		r.bad, r.b = true, nil
		return nil
	}
	out := r.b[:n]
	r.b = r.b[n:]
	return out
}

// number is an unsigned number of n bytes, at most four.
func (r *reader) number(n int) int {
	v := 0
	for _, c := range r.take(n) {
		v = v<<8 | int(c)
	}
	return v
}

func (r *reader) byte() byte { return byte(r.number(1)) }

// vector is bytes with their length before them, in n bytes.
func (r *reader) vector(n int) []byte { return r.take(r.number(n)) }

// maxItems bounds lists in a message; honest ones have a few dozen entries.
const maxItems = 256

// reserved reports the values of RFC 8701, which mean nothing.
func reserved(v uint16) bool { return v&0x0f0f == 0x0a0a && v>>8 == v&0xff }

// clientHello is RFC 8446, Section 4.1.2.
func (s *Session) clientHello(body []byte) {
	r := reader{b: body}
	version := uint16(r.number(2))
	r.take(32)
	r.vector(1)
	suites := reader{b: r.vector(2)}
	r.vector(1)
	if r.bad {
		return
	}
	s.Hello = true
	for len(suites.b) >= 2 && s.Suites < 1<<15 {
		if !reserved(uint16(suites.number(2))) {
			s.Suites++
		}
	}
	extensions(&r, func(kind int, data []byte) { s.offer(kind, data) })
	if s.Versions == nil {
		s.Versions = []uint16{version}
	}
}

// extensions goes through those of a hello; older ones have none.
func extensions(r *reader, f func(kind int, data []byte)) {
	if len(r.b) == 0 {
		return
	}
	list := reader{b: r.vector(2)}
	for n := 0; len(list.b) > 0 && n < maxItems; n++ {
		kind := list.number(2)
		data := list.vector(2)
		if list.bad {
			return
		}
		f(kind, data)
	}
}

// Numbers of extensions (IANA, TLS ExtensionType Values).
const (
	extServerName = 0
	extALPN       = 16
	extEarlyData  = 42
	extVersions   = 43
	extECH        = 0xfe0d
)

// offer reads an extension of a ClientHello.
func (s *Session) offer(kind int, data []byte) {
	r := reader{b: data}
	switch kind {
	case extServerName:
		list := reader{b: r.vector(2)}
		if list.byte() == 0 && !list.bad {
			s.Name = string(list.vector(2))
		}
	case extALPN:
		s.Offered = protocols(&r)
	case extVersions:
		list := reader{b: r.vector(1)}
		for len(list.b) >= 2 && len(s.Versions) < maxItems {
			if v := uint16(list.number(2)); !reserved(v) {
				s.Versions = append(s.Versions, v)
			}
		}
	case extECH:
		s.ECH = true
	case extEarlyData:
		s.Early = true
	}
}

// protocols is RFC 7301, Section 3.1.
func protocols(r *reader) []string {
	var out []string
	list := reader{b: r.vector(2)}
	for len(list.b) > 0 && len(out) < maxItems {
		name := list.vector(1)
		if list.bad {
			break
		}
		if len(name) == 2 && reserved(uint16(name[0])<<8|uint16(name[1])) {
			continue
		}
		out = append(out, string(name))
	}
	return out
}

// serverHello is RFC 8446, Section 4.1.3.
func (s *Session) serverHello(body []byte) {
	r := reader{b: body}
	version := uint16(r.number(2))
	r.take(32)
	r.vector(1)
	suite := uint16(r.number(2))
	r.byte()
	if r.bad {
		return
	}
	s.Answered, s.Version, s.Suite = true, version, suite
	extensions(&r, func(kind int, data []byte) {
		in := reader{b: data}
		switch kind {
		case extVersions:
			if v := uint16(in.number(2)); !in.bad {
				s.Version = v
			}
		case extALPN:
			if list := protocols(&in); len(list) == 1 {
				s.Protocol = list[0]
			}
		}
	})
}

// maxChain bounds the certificates of a chain that are read.
const maxChain = 10

// certificates is RFC 5246, Section 7.4.2.
func (s *Session) certificates(body []byte) {
	r := reader{b: body}
	list := reader{b: r.vector(3)}
	for n := 0; len(list.b) > 0 && n < maxChain; n++ {
		der := list.vector(3)
		if list.bad {
			return
		}
		c, err := x509.ParseCertificate(der)
		if err != nil {
			s.Bad = append(s.Bad, err.Error())
			continue
		}
		s.Chain = append(s.Chain, leafOf(c))
	}
}

func leafOf(c *x509.Certificate) Leaf {
	l := Leaf{Subject: distinguishedName(c.Subject), Issuer: distinguishedName(c.Issuer), From: c.NotBefore,
		Until: c.NotAfter}
	l.Names = append(l.Names, c.DNSNames[:min(len(c.DNSNames), maxItems)]...)
	for _, ip := range c.IPAddresses[:min(len(c.IPAddresses), maxItems)] {
		l.Names = append(l.Names, ip.String())
	}
	return l
}

// distinguishedName writes the first maxItems attributes of a name as RFC 2253 does. Honest
// names have ten; pkix writes one by appending to a string for each attribute, which is
// quadratic in their number.
func distinguishedName(n pkix.Name) string {
	if len(n.Names) > maxItems {
		first := n.Names[:maxItems]
		n = pkix.Name{}
		n.FillFromRDNSequence(&pkix.RDNSequence{first})
		return n.String() + ",…"
	}
	return n.String()
}
