package coursework

import (
	"slices"
	"strings"
)

// Words for exchanges that are under way together, and for those that follow
// one another.
var (
	parallelWords = []string{"parallel", "concurrent", "simultaneous", "same time", "并行", "同时", "并发"}
	serialWords   = []string{"serial", "sequential", "one after", "one by one", "串行", "依次", "顺序", "先后", "逐个"}
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
	k.expected("serial: each request was sent after the response before it", hits[0].proof(""), hits[1].proof(""))
	if a, b := together(hits); a != nil {
		right, wrong = parallelWords, serialWords
		k.out.Proof, k.key.Text = nil, "parallel"
		k.expected("parallel: a request was sent before the response to another one was complete", a.proof("its response ends later"), b.proof("is sent before that"))
	}
	given := plain(written(k.a))
	says := func(words []string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(given, w) })
	}
	switch {
	case says(right) && !says(wrong):
		k.out.Verdict = Right
	case !says(right) && !says(wrong):
		k.say("The answer must be serial or parallel.")
	}
}

// together are two exchanges of which the second begins before the first ends;
// nil when there are none.
func together(hits []hit) (a, b *hit) {
	for i := range hits {
		x := hits[i].row.X
		if x.Request == nil || x.Response == nil {
			continue
		}
		for j := range hits {
			if y := hits[j].row.X; hits[i].file == hits[j].file && j != i && y.Request != nil && x.Request.First.Nano <= y.Request.First.Nano && y.Request.First.Nano < x.Response.Last.Nano {
				return &hits[i], &hits[j]
			}
		}
	}
	return nil, nil
}
