package variant

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"httpscope/internal/texts"
)

// attempts bounds the search for an address that is still free.
const attempts = 256

// addresses maps IP addresses one to one.
type addresses struct {
	secret  *secret
	private bool // loopback addresses become private ones
	seen    map[netip.Addr]bool
	to      map[netip.Addr]netip.Addr
	used    map[netip.Addr]bool
	asked   map[[3]byte]netip.Addr // addresses of IPv6 by their last bytes, for solicited-node multicast
}

func newAddresses(s *secret, private bool) *addresses {
	return &addresses{s, private, map[netip.Addr]bool{}, map[netip.Addr]netip.Addr{}, map[netip.Addr]bool{},
		map[[3]byte]netip.Addr{}}
}

// assign gives every address seen its counterpart, in an order that does not
// depend on the packets'.
func (a *addresses) assign() error {
	for _, from := range a.sorted() {
		to, err := a.choose(from)
		if err != nil {
			return err
		}
		a.to[from], a.used[to] = to, true
		if tail := from.As16(); from.Is6() && !stays(from) {
			a.asked[[3]byte(tail[13:])] = to
		}
	}
	return nil
}

// sorted are the addresses seen: those that stay first, so that no other
// address takes their place.
func (a *addresses) sorted() []netip.Addr {
	var stay, move []netip.Addr
	for x := range a.seen {
		if stays(x) {
			stay = append(stay, x)
		} else {
			move = append(move, x)
		}
	}
	slices.SortFunc(stay, netip.Addr.Compare)
	slices.SortFunc(move, netip.Addr.Compare)
	return append(stay, move...)
}

// stays tells addresses that mean the same everywhere: there is no other in
// their place.
func stays(x netip.Addr) bool {
	broadcast := x.Is4() && x.As4()[3] == 255
	return broadcast || x.IsUnspecified() || x.IsMulticast() || x == netip.IPv6Loopback() || x.Is4In6() || x.Is4() &&
		x.As4()[0] >= 240
}

func (a *addresses) choose(from netip.Addr) (netip.Addr, error) {
	if stays(from) {
		return from, nil
	}
	for i := range attempts {
		var to netip.Addr
		switch {
		case from.Is6():
			to = a.octets6(from, i)
		case a.private && from.IsLoopback():
			to = a.becomePrivate(from, i)
		default:
			to = a.octets4(from, i)
		}
		if to != from && !a.used[to] && a.fits(from, to) {
			return to, nil
		}
	}
	return from, texts.Errorf("variant.address", from)
}

// fits reports whether to may stand for from: of the same kind and length.
func (a *addresses) fits(from, to netip.Addr) bool {
	same := kind(from) == kind(to) || a.private && from.IsLoopback() && to.IsPrivate()
	return same && len(from.String()) == len(to.String()) && !stays(to)
}

// special are ranges whose addresses are known for what they are (RFC 6890).
var special = []netip.Prefix{
	netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("172.16.0.0/12"),
	netip.MustParsePrefix("192.168.0.0/16"), netip.MustParsePrefix("169.254.0.0/16"),
	netip.MustParsePrefix("100.64.0.0/10"),
	netip.MustParsePrefix("192.0.2.0/24"), netip.MustParsePrefix("198.51.100.0/24"),
	netip.MustParsePrefix("203.0.113.0/24"),
	netip.MustParsePrefix("198.18.0.0/15"), netip.MustParsePrefix("192.0.0.0/24"), netip.MustParsePrefix("0.0.0.0/8"),
	netip.MustParsePrefix("fe80::/16"), netip.MustParsePrefix("fc00::/7"), netip.MustParsePrefix("2001:db8::/32"),
	netip.MustParsePrefix("64:ff9b::/96"), netip.MustParsePrefix("2002::/16"), netip.MustParsePrefix("2001::/32"),
}

// kind is the special range of an address, the zero prefix when it is in none.
func kind(x netip.Addr) netip.Prefix {
	for _, p := range special {
		if p.Contains(x) {
			return p
		}
	}
	return netip.Prefix{}
}

// octets4 maps octet by octet within those of as many digits. The mapping of an
// octet depends on the octets before it: a common prefix stays common.
func (a *addresses) octets4(from netip.Addr, attempt int) netip.Addr {
	b := from.As4()
	to := b
	for i := fixedOctets(from); i < 4; i++ {
		low, high := sameDigits(b[i])
		if i == 3 {
			low, high = max(low, 1), min(high, 254) // no network's own address, no broadcast
		}
		if b[i] < byte(low) || b[i] > byte(high) {
			continue
		}
		if b[0] == 172 && i == 1 && b[1] >= 16 && b[1] < 32 {
			low, high = 16, 31
		}
		prefix := string(b[:i])
		if attempt >= attempts/2 { // the later attempts give the common prefix up
			prefix = from.String()
		}
		perm := a.secret.random("octet", prefix, strconv.Itoa(attempt), strconv.Itoa(i))
		to[i] = byte(low + perm.Perm(high - low + 1)[int(b[i])-low])
	}
	return netip.AddrFrom4(to)
}

