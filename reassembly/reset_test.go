package reassembly

import "testing"

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
		{"refused while bytes of the refused connection wait for those before them, then answered", `
			> SYN seq=100
			< "x" seq=501 ack=101 raw
			< "yz" seq=510 ack=101 raw
			< RST seq=502 ack=101 raw
			< SYN seq=500 ack=101
			> "a"`, `
			open 0
			< 0 midstream 0
			< 9 segment-ahead 8
			< 0 reset 0
			> 0 "a"
			> 1 unfinished
			< 0 unfinished
			close 0 open`},
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
			< 5 "world"
			> 5 RST
			< 10 RST
			close 0 reset by >`},
		{"what its sender sends behind it waits, and nobody takes it", handshake + `
			< RST 501 ack=101 raw
			< 501 "forged"
			> ack=501`, `
			open 0
			< 0 reset 0
			> 0 RST
			< 0 RST
			< 0 data-after-end 6
			close 0 reset by <`},
		{"forged: the receiver acknowledges what came behind it", handshake + `
			> "GET /"
			< RST 501 ack=106 raw
			< 501 ack=106 "200 OK"
			> ack=507
			< FIN
			> FIN
			<`, `
			open 0
			> 0 "GET /"
			< 0 reset 0
			< 0 reset-ignored 0
			< 0 "200 OK"
			< 6 FIN
			> 5 FIN
			close 0 closed by <`},
		{"forged ahead of the window: its sender ends before it", handshake + `
			> "GET /"
			< RST 1961 ack=106 raw
			< RST 3421 ack=106 raw
			< 501 ack=106 "200 OK"
			> ack=507
			< FIN
			> FIN
			<`, `
			open 0
			> 0 "GET /"
			< 0 reset 0
			< 0 reset 0
			< 0 "200 OK"
			< 6 FIN
			< 1460 reset-ignored 0
			> 5 FIN
			close 0 closed by <`},
		{"captured before what was sent before it", handshake + `
			> "GET /"
			< RST 507 ack=106 raw
			< 501 ack=106 "200 OK"
			> ack=507`, `
			open 0
			> 0 "GET /"
			< 0 reset 0
			< 0 "200 OK"
			> 5 RST
			< 6 RST
			close 0 reset by <`},
		{"taken when a second has passed", handshake + `
			> "a" t=1
			> RST noack
			advance t=3`, `
			open 0
			> 0 "a"
			> 1 reset 0
			> 1 RST
			< 0 RST
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
