// Package problem is the vocabulary in which the packages that read fields and
// bodies say what is wrong: a [Problem] is one finding with its evidence, and a
// [List] collects them.
//
// The mental model is a notebook that stays short. Traffic may repeat a mistake
// a million times; a [List] keeps the first of each code, and a [Quote] of
// hostile text is bounded and escaped, and formatted only when it is kept. The
// list is thus bounded by the number of codes, whatever the input is.
//
// What it does not do: it knows no code and no protocol, it does not say where
// a problem lies, and it neither ranks, orders, counts nor prints problems. The codes
// belong to the packages that find them; what there is to say of each is a text of package explain.
package problem

import (
	"fmt"
	"slices"

	"httpscope/internal/texts"
)

// Problem is one thing wrong or remarkable in the traffic.
// Detail quotes the case.
type Problem struct {
	Code   string
	Detail texts.Phrase
}

// maxQuote bounds quoted network data in a Detail: the text ends up on a
// screen line, and a field may be many kilobytes long.
const maxQuote = 60

// Quote is hostile text that prints as a bounded, escaped Go string. As an
// argument of [List.Add] it is formatted only when the problem is kept: a field
// with a million bad elements must not cost a million formatted quotes.
type Quote string

func (q Quote) String() string {
	if len(q) > maxQuote {
		return fmt.Sprintf("%q...", string(q[:maxQuote]))
	}
	return fmt.Sprintf("%q", string(q))
}

// List collects problems and keeps the first of each code: a field with a
// thousand bad elements teaches no more than a field with one.
type List []Problem

// Add records a problem unless its code is already there. Its detail is the phrase with a key.
func (l *List) Add(code, key string, args ...any) {
	if !l.has(code) {
		*l = append(*l, Problem{code, texts.Own(key, printed(args)...)})
	}
}

// printed are parameters with what was quoted printed, and so bounded.
func printed(args []any) []any {
	all := slices.Clone(args)
	for i, a := range all {
		switch a := a.(type) {
		case texts.Phrase, texts.List, texts.Ordinal, error: // said in the language of whoever reads
		case fmt.Stringer:
			all[i] = a.String()
		}
	}
	return all
}

// Join adds each of the problems under the same rule.
func (l *List) Join(problems []Problem) {
	for _, p := range problems {
		if !l.has(p.Code) {
			*l = append(*l, p)
		}
	}
}

func (l *List) has(code string) bool {
	for _, p := range *l {
		if p.Code == code {
			return true
		}
	}
	return false
}
