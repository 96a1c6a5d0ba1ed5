package lesson

import (
	"cmp"
	"crypto/tls"
	"slices"
	"time"

	"httpscope/internal/layer"
	"httpscope/internal/texts"
	"httpscope/internal/tlsread"
	"httpscope/internal/trace"
)

// tls is a connection that is encrypted after its first messages.
func (k *Leak) tls(c *trace.Connection, t *trace.Tape) {
	client, server := tcpTo(t, layer.Client, maxStream), tcpTo(t, layer.Server, maxStream)
	session := tlsread.Read(client.data, server.data)
	s := secure{Session: &session, words: k.words}
	k.item("traffic", 1, append(k.traffic(c), s.records()...), "")
	k.item("site", 1, s.names(), s.hiddenNames())
	k.item("tls", 0, s.negotiated(), s.hiddenTerms())
	k.item("shape", 0, s.estimates(t), "lesson.leak.hidden-shape")
	k.item("asked", 1, nil, "lesson.leak.hidden-asked")
	k.item("client", 1, nil, "lesson.leak.hidden-client")
	k.item("sent", 1, nil, "lesson.leak.hidden-sent")
	k.item("came", 1, nil, "lesson.leak.hidden-came")
	k.item("cookies", 2, nil, "lesson.leak.hidden-all")
	k.item("passwords", 2, nil, "lesson.leak.hidden-all")
}

// secure is a TLS session as an eavesdropper tells of it.
type secure struct {
	*tlsread.Session
	words texts.Catalogue
}

// modern reports that the server chose TLS 1.3 or later.
func (s secure) modern() bool { return s.Answered && s.Version >= tls.VersionTLS13 }

// records counts records.
func (s secure) records() []string {
	count := func(list []tlsread.Record) texts.Phrase { return texts.Say("lesson.leak.record", len(list)) }
	out := []string{s.words.Phrase("lesson.leak.records", count(s.Client), count(s.Server))}
	if !s.Hello {
		out = append(out, s.words.Phrase("lesson.leak.no-hello"))
	}
	return out
}

// names is what names the server: SNI, and the certificate.
func (s secure) names() []string {
	var out found
	add := func(key string, args ...any) { out.add(clip(s.words.Phrase("lesson.leak."+key, args...))) }
	if s.Name != "" {
		add("server-name", s.Name)
	}
	for _, c := range s.Chain {
		add("certificate", c.Subject)
		if len(c.Names) > 0 {
			add("good-for", texts.ListOf("", c.Names))
		}
		add("issued", c.Issuer, c.From.UTC().Format(time.DateOnly), c.Until.UTC().Format(time.DateOnly))
	}
	return out.list
}

// hiddenNames is the phrase for what of the names stays hidden, "" for nothing.
func (s secure) hiddenNames() string {
	switch {
	case s.modern() && s.ECH:
		return "lesson.leak.hidden-certificate-and-name"
	case s.modern():
		return "lesson.leak.hidden-certificate"
	case s.ECH:
		return "lesson.leak.hidden-name"
	}
	return ""
}

// negotiated is what the hellos say.
func (s secure) negotiated() []string {
	var out found
	add := func(key string, args ...any) { out.add(clip(s.words.Phrase("lesson.leak."+key, args...))) }
	if s.Hello {
		add("offered", s.versions(), texts.Say("lesson.leak.suites", s.Suites))
	}
	if len(s.Offered) > 0 {
		add("offered-protocols", texts.ListOf("", s.Offered))
	}
	if s.Answered {
		add("chosen", tls.VersionName(s.Version), tls.CipherSuiteName(s.Suite))
	}
	if s.Protocol != "" {
		add("chosen-protocol", s.Protocol)
	}
	return out.list
}

// versions are the names of the first versions that the client offered.
func (s secure) versions() texts.List {
	var names []string
	for _, v := range s.Versions[:min(len(s.Versions), 6)] {
		names = append(names, tls.VersionName(v))
	}
	return texts.ListOf("", names)
}

// hiddenTerms is the phrase for what of the terms stays hidden, "" for nothing.
func (s secure) hiddenTerms() string {
	if s.modern() && len(s.Offered) > 0 {
		return "lesson.leak.hidden-protocol"
	}
	return ""
}

// estimates tells requests and responses by the directions and lengths of records.
func (s secure) estimates(t *trace.Tape) []string {
	e := s.Estimate(inOrder(s.Session, t))
	if e.Requests == 0 {
		return nil
	}
	out := []string{s.words.Phrase("lesson.leak.requests", texts.Say("count.request", e.Requests)),
		s.words.Phrase("lesson.leak.estimate", byteCount(e.Bytes[0]), byteCount(e.Bytes[1]))}
	for i, z := range e.Sizes[:min(len(e.Sizes), maxSeen-3)] {
		out = append(out, s.words.Phrase("lesson.leak.sizes", i+1, z[0], z[1]))
	}
	return out
}

// inOrder puts the records of both sides into the order of their packets.
func inOrder(s *tlsread.Session, t *trace.Tape) []tlsread.Sent {
	type placed struct {
		tlsread.Sent
		frame int64
	}
	var all []placed
	for side, list := range [][]tlsread.Record{s.Client, s.Server} {
		for _, r := range list {
			all = append(all, placed{tlsread.Sent{Server: side == int(layer.Server), Record: r},
				momentOf(t, layer.Side(side), r.Offset).Packet})
		}
	}
	slices.SortStableFunc(all, func(a, b placed) int { return cmp.Compare(a.frame, b.frame) })
	out := make([]tlsread.Sent, 0, len(all))
	for _, p := range all {
		out = append(out, p.Sent)
	}
	return out
}
