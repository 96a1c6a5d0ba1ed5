package export

import (
	"io"
	"net/netip"
	"strconv"
	"time"

	"httpscope/httpdecode"
	"httpscope/internal/layer"
	"httpscope/internal/trace"
)

// JSONLines writes one object a line: exchanges and connections as they end,
// then a summary. It writes by hand, not by reflection, since this is most of
// the work on a large capture.
type JSONLines struct {
	w     io.Writer
	full  bool
	buf   []byte
	clock clock
	err   error
}

// flushAt is how many bytes are written at a time.
const flushAt = 256 << 10

// NewJSONLines returns a writer to w.
func NewJSONLines(w io.Writer) *JSONLines { return &JSONLines{w: w} }

// Full has each exchange say all that is known after it: its client's whole jar, all
// holes of its resource, and every cookie that was not sent. Otherwise it says what
// changed: what is known grows with what went before. It returns j.
func (j *JSONLines) Full(full bool) *JSONLines {
	j.full = full
	return j
}

// Flush writes what is buffered and returns the first error of the writer.
func (j *JSONLines) Flush() error {
	if len(j.buf) > 0 && j.err == nil {
		_, j.err = j.w.Write(j.buf)
	}
	j.buf = j.buf[:0]
	return j.err
}

func (j *JSONLines) line(b []byte) {
	j.buf = append(b, '\n')
	if len(j.buf) >= flushAt {
		j.Flush()
	}
}

// Exchange implements inspect.Sink.
func (j *JSONLines) Exchange(x *trace.Exchange) { j.line(j.exchange(j.buf, x)) }

// Connection implements inspect.Sink.
func (j *JSONLines) Connection(c *trace.Connection) { j.line(j.connection(j.buf, c)) }

// Summary writes the last line.
func (j *JSONLines) Summary(s *trace.Summary) { j.line(appendSummary(j.buf, s)) }

func (j *JSONLines) exchange(b []byte, x *trace.Exchange) []byte {
	b = appendInt(append(b, `{"type":"exchange","id":`...), x.ID)
	b = appendInt(append(b, `,"connection":`...), x.Conn.ID)
	b = appendInt(append(b, `,"ordinal":`...), x.Ordinal)
	if in := x.Within(); in != layer.TCP {
		b = appendInt(append(b, `,"layer":`...), int64(in))
	}
	if x.Stream != 0 {
		b = appendInt(append(b, `,"stream":`...), x.Stream)
	}
	if x.Via != 0 {
		b = appendInt(append(b, `,"via":`...), x.Via)
	}
	b = appendEnds(b, x.Conn)
	b = j.message(append(b, `,"request":`...), x.Request)
	b = append(b, `,"interim":[`...)
	for i, m := range x.Interim {
		if i > 0 {
			b = append(b, ',')
		}
		b = j.message(b, m)
	}
	b = append(b, ']')
	if x.InterimCount > int64(len(x.Interim)) {
		b = appendInt(append(b, `,"interim_total":`...), x.InterimCount)
	}
	b = j.message(append(b, `,"response":`...), x.Response)
	if x.Simple != nil {
		b = j.message(append(b, `,"simple_response":`...), x.Simple)
	}
	if x.Ranges != nil {
		b = appendRanges(append(b, `,"ranges":`...), x.Ranges, j.full)
	}
	if x.Cookies != nil {
		b = appendCookies(append(b, `,"cookies":`...), x.Cookies, j.full)
	}
	b = appendFindings(append(b, `,"findings":`...), x.Findings)
	b = appendTiming(b, x)
	return append(b, '}')
}

func appendEnds(b []byte, c *trace.Connection) []byte {
	b = appendAddr(append(b, `,"client":"`...), c.Ends[layer.Client])
	b = appendAddr(append(b, `","server":"`...), c.Ends[layer.Server])
	return append(b, '"')
}

func appendAddr(b []byte, a netip.AddrPort) []byte { return a.AppendTo(b) }

