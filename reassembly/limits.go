package reassembly

// Limits. Each bounds what hostile or damaged traffic can make the assembler keep.
const (
	// maxBuffered bounds what one direction keeps behind a hole, in bytes.
	// Linux receives with a window of 6 MiB by default (tcp_rmem), so a hole
	// that is ever filled is filled within about that.
	maxBuffered = 4 << 20

	// maxBufferedAll bounds it for all connections together, in bytes; less where the limit on what
	// they hold is small.
	maxBufferedAll = 16 << 20

	// maxPending bounds buffered segments of one direction: it takes time to
	// find the place of one among many.
	maxPending = 8192

	// segmentCost is added to a buffered segment's bytes: one-byte segments cost too.
	segmentCost = 96

	// maxHeld bounds what open connections hold, in bytes: a connection of which nothing but
	// the beginning was captured, and one that carries bytes, cost what was measured with package
	// inspect as the handler; buffered segments come to that.
	maxHeld     = 48 << 20
	openingCost = 2200
	talkingCost = 3400

	// openingNano is how long a connection may take to be answered, in nanoseconds of capture
	// time: Linux sends a SYN again for 127 seconds (tcp_syn_retries).
	openingNano = 130e9

	// maxClosed bounds closed connections that are remembered, so that late
	// packets find them. A segment lives two minutes at most (RFC 9293, Section 3.4.1).
	maxClosed = 1 << 15

	// lingerNano is how long a closed connection waits for the acknowledgment
	// of its last FIN before it is reported, in nanoseconds of capture time.
	lingerNano = 2e9

	// maxLingering bounds how many wait for it.
	maxLingering = 4096

	// maxWindow is the largest window TCP can have, in bytes (RFC 7323, Section 2.3).
	// What lies further ahead belongs to no sender of this connection.
	maxWindow = 1 << 30

	// maxSpare bounds closed connections whose memory is kept for the next.
	maxSpare = 256

	// holdPackets is how many packets of a connection something may wait for what
	// must have come before it: a hole for the bytes that were acknowledged, a
	// segment for what its sender had received, the beginning of a connection for
	// its SYN. Captures on several cores or interfaces are not in order; a packet
	// that is 8 places early and one that is 8 places late are 16 apart.
	holdPackets = 16

	// holdNano is how long it may wait while the line is silent, in nanoseconds
	// of the clock, in a live capture.
	holdNano = 200e6

	// doubtNano is how long a RST may be disproved, in nanoseconds of capture time:
	// the longest usual round trip, after which the receiver of a forged one has acknowledged more.
	doubtNano = 1e9

	// maxRebase is how far before the first captured byte the beginning may turn out to be, in bytes:
	// what a few packets that are out of order can hold, segmentation offload included.
	maxRebase = 1 << 20

	// historySize is how many delivered bytes a direction can compare retransmissions with,
	// historyLeast for how many there is memory at first (both powers of two), and historySlots
	// how many directions can at a time.
	historySize  = 16 << 10
	historyLeast = 2 << 10
	historySlots = 256
)
