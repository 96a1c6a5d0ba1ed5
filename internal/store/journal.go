package store

// journalSize is how many changes are remembered: what comes in a few seconds.
const journalSize = 64 << 10

// journal remembers which exchanges changed last.
type journal struct {
	ids  [journalSize]int64
	next uint64 // number of changes so far
}

func (j *journal) add(id int64) {
	j.ids[j.next%journalSize] = id
	j.next++
}

// touch counts a change that is about no exchange.
func (j *journal) touch() { j.add(0) }

// since returns the exchanges that changed after a position; all is true when
// there were more than are remembered.
func (j *journal) since(from uint64) (ids []int64, all bool) {
	if j.next-from > journalSize {
		return nil, true
	}
	for ; from < j.next; from++ {
		if id := j.ids[from%journalSize]; id != 0 {
			ids = append(ids, id)
		}
	}
	return ids, false
}
