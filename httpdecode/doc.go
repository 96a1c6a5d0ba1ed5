// Package httpdecode reads HTTP/1.x out of the two byte streams of a connection.
//
// A [Decoder] is fed what each side sent, in order ([Decoder.Feed]), what is
// missing ([Decoder.Gap]) and how each side ended ([Decoder.EOF]); after each
// call [Decoder.Next] yields events until there are none. It does no input or
// output, starts no goroutine and asks no clock. One object sees both sides,
// because a response's framing depends on the request it answers
// (RFC 9112, Section 6.3): the decoder keeps the queue of unanswered requests.
//
// # How a side moves
//
//	sniff ─▶ start ─▶ head ─▶ fixed | chunk size ⇄ chunk data ─▶ trailers | until close ─▶ start …
//	   └──▶ raw (another protocol)                                     101, CONNECT ─▶ raw
//	a gap in a head or a chunk size, or bytes that are no message ─▶ lost ─▶ start
//
// Odd traffic is never a Go error. It is a [Finding] with a stable code, and
// decoding goes on as servers and browsers do. A connection that speaks
// something else is a connection of that protocol, never a malformed message.
//
// The package does not decode content codings, cookies or ranges, does not
// speak HTTP/2, and imports the standard library only.
package httpdecode
