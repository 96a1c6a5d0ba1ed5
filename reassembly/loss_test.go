package reassembly

import "testing"

// What the capture lost: the other side acknowledges what is not there.
func TestLoss(t *testing.T) {
	traces(t, []traceCase{
		{"given up a few packets after the acknowledgment", handshake + `
			> 103 "cd"
			< ack=105
			> ack=501           # 2
			> ack=501           # 3
			> ack=501           # 4: patience ends with the next
			> "ef"`, `
			open 0
			> 2 segment-ahead 2
			> 4 segment-ahead 0
			> 0 gap 2
			> 2 "cd"
			> 4 "ef"
			> 6 unfinished
			< 0 unfinished
			close 0 open`},
		{"given up at once when the other side answers", handshake + `
			> 103 "cd"
			< ack=105 "hello"`, `
			open 0
			> 2 segment-ahead 2
			> 0 gap 2
			> 2 "cd"
			< 0 "hello"
			> 4 unfinished
			< 5 unfinished
			close 0 open`},
		{"the request before a response", handshake + `
			< ack=119 "200 OK"`, `
			open 0
			> 0 gap 18
			< 0 "200 OK"
			> 18 unfinished
			< 6 unfinished
			close 0 open`},
		{"an acknowledgment captured before its data is no loss", handshake + `
			< ack=103
			> "ab"
			< ack=105
			> "cd"`, `
			open 0
			> 0 "ab"
			> 2 "cd"
			> 4 unfinished
			< 0 unfinished
			close 0 open`},
		{"acknowledgments always a segment early", handshake + `
			< ack=103
			< ack=105
			> 101 "ab"
			< ack=107
			> 103 "cd"
			< ack=109
			> 105 "ef"
			< ack=111
			> 107 "gh"
			< ack=113
			> 109 "ij"
			> 111 "kl"`, `
			open 0
			> 0 "ab"
			> 2 "cd"
			> 4 "ef"
			> 6 "gh"
			> 8 "ij"
			> 10 "kl"
			> 12 unfinished
			< 0 unfinished
			close 0 open`},
		{"a hole that nobody acknowledged stays until the end", handshake + `
			> 103 "cd"
			> "ef"
			> "gh"
			> "ij"
			> "kl"
			> "mn"`, `
			open 0
			> 2 segment-ahead 2
			> 4 segment-ahead 0
			> 6 segment-ahead 0
			> 8 segment-ahead 0
			> 10 segment-ahead 0
			> 12 segment-ahead 0
			> 0 gap 2
			> 2 "cd"
			> 4 "ef"
			> 6 "gh"
			> 8 "ij"
			> 10 "kl"
			> 12 "mn"
			> 14 unfinished
			< 0 unfinished
			close 0 open`},
		{"bytes of a hole that was given up come late", handshake + `
			> 103 "cd"
			< ack=105 "hello"
			> 101 "abcd"`, `
			open 0
			> 2 segment-ahead 2
			> 0 gap 2
			> 2 "cd"
			< 0 "hello"
			> 0 late-segment 2
			> 0 retransmission 2
			> 4 unfinished
			< 5 unfinished
			close 0 open`},
		{"lost at the end of the capture", handshake + `
			> "ab"
			< ack=110`, `
			open 0
			> 0 "ab"
			> 2 gap 7
			> 9 unfinished
			< 0 unfinished
			close 0 open`},
		{"one more than was seen may be a lost FIN", handshake + `
			> "ab"
			< ack=104
			< ack=104
			< ack=104
			< ack=104
			< ack=104
			< FIN ack=104
			> 104 ack=502`, `
			open 0
			> 0 "ab"
			< 0 FIN
			> 2 unfinished
			close 0 half-closed by <`},
		{"payload cut by the snapshot length", handshake + `
			> "GET /" cut=95
			> "abc" cut=2
			< ack=206 "200"`, `
			open 0
			> 0 "GET /"
			> 5 payload-cut 95
			> 5 gap 95
			> 100 "abc"
			> 103 payload-cut 2
			> 103 gap 2
			< 0 "200"
			> 105 unfinished
			< 3 unfinished
			close 0 open`},
		{"cut to headers alone, out of order", handshake + `
			> 201 cut=100
			> 101 cut=100
			> 301 cut=100`, `
			open 0
			> 100 segment-ahead 100
			> 0 payload-cut 100
			> 0 gap 100
			> 100 payload-cut 100
			> 100 gap 100
			> 200 payload-cut 100
			> 200 gap 100
			> 300 unfinished
			< 0 unfinished
			close 0 open`},
		{"cut, then whole: the bytes come too late", handshake + `
			> 111 "ab" cut=8
			> 111 "abcdefghij"
			> 101 "0123456789"
			> 121 "!"`, `
			open 0
			> 10 segment-ahead 10
			> 10 retransmission 2
			> 10 late-segment 8
			> 0 out-of-order 10
			> 0 "0123456789"
			> 10 "ab"
			> 12 payload-cut 8
			> 12 gap 8
			> 20 "!"
			> 21 unfinished
			< 0 unfinished
			close 0 open`},
	})
}
