package trace

import (
	"httpscope/internal/cookies"
	"httpscope/internal/ranges"
)

// RangeReading is what an exchange says about parts of a resource.
type RangeReading struct {
	Asked    ranges.Range        // valid with HasAsked
	HasAsked bool                // the request has a Range field
	Answer   ranges.ContentRange // Valid tells whether there was one
	Size     int64               // of the representation, -1 when no response told
	Expected ranges.Expected     // what the request should give on a representation of that size; zero when Size is -1
	Parts    []ranges.Part       // of a multipart/byteranges body
	Seen     ranges.View         // what all exchanges so far gave of the resource; empty where a change is enough

	// The same in short.
	Covered      int64 // different bytes
	HolesTotal   int
	Overlaps     []ranges.Span // the first MostOverlaps of them
	MoreOverlaps bool
}

// MostOverlaps is how many overlaps of a resource an exchange lists.
const MostOverlaps = 32

// CookieReading is what an exchange did with cookies, by RFC 6265bis.
type CookieReading struct {
	Predicted string            // the Cookie line that the rules ask for, "" for none
	More      int               // cookies that Predicted leaves out, since it is much longer than what was sent
	Sent      []cookies.Verdict // each cookie of the request, then those withheld for the first time
	Again     int               // withheld cookies that are not in Sent, since it was said of them before
	Due       []*cookies.Cookie // all that the rules ask for; nil if nothing is left out, or a change is enough
	Set       []cookies.Change  // each Set-Cookie of the response
	Changed   bool              // the response may have changed the client's jar
	JarSize   int               // cookies in it then
	Jar       *cookies.Contents // the jar then; nil also where what changed is enough
}

// Line is the Cookie line that the rules ask for, and how many cookies it leaves out: none
// if the whole is wanted and known.
func (c *CookieReading) Line(whole bool) (line string, more int) {
	if whole && c.Due != nil {
		return cookies.LineOf(c.Due), 0
	}
	return c.Predicted, c.More
}

// Verdicts goes through Sent, with all withheld cookies if the whole is wanted and known. It
// returns how many are left out.
func (c *CookieReading) Verdicts(whole bool) (all cookies.Verdicts, again int) {
	if whole && c.Due != nil {
		return cookies.Whole(c.Sent, c.Due), 0
	}
	return cookies.Brief(c.Sent), c.Again
}

// NewCookies makes the exchange's reading of cookies, in memory that is free.
func (x *Exchange) NewCookies() *CookieReading {
	if x.Cookies = x.reading; x.Cookies == nil {
		x.Cookies = new(CookieReading)
	}
	x.reading = nil
	return x.Cookies
}

// DropCookies takes the reading back: it says nothing.
func (x *Exchange) DropCookies() {
	if x.Cookies != nil {
		x.Cookies.reset()
		x.reading, x.Cookies = x.Cookies, nil
	}
}

// reset empties the reading, and keeps the memory of its lists. They hold on to what
// they listed until something else takes its place: clearing them costs more.
func (c *CookieReading) reset() {
	*c = CookieReading{Sent: c.Sent[:0], Set: c.Set[:0]}
}
