package httpdecode

// Limits. Traffic beyond them is read on, with a finding.
const (
	// maxHead bounds a head, in bytes: Chromium's limit for a response's, the
	// largest among common peers (nginx 32 KiB, Apache 8 KiB a line).
	maxHead = 256 << 10

	// maxChunkLine bounds a chunk size with its extensions, in bytes; a sender
	// of one-byte chunks with long extensions is an old attack (Go's net/http
	// stops at 4 KiB a line).
	maxChunkLine = 16 << 10

	// maxSniff bounds the first line of an unknown protocol, in bytes: the
	// longest request line that common servers accept (RFC 9112, Section 3 asks for 8000).
	maxSniff = 64 << 10

	// maxPreamble bounds what may stand before HTTP on a connection, in bytes: a
	// SOCKS handshake with passwords, or the header of the PROXY protocol.
	maxPreamble = 1 << 10

	// maxTarget bounds the target of a request that begins after lost bytes,
	// in bytes: the length that RFC 9112, Section 3 asks every recipient to bear.
	maxTarget = 8000

	// maxHold bounds what a client sends before its CONNECT or Upgrade is answered, in bytes.
	maxHold = 64 << 10

	// maxPending bounds unanswered requests of a connection: more are decoded,
	// but no longer matched.
	maxPending = 4096

	// maxFindings bounds findings of one message: a head of 100 000 odd lines
	// must not become 100 000 findings.
	maxFindings = 32

	// maxSpareHeads bounds heads that were given back, maxSpareFields the fields that
	// each has room for, and maxSpareRaw the bytes: a head of thousands is
	// not worth keeping.
	maxSpareHeads  = 1024
	maxSpareFields = 64
	maxSpareRaw    = 2 << 10
)
