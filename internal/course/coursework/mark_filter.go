package coursework

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"httpscope/capture/pcapfilter"
	"httpscope/internal/course/effect"
	"httpscope/internal/filter"
)

// displayFilter judges a filter by what it selects: on the captures, and on
// traffic made to tell it from the right one.
func (k *marking) displayFilter() {
	right, err := filter.CompilePackets(k.q.Selects)
	if err != nil {
		panic("coursework: a filter that was checked does not compile: " + err.Error())
	}
	k.key.Text = k.q.Selects
	k.expected("any filter that selects what this one does: " + right.String())
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
	case c.Apart != nil && seen == 0:
		k.tag("right-here-only")
		k.say("The capture has nothing that is asked for; on other traffic the filter is wrong. Think of %s: %s", c.Apart.What, selectedWords(&c))
	case c.Apart != nil && byPlace(given, right):
		k.tag("right-here-only")
		k.say("It names places in this capture, and says nothing of what is asked.")
	case c.Apart != nil:
		k.out.Verdict, k.out.Points = Partly, k.out.Max/2
		k.tag("right-here-only")
		k.say("Think of %s: %s", c.Apart.What, selectedWords(&c))
		k.out.Expected += ". " + c.Apart.WhyFirst.String() + " " + c.Apart.WhySecond.String()
	case seen == 0:
		k.out.Verdict = Right
		k.say("The capture has nothing that the filter selects; it was judged on other traffic.")
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

func selectedWords(c *effect.Comparison) string {
	if c.Apart.ByFirst {
		return "it was asked for, and your filter does not select it."
	}
	return "it was not asked for, and your filter selects it."
}

// selection is the proof: which packets were asked for, and which are selected.
func (k *marking) selection(t *effect.Traffic, c *effect.Comparison) {
	const most = 12
	for _, n := range c.First[:min(len(c.First), most)] {
		k.out.Proof = append(k.out.Proof, Proof{n, "is asked for: " + effect.Words(t.Row(n)).String()})
	}
	for _, n := range c.Extra[:min(len(c.Extra), most)] {
		k.out.Proof = append(k.out.Proof, Proof{n, "is selected and not asked for: " + effect.Words(t.Row(n)).String()})
	}
}

// judged says how a filter that selects other packets is wrong.
func (k *marking) judged(c *effect.Comparison) {
	switch {
	case len(c.Second) == 0:
		k.tag("selects-nothing")
		if why := c.Apart.Surprise; !why.IsZero() {
			k.say("%s", why)
		}
	case len(c.Extra) > 0 && len(c.Missing) > 0:
		k.tag("selects-too-much")
		k.tag("selects-too-little")
		k.say("It selects %s, and leaves out %s.", packets(len(c.Extra), "too many"), packets(len(c.Missing), "of those asked for"))
	case len(c.Extra) > 0:
		k.tag("selects-too-much")
		k.say("It selects %s.", packets(len(c.Extra), "too many"))
	default:
		k.tag("selects-too-little")
		k.say("It leaves out %s.", packets(len(c.Missing), "of those asked for"))
	}
	k.out.Expected += ". " + c.Apart.What.String() + ": " + c.Apart.WhySecond.String()
}

func packets(n int, what string) string {
	if n == 1 {
		return "1 packet " + what
	}
	return fmt.Sprintf("%d packets %s", n, what)
}

// noFilter says where an expression is wrong. A suggestion that names a field of
// the right filter would tell half of the answer.
func (k *marking) noFilter(expr string, err error, right *filter.Filter) {
	k.tag("not-a-filter")
	var e *filter.Error
	if errors.As(err, &e) {
		suggestion := e.Suggestion.String()
		if slices.ContainsFunc(right.Names(), func(n string) bool { return strings.Contains(suggestion, n) }) {
			suggestion = "Look the name up: `/` and Tab on the screen, or docs/filters.md, list the fields."
		}
		k.say("At character %d: %s %s", e.Offset+1, e.Message, suggestion)
	}
	if _, err := pcapfilter.Compile(expr, pcapfilter.Ethernet, 1<<18); err == nil && strings.TrimSpace(expr) != "" {
		k.tag("capture-filter")
	}
}

// captureFilter judges a capture filter by the packets that it lets through.
func (k *marking) captureFilter() {
	k.key.Text = k.q.Selects
	k.expected("any capture filter that lets through what this one does: " + k.q.Selects)
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
			c.Apart = &effect.Apart{What: effect.Words(t.Row(append(slices.Clone(c.Missing), c.Extra...)[0]))}
			k.judged(&c)
			return
		}
	}
	k.out.Verdict = Right
	if made := effect.CompareCapture(k.q.Selects, expr); !made.IsZero() {
		k.out.Verdict, k.out.Points = Partly, k.out.Max/2
		k.tag("right-here-only")
		k.say("Think of %s.", made)
	}
}

func (k *marking) noCaptureFilter(expr string, err error) {
	k.tag("not-a-filter")
	var e *pcapfilter.Error
	if errors.As(err, &e) {
		k.say("%s. %s", e.Error(), e.Hint)
	}
	if _, err := filter.CompilePackets(expr); err == nil {
		k.tag("display-filter")
	}
}
