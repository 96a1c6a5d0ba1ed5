package httpdecode

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"unsafe"

	"httpscope/internal/finding"
	"httpscope/internal/texts"
)

// A trace is a connection as the tests write it. The first line is its name.
// Then what is sent, `> ` by the client and `< ` by the server, with \r \n \t
// \xNN written out and {x*5} for xxxxx; `GAP n`, `GAP n+`, `FIN`, `RESET` and `UNKNOWN`
// in place of bytes; and indented, after each, the events that follow:
//
//	# a request and its response
//	> GET / HTTP/1.1\r\nHost: a\r\n\r\n
//	    1 > head "GET / HTTP/1.1" none rule 7
//	    1 > end
//
// An event begins with its exchange and its side. A finding shows its severity,
// its code and where in the side's stream the bytes lie.
type trace string

// traces are all of them. Other tests use them too: however they are cut they
// give the same events, and together they show every finding.
var traces = [][]trace{startLineTraces, fieldTraces, framingTraces, chunkTraces, exchangeTraces, gapTraces, otherTraces}

func (tr trace) name() string {
	name, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(string(tr)), "# "), "\n")
	return name
}

var repeated = regexp.MustCompile(`\{(.)\*(\d+)\}`)

// conversation is what the trace sends; midstream tells that it begins in the middle.
func (tr trace) conversation() (c conversation, midstream bool) {
	for l := range strings.Lines(string(tr)) {
		l = strings.TrimSuffix(l, "\n")
		switch {
		case l == "MIDSTREAM":
			midstream = true
		case strings.HasPrefix(l, "> "), strings.HasPrefix(l, "< "):
			c = append(c, parsePiece(l))
		}
	}
	return c, midstream
}

func parsePiece(l string) piece {
	p := piece{data: l[2:]}
	if l[0] == '<' {
		p.side = Server
	}
	how, ends := map[string]How{"FIN": FIN, "RESET": Reset, "UNKNOWN": Unknown}[p.data]
	switch {
	case ends:
		return piece{side: p.side, eof: how, ends: true}
	case strings.HasPrefix(p.data, "GAP "):
		least, more := strings.CutSuffix(p.data[4:], "+")
		n, _ := strconv.Atoi(least)
		return piece{side: p.side, gap: int64(n), more: more}
	}
	p.data = repeated.ReplaceAllStringFunc(p.data, func(m string) string {
		part := repeated.FindStringSubmatch(m)
		n, _ := strconv.Atoi(part[2])
		return strings.Repeat(part[1], n)
	})
	s, err := strconv.Unquote(`"` + strings.ReplaceAll(p.data, `"`, `\"`) + `"`)
	if err != nil {
		panic("httpdecode: " + err.Error() + ": " + l)
	}
	p.data = s
	return p
}

// run plays the trace and writes it with the events that really follow.
func (tr trace) run(t failer) string {
	var b strings.Builder
	d := New(nil)
	if _, midstream := tr.conversation(); midstream {
		d.Midstream()
	}
	for l := range strings.Lines(strings.TrimSpace(string(tr))) {
		if strings.HasPrefix(l, "    ") {
			continue
		}
		b.WriteString(strings.TrimRight(l, "\n") + "\n")
		if strings.HasPrefix(l, "> ") || strings.HasPrefix(l, "< ") {
			one := conversation{parsePiece(strings.TrimSuffix(l, "\n"))}
			one.play(t, d, whole, func(e *Event) { fmt.Fprintf(&b, "    %s\n", line(e)) })
		}
	}
	return b.String()
}

