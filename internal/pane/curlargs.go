package pane

import (
	"encoding/base64"
	"fmt"
	"strings"
)

// requestFor writes the request that a route's curl command would send, as far
// as the built-in client can: method, fields, body, range, cookies, credentials.
func requestFor(r Route) string {
	q := asked{method: r.verb()}
	args := splitArgs(r.Try)
	for i := 0; i+1 < len(args); i++ {
		if q.option(args[i], args[i+1]) {
			i++
		}
	}
	if q.body != "" && q.method == "GET" {
		q.method = "POST"
	}
	return q.text(r.Path)
}

// asked is a request in the making.
type asked struct {
	method string
	fields []string
	body   string
}

// option takes one of curl's options with its value, and reports whether it did.
func (q *asked) option(name, value string) bool {
	switch name {
	case "-H", "--header":
		q.fields = append(q.fields, value)
	case "-X", "--request":
		q.method = value
	case "-d", "--data":
		q.body = value
		q.fields = append(q.fields, "Content-Type: application/x-www-form-urlencoded")
	case "-r", "--range":
		q.fields = append(q.fields, "Range: bytes="+value)
	case "-b", "--cookie":
		q.fields = append(q.fields, "Cookie: "+value)
	case "-u", "--user":
		q.fields = append(q.fields, "Authorization: Basic "+base64.StdEncoding.EncodeToString([]byte(value)))
	default:
		return false
	}
	return true
}

func (q *asked) text(path string) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s HTTP/1.1\r\nHost: {host}\r\nUser-Agent: httpscope\r\nAccept: */*\r\n", q.method, path)
	for _, f := range q.fields {
		b.WriteString(f + "\r\n")
	}
	if q.body != "" {
		fmt.Fprintf(&b, "Content-Length: %d\r\n", len(q.body))
	}
	return b.String() + "\r\n" + q.body
}

// splitArgs splits a command line as a shell does: at spaces, but for quotes.
func splitArgs(s string) []string {
	var out []string
	var word strings.Builder
	quote, in := rune(0), false
	for _, r := range s {
		switch {
		case quote != 0 && r == quote:
			quote = 0
		case quote == 0 && (r == '\'' || r == '"'):
			quote, in = r, true
		case quote == 0 && r == ' ':
			if in {
				out = append(out, word.String())
			}
			word.Reset()
			in = false
		default:
			word.WriteRune(r)
			in = true
		}
	}
	if in {
		out = append(out, word.String())
	}
	return out
}
