package forms

// Codes of problems in urlencoded data (WHATWG URL, section 5.1; RFC 3986).
const (
	FormEscape    = "form-escape"     // % without two hex digits (RFC 3986, 2.1)
	FormUTF8      = "form-utf8"       // decoded bytes are not UTF-8 (RFC 3986, 2.5)
	FormNUL       = "form-nul"        // a zero byte in the decoded text (RFC 3986, 7.3)
	FormRawByte   = "form-raw-byte"   // a byte that must be escaped (RFC 3986, 2)
	FormEmptyName = "form-empty-name" // a value without a name (RFC 3986, 3.4)
	FormEmptyPair = "form-empty-pair" // nothing between two & (RFC 3986, 3.4)
	FormSemicolon = "form-semicolon"  // ; which some servers take for & (RFC 3986, 3.4)
	FormRepeated  = "form-repeated"   // a name occurs again (RFC 3986, 3.4)
	FormLimit     = "form-limit"      // more than MaxPairs pairs
)

// Codes of problems in multipart/form-data (RFC 7578, RFC 2046).
const (
	DataBoundary      = "formdata-boundary"       // boundary parameter unusable (RFC 2046, 5.1.1)
	DataNoDelimiter   = "formdata-no-delimiter"   // the boundary never appears (RFC 2046, 5.1.1)
	DataNoFinal       = "formdata-no-final"       // the closing delimiter is missing (RFC 2046, 5.1.1)
	DataPreamble      = "formdata-preamble"       // bytes before the first part (RFC 2046, 5.1.1)
	DataEpilogue      = "formdata-epilogue"       // bytes after the last part (RFC 2046, 5.1.1)
	DataBareLF        = "formdata-bare-lf"        // lines end in LF alone (RFC 2046, 5.1.1)
	DataLimit         = "formdata-limit"          // more than MaxParts parts
	DataHeadCut       = "formdata-head-cut"       // part head without an empty line (RFC 2046, 5.1)
	DataHeadLimit     = "formdata-head-limit"     // part head longer than MaxPartHead
	DataFieldSyntax   = "formdata-field-syntax"   // a head line that is no field (RFC 2046, 5.1)
	DataNoDisposition = "formdata-no-disposition" // no Content-Disposition (RFC 7578, 4.2)
	DataDisposition   = "formdata-disposition"    // disposition is not form-data or malformed (RFC 7578, 4.2)
	DataNoName        = "formdata-no-name"        // no name parameter (RFC 7578, 4.2)
	DataRepeatedParam = "formdata-repeated-param" // name or filename twice (RFC 7578, 4.2)
	DataFilenameStar  = "formdata-filename-star"  // filename* (RFC 7578, 4.2)
	DataFilenamePath  = "formdata-filename-path"  // filename with a path (RFC 7578, 4.2)
	DataTransfer      = "formdata-transfer"       // Content-Transfer-Encoding (RFC 7578, 4.7)
	DataUTF8          = "formdata-utf8"           // name or filename is not UTF-8 (RFC 7578, 5.1)
)

// Codes of problems in credentials (RFC 9110, Section 11.6; RFC 7617; RFC 7616; RFC 6750).
const (
	AuthEmpty         = "auth-empty"          // no value (RFC 9110, 11.6.2)
	AuthSyntax        = "auth-syntax"         // does not follow the grammar (RFC 9110, 11.4)
	AuthUnknown       = "auth-unknown"        // scheme is not a common one (RFC 9110, 11.1)
	AuthCleartext     = "auth-cleartext"      // the password is readable (RFC 7617, 4)
	AuthBase64        = "auth-base64"         // Basic value is not base64 (RFC 7617, 2)
	AuthPadding       = "auth-padding"        // base64 without padding or of the URL kind (RFC 7617, 2)
	AuthNoColon       = "auth-no-colon"       // no colon between user and password (RFC 7617, 2)
	AuthControl       = "auth-control"        // control characters (RFC 7617, 2)
	AuthCharset       = "auth-charset"        // user and password are not UTF-8 (RFC 7617, 2.1)
	AuthToken         = "auth-token"          // Bearer token is malformed (RFC 6750, 2.1)
	AuthParamSyntax   = "auth-param-syntax"   // parameter is malformed (RFC 9110, 11.2)
	AuthParamRepeated = "auth-param-repeated" // parameter occurs twice (RFC 9110, 11.2)
	AuthParamLimit    = "auth-param-limit"    // more than MaxAuthParams parameters
	AuthQuote         = "auth-quote"          // quoted string without an end (RFC 9110, 5.6.4)
	AuthDigestMissing = "auth-digest-missing" // a required Digest parameter is missing (RFC 7616, 3.4)
	AuthDigestQuoting = "auth-digest-quoting" // parameter quoted the wrong way (RFC 7616, 3.4)
)

