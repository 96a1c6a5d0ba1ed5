package httpdecode_test

import (
	"fmt"

	"httpscope/httpdecode"
)

// A pipelined HEAD: its response says how long the body would be, and has none.
func Example() {
	d := httpdecode.New(nil)
	d.Feed(httpdecode.Client, []byte("HEAD /a HTTP/1.1\r\nHost: example.org\r\n\r\nGET /b HTTP/1.1\r\nHost: example.org\r\n\r\n"), httpdecode.Stamp{Packet: 1})
	d.Feed(httpdecode.Server, []byte("HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"), httpdecode.Stamp{Packet: 2})
	for e, ok := d.Next(); ok; e, ok = d.Next() {
		switch e.Kind {
		case httpdecode.HeadEvent:
			f := &e.Head.Framing
			fmt.Printf("exchange %d, packet %d: %s: body %s by rule %d, %s\n", e.Exchange, e.First.Packet,
				e.Head.StartLine(), f.Kind, f.Rule, f.Proof().Key)
		case httpdecode.BodyEvent:
			fmt.Printf("exchange %d, packet %d: %d bytes of body\n", e.Exchange, e.First.Packet, len(e.Bytes))
		case httpdecode.FindingEvent:
			fmt.Printf("exchange %d: %s: %s\n", e.Exchange, e.Finding.Code, e.Finding.Detail.Key)
		}
	}
	// Output:
	// exchange 1, packet 1: HEAD /a HTTP/1.1: body none by rule 7, proof.request
	// exchange 2, packet 1: GET /b HTTP/1.1: body none by rule 7, proof.request
	// exchange 2: pipelined: found.pipelined
	// exchange 1, packet 2: HTTP/1.1 200 OK: body none by rule 1, proof.head
	// exchange 2, packet 2: HTTP/1.1 200 OK: body content-length by rule 6, proof.length
	// exchange 2, packet 2: 5 bytes of body
}

// What the capture lacks is said once, and decoding goes on after it.
func ExampleDecoder_Gap() {
	d := httpdecode.New(nil)
	d.Feed(httpdecode.Server, []byte("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n012"), httpdecode.Stamp{Packet: 1})
	d.Gap(httpdecode.Server, 4, httpdecode.Stamp{Packet: 3})
	d.Feed(httpdecode.Server, []byte("789"), httpdecode.Stamp{Packet: 3})
	for e, ok := d.Next(); ok; e, ok = d.Next() {
		switch e.Kind {
		case httpdecode.GapEvent:
			fmt.Printf("gap of %d bytes at %d\n", e.Span.Len(), e.Span.From)
		case httpdecode.BodyEvent:
			fmt.Printf("body at %d\n", e.Span.From)
		case httpdecode.EndEvent:
			fmt.Printf("end, complete: %t\n", e.Complete)
		}
	}
	fmt.Println("bytes of body that were captured:", d.Tally(httpdecode.Server).Bodies)
	// Output:
	// body at 39
	// gap of 4 bytes at 42
	// body at 46
	// end, complete: false
	// bytes of body that were captured: 6
}
