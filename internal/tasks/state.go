package tasks

import (
	"fmt"
	"strings"
)

// State is how far a task is.
type State uint8

const (
	NotStarted State = iota // no part was seen
	Partly                  // a part was seen
	Done                    // every part was seen, and they belong together
)

// String is the state in words.
func (s State) String() string { return [...]string{"not started", "partly", "done"}[s] }

// Progress is a task, how far it is, and what shows it.
type Progress struct {
	Task  Task
	State State
	Parts []Part
	Proof Proof // of the part that was seen last in the list; the zero value before any
}

// Part is a thing that must be seen.
type Part struct {
	Text       string
	Seen, Need int   // how many of it, of how many
	Proof      Proof // the zero value before any
}

// Proof is where something was seen.
type Proof struct {
	Exchange   int64 // its number, 0 when no exchange shows it
	Connection int64 // its number, from 0
	Frame      int64 // packet, 0 when it is not known
}

// String is the place in words.
func (p Proof) String() string {
	text := fmt.Sprintf("connection %d", p.Connection)
	if p.Exchange > 0 {
		text = fmt.Sprintf("exchange %d on connection %d", p.Exchange, p.Connection)
	}
	if p.Frame > 0 {
		text += fmt.Sprintf(", packet %d", p.Frame)
	}
	return text
}

// State tells of every task, in the order of [All], how far it is.
func (b *Board) State() []Progress {
	b.mu.Lock()
	defer b.mu.Unlock()
	all := make([]Progress, 0, len(b.tasks))
	for _, p := range b.tasks {
		all = append(all, p.state())
	}
	return all
}

func (p *progress) state() Progress {
	s := Progress{Task: p.Task}
	if p.score > 0 {
		s.State = Partly
	}
	if p.done {
		s.State = Done
	}
	for i, w := range p.parts {
		part := Part{Text: w.text, Seen: p.seen(&p.best, i), Need: p.need(i)}
		if part.Seen > 0 {
			part.Proof = p.best[i].proof
			s.Proof = part.Proof
		}
		s.Parts = append(s.Parts, part)
	}
	return s
}

// Words says in one or two sentences what was seen, and what is missing.
func (p *Progress) Words() string {
	switch p.State {
	case NotStarted:
		return "Nothing of it was seen yet."
	case Done:
		return "Done: " + p.Proof.String() + "."
	}
	var seen, missing []string
	for _, part := range p.Parts {
		text := part.Text
		if part.Need > 1 {
			text = fmt.Sprintf("%s (%d of %d)", text, part.Seen, part.Need)
		}
		if part.Seen > 0 {
			seen = append(seen, text)
		}
		if part.Seen < part.Need {
			missing = append(missing, text)
		}
	}
	return "Seen: " + strings.Join(seen, "; ") + ". Missing: " + strings.Join(missing, "; ") + "."
}
