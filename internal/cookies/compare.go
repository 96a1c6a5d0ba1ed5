package cookies

import (
	"math"
	"slices"
	"strings"
	"time"

	"httpscope/internal/texts"
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
	Detail   texts.Phrase
}

// Compare judges the cookies of a request to u that was seen at now. The verdicts
// follow the order of the line; then come the cookies that the client withheld.
// Empty pairs are skipped. An unknown origin is normal when the capture began
// after the client had got the cookie, or when a script made it.
//
// Compare counts as the use of the cookies (section 5.8.3, step 5), so it is
// called once for each request, with no pairs if there is no Cookie field.
func (j *Jar) Compare(now time.Time, u URL, sent []Pair) []Verdict {
	return j.CompareLine(nil, now, u, sent).Verdicts
}

// Comparison is what a request's cookies are beside what the rules ask for.
type Comparison struct {
	Line     string // that the rules ask for
	More     int    // cookies that the line leaves out, the last ones
	Verdicts []Verdict
	Again    int // withheld cookies that are not among them: see [Jar]

	predicted []*stored // until the next request
}

// Due returns the cookies that the rules ask for, in the order of the line. It may be called
// until the next request is compared.
func (c *Comparison) Due() []*Cookie {
	list := make([]*Cookie, len(c.predicted))
	for i, s := range c.predicted {
		list[i] = s.Cookie
	}
	return list
}

// LineOf is the line of the cookies that the rules ask for.
func LineOf(due []*Cookie) string {
	pairs := make([]string, len(due))
	for i, c := range due {
		pairs[i] = c.Pair()
	}
	return strings.Join(pairs, between)
}

// Verdicts goes through the verdicts on one request. It is no iter.Seq: the function that a loop over one passes would
// be made anew for each exchange, which costs more than the verdicts of most.
type Verdicts struct {
	brief []Verdict
	due   []*Cookie // nil when only the brief ones are wanted
	taken []bool    // of due: a verdict has told of it
	at    int       // in brief, and after them in due
	made  Verdict
}

// Brief goes through the verdicts of a brief jar as they are.
func Brief(brief []Verdict) Verdicts { return Verdicts{brief: brief} }

// Whole goes through the verdicts of a brief jar, and those that it only counted: due are all cookies that the rules
// ask for.
func Whole(brief []Verdict, due []*Cookie) Verdicts {
	return Verdicts{brief: brief, due: due, taken: make([]bool, len(due))}
}

// Next is the next verdict, valid until the next call; nil when there are no more.
func (all *Verdicts) Next() *Verdict {
	for all.at < len(all.brief) {
		v := &all.brief[all.at]
		all.at++
		switch {
		case all.due == nil:
			return v
		case v.Kind == VerdictWithheld: // it comes with the others
			continue
		case v.Expected >= 0:
			all.taken[v.Expected] = true
		}
		return v
	}
	for all.at < len(all.brief)+len(all.due) {
		i := all.at - len(all.brief)
		all.at++
		if !all.taken[i] {
			all.made = withheldVerdict(i, all.due[i], withheldDetail(all.due[i]))
			return &all.made
		}
	}
	return nil
}

// CompareLine is Compare that also returns the line that the rules ask for. It appends
// the verdicts to memory, which is empty.
func (j *Jar) CompareLine(memory []Verdict, now time.Time, u URL, sent []Pair) Comparison {
	j.sweep(now)
	m := j.newMatcher(now, u, len(sent))
	verdicts := slices.Grow(memory, len(sent))
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
			verdicts[i].Code = verdictCodes[verdicts[i].Kind]
		}
	}
	verdicts, again := m.missing(verdicts)
	for _, s := range m.predicted {
		j.touch(now, s)
	}
	text, more := line(m.predicted, j.mostLine(sent))
	return Comparison{Line: text, More: more, Verdicts: verdicts, Again: again, predicted: m.predicted}
}

// MostMore is how many bytes the line that the rules ask for may have beyond what was sent.
// A brief jar cuts what is longer: a client that sends nothing may have a jar of a megabyte.
// It is what one cookie may have at most, so that the first always stands in the line
// (section 5.7: 4096 octets of name and value).
const MostMore = 4096 + len("=")

// mostLine is how many bytes the line that the rules ask for may have.
func (j *Jar) mostLine(sent []Pair) int {
	if !j.Brief {
		return math.MaxInt
	}
	n := MostMore
	for i := range sent {
		n += len(sent[i].Raw) + len(";")
	}
	return n
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

// missing adds the predicted cookies that were not sent. A brief jar counts those of which that
// was said before: a client that sends nothing would have all of them repeated.
func (m *matcher) missing(verdicts []Verdict) (all []Verdict, again int) {
	if m.left == 0 {
		return verdicts, 0
	}
	for i, s := range m.predicted {
		switch {
		case m.taken[i]:
		case s.said && m.jar.Brief:
			again++
		default:
			if s.absent.IsZero() {
				s.absent = withheldDetail(s.Cookie)
			}
			verdicts = append(verdicts, withheldVerdict(i, s.Cookie, s.absent))
			s.said = true
		}
	}
	return verdicts, again
}

func withheldVerdict(i int, c *Cookie, detail texts.Phrase) Verdict {
	return Verdict{Kind: VerdictWithheld, Code: CodeWithheld, Position: -1, Cookie: c, Expected: i, Detail: detail}
}

func withheldDetail(c *Cookie) texts.Phrase {
	detail := texts.Say("cookie.not-sent", quote(c.Name))
	if note := sameSiteNote(c); !note.IsZero() {
		return twoSentences(detail, note)
	}
	return detail
}

// twoSentences is one after the other.
func twoSentences(first, second texts.Phrase) texts.Phrase {
	return texts.Say("list.sentences", first, second)
}
