package quiz_test

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"strings"
	"testing"

	"httpscope/internal/explain"
	"httpscope/internal/quiz"
	"httpscope/internal/texts"
)

// verifiers compute the answer to each kind of question by another route than
// the quiz. They answer the right number or text, or words that the right
// choice contains and no other does.
var verifiers = map[string]func(o *oracle, q *quiz.Question) string{
	"handshake-end": handshakeEnd,
	"syn-ack-number": func(o *oracle, q *quiz.Question) string {
		return fmt.Sprint(o.packet(after(q.Prompt, "SYN-ACK, packet")).ack)
	},
	"relative-number":    relativeNumber,
	"next-number":        nextNumber,
	"acknowledged-bytes": acknowledgedBytes,
	"acknowledged-by":    acknowledgedBy,
	"segment-kind":       segmentKind,
	"flags-meaning":      flagsMeaning,
	"data-packets":       dataPackets,
	"server-port": func(o *oracle,
		q *quiz.Question) string {
		return fmt.Sprint(o.of(q.Connection)[0].dst.Port())
	},
	"client-end":       func(o *oracle, q *quiz.Question) string { return o.of(q.Connection)[0].src.String() },
	"who-closed":       whoClosed,
	"exchange-count":   exchangeCount,
	"connection-count": func(o *oracle, _ *quiz.Question) string { return fmt.Sprint(len(o.connections)) },
	"same-connection":  sameConnection,
	"tls-visible":      tlsVisible,
	"round-trip":       roundTrip,
	"server-time": func(o *oracle, q *quiz.Question) string {
		return fmt.Sprintf("%.3f", o.exchanges[q.Ref.Exchange].Timing.Wait)
	},
	"response-begins": func(o *oracle, q *quiz.Question) string {
		return fmt.Sprint(o.exchanges[q.Ref.Exchange].Response.Frame)
	},
	"response-ends": func(o *oracle, q *quiz.Question) string {
		return fmt.Sprint(o.exchanges[q.Ref.Exchange].Response.LastFrame)
	},
	"body-begins":   bodyBegins,
	"answers-which": answersWhich,
	"responses-in-all": func(o *oracle, q *quiz.Question) string {
		return fmt.Sprint(len(o.exchanges[q.Ref.Exchange].Interim) + 1)
	},
	"host": func(o *oracle, q *quiz.Question) string {
		v, _ := o.exchanges[q.Ref.Exchange].Request.get("host")
		return v
	},
	"field-meaning":    fieldMeaning,
	"method-semantics": methodSemantics,
	"method-meaning": func(o *oracle, q *quiz.Question) string {
		m, _ := explain.In(texts.English).Method(o.exchanges[q.Ref.Exchange].Request.Method)
		return m.What
	},
	"status-meaning": func(o *oracle, q *quiz.Question) string {
		m, _ := explain.In(texts.English).Status(o.exchanges[q.Ref.Exchange].Response.Status)
		return m.What
	},
	"status-class": statusClass,
	"redirect-target": func(o *oracle, q *quiz.Question) string {
		v, _ := o.exchanges[q.Ref.Exchange].Response.get("location")
		return v
	},
	"body-end":    bodyEnd,
	"body-bytes":  func(o *oracle, q *quiz.Question) string { return fmt.Sprint(o.message(q).BodyBytes) },
	"wire-bytes":  func(o *oracle, q *quiz.Question) string { return fmt.Sprint(o.message(q).WireBytes) },
	"chunk-size":  chunkSize,
	"chunk-line":  func(_ *oracle, q *quiz.Question) string { return strconv.FormatInt(after(q.Prompt, ") has"), 16) },
	"chunk-count": func(o *oracle, q *quiz.Question) string { return fmt.Sprint(len(o.message(q).Chunks)) },
	"coded-length": func(o *oracle, q *quiz.Question) string {
		return fmt.Sprintf("%d bytes: the body as it is transferred", o.message(q).BodyBytes)
	},
	"bytes-after-head": bytesAfterHead,
	"close-ends":       closeEnds,
	"persistence":      persistence,
	"condition":        condition,
	"range-bytes":      rangeBytes,
	"range-status":     rangeStatus,
	"content-range":    contentRange,
	"cookie-sent":      cookieSent,
	"cookie-stored":    cookieStored,
	"filter":           filterFor,
	"finding":          findingOf,
}

