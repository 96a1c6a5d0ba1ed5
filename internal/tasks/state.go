package tasks

import "httpscope/internal/texts"

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
	Text       texts.Phrase
	Seen, Need int   // how many of it, of how many
	Proof      Proof // the zero value before any
}

// Proof is where something was seen.
type Proof struct {
	Exchange   int64 // its number, 0 when no exchange shows it
	Connection int64 // its number, from 0
	Frame      int64 // packet, 0 when it is not known
}

// Phrase is the place in words.
func (p Proof) Phrase() texts.Phrase {
	place := texts.Say("tasks.proof.connection", p.Connection)
	if p.Exchange > 0 {
		place = texts.Say("tasks.proof.exchange", p.Exchange, p.Connection)
	}
	if p.Frame > 0 {
		return texts.Say("tasks.proof.packet", place, p.Frame)
	}
	return place
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
	for i := range p.parts {
		part := Part{Text: p.part(i), Seen: p.seen(&p.best, i), Need: p.need(i)}
		if part.Seen > 0 {
			part.Proof = p.best[i].proof
			s.Proof = part.Proof
		}
		s.Parts = append(s.Parts, part)
	}
	return s
}

// Words says in one or two sentences what was seen, and what is missing.
func (p *Progress) Words() texts.Phrase {
	switch p.State {
	case NotStarted:
		return texts.Say("tasks.nothing-seen")
	case Done:
		return texts.Say("tasks.done", p.Proof.Phrase())
	}
	var seen, missing []texts.Phrase
	for _, part := range p.Parts {
		if part.Seen > 0 {
			seen = append(seen, part.words())
		}
		if part.Seen < part.Need {
			missing = append(missing, part.words())
		}
	}
	return texts.Say("tasks.seen-and-missing", listed(seen), listed(missing))
}

// words is the part with how many of it were seen, where it takes several.
func (p *Part) words() texts.Phrase {
	if p.Need > 1 {
		return texts.Say("tasks.part-of", p.Text, p.Seen, p.Need)
	}
	return p.Text
}

// listed are parts one after the other.
func listed(parts []texts.Phrase) texts.Phrase {
	var all texts.Phrase
	for i, p := range parts {
		if i == 0 {
			all = p
			continue
		}
		all = texts.Say("tasks.and-part", all, p)
	}
	return all
}
