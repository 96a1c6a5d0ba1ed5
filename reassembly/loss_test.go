package reassembly

import "testing"

// What the capture lost: the other side acknowledges what is not there.
func TestLoss(t *testing.T) {
	traces(t, []traceCase{
		{"given up some packets after the acknowledgment", handshake + `
			> 103 "cd"
			< ack=105
			> ack=501
			> ack=501
			> ack=501
			> ack=501
			> ack=501
			> ack=501
			> ack=501
			> ack=501
			> ack=501
			> ack=501
			> ack=501
			> ack=501
			> ack=501
			> ack=501
			> ack=501
			> "ef"              # the 17th packet since: patience ends`, `
			open 0
			> 2 segment-ahead 2
			> 0 gap 2
			> 2 "cd"
			> 4 "ef"
			> 6 unfinished
			< 0 unfinished
			close 0 open`},
		{"what the other side answers waits for the hole", handshake + `
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
			> ack=501
			> ack=501
			> ack=501
			> ack=501
			> ack=501
			> ack=501
			> ack=501
			> ack=501
			> ack=501
			> ack=501
			> ack=501
			> ack=501
			> ack=501
			> ack=501
			> ack=501
			> ack=501
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
		{"a response that was captured before its request waits for it", handshake + `
			< ack=106 "200 OK"
			> 101 "GET /"
			< ack=106 "bye"`, `
			open 0
			> 0 "GET /"
			< 0 "200 OK"
			< 6 "bye"
			> 5 unfinished
			< 9 unfinished
			close 0 open`},
		{"a lost response, acknowledged alone, comes before the next request", handshake + `
			> "one"
			> ack=506
			> ack=506 "two"
			< 506 ack=107 "2nd"`, `
			open 0
			> 0 "one"
			< 5 segment-ahead 5
			< 0 gap 5
			> 3 "two"
			< 5 "2nd"
			> 6 unfinished
			< 8 unfinished
			close 0 open`},
		{"both sides lost something: each goes up to what the other had", handshake + `
			> "one"
			> ack=506
			< 506 ack=107 "2nd"
			> 107 ack=509 "three"`, `
			open 0
			> 0 "one"
			< 5 segment-ahead 5
			> 6 segment-ahead 3
			< 0 gap 5
			> 3 gap 3
			< 5 "2nd"
			> 6 "three"
			> 11 unfinished
			< 8 unfinished
			close 0 open`},
		{"each side waits for the other: the one captured later was sent again", handshake + `
			< ack=104 "late"
			> 101 ack=505 "one"`, `
			open 0
			> 0 "one"
			< 0 "late"
			> 3 unfinished
			< 4 unfinished
			close 0 open`},
		{"a FIN waits for what its sender had received", handshake + `
			< FIN ack=104
			> 101 ack=501 "one"`, `
			open 0
			> 0 "one"
			< 0 FIN
			> 3 unfinished
			close 0 half-closed by <`},
		{"a silent line: what waits is handed out", handshake + `
			< ack=106 "200 OK" t=1
			advance t=2`, `
			open 0
			> 0 gap 5
			< 0 "200 OK"
			> 5 unfinished
			< 6 unfinished
			close 0 open`},
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
