package httpdecode

var gapTraces = []trace{
	`
# a gap of unknown length inside a body of known length: the next message is found by its beginning
> GET / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc
    1 < head "HTTP/1.1 200 OK" content-length rule 6
    1 < body "abc"
< GAP 0+
    1 < gap 0
    1 < warning gap-in-message at 42, 0 bytes
    1 < end incomplete
> GET /b HTTP/1.1\r\nHost: a\r\n\r\n
    2 > head "GET /b HTTP/1.1" none rule 7
    2 > end
< HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    2 < head "HTTP/1.1 200 OK" content-length rule 6
    2 < end
`,
	`
# a gap inside a body of known length
> GET / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc
    1 < head "HTTP/1.1 200 OK" content-length rule 6
    1 < body "abc"
< GAP 4
    1 < gap 4
    1 < warning gap-in-message at 46, 0 bytes
< hijHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    1 < body "hij"
    1 < end incomplete
    2 < head "HTTP/1.1 200 OK" content-length rule 6
    2 < warning response-unsolicited at 49, 15 bytes
    2 < end
`,
	`
# a gap up to the end of a body
> POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabc
    1 > head "POST / HTTP/1.1" content-length rule 6
    1 > body "abc"
> GAP 2
    1 > gap 2
    1 > warning gap-in-message at 52, 0 bytes
    1 > end incomplete
> GET /b HTTP/1.1\r\nHost: a\r\n\r\n
    2 > head "GET /b HTTP/1.1" none rule 7
    2 > note pipelined at 52, 0 bytes
    2 > end
`,
	`
# a gap beyond the end of a body
> POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabc
    1 > head "POST / HTTP/1.1" content-length rule 6
    1 > body "abc"
> GAP 12
    1 > gap 12
    1 > warning gap-in-message at 62, 0 bytes
    1 > end incomplete
> xyz\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n
    0 > lost "xyz\r\n"
    2 > head "GET /b HTTP/1.1" none rule 7
    2 > note pipelined at 67, 0 bytes
    2 > end
`,
	`
# a gap in chunk data, up to its end, and beyond
> POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nh
    1 > head "POST / HTTP/1.1" chunked rule 4
    1 > chunk 5
    1 > body "h"
> GAP 2
    1 > gap 2
    1 > warning gap-in-message at 62, 0 bytes
> lo\r\n3\r\n
    1 > body "lo"
    1 > chunk 3
> GAP 3
    1 > gap 3
> \r\n4\r\na
    1 > chunk 4
    1 > body "a"
> GAP 5
    1 > gap 5
    1 > end incomplete
> \r\n0\r\n\r\n
    0 > lost "\r\n0\r\n\r\n"
`,
	`
# a gap in a chunk size
> GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
    2 > head "GET / HTTP/1.1" none rule 7
    2 > note pipelined at 27, 0 bytes
    2 > end
< HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5
    1 < head "HTTP/1.1 200 OK" chunked rule 4
< GAP 2
    1 < gap 2
    1 < warning gap-in-message at 50, 0 bytes
    1 < end incomplete
< hello\r\n0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    0 < lost "hello\r\n0\r\n\r\n"
    2 < head "HTTP/1.1 200 OK" content-length rule 6
    2 < end
`,
	`
# a gap in a trailer
> POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: 
    1 > head "POST / HTTP/1.1" chunked rule 4
    1 > chunk 0
> GAP 3
    1 > gap 3
    1 > warning gap-in-message at 65, 0 bytes
    1 > end incomplete
> \r\n\r\n
    0 > lost "\r\n\r\n"
`,
	`
# a gap in a body up to the close
> GET / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 200 OK\r\n\r\nabc
    1 < head "HTTP/1.1 200 OK" until-close rule 8
    1 < body "abc"
< GAP 10
    1 < gap 10
    1 < warning gap-in-message at 32, 0 bytes
< def
    1 < body "def"
< FIN
    1 < end incomplete
`,
	`
# a gap in a request's head: the response belongs to it all the same
> GET / HTTP/1.1\r\nHost: a\r\nCoo
> GAP 20
    1 > head "GET / HTTP/1.1" none rule 0
    1 > warning head-cut at 0, 28 bytes
    1 > end incomplete
    0 > gap 20
< HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    1 < head "HTTP/1.1 200 OK" content-length rule 6
    1 < end
> x\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n
    0 > lost "x\r\n\r\n"
    2 > head "GET /b HTTP/1.1" none rule 7
    2 > end
< HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    2 < head "HTTP/1.1 200 OK" content-length rule 6
    2 < end
`,
	`
# a gap in a response's head: the next response belongs to the next request
> GET / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 200 OK\r\nContent-
< GAP 11
    1 < head "HTTP/1.1 200 OK" none rule 0
    1 < warning head-cut at 0, 25 bytes
    1 < end incomplete
    0 < gap 11
< okHTTP/1.
    0 < lost "ok"
> GET /b HTTP/1.1\r\nHost: a\r\n\r\n
    2 > head "GET /b HTTP/1.1" none rule 7
    2 > end
< 1 200 OK\r\nContent-Length: 0\r\n\r\n
    2 < head "HTTP/1.1 200 OK" content-length rule 6
    2 < end
`,
	`
# a response is not captured: the next one belongs to the next request
> GET / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
< GAP 100
    0 < gap 100
> HEAD /b HTTP/1.1\r\nHost: a\r\n\r\n
    2 > head "HEAD /b HTTP/1.1" none rule 7
    1 < note response-not-captured at 100, 0 bytes
    2 > end
< HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n
    2 < head "HTTP/1.1 200 OK" none rule 1
    2 < end
`,
	`
# a request is not captured: its response has an exchange of its own
> GET / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    1 < head "HTTP/1.1 200 OK" content-length rule 6
    1 < end
> GAP 40
    0 > gap 40
< HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    2 < head "HTTP/1.1 200 OK" content-length rule 6
    2 < end
> GET /c HTTP/1.1\r\nHost: a\r\n\r\n
    3 > head "GET /c HTTP/1.1" none rule 7
    3 > end
< HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    3 < head "HTTP/1.1 200 OK" content-length rule 6
    3 < end
`,
	`
# a gap at the beginning
< GAP 3
    0 < gap 3
> GAP 5
    0 > gap 5
> junk GET / HTTP/1.1\r\nHost: a\r\n\r\n
    0 > raw "junk "
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
< body HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    0 < lost "body "
    -1 < head "HTTP/1.1 200 OK" content-length rule 6
    -1 < end
`,
	`
# a gap in a tunnel
> CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n
    1 > head "CONNECT a:1 HTTP/1.1" none rule 7
    1 > end
> GAP 4
    0 > gap 4
< HTTP/1.1 200 OK\r\n\r\nabc
    1 < head "HTTP/1.1 200 OK" tunnel rule 2
    1 < end
    0 < switch to tunnel
    0 < raw "abc"
< GAP 3
    0 < gap 3
< def
    0 < raw "def"
> xyz
    0 > raw "xyz"
`,
	`
# the capture begins inside a body
MIDSTREAM
< ...rest of a body</html>HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok
    0 < raw "...rest of a body</html>"
    1 < head "HTTP/1.1 200 OK" content-length rule 6
    1 < body "ok"
    1 < end
> form=value&GET /b HTTP/1.1\r\nHost: a\r\n\r\n
    0 > raw "form=value&"
    2 > head "GET /b HTTP/1.1" none rule 7
    2 > end
< HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n
    2 < head "HTTP/1.1 404 Not Found" content-length rule 6
    2 < end
`,
	`
# ends: between messages, in a request's body, in a tunnel
> POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab
    1 > head "POST / HTTP/1.1" content-length rule 6
    1 > body "ab"
> RESET
    1 > error body-short at 49, 0 bytes
    1 > end incomplete
> FIN
< HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n
    1 < head "HTTP/1.1 400 Bad Request" content-length rule 6
    1 < end
< FIN
`,
	`
# a response lost, acknowledged before the next request: the next response answers the next request
> GET /1 HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET /1 HTTP/1.1" none rule 7
    1 > end
< GAP 72
    0 < gap 72
> GET /2 HTTP/1.1\r\nHost: a\r\n\r\n
    2 > head "GET /2 HTTP/1.1" none rule 7
    1 < note response-not-captured at 72, 0 bytes
    2 > end
< HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    2 < head "HTTP/1.1 200 OK" content-length rule 6
    2 < end
`,
	`
# a response and the next request lost: the response that comes is to the lost request
> GET /1 HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET /1 HTTP/1.1" none rule 7
    1 > end
< GAP 72
    0 < gap 72
> GAP 40
    0 > gap 40
< HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    1 < note response-not-captured at 72, 0 bytes
    2 < head "HTTP/1.1 200 OK" content-length rule 6
    2 < end
> GET /3 HTTP/1.1\r\nHost: a\r\n\r\n
    3 > head "GET /3 HTTP/1.1" none rule 7
    3 > end
< HTTP/1.1 203 OK\r\nContent-Length: 0\r\n\r\n
    3 < head "HTTP/1.1 203 OK" content-length rule 6
    3 < end
`,
	`
# the same, and the request's loss is found first
> GET /1 HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET /1 HTTP/1.1" none rule 7
    1 > end
> GAP 40
    0 > gap 40
< GAP 72
    0 < gap 72
< HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    1 < note response-not-captured at 72, 0 bytes
    2 < head "HTTP/1.1 200 OK" content-length rule 6
    2 < end
> GET /3 HTTP/1.1\r\nHost: a\r\n\r\n
    3 > head "GET /3 HTTP/1.1" none rule 7
    3 > end
< HTTP/1.1 203 OK\r\nContent-Length: 0\r\n\r\n
    3 < head "HTTP/1.1 203 OK" content-length rule 6
    3 < end
`,
	`
# a request lost: its response has none, the next is paired
> GAP 40
    0 > gap 40
< HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    1 < head "HTTP/1.1 200 OK" content-length rule 6
    1 < end
> GET /2 HTTP/1.1\r\nHost: a\r\n\r\n
    2 > head "GET /2 HTTP/1.1" none rule 7
    2 > end
< HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    2 < head "HTTP/1.1 200 OK" content-length rule 6
    2 < end
> GAP 40
    0 > gap 40
< HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    3 < head "HTTP/1.1 200 OK" content-length rule 6
    3 < end
> GET /4 HTTP/1.1\r\nHost: a\r\n\r\n
    4 > head "GET /4 HTTP/1.1" none rule 7
    4 > end
< HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    4 < head "HTTP/1.1 200 OK" content-length rule 6
    4 < end
`,
	`
# bytes lost before a request, one response: it answers the request, as the client goes on
> GET /1 HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET /1 HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    1 < head "HTTP/1.1 200 OK" content-length rule 6
    1 < end
> GAP 40
    0 > gap 40
> GET /2 HTTP/1.1\r\nHost: a\r\n\r\n
    2 > head "GET /2 HTTP/1.1" none rule 7
    2 > end
< HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 202 OK\r\nContent-Length: 0\r\n\r\n
    -1 < head "HTTP/1.1 100 Continue" none rule 1
    -1 < end
    -1 < head "HTTP/1.1 202 OK" content-length rule 6
    -1 < end
> GET /3 HTTP/1.1\r\nHost: a\r\n\r\n
    3 > head "GET /3 HTTP/1.1" none rule 7
    2 < answered by -1 pairing-uncertain
    3 > end
< HTTP/1.1 203 OK\r\nContent-Length: 0\r\n\r\n
    3 < head "HTTP/1.1 203 OK" content-length rule 6
    3 < end
`,
	`
# bytes lost before a request, two responses: the first answers what was lost
> GET /1 HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET /1 HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    1 < head "HTTP/1.1 200 OK" content-length rule 6
    1 < end
> GAP 40
    0 > gap 40
> GET /3 HTTP/1.1\r\nHost: a\r\n\r\n
    2 > head "GET /3 HTTP/1.1" none rule 7
    2 > end
< HTTP/1.1 202 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 203 OK\r\nContent-Length: 0\r\n\r\n
    -1 < head "HTTP/1.1 202 OK" content-length rule 6
    -1 < end
    -2 < head "HTTP/1.1 203 OK" content-length rule 6
    -2 < end
< FIN
    3 < answered by -1
    2 < answered by -2 pairing-uncertain
`,
	`
# three requests at once, the first response lost
> GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\nGET /3 HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET /1 HTTP/1.1" none rule 7
    1 > end
    2 > head "GET /2 HTTP/1.1" none rule 7
    2 > note pipelined at 28, 0 bytes
    2 > end
    3 > head "GET /3 HTTP/1.1" none rule 7
    3 > note pipelined at 56, 0 bytes
    3 > end
< GAP 38
    0 < gap 38
< HTTP/1.1 202 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 203 OK\r\nContent-Length: 0\r\n\r\n
    1 < note response-not-captured at 38, 0 bytes
    -1 < head "HTTP/1.1 202 OK" content-length rule 6
    -1 < end
    -2 < head "HTTP/1.1 203 OK" content-length rule 6
    -2 < end
> GET /4 HTTP/1.1\r\nHost: a\r\n\r\n
    4 > head "GET /4 HTTP/1.1" none rule 7
    2 < answered by -1 pairing-uncertain
    3 < answered by -2 pairing-uncertain
    4 > end
< HTTP/1.1 204 OK\r\n\r\n
    4 < head "HTTP/1.1 204 OK" none rule 1
    4 < end
`,
	`
# two requests at once, the first response lost: only the second can be meant
> GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET /1 HTTP/1.1" none rule 7
    1 > end
    2 > head "GET /2 HTTP/1.1" none rule 7
    2 > note pipelined at 28, 0 bytes
    2 > end
< GAP 38
    0 < gap 38
< HTTP/1.1 202 OK\r\nContent-Length: 0\r\n\r\n
    1 < note response-not-captured at 38, 0 bytes
    2 < head "HTTP/1.1 202 OK" content-length rule 6
    2 < end
`,
	`
# three requests at once, two responses lost, and the server closes: nobody knows
> GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\nGET /3 HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET /1 HTTP/1.1" none rule 7
    1 > end
    2 > head "GET /2 HTTP/1.1" none rule 7
    2 > note pipelined at 28, 0 bytes
    2 > end
    3 > head "GET /3 HTTP/1.1" none rule 7
    3 > note pipelined at 56, 0 bytes
    3 > end
< GAP 76
    0 < gap 76
< HTTP/1.1 203 OK\r\nContent-Length: 0\r\n\r\n
    1 < note response-not-captured at 76, 0 bytes
    -1 < head "HTTP/1.1 203 OK" content-length rule 6
    -1 < end
< FIN
    4 < answered by -1
    2 < warning pairing-uncertain at 114, 0 bytes
    3 < warning pairing-uncertain at 114, 0 bytes
`,
	`
# a method that is not known, at a segment's beginning after a gap
> GET /a HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET /a HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    1 < head "HTTP/1.1 200 OK" content-length rule 6
    1 < end
> GAP 40
    0 > gap 40
> RPC_OUT_DATA /rpc HTTP/1.1\r\nHost: a\r\n\r\n
    2 > head "RPC_OUT_DATA /rpc HTTP/1.1" none rule 7
    2 > note method-unknown at 68, 12 bytes
    2 > end
< HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    -1 < head "HTTP/1.1 200 OK" content-length rule 6
    -1 < end
< FIN
    2 < answered by -1 pairing-uncertain
`,
}
