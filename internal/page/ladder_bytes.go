package page

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"sort"
	"strconv"

	"httpscope/httpdecode"
	"httpscope/internal/layer"
	"httpscope/internal/trace"
)

// passage is where a message lies in its side's stream: the head in [from,
// body), the rest in [body, to).
type passage struct {
	from, body, to int64 // in the TCP stream
	above          int64 // what is added for offsets in the message's own stream
	message        *trace.Message
	exchange       int64
}

// byteIndex finds the messages that bytes of a stream belong to.
type byteIndex [2][]passage

// newIndex lists the messages of a connection by their place.
func newByteIndex(xs []*trace.Exchange) byteIndex {
	var in byteIndex
	for _, x := range xs {
		for m := range x.Messages() {
			if s, ok := passageOf(x, m); ok {
				in[m.Side&1] = append(in[m.Side&1], s)
			}
		}
	}
	for side := range in {
		slices.SortStableFunc(in[side], func(a, b passage) int { return cmp.Compare(a.from, b.from) })
	}
	return in
}

// passageOf is where a message lies; nowhere when it has no byte that was seen.
func passageOf(x *trace.Exchange, m *trace.Message) (passage, bool) {
	s := passage{message: m, exchange: x.ID, to: math.MaxInt64}
	switch {
	case m.Head != nil:
		s.at(x.Conn, m.HeadSpan())
	case m.BodyOffset >= 0:
		s.at(x.Conn, m.HeadSpan())
	default:
		return s, false
	}
	if m.Done {
		s.to = s.body + m.BodySpan().Len()
	}
	return s, true
}

// at says where the head lies in the TCP stream; it is empty where there is none.
func (s *passage) at(c *trace.Connection, head layer.Span) {
	in := tcpSpan(c, s.message, layer.Span{From: head.From, To: max(head.To, head.From+1)})
	s.from, s.body, s.above = in.From, in.From+head.Len(), head.From-in.From
}

// mostPhrases is how many messages of a segment are told one by one.
const mostPhrases = 2

// words say what the bytes [from, to) of a side's stream are, and which
// exchange the first of them belong to.
func (in *byteIndex) words(side layer.Side, from, to int64, c *trace.Connection) (string, int64) {
	list := in[side]
	i := max(0, sort.Search(len(list), func(i int) bool { return list[i].from > from })-1)
	if i < len(list) && list[i].to <= from {
		i++
	}
	end := i + sort.Search(len(list)-i, func(k int) bool { return list[i+k].from >= to })
	if i >= end {
		return foreign(from, to, c), 0
	}
	say, exchange := "", list[i].exchange
	if begun := list[i:end]; len(begun) > mostPhrases {
		return several(begun, from), exchange
	}
	for ; i < end; i++ {
		say = phrases("; ", say, list[i].words(max(from, list[i].from), to))
	}
	if last := &list[end-1]; last.to < to && !last.broken() {
		say = phrases("; ", say, foreign(max(from, last.to), to, c))
	}
	return say, exchange
}

// several sums up the messages of a segment.
func several(list []passage, from int64) string {
	if list[0].from < from {
		list = list[1:]
	}
	one, many := "request", "requests"
	if list[0].message.Side == layer.Server {
		one, many = "response", "responses"
	}
	return plural(int64(len(list)), one, many) + ", first " + list[0].name()
}

// foreign is what belongs to no message.
func foreign(from, to int64, c *trace.Connection) string {
	what := byteRange(from, to)
	if name := protocolWord(c); name != "" {
		return name + " " + what
	}
	return what
}

// name is the start line without what is always there.
func (s *passage) name() string {
	h := s.message.Head
	switch {
	case h == nil:
		return "bare document"
	case s.message.Side == layer.Client:
		return shown(h.Method + " " + h.Target)
	case h.Status == 0:
		return shown(h.StartLine())
	}
	return shown(strconv.Itoa(h.Status) + " " + h.Reason)
}

// broken reports a head of which the end was not captured: what follows it may
// belong to it.
func (s *passage) broken() bool { return s.message.Head != nil && !s.message.Head.Complete }

// kind is what kind of message it is.
func (s *passage) kind() string {
	h := s.message.Head
	switch {
	case h == nil:
		return "response"
	case s.message.Side == layer.Server && h.Status/100 == 1 && h.Status != 101:
		return "interim response"
	}
	return s.message.Side.String()
}

