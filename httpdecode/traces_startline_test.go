package httpdecode

var startLineTraces = []trace{
	`
# a request and its response
> GET / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok
    1 < head "HTTP/1.1 200 OK" content-length rule 6
    1 < body "ok"
    1 < end
`,
	`
# an empty line before a message is skipped
> \r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n
    0 > note empty-line-before-message at 0, 2 bytes
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 204 No Content\r\n\r\n
    1 < head "HTTP/1.1 204 No Content" none rule 1
    1 < end
> \n\rGET / HTTP/1.1\r\nHost: a\r\n\r\n
    0 > note empty-line-before-message at 29, 1 bytes
    0 > note empty-line-before-message at 30, 1 bytes
    2 > head "GET / HTTP/1.1" none rule 7
    2 > end
< \r\nHTTP/1.1 204 No Content\r\n\r\n
    0 < note empty-line-before-message at 27, 2 bytes
    2 < head "HTTP/1.1 204 No Content" none rule 1
    2 < end
`,
	`
# LF alone ends a line
> GET / HTTP/1.1\nHost: a\n\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > warning bare-lf at 0, 15 bytes
    1 > warning bare-lf at 15, 8 bytes
    1 > warning bare-lf at 23, 1 bytes
    1 > end
< HTTP/1.1 200 OK\r\nContent-Length: 0\n\r\n
    1 < head "HTTP/1.1 200 OK" content-length rule 6
    1 < warning bare-lf at 17, 18 bytes
    1 < end
`,
	`
# CR alone ends no line
> GET / HTTP/1.1\r\nHost: a\rb\r\nX: y\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > error bare-cr at 23, 1 bytes
    1 > end
< HTTP/1.1 200 O\rK\r\nContent-Length: 0\r\n\r\n
    1 < head "HTTP/1.1 200 O\rK" content-length rule 6
    1 < error bare-cr at 0, 16 bytes
    1 < end
`,
	`
# white space in the start line
> GET  /a\tHTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET  /a\tHTTP/1.1" none rule 7
    1 > warning start-line-whitespace at 0, 16 bytes
    1 > end
< HTTP/1.1  200 OK\r\nContent-Length: 0\r\n\r\n
    1 < head "HTTP/1.1  200 OK" content-length rule 6
    1 < warning start-line-whitespace at 0, 13 bytes
    1 < end
`,
	`
# a tab after the status
< HTTP/1.1 200\tOK\r\nContent-Length: 0\r\n\r\n
    1 < head "HTTP/1.1 200\tOK" content-length rule 6
    1 < warning start-line-whitespace at 12, 1 bytes
    1 < end
`,
	`
# a reason phrase is free text
> GET / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 200  all  is\twell \r\nContent-Length: 0\r\n\r\n
    1 < head "HTTP/1.1 200  all  is\twell " content-length rule 6
    1 < end
`,
	`
# methods: unknown, in lower case, no token, left over from the body before
> FETCH / HTTP/1.1\r\nHost: a\r\n\r\nget / HTTP/1.1\r\nHost: a\r\n\r\nG\xe9T / HTTP/1.1\r\nHost: a\r\n\r\nDEFGET / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "FETCH / HTTP/1.1" none rule 7
    1 > note method-unknown at 0, 5 bytes
    1 > end
    2 > head "get / HTTP/1.1" none rule 7
    2 > warning method-case at 29, 3 bytes
    2 > note pipelined at 29, 0 bytes
    2 > end
    3 > head "G\xe9T / HTTP/1.1" none rule 7
    3 > error method-invalid at 56, 3 bytes
    3 > note pipelined at 56, 0 bytes
    3 > end
    4 > head "DEFGET / HTTP/1.1" none rule 7
    4 > note method-unknown at 83, 6 bytes
    4 > note pipelined at 83, 0 bytes
    4 > end
`,
	`
# targets: none, no slash, space, odd byte, fragment, wrong form
> GET HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET HTTP/1.1" none rule 7
    1 > error target-missing at 0, 4 bytes
    1 > end
> POST login.php HTTP/1.1\r\nHost: a\r\n\r\n
    2 > head "POST login.php HTTP/1.1" none rule 7
    2 > error target-no-slash at 30, 9 bytes
    2 > note pipelined at 25, 0 bytes
    2 > end
> GET /a b HTTP/1.1\r\nHost: a\r\n\r\n
    3 > head "GET /a b HTTP/1.1" none rule 7
    3 > error target-space at 67, 1 bytes
    3 > note pipelined at 61, 0 bytes
    3 > end
> GET /a{b}#c HTTP/1.1\r\nHost: a\r\n\r\n
    4 > head "GET /a{b}#c HTTP/1.1" none rule 7
    4 > warning target-bytes at 97, 1 bytes
    4 > warning target-fragment at 100, 2 bytes
    4 > note pipelined at 91, 0 bytes
    4 > end
> GET * HTTP/1.1\r\nHost: a\r\n\r\n
    5 > head "GET * HTTP/1.1" none rule 7
    5 > warning target-form at 128, 1 bytes
    5 > note pipelined at 124, 0 bytes
    5 > end
> CONNECT /a HTTP/1.1\r\nHost: a\r\n\r\n
    6 > head "CONNECT /a HTTP/1.1" none rule 7
    6 > warning target-form at 159, 2 bytes
    6 > note pipelined at 151, 0 bytes
    6 > end
`,
	`
# targets: percent signs, one of them encodes a byte
> GET /%41%4 HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET /%41%4 HTTP/1.1" none rule 7
    1 > warning target-percent at 8, 1 bytes
    1 > end
`,
	`
# targets: the four forms
> GET /a?b HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET /a?b HTTP/1.1" none rule 7
    1 > end
> GET http://a:80/b HTTP/1.1\r\nHost: a:80\r\n\r\n
    2 > head "GET http://a:80/b HTTP/1.1" none rule 7
    2 > note pipelined at 30, 0 bytes
    2 > end
> OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n
    3 > head "OPTIONS * HTTP/1.1" none rule 7
    3 > note pipelined at 72, 0 bytes
    3 > end
> CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n
    4 > head "CONNECT a:443 HTTP/1.1" none rule 7
    4 > note pipelined at 103, 0 bytes
    4 > end
`,
	`
# versions: another, no version of HTTP, none
> GET / HTTP/1.2\r\nHost: a\r\n\r\nGET / HTTP/01.1\r\nHost: a\r\n\r\nPOST /a\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.2" none rule 7
    1 > warning version-other at 6, 8 bytes
    1 > end
    2 > head "GET / HTTP/01.1" none rule 7
    2 > error version-invalid at 33, 9 bytes
    2 > note pipelined at 27, 0 bytes
    2 > end
    3 > head "POST /a" none rule 7
    3 > error version-missing at 55, 7 bytes
    3 > note pipelined at 55, 0 bytes
    3 > end
< HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n
    1 < head "HTTP/2.0 200 OK" content-length rule 6
    1 < warning version-other at 0, 8 bytes
    1 < end
`,
	`
# HTTP/0.9: the bare document is the answer
> GET /index.html\r\n
    1 > head "GET /index.html" none rule 7
    1 > note http-0.9-request at 0, 15 bytes
    1 > end
< <html>hello</html>
    1 < body "<html>hello</html>"
< FIN
    1 < end
`,
	`
# a version was forgotten: what follows the line belongs to no message
> GET /index.html\r\nHost: a\r\n\r\n
    1 > head "GET /index.html" none rule 7
    1 > note http-0.9-request at 0, 15 bytes
    1 > end
    0 > error not-a-message at 17, 9 bytes
    0 > lost "Host: a\r\n"
    0 > lost "\r\n"
< <html>
    1 < body "<html>"
< hello</html>
    1 < body "hello</html>"
< FIN
    1 < end
`,
	`
# a server that sends no status line
> GET / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
< hello
    1 < warning no-status-line at 0, 1 bytes
    1 < body "hello"
< FIN
    1 < end
`,
	`
# statuses: no number, too large, unknown, without reason
> GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
    2 > head "GET / HTTP/1.1" none rule 7
    2 > note pipelined at 27, 0 bytes
    2 > end
    3 > head "GET / HTTP/1.1" none rule 7
    3 > note pipelined at 54, 0 bytes
    3 > end
    4 > head "GET / HTTP/1.1" none rule 7
    4 > note pipelined at 81, 0 bytes
    4 > end
< HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n
    1 < head "HTTP/1.1 2000 OK" content-length rule 6
    1 < error status-invalid at 9, 7 bytes
    1 < end
< HTTP/1.1 600 OK\r\nContent-Length: 0\r\n\r\n
    2 < head "HTTP/1.1 600 OK" content-length rule 6
    2 < error status-invalid at 48, 3 bytes
    2 < end
< HTTP/1.1 299 OK\r\nContent-Length: 0\r\n\r\n
    3 < head "HTTP/1.1 299 OK" content-length rule 6
    3 < note status-unknown at 86, 3 bytes
    3 < end
< HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n
    4 < head "HTTP/1.1 200" content-length rule 6
    4 < note reason-space-missing at 115, 12 bytes
    4 < end
`,
	`
# a line that is no request line, then a request
> GET / HTTP/1.1\r\nHost: a\r\n\r\nwhat is this\r\n\x00\x01GET /b HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
    0 > error not-a-message at 27, 14 bytes
    0 > lost "what is this\r\n"
    0 > lost "\x00\x01"
    2 > head "GET /b HTTP/1.1" none rule 7
    2 > note pipelined at 43, 0 bytes
    2 > end
`,
	`
# bytes that begin no method
> GET / HTTP/1.1\r\nHost: a\r\n\r\n{"a":1}GET /b HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
    0 > error not-a-message at 27, 1 bytes
    0 > lost "{\"a\":1}"
    2 > head "GET /b HTTP/1.1" none rule 7
    2 > note pipelined at 34, 0 bytes
    2 > end
`,
	`
# a head that has no end
> GET / HTTP/1.1\r\nHost: a\r\nX: {x*262200}\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 0
    1 > error head-too-long at 0, 262144 bytes
    1 > end incomplete
    0 > lost "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…"
    2 > head "GET /b HTTP/1.1" none rule 7
    2 > note pipelined at 262232, 0 bytes
    2 > end
< HTTP/1.1 431 Request Header Fields Too Large\r\nContent-Length: 0\r\n\r\n
    1 < head "HTTP/1.1 431 Request Header Fields Too Large" content-length rule 6
    1 < end
`,
	`
# the stream breaks off inside a head
> GET / HTTP/1.1\r\nHost: a\r\nAcc
> FIN
    1 > head "GET / HTTP/1.1" none rule 0
    1 > warning head-cut at 0, 28 bytes
    1 > end incomplete
< HTTP/1.1 400 Bad Request\r\nConte
< RESET
    1 < head "HTTP/1.1 400 Bad Request" none rule 0
    1 < warning head-cut at 0, 31 bytes
    1 < end incomplete
`,
	`
# the stream breaks off inside a start line
> GET /ind
> FIN
    1 > head "GET /ind" none rule 0
    1 > warning head-cut at 0, 8 bytes
    1 > end incomplete
< HTTP/1.1 40
< FIN
    1 < head "HTTP/1.1 40" none rule 0
    1 < warning head-cut at 0, 11 bytes
    1 < end incomplete
`,
	`
# ICY 200 OK
> GET /radio.mp3 HTTP/1.0\r\nHost: a\r\nIcy-MetaData: 1\r\n\r\n
    1 > head "GET /radio.mp3 HTTP/1.0" none rule 7
    1 > end
< ICY 200 OK\r\nicy-name: Radio\r\nContent-Type: audio/mpeg\r\n\r\nmusic
    1 < head "ICY 200 OK" until-close rule 8
    1 < warning status-line-foreign at 0, 3 bytes
    1 < body "music"
< FIN
    1 < end
`,
}
