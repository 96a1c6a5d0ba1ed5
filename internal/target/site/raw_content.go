package site

import (
	"fmt"
	"strings"
)

func rawContentEntries() []rawEntry {
	return []rawEntry{
		{Route: Route{ID: "raw-content-range-past-end", Path: "/content/range-past-end", Topic: "range",
			Try: "curl -v {base}/content/range-past-end -H 'Range: bytes=30-51'"},
			answer: rangePastEnd, keeps: true},
		{Route: Route{ID: "raw-content-range-length", Path: "/content/range-length", Topic: "range",
			Try: "curl -v {base}/content/range-length -H 'Range: bytes=0-9'"},
			answer: rangeLength, keeps: true},
		{Route: Route{ID: "raw-content-range-not-asked", Path: "/content/range-not-asked", Topic: "range",
			Try: "curl -v {base}/content/range-not-asked"},
			answer: rangeNotAsked, keeps: true},
		{Route: Route{ID: "raw-content-gzip-checksum", Path: "/content/gzip-checksum", Topic: "coding",
			Try: "curl -v --compressed {base}/content/gzip-checksum"},
			answer: gzipChecksum, keeps: true},
		{Route: Route{ID: "raw-content-gzip-damaged", Path: "/content/gzip-damaged", Topic: "coding",
			Try: "curl -v --compressed {base}/content/gzip-damaged"},
			answer: gzipDamaged, keeps: true},
		{Route: Route{ID: "raw-content-gzip-cut", Path: "/content/gzip-cut", Topic: "coding",
			Try: "curl -v --compressed {base}/content/gzip-cut"},
			answer: gzipCut, keeps: true},
		{Route: Route{ID: "raw-content-gzip-absent", Path: "/content/gzip-absent", Topic: "coding",
			Try: "curl -v --compressed {base}/content/gzip-absent"},
			answer: gzipAbsent, keeps: true},
		{Route: Route{ID: "raw-content-two-cookies", Path: "/content/two-cookies", Topic: "cookies",
			Try: "curl -v -c - {base}/content/two-cookies"},
			answer: twoCookies, keeps: true},
		{Route: Route{ID: "raw-content-folded-cookies", Path: "/content/folded-cookies", Topic: "cookies",
			Try: "curl -v -c - {base}/content/folded-cookies"},
			answer: foldedCookies, keeps: true},
	}
}

// rangePastEnd claims positions that do not exist.
func rangePastEnd(x *rawExchange) {
	x.send("HTTP/1.1 206 Partial Content\r\nContent-Type: text/plain\r\nContent-Range: bytes 30-51/42\r\nContent-Length: 12\r\n\r\n" + alphabet[30:])
}

// rangeLength sends another number of bytes than it says.
func rangeLength(x *rawExchange) {
	x.send("HTTP/1.1 206 Partial Content\r\nContent-Type: text/plain\r\nContent-Range: bytes 0-9/42\r\nContent-Length: 26\r\n\r\n" + alphabet[:26])
}

// rangeNotAsked sends a part to whoever asks for the whole.
func rangeNotAsked(x *rawExchange) {
	x.send("HTTP/1.1 206 Partial Content\r\nContent-Type: text/plain\r\nContent-Range: bytes 0-25/42\r\nContent-Length: 26\r\n\r\n" + alphabet[:26])
}

// gzipChecksum inverts the checksum, which stands eight bytes before the end
// (RFC 1952, Section 2.3.1).
func gzipChecksum(x *rawExchange) {
	body := gzipped(proverbs())
	for i := len(body) - 8; i < len(body)-4; i++ {
		body[i] ^= 0xff
	}
	x.sendGzip(string(body))
}

// gzipDamaged overwrites a piece of the compressed data.
func gzipDamaged(x *rawExchange) {
	body := gzipped(proverbs())
	for i := 10; i < 30; i++ {
		body[i] = 0xff
	}
	x.sendGzip(string(body))
}

// gzipCut leaves out the second half.
func gzipCut(x *rawExchange) {
	body := gzipped(proverbs())
	x.sendGzip(string(body[:len(body)/2]))
}

// gzipAbsent does not compress at all.
func gzipAbsent(x *rawExchange) { x.sendGzip(alphabet) }

// sendGzip sends a body that it calls gzip.
func (x *rawExchange) sendGzip(body string) {
	x.send(fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n%s", len(body), body))
}

// twoCookies sets one cookie twice.
func twoCookies(x *rawExchange) {
	x.send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nSet-Cookie: twice=one; Path=/\r\nSet-Cookie: twice=two; Path=/\r\nContent-Length: 42\r\n\r\n" + alphabet)
}

// foldedCookies does to Set-Cookie what may be done to other fields
// (RFC 9110, Section 5.3).
func foldedCookies(x *rawExchange) {
	x.send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nSet-Cookie: " +
		strings.Join([]string{"first=1; Path=/", "second=2; Path=/"}, ", ") + "\r\nContent-Length: 42\r\n\r\n" +
		alphabet)
}
