package site

func rawLengthEntries() []rawEntry {
	return []rawEntry{
		{Route: Route{Path: "/length/long", Topic: "length", Title: "Content-Length too long, then close",
			Look: "The head promises 100 bytes, 42 come, and the connection ends: the client cannot tell this from a broken download. Findings: body-short.",
			Try:  "curl -v {base}/length/long"},
			answer: lengthLong},
		{Route: Route{Path: "/length/short", Topic: "length", Title: "Content-Length too short, with bytes left over",
			Look: "Ten bytes are the body. The other 32 stand where the next response should begin. Findings: bytes-after-message.",
			Try:  "curl -v {base}/length/short"},
			answer: lengthShort},
		{Route: Route{Path: "/length/smuggled", Topic: "length", Title: "A second response hidden behind a short Content-Length",
			Look: "The bytes left over are a whole response that nobody asked for: a client that keeps the connection may take it for the answer to its next request. Findings: response-unsolicited.",
			Try:  "curl -v {base}/length/smuggled"},
			answer: lengthSmuggled},
		{Route: Route{Path: "/length/two", Topic: "length", Title: "Two different Content-Length fields",
			Look: "One reader takes 42 bytes, another 10: the beginning of request smuggling. Findings: content-length-conflict.",
			Try:  "curl -v {base}/length/two"},
			answer: lengthTwo},
		{Route: Route{Path: "/length/same", Topic: "length", Title: "The same Content-Length twice",
			Look: "Both say 42, so every reader agrees. Findings: content-length-repeated.",
			Try:  "curl -v {base}/length/same"},
			answer: lengthSame, keeps: true},
		{Route: Route{Path: "/length/word", Topic: "length", Title: "Content-Length in words",
			Look: "What is no number says nothing about the end of the body. Findings: content-length-invalid.",
			Try:  "curl -v {base}/length/word"},
			answer: lengthWord},
		{Route: Route{Path: "/length/chunked", Topic: "length", Title: "Content-Length and chunked together",
			Look: "Transfer-Encoding overrides Content-Length (rule 3). Findings: te-and-content-length.",
			Try:  "curl -v --raw {base}/length/chunked"},
			answer: lengthChunked},
		{Route: Route{Path: "/length/none", Topic: "length", Title: "No length: the body ends with the connection",
			Look: "The end of the stream is the end of the body (rule 8), so a lost end cannot be noticed. Findings: none.",
			Try:  "curl -v {base}/length/none"},
			answer: lengthNone},
		{Route: Route{Path: "/length/reset", Topic: "length", Title: "Reset in the middle of the body",
			Look: "A segment with RST instead of FIN: what was still on its way is thrown away. Findings: body-short, tcp-reset.",
			Try:  "curl -v {base}/length/reset"},
			answer: lengthReset},
		{Route: Route{Path: "/length/none-reset", Topic: "length", Title: "No length, and a reset",
			Look: "The close should end the body, and a reset came instead: whether the body is whole cannot be known. Findings: body-ended-by-reset, tcp-reset.",
			Try:  "curl -v {base}/length/none-reset"},
			answer: lengthNoneReset},
		{Route: Route{Path: "/length/204", Topic: "length", Title: "204 with a body",
			Look: "A 204 ends with its head (rule 1), whatever follows. Findings: body-forbidden, content-length-forbidden.",
			Try:  "curl -v {base}/length/204"},
			answer: length204},
		{Route: Route{Path: "/length/304", Topic: "length", Title: "304 with Content-Length",
			Look: "The number is the length that a 200 would have had: no byte follows, and the connection goes on. Findings: none.",
			Try:  "curl -v {base}/length/304 -H 'If-None-Match: \"a42\"'"},
			answer: length304, keeps: true},
	}
}

// lengthLong promises more than it sends.
func lengthLong(x *rawExchange) {
	x.send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\n",
		"abcdefghijklmnopqrstuvwxyz1234567890abcdef")
}

// lengthShort sends more than it promised.
func lengthShort(x *rawExchange) {
	x.send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 10\r\n\r\n" +
		"abcdefghijklmnopqrstuvwxyz1234567890abcdef")
}

// lengthSmuggled sends a response in what is left over.
func lengthSmuggled(x *rawExchange) {
	x.send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 10\r\n\r\n" +
		"abcdefghij" +
		"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 7\r\n\r\nhidden\n")
}

// lengthTwo says two things about one body.
func lengthTwo(x *rawExchange) {
	x.send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 42\r\nContent-Length: 10\r\n\r\n" +
		"abcdefghijklmnopqrstuvwxyz1234567890abcdef")
}

// lengthSame says one thing twice.
func lengthSame(x *rawExchange) {
	x.send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 42\r\nContent-Length: 42\r\n\r\n" +
		"abcdefghijklmnopqrstuvwxyz1234567890abcdef")
}

// lengthWord gives a length that is no number.
func lengthWord(x *rawExchange) {
	x.send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: forty-two\r\n\r\n" +
		"abcdefghijklmnopqrstuvwxyz1234567890abcdef")
}

// lengthChunked has two framings in one head.
func lengthChunked(x *rawExchange) {
	x.send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 10\r\nTransfer-Encoding: chunked\r\n\r\n",
		"1a\r\nabcdefghijklmnopqrstuvwxyz\r\n",
		"10\r\n1234567890abcdef\r\n",
		"0\r\n\r\n")
}

// lengthNone leaves it to the close.
func lengthNone(x *rawExchange) {
	x.send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n",
		"abcdefghijklmnopqrstuvwxyz",
		"1234567890abcdef")
}

// lengthReset breaks off after a part of the body. The pause lets the client
// read that part before the reset throws it away.
func lengthReset(x *rawExchange) {
	x.send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\n",
		"abcdefghijklmnopqrstuvwxyz")
	pause(x, 200)
	x.reset()
}

// lengthNoneReset breaks off a body that only the close would end.
func lengthNoneReset(x *rawExchange) {
	x.send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\n",
		"abcdefghijklmnopqrstuvwxyz")
	pause(x, 200)
	x.reset()
}

// length204 sends a body where none can be.
func length204(x *rawExchange) {
	x.send("HTTP/1.1 204 No Content\r\nContent-Length: 42\r\n\r\n" +
		"abcdefghijklmnopqrstuvwxyz1234567890abcdef")
}

// length304 gives the length of the body that it does not send.
func length304(x *rawExchange) {
	x.send("HTTP/1.1 304 Not Modified\r\nETag: \"a42\"\r\nContent-Length: 42\r\n\r\n")
}
