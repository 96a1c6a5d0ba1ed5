package quiz

import (
	"fmt"
	"slices"

	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// display is a display filter with the messages that it selects.
type display struct {
	text    string
	selects selection
	why     string       // what it selects instead, in general: the key of a phrase
	wants   texts.Phrase // what is asked for when it is the right one; none when it never is
}

// selection tells whether a filter selects a message of a connection.
type selection func(m *trace.Message, c *trace.Connection) bool

// maxFiltered is how many exchanges a capture may have to ask about all of
// their messages.
const maxFiltered = 2000

// displays are filters about a message and what stands around it.
func displays(x *trace.Exchange) []display {
	is := func(side layer.Side) selection {
		return func(m *trace.Message, _ *trace.Connection) bool { return m.Side == side }
	}
	on := x.Conn
	ofConnection := func(_ *trace.Message, c *trace.Connection) bool { return c.ID == on.ID }
	every := func(*trace.Message, *trace.Connection) bool { return true }
	out := []display{
		{"http.request", is(layer.Client), "quiz.filter.selects-requests", texts.Say("quiz.filter.all-requests")},
		{"http.response", is(layer.Server), "quiz.filter.selects-responses", texts.Say("quiz.filter.all-responses")},
		{fmt.Sprintf("tcp.stream == %d && http", on.ID), ofConnection, "quiz.filter.selects-connection",
			texts.Say("quiz.filter.all-on-connection", on.ID)},
		{"http", every, "quiz.filter.selects-messages", texts.Phrase{}},
	}
	out = append(out, portDisplays(on)...)
	return append(append(out, requestDisplays(x.Request.Head)...), responseDisplays(x.Response.Head)...)
}

// portDisplays are filters by the server's port.
func portDisplays(on *trace.Connection) []display {
	port := on.Ends[1].Port()
	if port == on.Ends[0].Port() {
		return nil
	}
	to := func(m *trace.Message, c *trace.Connection) bool { return c.Ends[1-int(m.Side)].Port() == port }
	from := func(m *trace.Message, c *trace.Connection) bool { return c.Ends[m.Side].Port() == port }
	return []display{
		{fmt.Sprintf("tcp.dstport == %d && http", port), to, "quiz.filter.selects-to-port",
			texts.Say("quiz.filter.all-to-port", port)},
		{fmt.Sprintf("tcp.srcport == %d && http", port), from, "quiz.filter.selects-from-port",
			texts.Say("quiz.filter.all-from-port", port)},
	}
}

// requestDisplays are filters by the method.
func requestDisplays(h *trace.Head) []display {
	if semantics[h.Method] == "" {
		return nil
	}
	is := func(method string) selection {
		return func(m *trace.Message, _ *trace.Connection) bool {
			return m.Side == layer.Client && m.Head.Method == method
		}
	}
	out := []display{{fmt.Sprintf("http.request.method == %q", h.Method), is(h.Method), "quiz.filter.selects-method",
		texts.Say("quiz.filter.all-with-method", h.Method)}}
	for _, method := range []string{"GET", "POST", "HEAD"} {
		out = append(out, display{fmt.Sprintf("http.request.method == %q", method), is(method),
			"quiz.filter.selects-other-method", texts.Phrase{}})
	}
	others := func(m *trace.Message, _ *trace.Connection) bool {
		return m.Side == layer.Client && m.Head.Method != h.Method
	}
	return append(out, display{fmt.Sprintf("http.request && http.request.method != %q", h.Method), others,
		"quiz.filter.selects-any-other-method", texts.Phrase{}})
}

// responseDisplays are filters by the status.
func responseDisplays(h *trace.Head) []display {
	if h.Status < 100 || h.Status > 599 {
		return nil
	}
	of := func(is func(status int) bool) selection {
		return func(m *trace.Message, _ *trace.Connection) bool {
			return m.Side == layer.Server && is(m.Head.Status)
		}
	}
	class := h.Status / 100 * 100
	return []display{
		{fmt.Sprintf("http.response.code == %d", h.Status), of(func(s int) bool { return s == h.Status }),
			"quiz.filter.selects-status", texts.Say("quiz.filter.all-with-status", h.Status)},
		{fmt.Sprintf("http.response.code >= %d", class), of(func(s int) bool { return s >= class }),
			"quiz.filter.selects-higher", texts.Phrase{}},
		{"http.response.code >= 400", of(func(s int) bool { return s >= 400 }),
			"quiz.filter.selects-errors", texts.Say("quiz.filter.all-errors")},
		{fmt.Sprintf("http.response && http.response.code != %d", h.Status),
			of(func(s int) bool { return s != h.Status }), "quiz.filter.selects-other-status", texts.Phrase{}},
	}
}

// selectable are the messages that a display filter can be asked about: those
// with a whole head, whose numbers are numbers.
func (a *asker) selectable() (ms []*trace.Message, of []*trace.Connection) {
	for _, x := range a.exchanges {
		for m := range x.Messages() {
			if !whole(m) || m.Side == layer.Server && (m.Head.Status < 100 || m.Head.Status > 599) {
				return nil, nil // whether filters take these for messages is another question
			}
			ms, of = append(ms, m), append(of, x.Conn)
		}
	}
	return ms, of
}

// filterFor asks which display filter selects given messages. What a filter
// selects is computed from the records.
func filterFor(a *asker, x *trace.Exchange) *Question {
	if !answered(x) || len(a.exchanges) > maxFiltered {
		return nil
	}
	ms, of := a.selectable()
	all := displays(x)
	asked := slices.DeleteFunc(slices.Clone(all), func(d display) bool { return d.wants.IsZero() || len(ms) == 0 })
	if len(asked) == 0 {
		return nil
	}
	right := asked[a.rng.IntN(len(asked))]
	wanted := chosenBy(right, ms, of)
	if len(wanted) == 0 {
		return nil
	}
	var wrong []option
	for _, d := range mixed(a.rng, all) {
		if got := chosenBy(d, ms, of); !slices.Equal(got, wanted) {
			wrong = append(wrong, option{literal(d.text), insteadOf(d, got, wanted)})
		}
	}
	if len(wrong) < 2 {
		return nil
	}
	var chosen []*trace.Message
	for _, i := range wanted {
		chosen = append(chosen, ms[i])
	}
	return a.askFilter(x, right, wrong, chosen, len(ms))
}

// insteadOf is what a wrong filter selects.
func insteadOf(d display, got, wanted []int) saying {
	return phrase("quiz.filter.instead", texts.Say(d.why), texts.Say("count.message", len(got)), common(got, wanted))
}

// askFilter asks for the filter that selects some messages, of so many in all.
func (a *asker) askFilter(x *trace.Exchange, right display, wrong []option, chosen []*trace.Message,
	all int) *Question {
	q := a.choose(literal(right.text), wrong, "quiz.filter.ask", right.wants).about(x, chosen[0].First.Packet)
	q.Given = a.listHeads(chosen)
	q.hint("quiz.filter.hint")
	for _, m := range chosen[:min(len(chosen), 3)] {
		q.at(m.First.Packet, "quiz.filter.one", startOf(m))
	}
	q.say("quiz.filter.selects", right.text, texts.Say("count.message", len(chosen)), all)
	q.Why = append(q.Why, line(doc.Dim, q.phrase("quiz.filter.docs")))
	return q
}

// listHeads shows which messages are meant.
func (a *asker) listHeads(ms []*trace.Message) doc.Lines {
	var out doc.Lines
	for i, m := range ms {
		if i == maxTable {
			return append(out, a.more("count.message", len(ms)-i))
		}
		l := given(doc.Plain, m.First.Packet, a.texts.Phrase("quiz.message", m.First.Packet, startOf(m)))
		l.Ref.Side = m.Side
		out = append(out, l)
	}
	return out
}

// chosenBy are the places of the messages that a filter selects.
func chosenBy(d display, ms []*trace.Message, of []*trace.Connection) []int {
	var out []int
	for i, m := range ms {
		if d.selects(m, of[i]) {
			out = append(out, i)
		}
	}
	return out
}

// common counts the places in both lists.
func common(a, b []int) int {
	n := 0
	for _, i := range a {
		if _, ok := slices.BinarySearch(b, i); ok {
			n++
		}
	}
	return n
}
