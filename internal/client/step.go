package client

import "time"

// Step is one thing that the client does: it sends bytes on a connection and
// waits for the answer.
//
// In Send, Body and the patterns of Take, {host} is the server's address,
// {cookies} is the whole Cookie line that the answers so far ask for (nothing
// when they ask for none), {length} is the length of Body, {NAME} is what a step
// before has taken, and {http}, {https}, … is the address of another server.
// Other braces stay as they are.
type Step struct {
	Server   string            // the name that the caller's addr knows; "https" is spoken to through TLS
	On       string            // name of a connection that stays open for later steps; "": one of its own, closed after the answer
	Send     string            // exactly these bytes; nothing opens the connection only
	Body     string            // sent behind Send
	Wait     bool              // Body is sent after an interim response, and not at all when the final one comes first
	Parallel bool              // together with the step before: all send before any waits for its answer
	Pause    time.Duration     // before it
	Expect   Expect            // what to wait for
	Status   int               // the final response must have it; 0 for any
	Take     map[string]string // name to regular expression: its first group, found in the answer, is for later steps
}

// Expect is what a step waits for.
type Expect uint8

const (
	Response Expect = iota // the final response to each request that was sent
	Same                   // as many bytes as were sent
	Closed                 // the server's end of the connection, after the answer
	Nothing                // not for anything
)

// Report is what came of each step that was done, in their order.
type Report struct {
	Answers []Answer
}

// Answer is what a server sent to one step.
type Answer struct {
	Sent, Received int64  // bytes, before encryption
	Status         int    // of the last final response, 0 when there is none
	Head           string // of the last final response, as sent
	Body           []byte // the first bytes of the last body, without chunk framing, or of what is no HTTP
	Closed         bool   // the server ended the connection
}
