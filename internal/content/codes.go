package content

// Codes of problems in a Content-Encoding field (RFC 9110, Section 8.4).
const (
	CodingSyntax       = "coding-syntax"        // an element is no token (8.4)
	CodingEmptyElement = "coding-empty-element" // empty list element (5.6.1.2)
	CodingIdentity     = "coding-identity"      // identity is listed (8.4.1, 12.5.3)
	CodingAlias        = "coding-alias"         // x-gzip or x-compress (8.4.1)
	CodingUnknown      = "coding-unknown"       // not a registered name (8.4.1)
	CodingUnsupported  = "coding-unsupported"   // registered, not decoded here (8.4.1)
	CodingLimit        = "coding-limit"         // more than MaxCodings codings (8.4)
)

// Codes of problems in a coded body.
const (
	ContentCut      = "content-cut"       // the body ends before the coding does (RFC 9110, 8.4)
	ContentCorrupt  = "content-corrupt"   // the bytes do not follow the coding (RFC 9110, 8.4.1)
	ContentLimit    = "content-limit"     // more output than the limit (RFC 9110, 17.5)
	ContentRatio    = "content-ratio"     // output enormously larger than input (RFC 9110, 17.5)
	ContentTrailing = "content-trailing"  // bytes behind the end of the coding (RFC 1952, 2.2)
	ContentChecksum = "content-checksum"  // the checksum differs (RFC 1952, 2.3.1)
	ContentSize     = "content-size"      // the size in the trailer differs (RFC 1952, 2.3.1)
	CodingMismatch  = "coding-mismatch"   // coded otherwise than the field says (RFC 9110, 8.4)
	CodingAbsent    = "coding-absent"     // not coded, the field says it is (RFC 9110, 8.4)
	DeflateRaw      = "deflate-raw"       // deflate without the zlib wrapper (RFC 9110, 8.4.1.2)
	GzipFlags       = "gzip-flags"        // reserved header bits are set (RFC 1952, 2.3.1.2)
	GzipHeaderCheck = "gzip-header-check" // the header checksum differs (RFC 1952, 2.3.1.2)
	GzipMembers     = "gzip-members"      // several gzip members (RFC 1952, 2.2)
	ZstdWindow      = "zstd-window"       // window above 8 MiB (RFC 9659, 3)
)

// Codes of problems in a Content-Type field (RFC 9110, Section 8.3).
const (
	MediaTypeEmpty  = "media-type-empty"  // no value (8.3)
	MediaTypeSyntax = "media-type-syntax" // not type/subtype (8.3.1)
	ParamSyntax     = "param-syntax"      // a parameter is malformed (5.6.6)
	ParamSpace      = "param-space"       // space around the equals sign (5.6.6)
	ParamRepeated   = "param-repeated"    // a parameter occurs twice (8.3.1)
	ParamQuote      = "param-quote"       // quoted string without an end (5.6.4)
	ParamLimit      = "param-limit"       // more than MaxParams parameters (5.6.6)
	CharsetUnknown  = "charset-unknown"   // charset is not a known name (8.3.2)
)

// Codes lists every problem code of this package.
var Codes = []string{
	CodingSyntax, CodingEmptyElement, CodingIdentity, CodingAlias, CodingUnknown, CodingUnsupported, CodingLimit,
	ContentCut, ContentCorrupt, ContentLimit, ContentRatio, ContentTrailing, ContentChecksum, ContentSize,
	CodingMismatch, CodingAbsent, DeflateRaw, GzipFlags, GzipHeaderCheck, GzipMembers, ZstdWindow, MediaTypeEmpty,
	MediaTypeSyntax, ParamSyntax, ParamSpace, ParamRepeated, ParamQuote, ParamLimit, CharsetUnknown,
}
