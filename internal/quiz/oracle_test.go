package quiz_test

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"httpscope/capture"
	"httpscope/internal/export"
	"httpscope/internal/inspect"
)

// oracle knows a capture by other routes than the quiz: from the lines of
// `read --json`, and from the headers of the raw packets.
type oracle struct {
	sample
	exchanges   map[int64]*jsonExchange
	connections map[int64]*jsonConnection
	packets     []rawPacket
}

type jsonExchange struct {
	Type              string
	ID, Connection    int64
	Ordinal           int64
	Client, Server    string
	Request, Response *jsonMessage
	Interim           []jsonMessage
	Findings          []struct{ Code string }
	Timing            *struct {
		Wait float64 `json:"wait_ms"`
	}
	Cookies *struct {
		Set []struct{ Kind, Reason string }
	}
}

type jsonMessage struct {
	Frame     int64
	LastFrame int64 `json:"last_frame"`
	Method    string
	Target    string
	Version   string
	Status    int
	Fields    [][2]string
	HeadBytes int64 `json:"head_bytes"`
	BodyBytes int64 `json:"body_bytes"`
	WireBytes int64 `json:"wire_bytes"`
	Chunks    []struct{ Size int64 }
}

// get is the first value of a field; ok tells whether there is one.
func (m *jsonMessage) get(name string) (value string, ok bool) {
	for _, f := range m.Fields {
		if strings.EqualFold(f[0], name) {
			return f[1], true
		}
	}
	return "", false
}

func (m *jsonMessage) all(name string) string {
	var out []string
	for _, f := range m.Fields {
		if strings.EqualFold(f[0], name) {
			out = append(out, f[1])
		}
	}
	return strings.ToLower(strings.Join(out, ","))
}

type jsonConnection struct {
	ID                       int64
	Client, Server, Protocol string
}

// rawPacket is a packet read from its bytes.
type rawPacket struct {
	frame    int64
	nano     int64
	conn     int64
	src, dst netip.AddrPort
	seq, ack uint32
	flags    byte
	length   uint32
	payload  []byte
}

func newOracle(t testing.TB, s sample) *oracle {
	t.Helper()
	o := &oracle{sample: s, exchanges: map[int64]*jsonExchange{}, connections: map[int64]*jsonConnection{}}
	for _, p := range s.Recording.Packets {
		if p.Skip == "" && len(p.TCP) >= 20 {
			o.packets = append(o.packets, rawPacket{p.Number, p.Nano, p.Conn, p.Src, p.Dst,
				binary.BigEndian.Uint32(p.TCP[4:]), binary.BigEndian.Uint32(p.TCP[8:]), p.TCP[13],
				tcpLength(p.IP, p.TCP), p.Payload})
		}
	}
	for _, line := range bytes.Split(jsonLines(t, s.path), []byte("\n")) {
		var x jsonExchange
		if len(line) == 0 {
			continue
		}
		if err := json.Unmarshal(line, &x); err != nil && x.Type != "connection" && x.Type != "summary" {
			t.Fatal(err)
		}
		switch x.Type {
		case "exchange":
			o.exchanges[x.ID] = &x
		case "connection":
			var c jsonConnection
			if err := json.Unmarshal(line, &c); err != nil {
				t.Fatal(err)
			}
			o.connections[c.ID] = &c
		}
	}
	return o
}

// tcpLength is the payload on the wire, from the IP header's length.
func tcpLength(ip, tcp []byte) uint32 {
	header := int(tcp[12]>>4) * 4
	if ip[0]>>4 == 6 {
		return uint32(int(binary.BigEndian.Uint16(ip[4:])) - header)
	}
	return uint32(int(binary.BigEndian.Uint16(ip[2:])) - int(ip[0]&15)*4 - header)
}

func jsonLines(t testing.TB, path string) []byte {
	t.Helper()
	f, err := capture.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var b bytes.Buffer
	out := export.NewJSONLines(&b)
	e := inspect.New(inspect.Options{}, out)
	for {
		p, err := f.Next()
		if err != nil {
			break
		}
		e.Packet(p)
	}
	e.Finish()
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// of are the packets of a connection.
func (o *oracle) of(conn int64) []rawPacket {
	var out []rawPacket
	for _, p := range o.packets {
		if p.conn == conn {
			out = append(out, p)
		}
	}
	return out
}

func (o *oracle) packet(frame int64) rawPacket {
	for _, p := range o.packets {
		if p.frame == frame {
			return p
		}
	}
	return rawPacket{}
}

// isn is the sequence number of the SYN that an end sent.
func (o *oracle) isn(conn int64, src netip.AddrPort) uint32 {
	for _, p := range o.of(conn) {
		if p.src == src && p.flags&2 != 0 {
			return p.seq
		}
	}
	return 0
}

// bodyFrame is the packet of a message's first body byte, by putting the side's
// stream together and looking for the end of the head in it.
func (o *oracle) bodyFrame(conn int64, m *jsonMessage, start string) int64 {
	src := o.packet(m.Frame).src
	first := o.isn(conn, src) + 1
	stream, frames := map[uint32]byte{}, map[uint32]int64{}
	for _, p := range o.of(conn) {
		for i, c := range p.payload {
			if at := p.seq - first + uint32(i); p.src == src && frames[at] == 0 {
				stream[at], frames[at] = c, p.frame
			}
		}
	}
	var text []byte
	for at := uint32(0); frames[at] != 0; at++ {
		text = append(text, stream[at])
	}
	for from := 0; ; from++ {
		i := bytes.Index(text[from:], []byte(start))
		if i < 0 {
			return 0
		}
		from += i
		if frames[uint32(from)] != m.Frame {
			continue
		}
		at := from + int(m.HeadBytes)
		if strings.Contains(m.all("transfer-encoding"), "chunked") {
			at += bytes.IndexByte(text[at:], '\n') + 1
		}
		return frames[uint32(at)]
	}
}

var numberIn = regexp.MustCompile(`[0-9]+`)

// after is the number behind a word of a text; -1 when there is none.
func after(text, word string) int64 {
	_, rest, ok := strings.Cut(text, word)
	if !ok {
		return -1
	}
	n, err := strconv.ParseInt(numberIn.FindString(rest), 10, 64)
	if err != nil {
		return -1
	}
	return n
}
