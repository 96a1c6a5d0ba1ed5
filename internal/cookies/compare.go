package cookies

import (
	"fmt"
	"time"
)

// VerdictKind compares one cookie of a request with the prediction.
type VerdictKind string

const (
	VerdictSent         VerdictKind = "sent"           // as predicted
	VerdictWithheld     VerdictKind = "withheld"       // predicted, not sent
	VerdictAgainstRules VerdictKind = "against-rules"  // sent although Rule forbids it
	VerdictStale        VerdictKind = "stale"          // sent with an earlier value
	VerdictChanged      VerdictKind = "changed"        // sent with a value no response set
	VerdictRemoved      VerdictKind = "removed"        // sent although deleted, expired or evicted
	VerdictTwice        VerdictKind = "twice"          // one cookie, two pairs
	VerdictUnknown      VerdictKind = "unknown-origin" // no response of this capture set it
)

// verdictCodes maps verdicts to findings. A cookie sent as predicted is none.
var verdictCodes = map[VerdictKind]string{
	VerdictWithheld:     CodeWithheld,
	VerdictAgainstRules: CodeAgainstRules,
	VerdictStale:        CodeStaleValue,
	VerdictChanged:      CodeChangedValue,
	VerdictRemoved:      CodeSentAfterRemoval,
	VerdictTwice:        CodeSentTwice,
	VerdictUnknown:      CodeUnknownOrigin,
}

// Verdict is the comparison for one cookie.
type Verdict struct {
	Kind     VerdictKind
	Code     string // finding code; empty for VerdictSent
	Rule     Reason // VerdictAgainstRules: the rule that forbids it
	Pair     Pair   // as sent; zero if withheld
	Position int    // index among the pairs sent; -1 if withheld
	Cookie   *Cookie
	Expected int // index in Prediction.Sent; -1 if not predicted
	Detail   string
}

// Compare judges the cookies of a request to u that was seen at now. The verdicts
// follow the order of the line; then come the cookies that the client withheld.
// Empty pairs are skipped. An unknown origin is normal when the capture began
// after the client had got the cookie, or when a script made it.
//
// Compare counts as the use of the cookies (section 5.8.3, step 5), so it is
// called once for each request, with no pairs if there is no Cookie field.
func (j *Jar) Compare(now time.Time, u URL, sent []Pair) []Verdict {
	j.sweep(now)
	m := j.newMatcher(now, u, sent)
	verdicts := make([]Verdict, 0, len(sent))
	for i, pair := range sent {
		if !pair.Empty() {
			verdicts = append(verdicts, Verdict{Pair: pair, Position: i, Expected: -1})
		}
	}
	// Exact matches first, so that a wrong value cannot take the place of a
	// right one that follows it.
	for i := range verdicts {
		m.matchExact(&verdicts[i])
	}
	for i := range verdicts {
		if verdicts[i].Kind == "" {
			m.judge(&verdicts[i])
		}
	}
	verdicts = append(verdicts, m.missing()...)
	for i := range verdicts {
		verdicts[i].Code = verdictCodes[verdicts[i].Kind]
	}
	j.touch(now, m.predicted)
	return verdicts
}

// touch is section 5.8.3, step 5.
func (j *Jar) touch(now time.Time, sent []Predicted) {
	for _, p := range sent {
		if c := j.cookies[p.Cookie.Key()]; c != nil {
			c.LastAccess = now
		}
	}
}

// OutOfOrder tells whether the cookies sent as predicted came in another order
// than section 5.8.3, step 4 recommends. It is a SHOULD, and servers must not
// rely on it (section 4.2.2), so it is worth CodeOrder and no more.
func OutOfOrder(verdicts []Verdict) bool {
	last := -1
	for _, v := range verdicts {
		if v.Kind != VerdictSent {
			continue
		}
		if v.Expected < last {
			return true
		}
		last = v.Expected
	}
	return false
}

// missing lists the predicted cookies that were not sent.
func (m *matcher) missing() []Verdict {
	var list []Verdict
	for i, p := range m.predicted {
		if !m.taken[i] {
			list = append(list, Verdict{Kind: VerdictWithheld, Position: -1, Cookie: &p.Cookie, Expected: i,
				Detail: withheldDetail(p)})
		}
	}
	return list
}

func withheldDetail(p Predicted) string {
	detail := fmt.Sprintf("The rules allow %s here, but the client did not send it.", quote(p.Cookie.Name))
	if p.Note != "" {
		detail += " " + p.Note
	}
	return detail
}
