// Package reassembly puts TCP segments in order, connection by connection.
//
// An [Assembler] takes packets as they were captured and tells its [Handler]
// what each side of each connection sent: [Run] after run, in sequence,
// with the gaps where the capture lost something, and beside that what
// happened on the way ([Note]): retransmissions, overlaps, resets.
//
// Sequence numbers are mapped to 64-bit stream offsets by signed 32-bit
// serial arithmetic (RFC 9293, Section 3.4), offset 0 being the byte after the
// SYN, or the first byte seen where the capture began later. The first copy
// of a byte wins. A gap is declared when the other side acknowledges past it:
// then the network delivered the bytes and the capture lost them.
//
// Memory is bounded per connection and in all, see limits.go. The package
// does not look into the bytes, keeps none that were delivered but for a
// short history to compare retransmissions with, starts no goroutine and
// knows no time but that of the packets.
package reassembly
