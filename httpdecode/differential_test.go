package httpdecode

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"sort"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestAgainstNetHTTP: what net/http accepts is read here alike. It hides a lot,
// so that only what it shows can be compared.
func TestAgainstNetHTTP(t *testing.T) {
	accepted := 0
	rapid.Check(t, func(r *rapid.T) {
		raw, response := drawMessage(r)
		ok, err := compareNetHTTP(raw, response, "GET")
		if err != nil {
			r.Fatalf("%v\n%q", err, raw)
		}
		if ok {
			accepted++
		}
	})
	t.Logf("net/http accepts %d of the messages, and reads them alike", accepted)
}

var (
	drawName  = rapid.StringMatching(`X-[A-Za-z0-9!#$%&'*+.^_|~-]{1,12}`)
	drawValue = rapid.StringMatching(`([!-~]([ -~\t]{0,20}[!-~])?)?`)
)

// drawMessage makes a message with a line for everything that net/http compares.
func drawMessage(r *rapid.T) (raw string, response bool) {
	response = rapid.Bool().Draw(r, "response")
	version := rapid.SampledFrom([]string{"HTTP/1.1", "HTTP/1.1", "HTTP/1.0"}).Draw(r, "version")
	var b strings.Builder
	if response {
		fmt.Fprintf(&b, "%s %d %s\r\n", version, rapid.SampledFrom([]int{200, 204, 206, 299, 304, 404, 500}).Draw(r,
			"status"), rapid.StringMatching(`[ -~]{0,10}`).Draw(r, "reason"))
	} else {
		fmt.Fprintf(&b, "%s %s %s\r\nHost: a.example\r\n",
			rapid.SampledFrom([]string{"GET", "POST", "PUT", "HEAD", "BREW"}).Draw(r, "method"),
			rapid.StringMatching(`/[a-z0-9/._~-]{0,20}(\?[a-z=&%0-9]{0,10})?`).Draw(r, "target"), version)
	}
	for range rapid.IntRange(0, 6).Draw(r, "fields") {
		fmt.Fprintf(&b, "%s:%s%s%s\r\n", drawName.Draw(r, "name"), drawSpace(r), drawValue.Draw(r, "value"),
			drawSpace(r))
	}
	body := rapid.SliceOfN(rapid.Byte(), 0, 40).Draw(r, "body")
	framing := rapid.IntRange(0, 3).Draw(r, "framing")
	if framing == 1 && version == "HTTP/1.0" {
		framing = 0 // net/http does not read chunks in HTTP/1.0; everyone else does, and so do we, with a finding
	}
	switch framing {
	case 0:
		fmt.Fprintf(&b, "Content-Length: %d\r\n\r\n%s", len(body), body)
	case 1:
		b.WriteString("Transfer-Encoding: chunked\r\n\r\n")
		for len(body) > 0 {
			n := rapid.IntRange(1, len(body)).Draw(r, "chunk")
			fmt.Fprintf(&b, "%x%s\r\n%s\r\n", n, rapid.SampledFrom([]string{"", ";a", ";a=b"}).Draw(r, "extension"),
				body[:n])
			body = body[n:]
		}
		b.WriteString("0\r\n" + rapid.SampledFrom([]string{"", "X-Trailer: z\r\n"}).Draw(r, "trailer") + "\r\n")
	case 2:
		b.WriteString("\r\n")
	case 3:
		fmt.Fprintf(&b, "Connection: %s\r\n\r\n",
			rapid.SampledFrom([]string{"close", "keep-alive", "x, close"}).Draw(r, "connection"))
		if response {
			b.Write(body)
		}
	}
	return b.String(), response
}

func drawSpace(r *rapid.T) string {
	return rapid.SampledFrom([]string{"", " ", "\t", "  "}).Draw(r, "space")
}

