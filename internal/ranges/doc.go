// Package ranges does the arithmetic of HTTP range requests
// (RFC 9110, Section 14): what a Range field asks for, what the answer should
// be for a representation of a given size, what a Content-Range field claims,
// whether request and answer fit together, where the parts of a
// multipart/byteranges body lie, and which bytes of a resource have been seen.
//
// The mental model is three values. A [Range] is a wish that does not know the
// size of the representation; [Resolve] meets it with a size and gives
// [Span] values, which are plain closed intervals; a [Map] collects spans from
// many responses into a picture of one resource.
//
// What it does not do: it keeps no body bytes, it does not parse messages or
// decide which response belongs to which request, it does not compare
// resources, and it knows no range unit but bytes. Strange traffic is never a
// Go error: it is a [Problem], and the best reading of the value is returned
// next to it.
package ranges

import (
	"math"

	"httpscope/internal/problem"
)

// Problem is one thing wrong or remarkable in the traffic.
// Code is one of the constants of this package, Detail quotes the case.
type Problem = problem.Problem

// Span is the closed interval of byte positions First..Last, counted from 0,
// with 0 <= First <= Last.
type Span struct {
	First, Last int64
}

// Len returns the number of bytes in the span. The one span whose length does
// not fit, 0..MaxInt64, answers MaxInt64.
func (s Span) Len() int64 {
	return addSat(s.Last-s.First, 1)
}

// addSat adds two numbers that are not negative and stops at MaxInt64: sizes
// come from the network, and a sum that wraps to negative would pass checks.
func addSat(a, b int64) int64 {
	if a > math.MaxInt64-b {
		return math.MaxInt64
	}
	return a + b
}
