package ranges

// Codes of problems in a Range field (RFC 9110, Sections 14.1 and 14.2).
const (
	RangeEmpty        = "range-empty"         // no range at all (14.2)
	RangeSyntax       = "range-syntax"        // does not follow the grammar (14.1.1)
	RangeUnit         = "range-unit"          // a unit other than bytes (14.1)
	RangeReversed     = "range-reversed"      // last position before the first (14.1.1)
	RangeOverlap      = "range-overlap"       // ranges overlap (14.2, 17.15)
	RangeMany         = "range-many"          // suspiciously many ranges (14.2, 17.15)
	RangeLimit        = "range-limit"         // more than MaxSpecs ranges, the rest not read (17.15)
	RangeOrder        = "range-order"         // not in ascending order (14.2)
	RangeWhitespace   = "range-whitespace"    // space where the grammar has none (14.1.1)
	RangeOverflow     = "range-overflow"      // a number beyond 63 bits (14.1.1)
	RangeEmptyElement = "range-empty-element" // empty list element (5.6.1.2)
	RangeSuffixZero   = "range-suffix-zero"   // the last 0 bytes (14.1.2)
	RangeRepeated     = "range-repeated"      // several Range field lines (5.3)
	RangeMethod       = "range-method"        // Range with a method other than GET (14.2)
)

// Codes of problems in a Content-Range field (RFC 9110, Section 14.4).
const (
	ContentRangeEmpty       = "content-range-empty"       // no value (14.4)
	ContentRangeSyntax      = "content-range-syntax"      // does not follow the grammar (14.4)
	ContentRangeNoUnit      = "content-range-no-unit"     // no unit in front (14.4)
	ContentRangeUnit        = "content-range-unit"        // a unit other than bytes (14.4)
	ContentRangeNoSize      = "content-range-no-size"     // no slash and size (14.4)
	ContentRangeReversed    = "content-range-reversed"    // last position before the first (14.4)
	ContentRangePastEnd     = "content-range-past-end"    // last position not inside the size (14.4)
	ContentRangeWhitespace  = "content-range-whitespace"  // space where the grammar has none (14.4)
	ContentRangeOverflow    = "content-range-overflow"    // a number beyond 63 bits (14.4)
	ContentRangeRepeated    = "content-range-repeated"    // several Content-Range lines (5.3)
	ContentRangeNotAsked    = "content-range-not-asked"   // bytes nobody asked for (15.3.7)
	ContentRangeLength      = "content-range-length"      // length differs from the body (14.4, 15.3.7.1)
	ContentRangeSize        = "content-range-size"        // size differs from the known one (15.3.7.3)
	ContentRangeStatus      = "content-range-status"      // no meaning with this status (14.4)
	ContentRangeInMultipart = "content-range-multipart"   // beside multipart/byteranges (15.3.7.2)
	ContentRangeUnsatisfied = "content-range-unsatisfied" // bytes */size with 206 (14.4)
)

// Codes of problems between a request and its response.
const (
	PartialNotAsked       = "partial-not-asked"        // 206 without Range (15.3.7)
	PartialNoContentRange = "partial-no-content-range" // 206 that does not say which bytes (15.3.7.1)
	PartialIncomplete     = "partial-incomplete"       // some bytes asked for are missing (15.3.7)
	MultipartSingle       = "multipart-single"         // multipart for one range (15.3.7.2)
	RangeIgnored          = "range-ignored"            // 200 to a Range request (14.2)
	AcceptRangesNone      = "accept-ranges-none"       // 206 beside Accept-Ranges: none (14.3)
	UnsatisfiedNotAsked   = "unsatisfied-not-asked"    // 416 without Range (15.5.17)
	UnsatisfiedNoSize     = "unsatisfied-no-size"      // 416 without bytes */size (15.5.17)
	UnsatisfiedForm       = "unsatisfied-form"         // 416 with a positive Content-Range (14.4)
	UnsatisfiedWrong      = "unsatisfied-wrong"        // 416 though the range fits (15.5.17)
	IfRangeAlone          = "if-range-alone"           // If-Range without Range (13.1.5)
	IfRangeWeak           = "if-range-weak"            // weak entity tag in If-Range (13.1.5)
	IfRangeSyntax         = "if-range-syntax"          // neither entity tag nor date (13.1.5)
	IfRangeChanged        = "if-range-changed"         // validator differs, 200 is right (13.1.5)
	IfRangeMismatch       = "if-range-mismatch"        // validator differs, yet 206 or 416 (13.1.5)
	IfRangeMatchFull      = "if-range-match-full"      // validator matches, yet 200 (13.1.5)
)

