// Package content turns the body of a message into something a person can
// read: it undoes content codings (RFC 9110, Section 8.4), reads media types
// (section 8.3), converts text to UTF-8 and tells text from binary data.
//
// The mental model is a stack. Content-Encoding lists the codings in the order
// in which the sender applied them; [Decode] takes them off from the last to
// the first and stops at the first one that it cannot take off. What it has by
// then is the result: a body that is cut or corrupt gives all bytes in front
// of the damage and a [Problem] that says where decoding stopped.
//
// What it does not do: it knows nothing of transfer codings (chunked) and
// messages, it never encodes, it does not render or interpret formats such as
// HTML or JSON, and it trusts no length stated in the data. Strange traffic is
// never a Go error: it is a [Problem].
package content

import "httpscope/internal/problem"

// Problem is one thing wrong or remarkable in the traffic.
// Code is one of the constants of this package, Detail quotes the case.
type Problem = problem.Problem
