package coursework

import (
	"errors"
	"regexp"
	"slices"
	"strings"

	"httpscope/capture/pcapfilter"
	"httpscope/internal/course/effect"
	"httpscope/internal/filter"
	"httpscope/internal/texts"
)

// displayFilter judges a filter by what it selects: on the captures, and on
// traffic made to tell it from the right one.
func (k *marking) displayFilter() {
	right, err := filter.CompilePackets(k.q.Selects)
	if err != nil {
		panic("coursework: a filter that was checked does not compile: " + err.Error())
	}
	k.key.Text = k.q.Selects
	k.expected(k.phrase("coursework.right-filter", right))
	expr := unlabelled(written(k.a))
	given, err := filter.CompilePackets(expr)
	if err != nil {
		if given, _ = filter.CompilePackets(bare(expr)); given == nil {
			k.noFilter(expr, err, right)
			return
		}
	}
	var c effect.Comparison
	seen := 0
	for _, t := range k.traffics {
		c = t.Compare(right, given)
		seen += len(c.First)
		k.selection(t, &c)
		if !c.Same() {
			break
		}
	}
	switch {
	case !c.Same():
		k.judged(&c)
		k.out.Expected = k.phrase("coursework.right-first", k.out.Expected, c.Difference.What, c.Difference.WhySecond)
	case c.Difference != nil && seen == 0:
		k.tag("right-here-only")
		k.say("coursework.wrong-elsewhere", think(&c))
	case c.Difference != nil && byPlace(given, right):
		k.tag("right-here-only")
		k.say("coursework.names-places")
	case c.Difference != nil:
		k.out.Verdict, k.out.Points = Partly, k.out.Max/2
		k.tag("right-here-only")
		k.tell(texts.In(k.lang).Of(think(&c)))
		k.out.Expected = k.phrase("coursework.right-apart", k.out.Expected, c.Difference.WhyFirst, c.Difference.WhySecond)
	case seen == 0:
		k.out.Verdict = Right
		k.say("coursework.judged-elsewhere")
	default:
		k.out.Verdict = Right
	}
}

// places are fields that tell where in a capture something is, not what it is.
var places = []string{"frame.number", "frame.time", "frame.time_epoch", "frame.time_relative", "frame.time_delta", "tcp.stream", "scope.exchange", "scope.connection", "scope.first_frame", "scope.last_frame"}

// byPlace reports whether a filter selects by place, and the right one does not.
func byPlace(given, right *filter.Filter) bool {
	names := right.Names()
	return slices.ContainsFunc(given.Names(), func(n string) bool { return slices.Contains(places, n) && !slices.Contains(names, n) })
}

// unlabelled takes away what students write around a filter.
func unlabelled(s string) string {
	s = strings.TrimSpace(s)
	if l := strings.ToLower(s); strings.HasPrefix(l, "filter:") {
		s = strings.TrimSpace(s[len("filter:"):])
	}
	return strings.NewReplacer("“", `"`, "”", `"`, "＝", "=", "（", "(", "）", ")", "！", "!").Replace(strings.Trim(s, "`"))
}

// label is what students write before a filter.
var label = regexp.MustCompile(`^(?i:(?:display |capture )?filter|(?:显示|捕获)?过滤器)\s*[:：]\s*`)

// bare takes away what else stands around a filter: a label, quotes around all
// of it, a full stop, a remark in brackets behind it.
func bare(s string) string {
	s = strings.TrimRight(label.ReplaceAllString(strings.TrimSpace(s), ""), " .。")
	if i := strings.LastIndex(s, " ("); i > 0 && strings.HasSuffix(s, ")") {
		if _, err := filter.CompilePackets(s[:i]); err == nil {
			s = s[:i]
		}
	}
	if len(s) > 2 && s[0] == '"' && s[len(s)-1] == '"' {
		s = strings.ReplaceAll(s[1:len(s)-1], `\"`, `"`)
	}
	return strings.TrimSpace(s)
}

// think names the packet that tells a filter from the right one.
func think(c *effect.Comparison) texts.Phrase {
	if c.Difference.ByFirst {
		return texts.Say("coursework.think-missing", c.Difference.What)
	}
	return texts.Say("coursework.think-extra", c.Difference.What)
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

// noFilter says where an expression is wrong. A suggestion that names a field of
// the right filter would tell half of the answer.
func (k *marking) noFilter(expr string, err error, right *filter.Filter) {
	k.tag("not-a-filter")
	var e *filter.Error
	if errors.As(err, &e) {
		suggestion, english := e.Suggestion, e.Suggestion.String()
		if slices.ContainsFunc(right.Names(), func(n string) bool { return strings.Contains(english, n) }) {
			suggestion = texts.Say("coursework.filter-look-up")
		}
		k.say("coursework.filter-at", e.Offset+1, e.Message, suggestion)
	}
	if _, err := pcapfilter.Compile(expr, pcapfilter.Ethernet, 1<<18); err == nil && strings.TrimSpace(expr) != "" {
		k.tag("capture-filter")
	}
}

// captureFilter judges a capture filter by the packets that it lets through.
func (k *marking) captureFilter() {
	k.key.Text = k.q.Selects
	k.expected(k.phrase("coursework.right-capture-filter", k.q.Selects))
	expr := unlabelled(written(k.a))
	for _, t := range k.traffics {
		right, err := t.CapturePackets(k.q.Selects)
		if err != nil {
			panic("coursework: a capture filter that was checked does not compile: " + err.Error())
		}
		given, err := t.CapturePackets(expr)
		if err != nil {
			k.noCaptureFilter(expr, err)
			return
		}
		if !slices.Equal(right, given) {
			c := effect.Comparison{First: right, Second: given}
			c.Split()
			k.selection(t, &c)
			c.Difference = &effect.Difference{What: effect.Words(t.Row(append(slices.Clone(c.Missing), c.Extra...)[0]))}
			k.judged(&c)
			k.out.Expected = k.phrase("coursework.right-packet", k.out.Expected, c.Difference.What)
			return
		}
	}
	k.out.Verdict = Right
	if made := effect.CompareCapture(k.q.Selects, expr); !made.IsZero() {
		k.out.Verdict, k.out.Points = Partly, k.out.Max/2
		k.tag("right-here-only")
		k.say("coursework.think", made)
	}
}

func (k *marking) noCaptureFilter(expr string, err error) {
	k.tag("not-a-filter")
	var e *pcapfilter.Error
	if errors.As(err, &e) {
		k.say("coursework.capture-filter-error", e, e.Hint)
	}
	if _, err := filter.CompilePackets(expr); err == nil {
		k.tag("display-filter")
	}
}
