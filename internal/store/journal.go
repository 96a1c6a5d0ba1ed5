package store

// journalSize is how many changes are remembered: what comes in a few seconds.
const journalSize = 64 << 10

// journal remembers which exchanges and connections changed last.
type journal struct {
	ids  [journalSize]int64
	next uint64 // number of changes so far
}

func (j *journal) add(id int64) {
	j.ids[j.next%journalSize] = id
	j.next++
}

// connection notes that a connection changed.
func (j *journal) connection(id int64) { j.add(-1 - id) }

// touch counts a change that is about neither.
func (j *journal) touch() { j.add(0) }

// Changes are the numbers of exchanges and connections that changed, in order,
// some perhaps more than once.
type Changes struct {
	Exchanges, Connections []int64
	Next                   uint64 // the position to ask from next time
	All                    bool   // there were too many to remember: anything may have changed
}

// since returns what changed after a position.
func (j *journal) since(from uint64) Changes {
	c := Changes{Next: j.next, All: from == 0 || j.next-from > journalSize}
	if c.All {
		return c
	}
	for ; from < j.next; from++ {
		switch id := j.ids[from%journalSize]; {
		case id > 0:
			c.Exchanges = append(c.Exchanges, id)
		case id < 0:
			c.Connections = append(c.Connections, -1-id)
		}
	}
	return c
}