// Codes of problems in entity tags and dates (RFC 9110, Sections 8.8.3 and 5.6.7).
const (
	ETagEmpty       = "etag-empty"            // no tag at all (13.1.1)
	ETagUnquoted    = "etag-unquoted"         // no double quotes (8.8.3)
	ETagSyntax      = "etag-syntax"           // does not follow the grammar (8.8.3)
	ETagWeakCase    = "etag-weak-case"        // w/ instead of W/ (8.8.3)
	ETagStar        = "etag-star"             // * together with tags (13.1.1)
	ETagLimit       = "etag-limit"            // more than MaxETags tags
	DateSyntax      = "date-syntax"           // not an HTTP date (5.6.7)
	DateObsolete850 = "date-obsolete-850"     // RFC 850 form (5.6.7)
	DateObsoleteC   = "date-obsolete-asctime" // asctime form (5.6.7)
	DateForm        = "date-form"             // readable, but not in one of the three forms (5.6.7)
	DateZone        = "date-zone"             // zone is not GMT (5.6.7)
	DateWeekday     = "date-weekday"          // the day of the week is wrong (5.6.7)
)

// Codes of problems in conditional requests (RFC 9110, Sections 13, 15.4.5 and 15.5.13).
const (
	CondNotAsked    = "conditional-not-asked"     // 304 or 412 without a precondition (15.4.5, 15.5.13)
	CondMethod      = "conditional-method"        // 304 to a method other than GET and HEAD (15.4.5)
	CondIgnored     = "conditional-ignored"       // precondition false, method performed (13.2.1)
	CondStale       = "conditional-stale"         // 304 though the validators differ (13.1.2)
	CondFailed      = "conditional-failed"        // 412 though the precondition holds (15.5.13)
	CondWrongStatus = "conditional-wrong-status"  // 304 and 412 confused (13.2.2)
	CondPrecedence  = "conditional-precedence"    // a field that another one overrides (13.2.2)
	CondBadDate     = "conditional-bad-date"      // date unusable, field ignored (13.1.3, 13.1.4)
	CondWeakMatch   = "conditional-weak-if-match" // weak tag in If-Match (13.1.1)
	CondRepeated    = "conditional-repeated"      // several lines of a date field (5.3)
	CondNoValidator = "conditional-no-validator"  // 304 does not repeat the ETag (15.4.5)
)

// Codes lists every problem code of this package.
var Codes = []string{
	FormEscape, FormUTF8, FormNUL, FormRawByte, FormEmptyName, FormEmptyPair, FormSemicolon, FormRepeated,
	FormLimit, DataBoundary, DataNoDelimiter, DataNoFinal, DataPreamble, DataEpilogue, DataBareLF, DataLimit,
	DataHeadCut, DataHeadLimit, DataFieldSyntax, DataNoDisposition, DataDisposition, DataNoName,
	DataRepeatedParam, DataFilenameStar, DataFilenamePath, DataTransfer, DataUTF8, AuthEmpty, AuthSyntax,
	AuthUnknown, AuthCleartext, AuthBase64, AuthPadding, AuthNoColon, AuthControl, AuthCharset, AuthToken,
	AuthParamSyntax, AuthParamRepeated, AuthParamLimit, AuthQuote, AuthDigestMissing, AuthDigestQuoting,
	ETagEmpty, ETagUnquoted, ETagSyntax, ETagWeakCase, ETagStar, ETagLimit, DateSyntax, DateObsolete850,
	DateObsoleteC, DateForm, DateZone, DateWeekday, CondNotAsked, CondMethod, CondIgnored, CondStale, CondFailed,
	CondWrongStatus, CondPrecedence, CondBadDate, CondWeakMatch, CondRepeated, CondNoValidator,
}
