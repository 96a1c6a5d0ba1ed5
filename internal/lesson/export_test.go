package lesson

import (
	"bytes"
	"fmt"

	"httpscope/internal/layer"
	"httpscope/internal/trace"
)

// Message is what a reader made of bytes, for tests.
type Message struct {
	Accepts   bool
	End, Body int
	Says      string
}

// ReadAs reads a message as a program does: strict, go or wireshark.
func ReadAs(reader string, response bool, method string, data []byte) Message {
	in := input{response: response, method: method, latest: method, data: data, fin: true}
	read := map[string]func(input) outcome{"strict": readStrict, "go": readGo, "wireshark": readShark}[reader]
	o := read(in)
	return Message{o.accepts, o.end, o.body, o.says.String()}
}

// Causes are all causes, for tests.
func Causes() []string {
	all := []string{string(pipelinedHead), string(readOtherwise)}
	for _, c := range causes {
		all = append(all, string(c))
	}
	return all
}

// SharkShows is the messages that the model of Wireshark shows of both sides of
// a connection. After a line that it does not recognise it begins again with the
// next packet.
func SharkShows(src Source, c *trace.Connection) [2][]string {
	k := &line{}
	for x := range src.Exchanges() {
		if x.Conn.ID == c.ID {
			k.exchange(x)
		}
	}
	k.open(src, c)
	var out [2][]string
	for side := range out {
		s := tcpTo(k.tape, layer.Side(side), maxStream)
		for at := 0; at < len(s.data); {
			in := input{response: side == 1, data: s.data[at:], fin: k.fin[side], reset: k.reset && !k.fin[side]}
			in.latest = k.latest(k.tape.Frame(layer.Place{Side: layer.Side(side), Span: layer.Span{From: int64(at)}}))
			o := readShark(in)
			_, words := startLine(in.data)
			switch {
			case o.accepts:
				out[side] = append(out[side], fmt.Sprintf("%s %d", words[side], o.body))
				at += o.end
			case sharkStart(in.response, words):
				at = len(s.data)
			default:
				at = nextPacket(k.tape, side, s.data, at)
			}
		}
	}
	return out
}

// nextPacket is behind the packet in which an unknown line ends.
func nextPacket(t *trace.Tape, side int, data []byte, at int) int {
	i := bytes.IndexByte(data[at:], '\n')
	if i < 0 {
		return len(data)
	}
	for _, p := range t.Runs[side] {
		if p.Offset > int64(at+i) {
			return int(p.Offset)
		}
	}
	return len(data)
}
