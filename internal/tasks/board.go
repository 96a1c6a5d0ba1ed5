package tasks

import (
	"hash/maphash"
	"sync"

	"httpscope/internal/trace"
)

// Board is the progress of all tasks. It may be used by several goroutines.
//
// What a record shows counts once, however often and in whatever order its
// snapshots come; a task that is done stays done.
type Board struct {
	mu    sync.Mutex
	seed  maphash.Seed
	tasks []*progress
	now   Proof // of the record that is being looked at, without the packet
}

// progress is a task and what was seen of it.
type progress struct {
	spec
	watch
	take   func(mark) // made once: a call for each record would make one for each task
	done   bool
	best   group // the fullest one so far
	score  int   // of best
	groups map[key]*group
	order  []key // oldest first
}

// NewBoard returns a board on which nothing was seen.
func NewBoard() *Board {
	b := &Board{seed: maphash.MakeSeed()}
	for _, s := range specs() {
		p := &progress{spec: s, watch: s.watch(), groups: map[key]*group{}}
		p.take = func(m mark) { p.found(m, Proof{b.now.Exchange, b.now.Connection, m.at.Packet}) }
		b.tasks = append(b.tasks, p)
	}
	return b
}

// Exchange looks at an exchange, open or over. It is not kept.
func (b *Board) Exchange(x *trace.Exchange) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.now = Proof{Exchange: x.ID, Connection: x.Conn.ID}
	r := readExchange(x, b.seed)
	for _, p := range b.tasks {
		if !p.done && p.exchange != nil {
			p.exchange(r, p.take)
		}
	}
}

// Connection looks at a connection, open or over. It is not kept.
func (b *Board) Connection(c *trace.Connection) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.now = Proof{Connection: c.ID}
	for _, p := range b.tasks {
		if !p.done && p.connection != nil {
			p.connection(c, p.take)
		}
	}
}

// found takes a mark.
func (p *progress) found(m mark, proof Proof) {
	if p.done {
		return
	}
	g := p.group(m.key)
	g[m.part].add(m, proof, p.need(m.part))
	score, all := p.spec.score(g)
	if score > p.score {
		p.best, p.score = *g, score
	}
	if all {
		p.best, p.done = *g, true
		p.groups, p.order, p.watch = nil, nil, watch{}
	}
}

// group finds the marks under a key, and makes room for new ones.
func (p *progress) group(k key) *group {
	if g := p.groups[k]; g != nil {
		return g
	}
	if len(p.order) >= maxGroups {
		delete(p.groups, p.order[0])
		p.order = p.order[1:]
	}
	g := &group{}
	p.groups[k] = g
	p.order = append(p.order, k)
	return g
}
