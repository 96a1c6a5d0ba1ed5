package reassembly

import "testing"

// How connections begin.
func TestOpening(t *testing.T) {
	traces(t, []traceCase{
		{"data on the SYN", `
			> SYN seq=100 "GET"
			< SYN seq=500 ack=104
			> " /"`, `
			open 0
			> 0 "GET"
			> 3 " /"
			> 5 unfinished
			< 0 unfinished
			close 0 open`},
		{"data on the SYN that the server did not take", `
			> SYN seq=100 "GET"
			< SYN seq=500 ack=101
			> 101 "GET /"`, `
			open 0
			> 0 "GET"
			> 0 retransmission 3
			> 3 " /"
			> 5 unfinished
			< 0 unfinished
			close 0 open`},
		{"simultaneous open", `
			> SYN seq=100
			< SYN seq=500 noack
			> SYN seq=100 ack=501
			< SYN seq=500 ack=101
			> "a"
			< "b"`, `
			open 0
			> 0 "a"
			< 0 "b"
			> 1 unfinished
			< 1 unfinished
			close 0 open`},
		{"SYN again and again", `
			> SYN seq=100
			> SYN seq=100
			< SYN seq=500
			< SYN seq=500
			>
			> "a"`, `
			open 0
			> 0 "a"
			> 1 unfinished
			< 0 unfinished
			close 0 open`},
		{"the SYN/ACK captured before the SYN", `
			< SYN seq=500 ack=101
			> SYN seq=100 noack
			> 101 "a"
			< 501 "b"`, `
			open 0
			> 0 "a"
			< 0 "b"
			< 1 unfinished
			> 1 unfinished
			close 0 open`},
		{"a second SYN/ACK with another number", `
			> SYN seq=100
			< SYN seq=500
			< SYN seq=90000
			> ack=90001
			< 90001 "a"`, `
			open 0
			< 0 "a"
			> 0 unfinished
			< 1 unfinished
			close 0 open`},
		{"the capture begins with data of the client", `
			> 1000 ack=2000 "a"
			< 2000 "b"
			> "c"`, `
			open 0
			> 0 midstream 0
			> 0 "a"
			< 0 midstream 0
			< 0 "b"
			> 1 "c"
			> 2 unfinished
			< 1 unfinished
			close 0 open`},
		{"the capture begins with data of the server", `
			< 2000 ack=1000 "b"
			> 1000 "a"`, `
			open 0
			< 0 midstream 0
			< 0 "b"
			> 0 midstream 0
			> 0 "a"
			< 1 unfinished
			> 1 unfinished
			close 0 open`},
		{"the capture begins with an acknowledgment, then a segment is lost", `
			> 1000 ack=2000
			< 2005 ack=1000 "fgh"
			> ack=2008`, `
			open 0
			> 0 midstream 0
			< 0 midstream 0
			< 5 segment-ahead 5
			> 0 unfinished
			< 0 gap 5
			< 5 "fgh"
			< 8 unfinished
			close 0 open`},
		{"the capture begins with a keep-alive probe", `
			> 999 ack=2000
			< 2000 ack=1000
			> 1000 "GET /"
			< 2000 ack=1005 "200"`, `
			open 0
			> 0 midstream 0
			< 0 midstream 0
			> 0 "GET /"
			< 0 "200"
			> 5 unfinished
			< 3 unfinished
			close 0 open`},
		{"bytes before the first that was captured", `
			> 1000 ack=2000 "cd"
			> 998 "abcd"`, `
			open 0
			> 0 midstream 0
			> 0 "cd"
			> -2 late-segment 2
			> 0 retransmission 2
			> 2 unfinished
			< 0 unfinished
			close 0 open`},
		{"one direction only", `
			< SYN seq=500 ack=101
			< "hello"
			< ack=105 "world"
			< FIN`, `
			open 0
			< 0 "hello"
			< 5 "world"
			< 10 FIN
			> 0 unfinished
			close 0 half-closed by <`},
		{"keep-alive probes of a side whose peer is not captured", `
			> SYN seq=100
			> 101 ack=501 "a"
			> 101 raw`, `
			open 0
			> 0 "a"
			> 0 keep-alive 0
			> 1 unfinished
			< 0 unfinished
			close 0 open`},
	})
}

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

