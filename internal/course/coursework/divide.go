package coursework

import (
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"httpscope/internal/course/sheet"
)

// splits are the ways to take an answer apart, the likeliest first.
func (k *marking) splits() [][]string {
	n := len(k.q.Parts)
	a := withoutNumbers(k.a)
	plain := unnumbered(pieces(a, n))
	all := [][]string{plain}
	if bare := k.unlabelled(plain); !slices.Equal(bare, plain) {
		all = append(all, bare)
	}
	if a.List != nil || a.Rows != nil {
		return all
	}
	if k.crowded(a.Text) {
		return all
	}
	if split := k.byType(a.Text); split != nil {
		all = append(all, split)
	}
	for _, split := range cuts(a.Text, n) {
		all = append(all, k.unlabelled(unnumbered(split)))
	}
	return all
}

// crowded reports a text with more values of a type than parts that ask for one, or with doubt in it: a cut would leave
// out some of that.
func (k *marking) crowded(text string) bool {
	if p := plain(text); retracted.MatchString(p) || sayUnsure.MatchString(p) {
		return true
	}
	wanted := map[*valueType]int{}
	for i := range k.q.Parts {
		if t := k.q.Parts[i].answerType(); t != nil {
			wanted[t]++
		}
	}
	for t, n := range wanted {
		if len(t.find(plain(text))) > n {
			return true
		}
	}
	return false
}

// byType takes a text apart by the types of the parts: each takes the next value of its type, wherever that stands. It
// is nil where a part may be any words, and where there are not as many values of a type as parts.
func (k *marking) byType(text string) []string {
	values := map[*valueType][]candidate{}
	var out []string
	for i := range k.q.Parts {
		t := k.q.Parts[i].answerType()
		if t == nil {
			return nil
		}
		if _, known := values[t]; !known {
			values[t] = t.find(plain(text))
		}
		if len(values[t]) == 0 {
			return nil
		}
		out, values[t] = append(out, values[t][0].value), values[t][1:]
	}
	for _, left := range values {
		if len(left) > 0 {
			return nil
		}
	}
	return out
}

// clause ends where a sign or "and" joins two parts of a text.
var clause = regexp.MustCompile(`[,;，；、。\n]|[.]\s|\band\b|和|与`)

// cuts are the ways to cut a text into n pieces between clauses and then between
// words, as many as are worth trying: each is marked.
func cuts(text string, n int) [][]string {
	const words, ways = 24, 24
	var all [][]string
	for _, fields := range [][]string{clauses(text), strings.Fields(text)} {
		if len(fields) < n || len(fields) > words {
			continue
		}
		divide(nil, fields, n, func(way []string) bool {
			if slices.ContainsFunc(way, isCutOff) {
				return true
			}
			all = append(all, way)
			return len(all) < ways
		})
	}
	return all
}

// openEnd ends in a word that is about what follows: no cut parts the two.
var openEnd = regexp.MustCompile(`(?i)(?:\b(?:not|or|nor|no longer|without|except|than)|不是|不|或者?)[\s,;]*$`)

// isCutOff reports a piece that a cut has parted from what it is about.
func isCutOff(piece string) bool { return openEnd.MatchString(piece) || openStart.MatchString(piece) }

// openStart begins with another answer to what stands before.
var openStart = regexp.MustCompile(`(?i)^[\s,;]*(?:or\b|或|还是)`)

// clauses are the parts of a text with what ends each.
func clauses(text string) []string {
	var all []string
	from := 0
	for _, at := range clause.FindAllStringIndex(text, -1) {
		all = append(all, text[from:at[1]])
		from = at[1]
	}
	return append(all, text[from:])
}

// divide visits the ways to make n pieces of words, those with short first pieces
// first, as long as visit wants more.
func divide(head, rest []string, n int, visit func([]string) bool) bool {
	if n == 1 {
		return visit(append(slices.Clone(head), piece(rest)))
	}
	for i := 1; i <= len(rest)-(n-1); i++ {
		if !divide(append(slices.Clone(head), piece(rest[:i])), rest[i:], n-1, visit) {
			return false
		}
	}
	return true
}

// joint is what joins a piece to the next, or ends it.
var joint = regexp.MustCompile(`(?i)^(?:[\s,;，；、。]|and\b|和|与)+|(?:[\s,;，；、。.]|\band|和|与)+$`)

