package reassembly

import "testing"

// Segments that come in another order than they were sent, again, or never.
func TestOrder(t *testing.T) {
	traces(t, []traceCase{
		{"in order", handshake + `
			> "GET /"
			< "hello"
			> FIN
			< FIN
			>`, `
			open 0
			> 0 "GET /"
			< 0 "hello"
			> 5 FIN
			< 5 FIN
			close 0 closed by >`},
		{"two segments exchanged", handshake + `
			> 103 "cd"
			> 101 "ab"
			> 105 "ef"`, `
			open 0
			> 2 segment-ahead 2
			> 0 out-of-order 2
			> 0 "ab"
			> 2 "cd"
			> 4 "ef"
			> 6 unfinished
			< 0 unfinished
			close 0 open`},
		{"three segments backwards", handshake + `
			> 105 "ef"
			> 103 "cd"
			> 101 "ab"`, `
			open 0
			> 4 segment-ahead 4
			> 2 out-of-order 2
			> 0 out-of-order 2
			> 0 "ab"
			> 2 "cd"
			> 4 "ef"
			> 6 unfinished
			< 0 unfinished
			close 0 open`},
		{"retransmission of delivered bytes", handshake + `
			> "hello"
			> 101 "hello"`, `
			open 0
			> 0 "hello"
			> 0 retransmission 5
			> 5 unfinished
			< 0 unfinished
			close 0 open`},
		{"retransmission of buffered bytes", handshake + `
			> 103 "cd"
			> 103 "cd"
			> 101 "ab"`, `
			open 0
			> 2 segment-ahead 2
			> 2 retransmission 2
			> 0 out-of-order 2
			> 0 "ab"
			> 2 "cd"
			> 4 unfinished
			< 0 unfinished
			close 0 open`},
		{"retransmission that brings new bytes", handshake + `
			> "abc"
			> 101 "abcde"`, `
			open 0
			> 0 "abc"
			> 0 retransmission 3
			> 3 "de"
			> 5 unfinished
			< 0 unfinished
			close 0 open`},
		{"retransmission over other segment boundaries", handshake + `
			> "ab"
			> "cd"
			> "ef"
			> 102 "bcdefg"`, `
			open 0
			> 0 "ab"
			> 2 "cd"
			> 4 "ef"
			> 1 retransmission 5
			> 6 "g"
			> 7 unfinished
			< 0 unfinished
			close 0 open`},
		{"overlap with other bytes: the first copy wins", handshake + `
			> "abcd"
			> 102 "XXXe"`, `
			open 0
			> 0 "abcd"
			> 1 overlap-different 3
			> 4 "e"
			> 5 unfinished
			< 0 unfinished
			close 0 open`},
		{"overlap with other bytes behind a hole", handshake + `
			> 103 "cdef"
			> 101 "abXXXXg"`, `
			open 0
			> 2 segment-ahead 2
			> 0 out-of-order 3
			> 0 overlap-different 4
			> 0 "ab"
			> 2 "cdef"
			> 6 "g"
			> 7 unfinished
			< 0 unfinished
			close 0 open`},
		{"a segment over several pieces and the holes between", handshake + `
			> 103 "c"
			> 105 "e"
			> 101 "abcdefg"`, `
			open 0
			> 2 segment-ahead 2
			> 4 segment-ahead 1
			> 0 out-of-order 5
			> 0 retransmission 2
			> 0 "ab"
			> 2 "c"
			> 3 "d"
			> 4 "e"
			> 5 "fg"
			> 7 unfinished
			< 0 unfinished
			close 0 open`},
		{"keep-alive probes, with a byte and without", handshake + `
			> "hello"
			< ack=106
			> 105 raw
			> 105 "o"
			> 105 "?"
			< ack=106`, `
			open 0
			> 0 "hello"
			> 4 keep-alive 0
			> 4 keep-alive 1
			> 4 keep-alive 1
			> 5 unfinished
			< 0 unfinished
			close 0 open`},
		{"a byte that was never acknowledged is no keep-alive", handshake + `
			> "o"
			> 101 "o"
			> 101 raw`, `
			open 0
			> 0 "o"
			> 0 retransmission 1
			> 1 unfinished
			< 0 unfinished
			close 0 open`},
		{"zero window, and a probe that brings the next byte", handshake + `
			> "hello"
			< ack=106 win=0
			> "!"
			< ack=106 win=0
			< ack=107`, `
			open 0
			> 0 "hello"
			< 0 zero-window 0
			> 5 "!"
			< 0 zero-window 0
			> 6 unfinished
			< 0 unfinished
			close 0 open`},
	})
}

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

// Sequence numbers at 2^32.
func TestWrap(t *testing.T) {
	traces(t, []traceCase{
		{"initial number 2^32-1", `
			> SYN seq=0xffffffff
			< SYN seq=0xffffffff
			> 0 "ab"
			< 0 ack=2 "cd"
			> FIN
			< FIN
			>`, `
			open 0
			> 0 "ab"
			< 0 "cd"
			> 2 FIN
			< 2 FIN
			close 0 closed by >`},
		{"a segment over the wrap, and one behind it first", `
			> SYN seq=0xfffffffb
			< SYN seq=500
			> 4 "ijkl"
			> 0xfffffffc "abcdefgh"
			< ack=8`, `
			open 0
			> 8 segment-ahead 8
			> 0 out-of-order 8
			> 0 "abcdefgh"
			> 8 "ijkl"
			> 12 unfinished
			< 0 unfinished
			close 0 open`},
		{"the FIN takes number 2^32-1", `
			> SYN seq=0xfffffffc
			< SYN seq=500
			> 0xfffffffd "ab"
			> FIN
			< FIN ack=0
			> 0 ack=502`, `
			open 0
			> 0 "ab"
			> 2 FIN
			< 0 FIN
			close 0 closed by >`},
		{"the FIN takes number 0", `
			> SYN seq=0xfffffffd
			< SYN seq=500
			> 0xfffffffe "ab"
			> 0 FIN
			< FIN ack=1
			> 1 ack=502`, `
			open 0
			> 0 "ab"
			> 2 FIN
			< 0 FIN
			close 0 closed by >`},
		{"loss across the wrap", `
			> SYN seq=0xfffffff0
			< SYN seq=500
			> 5 "x"
			< ack=6 "y"`, `
			open 0
			> 20 segment-ahead 20
			> 0 gap 20
			> 20 "x"
			< 0 "y"
			> 21 unfinished
			< 1 unfinished
			close 0 open`},
	})
}
