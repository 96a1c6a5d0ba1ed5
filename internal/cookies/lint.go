package cookies

import (
	"fmt"
	"strconv"
	"strings"

	"httpscope/internal/grammar"
)

// maxQuote is the number of octets of a value that a sentence quotes.
const maxQuote = 60

// quote shows s as a Go string literal, cut to a readable length.
func quote(s string) string {
	if len(s) > maxQuote {
		return strconv.Quote(s[:maxQuote]) + "..."
	}
	return strconv.Quote(s)
}

// problem adds a problem, up to MaxProblems.
func (sc *SetCookie) problem(code, format string, args ...any) {
	if len(sc.Problems) < MaxProblems {
		sc.Problems = append(sc.Problems, Problem{code, fmt.Sprintf(format, args...)})
	}
}

// lintPair checks name and value against section 4.1.1, and reports what makes a
// client ignore the field.
func (sc *SetCookie) lintPair() {
	if i := controlAt(sc.Raw); i >= 0 {
		sc.problem(CodeControlChar, "Octet 0x%02X at position %d: clients ignore the whole field.", sc.Raw[i], i)
	}
	if n := len(sc.Name) + len(sc.Value); n > MaxPairSize {
		sc.problem(CodeTooLarge, "Name and value have %d octets, the limit is %d.", n, MaxPairSize)
	}
	switch {
	case sc.Name == "" && sc.Value == "":
		sc.problem(CodeEmpty, "There is neither a name nor a value.")
	case sc.Name == "":
		sc.problem(CodeNameless, "The value %s has no name; clients send it back without \"=\".", quote(sc.Value))
	case !grammar.IsToken(sc.Name):
		sc.problem(CodeBadName, "The name %s is not a token.", quote(sc.Name))
	}
	if c, bad := badValueOctet(sc.Value); bad {
		sc.problem(CodeBadValue, "The value contains %q, which is not a cookie-octet.", c)
	}
}

// lintAttribute checks one attribute as sent, before it is applied.
func (sc *SetCookie) lintAttribute(a Attribute, key string, used *attributeIndex) {
	if a.Name == "" && a.Value == "" {
		sc.problem(CodeEmptyAttribute, "Nothing between two semicolons, or after the last one.")
		return
	}
	if _, repeated := used.find(key); repeated {
		sc.problem(CodeDuplicateAttribute, "%s occurs again; the last usable one counts.", quote(a.Name))
	}
	switch {
	case len(a.Value) > MaxAttributeSize:
		sc.problem(CodeAttributeTooLong, "%s has %d octets, the limit is %d; clients ignore it.", quote(a.Name), len(a.Value), MaxAttributeSize)
	case !a.Known:
		sc.problem(CodeUnknownAttribute, "%s is no known attribute; clients ignore it.", quote(a.Name))
	default:
		sc.lintKnown(key, a)
	}
}

// lintKnown checks the value of a known attribute.
func (sc *SetCookie) lintKnown(key string, a Attribute) {
	switch key {
	case "expires":
		sc.lintDate(a.Value)
	case "max-age":
		sc.lintMaxAge(a.Value)
	case "domain":
		sc.lintDomain(a.Value)
	case "path":
		if !strings.HasPrefix(a.Value, "/") {
			sc.problem(CodeRelativePath, "%s does not begin with \"/\"; clients use the default path.", quote(a.Value))
		}
	case "samesite":
		if v := lowerASCII(a.Value); v != "none" && v != "lax" && v != "strict" {
			sc.problem(CodeUnknownSameSite, "%s is not Strict, Lax or None; clients use the default.", quote(a.Value))
		}
	default:
		if a.HasEquals {
			sc.problem(CodeFlagValue, "%s takes no value; %s changes nothing, it is still on.", a.Name, quote(a.Value))
		}
	}
}

