// Package content turns the body of a message into something a person can
// read: it undoes content codings (RFC 9110, section 8.4), reads media types
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

import "fmt"

// Problem is one thing wrong or remarkable in the traffic.
// Code is one of the constants of this package, Detail quotes the case.
type Problem struct {
	Code   string
	Detail string
}

// maxQuote bounds quoted network data in a Detail: the text ends up on a
// screen line, and a field may be many kilobytes long.
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
