package coursework

import (
	"cmp"
	"math"
	"regexp"
	"slices"

	"httpscope/internal/texts"
)

// KindOverlap asks whether exchanges were under way together.
const KindOverlap = "overlap"

// overlapKind: right is parallel or serial: whether two of the selected exchanges were under way together.
var overlapKind = kind{
	name:  KindOverlap,
	form:  "order",
	needs: []string{"filter"},
	mark:  (*marking).overlap,
}

// Words for exchanges that are under way together, and for those that follow
// one another.
var (
	parallelWords = regexp.MustCompile(`parallel|concurrent|simultaneous|same time|at once|并行|同时|并发`)
	serialWords   = regexp.MustCompile(`serial|sequential|one after|one by one|one at a time|串行|依次|顺序|先后|逐个|一个接一个`)
)

// overlap marks whether exchanges were under way at the same time.
func (k *marking) overlap() {
	hits := k.find(k.q, "exchanges")
	if len(hits) < 2 {
		k.uncaptured()
		return
	}
	right, wrong := serialWords, parallelWords
	k.key.Text = "serial"
	k.expected(k.phrase("coursework.right-serial"), k.proof(&hits[0], nothing), k.proof(&hits[1], nothing))
	if a, b := together(hits); a != nil {
		right, wrong = parallelWords, serialWords
		k.out.Proof, k.key.Text = nil, "parallel"
		k.expected(k.phrase("coursework.right-parallel"), k.proof(a, texts.Say("coursework.proof-ends-later")),
			k.proof(b, texts.Say("coursework.proof-before-that")))
	}
	switch isRight, isWrong := between(plain(written(k.a)), right, wrong); {
	case isRight && isWrong:
		k.say("coursework.says-both")
		k.unread()
	case isRight:
		k.out.Verdict = Right
	case !isWrong:
		k.unread()
	}
}

// together are two exchanges of which the second begins before the first ends;
// nil when there are none.
func together(hits []hit) (a, b *hit) {
	asked := slices.DeleteFunc(slices.Clone(hits), func(h hit) bool { return h.row.X.Request == nil })
	slices.SortStableFunc(asked, func(a, b hit) int {
		begun := cmp.Compare(a.row.X.Request.First.Nano, b.row.X.Request.First.Nano)
		return cmp.Or(cmp.Compare(a.file, b.file), begun, cmp.Compare(b.end(), a.end()))
	})
	for i := range asked {
		h := &asked[i]
		if a != nil && a.file != h.file {
			a = nil
		}
		if a != nil && h.row.X.Request.First.Nano < a.end() {
			return a, h
		}
		if a == nil || h.end() > a.end() {
			a = h
		}
	}
	return nil, nil
}

// end is the time at which the response of an exchange is complete; before all
// others when it has none.
func (h *hit) end() int64 {
	if h.row.X.Response == nil {
		return math.MinInt64
	}
	return h.row.X.Response.Last.Nano
}
