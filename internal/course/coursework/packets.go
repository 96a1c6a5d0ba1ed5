package coursework

import (
	"slices"

	"httpscope/internal/visible"
)

// packets marks the numbers of all packets that are asked for, in any order, with a cell for each.
func (k *marking) packets(asked []hit) {
	for i := range asked {
		k.key.List = append(k.key.List, k.frames(&asked[i])[0])
		k.out.Proof = append(k.out.Proof, k.frameProof(&asked[i])[0])
	}
	k.out.Expected = visible.Line(join(k.key.List))
	given := k.packetNumbers()
	if len(given) == 0 {
		k.unread()
		return
	}
	k.readAs(join(given))
	good := 0
	for i := range asked {
		c := Cell{Column: k.q.asks(), Expected: k.key.List[i], Verdict: Missing}
		right := k.frames(&asked[i])
		if at := slices.IndexFunc(given, func(n string) bool { return slices.Contains(right, n) }); at >= 0 {
			c.Row, c.Given, c.Verdict = i+1, given[at], Right
			given[at] = ""
			good++
		}
		k.out.Cells = append(k.out.Cells, c)
	}
	over := 0
	for _, n := range given {
		if n != "" {
			over++
			k.out.Cells = append(k.out.Cells,
				Cell{Row: len(asked) + over, Column: k.q.asks(), Given: n, Verdict: Wrong})
		}
	}
	k.share(float64(good) / float64(len(asked)+over))
	if len(given) != len(asked) {
		k.say("coursework.list-length", len(given))
	}
}

// packetNumbers are the numbers that an answer lists, each once: its entries when each is a number, else those in its
// words.
func (k *marking) packetNumbers() []string {
	var all []string
	for _, entry := range unnumbered(items(withoutNumbers(k.a))) {
		n, unit := exactly(numeral(entry))
		if n == nil || !n.IsInt() || unit != "" {
			return k.packetsInWords()
		}
		all = append(all, n.Num().String())
	}
	return unique(all)
}

func (k *marking) packetsInWords() []string {
	joined := joiningWords.ReplaceAllString(written(k.a), ", ")
	var all []string
	for _, c := range frameType.find(plain(joined)) {
		if n, _ := exactly(c.value); n != nil && n.IsInt() {
			all = append(all, n.Num().String())
		}
	}
	return unique(all)
}