// TestAnswersByAnotherRoute holds every answer against its verifier.
func TestAnswersByAnotherRoute(t *testing.T) {
	for _, k := range quiz.Kinds() {
		if verifiers[k] == nil {
			t.Errorf("no verifier for the question %s", k)
		}
	}
	answers := map[string]map[string]bool{}
	for _, s := range allSamples(t) {
		o := newOracle(t, s)
		var questions []quiz.Question
		for seed := range uint64(4) {
			questions = append(questions, quiz.New(s, seed, quiz.Options{Questions: everything})...)
		}
		for seed := range uint64(40) { // each of their questions has many to choose from
			questions = append(questions, quiz.New(s, seed,
				quiz.Options{Questions: 20, Topics: []string{"cookies", "tcp", "framing", "persistence"}})...)
		}
		for i := range questions {
			q := &questions[i]
			if want := verifiers[q.About](o, q); !agrees(q, want) {
				t.Errorf("%s, %s: the answer is %q, and by the other route %q\n%s", s.name, q.ID, q.Answer, want,
					q.Prompt)
			}
			if answers[q.About] == nil {
				answers[q.About] = map[string]bool{}
			}
			answers[q.About][q.Answer] = true
		}
	}
	everyAnswer(t, answers)
}

// everyAnswer holds that no answer of a fixed list is always a wrong one, as
// far as the samples show it.
func everyAnswer(t *testing.T, answers map[string]map[string]bool) {
	for about, n := range map[string]int{"segment-kind": 4, "flags-meaning": 6, "who-closed": 3, "persistence": 4,
		"body-end": 7, "method-semantics": 3, "status-class": 5, "same-connection": 2, "condition": 4,
		"range-status": 2, "cookie-sent": 3, "cookie-stored": 5} {
		if len(answers[about]) != n {
			t.Errorf("%s has %d right answers, want %d: %v", about, len(answers[about]), n,
				slices.Sorted(maps.Keys(answers[about])))
		}
	}
}

// agrees compares an answer with what a verifier says.
func agrees(q *quiz.Question, want string) bool {
	if q.Kind != quiz.OneOf {
		o, _ := q.Judge(want)
		return o == quiz.Right
	}
	if i := slices.IndexFunc(q.Choices, func(c quiz.Choice) bool { return c.Text == want }); i >= 0 {
		return q.Choices[i].Right
	}
	n := 0
	for _, c := range q.Choices {
		if strings.Contains(c.Text, want) {
			n++
			if !c.Right {
				return false
			}
		}
	}
	return n == 1 && want != ""
}

// message is the message that a question's prompt is about.
func (o *oracle) message(q *quiz.Question) *jsonMessage {
	x := o.exchanges[q.Ref.Exchange]
	if strings.Contains(q.Prompt, "the request of exchange") || strings.Contains(q.Prompt, "The request of exchange") {
		return x.Request
	}
	return x.Response
}

func handshakeEnd(o *oracle, q *quiz.Question) string {
	all := o.of(q.Connection)
	for _, b := range all {
		if b.flags&0x12 != 0x12 {
			continue
		}
		for _, c := range all {
			if c.frame > b.frame && c.src == b.dst && c.flags&0x10 != 0 && c.ack == b.seq+1 {
				return fmt.Sprint(c.frame)
			}
		}
	}
	return ""
}

func relativeNumber(o *oracle, q *quiz.Question) string {
	return fmt.Sprint(o.packet(after(q.Prompt, ". Packet")).seq - o.packet(after(q.Prompt, ", packet")).seq)
}

func nextNumber(o *oracle, q *quiz.Question) string {
	p := o.packet(after(q.Prompt, "Packet"))
	return fmt.Sprint(p.seq + p.length - o.isn(p.conn, p.src))
}

func acknowledgedBytes(o *oracle, q *quiz.Question) string {
	p := o.packet(after(q.Prompt, "Packet"))
	return fmt.Sprint(p.ack - o.isn(p.conn, p.dst) - 1)
}

func acknowledgedBy(o *oracle, q *quiz.Question) string {
	p := o.packet(after(q.Prompt, "Packet"))
	for _, a := range o.of(p.conn) {
		if a.src == p.dst && a.flags&0x10 != 0 && int32(a.ack-p.seq-p.length) >= 0 {
			return fmt.Sprint(a.frame)
		}
	}
	return ""
}

// segmentKind goes by the sequence numbers that were seen before.
func segmentKind(o *oracle, q *quiz.Question) string {
	p := o.packet(after(q.Prompt, "Packet"))
	seen := map[uint32]bool{}
	next := o.isn(p.conn, p.src) + 1
	for _, e := range o.of(p.conn) {
		if e.src != p.src || e.frame >= p.frame {
			continue
		}
		for i := range e.length {
			seen[e.seq+i] = true
		}
		if int32(e.seq+e.length-next) > 0 {
			next = e.seq + e.length
		}
	}
	known := uint32(0)
	for i := range p.length {
		if seen[p.seq+i] {
			known++
		}
	}
	switch {
	case p.seq == next-1 && p.length <= 1:
		return "A keep-alive probe"
	case p.seq == next:
		return "New data in order"
	case known == p.length:
		return "A retransmission"
	case known == 0 && int32(p.seq-next) < 0:
		return "Out of order"
	}
	return ""
}

