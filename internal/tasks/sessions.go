package tasks

import (
	"bytes"
	"html"
	"regexp"
	"strings"
	"time"

	"httpscope/internal/client"
	"httpscope/internal/cookies"
)

func sessionTasks() []spec {
	cookieLogin := client.Step{Server: "http", On: "one", Send: post("/login.php", "{cookies}"), Body: login, Status: 200}
	return []spec{
		{
			Task: Task{
				ID: "cookie", Title: "A cookie", Topic: "HTTP cookies",
				Goal:    "A response with Set-Cookie, and a later request of the same client with that cookie.",
				Command: "curl -v -c jar.txt http://{http}/cookies/set/session\ncurl -v -b jar.txt http://{http}/cookies/show",
				Steps:   []client.Step{site("one", get("/cookies/set/session", ""), 0), site("one", get("/cookies/show", "{cookies}"), 200)},
				Explain: "The server asked the client to keep a piece of data, and the client sent it back: name and value, without the attributes (RFC 6265, Sections 4.1 and 4.2).",
			},
			parts: []want{{text: "a response that sets a cookie"}, {text: "a later request that carries it"}},
			lead:  true,
			watch: watchCookie,
		},
		{
			Task: Task{
				ID: "login", Title: "Login with a session cookie", Topic: "Typical use of session id",
				Goal:    "A form with a password is posted, the response sets a cookie, a later request carries it, and a logout deletes it. Bodies must be kept for this.",
				Command: "curl -v -c jar.txt -d \"" + login + "\" http://{http}/login.php\ncurl -v -b jar.txt http://{http}/home.php\ncurl -v -b jar.txt -c jar.txt http://{http}/logout.php",
				Steps: []client.Step{cookieLogin, site("one", get("/home.php", "{cookies}"), 200), site("one", get("/checkmail.php", "{cookies}"), 200),
					site("one", get("/logout.php", "{cookies}"), 200)},
				Explain: "HTTP is stateless: each request carries the number by which the server finds the session that the login made. The logout ends the cookie with a lifetime of nothing (RFC 6265, Section 3.1).",
			},
			parts: []want{{text: "a password is posted, and the response sets a cookie"}, {text: "a later request carries it"}, {text: "a response to such a request deletes it"}},
			lead:  true,
			watch: watchLogin,
		},
		{
			Task: Task{
				ID: "hijack", Title: "What a hijacker needs", Topic: "Session hijacking",
				Goal:    "Two clients, of different addresses or with different User-Agent fields, send the same session id to a server.",
				Command: "curl -v -c jar.txt -d \"" + login + "\" http://{http}/hijack/open/login\ncurl -v -b jar.txt http://{http}/hijack/open/home\ncurl -v -b jar.txt -A thief http://{http}/hijack/open/home",
				Steps: []client.Step{{Server: "http", On: "victim", Send: post("/hijack/open/login", ""), Body: login, Status: 200},
					site("victim", get("/hijack/open/home", "{cookies}"), 200),
					site("thief", strings.Replace(get("/hijack/open/home", "{cookies}"), "User-Agent: httpscope", "User-Agent: thief", 1), 200)},
				Explain: "Whoever knows the session id is the user, for the id is all that the server looks at. The thief needs no password, only one captured request (RFC 6265, Section 8.4).",
			},
			parts: []want{{text: "clients that send the same session id to a server", need: 2}},
			watch: watchHijack,
		},
		{
			Task: Task{
				ID: "hidden-field", Title: "Session by a hidden field", Topic: "Session management",
				Goal:    "A page with a session id in a hidden field, and two later requests with the id in the body of a form. Bodies must be kept for this.",
				Command: "curl -v -d \"" + login + "\" http://{http}/hidden/login.php\n(take the value of sessionid from the page and put it in place of ID)\ncurl -v -d \"sessionid=ID\" http://{http}/hidden/home.php\ncurl -v -d \"sessionid=ID\" http://{http}/hidden/checkmail.php",
				Steps: []client.Step{
					{Server: "http", On: "one", Send: post("/hidden/login.php", ""), Body: login, Status: 200, Take: map[string]string{"id": `name="sessionid"[^>]* value="(\w+)"`}},
					{Server: "http", On: "one", Send: post("/hidden/home.php", ""), Body: "sessionid={id}", Status: 200},
					{Server: "http", On: "one", Send: post("/hidden/checkmail.php", ""), Body: "sessionid={id}", Status: 200}},
				Explain: "No cookie: the server writes the id into every form, and the browser sends it back with the form. A link or an address typed in loses the session (HTML Standard section 4.10.5.1.1).",
			},
			parts: []want{{text: "a page with a session id in a hidden field"}, {text: "later requests with it in the body of a form", need: 2}},
			lead:  true,
			watch: watchHidden,
		},
		{
			Task: Task{
				ID: "query-string", Title: "Session by the query string", Topic: "Session management",
				Goal:    "Requests of one client for two addresses with the same session id in the query string.",
				Command: "curl -v -d \"" + login + "\" http://{http}/query/login.php\n(take the value of sessionid from a link and put it in place of ID)\ncurl -v \"http://{http}/query/home.php?sessionid=ID\"\ncurl -v \"http://{http}/query/checkmail.php?sessionid=ID\"",
				Steps: []client.Step{
					{Server: "http", On: "one", Send: post("/query/login.php", ""), Body: login, Status: 200, Take: map[string]string{"id": `[?&]sessionid=(\w+)`}},
					site("one", get("/query/home.php?sessionid={id}", ""), 200),
					site("one", get("/query/checkmail.php?sessionid={id}", ""), 200)},
				Explain: "The id is part of every link. So it stands in histories and logs, and in the Referer of requests to other sites (RFC 9110, Section 17.9).",
			},
			parts: []want{{text: "addresses that a client asked for with the same session id", need: 2}},
			watch: watchQuery,
		},
	}
}

