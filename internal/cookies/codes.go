package cookies

// The codes of this package's findings. They are stable: lessons, filters and
// tests refer to them. Each comment names the main section of RFC 6265bis.

// Set-Cookie fields.
const (
	// CodeControlChar: control character in a cookie field (section 5.6, step 1).
	CodeControlChar = "cookie-control-char"
	// CodeTooLarge: cookie of more than 4096 octets (section 5.6, step 5).
	CodeTooLarge = "cookie-too-large"
	// CodeEmpty: Set-Cookie without name and value (section 5.7, step 2).
	CodeEmpty = "cookie-empty"
	// CodeNameless: cookie without a name (section 4.1.1).
	CodeNameless = "cookie-nameless"
	// CodeBadName: cookie name is not a token (section 4.1.1).
	CodeBadName = "cookie-bad-name"
	// CodeBadValue: cookie value contains an octet that is not allowed (section 4.1.1).
	CodeBadValue = "cookie-bad-value"
	// CodeEmptyAttribute: empty attribute (section 4.1.1).
	CodeEmptyAttribute = "cookie-empty-attribute"
	// CodeDuplicateAttribute: attribute occurs twice (section 4.1.1).
	CodeDuplicateAttribute = "cookie-duplicate-attribute"
	// CodeAttributeTooLong: attribute value of more than 1024 octets (section 5.6, attributes, step 6).
	CodeAttributeTooLong = "cookie-attribute-too-long"
	// CodeUnknownAttribute: unknown attribute (section 5.6).
	CodeUnknownAttribute = "cookie-unknown-attribute"
	// CodeFlagValue: Secure or HttpOnly with a value (section 4.1.1).
	CodeFlagValue = "cookie-flag-value"
	// CodeBadExpires: Expires is no date (section 5.6.1).
	CodeBadExpires = "cookie-bad-expires"
	// CodeOldDate: Expires in an old date form (section 4.1.1).
	CodeOldDate = "cookie-old-date"
	// CodeShortYear: Expires with a two-digit year (section 4.1.1).
	CodeShortYear = "cookie-short-year"
	// CodeWrongWeekday: weekday does not fit the date (section 5.1.1).
	CodeWrongWeekday = "cookie-wrong-weekday"
	// CodeBadMaxAge: Max-Age is no number of seconds (section 5.6.2).
	CodeBadMaxAge = "cookie-bad-max-age"
	// CodeNegativeMaxAge: negative Max-Age (section 4.1.1).
	CodeNegativeMaxAge = "cookie-negative-max-age"
	// CodeTwoLifetimes: both Max-Age and Expires (section 4.1.2.2).
	CodeTwoLifetimes = "cookie-two-lifetimes"
	// CodeLifetimeCapped: lifetime of more than 400 days (section 5.5).
	CodeLifetimeCapped = "cookie-lifetime-capped"
	// CodeDomainDot: Domain begins with a dot (section 5.6.3).
	CodeDomainDot = "cookie-domain-dot"
	// CodeEmptyDomain: Domain without a value (section 5.7, step 7).
	CodeEmptyDomain = "cookie-empty-domain"
	// CodeBadDomain: Domain is no host name (section 5.7, steps 8 and 10).
	CodeBadDomain = "cookie-bad-domain"
	// CodeRelativePath: Path does not begin with a slash (section 5.6.4).
	CodeRelativePath = "cookie-relative-path"
	// CodeUnknownSameSite: unknown SameSite value (section 5.6.7).
	CodeUnknownSameSite = "cookie-unknown-samesite"
	// CodeSameSiteNoneInsecure: SameSite=None without Secure (section 5.7, step 19).
	CodeSameSiteNoneInsecure = "cookie-samesite-none-insecure"
	// CodePartitionedInsecure: Partitioned without Secure (draft-cutler-httpbis-partitioned-cookies).
	CodePartitionedInsecure = "cookie-partitioned-insecure"
	// CodePrefix: name prefix without its attributes (section 4.1.3).
	CodePrefix = "cookie-prefix"
	// CodeFolded: two Set-Cookie fields joined with a comma (section 3).
	CodeFolded = "cookie-folded"
)

