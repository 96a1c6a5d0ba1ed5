package effect

import (
	"net/netip"
	"strings"

	"httpscope/internal/filter"
	"httpscope/internal/tcp"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// Words says what a packet is: the messages that end in it, or what of TCP it
// carries, and who sent that.
func Words(row *filter.Subject) texts.Phrase {
	if p := row.P; len(row.With) == 0 && p.Skip == "" {
		return segmentWords(p, p.Src.String())
	}
	return contentWords(row)
}

// pathWords says the same, and from where to where the packet goes: with ports when it carries TCP, nothing of that when
// it is not of IP.
func pathWords(row *filter.Subject) texts.Phrase {
	what, p := contentWords(row), row.P
	if p.Src.IsValid() && p.Dst.IsValid() {
		return texts.Say("effect.path", what, p.Src, p.Dst)
	}
	src, dst, ok := addresses(p.IP)
	if !ok {
		return what
	}
	return texts.Say("effect.path", what, src, dst)
}

func contentWords(row *filter.Subject) texts.Phrase {
	switch {
	case len(row.With) > 0:
		said := messageWords(&row.With[0])
		for i := range row.With[1:] {
			said = texts.Say("effect.both", said, messageWords(&row.With[1+i]))
		}
		return said
	case row.P.Skip != "":
		return texts.Say("effect.no-tcp", row.P.Skip)
	}
	return segmentWords(row.P, "")
}

// segmentWords says what a segment carries that completes no message, and whose it is unless that is "".
func segmentWords(p *trace.Packet, sender string) texts.Phrase {
	n, flags := len(p.Payload), flagNames(p.Segment.Flags)
	switch {
	case n == 0 && flags == "" && sender == "":
		return texts.Say("effect.empty")
	case n == 0 && sender == "":
		return texts.Say("effect.empty-flags", flags)
	case n == 0 && flags == "":
		return texts.Say("effect.empty-from", sender)
	case n == 0:
		return texts.Say("effect.empty-from-flags", sender, flags)
	case sender == "":
		return texts.Say("effect.data", n)
	}
	return texts.Say("effect.data-from", n, sender)
}

func messageWords(s *filter.Subject) texts.Phrase {
	switch {
	case s.M.Head == nil:
		return texts.Say("effect.document")
	case s.M.Head.Status == 0:
		return texts.Say("effect.request", s.M.Head.StartLine())
	}
	return texts.Say("effect.response", s.M.Head.StartLine())
}

// flagNames names SYN, FIN and RST.
func flagNames(flags tcp.Flags) string {
	return strings.Join((flags & (tcp.FIN | tcp.SYN | tcp.RST)).Names(), ", ")
}

// addresses reads the header of an IP packet (RFC 791, Section 3.1, RFC 8200
// section 3).
func addresses(ip []byte) (src, dst netip.Addr, ok bool) {
	switch {
	case len(ip) >= 20 && ip[0]>>4 == 4:
		src, _ = netip.AddrFromSlice(ip[12:16])
		dst, _ = netip.AddrFromSlice(ip[16:20])
	case len(ip) >= 40 && ip[0]>>4 == 6:
		src, _ = netip.AddrFromSlice(ip[8:24])
		dst, _ = netip.AddrFromSlice(ip[24:40])
	default:
		return src, dst, false
	}
	return src, dst, true
}
