package httpdecode

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"httpscope/internal/finding"
)

// llhttpDifferences are cases that are read otherwise here, on purpose.
var llhttpDifferences = map[string]string{
	"request/content-length: Content-Length reset when no body is received":                                          "a request's body cannot be skipped: only a response's can, to HEAD",
	"request/content-length: Missing CRLF-CRLF before body (lenient)":                                                bareCR,
	"request/invalid: HTTP protocol and ANNOUNCE method":                                                             "methods are extensible: an unknown one is a note",
	"request/invalid: Headers separated by dummy characters (lenient)":                                               bareCR,
	"request/invalid: Invalid space after start line: Only LFs present (lenient)":                                    "an empty line ends the message also after LF alone",
	"request/lenient-headers: Header value: Empty headers separated by CR (lenient)":                                 bareCR,
	"request/method: CONNECT with body":                                                                              "rule 6 of RFC 9112, Section 6.3 holds for CONNECT",
	"request/method: ANNOUNCE request with RTSP":                                                                     "RTSP is another protocol",
	"request/method: PRI request HTTP2":                                                                              "the preface of HTTP/2 says HTTP/2.0",
	"request/sample: No LF after CR (lenient)":                                                                       bareCR,
	"request/transfer-encoding: POST with `Transfer-Encoding` and `Content-Length` (lenient)":                        "identity is no coding: Content-Length counts",
	"request/transfer-encoding: POST with `chunked` before other transfer-coding (lenient)":                          noEnd,
	"request/transfer-encoding: POST with `chunked` and duplicate transfer-encoding (lenient)":                       noEnd,
	"request/transfer-encoding: Invalid OBS fold after chunked value: Chunk header not terminated by CRLF (lenient)": bareCR,
	"response/invalid: Bare CR after response line (lenient)":                                                        bareCR,
	"response/sample: RTSP response":                                                                                 "RTSP is another protocol",
	"response/sample: ICE response":                                                                                  "ICE is another protocol",
}

const (
	bareCR = "CR alone ends no line (RFC 9112, Section 2.2)"
	noEnd  = "a request whose body's end cannot be known is read without one, so that the next request is found"
)

// llhttpCase is a case of the suite: octets, and the trace that llhttp gives.
type llhttpCase struct {
	name  string
	kind  string // request, response-lenient-headers, request-finish …
	skip  bool   // the body is to be skipped: what a response to HEAD is
	input string
	log   []string
}

func TestLLHTTP(t *testing.T) {
	pass, total := 0, 0
	for _, path := range append(files(t, "llhttp", "request/*.md"), files(t, "llhttp", "response/*.md")...) {
		group := filepath.Base(filepath.Dir(path)) + "/" + strings.TrimSuffix(filepath.Base(path), ".md")
		for _, c := range parseLLHTTP(group, read(t, path)) {
			total++
			err := c.check()
			reason, different := llhttpDifferences[c.name]
			switch {
			case err == nil && different:
				t.Errorf("%s agrees now; the list says it does not: %s", c.name, reason)
			case err != nil && !different:
				t.Errorf("%s (%s): %v\n%q", c.name, c.kind, err, c.input)
			case err == nil:
				pass++
			}
		}
	}
	t.Logf("llhttp: %d of %d cases agree, %d differ on purpose", pass, total, len(llhttpDifferences))
}

var metaType = regexp.MustCompile(`"type": *"([a-z-]+)"`)

// parseLLHTTP reads a Markdown file of cases.
func parseLLHTTP(group, text string) []llhttpCase {
	var cases []llhttpCase
	var c llhttpCase
	var headings [3]string
	lines := strings.Split(text, "\n")
	for i := 0; i < len(lines); i++ {
		switch line := lines[i]; {
		case strings.HasPrefix(line, "## "):
			headings[1], headings[2] = line[3:], ""
		case strings.HasPrefix(line, "### "):
			headings[2] = line[4:]
		case strings.HasPrefix(line, "<!-- meta="):
			c = llhttpCase{name: strings.TrimSuffix(strings.ReplaceAll(group+": "+headings[1]+": "+headings[2],
				": : ", ": "), ": "), skip: strings.Contains(line, "skipBody")}
			if m := metaType.FindStringSubmatch(line); m != nil {
				c.kind = m[1]
			}
		case line == "```http":
			var block []string
			for i++; lines[i] != "```"; i++ {
				block = append(block, lines[i])
			}
			c.input = llhttpInput(strings.Join(block, "\n"))
		case line == "```log":
			for i++; lines[i] != "```"; i++ {
				c.log = append(c.log, lines[i])
			}
			cases = append(cases, c)
		}
	}
	return cases
}

var llhttpEscape = regexp.MustCompile(`\\(?:r|n|t|f|x[0-9a-fA-F]+|[0-7]{1,3})`)

// llhttpInput turns a block into octets as the suite's README says.
func llhttpInput(block string) string {
	s := strings.ReplaceAll(block, "\\\n", "")
	s = strings.ReplaceAll(s, "\n", "\r\n")
	return unescapeLLHTTP(s)
}

func unescapeLLHTTP(s string) string {
	return llhttpEscape.ReplaceAllStringFunc(s, func(e string) string {
		switch e[1] {
		case 'r', 'n', 't', 'f':
			return map[byte]string{'r': "\r", 'n': "\n", 't': "\t", 'f': "\f"}[e[1]]
		case 'x':
			n, _ := strconv.ParseUint(e[2:], 16, 32)
			return string([]byte{byte(n)})
		}
		n, _ := strconv.ParseUint(e[1:], 8, 32)
		return string([]byte{byte(n)})
	})
}

