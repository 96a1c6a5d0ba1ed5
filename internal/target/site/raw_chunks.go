package site

import "strings"

func rawChunkEntries() []rawEntry {
	return []rawEntry{
		{Route: Route{Path: "/chunked/zz", Topic: "chunked", Title: "Chunk size zz",
			Look: "The size is no hexadecimal number, so nothing after it can be read. Findings: chunk-size-invalid.",
			Try:  "curl -v --raw {base}/chunked/zz"},
			answer: chunkZZ},
		{Route: Route{Path: "/chunked/huge", Topic: "chunked", Title: "Chunk size beyond 64 bits",
			Look: "A reader that lets the number wrap around takes a wrong length. Findings: chunk-size-overflow.",
			Try:  "curl -v --raw {base}/chunked/huge"},
			answer: chunkHuge},
		{Route: Route{Path: "/chunked/cut", Topic: "chunked", Title: "The last chunk is missing",
			Look: "The connection ends before the chunk of size 0: the body is incomplete, and chunked shows it. Findings: chunked-body-cut.",
			Try:  "curl -v {base}/chunked/cut"},
			answer: chunkCut},
		{Route: Route{Path: "/chunked/no-end", Topic: "chunked", Title: "CR LF after a chunk is missing",
			Look: "The size says where the data end, and there no CR LF stands. Findings: chunk-end-missing.",
			Try:  "curl -v --raw {base}/chunked/no-end"},
			answer: chunkNoEnd},
		{Route: Route{Path: "/chunked/space", Topic: "chunked", Title: "White space around a chunk size",
			Look: "Some readers skip the spaces, others refuse the body. Findings: chunk-size-whitespace.",
			Try:  "curl -v --raw {base}/chunked/space"},
			answer: chunkSpace, keeps: true},
		{Route: Route{Path: "/chunked/bytes", Topic: "chunked", Title: "One byte in each chunk",
			Look: "Six bytes of framing for one byte of body: compare the two in the summary. Findings: none.",
			Try:  "curl -v --raw {base}/chunked/bytes"},
			answer: chunkBytes, keeps: true},
		{Route: Route{Path: "/chunked/not-last", Topic: "chunked", Title: "Chunked is not the last coding",
			Look: "When chunked is not last, the chunks do not mark the end; only the close does. Findings: chunked-not-final.",
			Try:  "curl -v --raw {base}/chunked/not-last"},
			answer: chunkNotLast},
		{Route: Route{Path: "/chunked/gzip", Topic: "chunked", Title: "Transfer-Encoding: gzip, chunked",
			Look: "The message is compressed, not the resource: the chunks hold gzip although there is no Content-Encoding. Few clients can read it. Findings: none.",
			Try:  "curl -v --raw {base}/chunked/gzip -H 'TE: gzip' -H 'Connection: TE' -o -"},
			answer: chunkGzip},
		{Route: Route{Path: "/chunked/trailer", Topic: "chunked", Title: "A trailer with a field that may not stand there",
			Look: "Content-Length after the body would be too late; readers drop it. Findings: trailer-forbidden.",
			Try:  "curl -v --raw {base}/chunked/trailer"},
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
	x.send(chunkedHead, "1a\r\nabcdefghijklmnopqrstuvwxyz\r\n", "100000000000000010\r\n1234567890abcdef\r\n", "0\r\n\r\n")
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
