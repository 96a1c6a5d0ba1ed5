package httpdecode

import (
	"encoding/hex"
	"fmt"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"httpscope/internal/finding"
)

// curlDifferences are replies of which curl shows something else.
var curlDifferences = map[string]string{
	"test1540": "the test's program prints a line of its own",
	"test1618": "the body's content coding is broken, not the message",
	"test2305": "the body's content coding is broken, not the message",
}

// TestCurlReplies feeds curl's test replies and compares what curl shows of
// them: the head, the body without chunk framing, and the trailers.
func TestCurlReplies(t *testing.T) {
	pass, broken, skipped := 0, 0, 0
	for _, path := range files(t, "curl-http-cases", "test*") {
		name := filepath.Base(path)
		c := parseCurl(read(t, path))
		if !c.usable {
			skipped++
			continue
		}
		err := c.check()
		if reason, different := curlDifferences[name]; different {
			if err == nil {
				t.Errorf("%s agrees now; the list says it does not: %s", name, reason)
			}
			continue
		}
		switch {
		case err != nil:
			t.Errorf("%s: %v\n%q", name, err, c.reply)
		case c.failed:
			broken++
		default:
			pass++
		}
	}
	t.Logf("curl: %d replies read as curl does, %d that curl refuses have findings, %d differ on purpose, %d are not of this kind", pass, broken, len(curlDifferences), skipped)
}

type curlCase struct {
	reply, shown string
	method       string
	failed       bool // curl gives an error
	usable       bool
}

// parseCurl takes the reply of a case. Cases with several replies, proxies or
// macros that depend on the build are not usable.
func parseCurl(text string) (c curlCase) {
	text = expandCurl(strings.ReplaceAll(text, "\r\n", "\n"))
	reply, _, _ := curlPart(text, "reply")
	keywords, _, _ := curlPart(text, "keywords")
	data, attr, ok := curlPart(reply, "data")
	if !ok || strings.Contains(keywords, "compressed") || strings.Contains(keywords, "DECODING") ||
		strings.Contains(keywords, "CONNECT") || strings.Contains(keywords, "HTTP/0.9") ||
		strings.Contains(reply, "<data1") || strings.Contains(reply, "<servercmd>\nswsbounce") {
		return c
	}
	c.reply = curlLines(data, attr)
	c.shown = c.reply
	if check, attr, ok := curlPart(reply, "datacheck"); ok {
		c.shown = curlLines(check, attr)
	} else if strings.Contains(strings.ToLower(c.reply), "\ntransfer-encoding:") {
		return c
	}
	verify, _, _ := curlPart(text, "verify")
	request, _, _ := curlPart(verify, "protocol")
	c.method, _, _ = strings.Cut(strings.TrimSpace(request), " ")
	code, _, failed := curlPart(verify, "errorcode")
	c.failed = failed && strings.TrimSpace(code) != "0"
	client, _, _ := curlPart(text, "client")
	for _, option := range []string{"-C ", "-z ", "--compressed", "--tr-encoding", "--continue-at"} {
		if strings.Contains(client, option) {
			return c // it shows something else than what was sent
		}
	}
	c.usable = strings.HasPrefix(c.reply, "HTTP/1.") && strings.HasPrefix(c.shown, "HTTP/1.") && c.method != "" &&
		strings.Count(request, " HTTP/1.") == 1 && !strings.Contains(c.reply, "%")
	return c
}

func curlPart(text, name string) (body, attributes string, ok bool) {
	i := regexp.MustCompile(`<` + name + `( [^>]*)?>\n?`).FindStringSubmatchIndex(text)
	if i == nil {
		return "", "", false
	}
	if i[2] >= 0 {
		attributes = text[i[2]:i[3]]
	}
	body, _, ok = strings.Cut(text[i[1]:], "</"+name+">")
	return body, attributes, ok
}

