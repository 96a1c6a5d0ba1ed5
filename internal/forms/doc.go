// Package forms reads the small languages inside requests: form bodies and
// query strings (application/x-www-form-urlencoded), multipart/form-data
// (RFC 7578), credentials (RFC 9110, Section 11, and RFC 7617), entity tags,
// HTTP dates and conditional requests (RFC 9110, Sections 5.6.7, 8.8 and 13).
//
// The mental model is a list that keeps order and evidence: each [Pair] or
// [Part] says where in the input it stands and how it was written, since
// servers disagree on what a repeated or malformed one means. [Conditional]
// goes one step further and plays the server: it decides the outcome that the
// RFC demands and compares it with the status that was seen.
//
// What it does not do: it verifies no password and no digest, it decodes no
// content coding and no file, it does not choose among repeated names, and it
// reads no clock: times come in by parameter. Strange traffic is never a Go
// error: it is a [Problem].
package forms

import "httpscope/internal/problem"

// Problem is one thing wrong or remarkable in the traffic.
// Code is one of the constants of this package, Detail quotes the case.
type Problem = problem.Problem
