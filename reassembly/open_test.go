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
			< 0 midstream 0
			> 0 "a"
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
			> 0 midstream 0
			< 0 "b"
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
			< 0 gap 5
			< 5 "fgh"
			> 0 unfinished
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
			> 0 out-of-order 2
			> 0 retransmission 2
			> 0 "ab"
			> 2 "cd"
			> 4 unfinished
			< 0 unfinished
			close 0 open`},
		{"the SYN captured after data", `
			> 101 ack=501 "a"
			< 501 ack=102 "b"
			> SYN seq=100 noack raw
			< SYN seq=500 ack=101 raw
			> 102 ack=502 "c"`, `
			open 0
			> 0 midstream 0
			< 0 midstream 0
			> 0 "a"
			< 0 "b"
			> 1 "c"
			> 2 unfinished
			< 1 unfinished
			close 0 open`},
		{"everything the wrong way round", `
			< 501 ack=106 "200 OK"
			> FIN 106 ack=507 raw
			> 101 ack=501 "GET /" raw
			< SYN seq=500 ack=101 raw
			< FIN 507 ack=107 raw
			> SYN seq=100 noack raw`, `
			open 0
			< 0 midstream 0
			> 0 midstream 0
			> 0 out-of-order 5
			> 0 "GET /"
			< 0 "200 OK"
			> 5 FIN
			< 6 FIN
			close 0 closed by >`},
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