// curlLines gives the lines of a part the line ends that its attributes name.
func curlLines(s, attributes string) string {
	if strings.Contains(attributes, `nonewline="yes"`) {
		s = strings.TrimSuffix(s, "\n")
	}
	if strings.Contains(attributes, `crlf="yes"`) {
		return strings.ReplaceAll(s, "\n", "\r\n")
	}
	if strings.Contains(attributes, `crlf="headers"`) {
		head, body, _ := strings.Cut(s, "\n\n")
		return strings.ReplaceAll(head+"\n\n", "\n", "\r\n") + body
	}
	return s
}

var curlMacro = regexp.MustCompile(
	`%(CR|LF|SP|TAB|hex\[(.*?)\]hex%|repeat\[(\d+) x (.*?)\]%|HOSTIP|HTTPPORT|TESTNUMBER|VERSION)`)

func expandCurl(s string) string {
	return curlMacro.ReplaceAllStringFunc(s, func(m string) string {
		part := curlMacro.FindStringSubmatch(m)
		switch {
		case m == "%CR":
			return "\r"
		case m == "%LF":
			return "\n"
		case m == "%SP":
			return " "
		case m == "%TAB":
			return "\t"
		case part[2] != "":
			return regexp.MustCompile(`%[0-9a-fA-F]{2}`).ReplaceAllStringFunc(part[2], func(h string) string {
				b, _ := hex.DecodeString(h[1:])
				return string(b)
			})
		case part[3] != "":
			n, _ := strconv.Atoi(part[3])
			return strings.Repeat(part[4], n)
		}
		return "x"
	})
}

func (c *curlCase) check() error {
	d, got := New(nil), &collect{}
	d.Feed(Client, []byte(c.method+" / HTTP/1.1\r\nHost: a\r\n\r\n"), Stamp{})
	d.Feed(Server, []byte(c.reply), Stamp{})
	d.EOF(Server, FIN, Stamp{})
	got.drain(d)
	if c.failed {
		if got.worst == finding.Note {
			return fmt.Errorf("curl fails, no finding says why: %v", got.codes)
		}
		return nil
	}
	shown, trailers := "", ""
	for _, m := range got.messages {
		if m.Side != Server {
			continue
		}
		shown += m.head.Raw + m.Body
		trailers = ""
		for _, f := range m.Fields[len(m.head.Fields):] {
			trailers += f[0] + ": " + f[1] + "\r\n"
		}
	}
	lines := func(s string) string { return strings.TrimRight(strings.ReplaceAll(s, "\r\n", "\n"), "\n") }
	if lines(shown) != lines(c.shown) && lines(shown+trailers) != lines(c.shown) {
		return fmt.Errorf("read\n%q and trailers %q\nwant\n%q", shown, trailers, c.shown)
	}
	return nil
}

// TestCurlRequests reads the requests that curl sends in its tests.
func TestCurlRequests(t *testing.T) {
	n, requests := 0, 0
	for _, path := range files(t, "curl-http-cases", "test*") {
		text := expandCurl(strings.ReplaceAll(read(t, path), "\r\n", "\n"))
		verify, _, _ := curlPart(text, "verify")
		protocol, attributes, ok := curlPart(verify, "protocol")
		if protocol = curlLines(protocol, attributes); !ok || strings.Contains(protocol, "%") ||
			strings.Contains(protocol, "CONNECT") || strings.Contains(protocol, "Expect: 100") {
			continue
		}
		d, got := New(nil), &collect{}
		d.Feed(Client, []byte(protocol), Stamp{})
		d.EOF(Client, Unknown, Stamp{})
		got.drain(d)
		n++
		requests += len(got.messages)
		want := len(regexp.MustCompile(`(?m)^\S+ \S+ HTTP/1.[01]\r?$`).FindAllString(protocol, -1))
		if len(got.messages) != want {
			t.Errorf("%s: %d requests, want %d\n%q", filepath.Base(path), len(got.messages), want, protocol)
		}
	}
	t.Logf("curl: %d requests of %d cases are read", requests, n)
}
