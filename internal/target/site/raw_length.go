package site

func rawLengthEntries() []rawEntry {
	return []rawEntry{
		{Route: Route{ID: "raw-length-long", Path: "/length/long", Topic: "length",
			Try: "curl -v {base}/length/long"},
			answer: lengthLong},
		{Route: Route{ID: "raw-length-short", Path: "/length/short", Topic: "length",
			Try: "curl -v {base}/length/short"},
			answer: lengthShort},
		{Route: Route{ID: "raw-length-smuggled", Path: "/length/smuggled", Topic: "length",
			Try: "curl -v {base}/length/smuggled"},
			answer: lengthSmuggled},
		{Route: Route{ID: "raw-length-two", Path: "/length/two", Topic: "length",
			Try: "curl -v {base}/length/two"},
			answer: lengthTwo},
		{Route: Route{ID: "raw-length-same", Path: "/length/same", Topic: "length",
			Try: "curl -v {base}/length/same"},
			answer: lengthSame, keeps: true},
		{Route: Route{ID: "raw-length-word", Path: "/length/word", Topic: "length",
			Try: "curl -v {base}/length/word"},
			answer: lengthWord},
		{Route: Route{ID: "raw-length-chunked", Path: "/length/chunked", Topic: "length",
			Try: "curl -v --raw {base}/length/chunked"},
			answer: lengthChunked},
		{Route: Route{ID: "raw-length-none", Path: "/length/none", Topic: "length",
			Try: "curl -v {base}/length/none"},
			answer: lengthNone},
		{Route: Route{ID: "raw-length-reset", Path: "/length/reset", Topic: "length",
			Try: "curl -v {base}/length/reset"},
			answer: lengthReset},
		{Route: Route{ID: "raw-length-none-reset", Path: "/length/none-reset", Topic: "length",
			Try: "curl -v {base}/length/none-reset"},
			answer: lengthNoneReset},
		{Route: Route{ID: "raw-length-204", Path: "/length/204", Topic: "length",
			Try: "curl -v {base}/length/204"},
			answer: length204},
		{Route: Route{ID: "raw-length-304", Path: "/length/304", Topic: "length",
			Try: "curl -v {base}/length/304 -H 'If-None-Match: \"a42\"'"},
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
