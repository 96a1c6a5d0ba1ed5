package content

// Codes of problems in a Content-Encoding field (RFC 9110, section 8.4).
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

// Codes of problems in a Content-Type field (RFC 9110, section 8.3).
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

// Severities of a [Code].
const (
	Note    = "note"    // legal, worth knowing
	Warning = "warning" // allowed or harmless, yet a sign of trouble
	Error   = "error"   // breaks a requirement
)

// Code is the lesson behind one problem code: a title, a short text that says
// why it matters, and where the rule stands.
type Code struct {
	Code     string
	Severity string
	Title    string
	Why      string
	Cite     string
}

// Codes lists every problem code of this package with its lesson.
var Codes = []Code{
	{CodingSyntax, Error, "Malformed Content-Encoding", "The field is a list of names, without parameters or quality values. Those belong to Accept-Encoding.", "RFC 9110, section 8.4"},
	{CodingEmptyElement, Note, "Empty element in the coding list", "Two commas follow each other, or the field has no value. A recipient must ignore a reasonable number of empty elements, a sender must not produce them.", "RFC 9110, section 5.6.1.2"},
	{CodingIdentity, Note, "Coding identity is listed", "The name identity means no coding and is reserved for Accept-Encoding. It should not appear in Content-Encoding.", "RFC 9110, section 8.4.1"},
	{CodingAlias, Note, "Old name of a coding", "A recipient should treat x-gzip as gzip and x-compress as compress. New senders use the short names.", "RFC 9110, section 8.4.1"},
	{CodingUnknown, Error, "Unknown content coding", "The name is not registered, so a client cannot know how to decode the body and shows or stores it coded.", "RFC 9110, section 8.4.1"},
	{CodingUnsupported, Note, "Content coding is not decoded here", "The coding is registered but needs an old algorithm or a shared dictionary. The body is shown coded.", "RFC 9110, section 8.4.1"},
	{CodingLimit, Error, "Too many content codings", "Nobody codes a body that often for a good reason. Nested compression is a way to build bombs, so the rest is not undone.", "RFC 9110, section 8.4"},

	{ContentCut, Error, "Coded body is cut", "The body ends in the middle of the coding. The decoded bytes up to there are shown; the transfer was aborted or the capture is incomplete.", "RFC 9110, section 8.4"},
	{ContentCorrupt, Error, "Coded body is corrupt", "The bytes do not follow the format of the coding. Decoding stops there, since everything behind depends on it.", "RFC 9110, section 8.4.1"},
	{ContentLimit, Warning, "Decoded body is too large", "Decoding stopped at the limit on output. A few kilobytes can decode to gigabytes, and the limit keeps such a bomb out of memory.", "RFC 9110, section 17.5"},
	{ContentRatio, Warning, "Body expands enormously", "The decoded body is hundreds of times larger than the coded one. Very regular data does that, and so do decompression bombs.", "RFC 9110, section 17.5"},
	{ContentTrailing, Warning, "Bytes behind the coded body", "The coding ends before the body does. Most clients ignore the rest, which can hide data.", "RFC 1952, section 2.2"},
	{ContentChecksum, Error, "Checksum differs", "The checksum at the end does not fit the decoded bytes. The data was damaged, or the sender computed it wrong; many clients show the body anyway.", "RFC 1952, section 2.3.1"},
	{ContentSize, Error, "Size in the trailer differs", "The gzip trailer states another number of bytes than were decoded.", "RFC 1952, section 2.3.1"},
	{CodingMismatch, Error, "Body is coded differently", "The body starts like another coding than the field names. It is decoded as what it is; browsers refuse it or guess.", "RFC 9110, section 8.4"},
	{CodingAbsent, Error, "Body is not coded", "The field promises a coding and the body has none. Often a program compressed nothing but left the field, or a proxy decoded the body and forgot the field.", "RFC 9110, section 8.4"},
	{DeflateRaw, Warning, "Deflate without zlib wrapper", "The coding deflate means the zlib format around deflate data. Some senders leave the wrapper out, and browsers accept both, which is why few servers use deflate.", "RFC 9110, section 8.4.1.2"},
	{GzipFlags, Error, "Reserved gzip flags are set", "A decoder must report reserved bits, because they may announce a field that it would read as data. Some decoders go on.", "RFC 1952, section 2.3.1.2"},
	{GzipHeaderCheck, Error, "Gzip header checksum differs", "The optional checksum of the gzip header does not fit. Most decoders do not look at it.", "RFC 1952, section 2.3.1"},
	{GzipMembers, Note, "Several gzip members", "A gzip body may consist of several compressed members one behind the other. Some clients read only the first.", "RFC 1952, section 2.2"},
	{ZstdWindow, Error, "Zstandard window too large", "A sender of the coding zstd must not use a window above 8 MiB, since the decoder has to reserve that memory.", "RFC 9659, section 3"},

	{MediaTypeEmpty, Warning, "Empty Content-Type", "Without a media type the recipient has to guess, and guesses differ. That is known as content sniffing and is a security risk.", "RFC 9110, section 8.3"},
	{MediaTypeSyntax, Error, "Malformed media type", "A media type reads type/subtype, both tokens.", "RFC 9110, section 8.3.1"},
	{ParamSyntax, Error, "Malformed parameter", "A parameter reads name=value, where the value is a token or a quoted string.", "RFC 9110, section 5.6.6"},
	{ParamSpace, Warning, "Space around the equals sign", "No space is allowed between the name, the equals sign and the value of a parameter. Strict recipients drop the parameter.", "RFC 9110, section 5.6.6"},
	{ParamRepeated, Warning, "Parameter occurs twice", "Recipients disagree on whether the first or the last value counts. The first is used here.", "RFC 9110, section 8.3.1"},
	{ParamQuote, Error, "Quoted string without an end", "The closing double quote is missing, so the value swallows the rest of the field.", "RFC 9110, section 5.6.4"},
	{ParamLimit, Warning, "Too many parameters", "A media type has one or two parameters. Only the first ones are read, so that a long field costs little.", "RFC 9110, section 5.6.6"},
	{CharsetUnknown, Warning, "Unknown charset", "The charset is not one that browsers know, so the text is decoded by a guess.", "RFC 9110, section 8.3.2"},
}
