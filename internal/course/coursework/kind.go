package coursework

import (
	"slices"
	"strings"

	"httpscope/internal/texts"
)

// kind is a kind of question: what an assignment says of one, what its sheet has, and how an answer is marked. Each
// stands in a file of its own. What its comment says is right is what docs/coursework.md says.
type kind struct {
	name         string
	needs, takes []string // fields that a question must have, and may have; check sees to it that of a|b there is one

	packets bool // its filter is one of packets
	numbers bool // the answer numbers things: one more or one less is a likely slip
	denies  bool // that the capture has nothing of what is asked is an answer too
	whole   bool // it cannot be a part of a question

	form  string                       // of an answer, a key of coursework.form; "" where any words may be one
	typed func(q *Question) *valueType // of the values of answers; nil: they have none

	check   func(c *checker, at string, q *Question) *LoadError // its fields; nil: there is nothing more to check
	mark    func(k *marking)                                    // nil: it is left to a person
	lists   func(q *Question, lang texts.Lang) []string         // what [Question.List] is; nil: nothing
	columns func(q *Question) []string                          // of the table that is the answer; nil: it is none
}

// kindList is the kinds that questions can be of.
type kindList []*kind

// kinds are all kinds, in the order of docs/coursework.md.
var kinds = kindList{
	&connectionsKind,
	&valueKind,
	&countKind,
	&packetKind,
	&displayFilterKind,
	&captureFilterKind,
	&interfaceKind,
	&choiceKind,
	&textKind,
	&yesNoKind,
	&overlapKind,
	&partsKind,
	&freeKind,
}

// named is the kind with a name; nil when there is none.
func (all kindList) named(name string) *kind {
	if i := slices.IndexFunc(all, func(t *kind) bool { return t.name == name }); i >= 0 {
		return all[i]
	}
	return nil
}

// names are the names of the kinds, sorted.
func (all kindList) names() []string {
	var names []string
	for _, t := range all {
		names = append(names, t.name)
	}
	slices.Sort(names)
	return names
}

// has reports whether a question of the kind may have a field.
func (t *kind) has(field string) bool {
	return slices.ContainsFunc(slices.Concat(t.needs, t.takes), func(f string) bool {
		return slices.Contains(strings.Split(f, "|"), field)
	})
}

// ByHand reports whether the answer is left to a person.
func (q *Question) ByHand() bool { return q.kind.mark == nil }

// List is what the sheet lists below the prompt, such as options: entries of a list in Markdown.
func (q *Question) List(lang texts.Lang) []string {
	if q.kind.lists == nil {
		return nil
	}
	return q.kind.lists(q, lang)
}

// TableColumns are the columns of the table that is the answer; nil when it is none.
func (q *Question) TableColumns() []string {
	if q.kind.columns == nil {
		return nil
	}
	return q.kind.columns(q)
}

// HasTable reports whether answers to a kind of question, by its name, are tables.
func HasTable(name string) bool {
	t := kinds.named(name)
	return t != nil && t.columns != nil
}
