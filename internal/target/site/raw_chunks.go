package site

import "strings"

func rawChunkEntries() []rawEntry {
	return []rawEntry{
		{Route: Route{ID: "raw-chunked-zz", Path: "/chunked/zz", Topic: "chunked",
			Try: "curl -v --raw {base}/chunked/zz"},
			answer: chunkZZ},
		{Route: Route{ID: "raw-chunked-huge", Path: "/chunked/huge", Topic: "chunked",
			Try: "curl -v --raw {base}/chunked/huge"},
			answer: chunkHuge},
		{Route: Route{ID: "raw-chunked-cut", Path: "/chunked/cut", Topic: "chunked",
			Try: "curl -v {base}/chunked/cut"},
			answer: chunkCut},
		{Route: Route{ID: "raw-chunked-no-end", Path: "/chunked/no-end", Topic: "chunked",
			Try: "curl -v --raw {base}/chunked/no-end"},
			answer: chunkNoEnd},
		{Route: Route{ID: "raw-chunked-space", Path: "/chunked/space", Topic: "chunked",
			Try: "curl -v --raw {base}/chunked/space"},
			answer: chunkSpace, keeps: true},
		{Route: Route{ID: "raw-chunked-bytes", Path: "/chunked/bytes", Topic: "chunked",
			Try: "curl -v --raw {base}/chunked/bytes"},
			answer: chunkBytes, keeps: true},
		{Route: Route{ID: "raw-chunked-not-last", Path: "/chunked/not-last", Topic: "chunked",
			Try: "curl -v --raw {base}/chunked/not-last"},
			answer: chunkNotLast},
		{Route: Route{ID: "raw-chunked-gzip", Path: "/chunked/gzip", Topic: "chunked",
			Try: "curl -v --raw {base}/chunked/gzip -H 'TE: gzip' -H 'Connection: TE' -o -"},
			answer: chunkGzip},
		{Route: Route{ID: "raw-chunked-trailer", Path: "/chunked/trailer", Topic: "chunked",
			Try: "curl -v --raw {base}/chunked/trailer"},
			answer: chunkTrailer, keeps: true},
	}
}

// chunkedHead begins a chunked response.
const chunkedHead = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n"

// chunkZZ sends a size that is no number.
func chunkZZ(x *rawExchange) {
	x.send(chunkedHead, "1a\r\nabcdefghijklmnopqrstuvwxyz\r\n", "zz\r\n1234567890abcdef\r\n", "0\r\n\r\n")
}

// chunkHuge sends a size of eighteen digits.
func chunkHuge(x *rawExchange) {
	x.send(chunkedHead, "1a\r\nabcdefghijklmnopqrstuvwxyz\r\n", "100000000000000010\r\n1234567890abcdef\r\n",
		"0\r\n\r\n")
}

// chunkCut ends without a last chunk.
func chunkCut(x *rawExchange) {
	x.send(chunkedHead, "1a\r\nabcdefghijklmnopqrstuvwxyz\r\n", "10\r\n1234567890abcdef\r\n")
}

// chunkNoEnd leaves out the line end after the data.
func chunkNoEnd(x *rawExchange) {
	x.send(chunkedHead, "1a\r\nabcdefghijklmnopqrstuvwxyz", "10\r\n1234567890abcdef\r\n", "0\r\n\r\n")
}

// chunkSpace puts spaces after the sizes.
func chunkSpace(x *rawExchange) {
	x.send(chunkedHead, "1a  \r\nabcdefghijklmnopqrstuvwxyz\r\n", "10  \r\n1234567890abcdef\r\n", "0\r\n\r\n")
}

// chunkBytes gives every byte a chunk.
func chunkBytes(x *rawExchange) {
	var b strings.Builder
	for _, c := range alphabet {
		b.WriteString("1\r\n" + string(c) + "\r\n")
	}
	x.send(chunkedHead, b.String(), "0\r\n\r\n")
}

// chunkNotLast names another coding after chunked.
func chunkNotLast(x *rawExchange) {
	x.send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked, gzip\r\nConnection: close\r\n\r\n",
		"1a\r\nabcdefghijklmnopqrstuvwxyz\r\n", "10\r\n1234567890abcdef\r\n", "0\r\n\r\n")
}

// chunkGzip compresses the message (RFC 9112, Section 7.2).
func chunkGzip(x *rawExchange) {
	body := string(gzipped([]byte(alphabet)))
	x.send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
		chunk(body), "0\r\n\r\n")
}

// chunkTrailer sends framing after the framing.
func chunkTrailer(x *rawExchange) {
	x.send("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\nTrailer: Content-Length\r\n\r\n",
		chunk(alphabet), "0\r\nContent-Length: 42\r\n\r\n")
}
