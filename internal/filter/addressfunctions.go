package filter

import (
	_ "embed"
	"net/netip"
	"strings"
	"sync"
)

// special is a block of the IANA registries of special-purpose addresses (RFC
// 6890), and what one may do with its addresses.
type special struct {
	block netip.Prefix
	name  string
	mask  uint64
}

// uses are what one may do with an address of a block: the bits of ip_special_mask().
var uses = map[string]uint64{
	"reserved": 1,  // by a protocol
	"global":   2,  // it is globally reachable
	"forward":  4,  // routers forward it
	"receive":  8,  // packets may be sent to it
	"send":     16, // packets may come from it
	"none":     0,
}

// specialBlocks is a line for each block: addresses, uses, and the name in the registry. Where a block lies within
// another, the smaller comes first.
//
//go:embed specialblocks.txt
var specialBlocks string

var specials = sync.OnceValue(func() []special {
	var all []special
	for line := range strings.Lines(specialBlocks) {
		block, rest, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		names, name, _ := strings.Cut(rest, " ")
		s := special{block: netip.MustParsePrefix(block), name: name}
		for use := range strings.SplitSeq(names, ",") {
			s.mask |= uses[use]
		}
		all = append(all, s)
	}
	return all
})

// specialOf is the block of an address, nil when it is in none.
func specialOf(a netip.Addr) *special {
	all := specials()
	for i := range all {
		if all[i].block.Contains(a) {
			return &all[i]
		}
	}
	return nil
}

// private4 are the blocks of RFC 1918, uniqueLocal that of RFC 4193.
var (
	private4 = []netip.Prefix{
		netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("172.16.0.0/12"),
		netip.MustParsePrefix("192.168.0.0/16"),
	}
	uniqueLocal = []netip.Prefix{netip.MustParsePrefix("fc00::/7")}
)

// addressFunctions are those of Wireshark 4.6 that tell the class of an address.
func addressFunctions() map[string]function {
	return map[string]function{
		"ip_special_name": {ofAddress(String, IPv4, IPv6),
			ofSpecial(func(s *special) value { return text(s.name) })},
		"ip_special_mask": {
			ofAddress(Unsigned8, IPv4, IPv6), ofSpecial(func(s *special) value { return number(s.mask) })},
		"ip_linklocal": {ofAddress(Boolean, IPv4, IPv6), ofClass(netip.Addr.IsLinkLocalUnicast)},
		"ip_multicast": {ofAddress(Boolean, IPv4, IPv6), ofClass(netip.Addr.IsMulticast)},
		"ip_rfc1918":   {ofAddress(Boolean, IPv4), ofClass(inside(private4))},
		"ip_ula":       {ofAddress(Boolean, IPv6), ofClass(inside(uniqueLocal))},
	}
}

// ofAddress checks the operand of a function of addresses.
func ofAddress(result Type, of ...Type) func(n *node) Type {
	return func(n *node) Type {
		k := n.only()
		for _, t := range of {
			if k.typ == t {
				return result
			}
		}
		if len(of) == 1 {
			panic(wrong(k.at, k.to, "filter.takes-address", n.name, of[0].Name(), k, k.typ.Name()))
		}
		panic(wrong(k.at, k.to, "filter.takes-addresses", n.name, k, k.typ.Name()))
	}
}

// ofSpecial gives something of the block of each address, and nothing for
// addresses of no block.
func ofSpecial(get func(*special) value) func(*node, []value) []value {
	return func(n *node, values []value) []value {
		out := values[:0]
		for i := range values {
			if s := specialOf(values[i].addr(n.kids[0].typ)); s != nil {
				out = append(out, get(s))
			}
		}
		return out
	}
}

func ofClass(is func(netip.Addr) bool) func(*node, []value) []value {
	return each(func(t Type, v value) value { return boolean(is(v.addr(t))) })
}

func inside(blocks []netip.Prefix) func(netip.Addr) bool {
	return func(a netip.Addr) bool {
		for _, b := range blocks {
			if b.Contains(a) {
				return true
			}
		}
		return false
	}
}
