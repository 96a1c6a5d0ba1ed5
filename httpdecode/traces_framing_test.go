package httpdecode

var framingTraces = []trace{
	`
# rule 1: a response to HEAD has no body, whatever it says
> HEAD / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "HEAD / HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n
    1 < head "HTTP/1.1 200 OK" none rule 1
    1 < end
`,
	`
# rule 1: 304 has no body
> GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
    2 > head "GET / HTTP/1.1" none rule 7
    2 > note pipelined at 27, 0 bytes
    2 > end
< HTTP/1.1 304 Not Modified\r\nContent-Length: 999\r\n\r\nHTTP/1.1 304 Not Modified\r\nTransfer-Encoding: chunked\r\n\r\n
    1 < head "HTTP/1.1 304 Not Modified" none rule 1
    1 < end
    2 < head "HTTP/1.1 304 Not Modified" none rule 1
    2 < end
`,
	`
# rule 1: 204 must not have Content-Length, and its body is no body
> GET / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 204 No Content\r\nContent-Length: 2\r\n\r\nok
    1 < head "HTTP/1.1 204 No Content" none rule 1
    1 < warning content-length-forbidden at 25, 19 bytes
    1 < end
    0 < error body-forbidden at 46, 1 bytes
    0 < lost "ok"
> GET / HTTP/1.1\r\nHost: a\r\n\r\n
    2 > head "GET / HTTP/1.1" none rule 7
    2 > end
< HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    2 < head "HTTP/1.1 204 No Content" none rule 1
    2 < warning te-forbidden at 73, 28 bytes
    2 < end
    0 < error body-forbidden at 103, 1 bytes
    0 < lost "2\r\nok\r\n0\r\n\r\n"
    3 < head "HTTP/1.1 200 OK" content-length rule 6
    3 < warning response-unsolicited at 115, 15 bytes
    3 < end
`,
	`
# rule 1: interim responses, then the final one
> POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n
    1 > head "POST / HTTP/1.1" content-length rule 6
< HTTP/1.1 100 Continue\r\n\r\n
    1 < head "HTTP/1.1 100 Continue" none rule 1
    1 < end
> ok
    1 > body "ok"
    1 > end
< HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nno
    1 < head "HTTP/1.1 103 Early Hints" none rule 1
    1 < end
    1 < head "HTTP/1.1 200 OK" content-length rule 6
    1 < body "no"
    1 < end
`,
	`
# an interim response to HTTP/1.0
> GET / HTTP/1.0\r\n\r\n
    1 > head "GET / HTTP/1.0" none rule 7
    1 > end
< HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n\r\nbody
    1 < head "HTTP/1.1 100 Continue" none rule 1
    1 < warning interim-to-http-1.0 at 0, 21 bytes
    1 < end
    1 < head "HTTP/1.1 200 OK" until-close rule 8
    1 < body "body"
< FIN
    1 < end
`,
	`
# rule 1: 101 switches the protocol
> GET /chat HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n
    1 > head "GET /chat HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n\x81\x02hi
    1 < head "HTTP/1.1 101 Switching Protocols" tunnel rule 1
    1 < end
    0 < switch to websocket
    0 < raw "\x81\x02hi"
> \x81\x82abcdGET / HTTP/1.1\r\nHost: a\r\n\r\n
    0 > raw "\x81\x82abcdGET / HTTP/1.1\r\nHost: a\r\n\r\n"
> FIN
< FIN
`,
	`
# rule 2: 2xx to CONNECT makes a tunnel, whatever it says
> CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n
    1 > head "CONNECT a:443 HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 200 Connection Established\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n\x16\x03\x01
    1 < head "HTTP/1.1 200 Connection Established" tunnel rule 2
    1 < warning content-length-forbidden at 37, 19 bytes
    1 < warning te-forbidden at 56, 28 bytes
    1 < error te-and-content-length at 56, 28 bytes
    1 < end
    0 < switch to tunnel
    0 < raw "\x16\x03\x01"
> \x16\x03\x01\x00
    0 > raw "\x16\x03\x01\x00"
`,
	`
# rule 2: 204 to CONNECT makes a tunnel, too
> CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\nearly
    1 > head "CONNECT a:443 HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 204 No Content\r\n\r\nlate
    1 < head "HTTP/1.1 204 No Content" tunnel rule 2
    1 < end
    0 < switch to tunnel
    0 > raw "early"
    0 < raw "late"
`,
	`
# CONNECT refused: HTTP goes on
> CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n
    1 > head "CONNECT a:443 HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 3\r\n\r\nno!
    1 < head "HTTP/1.1 407 Proxy Authentication Required" content-length rule 6
    1 < body "no!"
    1 < end
> CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\nProxy-Authorization: Basic eDp5\r\n\r\n
    2 > head "CONNECT a:443 HTTP/1.1" none rule 7
    2 > end
< HTTP/1.1 200 OK\r\n\r\n
    2 < head "HTTP/1.1 200 OK" tunnel rule 2
    2 < end
    0 < switch to tunnel
> \x16\x03\x01
    0 > raw "\x16\x03\x01"
`,
	`
# rule 3: chunked and Content-Length: chunked wins, finding
> POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n
    1 > head "POST / HTTP/1.1" chunked rule 3
    1 > error te-and-content-length at 45, 28 bytes
    1 > chunk 2
    1 > body "ok"
    1 > chunk 0
    1 > end
`,
	`
# rule 4: chunked request and response
> POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, Chunked\r\n\r\n5\r\nhello\r\nA\r\n0123456789\r\n0\r\n\r\n
    1 > head "POST / HTTP/1.1" chunked rule 4
    1 > chunk 5
    1 > body "hello"
    1 > chunk 10
    1 > body "0123456789"
    1 > chunk 0
    1 > end
< HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n
    1 < head "HTTP/1.1 200 OK" chunked rule 4
    1 < chunk 0
    1 < end
`,
	`
# rule 4: chunked is not the last coding
> POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, gzip\r\n\r\n
    1 > head "POST / HTTP/1.1" none rule 4
    1 > error chunked-not-final at 26, 34 bytes
    1 > end
< HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked, identity\r\n\r\n2\r\nok\r\n0\r\n\r\n
    1 < head "HTTP/1.1 200 OK" until-close rule 4
    1 < error chunked-not-final at 17, 38 bytes
    1 < body "2\r\nok\r\n0\r\n\r\n"
< FIN
    1 < end
`,
	`
# rule 4: an unknown coding; a request takes Content-Length then
> POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\nContent-Length: 2\r\n\r\nok
    1 > head "POST / HTTP/1.1" content-length rule 3
    1 > error transfer-coding-unknown at 26, 25 bytes
    1 > error te-and-content-length at 26, 25 bytes
    1 > body "ok"
    1 > end
< HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\nzip
    1 < head "HTTP/1.1 200 OK" until-close rule 4
    1 < error transfer-coding-unknown at 17, 25 bytes
    1 < body "zip"
< FIN
    1 < end
`,
	`
# rule 4: chunked twice, and with a parameter
> POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n
    1 > head "POST / HTTP/1.1" chunked rule 4
    1 > error chunked-repeated at 26, 28 bytes
    1 > chunk 0
    1 > end
> POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked;a=b\r\n\r\n0\r\n\r\n
    2 > head "POST / HTTP/1.1" chunked rule 4
    2 > warning transfer-coding-parameter at 115, 32 bytes
    2 > note pipelined at 89, 0 bytes
    2 > chunk 0
    2 > end
`,
	`
# Transfer-Encoding: identity says nothing
> POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: identity\r\nContent-Length: 2\r\n\r\nok
    1 > head "POST / HTTP/1.1" content-length rule 6
    1 > warning transfer-coding-identity at 26, 29 bytes
    1 > body "ok"
    1 > end
`,
	`
# Transfer-Encoding in HTTP/1.0
> GET / HTTP/1.0\r\n\r\n
    1 > head "GET / HTTP/1.0" none rule 7
    1 > end
< HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n
    1 < head "HTTP/1.0 200 OK" chunked rule 4
    1 < error te-in-http-1.0 at 17, 28 bytes
    1 < chunk 2
    1 < body "ok"
    1 < chunk 0
    1 < end
`,
	`
# rule 5: lengths that differ
> GET / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabc
    1 < head "HTTP/1.1 200 OK" content-length rule 5
    1 < error content-length-conflict at 17, 19 bytes
    1 < body "abc"
    1 < end
`,
	`
# rule 5: a length that is no number
> POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +2\r\n\r\n
    1 > head "POST / HTTP/1.1" none rule 5
    1 > error content-length-invalid at 26, 20 bytes
    1 > end
< HTTP/1.1 200 OK\r\nContent-Length: 2x, 2\r\n\r\nok
    1 < head "HTTP/1.1 200 OK" content-length rule 5
    1 < error content-length-invalid at 17, 23 bytes
    1 < body "ok"
    1 < end
> GET / HTTP/1.1\r\nHost: a\r\n\r\n
    2 > head "GET / HTTP/1.1" none rule 7
    2 > end
< HTTP/1.1 200 OK\r\nContent-Length: \r\n\r\nrest
    2 < head "HTTP/1.1 200 OK" until-close rule 5
    2 < error content-length-invalid at 61, 18 bytes
    2 < body "rest"
< FIN
    2 < end
`,
	`
# rule 6: the same length several times
> POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2, 2\r\nContent-Length: 2\r\n\r\nok
    1 > head "POST / HTTP/1.1" content-length rule 6
    1 > warning content-length-repeated at 26, 22 bytes
    1 > body "ok"
    1 > end
`,
	`
# rule 6: a body that is shorter than announced
> GET / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n0123456789
    1 < head "HTTP/1.1 200 OK" content-length rule 6
    1 < body "0123456789"
< FIN
    1 < error body-short at 50, 0 bytes
    1 < end incomplete
`,
	`
# rule 6: a body that is longer than announced, then the next response
> GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
    2 > head "GET / HTTP/1.1" none rule 7
    2 > note pipelined at 27, 0 bytes
    2 > end
< HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabcDEF
    1 < head "HTTP/1.1 200 OK" content-length rule 6
    1 < body "abc"
    1 < end
< HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok
    0 < error bytes-after-message at 41, 1 bytes
    0 < lost "DEF"
    2 < head "HTTP/1.1 200 OK" content-length rule 6
    2 < body "ok"
    2 < end
`,
	`
# rule 7: a request without either has no body
> POST / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "POST / HTTP/1.1" none rule 7
    1 > end
    2 > head "GET / HTTP/1.1" none rule 7
    2 > note pipelined at 28, 0 bytes
    2 > end
`,
	`
# rule 8: a response without either goes on until the close
> GET / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK
    1 < head "HTTP/1.1 200 OK" until-close rule 8
    1 < body "HTTP/1.1 200 OK"
< \r\n\r\n
    1 < body "\r\n\r\n"
< FIN
    1 < end
`,
	`
# rule 8: the close was a reset
> GET / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 200 OK\r\n\r\nhalf
    1 < head "HTTP/1.1 200 OK" until-close rule 8
    1 < body "half"
< RESET
    1 < warning body-ended-by-reset at 23, 0 bytes
    1 < end incomplete
`,
	`
# rule 8: the capture ends first
> GET / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 200 OK\r\n\r\nhalf
    1 < head "HTTP/1.1 200 OK" until-close rule 8
    1 < body "half"
< UNKNOWN
    1 < end incomplete
`,
}
