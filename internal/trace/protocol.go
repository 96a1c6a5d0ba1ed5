package trace

import "strings"

// Protocol is what a connection speaks, or a layer of it.
type Protocol uint8

// Protocols that have a name of their own in the JSON contract.
const (
	UnknownProtocol Protocol = iota // not told yet
	OtherProtocol
	HTTP09
	HTTP10
	HTTP11
	HTTP2
	TLS
	WebSocket
)

var protocolNames = [...]string{"", "other", "http/0.9", "http/1.0", "http/1.1", "http/2", "tls", "websocket"}

// String is the name in the JSON contract.
func (p Protocol) String() string { return protocolNames[p] }

// ProtocolNamed is the protocol with a name, in any case, as decoders and the Upgrade field give
// it; OtherProtocol when it has none of its own, or there is none.
func ProtocolNamed(name string) Protocol {
	if strings.EqualFold(name, "h2c") { // RFC 7540, Section 3.1
		return HTTP2
	}
	for p := OtherProtocol; int(p) < len(protocolNames); p++ {
		if strings.EqualFold(name, protocolNames[p]) {
			return p
		}
	}
	return OtherProtocol
}

// VersionNamed is the protocol with a version of HTTP/1, in any case; HTTP11 when it is none of the
// older ones.
func VersionNamed(version string) Protocol {
	if version == "HTTP/1.1" { // nearly every head: comparing in any case costs what reading a head costs
		return HTTP11
	}
	if p := ProtocolNamed(version); p == HTTP09 || p == HTTP10 {
		return p
	}
	return HTTP11
}

// IsHTTP1 reports HTTP/1.1 and what was before it.
func (p Protocol) IsHTTP1() bool { return HTTP09 <= p && p <= HTTP11 }
