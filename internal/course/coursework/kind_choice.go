package coursework

import (
	"fmt"
	"strings"

	"httpscope/internal/texts"
)

// KindChoice asks to choose among options.
const KindChoice = "choice"

// choiceKind: right is the right option, by letter, number or text.
var choiceKind = kind{
	name:  KindChoice,
	form:  "option",
	needs: []string{"options"},
	takes: []string{"many"},
	check: (*checker).options,
	mark:  (*marking).choice,
	lists: (*Question).optionList,
}

// maxOptions bounds the options of a question, which are named by letters.
const maxOptions = 26

// options checks that the right ones are among the options.
func (c *checker) options(at string, q *Question) *LoadError {
	right := 0
	for i := range q.Options {
		o := &q.Options[i]
		if o.Text.In(texts.English) == "" {
			return c.fail(fmt.Sprintf("%s.options[%d]", at, i), texts.Say("coursework.hint-option"),
				"coursework.no-option-text", i+1, q.ID)
		}
		if o.Right {
			right++
		}
	}
	if len(q.Options) > maxOptions {
		return c.fail(at+".options", texts.Phrase{}, "coursework.many-options", maxOptions)
	}
	if right == 0 || right > 1 && !q.Many {
		return c.fail(at+".options", texts.Say("coursework.hint-right"), "coursework.right-options", q.ID, right)
	}
	return nil
}

// optionList are the options with their letters.
func (q *Question) optionList(lang texts.Lang) []string {
	var all []string
	for i := range q.Options {
		all = append(all, "- "+letter(i)+") "+q.Options[i].Text.In(lang))
	}
	return all
}

// choice marks the chosen options.
func (k *marking) choice() {
	var rights, letters []string
	for i := range k.q.Options {
		if o := &k.q.Options[i]; o.Right {
			letters = append(letters, letter(i))
			rights = append(rights, letter(i)+") "+o.Text.In(k.lang))
		}
	}
	k.expected(join(rights))
	k.key.Text = strings.Join(letters, ",")
	chosen := k.chosen()
	if len(chosen) == 0 {
		k.unread()
		return
	}
	if !k.q.Many && len(chosen) > 1 {
		k.say("coursework.names-options", len(chosen))
		k.unread()
		return
	}
	var named []string
	for _, i := range chosen {
		named = append(named, letter(i))
	}
	k.readAs(strings.Join(named, ","))
	good, bad := 0, 0
	for _, i := range chosen {
		o := &k.q.Options[i]
		if o.Right {
			good++
			continue
		}
		bad++
		if say := o.Say.In(k.lang); say != "" {
			k.tell(say)
		}
		if o.Tag != "" {
			k.out.Tags = append(k.out.Tags, o.Tag)
		}
	}
	k.share(max(0, float64(good-bad)/float64(len(rights))))
}

func letter(i int) string { return string(rune('a' + i)) }
