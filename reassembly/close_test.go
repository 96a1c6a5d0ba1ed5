package reassembly

import "testing"

// How connections end.
func TestClosing(t *testing.T) {
	traces(t, []traceCase{
		{"half-close: the other side goes on", handshake + `
			> "GET /"
			> FIN
			< "hello"
			< "world"
			< FIN
			>`, `
			open 0
			> 0 "GET /"
			> 5 FIN
			< 0 half-close 5
			< 0 "hello"
			< 5 "world"
			< 10 FIN
			close 0 closed by >`},
		{"data with the FIN", handshake + `
			< FIN "bye"
			> FIN
			<`, `
			open 0
			< 0 "bye"
			< 3 FIN
			> 0 FIN
			close 0 closed by <`},
		{"simultaneous close", handshake + `
			> FIN
			< FIN ack=101
			> ack=502
			< ack=102`, `
			open 0
			> 0 FIN
			< 0 FIN
			close 0 closed by >`},
		{"the FIN comes before the data it follows", handshake + `
			> 105 FIN
			> 101 "abcd"
			< FIN ack=106
			> 106`, `
			open 0
			> 0 out-of-order 4
			> 0 "abcd"
			> 4 FIN
			< 0 FIN
			close 0 closed by >`},
		{"the first FIN waits behind a hole: it still was the first", handshake + `
			> 105 FIN
			< FIN ack=101
			> 101 ack=502 "abcd"
			< ack=106`, `
			open 0
			< 0 FIN
			> 0 out-of-order 4
			> 0 half-close 4
			> 0 "abcd"
			> 4 FIN
			close 0 closed by >`},
		{"a hole before the FIN, at the end of the capture", handshake + `
			> 105 FIN "e"`, `
			open 0
			> 4 segment-ahead 4
			> 0 gap 4
			> 4 "e"
			> 5 FIN
			< 0 unfinished
			close 0 half-closed by >`},
		{"a FIN without what was before it", handshake + `
			> 105 FIN`, `
			open 0
			> 0 gap 4
			> 4 FIN
			< 0 unfinished
			close 0 half-closed by >`},
		{"data after the FIN", handshake + `
			> FIN "ab"
			> 103 "cd"
			> 101 "abcd"`, `
			open 0
			> 0 "ab"
			> 2 FIN
			> 2 data-after-end 2
			> 0 retransmission 2
			> 2 data-after-end 2
			< 0 unfinished
			close 0 half-closed by >`},
		{"data beyond a FIN that came before it", handshake + `
			> 103 FIN
			> 102 "bcd"
			> 101 "a"`, `
			open 0
			> 2 data-after-end 2
			> 1 out-of-order 1
			> 0 out-of-order 1
			> 0 "a"
			> 1 "b"
			> 2 FIN
			< 0 unfinished
			close 0 half-closed by >`},
		{"a FIN before data that is kept behind a hole", handshake + `
			> 105 "efgh"
			> 111 "klm"
			> 107 FIN
			> 101 "abcd"`, `
			open 0
			> 4 segment-ahead 4
			> 10 segment-ahead 2
			> 10 data-after-end 3
			> 6 data-after-end 2
			> 0 out-of-order 4
			> 0 "abcd"
			> 4 "ef"
			> 6 FIN
			< 0 unfinished
			close 0 half-closed by >`},
		{"a cut payload beyond the FIN", handshake + `
			> 111 FIN
			> 101 "0123456" cut=9
			< ack=112`, `
			open 0
			> 0 out-of-order 7
			> 0 "0123456"
			> 7 payload-cut 3
			> 7 gap 3
			> 10 FIN
			< 0 unfinished
			close 0 half-closed by >`},
		{"FIN again and again", handshake + `
			> FIN "a"
			> 101 FIN "a"
			> 102 FIN raw
			< ack=103`, `
			open 0
			> 0 "a"
			> 1 FIN
			> 0 retransmission 1
			< 0 unfinished
			close 0 half-closed by >`},
		{"a FIN two gigabytes ahead", handshake + `
			> 0x70000000 FIN raw
			> 101 "a"`, `
			open 0
			> 1879048091 outside-window 0
			> 0 "a"
			> 1 unfinished
			< 0 unfinished
			close 0 open`},
		{"lost FIN, and the other side's", handshake + `
			> "GET /"
			< "hello" FIN ack=107   # acknowledges the FIN that was lost
			> 107 ack=507`, `
			open 0
			> 0 "GET /"
			< 0 "hello"
			< 5 FIN
			> 5 unfinished
			close 0 half-closed by <`},
		{"late packets after a close make no connection", handshake + `
			> "GET /"
			> FIN
			< FIN
			>
			>                  # again
			< FIN raw seq=501
			> 101 "GET /"
			> 107 RST noack`, `
			open 0
			> 0 "GET /"
			> 5 FIN
			< 0 FIN
			close 0 closed by >`},
		{"the last acknowledgment is lost: reported when time has passed", handshake + `
			> FIN t=10
			< FIN
			advance t=12
			advance t=13
			> 102 ack=502 t=20`, `
			open 0
			> 0 FIN
			< 0 FIN
			close 0 closed by >`},
	})
}