// words say what the bytes [from, to) are, which begin in the passage.
func (s *passage) words(from, to int64) string {
	to = min(to, s.to)
	if from == s.from && to == s.to && s.message.Head != nil {
		return s.whole()
	}
	return phrases("; ", s.headWords(from, to), s.bodyWords(max(from, s.body), to))
}

// whole is the text for a message that lies in one segment.
func (s *passage) whole() string {
	m := s.message
	say := s.kind() + " " + s.name()
	if m.Head.Framing().Kind == httpdecode.Chunked {
		say += ", " + plural(m.ChunkCount, "chunk", "chunks") + " with"
	} else if m.Body > 0 {
		say += ","
	}
	if m.Body > 0 || m.Head.Framing().Kind == httpdecode.Chunked {
		say += " " + plural(m.Body, "body byte", "body bytes")
	}
	return say
}

// headWords tell about the part of the head in [from, to).
func (s *passage) headWords(from, to int64) string {
	switch {
	case from >= s.body:
		return ""
	case from > s.from && to >= s.body:
		return "end of the " + s.message.Side.String() + " head"
	case from > s.from:
		return "more of the " + s.message.Side.String() + " head"
	case to < s.body:
		return "begin of the " + s.kind() + " head " + s.name()
	}
	return s.kind() + " head " + s.name() + s.promise(to > s.body)
}

// promise is how the body will be framed, where that is not plain from the body itself.
func (s *passage) promise(bodyFollows bool) string {
	f := s.message.Head.Framing()
	switch f.Kind {
	case httpdecode.Chunked:
		return ", chunked"
	case httpdecode.Length:
		if bodyFollows {
			return ""
		}
		return ", " + plural(f.Length, "byte", "bytes") + " to come"
	case httpdecode.UntilClose:
		return ", the close will end it"
	case httpdecode.Tunnel:
		return ", then another protocol"
	}
	return ""
}

// bodyWords tell about the part behind the head in [from, to).
func (s *passage) bodyWords(from, to int64) string {
	if from >= to {
		return ""
	}
	m := s.message
	if m.Head != nil && m.Head.Framing().Kind == httpdecode.Chunked {
		return phrases("; ", s.chunkWords(from, to), s.endWords(from, to))
	}
	say := "body " + byteRange(from-s.body, to-s.body)
	if m.Head != nil && m.Head.Framing().Kind == httpdecode.Length {
		say += " of " + strconv.FormatInt(m.Head.Framing().Length, 10)
	}
	return say
}

// chunkWords name the chunks that begin in [from, to), or the one that goes on
// there.
func (s *passage) chunkWords(from, to int64) string {
	chunks := s.message.Chunks
	from, to = from+s.above, to+s.above
	i := sort.Search(len(chunks), func(i int) bool { return chunks[i].Offset >= from })
	n := sort.Search(len(chunks)-i, func(k int) bool { return chunks[i+k].Offset >= to })
	switch {
	case n == 1:
		return fmt.Sprintf("chunk %d (%x hex = %d)", i+1, chunks[i].Size, chunks[i].Size)
	case n > 1:
		size := int64(0)
		for _, c := range chunks[i : i+n] {
			size += c.Size
		}
		return fmt.Sprintf("chunks %d to %d (%d bytes)", i+1, i+n, size)
	case i == len(chunks) && s.message.ChunkCount > int64(i):
		return "more chunks"
	case i > 0 && from < chunks[i-1].Offset+chunks[i-1].Size:
		return fmt.Sprintf("more of chunk %d", i)
	}
	return ""
}

// endWords tell about the end of a chunked body: the last chunk is the line in
// front of the trailer section.
func (s *passage) endWords(from, to int64) string {
	m := s.message
	if !m.Done || !m.Complete {
		return ""
	}
	const emptyLine = 2
	lineEnd := s.to - emptyLine - m.Trailing - 1
	say := ""
	if from <= lineEnd && lineEnd < to {
		say = "last chunk"
	}
	n := 0
	for i := range m.Trailers {
		if at := m.Trailers[i].Offset - s.above; from <= at && at < to {
			n++
		}
	}
	if n > 0 {
		say = phrases("; ", say, plural(int64(n), "trailer field", "trailer fields"))
	}
	if say == "" && to == s.to {
		say = "end of the " + s.kind()
	}
	return say
}
