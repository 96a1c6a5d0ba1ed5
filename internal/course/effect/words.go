package effect

import (
	"fmt"
	"net/netip"
	"strings"

	"httpscope/internal/filter"
	"httpscope/internal/tcp"
	"httpscope/internal/trace"
)

// Words says what a packet is: the messages that end in it, or what of TCP it
// carries, and who sent that.
func Words(row *filter.Subject) string {
	if p := row.P; len(row.With) == 0 && p.Skip == "" {
		return segmentWords(p, " from "+p.Src.String())
	}
	return contentWords(row)
}

// pathWords says the same, and from where to where the packet goes.
func pathWords(row *filter.Subject) string { return contentWords(row) + endsWords(row.P) }

func contentWords(row *filter.Subject) string {
	var said []string
	for _, w := range row.With {
		said = append(said, messageWords(&w))
	}
	switch {
	case len(said) > 0:
		return strings.Join(said, " and ")
	case row.P.Skip != "":
		return "a packet without TCP (" + row.P.Skip + ")"
	}
	return segmentWords(row.P, "")
}

// segmentWords says what a segment carries that completes no message.
func segmentWords(p *trace.Packet, sender string) string {
	switch len(p.Payload) {
	case 0:
		return "a segment without data" + sender + flagWords(p.Segment.Flags)
	case 1:
		return "a segment" + sender + " with 1 byte that completes no message"
	}
	return fmt.Sprintf("a segment%s with %d bytes that complete no message", sender, len(p.Payload))
}

func messageWords(s *filter.Subject) string {
	if s.M.Head == nil {
		return "a document without a status line"
	}
	kind := "the response "
	if s.M.Head.Status == 0 {
		kind = "the request "
	}
	return kind + fmt.Sprintf("%q", s.M.Head.StartLine())
}

// flagWords names SYN, FIN and RST.
func flagWords(flags tcp.Flags) string {
	set := (flags & (tcp.FIN | tcp.SYN | tcp.RST)).Names()
	if len(set) == 0 {
		return ""
	}
	return " with " + strings.Join(set, ", ")
}

// endsWords says where a packet comes from and goes to: with ports when it
// carries TCP, nothing when it is not of IP.
func endsWords(p *trace.Packet) string {
	if p.Src.IsValid() && p.Dst.IsValid() {
		return fmt.Sprintf(" from %s to %s", p.Src, p.Dst)
	}
	src, dst, ok := addresses(p.IP)
	if !ok {
		return ""
	}
	return fmt.Sprintf(" from %s to %s", src, dst)
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
