package tlsread

// Transfer is what of a session's application data can be told by lengths.
type Transfer struct {
	Requests int      // flights of the client, each answered by the server
	Sizes    [][2]int // bytes of each flight and of its answer, estimated without TLS's own
	Bytes    [2]int64 // of all application data, estimated
}

// Sent is a record with its side, as the capture orders both directions.
type Sent struct {
	Server bool
	Record
}

// overhead is the bytes that encryption adds to a record. In TLS 1.3 they are
// the content type and a tag of 16 bytes (RFC 8446, Section 5.2). In TLS 1.2 it
// is the tag, and with AES-GCM a nonce of 8 (RFC 5288, Section 3); suites with
// CBC pad, so that they are told less exactly.
func (s *Session) overhead() int {
	switch {
	case s.Version >= 0x0304:
		return 17
	case s.Suite>>8 == 0xcc: // ChaCha20-Poly1305, RFC 7905
		return 16
	}
	return 24
}

// maxFlights bounds the flights that are listed.
const maxFlights = 1000

// Estimate tells requests from responses by the direction of application data.
// order is the records of both sides as they were sent. In TLS 1.3 the handshake's end, session tickets and the closing alert look like
// application data: the client's first record is its Finished, what the server
// sends before the client's second is no answer, and a record that holds
// two bytes is an alert.
func (s *Session) Estimate(order []Sent) Transfer {
	var t Transfer
	over, skipped, asked := s.overhead(), s.Version < 0x0304, false
	for _, r := range order {
		n := r.Length - over
		if r.Type != ApplicationData || n <= 0 || s.Version >= 0x0304 && n == 2 {
			continue
		}
		switch {
		case !r.Server && !skipped:
			skipped = true
		case !r.Server:
			if !asked {
				t.Requests++
				if len(t.Sizes) < maxFlights {
					t.Sizes = append(t.Sizes, [2]int{})
				}
			}
			asked = true
			t.count(0, n)
		case t.Requests > 0:
			asked = false
			t.count(1, n)
		}
	}
	return t
}

func (t *Transfer) count(side, n int) {
	t.Bytes[side] += int64(n)
	if t.Requests == len(t.Sizes) {
		t.Sizes[len(t.Sizes)-1][side] += n
	}
}