// fixedOctets is how many octets say of what kind the address is.
func fixedOctets(x netip.Addr) int {
	switch p := kind(x); {
	case !p.IsValid():
		return 1 // the first octet of a public address stays: most others would be in a special range by chance
	default:
		return p.Bits() / 8
	}
}

func sameDigits(b byte) (low, high int) {
	switch {
	case b < 10:
		return 0, 9
	case b < 100:
		return 10, 99
	}
	return 100, 255
}

// becomePrivate is a private address whose text is as long as that of a
// loopback address: in 10.0.0.0/8, or in 192.168.0.0/16 when it is too long.
func (a *addresses) becomePrivate(from netip.Addr, attempt int) netip.Addr {
	r := a.secret.random("private", from.String(), strconv.Itoa(attempt))
	digits := len(from.String()) - len("10...")
	if digits > 9 {
		return netip.AddrFrom4([4]byte{192, 168, octet(r, 3), octet(r, 3)})
	}
	n := [3]int{1, 1, 1}
	for left := digits - 3; left > 0; {
		if i := r.IntN(3); n[i] < 3 {
			n[i]++
			left--
		}
	}
	return netip.AddrFrom4([4]byte{10, octet(r, n[0]), octet(r, n[1]), octet(r, n[2])})
}

// octet is a number of n digits from 1 to 254.
func octet(r *rand.Rand, n int) byte {
	low, high := [4]int{0, 1, 10, 100}[n], [4]int{0, 9, 99, 254}[n]
	return byte(low + r.IntN(high-low+1))
}

// octets6 maps the hexadecimal digits of each group but its leading zeros, so
// that the text has the same form; digits that say of what kind the address is
// stay.
func (a *addresses) octets6(from netip.Addr, attempt int) netip.Addr {
	b := from.As16()
	r := a.secret.random("groups", from.String(), strconv.Itoa(attempt))
	if attempt < attempts/2 {
		r = a.secret.random("groups", string(b[:8]), strconv.Itoa(attempt)) // the network's part the same for all in it
	}
	fixed := max(1, (kind(from).Bits()+3)/4)
	for g := range 8 {
		if g == 4 {
			r = a.secret.random("interface", from.String(), strconv.Itoa(attempt))
		}
		group := binary.BigEndian.Uint16(b[2*g:])
		binary.BigEndian.PutUint16(b[2*g:], otherGroup(r, group, fixed-4*g))
	}
	return netip.AddrFrom16(b)
}

// otherGroup is a group with as many hexadecimal digits, of four with leading
// zeros the first fixed ones kept.
func otherGroup(r *rand.Rand, group uint16, fixed int) uint16 {
	leading := true
	for i := range 4 {
		shift := 12 - 4*i
		digit, other := group>>shift&15, uint16(r.IntN(16))
		if leading && digit == 0 || i < fixed {
			leading = leading && digit == 0
			continue
		}
		if leading {
			other = 1 + other%15
		}
		leading = false
		group = group&^(15<<shift) | other<<shift
	}
	return group
}

// rewrite maps the address in b, 4 or 16 bytes, in place.
func (a *addresses) rewrite(b []byte) {
	from, _ := netip.AddrFromSlice(b)
	if to, ok := a.to[from]; ok && !stays(from) {
		copy(b, to.AsSlice())
		return
	}
	if bytes.HasPrefix(b, solicited) {
		a.solicit(b)
	}
}

// solicited is the prefix of solicited-node multicast (RFC 4291, Section 2.7.1):
// the last three bytes are those of the address that is looked for.
var solicited = netip.MustParseAddr("ff02::1:ff00:0").AsSlice()[:13]

func (a *addresses) solicit(b []byte) {
	if to, ok := a.asked[[3]byte(b[13:])]; ok {
		tail := to.As16()
		copy(b[13:], tail[13:])
	}
}

// reverseLabels is the name of an address in the DNS as it stands in a message,
// without the labels after the digits (RFC 1035, Section 3.5, RFC 3596, Section 2.5).
func reverseLabels(x netip.Addr) string {
	var labels []string
	if x.Is4() {
		labels = strings.Split(x.String(), ".")
	} else {
		for _, b := range x.AsSlice() {
			labels = append(labels, strconv.FormatUint(uint64(b>>4), 16), strconv.FormatUint(uint64(b&15), 16))
		}
	}
	slices.Reverse(labels)
	var out strings.Builder
	for _, l := range labels {
		out.WriteByte(byte(len(l)))
		out.WriteString(l)
	}
	return out.String()
}

// of is the address that stands for another.
func (a *addresses) of(from netip.Addr) netip.Addr {
	if to, ok := a.to[from]; ok {
		return to
	}
	return from
}
