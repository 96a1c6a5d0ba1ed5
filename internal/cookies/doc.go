// Package cookies is an observer's model of HTTP cookies.
//
// A server sends Set-Cookie fields, a client keeps the cookies in its jar and
// returns some of them in the Cookie field of later requests. An observer sees
// both fields but not the jar. This package rebuilds the jar of one client from
// the responses, predicts the Cookie line of the next request, and compares the
// prediction with what the client really sent:
//
//	response -> ParseSetCookie -> Jar.Receive -> Change   (stored, refused: why)
//	request  -> Jar.Predict    -> Prediction              (sent, withheld: why)
//	request  -> ParseCookie    -> Jar.Compare -> Verdict  (as predicted, or not)
//
// The rules are those of RFC 6265bis (draft-ietf-httpbis-rfc6265bis, "Cookies:
// HTTP State Management Mechanism"), the successor of RFC 6265. A bare "section"
// in a comment means that document. Section 5 (user agents) decides what is
// stored and sent; section 4 (servers) decides what is reported as a Problem.
//
// What it does not do: it reads no packets and splits no field lines, it has no
// clock (time comes in as a parameter), it keeps nothing on disk, and it never
// corrects the jar from what the client sends. It does not enforce SameSite: a
// rule about the page that caused a request cannot be checked from the request
// alone, so SameSite only becomes a remark in the text.
//
// Strange traffic is never a Go error and never a panic. It becomes a Problem, a
// Change or a Verdict with a stable code; the table Codes explains every code.
package cookies

import (
	"time"

	"httpscope/internal/texts"
)

// The limits of the jar and of the parser. Nothing in this package grows without
// one of them, except in proportion to the one field value that is being parsed.
const (
	// MaxPairSize is the largest cookie name plus value, in octets
	// (section 5.6, step 5 and section 5.7, step 4).
	MaxPairSize = 4096

	// MaxAttributeSize is the largest attribute value, in octets; a longer one
	// is ignored, the cookie is not (section 5.6, attributes, step 6).
	MaxAttributeSize = 1024

	// MaxAge is the longest lifetime that a client may give to a cookie
	// (section 5.5: 400 days, 34560000 seconds).
	MaxAge = 400 * 24 * time.Hour

	// MaxPerDomain is the number of cookies that may share a domain. Section 6.1
	// asks for at least 50; Chromium keeps 180 (kDomainMaxCookies), and a model
	// that evicts earlier than the clients do would report false findings.
	MaxPerDomain = 180

	// MaxCookies is the number of cookies in a jar: the least that section 6.1
	// asks of a client.
	MaxCookies = 3000

	// MaxGone is the number of removed, replaced or refused cookies that a jar
	// remembers to explain later requests. Ours: no RFC asks for this memory.
	// With the size limits above this is about 3 MB for a hostile client, and the
	// jar itself about 20 MB; only default paths, which are as long as the paths
	// of requests may be, are bounded by the caller.
	MaxGone = 500

	// MaxProblems is the number of problems kept for one Set-Cookie field. Ours:
	// thirty-two explain a bad field; a field of 60000 semicolons adds nothing.
	MaxProblems = 32
)

// Problem is one thing in a field that contradicts section 4, or that a reader
// should know about. Code is one of the Code constants.
type Problem struct {
	Code   string
	Detail texts.Phrase // one sentence about this field, quoting it
}