// run feeds the octets on the side that the case names.
func (c *llhttpCase) run() (*Decoder, *collect) {
	d, got := New(nil), &collect{}
	side := Client
	if strings.HasPrefix(c.kind, "response") {
		side = Server
	}
	if c.skip && side == Server {
		d.Feed(Client, []byte(strings.Repeat("HEAD / HTTP/1.1\r\nHost: a\r\n\r\n", 2)), Stamp{})
		for _, ok := d.Next(); ok; _, ok = d.Next() {
		}
	}
	d.Feed(side, []byte(c.input), Stamp{})
	got.drain(d)
	how := Unknown
	if strings.HasSuffix(c.kind, "-finish") {
		how = FIN
	}
	d.EOF(side, how, Stamp{})
	got.drain(d)
	return d, got
}

// check compares the decoder's messages with the log's.
func (c *llhttpCase) check() error {
	want, reason := parseLLHTTPLog(c.log)
	d, got := c.run()
	switch {
	case strings.Contains(reason, "PRI"):
		if d.Protocol() != "http/2" {
			return fmt.Errorf("protocol %q, want http/2", d.Protocol())
		}
		return nil
	case strings.HasPrefix(reason, "Pause on") || reason == "":
		if len(got.messages) != len(want) {
			return fmt.Errorf("%d messages, want %d", len(got.messages), len(want))
		}
	case strings.Contains(c.kind, "lenient") == false && got.worst == finding.Note && d.HTTP():
		return fmt.Errorf("a strict parser stops with %q; no finding says why: %v", reason, got.codes)
	}
	for i, w := range want {
		if reason != "" && !strings.HasPrefix(reason, "Pause on") && !w.Complete {
			return nil // where a strict parser stopped, this one goes on
		}
		if i >= len(got.messages) {
			return fmt.Errorf("message %d is missing", i)
		}
		if err := sameMessage(got.messages[i], w); err != nil {
			return fmt.Errorf("message %d: %w", i, err)
		}
	}
	return nil
}

var (
	llhttpSpan = regexp.MustCompile(`^off=\d+ len=\d+ span\[(\w+)\]="(.*)"$`)
	llhttpHead = regexp.MustCompile(`headers complete (?:method=\d+|status=(\d+))`)
	llhttpStop = regexp.MustCompile(`error code=\d+ reason="(.*)"`)
)

// parseLLHTTPLog builds the messages of a log, and why it stops, if it does.
func parseLLHTTPLog(log []string) (messages []*message, stop string) {
	var m *message
	var field [2]string
	for _, line := range log {
		switch {
		case strings.HasSuffix(line, "message begin"):
			m = &message{}
			messages = append(messages, m)
		case strings.HasSuffix(line, "message complete"), strings.Contains(line, "finish=1"):
			m.Complete = true // finish=1: complete with the end of the stream
		case strings.HasSuffix(line, "header_value complete"):
			m.Fields = append(m.Fields, field)
			field = [2]string{}
		case llhttpHead.MatchString(line):
			m.Status, _ = strconv.Atoi(llhttpHead.FindStringSubmatch(line)[1])
			m.Head = true
		case llhttpStop.MatchString(line):
			stop = llhttpStop.FindStringSubmatch(line)[1]
		case strings.HasSuffix(line, "span[body]=cr"):
			m.Body += "\r"
		case strings.HasSuffix(line, "span[body]=lf"):
			m.Body += "\n"
		case llhttpSpan.MatchString(line):
			s := llhttpSpan.FindStringSubmatch(line)
			m.span(s[1], strings.ReplaceAll(unescapeLLHTTP(s[2]), "ÿ", "\xff"), &field)
		}
	}
	return messages, stop
}

func (m *message) span(kind, text string, field *[2]string) {
	switch kind {
	case "method":
		m.Method += text
	case "url":
		m.Target += text
	case "protocol":
		m.Version += text + "/"
	case "version":
		m.Version += text
	case "status":
		m.Reason += text
	case "header_field":
		field[0] += text
	case "header_value":
		field[1] += text
	case "body":
		m.Body += text
	case "chunk_extension_name":
		m.Ext += ";" + text
	case "chunk_extension_value":
		m.Ext += "=" + text
	}
}

// sameMessage compares what both sides know.
func sameMessage(got, want *message) error {
	if want.Method != got.Method || want.Target != got.Target || want.Version != got.Version {
		return fmt.Errorf("%q %q %q, want %q %q %q", got.Method, got.Target, got.Version, want.Method, want.Target,
			want.Version)
	}
	if want.Head && (want.Status != got.Status || want.Reason != got.Reason) {
		return fmt.Errorf("status %d %q, want %d %q", got.Status, got.Reason, want.Status, want.Reason)
	}
	if len(got.Fields) < len(want.Fields) || want.Complete && len(got.Fields) > len(want.Fields) {
		return fmt.Errorf("fields %q, want %q", got.Fields, want.Fields)
	}
	for i, w := range want.Fields {
		if got.Fields[i][0] != strings.TrimRight(w[0], " ") || squeeze(got.Fields[i][1]) != squeeze(w[1]) {
			return fmt.Errorf("field %q, want %q", got.Fields[i], w)
		}
	}
	if got.Body != want.Body || got.Complete != want.Complete ||
		strings.ReplaceAll(got.Ext, " ", "") != strings.ReplaceAll(want.Ext, " ", "") {
		return fmt.Errorf("body %q extension %q complete %t, want %q %q %t", got.Body, got.Ext, got.Complete,
			want.Body, want.Ext, want.Complete)
	}
	return nil
}

// squeeze makes a folded value comparable: white space counts once.
func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }
