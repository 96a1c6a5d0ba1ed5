package site

import "strings"

func rawInterimEntries() []rawEntry {
	return []rawEntry{
		{Route: Route{Path: "/interim/two", Topic: "interim", Title: "Two 100 before the 200",
			Look: "Interim responses come before the final one and answer nothing by themselves. Findings: none.",
			Try:  "curl -v {base}/interim/two"},
			answer: interimTwo, keeps: true},
		{Route: Route{Path: "/interim/flood", Topic: "interim", Title: "Two hundred interim responses",
			Look: "A client that keeps them all can be filled up; httpscope lists the first and counts the rest. Findings: none.",
			Try:  "curl -s {base}/interim/flood"},
			answer: interimFlood, keeps: true},
		{Route: Route{Path: "/interim/length", Topic: "interim", Title: "An interim response with Content-Length",
			Look: "A 1xx has no body (rule 1), so the number must not be believed. Findings: content-length-forbidden.",
			Try:  "curl -v {base}/interim/length"},
			answer: interimLength},
		{Route: Route{Path: "/interim/switch", Topic: "interim", Title: "101 that nobody asked for",
			Look: "The server changes the protocol although the request has no Upgrade. Findings: switch-not-asked.",
			Try:  "curl -v --max-time 5 {base}/interim/switch"},
			answer: interimSwitch},
		{Route: Route{Path: "/interim/early", Method: "POST", Topic: "interim", Title: "Response before the request ends",
			Look: "The refusal comes while the client still sends its body; curl stops sending. Findings: response-before-request-end, body-short.",
			Try:  "head -c 9000000 /dev/zero | curl -v {base}/interim/early -H 'Expect:' --data-binary @-"},
			answer: interimEarly, early: true},
		{Route: Route{Path: "/interim/unsolicited", Topic: "interim", Title: "A response without a request",
			Look: "After the answer comes a 408 that answers nothing, as servers send when they lose patience. Findings: response-unsolicited.",
			Try:  "curl -v {base}/interim/unsolicited"},
			answer: interimUnsolicited},
	}
}

// interimTwo says "go on" twice.
func interimTwo(x *rawExchange) {
	x.send("HTTP/1.1 100 Continue\r\n\r\n",
		"HTTP/1.1 100 Continue\r\n\r\n",
		"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 42\r\n\r\n"+alphabet)
}

// interimFlood says "processing" two hundred times.
func interimFlood(x *rawExchange) {
	x.send(strings.Repeat("HTTP/1.1 102 Processing\r\n\r\n", 200),
		"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 42\r\n\r\n"+alphabet)
}

// interimLength gives a length to what has no body.
func interimLength(x *rawExchange) {
	x.send("HTTP/1.1 103 Early Hints\r\nContent-Length: 42\r\n\r\n",
		"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 42\r\n\r\n"+alphabet)
}

// interimSwitch changes to a protocol of its own.
func interimSwitch(x *rawExchange) {
	x.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: chatter\r\n\r\n", "hello, this is another protocol\n")
}

// interimEarly refuses before the body is there.
func interimEarly(x *rawExchange) {
	x.send("HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\ntoo much\n")
}

// interimUnsolicited answers once more than it was asked. The pause lets the
// client take the first response for complete.
func interimUnsolicited(x *rawExchange) {
	x.send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 42\r\n\r\n" + alphabet)
	pause(x, 200)
	x.send("HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
}
