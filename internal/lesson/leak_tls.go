package lesson

import (
	"cmp"
	"crypto/tls"
	"fmt"
	"slices"
	"strings"

	"httpscope/internal/layer"
	"httpscope/internal/tlsread"
	"httpscope/internal/trace"
)

// tls is a connection that is encrypted after its first messages.
func (k *Leak) tls(c *trace.Connection, t *trace.Tape) {
	client, server := tcpTo(t, layer.Client, maxStream), tcpTo(t, layer.Server, maxStream)
	session := tlsread.Read(client.data, server.data)
	k.item("traffic", 1, append(traffic(c), recordWords(&session)...), "")
	k.item("name of the site", 1, names(&session), hiddenNames(&session))
	k.item("TLS", 0, negotiated(&session), hiddenTerms(&session))
	k.item("shape of the talk", 0, estimates(&session, t), "where one message ends and the next begins, when several share a record")
	k.item("what is asked for", 1, nil, "methods and targets")
	k.item("about the client", 1, nil, "User-Agent, Referer, languages; but how a ClientHello is written tells what program it is")
	k.item("what is sent", 1, nil, "the bytes: forms, files")
	k.item("what comes back", 1, nil, "the bytes: pages, images, types; but known pages can be told by their sizes")
	k.item("cookies", 2, nil, "all of them")
	k.item("passwords", 2, nil, "all of them")
}

// recordWords counts records.
func recordWords(s *tlsread.Session) []string {
	out := []string{count(int64(len(s.Client)), "TLS record", "TLS records") + " sent, " + count(int64(len(s.Server)), "TLS record", "TLS records") + " received, each with its length"}
	if !s.Hello {
		out = append(out, "the ClientHello was not captured whole")
	}
	return out
}

// names is what names the server: SNI, and the certificate.
func names(s *tlsread.Session) []string {
	var out found
	if s.Name != "" {
		out.add(clip(s.Name + " (server_name of the ClientHello)"))
	}
	for _, c := range s.Chain {
		out.add(clip("certificate: " + c.Subject))
		if len(c.Names) > 0 {
			out.add(clip("good for " + strings.Join(c.Names, ", ")))
		}
		out.add(clip("issued by " + c.Issuer + ", valid " + c.From.UTC().Format("2006-01-02") + " to " + c.Until.UTC().Format("2006-01-02")))
	}
	return out.list
}

func hiddenNames(s *tlsread.Session) string {
	var out []string
	if s.Answered && s.Version >= 0x0304 {
		out = append(out, "the certificate: TLS 1.3 encrypts it")
	}
	if s.ECH {
		out = append(out, "perhaps another name: there is an encrypted ClientHello (ECH), which browsers also send as a dummy")
	}
	return strings.Join(out, "; ")
}

// negotiated is what the hellos say.
func negotiated(s *tlsread.Session) []string {
	var out []string
	if s.Hello {
		var versions []string
		for _, v := range s.Versions {
			versions = append(versions, tls.VersionName(v))
		}
		out = append(out, "offered: "+strings.Join(versions[:min(len(versions), 6)], ", ")+", "+count(int64(s.Suites), "cipher suite", "cipher suites"))
	}
	if len(s.Offered) > 0 {
		out = append(out, clip("offered protocols (ALPN): "+strings.Join(s.Offered, ", ")))
	}
	if s.Answered {
		out = append(out, "chosen: "+tls.VersionName(s.Version)+", "+tls.CipherSuiteName(s.Suite))
	}
	if s.Protocol != "" {
		out = append(out, clip("chosen protocol: "+s.Protocol))
	}
	return out
}

func hiddenTerms(s *tlsread.Session) string {
	if s.Answered && s.Version >= 0x0304 && len(s.Offered) > 0 {
		return "the chosen protocol: TLS 1.3 encrypts it"
	}
	return ""
}

// estimates tells requests and responses by the directions and lengths of records.
func estimates(s *tlsread.Session, t *trace.Tape) []string {
	e := s.Estimate(inOrder(s, t))
	if e.Requests == 0 {
		return nil
	}
	out := []string{"about " + count(int64(e.Requests), "request", "requests") + ", told by the direction of the records",
		"about " + count(e.Bytes[0], "byte", "bytes") + " sent and " + count(e.Bytes[1], "byte", "bytes") + " received"}
	for i, z := range e.Sizes[:min(len(e.Sizes), maxSeen-3)] {
		out = append(out, fmt.Sprintf("request %d: about %d bytes, response: about %d", i+1, z[0], z[1]))
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
			all = append(all, placed{tlsread.Sent{Server: side == int(layer.Server), Record: r}, momentOf(t, layer.Side(side), r.Offset).Packet})
		}
	}
	slices.SortStableFunc(all, func(a, b placed) int { return cmp.Compare(a.frame, b.frame) })
	out := make([]tlsread.Sent, 0, len(all))
	for _, p := range all {
		out = append(out, p.Sent)
	}
	return out
}
