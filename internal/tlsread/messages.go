package tlsread

// Message is a handshake message that is not encrypted (RFC 8446, Section 4).
type Message struct {
	Type    uint8    // 1 ClientHello, 2 ServerHello, 11 Certificate, ...
	Length  int      // of its body
	Record  int      // index of the record in which it ends
	Version uint16   // that a hello names; 0 in other messages
	Suites  []uint16 // offered by a ClientHello, or the one that a ServerHello chose
	Name    string   // server_name of a ClientHello
	ALPN    []string // offered, or the one chosen
}

// Messages are the whole handshake messages of a direction before the first
// record that may be encrypted.
func Messages(list []Record) []Message {
	var out []Message
	at := 0
	ends := recordFinder{list: list}
	messages(plain(list), func(kind byte, body []byte) {
		at += 4 + len(body)
		m := Message{Type: kind, Length: len(body), Record: ends.holding(at)}
		m.hello(body)
		out = append(out, m)
	})
	return out
}

// recordFinder finds records by their handshake bytes. It is asked for places further and
// further on, so that all of them take one walk: records of four bytes may hold a message each.
type recordFinder struct {
	list   []Record
	index  int
	before int // handshake bytes of the records before index
}

// holding is the index of the handshake record that holds the last of the first n handshake
// bytes, or the last record of all.
func (f *recordFinder) holding(n int) int {
	for f.index < len(f.list)-1 {
		if r := &f.list[f.index]; r.Type == Handshake {
			if f.before+len(r.fragment) >= n {
				break
			}
			f.before += len(r.fragment)
		}
		f.index++
	}
	return f.index
}

func (m *Message) hello(body []byte) {
	r := reader{b: body}
	switch m.Type {
	case 1:
		m.Version = uint16(r.number(2))
		r.take(32)
		r.vector(1)
		suites := reader{b: r.vector(2)}
		r.vector(1)
		for len(suites.b) >= 2 && len(m.Suites) < maxItems {
			m.Suites = append(m.Suites, uint16(suites.number(2)))
		}
	case 2:
		m.Version = uint16(r.number(2))
		r.take(32)
		r.vector(1)
		m.Suites = []uint16{uint16(r.number(2))}
		r.byte()
	default:
		return
	}
	if r.bad {
		return
	}
	var s Session
	extensions(&r, func(kind int, data []byte) { s.offer(kind, data) })
	m.Name, m.ALPN = s.Name, s.Offered
	if m.Type == 2 {
		m.Name = ""
	}
}
