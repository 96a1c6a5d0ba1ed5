package httpdecode

var otherTraces = []trace{
	`
# telnet, a character at a time
> G
> E
> T
>  
> /
>  HTTP/1.1\r
> \n
> H
> ost: a\r\n
> \r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    1 < head "HTTP/1.1 200 OK" content-length rule 6
    1 < end
`,
	`
# an echo server
> a\r\n
    0 > raw "a\r\n"
< a\r\n
    0 < raw "a\r\n"
> GET lost\r\n
    0 > raw "GET lost\r\n"
< GET lost\r\n
    0 < raw "GET lost\r\n"
> exit\r\n
    0 > raw "exit\r\n"
< FIN
> FIN
`,
	`
# an echo server that never sees a line end
> hello
< hello
    0 < raw "hello"
> FIN
    0 > raw "hello"
< FIN
`,
	`
# TLS
> \x16\x03\x01\x02\x00\x01\x00GET / HTTP/1.1\r\n\r\n
    0 > raw "\x16\x03\x01\x02\x00\x01\x00GET / HTTP/1.1\r\n\r\n"
< \x16\x03\x03\x00\x7aHTTP/1.1 200 OK\r\n
    0 < raw "\x16\x03\x03\x00zHTTP/1.1 200 OK\r\n"
`,
	`
# the preface of HTTP/2
> PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04
    0 > raw "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\x00\x00\x00\x04"
< \x00\x00\x06\x04\x00
    0 < raw "\x00\x00\x06\x04\x00"
`,
	`
# SSH
< SSH-2.0-OpenSSH_9.6\r\n
    0 < raw "SSH-2.0-OpenSSH_9.6\r\n"
> SSH-2.0-PuTTY\r\n
    0 > raw "SSH-2.0-PuTTY\r\n"
`,
	`
# SMTP
< 220 mail ESMTP\r\n
    0 < raw "220 mail ESMTP\r\n"
> EHLO a\r\n
    0 > raw "EHLO a\r\n"
< 250 ok\r\n
    0 < raw "250 ok\r\n"
> MAIL FROM:<a@b>\r\nDATA\r\nSubject: GET / HTTP/1.1 is a request line\r\n.\r\nQUIT\r\n
    0 > raw "MAIL FROM:<a@b>\r\nDATA\r\nSubject: GET / HTTP/1.1 is a request line\r\n.\r\nQUIT\r\n"
< 221 bye\r\n
    0 < raw "221 bye\r\n"
`,
	`
# FTP and other words
> LIST /a\r\nUSER me\r\n
    0 > raw "LIST /a\r\nUSER me\r\n"
< 230 ok\r\n
    0 < raw "230 ok\r\n"
`,
	`
# SIP is another protocol, though it looks much like HTTP
> OPTIONS sip:a@b SIP/2.0\r\nVia: x\r\n\r\n
    0 > raw "OPTIONS sip:a@b SIP/2.0\r\nVia: x\r\n\r\n"
< SIP/2.0 200 OK\r\n\r\n
    0 < raw "SIP/2.0 200 OK\r\n\r\n"
`,
	`
# SOCKS, then HTTP
> \x05\x01\x00
    0 > raw "\x05\x01\x00"
< \x05\x00
    0 < raw "\x05\x00"
> \x05\x01\x00\x01\x7f\x00\x00\x01\x00PGET / HTTP/1.1\r\nHost: a\r\n\r\n
    0 > raw "\x05\x01\x00\x01\x7f\x00\x00\x01\x00P"
    0 > note http-after-other at 13, 1 bytes
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
< \x05\x00\x00\x01\x7f\x00\x00\x01\x00PHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    0 < raw "\x05\x00\x00\x01\x7f\x00\x00\x01\x00P"
    0 < note http-after-other at 12, 1 bytes
    1 < head "HTTP/1.1 200 OK" content-length rule 6
    1 < end
`,
	`
# the PROXY protocol, then HTTP
> PROXY TCP4 10.0.0.1 10.0.0.2 1000 80\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n
    0 > note proxy-header at 0, 38 bytes
    0 > raw "PROXY TCP4 10.0.0.1 10.0.0.2 1000 80\r\n"
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    1 < head "HTTP/1.1 200 OK" content-length rule 6
    1 < end
`,
	`
# a request line deep inside another protocol does not begin HTTP
> \x00{a*1100}GET / HTTP/1.1\r\nHost: a\r\n\r\n
    0 > raw "\x00aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…"
`,
	`
# HTTP sent to a TLS port
> GET / HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
< \x15\x03\x01\x00\x02\x02\x46
    1 < warning no-status-line at 0, 1 bytes
    1 < body "\x15\x03\x01\x00\x02\x02F"
< FIN
    1 < end
`,
	`
# a first line that is too long to be one
> {a*70000}\r\n
    0 > raw "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…"
> GET /{a*70000} HTTP/1.1\r\n\r\n
    0 > raw "GET /aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…"
`,
	`
# a long request line
> GET /{a*70000} HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "GET /aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…" none rule 7
    1 > end
< HTTP/1.1 414 URI Too Long\r\nContent-Length: 0\r\n\r\n
    1 < head "HTTP/1.1 414 URI Too Long" content-length rule 6
    1 < end
`,
	`
# TLS sent to an HTTP port
> \x16\x03\x01\x00\x05\x01
    0 > raw "\x16\x03\x01\x00\x05\x01"
< HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n
    1 < head "HTTP/1.1 400 Bad Request" content-length rule 6
    1 < end
`,
	`
# the PROXY protocol, version 2, then HTTP
> \r\n\r\n\x00\r\nQUIT\n\x21\x11\x00\x0c\x0a\x00\x00\x01\x0a\x00\x00\x02\x10\x00\x00PGET / HTTP/1.1\r\nHost: a\r\n\r\n
    0 > note proxy-header at 0, 28 bytes
    0 > raw "\r\n\r\n\x00\r\nQUIT\n!\x11\x00\f\n\x00\x00\x01\n\x00\x00\x02\x10\x00\x00P"
    1 > head "GET / HTTP/1.1" none rule 7
    1 > end
< HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    1 < head "HTTP/1.1 200 OK" content-length rule 6
    1 < end
`,
	`
# the PROXY protocol, then TLS
> PROXY UNKNOWN\r\n\x16\x03\x01\x00\x05hello
    0 > note proxy-header at 0, 15 bytes
    0 > raw "PROXY UNKNOWN\r\n"
    0 > raw "\x16\x03\x01\x00\x05hello"
`,
	`
# PROXY as a method
> PROXY /x HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "PROXY /x HTTP/1.1" none rule 7
    1 > note method-unknown at 0, 5 bytes
    1 > end
`,
	`
# the capture begins with a method that is not known
MIDSTREAM
> POLL /x HTTP/1.1\r\nHost: a\r\n\r\n
    1 > head "POLL /x HTTP/1.1" none rule 7
    1 > note method-unknown at 0, 4 bytes
    1 > end
< HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    -1 < head "HTTP/1.1 200 OK" content-length rule 6
    -1 < end
`,
	`
# the capture begins inside a body, and a segment with a method that ends like one that is known
MIDSTREAM
> rest of a body
> BPROPFIND /x HTTP/1.1\r\nHost: a\r\n\r\n
    0 > raw "rest of a body"
    1 > head "BPROPFIND /x HTTP/1.1" none rule 7
    1 > note method-unknown at 14, 9 bytes
    1 > end
< HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n
    -1 < head "HTTP/1.1 200 OK" content-length rule 6
    -1 < end
`,
}
