package coursework

import (
	"fmt"

	"httpscope/internal/filter"
)

// KindCount asks how many there are.
const KindCount = "count"

// countKind: right is how many rows are selected.
var countKind = kind{
	name:    KindCount,
	takes:   []string{"filter", "rows"},
	numbers: true,
	typed:   func(*Question) *valueType { return numberType },
	mark:    (*marking).count,
}

// count marks a number of rows.
func (k *marking) count() {
	rows := k.q.Rows
	if rows == "" {
		rows = "messages"
	}
	hits := k.find(k.q, rows)
	right := len(hits)
	var proof []Proof
	const most = 8
	for i := range hits[:min(len(hits), most)] {
		proof = append(proof, k.proof(&hits[i], nothing))
	}
	k.key.Text = fmt.Sprint(right)
	k.expected(k.key.Text, proof...)
	answer, ok := k.number()
	given, _, _ := amount(answer)
	switch {
	case !ok:
		k.unread()
	case given == float64(right):
		k.out.Verdict = Right
	default:
		k.explain(answer, fmt.Sprint(right), k.counts(rows))
	}
}

// counts are the numbers of other things that are easily counted instead.
func (k *marking) counts(rows string) []confusion {
	var all []confusion
	for _, other := range []string{"packets", "messages", "exchanges", "connections"} {
		if other == rows {
			continue
		}
		q := *k.q
		if rows == "packets" || rows == "connections" {
			if _, err := filter.Compile(q.Filter); err != nil {
				continue
			}
		}
		all = append(all, confusion{"counts-" + other, fmt.Sprint(len(k.find(&q, other)))})
	}
	everything := *k.q
	everything.Filter = ""
	return append(all, confusion{"counts-all", fmt.Sprint(len(k.find(&everything, rows)))})
}
