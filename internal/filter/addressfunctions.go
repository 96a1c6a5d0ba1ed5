package filter

import "net/netip"

// special is a block of the IANA registries of special-purpose addresses (RFC
// 6890), and what one may do with its addresses.
type special struct {
	block netip.Prefix
	name  string
	mask  uint64
}

// What one may do with an address of a block: the bits of ip_special_mask().
const (
	isReserved = 1 << iota // by a protocol
	isGlobal               // it is globally reachable
	mayForward             // routers forward it
	mayReceive             // packets may be sent to it
	maySend                // packets may come from it
	inUse      = maySend | mayReceive | mayForward
	worldwide  = inUse | isGlobal
)

// specials are the blocks. Where one lies within another, the smaller comes first.
var specials = []special{
	{netip.MustParsePrefix("0.0.0.0/32"), `"This host on this network"`, maySend | isReserved},
	{netip.MustParsePrefix("10.0.0.0/8"), "Private-Use", inUse},
	{netip.MustParsePrefix("100.64.0.0/10"), "Shared Address Space", inUse},
	{netip.MustParsePrefix("127.0.0.0/8"), "Loopback", isReserved},
	{netip.MustParsePrefix("169.254.0.0/16"), "Link Local", maySend | mayReceive | isReserved},
	{netip.MustParsePrefix("172.16.0.0/12"), "Private-Use", inUse},
	{netip.MustParsePrefix("192.0.0.0/29"), "IPv4 Service Continuity Prefix", inUse},
	{netip.MustParsePrefix("192.0.0.8/32"), "IPv4 dummy address", maySend},
	{netip.MustParsePrefix("192.0.0.9/32"), "Port Control Protocol Anycast", worldwide},
	{netip.MustParsePrefix("192.0.0.10/32"), "Traversal Using Relays around NAT Anycast", worldwide},
	{netip.MustParsePrefix("192.0.0.170/31"), "NAT64/DNS64 Discovery", isReserved},
	{netip.MustParsePrefix("192.0.2.0/24"), "Documentation (TEST-NET-1)", 0},
	{netip.MustParsePrefix("192.31.196.0/24"), "AS112-v4", worldwide},
	{netip.MustParsePrefix("192.52.193.0/24"), "AMT", worldwide},
	{netip.MustParsePrefix("192.88.99.2/32"), "6a44-relay anycast address", inUse},
	{netip.MustParsePrefix("192.168.0.0/16"), "Private-Use", inUse},
	{netip.MustParsePrefix("192.175.48.0/24"), "Direct Delegation AS112 Service", worldwide},
	{netip.MustParsePrefix("198.18.0.0/15"), "Benchmarking", inUse},
	{netip.MustParsePrefix("198.51.100.0/24"), "Documentation (TEST-NET-2)", 0},
	{netip.MustParsePrefix("203.0.113.0/24"), "Documentation (TEST-NET-3)", 0},
	{netip.MustParsePrefix("255.255.255.255/32"), "Limited Broadcast", mayReceive | isReserved},
	{netip.MustParsePrefix("240.0.0.0/4"), "Reserved", isReserved},
	{netip.MustParsePrefix("::/128"), "Unspecified Address", maySend | isReserved},
	{netip.MustParsePrefix("::1/128"), "Loopback Address", isReserved},
	{netip.MustParsePrefix("::ffff:0:0/96"), "IPv4-mapped Address", isReserved},
	{netip.MustParsePrefix("64:ff9b::/96"), "IPv4-IPv6 Translat.", worldwide},
	{netip.MustParsePrefix("64:ff9b:1::/48"), "IPv4-IPv6 Translat.", inUse},
	{netip.MustParsePrefix("100::/64"), "Discard-Only Address Block", inUse},
	{netip.MustParsePrefix("100:0:0:1::/64"), "Dummy IPv6 Prefix", maySend},
	{netip.MustParsePrefix("2001::/32"), "TEREDO", inUse},
	{netip.MustParsePrefix("2001:1::1/128"), "Port Control Protocol Anycast", worldwide},
	{netip.MustParsePrefix("2001:1::2/128"), "Traversal Using Relays around NAT Anycast", worldwide},
	{netip.MustParsePrefix("2001:1::3/128"), "DNS-SD Service Registration Protocol Anycast", worldwide},
	{netip.MustParsePrefix("2001:2::/48"), "Benchmarking", inUse},
	{netip.MustParsePrefix("2001:3::/32"), "AMT", worldwide},
	{netip.MustParsePrefix("2001:4:112::/48"), "AS112-v6", worldwide},
	{netip.MustParsePrefix("2001:20::/28"), "ORCHIDv2", worldwide},
	{netip.MustParsePrefix("2001:30::/28"), "Drone Remote ID Protocol Entity Tags (DETs) Prefix", worldwide},
	{netip.MustParsePrefix("2001:db8::/32"), "Documentation", 0},
	{netip.MustParsePrefix("2002::/16"), "6to4", inUse},
	{netip.MustParsePrefix("2620:4f:8000::/48"), "Direct Delegation AS112 Service", worldwide},
	{netip.MustParsePrefix("3fff::/20"), "Documentation", 0},
	{netip.MustParsePrefix("5f00::/16"), "Segment Routing (SRv6) SIDs", inUse},
	{netip.MustParsePrefix("fc00::/7"), "Unique-Local", inUse},
	{netip.MustParsePrefix("fe80::/10"), "Link-Local Unicast", maySend | mayReceive | isReserved},
}

// specialOf is the block of an address, nil when it is in none.
func specialOf(a netip.Addr) *special {
	for i := range specials {
		if specials[i].block.Contains(a) {
			return &specials[i]
		}
	}
	return nil
}

// private4 are the blocks of RFC 1918, uniqueLocal that of RFC 4193.
var (
	private4 = []netip.Prefix{
		netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("172.16.0.0/12"), netip.MustParsePrefix("192.168.0.0/16"),
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
