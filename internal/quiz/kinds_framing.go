package quiz

import (
	"httpscope/httpdecode"
	"httpscope/internal/explain"
	"httpscope/internal/layer"
	"httpscope/internal/trace"
)

// framingKinds ask where bodies end, and how long they are.
func framingKinds() []kind {
	return []kind{
		{about: "body-end", topic: "framing", exchange: bodyEnd},
		{about: "body-bytes", topic: "framing", exchange: bodyBytes},
		{about: "wire-bytes", topic: "framing", exchange: wireBytes},
		{about: "chunk-size", topic: "framing", exchange: chunkSize},
		{about: "chunk-line", topic: "framing", exchange: chunkLine},
		{about: "chunk-count", topic: "framing", exchange: chunkCount},
		{about: "coded-length", topic: "framing", exchange: codedLength},
		{about: "bytes-after-head", topic: "framing", exchange: bytesAfterHead},
		{about: "close-ends", topic: "framing", exchange: closeEnds},
		{about: "persistence", topic: "persistence", exchange: persistence},
	}
}

// What the rules of RFC 9112, Section 6.3 say of the end of a message.
const (
	endsHead    = "quiz.body-end.head"
	endsRequest = "quiz.body-end.request"
	endsChunk   = "quiz.body-end.chunk"
	endsLength  = "quiz.body-end.length"
	endsClose   = "quiz.body-end.close"
	endsNever   = "quiz.body-end.never"
	endsNowhere = "quiz.body-end.nowhere"
)

// ending is the phrase for a framing decision.
func ending(f *httpdecode.Framing) string {
	switch {
	case f.Kind == httpdecode.Tunnel:
		return endsNever
	case f.Rule == 1:
		return endsHead
	case f.Rule == 5:
		return endsNowhere
	case f.Rule == 7:
		return endsRequest
	case f.Kind == httpdecode.Chunked:
		return endsChunk
	case f.Rule == 6:
		return endsLength
	case f.Kind == httpdecode.UntilClose:
		return endsClose
	}
	return "" // a request whose last coding is not chunked
}

// bodyEnd asks by which rule a message ends.
func bodyEnd(a *asker, x *trace.Exchange) *Question {
	m := x.Response
	if whole(x.Request) && (!whole(m) || a.rng.IntN(4) == 0) {
		m = x.Request
	}
	if !whole(m) || ending(m.Head.Framing()) == "" || m.Side == layer.Server && x.Request == nil {
		return nil
	}
	f := m.Head.Framing()
	q := a.choose(phrase(ending(f)), a.otherEnds(m), "quiz.body-end.ask", kindOf(m), nameOf(x))
	q.about(x, m.HeadEnd.Packet)
	q.Given = a.headOf(m, only(httpdecode.FieldContentLength, httpdecode.FieldTransferEncoding,
		httpdecode.FieldConnection, httpdecode.FieldContentType, httpdecode.FieldUpgrade))
	q.hint("quiz.body-end.hint")
	q.at(m.HeadEnd.Packet, "quiz.body-end.decides", m.Head.Span.To, f.Rule, fact(a.texts, f.Proof()))
	for _, r := range f.Rejected() {
		q.say("quiz.body-end.rejected", q.phrase("framing."+r.Kind.String()), r.Rule, fact(a.texts, r.Why))
	}
	return q.rule(a.texts.Rule(f.Rule))
}

// otherEnds are wrong choices for the end of a message. Readings that the head
// suggests and the rules exclude come first.
func (a *asker) otherEnds(m *trace.Message) []option {
	f := m.Head.Framing()
	var wrong []option
	for _, r := range f.Rejected() {
		says := literal("")
		if key := ending(&httpdecode.Framing{Kind: r.Kind, Rule: r.Rule}); key != "" {
			says = phrase(key)
		}
		wrong = append(wrong, option{says, phrase("quiz.sentence", fact(a.texts, r.Why))})
	}
	usual := phrases(endsLength, endsChunk, endsClose, endsRequest)
	if m.Side == layer.Server {
		usual = phrases(endsLength, endsChunk, endsHead, endsClose, endsNever)
	}
	wrong = append(wrong, options(mixed(a.rng, usual)...)...)
	if f.Rule == 5 { // Content-Length is read by some, so that is no wrong answer
		wrong = options(phrases(endsChunk, endsHead, endsRequest)...)
	}
	return wrong
}

// framed is a message of an exchange whose body is whole and has bytes.
func framed(x *trace.Exchange, kinds ...httpdecode.FramingKind) *trace.Message {
	for m := range x.Messages() {
		for _, k := range kinds {
			if whole(m) && m.Complete && m.Missing == 0 && m.Body > 0 && m.Head.Framing().Kind == k {
				return m
			}
		}
	}
	return nil
}

