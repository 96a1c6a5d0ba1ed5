package page

import (
	"sort"
	"strconv"

	"httpscope/httpdecode"
	"httpscope/internal/layer"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// teller says what bytes of a connection are.
type teller struct {
	texts.Catalogue
	said byteIndex
	conn *trace.Connection
}

// join puts what is not empty into one text.
func (t *teller) join(parts ...string) string {
	all := ""
	for _, p := range parts {
		switch {
		case p == "":
		case all == "":
			all = p
		default:
			all = t.Phrase("page.ladder.and", all, p)
		}
	}
	return all
}

// mostPhrases is how many messages of a segment are told one by one.
const mostPhrases = 2

// words say what the bytes [from, to) of a side's stream are, and which
// exchange the first of them belong to.
func (t *teller) words(side layer.Side, from, to int64) (string, int64) {
	list := t.said[side]
	i := max(0, sort.Search(len(list), func(i int) bool { return list[i].from > from })-1)
	if i < len(list) && list[i].to <= from {
		i++
	}
	end := i + sort.Search(len(list)-i, func(k int) bool { return list[i+k].from >= to })
	if i >= end {
		return t.foreign(from, to), 0
	}
	say, exchange := "", list[i].exchange
	if begun := list[i:end]; len(begun) > mostPhrases {
		return t.several(begun, from), exchange
	}
	for ; i < end; i++ {
		say = t.join(say, t.passage(&list[i], max(from, list[i].from), to))
	}
	if last := &list[end-1]; last.to < to && !last.broken() {
		say = t.join(say, t.foreign(max(from, last.to), to))
	}
	return say, exchange
}

// several sums up the messages of a segment.
func (t *teller) several(list []passage, from int64) string {
	if list[0].from < from {
		list = list[1:]
	}
	count := texts.Say("count."+list[0].message.Side.String(), len(list))
	return t.Phrase("page.ladder.several", count, t.name(&list[0]))
}

// foreign is what belongs to no message.
func (t *teller) foreign(from, to int64) string {
	what := byteRange(from, to)
	if name := protocolWord(t.Catalogue, t.conn); name != "" {
		return t.Phrase("page.ladder.protocol", name, what)
	}
	return t.Of(what)
}

// name is the start line without what is always there.
func (t *teller) name(s *passage) string {
	h := s.message.Head
	switch {
	case h == nil:
		return t.Phrase("page.ladder.bare")
	case s.message.Side == layer.Client:
		return shown(h.Method + " " + h.Target)
	case h.Status == 0:
		return shown(h.StartLine())
	}
	return shown(strconv.Itoa(h.Status) + " " + h.Reason)
}

// kind is what kind of message it is.
func (s *passage) kind() texts.Phrase { return texts.Say("side." + kindOf(s.message)) }

// passage says what the bytes [from, to) are, which begin in the passage.
func (t *teller) passage(s *passage, from, to int64) string {
	to = min(to, s.to)
	if from == s.from && to == s.to && s.message.Head != nil {
		return t.whole(s)
	}
	return t.join(t.head(s, from, to), t.body(s, max(from, s.body), to))
}

// whole is the text for a message that lies in one segment.
func (t *teller) whole(s *passage) string {
	m := s.message
	body := texts.Say("page.ladder.body-bytes", m.Body)
	switch {
	case m.Head.Framing().Kind == httpdecode.Chunked:
		return t.Phrase("page.ladder.message-chunks", s.kind(), t.name(s), texts.Say("count.chunk", m.ChunkCount), body)
	case m.Body > 0:
		return t.Phrase("page.ladder.message-body", s.kind(), t.name(s), body)
	}
	return t.Phrase("page.ladder.message", s.kind(), t.name(s))
}

// head tells about the part of the head in [from, to).
func (t *teller) head(s *passage, from, to int64) string {
	switch {
	case from >= s.body:
		return ""
	case from > s.from && to >= s.body:
		return t.Phrase("page.ladder.head-end", sideWord(s.message.Side))
	case from > s.from:
		return t.Phrase("page.ladder.head-more", sideWord(s.message.Side))
	case to < s.body:
		return t.Phrase("page.ladder.head-begin", s.kind(), t.name(s))
	}
	head := texts.Say("page.ladder.head", s.kind(), t.name(s))
	if promise := s.promise(to > s.body); !promise.IsZero() {
		return t.Phrase("page.ladder.head-promise", head, promise)
	}
	return t.Of(head)
}

// promise is how the body will be framed, where that is not plain from the body itself.
func (s *passage) promise(bodyFollows bool) texts.Phrase {
	f := s.message.Head.Framing()
	switch f.Kind {
	case httpdecode.Chunked:
		return texts.Say("page.ladder.promise-chunked")
	case httpdecode.Length:
		if !bodyFollows {
			return texts.Say("page.ladder.promise-length", texts.Say("count.byte", f.Length))
		}
	case httpdecode.UntilClose:
		return texts.Say("page.ladder.promise-close")
	case httpdecode.Tunnel:
		return texts.Say("page.ladder.promise-tunnel")
	}
	return texts.Phrase{}
}

// body tells about the part after the head in [from, to).
func (t *teller) body(s *passage, from, to int64) string {
	m := s.message
	switch {
	case from >= to:
		return ""
	case m.Head != nil && m.Head.Framing().Kind == httpdecode.Chunked:
		return t.join(t.chunks(s, from, to), t.end(s, from, to))
	case m.Head != nil && m.Head.Framing().Kind == httpdecode.Length:
		return t.Phrase("page.ladder.body-of", byteRange(from-s.body, to-s.body), m.Head.Framing().Length)
	}
	return t.Phrase("page.ladder.body", byteRange(from-s.body, to-s.body))
}

// chunks names the chunks that begin in [from, to), or the one that goes on
// there.
func (t *teller) chunks(s *passage, from, to int64) string {
	chunks := s.message.Chunks
	from, to = from+s.above, to+s.above
	i := sort.Search(len(chunks), func(i int) bool { return chunks[i].Offset >= from })
	n := sort.Search(len(chunks)-i, func(k int) bool { return chunks[i+k].Offset >= to })
	switch {
	case n == 1:
		return t.Phrase("page.ladder.chunk", i+1, chunks[i].Size, chunks[i].Size)
	case n > 1:
		size := int64(0)
		for _, c := range chunks[i : i+n] {
			size += c.Size
		}
		return t.Phrase("page.ladder.chunks", i+1, i+n, size)
	case i == len(chunks) && s.message.ChunkCount > int64(i):
		return t.Phrase("page.ladder.chunks-more")
	case i > 0 && from < chunks[i-1].Offset+chunks[i-1].Size:
		return t.Phrase("page.ladder.chunk-more", i)
	}
	return ""
}

// end tells about the end of a chunked body: the last chunk is the line in
// front of the trailer section.
func (t *teller) end(s *passage, from, to int64) string {
	m := s.message
	if !m.Done || !m.Complete {
		return ""
	}
	const emptyLine = 2
	lineEnd := s.to - emptyLine - m.Trailing - 1
	say := ""
	if from <= lineEnd && lineEnd < to {
		say = t.Phrase("page.wire.last-chunk")
	}
	n := 0
	for i := range m.Trailers {
		if at := m.Trailers[i].Offset - s.above; from <= at && at < to {
			n++
		}
	}
	if n > 0 {
		say = t.join(say, t.Phrase("page.ladder.trailers", n))
	}
	if say == "" && to == s.to {
		say = t.Phrase("page.end.whole", s.kind())
	}
	return say
}
