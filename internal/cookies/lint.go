package cookies

import (
	"strconv"
	"strings"

	"httpscope/internal/grammar"
	"httpscope/internal/texts"
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
func (sc *SetCookie) problem(code, key string, args ...any) {
	if len(sc.Problems) < MaxProblems {
		sc.Problems = append(sc.Problems, Problem{code, texts.Own(key, args...)})
	}
}

// lintPair checks name and value against section 4.1.1, and reports what makes a
// client ignore the field.
func (sc *SetCookie) lintPair() {
	if i := controlAt(sc.Raw); i >= 0 {
		sc.problem(CodeControlChar, "found.cookie-control-char.set", sc.Raw[i], i)
	}
	if n := len(sc.Name) + len(sc.Value); n > MaxPairSize {
		sc.problem(CodeTooLarge, "found.cookie-too-large", n, MaxPairSize)
	}
	switch {
	case sc.Name == "" && sc.Value == "":
		sc.problem(CodeEmpty, "found.cookie-empty")
	case sc.Name == "":
		sc.problem(CodeNameless, "found.cookie-nameless", quote(sc.Value))
	case !grammar.IsToken(sc.Name):
		sc.problem(CodeBadName, "found.cookie-bad-name", quote(sc.Name))
	}
	if c, bad := badValueOctet(sc.Value); bad {
		sc.problem(CodeBadValue, "found.cookie-bad-value", c)
	}
}

// lintAttribute checks one attribute as sent, before it is applied.
func (sc *SetCookie) lintAttribute(a Attribute, key string, used *attributeIndex) {
	if a.Name == "" && a.Value == "" {
		sc.problem(CodeEmptyAttribute, "found.cookie-empty-attribute")
		return
	}
	if _, repeated := used.find(key); repeated {
		sc.problem(CodeDuplicateAttribute, "found.cookie-duplicate-attribute", quote(a.Name))
	}
	switch {
	case len(a.Value) > MaxAttributeSize:
		sc.problem(CodeAttributeTooLong, "found.cookie-attribute-too-long", quote(a.Name), len(a.Value),
			MaxAttributeSize)
	case !a.Known:
		sc.problem(CodeUnknownAttribute, "found.cookie-unknown-attribute", quote(a.Name))
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
			sc.problem(CodeRelativePath, "found.cookie-relative-path", quote(a.Value))
		}
	case "samesite":
		if v := lowerASCII(a.Value); v != "none" && v != "lax" && v != "strict" {
			sc.problem(CodeUnknownSameSite, "found.cookie-unknown-samesite", quote(a.Value))
		}
	default:
		if a.HasEquals {
			sc.problem(CodeFlagValue, "found.cookie-flag-value", a.Name, quote(a.Value))
		}
	}
}

// lintDate reports dates that clients cannot read, and dates that they can read
// although no server should write them so.
func (sc *SetCookie) lintDate(value string) {
	fields := scanDate(value)
	t, ok := fields.time()
	if !ok {
		sc.problem(CodeBadExpires, "found.cookie-bad-expires", quote(value))
		return
	}
	want := t.Format(imfFixdate)
	if fields.yearDigits < 4 {
		sc.problem(CodeShortYear, "found.cookie-short-year", quote(value), fields.yearDigits, t.Year())
	}
	weekday := t.Weekday().String()
	if fields.weekday != "" && lowerASCII(fields.weekday[:3]) != lowerASCII(weekday[:3]) {
		sc.problem(CodeWrongWeekday, "found.cookie-wrong-weekday", t.Format("2 January 2006"),
			texts.Say("weekday."+lowerASCII(weekday)), fields.weekday)
	}
	if fields.weekday == "" || len(want) != len(value) || value[3:] != want[3:] {
		sc.problem(CodeOldDate, "found.cookie-old-date", quote(value), quote(want))
	}
}

// lintMaxAge: section 4.1.1 allows digits only; clients also take "-".
func (sc *SetCookie) lintMaxAge(value string) {
	seconds, ok := parseSeconds(value)
	switch {
	case !ok:
		sc.problem(CodeBadMaxAge, "found.cookie-bad-max-age", quote(value))
	case strings.HasPrefix(value, "-"):
		sc.problem(CodeNegativeMaxAge, "found.cookie-negative-max-age", quote(value))
	case seconds > int64(MaxAge.Seconds()):
		sc.problem(CodeLifetimeCapped, "found.cookie-lifetime-capped", value[:min(len(value), maxQuote)])
	}
}

// lintDomain: the value should be a host name without a dot in front.
func (sc *SetCookie) lintDomain(value string) {
	name, dotted := strings.CutPrefix(value, ".")
	switch {
	case name == "":
		sc.problem(CodeEmptyDomain, "found.cookie-empty-domain", value)
	case !IsIP(name) && (!isASCII(name) || !isHostName(name)):
		sc.problem(CodeBadDomain, "found.cookie-bad-domain", quote(value))
	case dotted:
		sc.problem(CodeDomainDot, "found.cookie-domain-dot", quote(name))
	}
}

// lintWhole checks rules about several attributes.
func (sc *SetCookie) lintWhole() {
	if sc.SameSite == SameSiteNone && !sc.Secure {
		sc.problem(CodeSameSiteNoneInsecure, "found.cookie-samesite-none-insecure")
	}
	if sc.Partitioned && !sc.Secure {
		sc.problem(CodePartitionedInsecure, "found.cookie-partitioned-insecure")
	}
	if sc.HasMaxAge && sc.HasExpires {
		sc.problem(CodeTwoLifetimes, "found.cookie-two-lifetimes", sc.MaxAge)
	}
	sc.lintPrefix()
	if at := foldedAt(sc.Raw); at != "" {
		sc.problem(CodeFolded, "found.cookie-folded", quote(at))
	}
}

// lintPrefix checks the name prefixes as far as the field alone tells (section
// 4.1.3). Clients compare prefixes without regard to case (section 5.4).
func (sc *SetCookie) lintPrefix() {
	prefix := namePrefix(sc.Name)
	switch {
	case sc.Name == "" && namePrefix(sc.Value) != "":
		sc.problem(CodePrefix, "found.cookie-prefix.nameless", quote(sc.Value))
	case prefix != "" && !sc.Secure:
		sc.problem(CodePrefix, "found.cookie-prefix.secure", prefix)
	case prefix == hostPrefix && sc.HasDomain && sc.Domain != "":
		sc.problem(CodePrefix, "found.cookie-prefix.domain", prefix, quote(sc.Domain))
	case prefix == hostPrefix && sc.Path != "/":
		sc.problem(CodePrefix, "found.cookie-prefix.path", prefix)
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
