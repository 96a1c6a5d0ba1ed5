// Package tlsread reads what TLS leaves in the clear: the lengths of its
// records, the ClientHello, the ServerHello, and the certificates of TLS 1.2
// and older (RFC 8446, RFC 5246). It is given the bytes of both directions from
// their beginning on.
//
// It decrypts nothing, checks no signature, and trusts no length: whatever the
// bytes are, it stops at the first that is no TLS. Memory is bounded by the
// bytes that it is given. It knows no other package of the program.
package tlsread

// Content types of records (RFC 8446, Section 5.1).
const (
	ChangeCipherSpec = 20
	Alert            = 21
	Handshake        = 22
	ApplicationData  = 23
)

// maxRecord is the largest length of an encrypted record in any version (RFC
// 5246, section 6.2.3).
const maxRecord = 1<<14 + 2048

// headerLen is the bytes before a record's fragment.
const headerLen = 5

// MaxRecords bounds the records of a direction that are listed.
const MaxRecords = 100_000

// Record is one record of a direction.
type Record struct {
	Type    uint8
	Version uint16 // as in its header: 0x0301 to 0x0303, whatever was negotiated
	Offset  int64  // of its header in the direction's stream
	Length  int    // of its fragment, without the header
	Whole   bool   // all of the fragment is there

	fragment []byte
}

// Records lists the records that begin in b.
func Records(b []byte) []Record {
	var out []Record
	for at := 0; at+headerLen <= len(b) && len(out) < MaxRecords; {
		r := Record{Type: b[at], Version: uint16(b[at+1])<<8 | uint16(b[at+2]), Offset: int64(at),
			Length: int(b[at+3])<<8 | int(b[at+4])}
		if r.Type < ChangeCipherSpec || r.Type > ApplicationData || r.Version>>8 != 3 || r.Length > maxRecord {
			return out
		}
		end := min(at+headerLen+r.Length, len(b))
		r.Whole = end == at+headerLen+r.Length
		r.fragment = b[at+headerLen : end]
		out = append(out, r)
		at = end
		if !r.Whole {
			return out
		}
	}
	return out
}

// maxHandshake bounds the handshake bytes that are put together: chains of
// certificates have some ten kilobytes.
const maxHandshake = 256 << 10

// plain is the handshake messages before the first record that may be
// encrypted.
func plain(list []Record) []byte {
	var out []byte
	for i := range list {
		r := &list[i]
		if r.Type == ChangeCipherSpec || r.Type == ApplicationData || len(out) >= maxHandshake {
			break
		}
		if r.Type == Handshake {
			out = append(out, r.fragment...)
		}
	}
	return out
}
