package httpdecode

var exchangeTraces = []trace{
	`
# pipelining, with HEAD in the middle
> GET /a HTTP/1.1\r\nHost: a\r\n\r\nHEAD /b HTTP/1.1\r\nHost: a\r\n\r\nGET /c HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET /a HTTP/1.1" none rule 7
    1 > end
    2 > head "HEAD /b HTTP/1.1" none rule 7
    2 > note pipelined at 28, 0 bytes
    2 > end
    3 > head "GET /c HTTP/1.1" none rule 7
    3 > note pipelined at 57, 0 bytes
    3 > end
< HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\naHTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nc
    1 < head "HTTP/1.1 200 OK" content-length rule 6
    1 < body "a"
    1 < end
    2 < head "HTTP/1.1 200 OK" none rule 1
    2 < end
    3 < head "HTTP/1.1 200 OK" content-length rule 6
    3 < body "c"
    3 < end
`,
	`
# an early response
> POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\n\r\nab
    1 > head "POST / HTTP/1.1" content-length rule 6
    1 > body "ab"
< HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n
    1 < head "HTTP/1.1 413 Content Too Large" content-length rule 6
    1 < note response-before-request-end at 0, 0 bytes
    1 < end
> cd
    1 > body "cd"
    1 > end
< FIN
`,
	`
# 408 before the request's head is complete
> GET / HTTP/1.1\r\nHost:
< HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n
    1 < head "HTTP/1.1 408 Request Timeout" content-length rule 6
    1 < note response-before-request-end at 0, 0 bytes
    1 < end
< FIN
>  a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
> FIN
`,
	`
# 408 before the request line is complete
> GET /ind
< HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n
    1 < head "HTTP/1.1 408 Request Timeout" content-length rule 6
    1 < note response-before-request-end at 0, 0 bytes
    1 < end
< FIN
> FIN
    1 > head "GET /ind" none rule 0
    1 > warning head-cut at 0, 8 bytes
    1 > end incomplete
`,
	`
# 408 on an idle connection
< HTTP/1.1 408 Request Timeout\r\nContent-Length: 0\r\nConnection: close\r\n\r\n
    1 < head "HTTP/1.1 408 Request Timeout" content-length rule 6
    1 < end
< FIN
`,
	`
# a response that no request asked for
> GET / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    1 < head "HTTP/1.1 200 OK" content-length rule 6
    1 < end
< HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    2 < head "HTTP/1.1 200 OK" content-length rule 6
    2 < warning response-unsolicited at 38, 15 bytes
    2 < end
`,
	`
# messages after one that closes
> GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
    2 > head "GET /b HTTP/1.1" none rule 7
    2 > warning request-after-close at 46, 15 bytes
    2 > note pipelined at 46, 0 bytes
    2 > end
< HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    1 < head "HTTP/1.1 200 OK" content-length rule 6
    1 < end
    2 < head "HTTP/1.1 200 OK" content-length rule 6
    2 < warning data-after-close at 57, 15 bytes
    2 < end
`,
	`
# a request is never answered
> GET / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
< FIN
    1 < warning request-unanswered at 0, 0 bytes
`,
	`
# Upgrade refused: the held bytes are requests
> GET / HTTP/1.1\r\nHost: a\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
> GET /b HTTP/1.1\r\nHost: a\r\n\r\n
    2 > head "GET /b HTTP/1.1" none rule 7
    2 > note pipelined at 62, 0 bytes
    2 > end
< HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    1 < head "HTTP/1.1 200 OK" content-length rule 6
    1 < end
    2 < head "HTTP/1.1 200 OK" content-length rule 6
    2 < end
`,
	`
# Upgrade to h2c accepted: the client's preface came before the answer
> GET / HTTP/1.1\r\nHost: a\r\nUpgrade: h2c, foo\r\nConnection: Upgrade\r\n\r\nPRI * HTTP/2.0\r\n\r\nSM\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 101 Switching Protocols\r\nUpgrade: h2c\r\nConnection: Upgrade\r\n\r\n\x00\x00\x00
    1 < head "HTTP/1.1 101 Switching Protocols" tunnel rule 1
    1 < end
    0 < switch to h2c
    0 > raw "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
    0 < raw "\x00\x00\x00"
`,
	`
# 101 though nobody asked
> GET / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\nraw
    1 < head "HTTP/1.1 101 Switching Protocols" tunnel rule 1
    1 < error switch-not-asked at 0, 32 bytes
    1 < end
    0 < switch to x
    0 < raw "raw"
`,
	`
# 101 in answer to HTTP/1.0
> GET / HTTP/1.0\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n
    1 > head "GET / HTTP/1.0" none rule 7
    1 > end
< HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\nraw
    1 < head "HTTP/1.1 101 Switching Protocols" tunnel rule 1
    1 < warning switch-in-http-1.0 at 0, 32 bytes
    1 < end
    0 < switch to x
    0 < raw "raw"
`,
	`
# CONNECT pipelined after GET: what the client sends then waits
> GET / HTTP/1.1\r\nHost: a\r\n\r\nCONNECT b:1 HTTP/1.1\r\nHost: b:1\r\n\r\nraw
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
    2 > head "CONNECT b:1 HTTP/1.1" none rule 7
    2 > note pipelined at 27, 0 bytes
    2 > end
< HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    1 < head "HTTP/1.1 200 OK" content-length rule 6
    1 < end
< HTTP/1.1 200 OK\r\n\r\nraw
    2 < head "HTTP/1.1 200 OK" tunnel rule 2
    2 < end
    0 < switch to tunnel
    0 > raw "raw"
    0 < raw "raw"
`,
	`
# Expect: a final response, and the body is never sent
> POST /u HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 100\r\n\r\n
    1 > head "POST /u HTTP/1.1" content-length rule 6
< HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n
    1 < head "HTTP/1.1 417 Expectation Failed" content-length rule 6
    1 < note response-before-request-end at 0, 0 bytes
    1 < end
> POST /u HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nok
    1 > note expect-body-unsent at 72, 0 bytes
    1 > end incomplete
    2 > head "POST /u HTTP/1.1" content-length rule 6
    2 > body "ok"
    2 > end
< HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    2 < head "HTTP/1.1 200 OK" content-length rule 6
    2 < end
`,
	`
# Expect: a final response, and the body comes all the same
> POST /u HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n
    1 > head "POST /u HTTP/1.1" content-length rule 6
< HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n
    1 < head "HTTP/1.1 401 Unauthorized" content-length rule 6
    1 < note response-before-request-end at 0, 0 bytes
    1 < end
> PATH
    1 > body "PATH"
    1 > end
> GET /2 HTTP/1.1\r\nHost: a\r\n\r\n
    2 > head "GET /2 HTTP/1.1" none rule 7
    2 > end
< HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    2 < head "HTTP/1.1 200 OK" content-length rule 6
    2 < end
`,
	`
# Expect, chunked: the body is never sent
> PUT /u HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n
    1 > head "PUT /u HTTP/1.1" chunked rule 4
< HTTP/1.1 307 Temporary Redirect\r\nLocation: /v\r\nContent-Length: 0\r\n\r\n
    1 < head "HTTP/1.1 307 Temporary Redirect" content-length rule 6
    1 < note response-before-request-end at 0, 0 bytes
    1 < end
> GET /v HTTP/1.1\r\nHost: a\r\n\r\n
    1 > note expect-body-unsent at 78, 0 bytes
    1 > end incomplete
    2 > head "GET /v HTTP/1.1" none rule 7
    2 > end
< HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    2 < head "HTTP/1.1 200 OK" content-length rule 6
    2 < end
`,
	`
# Expect: the body looks like the beginning of a method, and the stream ends
> POST /u HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n
    1 > head "POST /u HTTP/1.1" content-length rule 6
< HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n
    1 < head "HTTP/1.1 401 Unauthorized" content-length rule 6
    1 < note response-before-request-end at 0, 0 bytes
    1 < end
> PO
> FIN
    1 > body "PO"
    1 > end
`,
}