// bodyBytes asks for the length of a body.
func bodyBytes(a *asker, x *trace.Exchange) *Question {
	m := framed(x, httpdecode.Length, httpdecode.Chunked, httpdecode.UntilClose)
	if m == nil {
		return nil
	}
	q := a.number(m.Body, "quiz.body-bytes.ask", kindOf(m), nameOf(x)).about(x, m.BodyFirst.Packet)
	q.slip(m.Wire(), "quiz.counts.framing").slip(m.Body+m.Head.Size(), "quiz.counts.head").
		slip(m.Wire()+m.Head.Size(), "quiz.counts.both")
	if p := a.source.Packet(m.BodyFirst.Packet); p != nil {
		q.slip(int64(p.WireLen), "quiz.body-bytes.packet").slip(int64(len(p.Payload)), "quiz.body-bytes.payload")
	}
	q.hint("quiz.body-bytes.hint")
	q.at(m.HeadEnd.Packet, "quiz.body-bytes.head", bytesOf(m.Head.Size()))
	q.at(m.BodyFirst.Packet, "quiz.body-bytes.first", m.BodyOffset)
	q.at(m.Last.Packet, "quiz.body-bytes.last")
	switch m.Head.Framing().Kind {
	case httpdecode.Chunked:
		q.say("quiz.body-bytes.chunks", m.ChunkCount, m.Body)
	case httpdecode.Length:
		q.Given = a.headOf(m, nil)
		q.say("quiz.body-bytes.length", m.Head.Framing().Length)
	}
	return q.rule(a.texts.Rule(m.Head.Framing().Rule))
}

// codedLength asks what lengths count when a body is coded.
func codedLength(a *asker, x *trace.Exchange) *Question {
	m := framed(x, httpdecode.Length, httpdecode.Chunked)
	if m == nil || len(m.Head.Values(httpdecode.FieldContentEncoding)) != 1 {
		return nil
	}
	coding, _ := m.Head.Lookup(httpdecode.FieldContentEncoding)
	if coding == "" || same(coding, "identity") {
		return nil
	}
	ask := "quiz.coded-length.ask-length"
	if m.Head.Framing().Kind == httpdecode.Chunked {
		ask = "quiz.coded-length.ask-chunks"
	}
	coding = quoted(coding)
	right := phrase("quiz.coded-length.coded", bytesOf(m.Body), coding)
	wrong := []option{{phrase("quiz.coded-length.decoded"), phrase("quiz.coded-length.decoded-why")},
		{phrase("quiz.coded-length.together", bytesOf(m.Body+m.Head.Size())), nil},
		{phrase("quiz.coded-length.characters"), phrase("quiz.coded-length.characters-why")}}
	q := a.choose(right, wrong, ask, kindOf(m), nameOf(x), coding).about(x, m.HeadEnd.Packet)
	q.Given = a.headOf(m, only(httpdecode.FieldContentEncoding, httpdecode.FieldContentLength,
		httpdecode.FieldTransferEncoding, httpdecode.FieldContentType))
	q.hint("quiz.coded-length.hint")
	q.at(m.HeadEnd.Packet, "quiz.coded-length.head", bytesOf(m.Body))
	return q.say("quiz.coded-length.made", coding).cite("RFC 9110, Sections 8.4 and 8.6")
}

// bytesAfterHead asks for the body of a response that has a length and no body.
func bytesAfterHead(a *asker, x *trace.Exchange) *Question {
	if !answered(x) || x.Response.Head.Framing().Rule != 1 || x.Response.Head.Framing().Kind != httpdecode.NoBody {
		return nil
	}
	r := x.Response
	lengths := r.Head.Values(httpdecode.FieldContentLength)
	announced, ok := 0.0, false
	if len(lengths) == 1 {
		announced, ok = parseNumber(lengths[0], false, true)
	}
	if !ok || announced < 1 {
		return nil
	}
	q := a.number(0, "quiz.bytes-after-head.ask", nameOf(x), r.Head.Status, quoted(lengths[0]))
	q.about(x, r.HeadEnd.Packet)
	q.slipText(lengths[0], "quiz.bytes-after-head.field")
	q.Given = a.headOf(x.Request, only())
	q.hint("quiz.bytes-after-head.hint")
	q.at(x.Request.First.Packet, "quiz.packet.request", startOf(x.Request))
	q.at(r.HeadEnd.Packet, "quiz.bytes-after-head.head", fact(a.texts, r.Head.Framing().Proof()))
	return q.rule(a.texts.Rule(1))
}

// closeEnds asks when a client knows that a body without a length has ended.
func closeEnds(a *asker, x *trace.Exchange) *Question {
	m := framed(x, httpdecode.UntilClose)
	if m == nil || m.Ended.Packet == 0 || m.Ended.Packet == m.Last.Packet {
		return nil
	}
	s := a.segments(x.Conn)
	if s == nil {
		return nil
	}
	q := a.number(m.Ended.Packet, "quiz.close-ends.ask", nameOf(x)).about(x, m.Ended.Packet)
	q.Given = s.around(m.Ended.Packet)
	q.slip(m.Last.Packet, "quiz.close-ends.last")
	q.hint("quiz.close-ends.hint")
	q.at(m.Last.Packet, "quiz.close-ends.body")
	q.at(m.Ended.Packet, "quiz.close-ends.fin")
	return q.rule(a.texts.Rule(8))
}

// fact is what a framing decision rests on, as a part of a sentence.
func fact(c explain.Catalogue, f httpdecode.Fact) string { return quoted(c.Phrase(f.Key, f.Args...)) }