func (j *JSONLines) message(b []byte, m *trace.Message) []byte {
	if m == nil {
		return append(b, "null"...)
	}
	b = appendInt(append(b, `{"frame":`...), m.First.Packet)
	b = appendInt(append(b, `,"last_frame":`...), m.Last.Packet)
	b = j.clock.append(append(b, `,"time":`...), m.First.Nano)
	escaped := false
	if m.Head != nil {
		b = appendHead(b, m, &escaped)
	}
	b = appendInt(append(b, `,"body_bytes":`...), m.Body)
	b = appendInt(append(b, `,"wire_bytes":`...), m.Wire())
	if m.Missing > 0 {
		b = appendInt(append(b, `,"gap_bytes":`...), m.Missing)
	}
	if m.ChunkCount > 0 {
		b = appendChunks(b, m, &escaped)
	}
	b = strconv.AppendBool(append(b, `,"complete":`...), m.Complete)
	b = appendItems(b, m, &escaped)
	b = append(b, `,"trailers":`...)
	b = list(b, len(m.Trailers), func(b []byte, i int) []byte { return appendField(b, &m.Trailers[i].Field, &escaped) })
	if m.TrailerCount > int64(len(m.Trailers)) {
		b = appendInt(append(b, `,"trailers_total":`...), m.TrailerCount)
	}
	if m.SHA256 != "" {
		b = append(append(append(b, `,"body_sha256":"`...), m.SHA256...), '"')
	} else {
		b = append(b, `,"body_sha256":null`...)
	}
	if escaped {
		b = append(b, `,"escaped":true`...)
	}
	return append(b, '}')
}

func appendHead(b []byte, m *trace.Message, escaped *bool) []byte {
	h := m.Head
	if m.Side == layer.Client {
		b = appendString(append(b, `,"method":`...), h.Method, escaped)
		b = appendString(append(b, `,"target":`...), h.Target, escaped)
		b = appendString(append(b, `,"version":`...), h.Version, escaped)
	} else {
		b = appendString(append(b, `,"version":`...), h.Version, escaped)
		b = appendInt(append(b, `,"status":`...), int64(h.Status))
		b = appendString(append(b, `,"reason":`...), h.Reason, escaped)
	}
	b = appendFields(append(b, `,"fields":`...), h.Fields, escaped)
	b = append(append(append(b, `,"framing":"`...), h.Framing().Kind.String()...), '"')
	b = appendInt(append(b, `,"framing_rule":`...), int64(h.Framing().Rule))
	return appendInt(append(b, `,"head_bytes":`...), h.Size())
}

func appendFields(b []byte, fields []httpdecode.Field, escaped *bool) []byte {
	b = append(b, '[')
	for i := range fields {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendField(b, &fields[i], escaped)
	}
	return append(b, ']')
}

func appendField(b []byte, f *httpdecode.Field, escaped *bool) []byte {
	b = appendString(append(b, '['), f.Name, escaped)
	b = appendString(append(b, ','), f.Value, escaped)
	return append(b, ']')
}

func appendChunks(b []byte, m *trace.Message, escaped *bool) []byte {
	b = append(b, `,"chunks":[`...)
	for i := range m.Chunks {
		c := &m.Chunks[i]
		if i > 0 {
			b = append(b, ',')
		}
		b = appendInt(append(b, `{"size":`...), c.Size)
		b = appendString(append(b, `,"ext":`...), c.Ext, escaped)
		b = appendInt(append(b, `,"frame":`...), c.At.Packet)
		b = append(b, '}')
	}
	b = append(b, ']')
	if m.ChunkCount > int64(len(m.Chunks)) {
		b = appendInt(append(b, `,"chunks_total":`...), m.ChunkCount)
	}
	return b
}

// appendItems writes the events or parts of a body that brings one after the other.
func appendItems(b []byte, m *trace.Message, escaped *bool) []byte {
	if m.ItemCount == 0 {
		return b
	}
	b = append(b, `,"items":[`...)
	for i := range m.Items {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendString(append(b, `{"name":`...), m.Items[i].Name, escaped)
		b = appendInt(append(b, `,"bytes":`...), m.Items[i].Bytes)
		b = appendInt(append(b, `,"frame":`...), m.Items[i].At.Packet)
		b = appendMillis(append(b, `,"after_ms":`...), time.Duration(m.Items[i].At.Nano-m.HeadEnd.Nano))
		b = append(b, '}')
	}
	b = append(b, ']')
	if m.ItemCount > int64(len(m.Items)) {
		b = appendInt(append(b, `,"items_total":`...), m.ItemCount)
	}
	return b
}

