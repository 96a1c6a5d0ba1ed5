package layer

import (
	"math"
	"sort"
)

// Stream is a stream of a connection, and where its bytes come from in the one below it.
type Stream struct {
	ID     ID
	Parent ID      // the stream below; itself for TCP
	Cuts   [2]Cuts // by side
}

// Endless stands for the length of a cut that goes on as long as the stream below.
const Endless = math.MaxInt64

// Cut is bytes of a stream that are bytes of the stream below it, one for one.
type Cut struct {
	At    int64 // offset of the first in the stream
	Below int64 // and in the one below
	Len   int64
}

// Cuts map a stream to the one below: sorted, at both ends, and none reaches into the next.
type Cuts []Cut

// Add appends a cut after all others; one that reaches into the one before is left out.
func (c Cuts) Add(n Cut) Cuts {
	if n.Len <= 0 || n.Below < 0 || n.Len != Endless && n.Below > math.MaxInt64-n.Len {
		return c
	}
	if k := len(c); k > 0 {
		last := &c[k-1]
		switch {
		case last.Len == Endless || n.At < last.At+last.Len || n.Below < last.Below+last.Len:
			return c
		case n.At == last.At+last.Len && n.Below == last.Below+last.Len && n.Len != Endless:
			last.Len += n.Len
			return c
		}
	}
	return append(c, n)
}

// end is the offset after a cut, in the stream and in the one below.
func (c Cut) end() (here, below int64) {
	if c.Len == Endless {
		return math.MaxInt64, math.MaxInt64
	}
	return c.At + c.Len, c.Below + c.Len
}

// index is the first cut that ends after an offset.
func (c Cuts) index(at int64) int {
	return sort.Search(len(c), func(i int) bool { here, _ := c[i].end(); return here > at })
}

// Down is the offset below of a byte of the stream; false where no cut has it.
func (c Cuts) Down(at int64) (int64, bool) {
	if i := c.index(at); i < len(c) && c[i].At <= at {
		return c[i].Below + at - c[i].At, true
	}
	return 0, false
}

// Up is the offset in the stream of a byte of the one below; false where no cut has it.
func (c Cuts) Up(below int64) (int64, bool) {
	i := sort.Search(len(c), func(i int) bool { _, end := c[i].end(); return end > below })
	if i < len(c) && c[i].Below <= below {
		return c[i].At + below - c[i].Below, true
	}
	return 0, false
}

// Within are the parts of the cuts that lie in [from, to) of the stream.
func (c Cuts) Within(from, to int64) []Cut {
	var out []Cut
	for i := c.index(from); i < len(c) && c[i].At < to; i++ {
		out = append(out, c[i].within(from, to))
	}
	return out
}

func (c Cut) within(from, to int64) Cut {
	end, _ := c.end()
	from, to = max(from, c.At), min(to, end)
	return Cut{At: from, Below: c.Below + from - c.At, Len: to - from}
}
