package cookies

import (
	"strings"
	"time"
)

// SetCookie is one Set-Cookie field value, parsed by the algorithm of section
// 5.6. The typed fields hold what a client makes of the value; Attributes holds
// what the server wrote.
type SetCookie struct {
	Raw         string // the field value as received
	Name, Value string // without surrounding white space, otherwise as sent
	HasEquals   bool   // false for "Set-Cookie: token": a nameless cookie

	Expires     time.Time // zero without a valid Expires attribute
	HasExpires  bool
	MaxAge      int64 // seconds as sent, before the cap of section 5.5
	HasMaxAge   bool  // true for a valid Max-Age attribute; it beats Expires
	Domain      string
	HasDomain   bool   // true for Domain="" too, which means: this host only
	Path        string // empty means the default path
	HasPath     bool
	Secure      bool
	HttpOnly    bool
	Partitioned bool
	SameSite    SameSite

	Attributes []Attribute // every attribute in order, used or not
	Unknown    []Attribute // those that section 5.6 does not know, in order

	// Ignored is the reason for which a client ignores the whole field, and
	// empty if it does not. The other fields are filled in for display anyway.
	Ignored Reason

	Problems []Problem // at most MaxProblems
}

// Attribute is one attribute as sent.
type Attribute struct {
	Name, Value string // without surrounding white space
	HasEquals   bool
	Known       bool // one of the attributes of section 5.6, or Partitioned
	Used        bool // false: unknown, invalid, too long, or overridden later
}

// SameSite is the value of the SameSite attribute (section 5.6.7).
type SameSite int

const (
	SameSiteDefault SameSite = iota // absent or unknown value: treated like Lax
	SameSiteNone                    // sent with cross-site requests too; needs Secure
	SameSiteLax                     // cross-site: only with top-level navigation, safe method
	SameSiteStrict                  // never sent with a cross-site request
)

// String returns the value as the attribute spells it.
func (s SameSite) String() string {
	switch s {
	case SameSiteNone:
		return "None"
	case SameSiteLax:
		return "Lax"
	case SameSiteStrict:
		return "Strict"
	}
	return "Default"
}

// ParseSetCookie parses the value of one Set-Cookie field. It never fails:
// whatever a server sends is shown, with the problems listed.
func ParseSetCookie(value string) (sc SetCookie) {
	sc.Parse(value)
	return sc
}

// Parse is ParseSetCookie in memory that was used for another field.
func (sc *SetCookie) Parse(value string) {
	pair, attributes, more := strings.Cut(value, ";")
	*sc = SetCookie{Raw: value, Attributes: sc.Attributes[:0], Unknown: sc.Unknown[:0]}
	sc.Name, sc.Value, sc.HasEquals = splitPair(pair)
	sc.Ignored = ignoreReason(value, sc.Name, sc.Value)
	sc.lintPair()
	if more {
		var used attributeIndex
		for more {
			var av string
			av, attributes, more = strings.Cut(attributes, ";")
			sc.takeAttribute(av, &used)
		}
	}
	sc.lintWhole()
}

// splitPair is section 5.6, steps 3 and 4. Without "=" everything is the value
// and the name is empty; RFC 6265 ignored such a field.
func splitPair(s string) (name, value string, hasEquals bool) {
	name, value, hasEquals = strings.Cut(s, "=")
	if !hasEquals {
		name, value = "", name
	}
	return trimWSP(name), trimWSP(value), hasEquals
}

// ignoreReason is section 5.6, steps 1 and 5.
func ignoreReason(raw, name, value string) Reason {
	if controlAt(raw) >= 0 {
		return ReasonControlChar
	}
	if len(name)+len(value) > MaxPairSize {
		return ReasonTooLarge
	}
	return ReasonNone
}

// takeAttribute is one round of the attribute algorithm (section 5.6). used tells the
// attribute of a name that has the say so far: the last one wins.
func (sc *SetCookie) takeAttribute(av string, used *attributeIndex) {
	name, value, hasEquals := strings.Cut(av, "=")
	a := Attribute{Name: trimWSP(name), Value: trimWSP(value), HasEquals: hasEquals}
	key := attributeKey(a.Name)
	_, a.Known = attributeTable[key]
	sc.lintAttribute(a, key, used)
	if len(a.Value) <= MaxAttributeSize && a.Known {
		a.Used = attributeTable[key](sc, a.Value)
	}
	if !a.Known {
		sc.Unknown = append(sc.Unknown, a)
	}
	sc.Attributes = append(sc.Attributes, a)
	sc.override(key, a, used)
}

// override marks the earlier attribute of the same name as not used.
func (sc *SetCookie) override(key string, a Attribute, used *attributeIndex) {
	last := len(sc.Attributes) - 1
	before, found := used.find(key)
	if found && a.Used {
		sc.Attributes[before].Used = false
	}
	if a.Used || !found {
		used.set(key, last)
	}
}

// controlAt returns the position of the first control character other than HTAB
// (section 5.6, step 1), or -1. NUL, CR and LF are among them: they are how
// fields are smuggled into other fields.
func controlAt(s string) int {
	for i := 0; i < len(s); i++ {
		if s[i] < ' ' && s[i] != '\t' || s[i] == 0x7F {
			return i
		}
	}
	return -1
}

// trimWSP removes spaces and tabs at both ends; other white space stays.
func trimWSP(s string) string {
	for len(s) > 0 && isWSP(s[0]) {
		s = s[1:]
	}
	for len(s) > 0 && isWSP(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s
}

func isWSP(c byte) bool { return c == ' ' || c == '\t' }
