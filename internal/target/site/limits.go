package site

import "time"

// Bounds of what one visitor can make the site keep or wait for.
const (
	maxBody     = 64 << 10 // of a request that is echoed, stored or read as a form
	maxStored   = 64       // resources under /store/
	maxName     = 64       // bytes of a stored resource's name
	maxSessions = 1000     // of one kind; the one used longest ago goes first
	maxAgent    = 256      // bytes of User-Agent in a session
	sessionIdle = 30 * time.Minute

	maxDelay  = 2000 * time.Millisecond // of ?delay= and ?ms=
	maxEvents = 20                      // of /sse
	maxHops   = 20                      // of /redirect/chain: browsers give up after about twenty

	socketIdle     = time.Minute // between two WebSocket messages
	socketLifetime = time.Hour

	// A reader that takes nothing for this long loses a connection that was
	// taken over from net/http.
	writeDeadline = 10 * time.Second

	// After the last response, for what the client still sends.
	linger = 500 * time.Millisecond
)

// Bounds of one connection of the raw group.
const (
	maxRawHead     = 16 << 10
	maxRawRequests = 100
	rawReadWait    = 30 * time.Second // for the next request or the rest of one
)
