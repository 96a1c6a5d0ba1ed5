package httpdecode

import (
	"strings"
)

// checkFraming records what is odd about the fields that frame the body
// (RFC 9112, Sections 6.1 to 6.3).
func (p *parser) checkFraming() {
	h := p.head
	if !h.Complete {
		return
	}
	a := &h.Framing.facts
	if a.lengths > 0 {
		p.checkLength(a)
	}
	if a.hasCoding {
		p.checkCoding(a)
	}
	if a.codings > 0 && a.lengths > 0 {
		at, n := p.fieldSpan(FieldTransferEncoding)
		p.find(LengthAndCoding, at, at+n, "found.te-and-content-length", a.length, a.final)
	}
	p.checkConnection()
}

// fieldSpan is where the first field of an ID lies in the head.
func (p *parser) fieldSpan(id FieldID) (at, n int) {
	for i := range p.head.Fields {
		if p.head.Fields[i].ID == id {
			return p.head.Fields[i].lines()
		}
	}
	return 0, len(p.head.Raw)
}

func (p *parser) checkLength(a *facts) {
	at, n := p.fieldSpan(FieldContentLength)
	h := p.head
	switch {
	case a.bad != "":
		p.find(LengthInvalid, at, at+n, "found.content-length-invalid", shorten(a.bad))
	case a.conflict != "":
		p.find(LengthConflict, at, at+n, "found.content-length-conflict", a.length, a.conflict)
	case a.lengths > 1:
		p.find(LengthRepeated, at, at+n, "found.content-length-repeated", a.length, a.lengths)
	}
	if h.Side == Server && (h.Status/100 == 1 || h.Status == 204 || h.Framing.Rule == 2) {
		p.find(LengthForbidden, at, at+n, "found.content-length-forbidden", h.Status)
	}
}

func (p *parser) checkCoding(a *facts) {
	at, n := p.fieldSpan(FieldTransferEncoding)
	h := p.head
	switch {
	case a.codings == 0:
		p.find(CodingIdentity, at, at+n, "found.transfer-coding-identity")
	case strings.HasPrefix(a.final, "chunked;"):
		p.find(CodingParameter, at, at+n, "found.transfer-coding-parameter", a.final)
	case a.chunked > 0 && a.final != "chunked":
		p.find(CodingNotFinal, at, at+n, "found.chunked-not-final", a.final)
	case a.chunked > 1:
		p.find(CodingRepeated, at, at+n, "found.chunked-repeated", a.chunked)
	case a.chunked == 0:
		p.find(CodingUnknown, at, at+n, "found.transfer-coding-unknown", a.final)
	}
	if !h.atLeast11() && a.codings > 0 {
		p.find(CodingOld, at, at+n, "found.te-in-http-1.0")
	}
	if h.Side == Server && (h.Status/100 == 1 || h.Status == 204 || h.Framing.Rule == 2) {
		p.find(CodingForbidden, at, at+n, "found.te-forbidden", h.Status)
	}
}

// endToEnd are fields that no connection option may name, since they are for
// the recipient at the other end.
var endToEnd = []string{"content-length", "content-type", "host", "transfer-encoding", "cache-control",
	"authorization", "set-cookie"}

// checkConnection looks at connection options (RFC 9110, Section 7.6.1).
func (p *parser) checkConnection() {
	if !p.head.HasAny(FieldProxyConnection, FieldExpect, FieldConnection) {
		return
	}
	for i := range p.head.Fields {
		f := &p.head.Fields[i]
		switch f.ID {
		case FieldProxyConnection:
			p.find(ProxyConnection, f.from(), f.to(), "found.proxy-connection")
		case FieldExpect:
			if p.head.Side == Client && !strings.EqualFold(f.Value, "100-continue") {
				p.find(ExpectUnknown, f.from(), f.to(), "found.expect-unknown", shorten(f.Value))
			}
		case FieldConnection:
			if f.Value == "close" || f.Value == "keep-alive" || f.Value == "Keep-Alive" || f.Value == "Upgrade" {
				continue
			}
			for _, name := range endToEnd {
				if hasToken(f.Value, name) {
					p.find(ConnectionOption, f.from(), f.to(), "found.connection-option-forbidden", name)
				}
			}
		}
	}
}

// checkInterim checks a response against the request it answers.
func (p *parser) checkInterim(q *pending) {
	h := p.head
	switch {
	case h.Status == 101 && !q.upgrade && h.Paired:
		p.find(SwitchUnasked, 0, len(h.StartLine()), "found.switch-not-asked")
	case h.Status == 101 && q.old && h.Paired:
		p.find(SwitchOld, 0, len(h.StartLine()), "found.switch-in-http-1.0")
	case h.Status/100 == 1 && q.old && h.Paired:
		p.find(InterimOld, 0, len(h.StartLine()), "found.interim-to-http-1.0", h.Status)
	}
}
