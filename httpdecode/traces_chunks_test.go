package httpdecode

var chunkTraces = []trace{
	`
# chunk extensions and trailers
> GET / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum, Other\r\n\r\n5;a=b;c="d;e"\r\nhello\r\n0;last\r\nX-Sum: 1\r\n\r\n
    1 < head "HTTP/1.1 200 OK" chunked rule 4
    1 < note chunk-extension at 70, 15 bytes
    1 < chunk 5;a=b;c="d;e"
    1 < body "hello"
    1 < note chunk-extension at 92, 8 bytes
    1 < chunk 0;last
    1 < trailer X-Sum: 1
    1 < end
`,
	`
# a chunk extension that is none
> GET / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2;=\r\nok\r\n0\r\n\r\n
    1 < head "HTTP/1.1 200 OK" chunked rule 4
    1 < warning chunk-extension-invalid at 47, 5 bytes
    1 < chunk 2;=
    1 < body "ok"
    1 < chunk 0
    1 < end
`,
	`
# a chunk size that is no number: the rest is lost, the next response is not
> GET / HTTP/1.1\r\nHost: a\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
    2 > head "GET / HTTP/1.1" none rule 7
    2 > note pipelined at 27, 0 bytes
    2 > end
< HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok
    1 < head "HTTP/1.1 200 OK" chunked rule 4
    1 < error chunk-size-invalid at 47, 4 bytes
    1 < end incomplete
    0 < lost "zz\r\nabc\r\n0\r\n\r\n"
    2 < head "HTTP/1.1 200 OK" content-length rule 6
    2 < body "ok"
    2 < end
`,
	`
# a chunk size with white space, in capitals, with zeros
> GET / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n 2 \r\nok\r\n000A\r\n0123456789\r\n000\r\n\r\n
    1 < head "HTTP/1.1 200 OK" chunked rule 4
    1 < warning chunk-size-whitespace at 47, 5 bytes
    1 < chunk 2
    1 < body "ok"
    1 < chunk 10
    1 < body "0123456789"
    1 < chunk 0
    1 < end
`,
	`
# a chunk size that is too large
> GET / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10000000000000000\r\nabc
    1 < head "HTTP/1.1 200 OK" chunked rule 4
    1 < error chunk-size-overflow at 47, 19 bytes
    1 < end incomplete
    0 < lost "10000000000000000\r\nabc"
`,
	`
# a chunk header that has no end
> GET / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;{x*16400}\r\nhello\r\n0\r\n\r\n
    1 < head "HTTP/1.1 200 OK" chunked rule 4
    1 < error chunk-line-too-long at 47, 16384 bytes
    1 < end incomplete
    0 < lost "5;xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…"
`,
	`
# CR LF is missing after a chunk: its size was wrong
> POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhello\r\n0\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "POST / HTTP/1.1" chunked rule 4
    1 > chunk 3
    1 > body "hel"
    1 > error chunk-end-missing at 62, 1 bytes
    1 > end incomplete
    0 > lost "lo\r\n0\r\n\r\n"
    2 > head "GET /b HTTP/1.1" none rule 7
    2 > note pipelined at 71, 0 bytes
    2 > end
`,
	`
# LF alone in chunk framing
> POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\nok\n0\nX: y\n\n
    1 > head "POST / HTTP/1.1" chunked rule 4
    1 > warning bare-lf at 56, 2 bytes
    1 > chunk 2
    1 > body "ok"
    1 > warning bare-lf at 60, 1 bytes
    1 > warning bare-lf at 61, 2 bytes
    1 > chunk 0
    1 > warning bare-lf at 63, 5 bytes
    1 > trailer X: y
    1 > note trailer-not-announced at 63, 5 bytes
    1 > warning bare-lf at 68, 1 bytes
    1 > end
`,
	`
# the connection ends before the last chunk
> GET / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n
    1 < head "HTTP/1.1 200 OK" chunked rule 4
    1 < chunk 5
    1 < body "hello"
< FIN
    1 < error chunked-body-cut at 57, 0 bytes
    1 < end incomplete
`,
	`
# the connection ends inside a chunk header, inside a trailer
> GET / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5
    1 < head "HTTP/1.1 200 OK" chunked rule 4
< RESET
    1 < error chunked-body-cut at 48, 0 bytes
    1 < end incomplete
> POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: y
    2 > head "POST / HTTP/1.1" chunked rule 4
    2 > chunk 0
> FIN
    2 > error chunked-body-cut at 90, 0 bytes
    2 > end incomplete
`,
	`
# trailer fields: not announced, forbidden, folded, no field
> GET / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Fold\r\n\r\n0\r\nX: y\r\nContent-Length: 5\r\nX-Fold: one\r\n two\r\nno colon\r\n\r\n
    1 < head "HTTP/1.1 200 OK" chunked rule 4
    1 < chunk 0
    1 < trailer X: y
    1 < note trailer-not-announced at 67, 6 bytes
    1 < trailer Content-Length: 5
    1 < warning trailer-forbidden at 73, 19 bytes
    1 < note trailer-not-announced at 73, 19 bytes
    1 < warning obs-fold at 92, 19 bytes
    1 < trailer X-Fold: one two
    1 < error field-no-colon at 111, 10 bytes
    1 < end
`,
	`
# a trailer field that has no end
> POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: {y*262200}\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "POST / HTTP/1.1" chunked rule 4
    1 > chunk 0
    1 > error head-too-long at 59, 262144 bytes
    1 > end incomplete
    0 > lost "yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy\r\n\r\n"
    2 > head "GET /b HTTP/1.1" none rule 7
    2 > note pipelined at 262266, 0 bytes
    2 > end
`,
	`
# the last chunk is missing: the line that breaks the framing begins the next response
> GET /1 HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET /1 HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n
    1 < head "HTTP/1.1 200 OK" chunked rule 4
    1 < chunk 5
    1 < body "hello"
> GET /2 HTTP/1.1\r\nHost: a\r\n\r\n
    2 > head "GET /2 HTTP/1.1" none rule 7
    2 > end
< HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nafter
    1 < error chunk-size-invalid at 57, 17 bytes
    1 < end incomplete
    2 < head "HTTP/1.1 200 OK" content-length rule 6
    2 < body "after"
    2 < end
`,
	`
# the empty line after the last chunk is missing
> GET /1 HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET /1 HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n
    1 < head "HTTP/1.1 200 OK" chunked rule 4
    1 < chunk 5
    1 < body "hello"
    1 < chunk 0
> GET /2 HTTP/1.1\r\nHost: a\r\n\r\n
    2 > head "GET /2 HTTP/1.1" none rule 7
    2 > end
< HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nafter
    1 < error trailer-end-missing at 60, 17 bytes
    1 < end incomplete
    2 < head "HTTP/1.1 200 OK" content-length rule 6
    2 < body "after"
    2 < end
`,
}
