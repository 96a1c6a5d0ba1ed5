package effect

import (
	"slices"

	"httpscope/internal/filter"
	"httpscope/internal/texts"
)

// Comparison is what two filters select of the same packets.
type Comparison struct {
	First, Second []int64     // selected packets
	Missing       []int64     // in First alone
	Extra         []int64     // in Second alone
	Difference    *Difference // traffic that tells them apart; nil when none does
	Tried         int         // packets, of the capture and made ones, on which they were compared
}

// Same reports whether they select the same packets of the capture.
func (c *Comparison) Same() bool { return len(c.Missing)+len(c.Extra) == 0 }

// Equivalent reports whether nothing that was tried tells the filters apart.
func (c *Comparison) Equivalent() bool { return c.Same() && c.Difference == nil }

// Difference is a packet that one of two filters selects and the other does not.
type Difference struct {
	Made      bool         // it is made traffic, not of the capture
	Frame     int64        // its number in the capture, or in the made one
	What      texts.Phrase // what it is and from where to where it goes
	ByFirst   bool         // the first filter selects it
	WhyFirst  texts.Phrase
	WhySecond texts.Phrase
	Surprise  texts.Phrase // what about an operator of the second filter surprises people; zero for nothing
}

// Compare compares two filters of packets on a capture and on traffic made to
// tell them apart.
func (t *Traffic) Compare(first, second *filter.Filter) Comparison {
	c := t.select2(first, second)
	if c.Difference != nil {
		return c
	}
	for made := range counterexamples(first, second) {
		m := made.select2(first, second)
		c.Tried += m.Tried
		if m.Difference != nil {
			m.Difference.Made = true
			c.Difference = m.Difference
			break
		}
	}
	return c
}

// select2 asks both filters about all packets.
func (t *Traffic) select2(first, second *filter.Filter) Comparison {
	c := Comparison{First: t.Packets(first), Second: t.Packets(second), Tried: len(t.rows)}
	c.Split()
	if at := append(slices.Clone(c.Missing), c.Extra...); len(at) > 0 {
		n := slices.Min(at)
		row := t.Row(n)
		a, b := first.Why(row), second.Why(row)
		c.Difference = &Difference{Frame: n, What: pathWords(row), ByFirst: a.Match, WhyFirst: a.Phrase(),
			WhySecond: b.Phrase(), Surprise: b.Surprise()}
	}
	return c
}

// Split fills Missing and Extra from what the filters select.
func (c *Comparison) Split() { c.Missing, c.Extra = minus(c.First, c.Second), minus(c.Second, c.First) }

// CompareCapture looks for made traffic that tells two capture filters apart,
// and says what it is; nothing when there is none. Both must be valid.
func CompareCapture(first, second string) texts.Phrase {
	for t := range captureCounterexamples(first, second) {
		a, err1 := t.CapturePackets(first)
		b, err2 := t.CapturePackets(second)
		if err1 != nil || err2 != nil {
			break
		}
		if at := append(minus(a, b), minus(b, a)...); len(at) > 0 {
			return pathWords(t.Row(slices.Min(at)))
		}
	}
	return texts.Phrase{}
}

// minus are the numbers of a that are not in b; both are in order.
func minus(a, b []int64) []int64 {
	var out []int64
	for _, n := range a {
		if _, has := slices.BinarySearch(b, n); !has {
			out = append(out, n)
		}
	}
	return out
}
