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
