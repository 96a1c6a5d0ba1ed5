package coursework

import (
	"regexp"

	"httpscope/internal/texts"
)

// KindText asks for a few words.
const KindText = "text"

// textKind: right is one of the accepted forms, or what the regular expression matches as a whole.
var textKind = kind{
	name:  KindText,
	takes: []string{"accept", "pattern"},
	check: (*checker).textForms,
	mark:  (*marking).text,
}

// textForms checks what is accepted.
func (c *checker) textForms(at string, q *Question) *LoadError {
	if _, err := regexp.Compile(q.Pattern); err != nil {
		return c.fail(at+".pattern", texts.Phrase{}, "coursework.bad-pattern", err)
	}
	if q.Pattern == "" && len(q.Accept) == 0 {
		return c.fail(at, texts.Say("coursework.hint-accept"), "coursework.needs-accept", q.ID)
	}
	return nil
}

// text marks a short text by its accepted forms.
func (k *marking) text() {
	var forms []string
	for _, w := range k.q.Accept {
		forms = append(forms, string(w))
	}
	if len(forms) == 0 {
		forms = append(forms, k.phrase("coursework.right-pattern", k.q.Pattern))
	}
	k.expected(k.either(forms))
	if len(k.q.Accept) > 0 {
		k.key.Text = forms[0]
	}
	given := written(k.a)
	if k.accepted(given) {
		k.out.Verdict = Right
		return
	}
	if k.q.Pattern != "" && regexp.MustCompile(`(?is)^(?:`+k.q.Pattern+`)$`).MatchString(plain(given)) {
		k.out.Verdict = Right
	}
}
