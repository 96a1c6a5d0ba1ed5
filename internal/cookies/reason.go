package cookies

// Reason says which rule refused a cookie (section 5.7) or kept it back from a
// request (section 5.8.3). It is empty where no rule did.
type Reason string

// ReasonNone is the absence of a reason.
const ReasonNone Reason = ""

// Reasons to refuse a cookie, in the order of the steps of section 5.7.
const (
	ReasonEmpty           Reason = "nameless-empty"    // step 2
	ReasonControlChar     Reason = "control-char"      // step 3; section 5.6, step 1
	ReasonTooLarge        Reason = "too-large"         // step 4; section 5.6, step 5
	ReasonBadDomain       Reason = "bad-domain"        // step 8: not ASCII
	ReasonBadHost         Reason = "bad-host"          // step 9: the host has no canonical form
	ReasonPublicSuffix    Reason = "public-suffix"     // step 9
	ReasonForeignDomain   Reason = "foreign-domain"    // step 10
	ReasonSecureOverHTTP  Reason = "secure-over-http"  // step 13
	ReasonSecureOverwrite Reason = "secure-overwrite"  // step 16, "leave secure cookies alone"
	ReasonSameSiteNone    Reason = "samesite-insecure" // step 19
	ReasonPrefix          Reason = "prefix"            // steps 20 and 21
	ReasonPrefixValue     Reason = "prefix-in-value"   // step 22
	ReasonFull            Reason = "jar-full"          // "remove excess cookies"
)

// Reasons to keep a stored cookie back from a request (section 5.8.3, step 3).
const (
	ReasonHostOnly Reason = "host-only" // no Domain attribute, and another host
	ReasonDomain   Reason = "domain"    // the host does not domain-match
	ReasonPath     Reason = "path"      // the path does not path-match
	ReasonSecure   Reason = "secure"    // Secure cookie, insecure connection
	ReasonExpired  Reason = "expired"   // lifetime over (section 5.7)
)

// refusalCodes maps reasons to the finding that explains them. Two codes serve
// the parser as well, so that one cause has one lesson.
var refusalCodes = map[Reason]string{
	ReasonEmpty:           CodeEmpty,
	ReasonControlChar:     CodeControlChar,
	ReasonTooLarge:        CodeTooLarge,
	ReasonBadDomain:       CodeBadDomain,
	ReasonBadHost:         CodeBadHost,
	ReasonPublicSuffix:    CodePublicSuffix,
	ReasonForeignDomain:   CodeForeignDomain,
	ReasonSecureOverHTTP:  CodeSecureOverHTTP,
	ReasonSecureOverwrite: CodeSecureOverwrite,
	ReasonSameSiteNone:    CodeSameSiteNoneInsecure,
	ReasonPrefix:          CodePrefix,
	ReasonPrefixValue:     CodePrefix,
	ReasonFull:            CodeEvicted,
}
