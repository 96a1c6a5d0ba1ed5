package coursework

import (
	"regexp"
	"slices"

	"httpscope/internal/texts"
	"httpscope/internal/visible"
)

// KindValue asks for what stands in a field.
const KindValue = "value"

// valueKind: right is the value of a display filter field, or of a field of the head, in the first selected row
// (`which: last`, a number, or `all` for the list).
var valueKind = kind{
	name:  KindValue,
	takes: []string{"filter", "rows", "which", "field|header", "within", "accept", "unique"},
	typed: (*Question).valueType,
	check: (*checker).valueField,
	mark:  (*marking).value,
}

// valueField checks which field is asked for.
func (c *checker) valueField(at string, q *Question) *LoadError {
	if (q.Field == "") == (q.Header == "") {
		return c.fail(at, texts.Say("coursework.hint-value"), "coursework.needs-field", q.ID)
	}
	if q.Field == "" {
		return nil
	}
	return c.field(at, q)
}

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
			k.out.Proof = append(k.out.Proof,
				k.proof(&asked[i], texts.Say("coursework.proof-value", k.q.asks(), join(values))))
		}
		right = append(right, values...)
	}
	if k.q.Unique {
		right = unique(right)
	}
	k.out.Expected = visible.Line(join(right))
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

// absent marks a field that the message does not have: the answer is that.
func (k *marking) absent(asked []hit) {
	k.key.Text, k.key.List = "none", nil
	k.expected(k.phrase("coursework.right-absent"),
		k.proof(&asked[0], texts.Say("coursework.proof-absent", k.q.asks())))
	if saysAbsent(written(k.a), k.q.fieldName()) || k.accepted(written(k.a)) {
		k.out.Verdict = Right
		return
	}
	k.explain(written(k.a), "\x00", asked[0].confusions(k.q))
}

// numberedPacket is the number of a packet, or how many there are, which is no value of another kind.
var numberedPacket = regexp.MustCompile(`^(?:the )?(?:packet|frame|port)s?\b|^\d+ ?(?:packets?|frames?|segments?)$`)

// isOther reports an answer that is, as a whole, a number of something else than values of the type.
func (t *valueType) isOther(given string) bool {
	_, unit := exactly(given)
	return t == statusType && unit != "" ||
		(t == numberType || t == statusType) && numberedPacket.MatchString(plain(given))
}

// one marks a single value. Of a field with several values in the message any is right,
// and so are all together.
func (k *marking) one(right []string, h *hit) {
	given, t := written(k.a), k.q.valueType()
	said := func(v string) bool { return k.says(given, v) }
	switch {
	case t != nil && t.isOther(given):
		k.unread()
	case slices.ContainsFunc(right, said) || said(join(right)) || k.accepted(given) || k.accepted(k.q.bare(given)):
		k.out.Verdict = Right
	case t == nil || saysAbsent(given, k.q.fieldName()):
		k.explain(k.q.bare(given), right[0], h.confusions(k.q))
	default:
		k.oneIn(t, right, h)
	}
}

// oneIn marks the value of a type that stands in the words of an answer.
func (k *marking) oneIn(t *valueType, right []string, h *hit) {
	value, ok := only(t.find(plain(written(k.a))))
	if !ok {
		k.unread()
		return
	}
	if t == numberType {
		value = withoutDots(value)
	}
	k.readAs(value)
	if slices.ContainsFunc(right, func(v string) bool { return k.says(value, v) }) {
		k.out.Verdict = Right
		return
	}
	k.explain(value, right[0], h.confusions(k.q))
}
