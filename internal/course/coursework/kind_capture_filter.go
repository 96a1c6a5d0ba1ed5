package coursework

import (
	"errors"
	"slices"

	"httpscope/capture/pcapfilter"
	"httpscope/internal/course/effect"
	"httpscope/internal/filter"
	"httpscope/internal/texts"
)

// KindCaptureFilter asks for a capture filter.
const KindCaptureFilter = "capture-filter"

// captureFilterKind: right is the same for capture filters.
var captureFilterKind = kind{
	name:  KindCaptureFilter,
	needs: []string{"selects"},
	check: (*checker).captureFilter,
	mark:  (*marking).captureFilter,
}

// captureFilter checks the filter that is right.
func (c *checker) captureFilter(at string, q *Question) *LoadError {
	if _, err := pcapfilter.Compile(q.Selects, pcapfilter.Ethernet, 1<<18); err != nil {
		return c.fail(at+".selects", texts.Phrase{}, "coursework.bad-capture-filter", err)
	}
	return nil
}

// captureFilter judges a capture filter by the packets that it lets through.
func (k *marking) captureFilter() {
	k.key.Text = k.q.Selects
	k.expected(k.phrase("coursework.right-capture-filter", k.q.Selects))
	expr := unlabelled(written(k.a))
	for _, t := range k.traffics {
		right, err := t.CapturePackets(k.q.Selects)
		if err != nil {
			panic("coursework: a capture filter that was checked does not compile: " + err.Error())
		}
		given, err := t.CapturePackets(expr)
		if err != nil {
			k.noCaptureFilter(expr, err)
			return
		}
		if !slices.Equal(right, given) {
			c := effect.Comparison{First: right, Second: given}
			c.Split()
			k.selection(t, &c)
			c.Difference = &effect.Difference{What: effect.Words(t.Row(append(slices.Clone(c.Missing), c.Extra...)[0]))}
			k.judged(&c)
			k.out.Expected = k.phrase("coursework.right-packet", k.out.Expected, c.Difference.What)
			return
		}
	}
	k.out.Verdict = Right
	if made := effect.CompareCapture(k.q.Selects, expr); !made.IsZero() {
		k.out.Verdict, k.out.Points = Partly, k.out.Max/2
		k.tag("right-here-only")
		k.say("coursework.think", made)
	}
}

func (k *marking) noCaptureFilter(expr string, err error) {
	k.tag("not-a-filter")
	var e *pcapfilter.Error
	if errors.As(err, &e) {
		k.say("coursework.capture-filter-error", e, e.Hint)
	}
	if _, err := filter.CompilePackets(expr); err == nil {
		k.tag("display-filter")
	}
}
