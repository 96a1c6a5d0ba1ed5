package httpdecode

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
)

// joyentCase is a message of http_parser's own tests, as JSON.
type joyentCase struct {
	Name      string
	Type      string
	Raw       string
	KeepAlive bool `json:"should_keep_alive"`
	Major     int  `json:"http_major"`
	Minor     int  `json:"http_minor"`
	Method    string
	Target    string `json:"request_url"`
	Fragment  string
	Status    int    `json:"status_code"`
	Reason    string `json:"status"`
	Count     int    `json:"num_headers"`
	Headers   map[string]string
	Body      string
	BodySize  int  `json:"body_size"`
	OnEOF     bool `json:"message_complete_on_eof"`
	Upgrade   *string
}

var joyentDifferences = map[string]string{
	"request with no http version": "HTTP/0.9 has no version to show",
	"proxy connection":             "Proxy-Connection was never standardised",
}

func TestJoyent(t *testing.T) {
	pass, total := 0, 0
	for _, path := range files(t, "http-parser-rb", "*.json") {
		var cases []joyentCase
		if err := json.Unmarshal([]byte(read(t, path)), &cases); err != nil {
			t.Fatal(err)
		}
		for _, c := range cases {
			total++
			err := c.check()
			reason, different := joyentDifferences[c.Name]
			switch {
			case err == nil && different:
				t.Errorf("%s agrees now; the list says it does not: %s", c.Name, reason)
			case err != nil && !different:
				t.Errorf("%s: %v\n%q", c.Name, err, c.Raw)
			case err == nil:
				pass++
			}
		}
	}
	t.Logf("http_parser: %d of %d cases agree, %d differ on purpose", pass, total, len(joyentDifferences))
}

func (c *joyentCase) check() error {
	d, got := New(nil), &collect{}
	side := Client
	if c.Type == "HTTP_RESPONSE" {
		side = Server
	}
	d.Feed(side, []byte(c.Raw), Stamp{})
	got.drain(d)
	if len(got.messages) != 1 {
		return fmt.Errorf("%d messages, want 1", len(got.messages))
	}
	m := got.messages[0]
	if m.Complete == c.OnEOF {
		return fmt.Errorf("complete before the end of the stream: %t", m.Complete)
	}
	d.EOF(side, FIN, Stamp{})
	got.drain(d)
	want := &message{Method: c.Method, Target: c.Target, Version: fmt.Sprintf("HTTP/%d.%d", c.Major, c.Minor),
		Status: c.Status, Reason: c.Reason, Body: c.Body, Complete: true, Head: true}
	if c.BodySize > 0 && len(m.Body) == c.BodySize {
		want.Body = m.Body
	}
	want.Fields, want.Ext = m.Fields, m.Ext
	if err := sameMessage(m, want); err != nil {
		return err
	}
	if len(m.Fields) != c.Count {
		return fmt.Errorf("%d fields, want %d", len(m.Fields), c.Count)
	}
	for _, f := range m.Fields {
		if w, ok := c.Headers[f[0]]; !ok || squeeze(w) != squeeze(f[1]) {
			return fmt.Errorf("field %q, want %q", f, w)
		}
	}
	if c.Upgrade != nil && got.other != int64(len(*c.Upgrade)) {
		return fmt.Errorf("%d bytes of another protocol, want %d", got.other, len(*c.Upgrade))
	}
	if keeps := m.head.Persist.Keeps() && m.head.Framing.Kind != UntilClose; keeps != c.KeepAlive {
		return fmt.Errorf("keeps the connection: %t, want %t", keeps, c.KeepAlive)
	}
	if _, fragment := got.codes[TargetFragment]; fragment != (c.Fragment != "" && strings.Contains(c.Target, "#")) {
		return fmt.Errorf("a fragment was found: %t", fragment)
	}
	return nil
}
