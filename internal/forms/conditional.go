package forms

import (
	"time"

	"httpscope/internal/problem"
)

// Preconditions is what a passive observer knows about a conditional request
// and its response (RFC 9110, Section 13). A field is the list of its field
// line values in order; nil means that the field was absent. If-Range belongs
// to range requests and is not judged here.
type Preconditions struct {
	Method            string
	IfMatch           []string
	IfNoneMatch       []string
	IfModifiedSince   []string
	IfUnmodifiedSince []string

	// The validators of the current representation, as the server has it
	// before the request. For GET and HEAD those of the response are right.
	// For a method that changes state take them from an earlier response:
	// those of its own response describe the new state.
	ETag         string // field value; "" when unknown
	LastModified string // field value; "" when unknown
	Exists       Existence

	Status       int       // that was seen; 0 when unknown
	ResponseETag string    // ETag of the response itself; "" when absent
	Now          time.Time // of the exchange, for two-digit years; may be zero
}

// Existence says whether the target has a current representation, which
// decides about the asterisk.
type Existence int

const (
	ExistsUnknown Existence = iota
	Exists
	Missing
)

// Outcome is what the server should do.
type Outcome int

// Outcomes of the evaluation of section 13.2.2.
const (
	Undecided  Outcome = iota // a validator that is needed was not seen
	Perform                   // all preconditions hold, or there are none
	NotModify                 // 304
	FailedCond                // 412
)

func (o Outcome) String() string {
	return [...]string{"undecided", "perform", "304 Not Modified", "412 Precondition Failed"}[o]
}

// Verdict is the result of Conditional.
type Verdict struct {
	Outcome  Outcome
	Field    string // the field that decided; "" when no field did
	Problems []Problem
}

// Conditional evaluates the preconditions in the order of RFC 9110, Section
// 13.2.2, and compares the outcome with the observed status.
func Conditional(p Preconditions) Verdict {
	c := conditional{Preconditions: p}
	if c.exempt() {
		return Verdict{Outcome: Perform}
	}
	c.fields()
	v := c.evaluate()
	c.compare(v)
	v.Problems = c.ps
	return v
}

// conditional carries one Conditional.
type conditional struct {
	Preconditions
	ps problem.List

	match, noneMatch     ETags
	modified, unmodified time.Time // zero when absent, invalid or overridden
	etag                 ETag
	hasETag              bool
	last                 time.Time // zero when unknown
}

// exempt reports whether preconditions do not apply: these methods select no
// representation (RFC 9110, Section 13.2.1).
func (c *conditional) exempt() bool {
	return c.Method == "CONNECT" || c.Method == "OPTIONS" || c.Method == "TRACE"
}

// safe reports whether a false condition means 304 rather than 412. A method
// that was not seen is taken for GET.
func (c *conditional) safe() bool {
	return c.Method == "GET" || c.Method == "HEAD" || c.Method == ""
}

// fields reads the request fields and the validators.
func (c *conditional) fields() {
	c.match = c.tags(c.IfMatch)
	c.noneMatch = c.tags(c.IfNoneMatch)
	c.modified = c.date(c.IfModifiedSince, "If-Modified-Since", len(c.IfNoneMatch) > 0)
	c.unmodified = c.date(c.IfUnmodifiedSince, "If-Unmodified-Since", len(c.IfMatch) > 0)
	if c.ETag != "" {
		c.etag, c.hasETag, _ = ParseETag(c.ETag)
	}
	if c.LastModified != "" {
		c.last, _ = ParseHTTPDate(c.LastModified, c.Now)
	}
	for _, t := range c.match.Tags {
		if t.Weak {
			c.ps.Add(CondWeakMatch, "found.value", problem.Quote(t.String()))
		}
	}
}

// tags reads a list field; several lines make one list (RFC 9110, Section 5.3).
func (c *conditional) tags(lines []string) ETags {
	var all ETags
	for _, line := range lines {
		e, ps := ParseETags(line)
		all.Any = all.Any || e.Any
		all.Tags = append(all.Tags, e.Tags[:min(len(e.Tags), MaxETags-len(all.Tags))]...)
		c.ps.Join(ps)
	}
	return all
}

// date reads a date field, unless an entity tag field overrides it.
func (c *conditional) date(lines []string, name string, overridden bool) time.Time {
	if len(lines) == 0 {
		return time.Time{}
	}
	if overridden {
		c.ps.Add(CondPrecedence, "found.two-values", name, problem.Quote(lines[0]))
		return time.Time{}
	}
	if len(lines) > 1 {
		c.ps.Add(CondRepeated, "found.conditional-repeated", len(lines), name)
	}
	t, ps := ParseHTTPDate(lines[0], c.Now)
	c.ps.Join(ps)
	if t.IsZero() {
		c.ps.Add(CondBadDate, "found.two-values", name, problem.Quote(lines[0]))
	}
	return t
}
