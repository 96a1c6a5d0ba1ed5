package tlsread_test

import (
	"encoding/binary"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"httpscope/internal/tlsread"
)

// vector is bytes with their length before them.
func vector(n int, b ...[]byte) []byte {
	all := slices.Concat(b...)
	length := binary.BigEndian.AppendUint32(nil, uint32(len(all)))
	return append(length[4-n:], all...)
}

func extension(kind uint16, data []byte) []byte {
	return append(binary.BigEndian.AppendUint16(nil, kind), vector(2, data)...)
}

// record is a record of TLS.
func record(kind byte, fragment []byte) []byte {
	return append([]byte{kind, 3, 3}, vector(2, fragment)...)
}

func handshake(kind byte, body []byte) []byte { return append([]byte{kind}, vector(3, body)...) }

// clientHello is RFC 8446, Section 4.1.2, with these extensions.
func clientHello(extensions ...[]byte) []byte {
	return handshake(1, slices.Concat([]byte{3, 3}, make([]byte, 32), vector(1),
		vector(2, []byte{0x13, 1, 0x13, 2, 0x0a, 0x0a}), vector(1, []byte{0}), vector(2, extensions...)))
}

var fullHello = clientHello(extension(0, vector(2, []byte{0}, vector(2, []byte("www.example.com")))),
	extension(16, vector(2, vector(1, []byte("h2")), vector(1, []byte{0x1a, 0x1a}), vector(1, []byte("http/1.1")))),
	extension(43, vector(1, []byte{0x0a, 0x0a, 3, 4, 3, 3})))

// serverHello is RFC 8446, Section 4.1.3.
func serverHello(extensions ...[]byte) []byte {
	return handshake(2, slices.Concat([]byte{3, 3}, make([]byte, 32), vector(1), []byte{0x13, 2, 0},
		vector(2, extensions...)))
}

func TestReadsHellos(t *testing.T) {
	s := tlsread.Read(record(tlsread.Handshake, fullHello),
		record(tlsread.Handshake, serverHello(extension(43, []byte{3, 4}))))
	s.Client, s.Server = nil, nil
	want := tlsread.Session{Hello: true, Name: "www.example.com", Offered: []string{"h2", "http/1.1"},
		Versions: []uint16{0x0304, 0x0303}, Suites: 2, Answered: true, Version: 0x0304, Suite: 0x1302}
	if diff := cmp.Diff(want, s); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// TestReadsHellosInPieces: a message may lie in several records.
func TestReadsHellosInPieces(t *testing.T) {
	for n := 1; n < len(fullHello); n++ {
		s := tlsread.Read(slices.Concat(record(tlsread.Handshake, fullHello[:n]),
			record(tlsread.Handshake, fullHello[n:])), nil)
		if s.Name != "www.example.com" || len(s.Client) != 2 {
			t.Fatalf("cut at %d: %+v", n, s)
		}
		if cut := tlsread.Read(record(tlsread.Handshake, fullHello)[:n], nil); cut.Hello {
			t.Fatalf("of %d bytes: %+v", n, cut)
		}
	}
}

// TestStopsWhereTLSStops: what is no record ends the list.
func TestStopsWhereTLSStops(t *testing.T) {
	b := append(record(tlsread.ApplicationData, make([]byte, 30)), "GET / HTTP/1.1\r\n"...)
	if list := tlsread.Records(b); len(list) != 1 || list[0].Length != 30 || !list[0].Whole {
		t.Errorf("%+v", list)
	}
	if list := tlsread.Records(b[:20]); len(list) != 1 || list[0].Length != 30 || list[0].Whole {
		t.Errorf("%+v", list)
	}
}

func TestEstimates(t *testing.T) {
	client := func(n int) tlsread.Sent {
		return tlsread.Sent{Record: tlsread.Record{Type: tlsread.ApplicationData, Length: n}}
	}
	server := func(n int) tlsread.Sent {
		s := client(n)
		s.Server = true
		return s
	}
	for _, c := range []struct {
		name  string
		s     tlsread.Session
		order []tlsread.Sent
		want  [][2]int
	}{
		{"TLS 1.3: Finished and alert are no messages", tlsread.Session{Version: 0x0304},
			[]tlsread.Sent{server(1000), client(69), client(117), server(217), client(57), client(60), server(1017),
				client(19)}, [][2]int{{100, 200}, {83, 1000}}},
		{"TLS 1.2: all application data are messages", tlsread.Session{Version: 0x0303, Suite: 0xc02f},
			[]tlsread.Sent{client(124), server(224)}, [][2]int{{100, 200}}},
		{"ChaCha20 adds a tag only", tlsread.Session{Version: 0x0303, Suite: 0xcca8},
			[]tlsread.Sent{client(116), server(216)}, [][2]int{{100, 200}}},
	} {
		if got := c.s.Estimate(c.order); !slices.Equal(got.Sizes, c.want) || got.Requests != len(c.want) {
			t.Errorf("%s: %+v, want %v", c.name, got, c.want)
		}
	}
}

// FuzzRead reads any bytes: nothing is read that is not there.
func FuzzRead(f *testing.F) {
	f.Add(record(tlsread.Handshake, fullHello), record(tlsread.Handshake, serverHello()))
	f.Add(record(tlsread.Handshake, fullHello), slices.Concat(record(tlsread.Handshake, serverHello()),
		record(tlsread.Handshake, handshake(11, vector(3, vector(3, []byte("no certificate"))))),
		record(tlsread.ApplicationData, make([]byte, 99))))
	f.Fuzz(func(t *testing.T, client, server []byte) {
		s := tlsread.Read(client, server)
		if len(s.Name)+len(s.Offered)+2*len(s.Versions) > len(client)+4 {
			t.Errorf("more names than bytes: %+v", s)
		}
		var order []tlsread.Sent
		for side, list := range [][]tlsread.Record{s.Client, s.Server} {
			b := [][]byte{client, server}[side]
			for _, r := range list {
				if r.Offset < 0 || r.Offset+5 > int64(len(b)) || r.Whole && r.Offset+5+int64(r.Length) > int64(len(b)) {
					t.Errorf("record %+v of %d bytes", r, len(b))
				}
				order = append(order, tlsread.Sent{Server: side == 1, Record: r})
			}
		}
		e := s.Estimate(order)
		const cut = 2 * (1<<14 + 2048) // the last record of each side may be announced, and not be there
		if len(e.Sizes) > e.Requests || e.Bytes[0]+e.Bytes[1] > int64(len(client)+len(server))+cut {
			t.Errorf("%+v of %d and %d bytes", e, len(client), len(server))
		}
	})
}
