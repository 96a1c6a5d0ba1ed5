package content

import "httpscope/internal/problem"

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
	Note    = problem.Note
	Warning = problem.Warning
	Error   = problem.Error
)

// Code is the lesson behind one problem code.
type Code = problem.Lesson

// Codes lists every problem code of this package with its lesson.
var Codes = []Code{
	{Code: CodingSyntax, Severity: Error, Title: "Malformed Content-Encoding", Why: "The field is a list of names, without parameters or quality values. Those belong to Accept-Encoding.", Cite: "RFC 9110, section 8.4"},
	{Code: CodingEmptyElement, Severity: Note, Title: "Empty element in the coding list", Why: "Two commas follow each other, or the field has no value. A recipient must ignore a reasonable number of empty elements, a sender must not produce them.", Cite: "RFC 9110, section 5.6.1.2"},
	{Code: CodingIdentity, Severity: Note, Title: "Coding identity is listed", Why: "The name identity means no coding and is reserved for Accept-Encoding. It should not appear in Content-Encoding.", Cite: "RFC 9110, section 8.4.1"},
	{Code: CodingAlias, Severity: Note, Title: "Old name of a coding", Why: "A recipient should treat x-gzip as gzip and x-compress as compress. New senders use the short names.", Cite: "RFC 9110, section 8.4.1"},
	{Code: CodingUnknown, Severity: Error, Title: "Unknown content coding", Why: "The name is not registered, so a client cannot know how to decode the body and shows or stores it coded.", Cite: "RFC 9110, section 8.4.1"},
	{Code: CodingUnsupported, Severity: Note, Title: "Content coding is not decoded here", Why: "The coding is registered but needs an old algorithm or a shared dictionary. The body is shown coded.", Cite: "RFC 9110, section 8.4.1"},
	{Code: CodingLimit, Severity: Error, Title: "Too many content codings", Why: "Nobody codes a body that often for a good reason. Nested compression is a way to build bombs, so the rest is not undone.", Cite: "RFC 9110, section 8.4"},

	{Code: ContentCut, Severity: Error, Title: "Coded body is cut", Why: "The body ends in the middle of the coding. The decoded bytes up to there are shown; the transfer was aborted or the capture is incomplete.", Cite: "RFC 9110, section 8.4"},
	{Code: ContentCorrupt, Severity: Error, Title: "Coded body is corrupt", Why: "The bytes do not follow the format of the coding. Decoding stops there, since everything behind depends on it.", Cite: "RFC 9110, section 8.4.1"},
	{Code: ContentLimit, Severity: Warning, Title: "Decoded body is too large", Why: "Decoding stopped at the limit on output. A few kilobytes can decode to gigabytes, and the limit keeps such a bomb out of memory.", Cite: "RFC 9110, section 17.5"},
	{Code: ContentRatio, Severity: Warning, Title: "Body expands enormously", Why: "The decoded body is hundreds of times larger than the coded one. Very regular data does that, and so do decompression bombs.", Cite: "RFC 9110, section 17.5"},
	{Code: ContentTrailing, Severity: Warning, Title: "Bytes behind the coded body", Why: "The coding ends before the body does. Most clients ignore the rest, which can hide data.", Cite: "RFC 1952, section 2.2"},
	{Code: ContentChecksum, Severity: Error, Title: "Checksum differs", Why: "The checksum at the end does not fit the decoded bytes. The data was damaged, or the sender computed it wrong; many clients show the body anyway.", Cite: "RFC 1952, section 2.3.1"},
	{Code: ContentSize, Severity: Error, Title: "Size in the trailer differs", Why: "The gzip trailer states another number of bytes than were decoded.", Cite: "RFC 1952, section 2.3.1"},
	{Code: CodingMismatch, Severity: Error, Title: "Body is coded differently", Why: "The body starts like another coding than the field names. It is decoded as what it is; browsers refuse it or guess.", Cite: "RFC 9110, section 8.4"},
	{Code: CodingAbsent, Severity: Error, Title: "Body is not coded", Why: "The field promises a coding and the body has none. Often a program compressed nothing but left the field, or a proxy decoded the body and forgot the field.", Cite: "RFC 9110, section 8.4"},
	{Code: DeflateRaw, Severity: Warning, Title: "Deflate without zlib wrapper", Why: "The coding deflate means the zlib format around deflate data. Some senders leave the wrapper out, and browsers accept both, which is why few servers use deflate.", Cite: "RFC 9110, section 8.4.1.2"},
	{Code: GzipFlags, Severity: Error, Title: "Reserved gzip flags are set", Why: "A decoder must report reserved bits, because they may announce a field that it would read as data. Some decoders go on.", Cite: "RFC 1952, section 2.3.1.2"},
	{Code: GzipHeaderCheck, Severity: Error, Title: "Gzip header checksum differs", Why: "The optional checksum of the gzip header does not fit. Most decoders do not look at it.", Cite: "RFC 1952, section 2.3.1"},
	{Code: GzipMembers, Severity: Note, Title: "Several gzip members", Why: "A gzip body may consist of several compressed members one behind the other. Some clients read only the first.", Cite: "RFC 1952, section 2.2"},
	{Code: ZstdWindow, Severity: Error, Title: "Zstandard window too large", Why: "A sender of the coding zstd must not use a window above 8 MiB, since the decoder has to reserve that memory.", Cite: "RFC 9659, section 3"},

	{Code: MediaTypeEmpty, Severity: Warning, Title: "Empty Content-Type", Why: "Without a media type the recipient has to guess, and guesses differ. That is known as content sniffing and is a security risk.", Cite: "RFC 9110, section 8.3"},
	{Code: MediaTypeSyntax, Severity: Error, Title: "Malformed media type", Why: "A media type reads type/subtype, both tokens.", Cite: "RFC 9110, section 8.3.1"},
	{Code: ParamSyntax, Severity: Error, Title: "Malformed parameter", Why: "A parameter reads name=value, where the value is a token or a quoted string.", Cite: "RFC 9110, section 5.6.6"},
	{Code: ParamSpace, Severity: Warning, Title: "Space around the equals sign", Why: "No space is allowed between the name, the equals sign and the value of a parameter. Strict recipients drop the parameter.", Cite: "RFC 9110, section 5.6.6"},
	{Code: ParamRepeated, Severity: Warning, Title: "Parameter occurs twice", Why: "Recipients disagree on whether the first or the last value counts. The first is used here.", Cite: "RFC 9110, section 8.3.1"},
	{Code: ParamQuote, Severity: Error, Title: "Quoted string without an end", Why: "The closing double quote is missing, so the value swallows the rest of the field.", Cite: "RFC 9110, section 5.6.4"},
	{Code: ParamLimit, Severity: Warning, Title: "Too many parameters", Why: "A media type has one or two parameters. Only the first ones are read, so that a long field costs little.", Cite: "RFC 9110, section 5.6.6"},
	{Code: CharsetUnknown, Severity: Warning, Title: "Unknown charset", Why: "The charset is not one that browsers know, so the text is decoded by a guess.", Cite: "RFC 9110, section 8.3.2"},
}