func appendFindings(b []byte, fs []trace.Finding) []byte {
	b = append(b, '[')
	var escaped bool
	for i := range fs {
		f := &fs[i]
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(b, `{"code":"`...), f.Code...)
		b = append(append(b, `","severity":"`...), f.Severity.String()...)
		b = append(append(b, `","side":"`...), f.Side.String()...)
		b = appendString(append(b, `","detail":`...), f.Detail.String(), &escaped)
		if f.From >= 0 {
			b = appendInt(append(b, `,"offset":`...), f.From)
			b = appendInt(append(b, `,"length":`...), f.Len())
		}
		b = appendInt(append(b, `,"frame":`...), f.Frame)
		b = append(b, '}')
	}
	return append(b, ']')
}

// appendTiming writes the times between the messages, null where one is missing.
func appendTiming(b []byte, x *trace.Exchange) []byte {
	wait, receive := x.Timing()
	b = appendMillis(append(b, `,"timing":{"wait_ms":`...), wait)
	b = appendMillis(append(b, `,"receive_ms":`...), receive)
	return append(b, '}')
}

func appendMillis(b []byte, d time.Duration) []byte {
	if d == trace.NoDuration {
		return append(b, "null"...)
	}
	return strconv.AppendFloat(b, float64(d)/1e6, 'f', -1, 64)
}

func (j *JSONLines) connection(b []byte, c *trace.Connection) []byte {
	b = appendInt(append(b, `{"type":"connection","id":`...), c.ID)
	b = appendEnds(b, c)
	b = append(append(append(b, `,"protocol":"`...), c.Protocol.String()...), '"')
	var escaped bool
	if c.Detail != "" {
		b = appendString(append(b, `,"protocol_detail":`...), c.Detail, &escaped)
	}
	b = appendLayers(b, c.Layers)
	b = j.clock.append(append(b, `,"start":`...), c.Start.Nano)
	b = j.clock.append(append(b, `,"end":`...), c.End.Nano)
	b = appendInt(append(b, `,"first_frame":`...), c.Start.Packet)
	b = appendInt(append(b, `,"last_frame":`...), c.End.Packet)
	b = append(append(append(b, `,"state":"`...), c.State.String()...), '"')
	if c.ClosedBy == trace.Nobody {
		b = append(b, `,"closed_by":null`...)
	} else {
		b = append(append(append(b, `,"closed_by":"`...), c.ClosedBy.String()...), '"')
	}
	b = strconv.AppendBool(append(b, `,"handshake":`...), c.Handshake)
	b = appendPair(append(b, `,"packets":`...), c.Packets)
	b = appendPair(append(b, `,"bytes":`...), c.Bytes)
	b = appendInt(append(b, `,"retransmissions":`...), c.Retransmissions)
	b = appendInt(append(b, `,"out_of_order":`...), c.OutOfOrder)
	b = appendInt(append(b, `,"gap_bytes":`...), c.GapBytes)
	b = appendInt(append(b, `,"exchanges":`...), c.Exchanges)
	b = append(append(append(b, `,"link":"`...), c.Link...), '"')
	if c.Tunnel != "" {
		b = append(append(append(b, `,"tunnel":"`...), c.Tunnel...), '"')
	}
	b = appendLedger(append(b, `,"ledger":`...), &c.Ledger)
	return append(appendFindings(append(b, `,"findings":`...), c.Findings), '}')
}

// appendLayers adds what the connection carries, where one protocol lies in another.
func appendLayers(b []byte, layers []string) []byte {
	var escaped bool
	for i, name := range layers {
		if i == 0 {
			b = append(b, `,"layers":`...)
		}
		b = appendString(append(b, "[,"[min(i, 1)]), name, &escaped)
	}
	if len(layers) > 0 {
		b = append(b, ']')
	}
	return b
}

func appendPair(b []byte, v [2]int64) []byte {
	b = appendInt(append(b, `{"client":`...), v[layer.Client])
	b = appendInt(append(b, `,"server":`...), v[layer.Server])
	return append(b, '}')
}

func appendInt(b []byte, n int64) []byte { return strconv.AppendInt(b, n, 10) }
