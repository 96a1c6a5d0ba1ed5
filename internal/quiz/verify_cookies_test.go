package quiz_test

import (
	"slices"
	"strings"
	"time"

	"httpscope/internal/cookies"
	"httpscope/internal/explain"
	"httpscope/internal/filter"
	"httpscope/internal/quiz"
	"httpscope/internal/texts"
)

// urlOf is the URL of an exchange's request.
func urlOf(x *jsonExchange) cookies.URL {
	host, _ := x.Request.get("host")
	if i := strings.LastIndexByte(host, ':'); i > 0 {
		host = host[:i]
	}
	return cookies.URL{Scheme: "http", Host: host, Path: x.Request.Target}
}

// cookieSent puts the cookie into an empty jar and asks the jar.
func cookieSent(o *oracle, q *quiz.Question) string {
	x, y := o.exchanges[after(q.Prompt, "exchange")], o.exchanges[q.Ref.Exchange]
	_, pair, _ := strings.Cut(q.Prompt, "sets the cookie ")
	name, _, _ := strings.Cut(pair, "=")
	jar := cookies.Jar{TrustLoopback: true}
	at := time.Unix(0, o.packet(x.Response.Frame).nano)
	for _, f := range x.Response.Fields {
		if sc := cookies.ParseSetCookie(f[1]); strings.EqualFold(f[0], "set-cookie") && sc.Name == name {
			jar.Receive(at, urlOf(x), sc)
		}
	}
	p := jar.Predict(time.Unix(0, o.packet(y.Request.Frame).nano), urlOf(y))
	if len(p.Withheld) == 0 && p.Line != "" {
		return "Yes:"
	}
	for _, w := range p.Withheld {
		return map[cookies.Reason]string{cookies.ReasonHostOnly: "a host that the cookie is not for",
			cookies.ReasonDomain: "a host that the cookie is not for", cookies.ReasonPath: "not below the path",
			cookies.ReasonSecure: "the cookie is Secure", cookies.ReasonExpired: "the lifetime of the cookie"}[w.Reason]
	}
	return "the lifetime of the cookie" // the jar has thrown it away
}

func cookieStored(o *oracle, q *quiz.Question) string {
	set := o.exchanges[q.Ref.Exchange].Cookies.Set[after(q.Prompt, "Set-Cookie field")-1]
	return map[string]string{"stored": "It keeps it", "replaced": "It keeps it", "deleted": "It deletes",
		"nothing": "Nothing:", "refusedforeign-domain": "It refuses it: Domain names hosts",
		"refusedsecure-over-http": "It refuses it: a Secure cookie",
		"refusedpublic-suffix":    "It refuses it: Domain names a suffix",
		"refusedprefix":           "It refuses it: the name promises"}[set.Kind+set.Reason]
}

// filterFor asks the display filter language what each choice selects.
func filterFor(o *oracle, q *quiz.Question) string {
	_, wants, _ := strings.Cut(strings.TrimSuffix(q.Prompt, "?"), "capture: ")
	wanted := o.wanted(wants)
	right := ""
	for _, c := range q.Choices {
		f, err := filter.Compile(c.Text)
		if err != nil {
			return err.Error()
		}
		var got []bool
		for _, x := range o.Exchanges() {
			for m := range x.Messages() {
				got = append(got, f.Match(&filter.Subject{X: x, M: m, Begin: o.Recording.Begin}))
			}
		}
		if slices.Equal(got, wanted) {
			if right != "" {
				return "two filters select it: " + right + ", " + c.Text
			}
			right = c.Text
		}
	}
	return right
}

// wanted reads what the prompt asks for, and answers for each message.
func (o *oracle) wanted(wants string) []bool {
	var out []bool
	for _, x := range o.Exchanges() {
		for m := range x.Messages() {
			h, request := m.Head, m.Side == 0
			port := func(client bool) int64 {
				if client {
					return int64(x.Conn.Ends[0].Port())
				}
				return int64(x.Conn.Ends[1].Port())
			}
			_, method, _ := strings.Cut(wants, "with the method ")
			out = append(out, wants == "all requests" && request || wants == "all responses" && !request ||
				strings.HasPrefix(wants, "all requests with the method") && request && h.Method == method ||
				strings.HasPrefix(wants, "all responses with the status") && !request &&
					int64(h.Status) == after(wants, "status") ||
				strings.HasPrefix(wants, "all responses with an error") && !request && h.Status >= 400 ||
				strings.HasPrefix(wants, "all messages of connection") && x.Conn.ID == after(wants, "connection") ||
				strings.HasPrefix(wants, "all messages that go to port") && port(!request) == after(wants, "port") ||
				strings.HasPrefix(wants, "all messages that come from port") && port(request) == after(wants, "port"))
		}
	}
	return out
}

// findingOf looks for the titles among the findings of the exchange.
func findingOf(o *oracle, q *quiz.Question) string {
	found := ""
	for _, f := range o.exchanges[q.Ref.Exchange].Findings {
		t, _ := explain.In(texts.English).Lookup(f.Code)
		for _, c := range q.Choices {
			switch {
			case c.Text != t.Title:
			case found != "" && found != t.Title:
				return "two choices are findings: " + found + ", " + t.Title
			default:
				found = t.Title
			}
		}
	}
	return found
}