// line renders an event the way traces show it.
func line(e *Event) string {
	p := fmt.Sprintf("%d %c ", e.Exchange, "><"[e.Side])
	switch e.Kind {
	case HeadEvent:
		return p + fmt.Sprintf("head %q %s rule %d", shorten(e.Head.StartLine()), e.Head.Framing.Kind,
			e.Head.Framing.Rule)
	case ChunkEvent:
		return p + fmt.Sprintf("chunk %d%s", e.Chunk.Size, shorten(e.Chunk.Ext))
	case BodyEvent:
		return p + fmt.Sprintf("body %q", e.Bytes)
	case TrailerEvent:
		return p + fmt.Sprintf("trailer %s: %s", e.Field.Name, e.Field.Value)
	case EndEvent:
		return p + map[bool]string{true: "end", false: "end incomplete"}[e.Complete]
	case SwitchEvent:
		return p + "switch to " + e.Protocol
	case RawEvent:
		return p + fmt.Sprintf("raw %q", shorten(string(e.Bytes)))
	case LostEvent:
		return p + fmt.Sprintf("lost %q", shorten(string(e.Bytes)))
	case PairEvent:
		if e.Finding != nil {
			return p + fmt.Sprintf("answered by %d %s", e.Provisional, e.Finding.Code)
		}
		return p + fmt.Sprintf("answered by %d", e.Provisional)
	case GapEvent:
		return p + fmt.Sprintf("gap %d", e.Span.Len())
	}
	s, _ := finding.Of(string(e.Finding.Code))
	return p + fmt.Sprintf("%s %s at %d, %d bytes", s, e.Finding.Code, e.Finding.Span.From, e.Finding.Span.Len())
}

func TestTraces(t *testing.T) {
	for _, group := range traces {
		for _, tr := range group {
			if got := tr.run(t); got != strings.TrimSpace(string(tr))+"\n" {
				t.Errorf("got\n%s\nwant\n%s", got, strings.TrimSpace(string(tr)))
			}
		}
	}
}

// TestSegmentation: where the streams are cut makes no difference.
func TestSegmentation(t *testing.T) {
	for _, group := range traces {
		for _, tr := range group {
			t.Run(tr.name(), func(t *testing.T) {
				c, midstream := tr.conversation()
				sameHoweverCut(t, c, midstream)
			})
		}
	}
}

// TestEveryCode: a finding that no trace shows is one that nobody has seen.
func TestEveryCode(t *testing.T) {
	seen := map[Code]bool{}
	note := func(e *Event) {
		if e.Kind == FindingEvent {
			seen[e.Finding.Code] = true
			if !isSaid(e.Finding.Detail) {
				t.Errorf("%s: no phrase takes %q", e.Finding.Code, e.Finding.Detail)
			}
		}
	}
	for _, group := range traces {
		for _, tr := range group {
			c, midstream := tr.conversation()
			c.play(t, newDecoder(midstream), whole, note)
		}
	}
	manyRequests().play(t, New(nil), whole, note)
	for _, c := range Codes() {
		if !seen[c] {
			t.Errorf("no trace shows %s", c)
		}
	}
}

// manyRequests are more than the decoder matches to responses.
func manyRequests() conversation {
	get := "GET / HTTP/1.1\r\nHost: a\r\n\r\n"
	return conversation{{side: Client, data: strings.Repeat(get, maxPending+2)}}
}

// isSaid reports a fact that a phrase takes with all its values.
func isSaid(f Fact) bool { return texts.Phrase{Key: f.Key, Args: f.Args}.Fits() }

// TestFindingsHoldNoHead: a finding has texts of its own, or it would keep a head of 256 KiB that was let go.
func TestFindingsHoldNoHead(t *testing.T) {
	d := New(nil)
	d.Feed(Client, []byte("GET /a b HTTP/1.1\r\nno colon here\r\nX : y\r\nHost: a b\r\n\r\n"), Stamp{Packet: 1})
	var head string
	found := 0
	for e, ok := d.Next(); ok; e, ok = d.Next() {
		if e.Kind == HeadEvent {
			head = e.Head.Raw
		}
		if e.Kind != FindingEvent {
			continue
		}
		for _, a := range e.Finding.Detail.Args {
			if s, ok := a.(string); ok && s != "" {
				found++
				if within(s, head) {
					t.Errorf("%s keeps the head for %q", e.Finding.Code, s)
				}
			}
		}
	}
	if found < 3 {
		t.Errorf("only %d texts were looked at", found)
	}
}

// within reports that a text is a part of the memory of another.
func within(part, whole string) bool {
	p, w := uintptr(unsafe.Pointer(unsafe.StringData(part))), uintptr(unsafe.Pointer(unsafe.StringData(whole)))
	return p >= w && p < w+uintptr(len(whole))
}
