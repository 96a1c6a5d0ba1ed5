package lesson_test

// ambiguous are short talks in which programs disagree, or might. In each the
// server closes after what it said.
var ambiguous = []struct {
	name string
	talk []said
}{
	{"request: CL and TE", []said{{0, "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"}, {1, okay}, {0, get}, {1, okay}}},
	{"request: CL and TE, smuggled", []said{{0, "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 45\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /hidden HTTP/1.1\r\nHost: x\r\nX-Pad: ab\r\n\r\n"}, {1, okay}, {1, okay}}},
	{"response: CL and TE", []said{{0, get}, {1, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"}, {0, get}, {1, okay}}},
	{"request: two CL", []said{{0, "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nhello"}, {1, okay}, {0, get}, {1, okay}}},
	{"response: two CL", []said{{0, get}, {1, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nhello"}, {0, get}, {1, okay}}},
	{"response: two CL, the longer first", []said{{0, get}, {1, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 3\r\n\r\nhello"}, {0, get}, {1, okay}}},
	{"response: 204 with the length of what it stands for", []said{{0, get}, {1, "HTTP/1.1 204 No Content\r\nContent-Length: 2000\r\n\r\n"}, {0, get}, {1, okay}}},
	{"response: chunk size empty", []said{{0, get}, {1, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n;x\r\nabc\r\n0\r\n\r\n"}, {0, get}, {1, okay}}},
	{"response: interim", []said{{0, get}, {1, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"}, {0, get}, {1, okay}}},
	{"response: two CL that agree", []said{{0, get}, {1, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello"}, {0, get}, {1, okay}}},
	{"response: a list of CL that agree", []said{{0, get}, {1, "HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\nhello"}, {0, get}, {1, okay}}},
	{"response: CL with a plus", []said{{0, get}, {1, "HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\nhello"}, {0, get}, {1, okay}}},
	{"response: negative CL", []said{{0, get}, {1, "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello"}, {0, get}, {1, okay}}},
	{"response: hexadecimal CL", []said{{0, get}, {1, "HTTP/1.1 200 OK\r\nContent-Length: 0x5\r\n\r\nhello"}, {0, get}, {1, okay}}},
	{"request: CL with a plus", []said{{0, "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: +5\r\n\r\nhello"}, {1, okay}, {0, get}, {1, okay}}},
	{"request: negative CL", []said{{0, "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: -5\r\n\r\nhello"}, {1, okay}, {0, get}, {1, okay}}},
	{"request: bare LF", []said{{0, "GET / HTTP/1.1\nHost: x\n\n"}, {1, okay}, {0, get}, {1, okay}}},
	{"response: bare LF", []said{{0, get}, {1, "HTTP/1.1 200 OK\nContent-Length: 5\n\nhello"}, {0, get}, {1, okay}}},
	{"request: obs-fold", []said{{0, "GET / HTTP/1.1\r\nHost: x\r\nX-Long: one\r\n two\r\n\r\n"}, {1, okay}, {0, get}, {1, okay}}},
	{"response: obs-fold", []said{{0, get}, {1, "HTTP/1.1 200 OK\r\nX-Long: one\r\n two\r\nContent-Length: 5\r\n\r\nhello"}, {0, get}, {1, okay}}},
	{"request: folded TE", []said{{0, "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding:\r\n chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"}, {1, okay}, {0, get}, {1, okay}}},
	{"response: 204 with a body", []said{{0, get}, {1, "HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nok"}, {0, get}, {1, okay}}},
	{"response: 304 with a body", []said{{0, get}, {1, "HTTP/1.1 304 Not Modified\r\nContent-Length: 2\r\n\r\nok"}, {0, get}, {1, okay}}},
	{"response: 304 with the length of what it stands for", []said{{0, get}, {1, "HTTP/1.1 304 Not Modified\r\nContent-Length: 2000\r\n\r\n"}, {0, get}, {1, okay}}},
	{"response: chunked in HTTP/1.0", []said{{0, get}, {1, "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"}, {0, get}, {1, okay}}},
	{"request: chunked in HTTP/1.0", []said{{0, "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"}, {1, okay}, {0, get}, {1, okay}}},
	{"response: chunk size is no number", []said{{0, get}, {1, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n"}, {0, get}, {1, okay}}},
	{"response: chunk size with 0x", []said{{0, get}, {1, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0x5\r\nhello\r\n0\r\n\r\n"}, {0, get}, {1, okay}}},
	{"response: chunk size with spaces", []said{{0, get}, {1, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5  \r\nhello\r\n0\r\n\r\n"}, {0, get}, {1, okay}}},
	{"response: chunk line ends with LF", []said{{0, get}, {1, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\nhello\r\n0\r\n\r\n"}, {0, get}, {1, okay}}},
	{"response: chunk that is cut", []said{{0, get}, {1, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nhello"}}},
	{"request: target without slash", []said{{0, "GET home.php HTTP/1.1\r\nHost: x\r\n\r\n"}, {1, okay}, {0, get}, {1, okay}}},
	{"HEAD, one at a time", []said{{0, "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n"}, {1, "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"}, {0, get}, {1, okay}}},
	{"HEAD, pipelined", []said{{0, get + "HEAD / HTTP/1.1\r\nHost: x\r\n\r\n" + get}, {1, okay}, {1, "HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"}, {1, okay}}},
	{"request: space before the colon", []said{{0, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length : 5\r\n\r\nhello"}, {1, okay}, {0, get}, {1, okay}}},
	{"response: space before the colon", []said{{0, get}, {1, "HTTP/1.1 200 OK\r\nContent-Length : 5\r\n\r\nhello"}, {0, get}, {1, okay}}},
	{"request: TE with a space before the colon", []said{{0, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 15\r\nTransfer-Encoding : chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"}, {1, okay}, {0, get}, {1, okay}}},
	{"request: TE that nobody knows", []said{{0, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 15\r\nTransfer-Encoding: xchunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"}, {1, okay}, {0, get}, {1, okay}}},
	{"request: TE twice", []said{{0, "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n5\r\nhello\r\n0\r\n\r\n"}, {1, okay}, {0, get}, {1, okay}}},
	{"response: Content-Length longer than what comes", []said{{0, get}, {1, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello"}}},
	{"response: more bytes than Content-Length", []said{{0, get}, {1, "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nABCDEF"}, {0, get}, {1, okay}}},
	{"response: up to the close", []said{{0, get}, {1, "HTTP/1.1 200 OK\r\n\r\nhello"}}},
	{"response: chunked with a trailer", []said{{0, get}, {1, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=1\r\nhello\r\n0\r\nX-Sum: 1\r\n\r\n"}, {0, get}, {1, okay}}},
}

const (
	get  = "GET / HTTP/1.1\r\nHost: x\r\n\r\n"
	okay = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
)
