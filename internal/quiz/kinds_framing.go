package quiz

import (
	"fmt"

	"httpscope/httpdecode"
	"httpscope/internal/explain"
	"httpscope/internal/layer"
	"httpscope/internal/texts"
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

// Sentences for the rules of RFC 9112, Section 6.3.
const (
	endsHead    = "With the head: there is no body, because of the method HEAD or because of the status"
	endsRequest = "With the head: a request with neither Transfer-Encoding nor Content-Length has no body"
	endsChunk   = "With the chunk of size 0, its trailer section and an empty line"
	endsLength  = "After as many bytes as Content-Length says"
	endsClose   = "With the end of the connection"
	endsNever   = "It does not end: the connection carries another protocol from the empty line on"
	endsNowhere = "Nobody can rely on an end: Content-Length is invalid"
)

// ending is the sentence for a framing decision.
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

// bodyEnd asks by which rule a message ends. Readings that the head suggests
// and the rules exclude come first among the wrong choices.
func bodyEnd(a *asker, x *trace.Exchange) *Question {
	m := x.Response
	if whole(x.Request) && (!whole(m) || a.rng.IntN(4) == 0) {
		m = x.Request
	}
	if !whole(m) || ending(m.Head.Framing()) == "" || m.Side == layer.Server && x.Request == nil {
		return nil
	}
	f := m.Head.Framing()
	var wrong []Choice
	for _, r := range f.Rejected() {
		wrong = append(wrong, Choice{Text: ending(&httpdecode.Framing{Kind: r.Kind, Rule: r.Rule}), Why: sentence(factWords(r.Why))})
	}
	usual := choicesOf(endsLength, endsChunk, endsClose, endsRequest)
	if m.Side == layer.Server {
		usual = choicesOf(endsLength, endsChunk, endsHead, endsClose, endsNever)
	}
	wrong = append(wrong, mixed(a.rng, usual)...)
	if f.Rule == 5 { // Content-Length is read by some, so that is no wrong answer
		wrong = choicesOf(endsChunk, endsHead, endsRequest)
	}
	q := choose(a.rng, ending(f), wrong, "By which sign does the recipient know where the %s of %s ends?", m.Side, nameOf(x)).about(x, m.HeadEnd.Packet)
	q.Given = headOf(m, only(httpdecode.FieldContentLength, httpdecode.FieldTransferEncoding, httpdecode.FieldConnection, httpdecode.FieldContentType, httpdecode.FieldUpgrade))
	q.hint("Go through the rules in their order: method and status, Transfer-Encoding, Content-Length, then what is left.")
	q.at(m.HeadEnd.Packet, "ends the head, at the offset %d of the stream. Rule %d decides: %s.", m.Head.Span.To, f.Rule, quoted(factWords(f.Proof())))
	for _, r := range f.Rejected() {
		q.say("Not %s, by rule %d: %s", r.Kind, r.Rule, sentence(factWords(r.Why)))
	}
	return q.rule(explain.Rule(f.Rule))
}

// sentence ends words with a full stop.
func sentence(s string) string { return quoted(s) + "." }

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
	q := number(m.Body, "How many bytes has the body of the %s of %s, without any framing?", m.Side, nameOf(x)).about(x, m.BodyFirst.Packet)
	q.slip(m.Wire(), "This counts the chunk framing too.").slip(m.Body+m.Head.Size(), "This counts the head too.").slip(m.Wire()+m.Head.Size(), "This counts the head and the framing too.")
	if p := a.source.Packet(m.BodyFirst.Packet); p != nil {
		q.slip(int64(p.WireLen), "This is the length of the packet with all its headers.").slip(int64(len(p.Payload)), "This is the payload of one packet. A packet is not a message.")
	}
	q.hint("It is the length that the framing tells; for a body that the close ends, count what comes after the empty line.")
	q.at(m.HeadEnd.Packet, "ends the head of %s.", bytesOf(m.Head.Size()))
	q.at(m.BodyFirst.Packet, "carries the first byte of the body, at the offset %d of the stream.", m.BodyOffset)
	q.at(m.Last.Packet, "carries the last byte of the message.")
	switch m.Head.Framing().Kind {
	case httpdecode.Chunked:
		q.say("The sizes of all chunks, %d of them, add up to %d.", m.ChunkCount, m.Body)
	case httpdecode.Length:
		q.Given = headOf(m, nil)
		q.say("Content-Length is %d.", m.Head.Framing().Length)
	}
	return q.rule(explain.Rule(m.Head.Framing().Rule))
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
	what := "does Content-Length count"
	if m.Head.Framing().Kind == httpdecode.Chunked {
		what = "do the sizes of its chunks count together"
	}
	right := fmt.Sprintf("%d bytes: the body as it is transferred, coded with %s", m.Body, quoted(coding))
	wrong := []Choice{{Text: "The bytes of the content after decoding", Why: "Framing is about what is on the wire. The client decodes afterwards."},
		{Text: fmt.Sprintf("%d bytes: head and body together", m.Body+m.Head.Size())}, {Text: "The characters of the text that the user sees", Why: "Lengths count bytes, and bytes on the wire."}}
	q := choose(a.rng, right, wrong, "The %s of %s has Content-Encoding: %s. What %s?", m.Side, nameOf(x), quoted(coding), what).about(x, m.HeadEnd.Packet)
	q.Given = headOf(m, only(httpdecode.FieldContentEncoding, httpdecode.FieldContentLength, httpdecode.FieldTransferEncoding, httpdecode.FieldContentType))
	q.hint("The recipient must find the end of the message before it decodes anything.")
	q.at(m.HeadEnd.Packet, "ends the head, and %s of body follow it.", bytesOf(m.Body))
	return q.say("These bytes are what %s made of the content. Decoded they are usually more.", quoted(coding)).cite("RFC 9110, Sections 8.4 and 8.6")
}

