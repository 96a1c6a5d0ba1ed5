package trace

import (
	"math"
	"time"
)

// NoDuration stands for a time that is not known.
const NoDuration time.Duration = math.MinInt64

// Timing returns how long the client waited for the first byte of the final
// response after its request's last byte, and how long the response then took.
// A response that began before the request's end makes wait negative.
func (x *Exchange) Timing() (wait, receive time.Duration) {
	r := x.Response
	if r == nil {
		r = x.Simple
	}
	wait, receive = NoDuration, NoDuration
	if r == nil || r.First.Nano == 0 {
		return wait, receive
	}
	if x.Request != nil {
		wait = time.Duration(r.First.Nano - x.Request.Last.Nano)
	}
	return wait, time.Duration(r.Last.Nano - r.First.Nano)
}
