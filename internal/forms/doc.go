// Package forms reads the small languages inside requests: form bodies and
// query strings (application/x-www-form-urlencoded), multipart/form-data
// (RFC 7578), credentials (RFC 9110, section 11, and RFC 7617), entity tags,
// HTTP dates and conditional requests (RFC 9110, sections 5.6.7, 8.8 and 13).
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

import "fmt"

// Problem is one thing wrong or remarkable in the traffic.
// Code is one of the constants of this package, Detail quotes the case.
type Problem struct {
	Code   string
	Detail string
}

// maxQuote bounds quoted network data in a Detail: the text ends up on a
// screen line, and a value may be many kilobytes long.
const maxQuote = 60

// quoted is hostile text that prints as a bounded, escaped Go string. It is
// formatted only when a problem is kept: a field with a million bad elements
// must not cost a million formatted quotes.
type quoted string

// quote marks hostile text for a Detail.
func quote(s string) quoted { return quoted(s) }

func (q quoted) String() string {
	if len(q) > maxQuote {
		return fmt.Sprintf("%q...", string(q[:maxQuote]))
	}
	return fmt.Sprintf("%q", string(q))
}

// problems collects problems and keeps the first of each code, so that the
// list stays bounded however long the input is.
type problems []Problem

// add records a problem unless its code is already there.
func (p *problems) add(code, format string, args ...any) {
	for _, q := range *p {
		if q.Code == code {
			return
		}
	}
	*p = append(*p, Problem{code, fmt.Sprintf(format, args...)})
}
