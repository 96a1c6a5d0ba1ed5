package site

func rawHeadEntries() []rawEntry {
	return []rawEntry{
		{Route: Route{Path: "/head/lf", Topic: "head", Title: "Lines that end with LF alone",
			Look: "A line end should be CR LF; nearly every reader takes LF as well. Findings: bare-lf.",
			Try:  "curl -v {base}/head/lf"},
			answer: headLF, keeps: true},
		{Route: Route{Path: "/head/fold", Topic: "head", Title: "A field that goes on in the next line",
			Look: "A line that begins with white space continues the one before. Findings: obs-fold.",
			Try:  "curl -v {base}/head/fold"},
			answer: headFold, keeps: true},
		{Route: Route{Path: "/head/space-before-colon", Topic: "head", Title: "White space before the colon",
			Look: "One reader sees Content-Length, another a field with a space in its name. Findings: field-space-before-colon.",
			Try:  "curl -v {base}/head/space-before-colon"},
			answer: headSpace},
		{Route: Route{Path: "/head/no-colon", Topic: "head", Title: "A line without a colon",
			Look: "A line that is no field at all: readers skip it, refuse the message, or end the head there. Findings: field-no-colon.",
			Try:  "curl -v {base}/head/no-colon"},
			answer: headNoColon},
		{Route: Route{Path: "/head/no-reason", Topic: "head", Title: "A status line without a reason",
			Look: "The reason may be empty, but the space before it may not be left out. Findings: reason-space-missing.",
			Try:  "curl -v {base}/head/no-reason"},
			answer: headNoReason, keeps: true},
		{Route: Route{Path: "/head/status", Topic: "head", Title: "Status 999",
			Look: "A status has a class from 1 to 5; clients take others for a server error, or refuse them. Findings: status-invalid.",
			Try:  "curl -v {base}/head/status"},
			answer: headStatus, keeps: true},
		{Route: Route{Path: "/head/none", Topic: "head", Title: "An answer of HTTP/0.9",
			Look: "No status line and no fields, only the body until close. curl needs --http0.9 to accept it. Findings: no-status-line.",
			Try:  "curl -v --http0.9 {base}/head/none"},
			answer: headNone},
		{Route: Route{Path: "/head/early-space", Topic: "head", Title: "White space before the first field",
			Look: "A continuation with nothing before it: a way to hide a field from one of two readers. Findings: first-field-folded.",
			Try:  "curl -v {base}/head/early-space"},
			answer: headFirstFolded},
		{Route: Route{Path: "/head/bare-cr", Topic: "head", Title: "CR without LF in a value",
			Look: "Whoever takes CR for a line end sees one field more. Findings: bare-cr.",
			Try:  "curl -v {base}/head/bare-cr"},
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
	x.send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nthis line is no field\r\nContent-Length: 42\r\n\r\n" + alphabet)
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
	x.send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nX-Note: one\rX-Hidden: two\r\nContent-Length: 42\r\n\r\n" + alphabet)
}
