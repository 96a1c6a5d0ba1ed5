package quiz

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"slices"

	"httpscope/internal/explain"
	"httpscope/internal/trace"
)

// New makes questions about a capture. The same capture, seed and options give
// the same questions, in every language; kinds of question take turns, topic by
// topic. There may be fewer than were asked for, and of an empty capture there
// are none.
func New(r Source, seed uint64, o Options) []Question {
	c := newCapture(r, explain.In(o.Lang))
	turns := turns(c, seed, o.Topics)
	if o.Questions <= 0 {
		o.Questions = DefaultQuestions
	}
	var out []Question
	for len(out) < o.Questions && len(turns) > 0 {
		turns = slices.DeleteFunc(turns, func(t *turn) bool {
			if len(out) >= o.Questions {
				return false
			}
			q := t.next()
			if q != nil {
				out = append(out, *q)
			}
			return q == nil
		})
	}
	return out
}

// capture is the records that questions are made from.
type capture struct {
	source      Source
	connections []*trace.Connection // those that were heard as packets
	exchanges   []*trace.Exchange   // theirs
	on          map[int64][]*trace.Exchange
	texts       explain.Catalogue // in the language of the questions
}

func newCapture(r Source, texts explain.Catalogue) *capture {
	c := &capture{source: r, on: map[int64][]*trace.Exchange{}, texts: texts}
	for _, k := range r.Connections() {
		if !k.Heard {
			c.connections = append(c.connections, k)
		}
	}
	for _, x := range r.Exchanges() {
		if x.Conn != nil && !x.Conn.Heard {
			c.exchanges = append(c.exchanges, x)
			c.on[x.Conn.ID] = append(c.on[x.Conn.ID], x)
		}
	}
	return c
}

// after are the exchanges that follow one, at most n of them.
func (c *capture) after(x *trace.Exchange, n int) []*trace.Exchange {
	byID := func(y *trace.Exchange, id int64) int { return cmp.Compare(y.ID, id) }
	i, _ := slices.BinarySearchFunc(c.exchanges, x.ID+1, byID)
	return c.exchanges[i:min(len(c.exchanges), i+n)]
}

// asker is what a kind of question makes its next question with.
type asker struct {
	*capture
	rng *rand.Rand
}

// kind is a kind of question. One of the functions is set; it returns nil when
// the question cannot be asked about this connection or exchange.
type kind struct {
	about, topic string
	connection   func(a *asker, c *trace.Connection) *Question
	exchange     func(a *asker, x *trace.Exchange) *Question
	capture      func(a *asker) *Question
}

// kinds are all kinds of question.
func kinds() []kind {
	return slices.Concat(tcpKinds(), connectionKinds(), messageKinds(), framingKinds(), cookieKinds(), otherKinds())
}

// Kinds are the names of all kinds of question, as in Question.About.
func Kinds() []string {
	var out []string
	for _, k := range kinds() {
		out = append(out, k.about)
	}
	return out
}

// turn asks questions of one kind, each about another subject.
type turn struct {
	kind
	asker
	order []int // subjects that were not tried yet
}

// turns are the kinds in the order in which they ask: in each round a kind of
// every topic, so that a short quiz is a broad one. Every kind has randomness
// of its own: a new kind leaves the questions of the others as they are.
func turns(c *capture, seed uint64, topics []string) []*turn {
	rng := rand.New(rand.NewPCG(seed, 0))
	byTopic := map[string][]*turn{}
	for _, k := range kinds() {
		if len(topics) == 0 || slices.Contains(topics, k.topic) {
			t := &turn{kind: k, asker: asker{c, rand.New(rand.NewPCG(seed, hashOf(k.about)))}}
			t.order = t.rng.Perm(t.subjects())
			byTopic[k.topic] = append(byTopic[k.topic], t)
		}
	}
	var out []*turn
	names := mixed(rng, Topics())
	for _, name := range Topics() {
		mixed(rng, byTopic[name])
	}
	for round, more := 0, true; more; round++ {
		more = false
		for _, name := range names {
			if round < len(byTopic[name]) {
				out, more = append(out, byTopic[name][round]), true
			}
		}
	}
	return out
}

func hashOf(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return h.Sum64()
}

func (t *turn) subjects() int {
	switch {
	case t.kind.connection != nil:
		return len(t.connections)
	case t.kind.exchange != nil:
		return len(t.exchanges)
	}
	return min(1, len(t.connections))
}

// next is the kind's next question, nil when there is nothing more to ask.
func (t *turn) next() *Question {
	for len(t.order) > 0 {
		i := t.order[0]
		t.order = t.order[1:]
		if q := t.ask(i); q != nil && q.sound() {
			q.About, q.Topic = t.about, t.topic
			q.ID = fmt.Sprintf("%s-%d", t.about, i+1)
			return q
		}
	}
	return nil
}

func (t *turn) ask(i int) *Question {
	switch {
	case t.kind.connection != nil:
		return t.kind.connection(&t.asker, t.connections[i])
	case t.kind.exchange != nil:
		return t.kind.exchange(&t.asker, t.exchanges[i])
	}
	return t.kind.capture(&t.asker)
}
