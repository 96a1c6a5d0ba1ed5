package coursework

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"httpscope/httpdecode"
	"httpscope/internal/filter"
	"httpscope/internal/sheet"
	"httpscope/internal/visible"
)

// value marks the value of a field: one, or with `which: all` a list of all.
func (k *marking) value() {
	asked, ok := k.q.which(k.find(k.q, k.q.Rows))
	if !ok {
		k.uncaptured()
		return
	}
	var right []string
	for i := range asked {
		values := k.q.values(&asked[i])
		if len(values) > 0 {
			k.out.Proof = append(k.out.Proof, asked[i].proof(k.q.asks()+" is "+join(values)))
		}
		right = append(right, values...)
	}
	if k.q.Unique {
		right = unique(right)
	}
	k.out.Expected = visible.Text(join(right))
	k.key.Text = join(right)
	if k.q.Which == "all" {
		k.key.Text, k.key.List = "", right
	}
	switch {
	case len(right) == 0:
		k.absent(asked)
	case k.q.Which == "all":
		k.list(right, asked)
	default:
		k.one(right, &asked[0])
	}
}

// unique keeps the first of equal values.
func unique(values []string) []string {
	var out []string
	for _, v := range values {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// absentWords say that there is no value.
var absentWords = []string{"-", "none", "no", "nothing", "absent", "not present", "n/a", "无", "没有", "不存在"}

// absent marks a field that the message does not have: the answer is that.
func (k *marking) absent(asked []hit) {
	k.key.Text, k.key.List = "none", nil
	k.expected("none: the field is not there", asked[0].proof("there is no "+k.q.asks()))
	if slices.Contains(absentWords, plain(written(k.a))) || k.accepted(written(k.a)) {
		k.out.Verdict = Right
		return
	}
	k.explain(written(k.a), "\x00", asked[0].confusions(k.q))
}

func (k *marking) accepted(given string) bool {
	return slices.ContainsFunc(k.q.Accept, func(w Word) bool { return same(given, string(w), k.q.Within) })
}

// one marks a single value. Of a field with several values in the message any is right,
// and so are all together.
func (k *marking) one(right []string, h *hit) {
	given := written(k.a)
	for _, v := range append(slices.Clone(right), join(right)) {
		if same(given, v, k.q.Within) {
			k.out.Verdict = Right
			return
		}
	}
	if k.accepted(given) || k.q.Field == "http.response.code" && h.statusLine(given) {
		k.out.Verdict = Right
		return
	}
	k.explain(given, right[0], h.confusions(k.q))
}

// statusLine reports whether an answer is the status with its phrase.
func (h *hit) statusLine(given string) bool {
	for _, m := range h.heads() {
		for _, phrase := range []string{m.Head.Reason, httpdecode.StatusText(m.Head.Status)} {
			if m.Head.Status > 0 && loose(given) == loose(fmt.Sprintf("%d %s", m.Head.Status, phrase)) {
				return true
			}
		}
	}
	return false
}

// items are the entries of an answer that lists several.
func items(a *sheet.Answer) []string {
	switch {
	case a.List != nil:
		return a.List
	case a.Rows != nil:
		var all []string
		for _, row := range a.Rows {
			all = append(all, strings.Join(row, " "))
		}
		return all
	}
	var all []string
	for _, s := range strings.FieldsFunc(a.Text, func(r rune) bool { return strings.ContainsRune(",;\n，；、", r) }) {
		if s = strings.TrimSpace(strings.TrimLeft(s, "-* ")); s != "" {
			all = append(all, s)
		}
	}
	return all
}

// joiningWords join the entries of a list in a sentence.
var joiningWords = regexp.MustCompile(`(?i),?\s+(?:and|then)\s+|\s*(?:->|→|和|与|然后)\s*`)

// worded are the entries of a list that words or spaces part, 200 and 404 or
// 200 404, when that makes n of them; otherwise those that are given.
func worded(text string, n int, given []string) []string {
	joined := joiningWords.ReplaceAllString(strings.TrimSpace(text), ", ")
	for _, all := range [][]string{items(&sheet.Answer{Text: joined}), strings.Fields(joined)} {
		if len(all) == n {
			return all
		}
	}
	return given
}

// list marks values in order, with a cell for each.
func (k *marking) list(right []string, asked []hit) {
	given := items(k.a)
	if len(given) == len(right)+1 && len(items(&sheet.Answer{Text: join(right)})) > len(right) { // a value has a comma in it
		given = []string{written(k.a)}
	}
	if len(given) != len(right) && k.a.List == nil && k.a.Rows == nil {
		given = worded(k.a.Text, len(right), given)
	}
	good := 0
	for i := range max(len(given), len(right)) {
		c := Cell{Row: i + 1, Column: k.q.asks(), Verdict: Wrong}
		if i < len(right) {
			c.Expected = visible.Text(right[i])
		}
		if i < len(given) {
			c.Given = visible.Text(short(given[i]))
		}
		switch {
		case i >= len(given):
			c.Verdict, c.Row = Missing, 0
		case i < len(right) && same(given[i], right[i], k.q.Within):
			c.Verdict = Right
			good++
		}
		k.out.Cells = append(k.out.Cells, c)
	}
	k.share(float64(good) / float64(max(len(given), len(right))))
	if len(given) != len(right) {
		k.say("The list has %d entries, and the capture has another number of them.", len(given))
	} else if good < len(right) {
		k.explain(written(k.a), join(right), asked[0].confusions(k.q))
	}
}

// count marks a number of rows.
func (k *marking) count() {
	rows := k.q.Rows
	if rows == "" {
		rows = "messages"
	}
	hits := k.find(k.q, rows)
	right := len(hits)
	var proof []Proof
	const most = 8
	for i := range hits[:min(len(hits), most)] {
		proof = append(proof, hits[i].proof(""))
	}
	k.key.Text = fmt.Sprint(right)
	k.expected(k.key.Text, proof...)
	given, _, ok := amount(written(k.a))
	switch {
	case ok && given == float64(right):
		k.out.Verdict = Right
	case !ok:
		k.say("The answer must be a number.")
	default:
		k.explain(written(k.a), fmt.Sprint(right), k.counts(rows))
	}
}

// counts are the numbers of other things that are easily counted instead.
func (k *marking) counts(rows string) []confusion {
	var all []confusion
	for _, other := range []string{"packets", "messages", "exchanges", "connections"} {
		if other == rows {
			continue
		}
		q := *k.q
		if rows == "packets" || rows == "connections" {
			if _, err := filter.Compile(q.Filter); err != nil {
				continue
			}
		}
		all = append(all, confusion{"counts-" + other, fmt.Sprint(len(k.find(&q, other)))})
	}
	everything := *k.q
	everything.Filter = ""
	return append(all, confusion{"counts-all", fmt.Sprint(len(k.find(&everything, rows)))})
}

// packet marks the number of a packet. Of a message the first, the last and the
// packet at which Wireshark shows it are right; the comment says which it is.
func (k *marking) packet() {
	hits := k.find(k.q, k.q.Rows)
	asked, ok := k.q.which(hits)
	if !ok {
		k.uncaptured()
		return
	}
	h := &asked[0]
	right := k.frames(h)
	k.key.Text = right[0]
	k.expected(strings.Join(right, " or "), k.frameProof(h)...)
	given, _, ok := amount(written(k.a))
	if !ok || given != float64(int64(given)) {
		k.say("The answer must be the number of a packet.")
		return
	}
	n := int64(given)
	if slices.Contains(right, fmt.Sprint(n)) {
		k.out.Verdict = Right
		k.say("%s", h.frameComment(n))
		return
	}
	if h.row.M != nil && slices.Contains(h.carriers(), n) {
		k.out.Verdict, k.out.Points = Partly, k.out.Max/2
		k.tag("middle-of-message")
		return
	}
	k.explain(fmt.Sprint(n), right[0], k.otherFrames(h))
}

// frames are the packets that are right.
func (k *marking) frames(h *hit) []string {
	if h.row.M == nil {
		return []string{fmt.Sprint(h.frame())}
	}
	m := h.row.M
	var all []string
	for _, n := range []int64{m.First.Frame, m.Last.Frame, filter.Ended(m).Frame} {
		if s := fmt.Sprint(n); n > 0 && !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	return all
}

func (k *marking) frameProof(h *hit) []Proof {
	if h.row.M == nil {
		return []Proof{h.proof("")}
	}
	var all []Proof
	for _, s := range k.frames(h) {
		n := int64(number(s))
		all = append(all, Proof{n, visible.Text(h.words() + ": " + h.frameComment(n))})
	}
	return all
}

// frameComment says what of a message a packet has.
func (h *hit) frameComment(n int64) string {
	m := h.row.M
	if m == nil {
		return ""
	}
	var what []string
	if n == m.First.Frame {
		what = append(what, "carries the first byte of the "+m.Side.String())
	}
	if n == m.Last.Frame {
		what = append(what, "carries its last byte")
	}
	if n == filter.Ended(m).Frame && n != m.Last.Frame {
		what = append(what, "shows that it has ended, so Wireshark lists the "+m.Side.String()+" there although it carries no byte of it")
	} else if n == filter.Ended(m).Frame && n != m.First.Frame {
		what = append(what, "completes it, so Wireshark lists it there")
	}
	return fmt.Sprintf("Packet %d %s.", n, strings.Join(what, " and "))
}

// otherFrames are packets of other messages.
func (k *marking) otherFrames(h *hit) []confusion {
	var all []confusion
	for _, x := range h.traffic.Recording.Exchanges {
		for m := range x.Messages() {
			code := "other-message"
			if x == h.row.X {
				code = "other-side"
			}
			if m == h.row.M {
				continue
			}
			other := hit{traffic: h.traffic, row: filter.Subject{X: x, M: m}}
			for _, n := range other.carriers() {
				all = append(all, confusion{code, fmt.Sprint(n)})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b confusion) int { return strings.Compare(b.code, a.code) }) // other-side first
	return all
}

// yesNo marks whether the capture has something.
func (k *marking) yesNo() {
	hits := k.find(k.q, k.q.Rows)
	right := len(hits) > 0
	if right {
		k.key.Text = "yes"
		k.expected("yes", hits[0].proof(""))
	} else {
		k.key.Text = "no"
		k.expected("no: nothing in the capture is so")
	}
	given, ok := yesNo(written(k.a))
	switch {
	case !ok:
		k.say("The answer must be yes or no.")
	case given == right:
		k.out.Verdict = Right
	}
}

// parts marks a list of answers, each by a question of its own.
func (k *marking) parts() {
	given := pieces(k.a, len(k.q.Parts))
	var rights []string
	points, worth := 0.0, 0.0
	for i := range k.q.Parts {
		p := &k.q.Parts[i]
		var a *sheet.Answer
		if i < len(given) {
			a = &sheet.Answer{ID: p.ID, Text: given[i]}
		}
		one := k.Evidence.marked(p, a, k.lang)
		m := one.out
		k.key.List = append(k.key.List, one.key.Text)
		points, worth = points+m.Points, worth+m.Max
		rights = append(rights, m.Expected)
		k.part(i, p, &m)
	}
	k.out.Expected = join(rights)
	if len(given) > len(k.q.Parts) {
		k.say("The answer has %d parts, and the question asks for %d.", len(given), len(k.q.Parts))
		points = max(0, points-worth/float64(len(k.q.Parts))*float64(len(given)-len(k.q.Parts)))
	}
	if worth > 0 {
		k.share(points / worth)
	}
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

// part takes over what was said of a part.
func (k *marking) part(i int, p *Question, m *Marked) {
	k.out.Cells = append(k.out.Cells, Cell{Row: i + 1, Column: visible.Text(p.Prompt.In(k.lang)), Given: m.Given, Expected: m.Expected, Verdict: m.Verdict, Comment: strings.Join(m.Feedback, " ")})
	if n := len(k.out.Cells); len(m.Tags) > 0 {
		k.out.Cells[n-1].Tag = m.Tags[0]
	}
	k.out.Tags, k.out.Proof, k.out.Hints = append(k.out.Tags, m.Tags...), append(k.out.Proof, m.Proof...), append(k.out.Hints, m.Hints...)
}

// Words for exchanges that are under way together, and for those that follow
// one another.
var (
	parallelWords = []string{"parallel", "concurrent", "simultaneous", "same time", "并行", "同时", "并发"}
	serialWords   = []string{"serial", "sequential", "one after", "one by one", "串行", "依次", "顺序", "先后", "逐个"}
)

// overlap marks whether exchanges were under way at the same time.
func (k *marking) overlap() {
	hits := k.find(k.q, "exchanges")
	if len(hits) < 2 {
		k.uncaptured()
		return
	}
	right, wrong := serialWords, parallelWords
	k.key.Text = "serial"
	k.expected("serial: each request was sent after the response before it", hits[0].proof(""), hits[1].proof(""))
	if a, b := together(hits); a != nil {
		right, wrong = parallelWords, serialWords
		k.out.Proof, k.key.Text = nil, "parallel"
		k.expected("parallel: a request was sent before the response to another one was complete", a.proof("its response ends later"), b.proof("is sent before that"))
	}
	given := plain(written(k.a))
	says := func(words []string) bool {
		return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(given, w) })
	}
	switch {
	case says(right) && !says(wrong):
		k.out.Verdict = Right
	case !says(right) && !says(wrong):
		k.say("The answer must be serial or parallel.")
	}
}

// together are two exchanges of which the second begins before the first ends;
// nil when there are none.
func together(hits []hit) (a, b *hit) {
	for i := range hits {
		x := hits[i].row.X
		if x.Request == nil || x.Response == nil {
			continue
		}
		for j := range hits {
			if y := hits[j].row.X; hits[i].file == hits[j].file && j != i && y.Request != nil && x.Request.First.Nano <= y.Request.First.Nano && y.Request.First.Nano < x.Response.Last.Nano {
				return &hits[i], &hits[j]
			}
		}
	}
	return nil, nil
}
