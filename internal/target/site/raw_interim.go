package site

import "strings"

func rawInterimEntries() []rawEntry {
	return []rawEntry{
		{Route: Route{ID: "raw-interim-two", Path: "/interim/two", Topic: "interim",
			Try: "curl -v {base}/interim/two"},
			answer: interimTwo, keeps: true},
		{Route: Route{ID: "raw-interim-flood", Path: "/interim/flood", Topic: "interim",
			Try: "curl -s {base}/interim/flood"},
			answer: interimFlood, keeps: true},
		{Route: Route{ID: "raw-interim-length", Path: "/interim/length", Topic: "interim",
			Try: "curl -v {base}/interim/length"},
			answer: interimLength},
		{Route: Route{ID: "raw-interim-switch", Path: "/interim/switch", Topic: "interim",
			Try: "curl -v --max-time 5 {base}/interim/switch"},
			answer: interimSwitch},
		{Route: Route{ID: "raw-interim-early-post", Path: "/interim/early", Method: "POST", Topic: "interim",
			Try: "head -c 9000000 /dev/zero | curl -v {base}/interim/early -H 'Expect:' --data-binary @-"},
			answer: interimEarly, early: true},
		{Route: Route{ID: "raw-interim-unsolicited", Path: "/interim/unsolicited", Topic: "interim",
			Try: "curl -v {base}/interim/unsolicited"},
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
	x.send("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: chatter\r\n\r\n",
		"hello, this is another protocol\n")
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