// compareNetHTTP reports whether net/http accepts a message, and how the
// decoder reads it otherwise.
func compareNetHTTP(raw string, response bool, method string) (accepted bool, err error) {
	side, want := Client, &message{Complete: true, Head: true}
	var header http.Header
	var body io.Reader
	in := bufio.NewReader(strings.NewReader(raw))
	if response {
		r, err := http.ReadResponse(in, &http.Request{Method: method})
		if err != nil || r.StatusCode < 100 {
			return false, nil
		}
		side, header, body = Server, r.Header, r.Body
		want.Status, want.Version = r.StatusCode, r.Proto
	} else {
		r, err := http.ReadRequest(in)
		if err != nil {
			return false, nil
		}
		header, body = r.Header, r.Body
		want.Method, want.Target, want.Version = r.Method, r.RequestURI, r.Proto
	}
	content, err := io.ReadAll(body)
	if err != nil {
		return false, nil
	}
	d, got := New(nil), &collect{}
	if response {
		d.Feed(Client, []byte(method+" / HTTP/1.1\r\nHost: a\r\n\r\n"), Stamp{})
		got.drain(d)
		got.messages = nil
	}
	d.Feed(side, []byte(raw), Stamp{})
	d.EOF(side, FIN, Stamp{})
	got.drain(d)
	if len(got.messages) == 0 {
		return true, fmt.Errorf("no message, net/http reads one")
	}
	m := got.messages[0]
	if m.Method != want.Method || m.Target != want.Target || m.Version != want.Version || m.Status != want.Status ||
		m.Body != string(content) || !m.Complete {
		return true, fmt.Errorf("read %+v, net/http reads %+v with body %q", *m, *want, content)
	}
	return true, sameFields(m, header)
}

// sameFields compares without the fields that net/http takes out of its map.
func sameFields(m *message, header http.Header) error {
	var got, want []string
	for _, f := range m.head.Fields {
		switch f.ID {
		case FieldHost, FieldTransferEncoding, FieldContentLength, FieldConnection, FieldTrailer:
			continue
		}
		got = append(got, http.CanonicalHeaderKey(f.Name)+": "+f.Value)
	}
	for name, values := range header {
		switch name {
		case "Host", "Transfer-Encoding", "Content-Length", "Connection", "Trailer":
			continue
		}
		for _, v := range values {
			want = append(want, name+": "+v)
		}
	}
	sort.Strings(got)
	sort.Strings(want)
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		return fmt.Errorf("fields %q, net/http reads %q", got, want)
	}
	return nil
}

// FuzzAgainstNetHTTP looks for messages that net/http accepts and that are read
// otherwise here.
func FuzzAgainstNetHTTP(f *testing.F) {
	for _, group := range traces {
		for _, tr := range group {
			c, _ := tr.conversation()
			for _, p := range c {
				f.Add([]byte(p.data), p.side == Server)
			}
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte, response bool) {
		if len(raw) > maxSniff || lenientInNetHTTP(string(raw)) {
			return
		}
		if _, err := compareNetHTTP(string(raw), response, "GET"); err != nil {
			t.Errorf("%v\n%q", err, raw)
		}
	})
}

// lenientInNetHTTP reports what net/http accepts and hides on purpose.
func lenientInNetHTTP(raw string) bool {
	line, rest, _ := strings.Cut(raw, "\n")
	head, _, _ := strings.Cut(strings.ReplaceAll(rest, "\r\n", "\n"), "\n\n")
	lower := strings.ToLower(head)
	switch {
	case strings.Contains(lower, "pragma"), strings.Contains(lower, "transfer-encoding"),
		strings.Contains(lower, "content-length"):
		return true // rewritten, or decided by its own rules
	case strings.Contains(head, "\n ") || strings.Contains(head, "\n\t"), strings.HasPrefix(rest, " "),
		strings.HasPrefix(rest, "\t"):
		return true // folds keep their spaces there
	case strings.Contains(head, " :") || strings.Contains(head, "\t:"):
		return true // the space stays in the name there
	case strings.ContainsAny(line, "\t\v\f") || strings.Contains(line, "  ") || strings.Count(line, "\r") > 1 ||
		strings.HasPrefix(line, " ") || strings.HasPrefix(raw, "\r") || strings.HasPrefix(raw, "\n"):
		return true
	case strings.HasPrefix(line, "PRI ") || strings.HasPrefix(line, "HTTP/1.1 1") ||
		strings.HasPrefix(line, "HTTP/1.0 1"):
		return true // another protocol, or a response that is not the last
	}
	return false
}