func flagsMeaning(o *oracle, q *quiz.Question) string {
	p := o.packet(after(q.Prompt, "Packet"))
	switch {
	case p.flags&4 != 0:
		return "over at once"
	case p.flags&0x12 == 0x12:
		return "It accepts the connection"
	case p.flags&2 != 0:
		return "It asks to open"
	case p.flags&1 != 0:
		return "no more data to send"
	case p.length > 0:
		return "It carries data,"
	}
	return "It carries no data"
}

func dataPackets(o *oracle, q *quiz.Question) string {
	n, client := 0, o.connections[q.Connection].Client
	for _, p := range o.of(q.Connection) {
		if p.length > 0 && (p.src.String() == client) == strings.Contains(q.Prompt, "of the client") {
			n++
		}
	}
	return fmt.Sprint(n)
}

func whoClosed(o *oracle, q *quiz.Question) string {
	for _, p := range o.of(q.Connection) {
		who := "The server"
		if p.src.String() == o.connections[q.Connection].Client {
			who = "The client"
		}
		switch {
		case p.flags&4 != 0:
			return who + ", with a RST"
		case p.flags&1 != 0:
			return who + ", with a FIN"
		}
	}
	return "Nobody"
}

func exchangeCount(o *oracle, q *quiz.Question) string {
	n := 0
	for _, x := range o.exchanges {
		if x.Connection == q.Connection {
			n++
		}
	}
	return fmt.Sprint(n)
}

func sameConnection(o *oracle, q *quiz.Question) string {
	x := o.exchanges[after(q.Prompt, "exchange")]
	_, rest, _ := strings.Cut(q.Prompt, ") and ")
	y := o.exchanges[after(rest, "exchange")]
	if x.Client == y.Client && x.Server == y.Server {
		return "yes"
	}
	return "no"
}

func tlsVisible(o *oracle, q *quiz.Question) string {
	for _, p := range o.of(q.Connection) {
		if p.length > 0 { // content type 22, version 3
			return map[bool]string{true: "Addresses, ports, sizes and times"}[p.payload[0] == 22 && p.payload[1] == 3]
		}
	}
	return ""
}

func roundTrip(o *oracle, q *quiz.Question) string {
	all := o.of(q.Connection)
	return fmt.Sprintf("%.3f", float64(all[1].nano-all[0].nano)/1e6)
}

func bodyBegins(o *oracle, q *quiz.Question) string {
	m := o.message(q)
	start := m.Version + " " + strconv.Itoa(m.Status)
	if m.Method != "" {
		start = m.Method + " " + m.Target
	}
	return fmt.Sprint(o.bodyFrame(q.Connection, m, start))
}

func answersWhich(o *oracle, q *quiz.Question) string {
	x := o.exchanges[q.Ref.Exchange]
	return fmt.Sprintf("Request %d on the connection: %s", x.Ordinal, x.Request.Method)
}

func fieldMeaning(o *oracle, q *quiz.Question) string {
	name := strings.Fields(strings.TrimPrefix(q.Prompt, "What is the field "))[0]
	if _, ok := o.message(q).get(name); !ok {
		return ""
	}
	m, _ := explain.In(texts.English).Field(name)
	return m.What
}

func methodSemantics(o *oracle, q *quiz.Question) string {
	switch o.exchanges[q.Ref.Exchange].Request.Method {
	case "GET", "HEAD", "OPTIONS", "TRACE":
		return "Safe and idempotent"
	case "PUT", "DELETE":
		return "Idempotent and not safe"
	}
	return "Neither safe nor idempotent"
}

func statusClass(o *oracle, q *quiz.Question) string {
	return []string{"", "Interim", "Success", "Redirection", "Client error",
		"Server error"}[o.exchanges[q.Ref.Exchange].Response.Status/100]
}

