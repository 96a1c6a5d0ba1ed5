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
	cookieLogin := client.Step{Server: "http", On: "one", Send: post("/login.php", "{cookies}"), Body: login,
		Status: 200}
	return []spec{
		{
			Task: Task{
				ID: "cookie", Topic: "tasks.topic.cookies",
				Command: []string{
					"curl -v -c jar.txt http://{http}/cookies/set/session",
					"curl -v -b jar.txt http://{http}/cookies/show",
				},
				Steps: []client.Step{site("one", get("/cookies/set/session", ""), 0),
					site("one", get("/cookies/show", "{cookies}"), 200)},
			},
			parts: []int{1, 1},
			lead:  true,
			watch: watchCookie,
		},
		{
			Task: Task{
				ID: "login", Topic: "tasks.topic.session-id",
				Command: []string{
					"curl -v -c jar.txt -d \"" + login + "\" http://{http}/login.php",
					"curl -v -b jar.txt http://{http}/home.php",
					"curl -v -b jar.txt -c jar.txt http://{http}/logout.php",
				},
				Steps: []client.Step{cookieLogin, site("one", get("/home.php", "{cookies}"), 200),
					site("one", get("/checkmail.php", "{cookies}"), 200),
					site("one", get("/logout.php", "{cookies}"), 200)},
			},
			parts: []int{1, 1, 1},
			lead:  true,
			watch: watchLogin,
		},
		{
			Task: Task{
				ID: "hijack", Topic: "tasks.topic.hijacking",
				Command: []string{
					"curl -v -c jar.txt -d \"" + login + "\" http://{http}/hijack/open/login",
					"curl -v -b jar.txt http://{http}/hijack/open/home",
					"curl -v -b jar.txt -A thief http://{http}/hijack/open/home",
				},
				Steps: []client.Step{{Server: "http", On: "victim", Send: post("/hijack/open/login", ""), Body: login,
					Status: 200},
					site("victim", get("/hijack/open/home", "{cookies}"), 200),
					site("thief", strings.Replace(get("/hijack/open/home", "{cookies}"), "User-Agent: httpscope",
						"User-Agent: thief", 1), 200)},
			},
			parts: []int{2},
			watch: watchHijack,
		},
		{
			Task: Task{
				ID: "hidden-field", Topic: "tasks.topic.sessions",
				Command: []string{
					"curl -v -d \"" + login + "\" http://{http}/hidden/login.php",
					"tasks.step.id-from-page",
					"curl -v -d \"sessionid=ID\" http://{http}/hidden/home.php",
					"curl -v -d \"sessionid=ID\" http://{http}/hidden/checkmail.php",
				},
				Steps: []client.Step{
					{Server: "http", On: "one", Send: post("/hidden/login.php", ""), Body: login, Status: 200,
						Take: map[string]string{"id": `name="sessionid"[^>]* value="(\w+)"`}},
					{Server: "http", On: "one", Send: post("/hidden/home.php", ""), Body: "sessionid={id}",
						Status: 200},
					{Server: "http", On: "one", Send: post("/hidden/checkmail.php", ""), Body: "sessionid={id}",
						Status: 200}},
			},
			parts: []int{1, 2},
			lead:  true,
			watch: watchHidden,
		},
		{
			Task: Task{
				ID: "query-string", Topic: "tasks.topic.sessions",
				Command: []string{
					"curl -v -d \"" + login + "\" http://{http}/query/login.php",
					"tasks.step.id-from-link",
					"curl -v \"http://{http}/query/home.php?sessionid=ID\"",
					"curl -v \"http://{http}/query/checkmail.php?sessionid=ID\"",
				},
				Steps: []client.Step{
					{Server: "http", On: "one", Send: post("/query/login.php", ""), Body: login, Status: 200,
						Take: map[string]string{"id": `[?&]sessionid=(\w+)`}},
					site("one", get("/query/home.php?sessionid={id}", ""), 200),
					site("one", get("/query/checkmail.php?sessionid={id}", ""), 200)},
			},
			parts: []int{2},
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
