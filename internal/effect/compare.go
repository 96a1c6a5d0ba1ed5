package effect

import (
	"fmt"
	"slices"
	"strings"

	"httpscope/internal/filter"
)

// Comparison is what two filters select of the same packets.
type Comparison struct {
	First, Second []int64 // selected packets
	Missing       []int64 // in First alone
	Extra         []int64 // in Second alone
	Apart         *Apart  // traffic that tells them apart; nil when none does
	Tried         int     // packets, of the capture and made ones, on which they were compared
}

// Same reports whether they select the same packets of the capture.
func (c *Comparison) Same() bool { return len(c.Missing)+len(c.Extra) == 0 }

// Equivalent reports whether nothing that was tried tells the filters apart.
func (c *Comparison) Equivalent() bool { return c.Same() && c.Apart == nil }

// Apart is a packet that one of two filters selects and the other does not.
type Apart struct {
	Made      bool   // it is made traffic, not of the capture
	Frame     int64  // its number in the capture, or in the made one
	What      string // what it is, in words
	ByFirst   bool   // the first filter selects it
	WhyFirst  string
	WhySecond string
}

// Compare compares two filters of packets on a capture and on traffic made to
// tell them apart.
func (t *Traffic) Compare(first, second *filter.Filter) Comparison {
	c := t.select2(first, second)
	if c.Apart != nil {
		return c
	}
	for _, made := range counterexamples(first, second) {
		m := made.select2(first, second)
		c.Tried += m.Tried
		if m.Apart != nil {
			m.Apart.Made = true
			c.Apart = m.Apart
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
		a := first.Why(row)
		c.Apart = &Apart{Frame: n, What: Words(row), ByFirst: a.Match, WhyFirst: a.String(), WhySecond: second.Why(row).String()}
	}
	return c
}

// Split fills Missing and Extra from what the filters select.
func (c *Comparison) Split() { c.Missing, c.Extra = minus(c.First, c.Second), minus(c.Second, c.First) }

// CompareCapture looks for made traffic that tells two capture filters apart,
// and says what it is; "" when there is none. Both must be valid.
func CompareCapture(first, second string) string {
	for _, t := range capturedApart(first, second) {
		a, err1 := t.CapturePackets(first)
		b, err2 := t.CapturePackets(second)
		if err1 != nil || err2 != nil {
			return ""
		}
		if at := append(minus(a, b), minus(b, a)...); len(at) > 0 {
			p := t.Recording.Packet(slices.Min(at))
			return fmt.Sprintf("a packet from %s to %s", p.Src, p.Dst)
		}
	}
	return ""
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

// Words says what a packet is: the messages that end in it, or what of TCP it
// carries.
func Words(row *filter.Subject) string {
	var said []string
	for _, w := range row.With {
		said = append(said, messageWords(&w))
	}
	p := row.P
	switch {
	case len(said) > 0:
		return strings.Join(said, " and ")
	case p.Skip != "":
		return "a packet without TCP (" + p.Skip + ")"
	case len(p.Payload) > 0:
		return fmt.Sprintf("a segment from %s with %d bytes that complete no message", p.Src, len(p.Payload))
	}
	return "a segment without data from " + p.Src.String() + flagWords(p.Segment.Flags)
}

func messageWords(s *filter.Subject) string {
	if s.M.Head == nil {
		return "a document without a status line"
	}
	kind := "the response "
	if s.M.Head.Status == 0 {
		kind = "the request "
	}
	return kind + fmt.Sprintf("%q", s.M.Head.StartLine())
}

// flagWords names SYN, FIN and RST.
func flagWords(flags uint8) string {
	var set []string
	for i, name := range []string{"FIN", "SYN", "RST"} {
		if flags>>i&1 == 1 {
			set = append(set, name)
		}
	}
	if len(set) == 0 {
		return ""
	}
	return " with " + strings.Join(set, ", ")
}