// piece joins words without what joins them to others.
func piece(words []string) string { return joint.ReplaceAllString(strings.Join(words, " "), "") }

// What stands beside a piece: a label with a colon before it, or one in brackets after it.
var (
	headed    = regexp.MustCompile(`(?s)^([\p{L} ]{2,24})[:：]\s*(.+)$`)
	bracketed = regexp.MustCompile(`(?s)^(.+?)\s*[(（]([^()（）]*)[)）][\s.,;]*$`)
)

// unlabelled are pieces without what students write beside them, the name of the
// part or another: "browser: 1.1", "10.0.0.7 (client)". Where the names are those of the
// parts, they tell which piece is which.
func (k *marking) unlabelled(given []string) []string {
	bare, at := make([]string, len(given)), map[int]int{}
	for i, s := range given {
		value, label := k.labelled(s)
		bare[i] = value
		if part := k.partNamed(label); part >= 0 {
			at[i] = part
		}
	}
	if len(given) != len(k.q.Parts) || len(at) == 0 {
		return bare
	}
	return ordered(bare, at)
}

// ordered puts pieces at the parts that they name, and the others where there is
// room. Pieces that name the same part stay as they are.
func ordered(given []string, at map[int]int) []string {
	out, taken := make([]string, len(given)), make([]bool, len(given))
	for i, part := range at {
		if taken[part] {
			return given
		}
		out[part], taken[part] = given[i], true
	}
	for i, s := range given {
		if _, named := at[i]; !named {
			free := slices.Index(taken, false)
			out[free], taken[free] = s, true
		}
	}
	return out
}

// labelled parts a piece from the label before it or in brackets after it.
func (k *marking) labelled(s string) (value, label string) {
	s = strings.TrimSpace(s)
	if m := bracketed.FindStringSubmatch(s); m != nil {
		return m[1], m[2]
	}
	for i := range k.q.Parts {
		for _, prompt := range k.q.Parts[i].Prompt {
			if rest, is := cutLabel(s, prompt); is {
				return rest, prompt
			}
		}
	}
	if m := headed.FindStringSubmatch(s); m != nil {
		return m[2], m[1]
	}
	return s, ""
}

// partNamed is the part whose prompt a label is; -1 for none.
func (k *marking) partNamed(label string) int {
	for i := range k.q.Parts {
		for _, prompt := range k.q.Parts[i].Prompt {
			if strings.TrimPrefix(plain(label), "the ") == plain(prompt) && label != "" {
				return i
			}
		}
	}
	return -1
}

// cutLabel cuts a prompt from the beginning of a piece.
func cutLabel(s, prompt string) (rest string, is bool) {
	rest, small := s, strings.ToLower(s)
	for _, article := range []string{"the ", "my ", "your "} {
		if strings.HasPrefix(small, article) {
			rest, small = rest[min(len(article), len(rest)):], small[len(article):]
			break
		}
	}
	prompt = strings.ToLower(prompt)
	if prompt == "" || !strings.HasPrefix(small, prompt) || len(small) != len(rest) {
		return s, false
	}
	rest = rest[len(prompt):]
	bare := strings.TrimLeft(rest, " :：=是")
	if bare == "" || bare == rest {
		return s, false
	}
	for _, verb := range []string{"is ", "uses ", "speaks ", "runs "} {
		bare = strings.TrimPrefix(bare, verb)
	}
	return bare, true
}

// pieces are the parts of an answer of n parts: entries of a list, lines, or what
// semicolons, commas or spaces part. Commas beyond the last part belong to it,
// as those of a date do.
func pieces(a *sheet.Answer, n int) []string {
	if a.List != nil || a.Rows != nil {
		return items(a)
	}
	for _, signs := range []string{"\n", ";；", ",，、"} {
		all := strings.FieldsFunc(a.Text, func(r rune) bool { return strings.ContainsRune(signs, r) })
		if len(all) == n {
			return all
		}
		if len(all) > n && signs[0] == ',' {
			head := all[:n-1]
			rest := a.Text
			for range head {
				rest = rest[strings.IndexFunc(rest, func(r rune) bool { return strings.ContainsRune(signs, r) }):]
				_, size := utf8.DecodeRuneInString(rest)
				rest = rest[size:]
			}
			return append(slices.Clone(head), rest)
		}
	}
	if words := strings.Fields(a.Text); len(words) == n {
		return words
	}
	return items(a)
}