func watchCookie() watch {
	return watch{exchange: func(r *reading, found func(mark)) {
		for _, c := range r.cookiesSet() {
			if c.Value != "" {
				found(mark{part: 0, key: r.sameValueOfClient(pair{c.Name, c.Value}), at: r.answered()})
			}
		}
		for _, p := range r.cookiesSent() {
			found(mark{part: 1, key: r.sameValueOfClient(p), at: r.asked()})
		}
	}}
}

func watchLogin() watch {
	return watch{exchange: func(r *reading, found func(mark)) {
		if !r.over() {
			return
		}
		ended := map[string]bool{}
		for _, c := range r.cookiesSet() {
			switch {
			case deletes(c, r.answered().Nano):
				ended[c.Name] = true
			case r.q.Method == "POST" && r.r.Status < 400 && postsPassword(r):
				found(mark{part: 0, key: r.sameValueOfClient(pair{c.Name, c.Value}), at: r.answered()})
			}
		}
		for _, p := range r.cookiesSent() {
			m := mark{part: 1, key: r.sameValueOfClient(p), at: r.asked()}
			if ended[p.name] {
				m.part = 2
			}
			found(m)
		}
	}}
}

// deletes reports a cookie whose lifetime is over when it arrives (RFC 6265
// section 3.1); now in nanoseconds since 1970.
func deletes(c cookies.SetCookie, now int64) bool {
	if c.HasMaxAge {
		return c.MaxAge <= 0
	}
	return c.HasExpires && c.Expires.Before(time.Unix(0, now))
}

// postsPassword reports a form with a password that can be read.
func postsPassword(r *reading) bool {
	for _, p := range r.formFields() {
		if p.isPassword() {
			return true
		}
	}
	return false
}

func watchHijack() watch {
	return watch{exchange: func(r *reading, found func(mark)) {
		for _, p := range append(r.cookiesSent(), r.queryFields()...) {
			if p.givesSession() {
				found(mark{key: r.sameValue(p), subject: r.caller(), at: r.asked()})
			}
		}
	}}
}

func watchHidden() watch {
	return watch{exchange: func(r *reading, found func(mark)) {
		for _, p := range hiddenFields(r.text()) {
			if p.givesSession() {
				found(mark{part: 0, key: r.sameValueOfClient(p), at: r.answered()})
			}
		}
		for _, p := range r.formFields() {
			if p.givesSession() {
				found(mark{part: 1, key: r.sameValueOfClient(p), subject: uint64(r.ID), at: r.asked()})
			}
		}
	}}
}

var (
	inputTag  = regexp.MustCompile(`(?i)<input\s[^>]*>`)
	attribute = regexp.MustCompile(`(?i)([a-z-]+)\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+)`)
)

// hiddenFields lists the hidden fields of the forms on a page.
func hiddenFields(page []byte) []pair {
	if !bytes.Contains(page, []byte("hidden")) { // spares most pages the search
		return nil
	}
	var all []pair
	for _, tag := range inputTag.FindAll(page, maxPairs) {
		a := map[string]string{}
		for _, m := range attribute.FindAllSubmatch(tag, maxPairs) {
			a[strings.ToLower(string(m[1]))] = html.UnescapeString(strings.Trim(string(m[2]), `"'`))
		}
		if strings.EqualFold(a["type"], "hidden") {
			all = append(all, pair{a["name"], a["value"]})
		}
	}
	return all
}

func watchQuery() watch {
	return watch{exchange: func(r *reading, found func(mark)) {
		if !r.over() {
			return
		}
		for _, p := range r.queryFields() {
			if p.givesSession() {
				found(mark{key: r.sameValueOfClient(p), subject: r.hash(r.q.Target), at: r.asked()})
			}
		}
	}}
}