// lintDate reports dates that clients cannot read, and dates that they can read
// although no server should write them so.
func (sc *SetCookie) lintDate(value string) {
	fields := scanDate(value)
	t, ok := fields.time()
	if !ok {
		sc.problem(CodeBadExpires, "%s is no date; clients ignore the attribute.", quote(value))
		return
	}
	want := t.Format(imfFixdate)
	if fields.yearDigits < 4 {
		sc.problem(CodeShortYear, "The year in %s has %d digits; this reading is %d.", quote(value), fields.yearDigits, t.Year())
	}
	weekday := t.Weekday().String()
	if fields.weekday != "" && lowerASCII(fields.weekday[:3]) != lowerASCII(weekday[:3]) {
		sc.problem(CodeWrongWeekday, "%s is a %s, not %s.", t.Format("2 January 2006"), weekday, fields.weekday)
	}
	if fields.weekday == "" || len(want) != len(value) || value[3:] != want[3:] {
		sc.problem(CodeOldDate, "%s is an old form; servers write %s.", quote(value), quote(want))
	}
}

// lintMaxAge: section 4.1.1 allows digits only; clients also take "-".
func (sc *SetCookie) lintMaxAge(value string) {
	seconds, ok := parseSeconds(value)
	switch {
	case !ok:
		sc.problem(CodeBadMaxAge, "%s is no number of seconds; clients ignore the attribute.", quote(value))
	case strings.HasPrefix(value, "-"):
		sc.problem(CodeNegativeMaxAge, "%s is not allowed by the grammar; clients delete the cookie, as with 0.", quote(value))
	case seconds > int64(MaxAge.Seconds()):
		sc.problem(CodeLifetimeCapped, "Max-Age=%s is more than 400 days; clients keep it for 400 days.", value[:min(len(value), maxQuote)])
	}
}

// lintDomain: the value should be a host name without a dot in front.
func (sc *SetCookie) lintDomain(value string) {
	name, dotted := strings.CutPrefix(value, ".")
	switch {
	case name == "":
		sc.problem(CodeEmptyDomain, "Domain=%s names no domain; the cookie stays with this host.", value)
	case !IsIP(name) && (!isASCII(name) || !isHostName(name)):
		sc.problem(CodeBadDomain, "%s is no host name, so it matches no host.", quote(value))
	case dotted:
		sc.problem(CodeDomainDot, "The dot before %s means nothing today; subdomains are included with or without it.", quote(name))
	}
}

// lintWhole checks rules about several attributes.
func (sc *SetCookie) lintWhole() {
	if sc.SameSite == SameSiteNone && !sc.Secure {
		sc.problem(CodeSameSiteNoneInsecure, "SameSite=None without Secure: clients refuse the cookie.")
	}
	if sc.Partitioned && !sc.Secure {
		sc.problem(CodePartitionedInsecure, "Partitioned without Secure: clients that know the attribute refuse the cookie.")
	}
	if sc.HasMaxAge && sc.HasExpires {
		sc.problem(CodeTwoLifetimes, "Max-Age=%d and Expires are both present; Max-Age counts.", sc.MaxAge)
	}
	sc.lintPrefix()
	if at := foldedAt(sc.Raw); at != "" {
		sc.problem(CodeFolded, "After a comma comes %s, which looks like another cookie; it is read as part of this one.", quote(at))
	}
}

// lintPrefix checks the name prefixes as far as the field alone tells (section
// 4.1.3). Clients compare prefixes without regard to case (section 5.4).
func (sc *SetCookie) lintPrefix() {
	prefix := namePrefix(sc.Name)
	switch {
	case sc.Name == "" && namePrefix(sc.Value) != "":
		sc.problem(CodePrefix, "A nameless cookie with the value %s imitates a prefix.", quote(sc.Value))
	case prefix != "" && !sc.Secure:
		sc.problem(CodePrefix, "%s promises Secure, which is missing.", prefix)
	case prefix == hostPrefix && sc.HasDomain && sc.Domain != "":
		sc.problem(CodePrefix, "%s forbids Domain, but Domain=%s is present.", prefix, quote(sc.Domain))
	case prefix == hostPrefix && sc.Path != "/":
		sc.problem(CodePrefix, "%s demands Path=/.", prefix)
	}
}

const (
	securePrefix = "__Secure-"
	hostPrefix   = "__Host-"
)

// namePrefix returns the prefix that s begins with, in its usual spelling.
func namePrefix(s string) string {
	for _, prefix := range []string{securePrefix, hostPrefix} {
		if len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix) {
			return prefix
		}
	}
	return ""
}