// bodyEnd goes through RFC 9112, Section 6.3 with the fields alone.
func bodyEnd(o *oracle, q *quiz.Question) string {
	x, m := o.exchanges[q.Ref.Exchange], o.message(q)
	response := m == x.Response
	codings, lengths := m.all("transfer-encoding"), strings.Split(m.all("content-length"), ",")
	switch _, hasLength := m.get("content-length"); {
	case response && (m.Status == 101 || x.Request.Method == "CONNECT" && m.Status/100 == 2):
		return "It does not end"
	case response && (x.Request.Method == "HEAD" || m.Status/100 == 1 || m.Status == 204 || m.Status == 304):
		return "because of the method HEAD or because of the status"
	case strings.HasSuffix(codings, "chunked"):
		return "With the chunk of size 0"
	case len(slices.Compact(lengths)) > 1:
		return "Nobody can rely"
	case hasLength:
		return "as Content-Length says"
	case response:
		return "With the end of the connection"
	}
	return "a request with neither"
}

func chunkSize(_ *oracle, q *quiz.Question) string {
	_, line, _ := strings.Cut(q.Prompt, "size line ")
	line, _, _ = strings.Cut(line, ".")
	n, err := strconv.ParseInt(line, 16, 64)
	if err != nil {
		return ""
	}
	return fmt.Sprint(n)
}

func bytesAfterHead(o *oracle, q *quiz.Question) string {
	x := o.exchanges[q.Ref.Exchange]
	if s := x.Response.Status; x.Request.Method == "HEAD" || s == 204 || s == 304 {
		return "0"
	}
	return ""
}

func closeEnds(o *oracle, q *quiz.Question) string {
	for _, p := range o.of(q.Connection) {
		if p.flags&1 != 0 && p.src.String() == o.connections[q.Connection].Server {
			return fmt.Sprint(p.frame)
		}
	}
	return ""
}

func persistence(o *oracle, q *quiz.Question) string {
	m := o.message(q)
	options := strings.Split(strings.ReplaceAll(m.all("connection"), " ", ""), ",")
	switch {
	case slices.Contains(options, "close"):
		return "Connection: close asks for it"
	case m.Version != "HTTP/1.0":
		return "the default of HTTP/1.1"
	case slices.Contains(options, "keep-alive"):
		return "HTTP/1.0 with Connection: keep-alive"
	}
	return "the default of HTTP/1.0"
}

func condition(o *oracle, q *quiz.Question) string {
	r := o.exchanges[q.Ref.Exchange].Request
	for _, c := range [][2]string{{"if-match", "If-Match names"}, {"if-unmodified-since", "If-Unmodified-Since"},
		{"if-none-match", "If-None-Match names"}, {"if-modified-since", "If-Modified-Since"}} {
		if _, ok := r.get(c[0]); ok {
			return c[1]
		}
	}
	return ""
}

// resolved is what a Range field asks of a resource: intervals with both ends
// included.
func resolved(q *quiz.Question) (spans [][2]int64, size int64) {
	_, field, _ := strings.Cut(q.Prompt, "Range: bytes=")
	field, rest, _ := strings.Cut(field, " for a resource")
	size = after(rest, "of")
	for _, one := range strings.Split(field, ",") {
		first, last, _ := strings.Cut(strings.TrimSpace(one), "-")
		a, errA := strconv.ParseInt(first, 10, 64)
		b, errB := strconv.ParseInt(last, 10, 64)
		switch {
		case errA != nil:
			a, b = max(0, size-b), size-1
		case errB != nil || b >= size:
			b = size - 1
		}
		if a < size && a <= b {
			spans = append(spans, [2]int64{a, b})
		}
	}
	return spans, size
}

func rangeBytes(_ *oracle, q *quiz.Question) string {
	spans, _ := resolved(q)
	n := int64(0)
	for _, s := range spans {
		n += s[1] - s[0] + 1
	}
	return fmt.Sprint(n)
}

func rangeStatus(_ *oracle, q *quiz.Question) string {
	if spans, _ := resolved(q); len(spans) == 0 {
		return "416"
	}
	return "206"
}

func contentRange(_ *oracle, q *quiz.Question) string {
	spans, size := resolved(q)
	return fmt.Sprintf("bytes %d-%d/%d", spans[0][0], spans[0][1], size)
}

// TestTimesAreGivenOnce holds that a time that is off by a tenth is wrong.
func TestTimesAreGivenOnce(t *testing.T) {
	for _, q := range quiz.New(demo(t), 1, quiz.Options{Topics: []string{"time"}, Questions: everything}) {
		ms, err := strconv.ParseFloat(q.Answer, 64)
		if err != nil {
			t.Fatal(err)
		}
		off := ms*1.1 + 0.005
		if o, _ := q.Judge(strconv.FormatFloat(off, 'f', 4, 64)); o != quiz.Wrong || math.IsNaN(off) {
			t.Errorf("%s: %g instead of %g is %s", q.ID, off, ms, o)
		}
	}
}