// RST.
func TestReset(t *testing.T) {
	traces(t, []traceCase{
		{"refused", `
			> SYN seq=100
			< RST seq=0 ack=101`, `
			open 0
			< 0 reset 0
			> 0 RST
			< 0 RST
			close 0 reset by <`},
		{"refused, then answered all the same", `
			> SYN seq=100
			< RST seq=0 ack=101 raw
			< SYN seq=500 ack=101
			> "a"
			> FIN
			< FIN
			>`, `
			open 0
			< 0 reset 0
			> 0 "a"
			> 1 FIN
			< 0 FIN
			close 0 closed by >`},
		{"refused, asked again, answered", `
			> SYN seq=100 t=1
			< RST seq=0 ack=101 raw
			> SYN seq=100 t=2
			< SYN seq=500 ack=101
			> "a"`, `
			open 0
			< 0 reset 0
			> 0 "a"
			> 1 unfinished
			< 0 unfinished
			close 0 open`},
		{"refused, and reported after two seconds", `
			> SYN seq=100 t=1
			< RST seq=0 ack=101
			advance t=2
			advance t=4
			> SYN seq=7000 noack t=5`, `
			open 0
			< 0 reset 0
			> 0 RST
			< 0 RST
			close 0 reset by <
			open 1
			> 0 unfinished
			< 0 unfinished
			close 1 open`},
		{"in the middle of a response", handshake + `
			> "GET /"
			< "hello"
			> RST noack
			< "world"`, `
			open 0
			> 0 "GET /"
			< 0 "hello"
			> 5 reset 0
			> 5 RST
			< 5 RST
			< 5 data-after-end 5
			close 0 reset by >`},
		{"what is kept behind a hole is delivered", handshake + `
			> 103 "cd"
			> RST noack`, `
			open 0
			> 2 segment-ahead 2
			> 0 reset 0
			> 0 gap 2
			> 2 "cd"
			> 4 RST
			< 0 RST
			close 0 reset by >`},
		{"after one FIN: the FIN closed it", handshake + `
			< FIN "bye"
			> RST noack`, `
			open 0
			< 0 "bye"
			< 3 FIN
			> 0 reset 0
			> 0 RST
			close 0 reset by <`},
		{"after both FINs", handshake + `
			> FIN
			< FIN
			> RST noack
			> RST noack`, `
			open 0
			> 0 FIN
			< 0 FIN
			> 0 reset 0
			> 0 reset 0
			close 0 closed by >`},
		{"with text in it", handshake + `
			< RST "no such service"`, `
			open 0
			< 0 reset 0
			> 0 RST
			< 0 RST
			close 0 reset by <`},
		{"far outside the window: not taken", handshake + `
			> "a"
			< RST 0x60000000 raw
			< "b"`, `
			open 0
			> 0 "a"
			< 0 reset 0
			< 1610612235 outside-window 0
			< 0 "b"
			> 1 unfinished
			< 1 unfinished
			close 0 open`},
		{"with an old number: not taken", handshake + `
			< "hello"
			> ack=506
			< RST 502 raw
			< "b"`, `
			open 0
			< 0 "hello"
			< 5 reset 0
			< 1 outside-window 0
			< 5 "b"
			> 0 unfinished
			< 6 unfinished
			close 0 open`},
		{"number 0 in the middle of a connection: not taken", `
			> SYN seq=100
			< SYN seq=0x90000000
			> "a"
			< RST seq=0 ack=102 raw
			< "b"`, `
			open 0
			> 0 "a"
			< 0 reset 0
			< 1879048191 outside-window 0
			< 0 "b"
			> 1 unfinished
			< 1 unfinished
			close 0 open`},
		{"without anything before it", `
			> RST seq=100 noack`, `
			open 0
			> 0 reset 0
			> 0 RST
			< 0 RST
			close 0 reset by >`},
	})
}

// Addresses and ports that are used again, and connection numbers as
// Wireshark's tcp.stream.
func TestReuse(t *testing.T) {
	traces(t, []traceCase{
		{"after a close", handshake + `
			> FIN
			< FIN
			>
			> SYN seq=9000 noack
			< SYN seq=9500 ack=9001
			> "a"`, `
			open 0
			> 0 FIN
			< 0 FIN
			close 0 closed by >
			open 1
			> 0 "a"
			> 1 unfinished
			< 0 unfinished
			close 1 open`},
		{"without a close", handshake + `
			> "a"
			> SYN seq=9000 noack
			< SYN seq=9500 ack=9001
			> "b"`, `
			open 0
			> 0 "a"
			> 0 port-reuse 0
			> 1 unfinished
			< 0 unfinished
			close 0 open
			open 1
			> 0 "b"
			> 1 unfinished
			< 0 unfinished
			close 1 open`},
		{"after a RST", handshake + `
			> RST noack
			> SYN seq=9000 noack`, `
			open 0
			> 0 reset 0
			> 0 RST
			< 0 RST
			> 0 port-reuse 0
			close 0 reset by >
			open 1
			> 0 unfinished
			< 0 unfinished
			close 1 open`},
		{"by the other side", handshake + `
			> FIN
			< FIN
			>
			< SYN seq=9000 noack
			> SYN seq=9500 ack=9001`, `
			open 0
			> 0 FIN
			< 0 FIN
			close 0 closed by >
			open 1
			< 0 unfinished
			> 0 unfinished
			close 1 open`},
		{"late packets of the connection before", handshake + `
			> "a"
			> FIN
			< FIN
			>
			> SYN seq=0x50000000 noack
			< SYN seq=0xa0000000 ack=0x50000001
			> 101 "a" raw`, `
			open 0
			> 0 "a"
			> 1 FIN
			< 0 FIN
			close 0 closed by >
			open 1
			> -1342177180 late-segment 1
			> 0 unfinished
			< 0 unfinished
			close 1 open`},
		{"several connections are numbered by their first packets", `
			> SYN seq=100 port=1001
			> SYN seq=100 port=1002
			< SYN seq=500 port=1002
			> SYN seq=100 port=1003
			< SYN seq=500 port=1001`, `
			open 0
			open 1
			open 2
			> 0 unfinished
			< 0 unfinished
			close 1 open
			> 0 unfinished
			< 0 unfinished
			close 2 open
			> 0 unfinished
			< 0 unfinished
			close 0 open`},
	})
}
