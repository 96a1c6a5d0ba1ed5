package forms

import "httpscope/internal/problem"

// truth is the value of a condition for an observer who may lack a validator.
type truth int

const (
	maybe truth = iota
	yes
	no
)

// truthOf turns a bool into a truth.
func truthOf(b bool) truth {
	if b {
		return yes
	}
	return no
}

// evaluate follows RFC 9110, Section 13.2.2, step by step. Step 5, If-Range,
// only chooses between 200 and 206 and is left to range handling.
func (c *conditional) evaluate() Verdict {
	for _, step := range []struct {
		present bool
		field   string
		test    func() truth
		failed  Outcome
	}{
		{len(c.IfMatch) > 0, "If-Match", c.testMatch, FailedCond},
		{!c.unmodified.IsZero(), "If-Unmodified-Since", c.testUnmodified, FailedCond},
		{len(c.IfNoneMatch) > 0, "If-None-Match", c.testNoneMatch, c.noneMatchFailed()},
		{!c.modified.IsZero() && c.safe(), "If-Modified-Since", c.testModified, NotModify},
	} {
		if !step.present {
			continue
		}
		switch step.test() {
		case maybe:
			return Verdict{Outcome: Undecided, Field: step.field}
		case no:
			return Verdict{Outcome: step.failed, Field: step.field}
		}
	}
	return Verdict{Outcome: Perform}
}

// noneMatchFailed is the outcome of a false If-None-Match.
func (c *conditional) noneMatchFailed() Outcome {
	if c.safe() {
		return NotModify
	}
	return FailedCond
}

// testMatch evaluates If-Match with the strong comparison (section 13.1.1).
func (c *conditional) testMatch() truth {
	if c.Exists == Missing {
		return no
	}
	if c.match.Any {
		return c.exists()
	}
	if !c.hasETag {
		return maybe
	}
	for _, t := range c.match.Tags {
		if t.StrongMatch(c.etag) {
			return yes
		}
	}
	return no
}

// testNoneMatch evaluates If-None-Match with the weak comparison (section
// 13.1.2).
func (c *conditional) testNoneMatch() truth {
	if c.Exists == Missing {
		return yes
	}
	if c.noneMatch.Any {
		switch c.exists() {
		case yes:
			return no
		case no:
			return yes
		}
		return maybe
	}
	if !c.hasETag {
		return maybe
	}
	for _, t := range c.noneMatch.Tags {
		if t.WeakMatch(c.etag) {
			return no
		}
	}
	return yes
}

// exists says whether there is a current representation: one with a validator
// exists.
func (c *conditional) exists() truth {
	switch {
	case c.Exists == Exists || c.hasETag || !c.last.IsZero():
		return yes
	case c.Exists == Missing:
		return no
	}
	return maybe
}

// testModified is true when the representation is newer than the date
// (section 13.1.3).
func (c *conditional) testModified() truth {
	if c.last.IsZero() {
		return maybe
	}
	return truthOf(c.last.After(c.modified))
}

// testUnmodified is true when the representation is not newer than the date
// (section 13.1.4).
func (c *conditional) testUnmodified() truth {
	if c.last.IsZero() {
		return maybe
	}
	return truthOf(!c.last.After(c.unmodified))
}

// compare holds the outcome against the observed status. Statuses other than
// success, 304 and 412 come before preconditions and say nothing about them
// (RFC 9110, Section 13.2.1).
func (c *conditional) compare(v Verdict) {
	switch {
	case c.Status == 304:
		c.compare304(v)
	case c.Status == 412:
		c.compare412(v)
	case c.Status < 200 || c.Status > 299:
	case v.Outcome == NotModify || v.Outcome == FailedCond:
		c.ps.Add(CondIgnored, "found.conditional-ignored", v.Field, v.Outcome, c.Status)
	}
}

// compare304 judges Not Modified.
func (c *conditional) compare304(v Verdict) {
	switch {
	case !c.safe():
		c.ps.Add(CondMethod, "found.method", problem.Quote(c.Method))
	case len(c.IfNoneMatch) == 0 && len(c.IfModifiedSince) == 0:
		c.ps.Add(CondNotAsked, "found.conditional-not-asked.304")
	case v.Outcome == FailedCond:
		c.ps.Add(CondWrongStatus, "found.conditional-wrong-status.304", v.Field)
	case v.Outcome == Perform:
		c.ps.Add(CondStale, "found.current-validators", problem.Quote(c.ETag), problem.Quote(c.LastModified))
	}
	if len(c.IfNoneMatch) > 0 && c.ResponseETag == "" {
		c.ps.Add(CondNoValidator, "found.conditional-no-validator")
	}
}

// compare412 judges Precondition Failed.
func (c *conditional) compare412(v Verdict) {
	unsafeNone := len(c.IfNoneMatch) > 0 && !c.safe()
	switch {
	case v.Outcome == NotModify:
		c.ps.Add(CondWrongStatus, "found.conditional-wrong-status.412", v.Field)
	case len(c.IfMatch) == 0 && len(c.IfUnmodifiedSince) == 0 && !unsafeNone:
		c.ps.Add(CondNotAsked, "found.conditional-not-asked.412")
	case v.Outcome == Perform:
		c.ps.Add(CondFailed, "found.current-validators", problem.Quote(c.ETag), problem.Quote(c.LastModified))
	}
}
