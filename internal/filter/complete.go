package filter

import (
	"slices"
	"strings"
)

// maxCompletions is how many suggestions a person looks through.
const maxCompletions = 50

// Complete suggests what can stand at the cursor, a place in bytes: names of
// fields, operators, values, in the order of likelihood. Each replaces the word
// that [Word] finds there. There may be none.
func Complete(expr string, cursor int) []string {
	cursor = min(max(cursor, 0), len(expr))
	at := Word(expr, cursor)
	before := scan(expr[:at])
	before = before[:len(before)-1] // without the end, or what cannot be read
	word, all := plain(expr[at:cursor]), candidates(before)
	out := choose(all, func(s string) bool { return strings.HasPrefix(plain(s), word) })
	if len(out) == 0 && len(word) > 2 {
		out = choose(all, func(s string) bool { return strings.Contains(s, word) })
	}
	if len(out) == 1 && out[0] == expr[at:cursor] {
		return nil // it is complete
	}
	return out
}

// plain is a word or a value for comparing: without its quotes, in lower case.
func plain(s string) string { return strings.ToLower(strings.Trim(s, `"`)) }

func choose(all []string, good func(string) bool) []string {
	var out []string
	for _, s := range all {
		if good(s) && len(out) < maxCompletions {
			out = append(out, s)
		}
	}
	return out
}

// Word is where the word at the cursor begins: a name, a number, or text whose
// quotes are still open. At the cursor there may be none.
func Word(expr string, cursor int) int {
	cursor = min(max(cursor, 0), len(expr))
	tokens := scan(expr[:cursor])
	last := tokens[len(tokens)-1]
	if last.kind == badToken && expr[last.at] == '"' {
		return last.at
	}
	at := cursor
	for at > 0 && (startsWord(expr[at-1]) || expr[at-1] == '.' || expr[at-1] == '-') {
		at--
	}
	return at
}

// candidates is what can come after some tokens.
func candidates(before []token) []string {
	if len(before) == 0 {
		return operands()
	}
	last := before[len(before)-1]
	switch {
	case last.kind == wordToken && lookup(last.text) != nil && startsTest(before[:len(before)-1]):
		return operators(lookup(last.text).Type)
	case last.kind == signToken && (comparing(last.text) || last.text == "{" || last.text == "," || last.text == ".."):
		f, compared := subjectOf(before)
		switch {
		case f != nil:
			return values(f, last.text)
		case compared:
			return nil
		}
		return operands()
	case last.kind == signToken && last.text != ")" && last.text != "}":
		return operands()
	case last.kind == signToken && last.text == ")" && closesCall(before):
		return operators(Unsigned32)
	}
	return []string{"and", "or"}
}

// closesCall reports whether the parenthesis that comes last ends a function's
// operands on the left side of a test.
func closesCall(before []token) bool {
	open := 0
	for i := len(before) - 1; i > 0; i-- {
		switch t := before[i]; {
		case t.kind != signToken:
		case t.text == ")":
			open++
		case t.text == "(":
			if open--; open == 0 {
				_, is := functions()[before[i-1].text]
				return is && startsTest(before[:i-1])
			}
		}
	}
	return false
}

// startsTest reports whether an operand after these tokens is the left side of a test.
func startsTest(before []token) bool {
	for i := len(before) - 1; i >= 0; i-- {
		if t := before[i]; t.kind == signToken {
			switch t.text {
			case "&&", "||", "^^", "!", "any", "all", "(":
				return true
			}
			if comparing(t.text) || t.text == "{" {
				return false
			}
		}
	}
	return true
}

// subjectOf is the field on the left of the operator that comes last. There
// may be something else, or no operator.
func subjectOf(before []token) (f *field, compared bool) {
	for i := len(before) - 1; i > 0; i-- {
		if before[i].kind == signToken && comparing(before[i].text) {
			if before[i-1].text == "!" {
				i--
			}
			return lookup(before[max(i-1, 0)].text), true
		}
	}
	return nil, false
}

// operands are what a test can begin with, the fields of HTTP first.
func operands() []string {
	names := rowNames()
	slices.SortStableFunc(names, func(a, b string) int { return rank(a) - rank(b) })
	for _, f := range functionNames() {
		names = append(names, f+"(")
	}
	return append(names, "not", "any", "all")
}

// rowNames are the fields of exchanges: what is completed filters the rows of
// the screen.
func rowNames() []string {
	return slices.DeleteFunc(fieldNames(), func(n string) bool { return lookup(n).Packets })
}

func rank(name string) int {
	switch {
	case strings.HasPrefix(name, "http"):
		return 0
	case strings.HasPrefix(name, "tcp"), strings.HasPrefix(name, "ip"):
		return 1
	case strings.HasPrefix(name, "scope"):
		return 2
	}
	return 3
}

// operators are those that a type has.
func operators(t Type) []string {
	switch t {
	case Boolean:
		return []string{"and", "or", "==", "!="}
	case Protocol:
		return []string{"and", "or", "contains", "matches"}
	}
	if t.text() {
		return []string{"==", "!=", "contains", "matches", "in", "and", "or"}
	}
	return []string{"==", "!=", ">", "<", ">=", "<=", "in", "and", "or"}
}

// values are what a field is often compared with, and the fields of its type.
func values(f *field, after string) []string {
	if after == "in" {
		return []string{"{"}
	}
	out := slices.Clone(f.usual)
	for _, name := range rowNames() {
		if name != f.Name && lookup(name).Type == f.Type && f.Type != String {
			out = append(out, name)
		}
	}
	return out
}
