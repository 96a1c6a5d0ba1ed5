package target

import "time"

// What a server grants its clients. All together it keeps a server answering
// beside clients that open connections and are silent or slow.
const (
	// maxOpen is the number of connections that a server holds open; more wait
	// in the kernel's backlog. Ten thousand silent ones must not keep a page
	// from loading. The process' file descriptors are the other limit: when
	// they are used up, accepting waits until a connection ends.
	maxOpen = 12_000

	// idleTime is how long a connection may stay silent: as long as somebody
	// takes to type a request by telnet, and to think about the answer.
	idleTime = 5 * time.Minute

	// headTime is the time for the head of a request, which may be typed.
	headTime = 2 * time.Minute

	// requestTime is the time for a whole request, or a whole response, of the
	// site: a video over a slow link.
	requestTime = 10 * time.Minute

	// writeTime is the time in which a client must take some bytes (slow read
	// attack).
	writeTime = 30 * time.Second

	// graceTime is what open connections get to end by themselves on Close.
	graceTime = time.Second

	// maxHead is the largest head of a request, in bytes. Browsers and servers
	// agree on 8 to 64 KiB.
	maxHead = 64 << 10

	// maxForm is the largest body that the form server reads, in bytes.
	maxForm = 1 << 20

	// maxLine is the longest first line in the request log, in bytes.
	maxLine = 256

	// maxErrors is the number of errors that are remembered.
	maxErrors = 64
)

// limits are those of the above that a test must not wait for.
type limits struct {
	open               int
	idle, write, grace time.Duration
}

func (l limits) orDefault() limits {
	if l == (limits{}) {
		return limits{open: maxOpen, idle: idleTime, write: writeTime, grace: graceTime}
	}
	return l
}