// Codes of problems in a multipart/byteranges body (RFC 9110, Section 14.6,
// and RFC 2046, Section 5.1.1).
const (
	MultipartBoundary     = "multipart-boundary"       // boundary parameter unusable (RFC 2046, 5.1.1)
	MultipartNoDelimiter  = "multipart-no-delimiter"   // the boundary never appears (RFC 2046, 5.1.1)
	MultipartNoFinal      = "multipart-no-final"       // the closing delimiter is missing (RFC 2046, 5.1.1)
	MultipartNoParts      = "multipart-no-parts"       // closed before the first part (RFC 2046, 5.1.1)
	MultipartPreamble     = "multipart-preamble"       // bytes before the first part (RFC 2046, 5.1.1)
	MultipartEpilogue     = "multipart-epilogue"       // bytes after the last part (RFC 2046, 5.1.1)
	MultipartBareLF       = "multipart-bare-lf"        // lines end in LF alone (RFC 2046, 5.1.1)
	MultipartGap          = "multipart-gap"            // capture lost bytes of the body
	MultipartLimit        = "multipart-limit"          // more than MaxParts parts
	MultipartSize         = "multipart-size"           // parts disagree on the size (RFC 9110, 14.6)
	PartNoContentRange    = "part-no-content-range"    // part does not say which bytes (RFC 9110, 15.3.7.2)
	PartLength            = "part-length"              // part length differs from its Content-Range (RFC 9110, 14.4)
	PartCut               = "part-cut"                 // the part has no end (RFC 2046, 5.1.1)
	PartHeadCut           = "part-head-cut"            // the head has no empty line (RFC 2046, 5.1)
	PartHeadLimit         = "part-head-limit"          // head longer than MaxPartHead
	PartFieldSyntax       = "part-field-syntax"        // a head line that is no field (RFC 2046, 5.1)
	PartContentRangeTwice = "part-content-range-twice" // two Content-Range lines (RFC 9110, 5.3)
)

// Codes of problems in the byte map of a resource (RFC 9110, Section 15.3.7.3).
const (
	MapSpan    = "map-span"     // not an interval of bytes
	MapPastEnd = "map-past-end" // beyond the size (14.4)
	MapSize    = "map-size"     // size differs from the earlier one (15.3.7.3)
	MapOverlap = "map-overlap"  // bytes seen before (15.3.7.3)
	MapFull    = "map-full"     // more than MaxRuns intervals
)

// Codes lists every problem code of this package.
var Codes = []string{
	RangeEmpty, RangeSyntax, RangeUnit, RangeReversed, RangeOverlap, RangeMany, RangeLimit, RangeOrder,
	RangeWhitespace, RangeOverflow, RangeEmptyElement, RangeSuffixZero, RangeRepeated, RangeMethod,
	ContentRangeEmpty, ContentRangeSyntax, ContentRangeNoUnit, ContentRangeUnit, ContentRangeNoSize,
	ContentRangeReversed, ContentRangePastEnd, ContentRangeWhitespace, ContentRangeOverflow, ContentRangeRepeated,
	ContentRangeNotAsked, ContentRangeLength, ContentRangeSize, ContentRangeStatus, ContentRangeInMultipart,
	ContentRangeUnsatisfied, PartialNotAsked, PartialNoContentRange, PartialIncomplete, MultipartSingle,
	RangeIgnored, AcceptRangesNone, UnsatisfiedNotAsked, UnsatisfiedNoSize, UnsatisfiedForm, UnsatisfiedWrong,
	IfRangeAlone, IfRangeWeak, IfRangeSyntax, IfRangeChanged, IfRangeMismatch, IfRangeMatchFull,
	MultipartBoundary, MultipartNoDelimiter, MultipartNoFinal, MultipartNoParts, MultipartPreamble,
	MultipartEpilogue, MultipartBareLF, MultipartGap, MultipartLimit, MultipartSize, PartNoContentRange,
	PartLength, PartCut, PartHeadCut, PartHeadLimit, PartFieldSyntax, PartContentRangeTwice, MapSpan, MapPastEnd,
	MapSize, MapOverlap, MapFull,
}
