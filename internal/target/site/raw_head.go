package site

func rawHeadEntries() []rawEntry {
	return []rawEntry{
		{Route: Route{ID: "raw-head-lf", Path: "/head/lf", Topic: "head",
			Try: "curl -v {base}/head/lf"},
			answer: headLF, keeps: true},
		{Route: Route{ID: "raw-head-fold", Path: "/head/fold", Topic: "head",
			Try: "curl -v {base}/head/fold"},
			answer: headFold, keeps: true},
		{Route: Route{ID: "raw-head-space-before-colon", Path: "/head/space-before-colon", Topic: "head",
			Try: "curl -v {base}/head/space-before-colon"},
			answer: headSpace},
		{Route: Route{ID: "raw-head-no-colon", Path: "/head/no-colon", Topic: "head",
			Try: "curl -v {base}/head/no-colon"},
			answer: headNoColon},
		{Route: Route{ID: "raw-head-no-reason", Path: "/head/no-reason", Topic: "head",
			Try: "curl -v {base}/head/no-reason"},
			answer: headNoReason, keeps: true},
		{Route: Route{ID: "raw-head-status", Path: "/head/status", Topic: "head",
			Try: "curl -v {base}/head/status"},
			answer: headStatus, keeps: true},
		{Route: Route{ID: "raw-head-none", Path: "/head/none", Topic: "head",
			Try: "curl -v --http0.9 {base}/head/none"},
			answer: headNone},
		{Route: Route{ID: "raw-head-early-space", Path: "/head/early-space", Topic: "head",
			Try: "curl -v {base}/head/early-space"},
			answer: headFirstFolded},
		{Route: Route{ID: "raw-head-bare-cr", Path: "/head/bare-cr", Topic: "head",
			Try: "curl -v {base}/head/bare-cr"},
			answer: headBareCR},
	}
}

// headLF ends lines as Unix does.
func headLF(x *rawExchange) {
	x.send("HTTP/1.1 200 OK\nContent-Type: text/plain\nContent-Length: 42\n\n" + alphabet)
}

// headFold breaks a value into two lines (RFC 9112, Section 5.2).
func headFold(x *rawExchange) {
	x.send("HTTP/1.1 200 OK\r\nContent-Type: text/plain;\r\n  charset=utf-8\r\nContent-Length: 42\r\n\r\n" + alphabet)
}

// headSpace puts a space where a request smuggler would.
func headSpace(x *rawExchange) {
	x.send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length : 42\r\nConnection: close\r\n\r\n" + alphabet)
}

// headNoColon has a line that is no field.
func headNoColon(x *rawExchange) {
	x.send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nthis line is no field\r\nContent-Length: 42\r\n\r\n" +
		alphabet)
}

// headNoReason ends the status line after the code.
func headNoReason(x *rawExchange) {
	x.send("HTTP/1.1 200\r\nContent-Type: text/plain\r\nContent-Length: 42\r\n\r\n" + alphabet)
}

// headStatus has a status of no class.
func headStatus(x *rawExchange) {
	x.send("HTTP/1.1 999 Request Denied\r\nContent-Type: text/plain\r\nContent-Length: 42\r\n\r\n" + alphabet)
}

// headNone sends the body alone (RFC 1945, Section 6).
func headNone(x *rawExchange) {
	x.send("<html>Hello from 1991.</html>\r\n")
}

// headFirstFolded continues a line that is not there.
func headFirstFolded(x *rawExchange) {
	x.send("HTTP/1.1 200 OK\r\n X-Hidden: yes\r\nContent-Type: text/plain\r\nContent-Length: 42\r\n\r\n" + alphabet)
}

// headBareCR hides a field behind a CR.
func headBareCR(x *rawExchange) {
	x.send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX-Note: one\rX-Hidden: two\r\nContent-Length: 42\r\n\r\n" +
		alphabet)
}
