package coursework

import (
	"strings"

	"httpscope/internal/course/effect"
	"httpscope/internal/texts"
)

// unlabelled takes away what students write around a filter.
func unlabelled(s string) string {
	s = strings.TrimSpace(s)
	if l := strings.ToLower(s); strings.HasPrefix(l, "filter:") {
		s = strings.TrimSpace(s[len("filter:"):])
	}
	return strings.NewReplacer("“", `"`, "”", `"`, "＝", "=", "（", "(", "）", ")", "！", "!").Replace(strings.Trim(s, "`"))
}

// selection is the proof: which packets were asked for, and which are selected.
func (k *marking) selection(t *effect.Traffic, c *effect.Comparison) {
	const most = 12
	for _, n := range c.First[:min(len(c.First), most)] {
		k.out.Proof = append(k.out.Proof, Proof{n, k.phrase("coursework.proof-asked", effect.Words(t.Row(n)))})
	}
	for _, n := range c.Extra[:min(len(c.Extra), most)] {
		k.out.Proof = append(k.out.Proof, Proof{n, k.phrase("coursework.proof-extra", effect.Words(t.Row(n)))})
	}
}

// judged says how a filter that selects other packets is wrong.
func (k *marking) judged(c *effect.Comparison) {
	tooMany := texts.Say("coursework.packets-too-many", len(c.Extra))
	tooFew := texts.Say("coursework.packets-asked", len(c.Missing))
	switch {
	case len(c.Second) == 0:
		k.tag("selects-nothing")
		if why := c.Difference.Surprise; !why.IsZero() {
			k.tell(texts.In(k.lang).Of(why))
		}
	case len(c.Extra) > 0 && len(c.Missing) > 0:
		k.tag("selects-too-much")
		k.tag("selects-too-little")
		k.say("coursework.selects-leaves-out", tooMany, tooFew)
	case len(c.Extra) > 0:
		k.tag("selects-too-much")
		k.say("coursework.selects", tooMany)
	default:
		k.tag("selects-too-little")
		k.say("coursework.leaves-out", tooFew)
	}
}
