package cookies

import (
	"math"
	"strings"
)

// attributeTable holds the attributes that clients know, by lower-case name.
// Each function processes one value and tells whether it had an effect.
//
// Partitioned is not in section 5.6; it comes from
// draft-cutler-httpbis-partitioned-cookies and is widely sent.
var attributeTable = map[string]func(sc *SetCookie, value string) bool{
	"expires":     (*SetCookie).takeExpires,
	"max-age":     (*SetCookie).takeMaxAge,
	"domain":      (*SetCookie).takeDomain,
	"path":        (*SetCookie).takePath,
	"samesite":    (*SetCookie).takeSameSite,
	"secure":      func(sc *SetCookie, _ string) bool { sc.Secure = true; return true },
	"httponly":    func(sc *SetCookie, _ string) bool { sc.HttpOnly = true; return true },
	"partitioned": func(sc *SetCookie, _ string) bool { sc.Partitioned = true; return true },
}

// usualKeys are the names in the spelling of nearly all servers, in lower case.
var usualKeys = map[string]string{
	"Expires": "expires", "Max-Age": "max-age", "Domain": "domain", "Path": "path", "SameSite": "samesite",
	"Secure": "secure", "HttpOnly": "httponly", "Partitioned": "partitioned",
}

// attributeKey is an attribute's name in lower case.
func attributeKey(name string) string {
	if key, usual := usualKeys[name]; usual {
		return key
	}
	return lowerASCII(name)
}

// attributeIndex finds attributes by their lower-case names. Servers send a few, which
// need no map; others may send ten thousand.
type attributeIndex struct {
	few  [8]namedAttribute
	n    int // of them that are used
	many map[string]int
}

type namedAttribute struct {
	key string
	at  int
}

func (x *attributeIndex) find(key string) (at int, found bool) {
	for _, a := range x.few[:x.n] {
		if a.key == key {
			return a.at, true
		}
	}
	at, found = x.many[key]
	return at, found
}

func (x *attributeIndex) set(key string, at int) {
	for i := range x.few[:x.n] {
		if x.few[i].key == key {
			x.few[i].at = at
			return
		}
	}
	if x.n < len(x.few) {
		x.few[x.n] = namedAttribute{key, at}
		x.n++
		return
	}
	if x.many == nil {
		x.many = map[string]int{}
	}
	x.many[key] = at
}

// takeExpires is section 5.6.1: an invalid date is ignored, so the last valid
// Expires attribute counts.
func (sc *SetCookie) takeExpires(value string) bool {
	t, ok := ParseDate(value)
	if ok {
		sc.Expires, sc.HasExpires = t, true
	}
	return ok
}

// takeMaxAge is section 5.6.2: digits with an optional "-", or it is ignored.
func (sc *SetCookie) takeMaxAge(value string) bool {
	seconds, ok := parseSeconds(value)
	if ok {
		sc.MaxAge, sc.HasMaxAge = seconds, true
	}
	return ok
}

// parseSeconds reads a Max-Age value. A number beyond int64 is the largest or
// smallest int64: the cap of section 5.5 makes the difference invisible.
func parseSeconds(value string) (int64, bool) {
	rest, negative := strings.CutPrefix(value, "-")
	if rest == "" || strings.Trim(rest, "0123456789") != "" {
		return 0, false
	}
	var n int64
	for i := 0; i < len(rest); i++ {
		digit := int64(rest[i] - '0')
		if n > (math.MaxInt64-digit)/10 {
			n = math.MaxInt64
			break
		}
		n = n*10 + digit
	}
	if negative {
		n = -n
	}
	return n, true
}

// takeDomain is section 5.6.3: one leading dot is dropped. An empty value counts
// and cancels an earlier Domain (section 5.7, step 7); RFC 6265 ignored it.
func (sc *SetCookie) takeDomain(value string) bool {
	sc.Domain, sc.HasDomain = lowerASCII(strings.TrimPrefix(value, ".")), true
	return true
}

// takePath is section 5.6.4. A value that is not absolute means the default path
// and cancels an earlier Path.
func (sc *SetCookie) takePath(value string) bool {
	sc.Path, sc.HasPath = "", true
	if strings.HasPrefix(value, "/") {
		sc.Path = value
	}
	return true
}

// takeSameSite is section 5.6.7: an unknown value means the default, it does not
// leave an earlier value in force.
func (sc *SetCookie) takeSameSite(value string) bool {
	sc.SameSite = SameSiteDefault
	for s := SameSiteNone; s <= SameSiteStrict; s++ {
		if strings.EqualFold(value, s.String()) {
			sc.SameSite = s
		}
	}
	return true
}
