package quiz

import (
	"fmt"
	"slices"

	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/trace"
)

// display is a display filter with the messages that it selects.
type display struct {
	text    string
	selects func(m *trace.Message, c *trace.Connection) bool
	why     string // what it selects instead, in general
	wants   string // what is asked for when it is the right one; "" when it never is
}

// maxFiltered is how many exchanges a capture may have to ask about all of
// their messages.
const maxFiltered = 2000

// displays are filters about a message and what stands around it.
func displays(x *trace.Exchange) []display {
	request := func(m *trace.Message) bool { return m.Side == layer.Client }
	on := x.Conn
	out := []display{
		{"http.request", func(m *trace.Message, _ *trace.Connection) bool { return request(m) }, "This selects every request.", "all requests"},
		{"http.response", func(m *trace.Message, _ *trace.Connection) bool { return !request(m) }, "This selects every response.", "all responses"},
		{fmt.Sprintf("tcp.stream == %d && http", on.ID), func(_ *trace.Message, c *trace.Connection) bool { return c.ID == on.ID }, "This selects the messages of one connection.", fmt.Sprintf("all messages of connection %d", on.ID)},
		{"http", func(*trace.Message, *trace.Connection) bool { return true }, "This selects every message.", ""},
	}
	if port := on.Ends[1].Port(); port != on.Ends[0].Port() {
		out = append(out, display{fmt.Sprintf("tcp.dstport == %d && http", port), func(m *trace.Message, c *trace.Connection) bool { return c.Ends[1-int(m.Side)].Port() == port },
			"Packets to the server's port carry requests.", fmt.Sprintf("all messages that go to port %d", port)},
			display{fmt.Sprintf("tcp.srcport == %d && http", port), func(m *trace.Message, c *trace.Connection) bool { return c.Ends[m.Side].Port() == port },
				"Packets from the server's port carry responses.", fmt.Sprintf("all messages that come from port %d", port)})
	}
	return append(append(out, requestDisplays(x.Request.Head)...), responseDisplays(x.Response.Head)...)
}

func requestDisplays(h *trace.Head) []display {
	if semantics[h.Method] == "" {
		return nil
	}
	is := func(method string) func(m *trace.Message, _ *trace.Connection) bool {
		return func(m *trace.Message, _ *trace.Connection) bool {
			return m.Side == layer.Client && m.Head.Method == method
		}
	}
	out := []display{{fmt.Sprintf("http.request.method == %q", h.Method), is(h.Method), "This selects the requests with this method.", "all requests with the method " + h.Method}}
	for _, method := range []string{"GET", "POST", "HEAD"} {
		out = append(out, display{fmt.Sprintf("http.request.method == %q", method), is(method), "This selects the requests with another method.", ""})
	}
	return append(out, display{fmt.Sprintf("http.request && http.request.method != %q", h.Method), func(m *trace.Message, _ *trace.Connection) bool {
		return m.Side == layer.Client && m.Head.Method != h.Method
	}, "This selects the requests with any other method.", ""})
}

func responseDisplays(h *trace.Head) []display {
	if h.Status < 100 || h.Status > 599 {
		return nil
	}
	of := func(is func(status int) bool) func(m *trace.Message, _ *trace.Connection) bool {
		return func(m *trace.Message, _ *trace.Connection) bool {
			return m.Side == layer.Server && is(m.Head.Status)
		}
	}
	return []display{
		{fmt.Sprintf("http.response.code == %d", h.Status), of(func(s int) bool { return s == h.Status }), "This selects the responses with this status.", fmt.Sprintf("all responses with the status %d", h.Status)},
		{fmt.Sprintf("http.response.code >= %d", h.Status/100*100), of(func(s int) bool { return s >= h.Status/100*100 }), "This selects higher classes too.", ""},
		{"http.response.code >= 400", of(func(s int) bool { return s >= 400 }), "This selects the responses with an error.", "all responses with an error of the client or the server"},
		{fmt.Sprintf("http.response && http.response.code != %d", h.Status), of(func(s int) bool { return s != h.Status }), "This selects the responses with another status.", ""},
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
	asked := slices.DeleteFunc(slices.Clone(all), func(d display) bool { return d.wants == "" || len(ms) == 0 })
	if len(asked) == 0 {
		return nil
	}
	right := asked[a.rng.IntN(len(asked))]
	wanted := chosenBy(right, ms, of)
	if len(wanted) == 0 {
		return nil
	}
	var wrong []Choice
	for _, d := range mixed(a.rng, all) {
		if got := chosenBy(d, ms, of); !slices.Equal(got, wanted) {
			wrong = append(wrong, Choice{Text: d.text, Why: fmt.Sprintf("%s Here: %s, of which %d are wanted.", d.why, counted(int64(len(got)), "message", "messages"), common(got, wanted))})
		}
	}
	if len(wrong) < 2 {
		return nil
	}
	q := choose(a.rng, right.text, wrong, "Which display filter selects exactly these messages of the capture: %s?", right.wants).about(x, ms[wanted[0]].First.Packet)
	var chosen []*trace.Message
	for _, i := range wanted {
		chosen = append(chosen, ms[i])
	}
	q.Given = listHeads(chosen)
	q.hint("Type each filter into Wireshark, or give it to httpscope read -Y, and compare what it shows.")
	for i, m := range chosen {
		if i < 3 {
			q.at(m.First.Packet, "carries one of them: %s", startOf(m))
		}
	}
	q.say("%s selects %s of %d.", right.text, counted(int64(len(wanted)), "message", "messages"), len(ms))
	q.Why = append(q.Why, words(doc.Dim, "docs/filters.md describes the language."))
	return q
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