// bytesAfterHead asks for the body of a response that has a length and no body.
func bytesAfterHead(_ *asker, x *trace.Exchange) *Question {
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
	q := number(0, "The response of %s has the status %d and Content-Length: %s. How many bytes of body belong to it?", nameOf(x), r.Head.Status, quoted(lengths[0])).about(x, r.HeadEnd.Packet)
	q.slipText(lengths[0], "The field tells how long the body of a GET would be, or is wrong here. This response ends with its head.")
	q.Given = headOf(x.Request, only())
	q.hint("Look at the method of the request and at the status before you look at the field.")
	q.at(x.Request.First.Packet, "carries the request: %s", startOf(x.Request))
	q.at(r.HeadEnd.Packet, "ends the head of the response, and so the response: %s.", quoted(factWords(r.Head.Framing().Proof())))
	return q.rule(explain.Rule(1))
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
	q := number(m.Ended.Packet, "The response of %s has neither Content-Length nor Transfer-Encoding. Which packet tells the client that the body has ended?", nameOf(x)).about(x, m.Ended.Packet)
	q.Given = s.around(m.Ended.Packet)
	q.slip(m.Last.Packet, "This packet carries the last byte, but nothing in it says that no more follow.")
	q.hint("Look for the server's FIN.")
	q.at(m.Last.Packet, "carries the last byte of the body.")
	q.at(m.Ended.Packet, "is the server's FIN: only now the client knows that the body is whole.")
	return q.rule(explain.Rule(8))
}

// stays are the ways in which a message speaks about its connection.
var stays = map[httpdecode.Persistence]string{
	httpdecode.PersistDefault:   "It stays open: this is the default of HTTP/1.1",
	httpdecode.PersistKeepAlive: "It stays open: HTTP/1.0 with Connection: keep-alive",
	httpdecode.CloseAsked:       "It closes: Connection: close asks for it",
	httpdecode.CloseOld:         "It closes: this is the default of HTTP/1.0",
}

// persistence asks what a message says of the connection after it.
func persistence(a *asker, x *trace.Exchange) *Question {
	m := x.Response
	if whole(x.Request) && (!whole(m) || a.rng.IntN(2) == 0) {
		m = x.Request
	}
	if !whole(m) || m.Head.Version == "" || m.Head.Framing().Kind == httpdecode.Tunnel {
		return nil
	}
	wrong := choicesOf(stays[httpdecode.PersistDefault], stays[httpdecode.PersistKeepAlive], stays[httpdecode.CloseAsked])
	if m.Head.Persist() != httpdecode.CloseAsked || m.Head.Version != "HTTP/1.0" { // there both would be true
		wrong = append(wrong, Choice{Text: stays[httpdecode.CloseOld]})
	}
	q := choose(a.rng, stays[m.Head.Persist()], wrong, "What does the %s of %s say about the connection after this exchange?", m.Side, nameOf(x)).about(x, m.First.Packet)
	q.Given = headOf(m, only(httpdecode.FieldConnection, httpdecode.FieldKeepAlive))
	q.hint("Look at the version first, then at the field Connection.")
	q.at(m.First.Packet, "carries %s", startOf(m))
	connection, ok := m.Head.Lookup(httpdecode.FieldConnection)
	if ok {
		q.say("Its field is Connection: %s", quoted(connection))
	} else {
		q.say("There is no field Connection, so the version decides.")
	}
	return q.say("%s.", stays[m.Head.Persist()]).cite("RFC 9112, Section 9.3")
}

// factWords is what a framing decision rests on, as a part of a sentence.
func factWords(f httpdecode.Fact) string { return explain.In(texts.English).Phrase(f.Key, f.Args...) }
