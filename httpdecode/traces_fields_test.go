package httpdecode

var fieldTraces = []trace{
	`
# white space after the start line is no field
> GET / HTTP/1.1\r\n Host: a\r\nHost: b\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > error first-field-folded at 16, 8 bytes
    1 > end
`,
	`
# a folded field
> GET / HTTP/1.1\r\nHost: a\r\nX: one\r\n\ttwo\r\n   three \r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > warning obs-fold at 33, 4 bytes
    1 > warning obs-fold at 39, 9 bytes
    1 > end
`,
	`
# a line without colon, without name, with a name that is no token
> GET / HTTP/1.1\r\nHost: a\r\nno colon here\r\n: value\r\nX@Y: z\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > error field-no-colon at 25, 13 bytes
    1 > error field-name-empty at 40, 7 bytes
    1 > error field-name-invalid at 49, 3 bytes
    1 > end
`,
	`
# white space before the colon
> POST / HTTP/1.1\r\nHost: a\r\nContent-Length : 2\r\n\r\nok
    1 > head "POST / HTTP/1.1" content-length rule 6
    1 > error field-space-before-colon at 40, 1 bytes
    1 > body "ok"
    1 > end
`,
	`
# a control byte in a value
> GET / HTTP/1.1\r\nHost: a\r\nX: a\x00b\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > error field-value-control at 29, 1 bytes
    1 > end
`,
	`
# the slides' fault: Connection: close and the next field in one line
> GET / HTTP/1.0\r\n\r\n
    1 > head "GET / HTTP/1.0" none rule 7
    1 > end
< HTTP/1.0 200 OK\r\nConnection: closeContent-Type:text/html; charset=utf-8\r\n\r\n<html>
    1 < head "HTTP/1.0 200 OK" until-close rule 8
    1 < warning field-swallowed at 34, 13 bytes
    1 < body "<html>"
< FIN
    1 < end
`,
	`
# values that only look as if they had swallowed a field
> GET / HTTP/1.1\r\nHost: a\r\nX: "Content-Type: a", x;Connection: b, X-Content-Type: c\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
`,
	`
# Host: missing, twice, with odd bytes, not the target's
> GET / HTTP/1.1\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > warning host-missing at 0, 14 bytes
    1 > end
> GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n
    2 > head "GET / HTTP/1.1" none rule 7
    2 > error host-repeated at 43, 9 bytes
    2 > note pipelined at 18, 0 bytes
    2 > end
> GET / HTTP/1.1\r\nHost: a/b\r\n\r\n
    3 > head "GET / HTTP/1.1" none rule 7
    3 > warning host-invalid at 70, 11 bytes
    3 > note pipelined at 54, 0 bytes
    3 > end
> GET http://a/ HTTP/1.1\r\nHost: b\r\n\r\n
    4 > head "GET http://a/ HTTP/1.1" none rule 7
    4 > warning host-differs at 107, 9 bytes
    4 > note pipelined at 83, 0 bytes
    4 > end
`,
	`
# Host may be missing in HTTP/1.0
> GET / HTTP/1.0\r\n\r\n
    1 > head "GET / HTTP/1.0" none rule 7
    1 > end
`,
	`
# Connection names a field that is for the other end
> GET / HTTP/1.1\r\nHost: a\r\nConnection: close, Content-Length\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > warning connection-option-forbidden at 25, 35 bytes
    1 > end
`,
	`
# fields that are not in use
> GET / HTTP/1.1\r\nHost: a\r\nProxy-Connection: keep-alive\r\nExpect: the best\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > note proxy-connection at 25, 30 bytes
    1 > warning expect-unknown at 55, 18 bytes
    1 > end
`,
	`
# findings of one message are bounded
> GET / HTTP/1.1\nHost: a\nA:b\nA:b\nA:b\nA:b\nA:b\nA:b\nA:b\nA:b\nA:b\nA:b\nA:b\nA:b\nA:b\nA:b\nA:b\nA:b\nA:b\nA:b\nA:b\nA:b\nA:b\nA:b\nA:b\nA:b\nA:b\nA:b\nA:b\nA:b\nA:b\nA:b\nA:b\nA:b\nA:b\nA:b\n\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > warning bare-lf at 0, 15 bytes
    1 > warning bare-lf at 15, 8 bytes
    1 > warning bare-lf at 23, 4 bytes
    1 > warning bare-lf at 27, 4 bytes
    1 > warning bare-lf at 31, 4 bytes
    1 > warning bare-lf at 35, 4 bytes
    1 > warning bare-lf at 39, 4 bytes
    1 > warning bare-lf at 43, 4 bytes
    1 > warning bare-lf at 47, 4 bytes
    1 > warning bare-lf at 51, 4 bytes
    1 > warning bare-lf at 55, 4 bytes
    1 > warning bare-lf at 59, 4 bytes
    1 > warning bare-lf at 63, 4 bytes
    1 > warning bare-lf at 67, 4 bytes
    1 > warning bare-lf at 71, 4 bytes
    1 > warning bare-lf at 75, 4 bytes
    1 > warning bare-lf at 79, 4 bytes
    1 > warning bare-lf at 83, 4 bytes
    1 > warning bare-lf at 87, 4 bytes
    1 > warning bare-lf at 91, 4 bytes
    1 > warning bare-lf at 95, 4 bytes
    1 > warning bare-lf at 99, 4 bytes
    1 > warning bare-lf at 103, 4 bytes
    1 > warning bare-lf at 107, 4 bytes
    1 > warning bare-lf at 111, 4 bytes
    1 > warning bare-lf at 115, 4 bytes
    1 > warning bare-lf at 119, 4 bytes
    1 > warning bare-lf at 123, 4 bytes
    1 > warning bare-lf at 127, 4 bytes
    1 > warning bare-lf at 131, 4 bytes
    1 > warning bare-lf at 135, 4 bytes
    1 > warning bare-lf at 139, 4 bytes
    1 > end
`,
}
