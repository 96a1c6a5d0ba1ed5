package target

import (
	"net/netip"
	"time"
)

// Ear hears what the servers' sockets carry, in the order of the socket calls.
// Its methods are called from many goroutines.
//
// A connection over TLS is heard as the network carries it: as cipher text.
// What a server had not read when it closed is not heard, although the network
// carried it.
type Ear interface {
	// Opened says that a server accepted a connection.
	Opened(server string, client, local netip.AddrPort, at time.Time) Heard
}

// Heard hears one connection. Its methods are called one at a time. Bytes are
// valid only during the call.
type Heard interface {
	// Read gives the client's bytes, as a read returned them.
	Read(b []byte, at time.Time)
	// Wrote gives the server's bytes, as a write took them. A write that the
	// socket takes in parts is several.
	Wrote(b []byte, at time.Time)
	// ReadEnd is the client's end of stream, or its reset. A server that does
	// not read any more does not notice either.
	ReadEnd(reset bool, at time.Time)
	// WriteEnd is the server's end of stream: CloseWrite, or a Close that is
	// not a reset.
	WriteEnd(at time.Time)
	// Closed is the last call. reset says that the connection ended by a reset,
	// of either side: because the client had sent one, because the server asked
	// for one, or, on Linux, because it closed with bytes unread.
	Closed(reset bool, at time.Time)
}

// pair lets two ears hear the same.
type pair struct{ a, b Ear }

func (p pair) Opened(server string, client, local netip.AddrPort, at time.Time) Heard {
	return heardPair{p.a.Opened(server, client, local, at), p.b.Opened(server, client, local, at)}
}

type heardPair struct{ a, b Heard }

func (p heardPair) Read(b []byte, at time.Time)      { p.a.Read(b, at); p.b.Read(b, at) }
func (p heardPair) Wrote(b []byte, at time.Time)     { p.a.Wrote(b, at); p.b.Wrote(b, at) }
func (p heardPair) ReadEnd(reset bool, at time.Time) { p.a.ReadEnd(reset, at); p.b.ReadEnd(reset, at) }
func (p heardPair) WriteEnd(at time.Time)            { p.a.WriteEnd(at); p.b.WriteEnd(at) }
func (p heardPair) Closed(reset bool, at time.Time)  { p.a.Closed(reset, at); p.b.Closed(reset, at) }
