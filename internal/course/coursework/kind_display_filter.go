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

// KindDisplayFilter asks for a display filter.
const KindDisplayFilter = "display-filter"

// displayFilterKind: right is a filter that selects the same packets: on the capture, and on traffic that is made to
// tell the two apart; the same only on the capture gives half.
var displayFilterKind = kind{
	name:  KindDisplayFilter,
	needs: []string{"selects"},
	check: func(c *checker, at string, q *Question) *LoadError { return c.filter(at+".selects", q.Selects, true) },
	mark:  (*marking).displayFilter,
}

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
		k.out.Expected = k.phrase("coursework.right-apart", k.out.Expected, c.Difference.WhyFirst,
			c.Difference.WhySecond)
	case seen == 0:
		k.out.Verdict = Right
		k.say("coursework.judged-elsewhere")
	default:
		k.out.Verdict = Right
	}
}

// places are fields that tell where in a capture something is, not what it is.
var places = []string{"frame.number", "frame.time", "frame.time_epoch", "frame.time_relative", "frame.time_delta",
	"tcp.stream", "scope.exchange", "scope.connection", "scope.first_frame", "scope.last_frame"}

// byPlace reports whether a filter selects by place, and the right one does not.
func byPlace(given, right *filter.Filter) bool {
	names := right.Names()
	return slices.ContainsFunc(given.Names(), func(n string) bool {
		return slices.Contains(places, n) && !slices.Contains(names, n)
	})
}

// label is what students write before a filter.
var label = regexp.MustCompile(`^(?i:(?:display |capture )?filter|(?:显示|捕获)?过滤器)\s*[:：]\s*`)

// bare takes away what else stands around a filter: a label, quotes around all
// of it, a full stop, a remark in brackets after it.
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