// Cookie fields.
const (
	// CodeTrailingSemicolon: Cookie line ends with a semicolon (section 4.2.1).
	CodeTrailingSemicolon = "cookie-trailing-semicolon"
	// CodeEmptyPair: empty pair in a Cookie line (section 4.2.1).
	CodeEmptyPair = "cookie-empty-pair"
	// CodePairWithoutEquals: pair without an equals sign (section 5.8.3, step 6).
	CodePairWithoutEquals = "cookie-pair-without-equals"
	// CodePairWithoutName: pair with an equals sign but no name (section 4.2.1).
	CodePairWithoutName = "cookie-pair-without-name"
	// CodePairSpacing: unusual spacing in a Cookie line (section 4.2.1).
	CodePairSpacing = "cookie-pair-spacing"
	// CodeSameNameTwice: one name, two cookies (section 4.2.2).
	CodeSameNameTwice = "cookie-same-name-twice"
	// CodeLegacyVersion: name begins with a dollar sign (RFC 2965, Section 3.3.4).
	CodeLegacyVersion = "cookie-legacy-version"
)

// Effects on the jar.
const (
	// CodeBadHost: request to a host without a canonical name (section 5.7, step 9).
	CodeBadHost = "cookie-bad-host"
	// CodeForeignDomain: cookie for a domain that the host is not part of (section 5.7, step 10).
	CodeForeignDomain = "cookie-foreign-domain"
	// CodePublicSuffix: cookie for a public suffix (section 5.7, step 9).
	CodePublicSuffix = "cookie-public-suffix"
	// CodeSecureOverHTTP: Secure cookie set over http (section 5.7, step 13).
	CodeSecureOverHTTP = "cookie-secure-over-http"
	// CodeSecureOverwrite: http tries to overlay a Secure cookie (section 5.7, step 16).
	CodeSecureOverwrite = "cookie-secure-overwrite"
	// CodeEvicted: cookies removed because the jar is full (section 5.7).
	CodeEvicted = "cookie-evicted"
	// CodeDeleteMissed: deletion does not hit the stored cookie (section 4.1.2).
	CodeDeleteMissed = "cookie-delete-missed"
	// CodeWithheld: client did not send a cookie that it may send (section 5.8.3).
	CodeWithheld = "cookie-withheld"
	// CodeAgainstRules: cookie sent against the rules (section 5.8.3).
	CodeAgainstRules = "cookie-against-rules"
	// CodeStaleValue: cookie sent with an earlier value (section 5.7, step 23).
	CodeStaleValue = "cookie-stale-value"
	// CodeChangedValue: cookie sent with a value that no response set (section 5.7).
	CodeChangedValue = "cookie-changed-value"
	// CodeSentAfterRemoval: cookie sent after it was deleted or expired (section 5.7).
	CodeSentAfterRemoval = "cookie-sent-after-removal"
	// CodeSentTwice: one cookie sent twice (section 5.8.3).
	CodeSentTwice = "cookie-sent-twice"
	// CodeUnknownOrigin: cookie that no response in this capture set (section 5.8.3).
	CodeUnknownOrigin = "cookie-unknown-origin"
	// CodeOrder: cookies in an unusual order (section 5.8.3, step 4).
	CodeOrder = "cookie-order"
)

// Codes lists every code, in the order of the constants.
var Codes = []string{
	CodeControlChar, CodeTooLarge, CodeEmpty, CodeNameless, CodeBadName, CodeBadValue, CodeEmptyAttribute,
	CodeDuplicateAttribute, CodeAttributeTooLong, CodeUnknownAttribute, CodeFlagValue, CodeBadExpires,
	CodeOldDate, CodeShortYear, CodeWrongWeekday, CodeBadMaxAge, CodeNegativeMaxAge, CodeTwoLifetimes,
	CodeLifetimeCapped, CodeDomainDot, CodeEmptyDomain, CodeBadDomain, CodeRelativePath, CodeUnknownSameSite,
	CodeSameSiteNoneInsecure, CodePartitionedInsecure, CodePrefix, CodeFolded, CodeTrailingSemicolon,
	CodeEmptyPair, CodePairWithoutEquals, CodePairWithoutName, CodePairSpacing, CodeSameNameTwice,
	CodeLegacyVersion, CodeBadHost, CodeForeignDomain, CodePublicSuffix, CodeSecureOverHTTP, CodeSecureOverwrite,
	CodeEvicted, CodeDeleteMissed, CodeWithheld, CodeAgainstRules, CodeStaleValue, CodeChangedValue,
	CodeSentAfterRemoval, CodeSentTwice, CodeUnknownOrigin, CodeOrder,
}
