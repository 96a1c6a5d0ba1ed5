package coursework

// KindYesNo asks whether there is one.
const KindYesNo = "yes-no"

// yesNoKind: right is whether the filter selects anything.
var yesNoKind = kind{
	name:   KindYesNo,
	form:   "yes-no",
	needs:  []string{"filter"},
	takes:  []string{"rows"},
	denies: true,
	mark:   (*marking).yesNo,
}

// yesNo marks whether the capture has something.
func (k *marking) yesNo() {
	hits := k.find(k.q, k.q.Rows)
	right := len(hits) > 0
	if right {
		k.key.Text = "yes"
		k.expected(k.phrase("coursework.right-yes"), k.proof(&hits[0], nothing))
	} else {
		k.key.Text = "no"
		k.expected(k.phrase("coursework.right-no"))
	}
	given, ok := saysYes(written(k.a))
	switch {
	case !ok:
		k.unread()
		return
	case given == right:
		k.out.Verdict = Right
	}
	k.readAs(map[bool]string{true: "yes", false: "no"}[given])
}
