package cookies

import (
	"net/netip"
	"strings"

	"golang.org/x/net/idna"
	"golang.org/x/net/publicsuffix"
)

// maxHost bounds the work on a host name: a DNS name has at most 253 octets
// (RFC 1035, Section 2.3.4), its Unicode form a few times as many.
const maxHost = 1024

// hostProfile maps and checks a Unicode host name as a browser does before a
// look-up. The strict rule is off because names with an underscore are in use.
var hostProfile = idna.New(idna.MapForLookup(), idna.BidiRule(), idna.StrictDomainName(false))

// CanonicalHost returns the canonical form of a host (section 5.1.2): lower case,
// without port, with Unicode labels as A-labels. It also removes one trailing
// dot, as browsers do when they compare hosts. An IP address is returned in its
// usual form, IPv6 without brackets. False means: not the name of any host.
func CanonicalHost(host string) (string, bool) {
	if len(host) > maxHost {
		return "", false
	}
	host, ok := stripPort(host)
	if !ok {
		return "", false
	}
	if addr, err := netip.ParseAddr(host); err == nil {
		return addr.String(), true
	}
	host = strings.TrimSuffix(host, ".")
	if addr, err := netip.ParseAddr(host); err == nil && addr.Is4() {
		return addr.String(), true
	}
	return canonicalName(host)
}

// stripPort removes ":port" and the brackets of an IPv6 address. An IPv6 address
// without brackets has several colons and no port.
func stripPort(host string) (string, bool) {
	if rest, found := strings.CutPrefix(host, "["); found {
		address, port, closed := strings.Cut(rest, "]")
		return address, closed && IsIP(address) && isPort(port)
	}
	if strings.Count(host, ":") == 1 {
		name, _, _ := strings.Cut(host, ":")
		return name, isPort(host[len(name):])
	}
	return host, true
}

// isPort tells whether s is empty or a colon with digits. RFC 3986, Section
// 3.2.3 allows a colon without digits.
func isPort(s string) bool {
	if s == "" {
		return true
	}
	_, n := digits(s[1:])
	return s[0] == ':' && n == len(s)-1
}

// canonicalName canonicalizes a host that is no IP address. Plain ASCII names
// skip the IDNA tables: they need no mapping, and an A-label is checked below.
func canonicalName(name string) (string, bool) {
	lower := lowerASCII(name)
	if !isASCII(lower) || strings.Contains(lower, "xn--") {
		mapped, err := hostProfile.ToASCII(lower)
		if err != nil {
			return "", false
		}
		lower = mapped
	}
	return lower, isHostName(lower)
}

// isHostName checks the labels: none empty, and no octet that could not be part
// of a host in a URL (the "forbidden domain code points" of the URL standard).
// This is wider than the LDH labels of RFC 5890, as clients are.
func isHostName(name string) bool {
	if name == "" || name[0] == '.' || name[len(name)-1] == '.' || strings.Contains(name, "..") {
		return false
	}
	for i := 0; i < len(name); i++ {
		if name[i] <= ' ' || name[i] >= 0x7F || strings.IndexByte(`#%/:<>?@[\]^|,;"`, name[i]) >= 0 {
			return false
		}
	}
	return true
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

// IsIP tells whether host is an IP address, with or without brackets. Domain
// matching does not apply to addresses: 1.2.3.4 is not "below" 2.3.4.
func IsIP(host string) bool {
	if strings.HasPrefix(host, "[") && strings.HasSuffix(host, "]") {
		host = host[1 : len(host)-1]
	}
	_, err := netip.ParseAddr(host)
	return err == nil
}

// DomainMatch tells whether host domain-matches domain (section 5.1.3). Both must
// be canonical.
func DomainMatch(host, domain string) bool {
	if host == domain {
		return true
	}
	above, found := strings.CutSuffix(host, domain)
	return found && domain != "" && strings.HasSuffix(above, ".") && !IsIP(host)
}

// IsPublicSuffix tells whether a canonical domain is a public suffix: a name such
// as "com" or "co.uk" under which unrelated parties register their names. A
// single unlisted label is one too (the rule "*" of the list).
func IsPublicSuffix(domain string) bool {
	if !isHostName(domain) || IsIP(domain) {
		return false
	}
	suffix, _ := publicsuffix.PublicSuffix(domain)
	return suffix == domain
}

// RegistrableDomain returns the public suffix of a canonical host and one label
// more, the "site" of the host without its scheme. It is false for a public
// suffix and for an address.
func RegistrableDomain(host string) (string, bool) {
	if !isHostName(host) || IsIP(host) {
		return "", false
	}
	site, err := publicsuffix.EffectiveTLDPlusOne(host)
	return site, err == nil
}
