package httpdecode

import "strings"

// Code names a kind of oddity. Codes are stable: scripts and courses refer to them.
type Code string

// Finding is something odd, or worth a word, in the traffic.
type Finding struct {
	Code   Code
	Detail Fact // what was seen here
	Span   Span // the bytes that show it, in the side's stream
}

// Codes of the start line (RFC 9112, Sections 2 to 4).
const (
	EmptyLine         Code = "empty-line-before-message"
	BareLF            Code = "bare-lf"
	BareCR            Code = "bare-cr"
	StartLineSpace    Code = "start-line-whitespace"
	MethodUnknown     Code = "method-unknown"
	MethodCase        Code = "method-case"
	MethodInvalid     Code = "method-invalid"
	TargetMissing     Code = "target-missing"
	TargetNoSlash     Code = "target-no-slash"
	TargetFormOdd     Code = "target-form"
	TargetSpace       Code = "target-space"
	TargetBytes       Code = "target-bytes"
	TargetFragment    Code = "target-fragment"
	TargetPercent     Code = "target-percent"
	VersionInvalid    Code = "version-invalid"
	VersionMissing    Code = "version-missing"
	VersionOther      Code = "version-other"
	SimpleRequest     Code = "http-0.9-request"
	SimpleResponse    Code = "no-status-line"
	StatusInvalid     Code = "status-invalid"
	StatusUnknown     Code = "status-unknown"
	ReasonSpace       Code = "reason-space-missing"
	NotAMessage       Code = "not-a-message"
	HeadTooLong       Code = "head-too-long"
	HeadCut           Code = "head-cut"
	FirstFieldFolded  Code = "first-field-folded"
	ObsFold           Code = "obs-fold"
	FieldNoColon      Code = "field-no-colon"
	FieldNameEmpty    Code = "field-name-empty"
	FieldNameInvalid  Code = "field-name-invalid"
	FieldNameSpace    Code = "field-space-before-colon"
	FieldValueControl Code = "field-value-control"
	FieldSwallowed    Code = "field-swallowed"
	HostMissing       Code = "host-missing"
	HostRepeated      Code = "host-repeated"
	HostInvalid       Code = "host-invalid"
	HostDiffers       Code = "host-differs"
)

// Codes of framing (RFC 9112, Sections 6 and 7).
const (
	LengthInvalid     Code = "content-length-invalid"
	LengthConflict    Code = "content-length-conflict"
	LengthRepeated    Code = "content-length-repeated"
	LengthAndCoding   Code = "te-and-content-length"
	LengthForbidden   Code = "content-length-forbidden"
	CodingNotFinal    Code = "chunked-not-final"
	CodingUnknown     Code = "transfer-coding-unknown"
	CodingRepeated    Code = "chunked-repeated"
	CodingIdentity    Code = "transfer-coding-identity"
	CodingOld         Code = "te-in-http-1.0"
	CodingForbidden   Code = "te-forbidden"
	CodingParameter   Code = "transfer-coding-parameter"
	BodyForbidden     Code = "body-forbidden"
	BodyShort         Code = "body-short"
	BodyReset         Code = "body-ended-by-reset"
	ChunkSizeInvalid  Code = "chunk-size-invalid"
	ChunkSizeSpace    Code = "chunk-size-whitespace"
	ChunkSizeLarge    Code = "chunk-size-overflow"
	ChunkExtension    Code = "chunk-extension"
	ChunkExtInvalid   Code = "chunk-extension-invalid"
	ChunkEndMissing   Code = "chunk-end-missing"
	ChunkLineLong     Code = "chunk-line-too-long"
	ChunksCut         Code = "chunked-body-cut"
	TrailerForbidden  Code = "trailer-forbidden"
	TrailerUnlisted   Code = "trailer-not-announced"
	TrailerEndMissing Code = "trailer-end-missing"
	ExcessBytes       Code = "bytes-after-message"
)

// Codes of the exchange and the connection (RFC 9112, Section 9, RFC 9110, Sections 7.8, 10.1.1, 15.2).
const (
	AfterClose        Code = "data-after-close"
	RequestAfterClose Code = "request-after-close"
	ResponseLost      Code = "response-not-captured"
	Unanswered        Code = "request-unanswered"
	Unsolicited       Code = "response-unsolicited"
	PairingUncertain  Code = "pairing-uncertain"
	EarlyResponse     Code = "response-before-request-end"
	Pipelined         Code = "pipelined"
	SwitchUnasked     Code = "switch-not-asked"
	SwitchOld         Code = "switch-in-http-1.0"
	ConnectionOption  Code = "connection-option-forbidden"
	ProxyConnection   Code = "proxy-connection"
	InterimOld        Code = "interim-to-http-1.0"
	ExpectUnknown     Code = "expect-unknown"
	ExpectBodyUnsent  Code = "expect-body-unsent"
	ProxyHeader       Code = "proxy-header"
	StatusLineForeign Code = "status-line-foreign"
	GapInMessage      Code = "gap-in-message"
	LateHTTP          Code = "http-after-other"
	TooManyPending    Code = "too-many-unanswered"
)

// Codes lists all codes of this package.
func Codes() []Code {
	return []Code{
		EmptyLine, BareLF, BareCR, StartLineSpace, MethodUnknown, MethodCase, MethodInvalid, TargetMissing,
		TargetNoSlash, TargetFormOdd, TargetSpace, TargetBytes, TargetFragment, TargetPercent, VersionInvalid,
		VersionMissing, VersionOther, SimpleRequest, SimpleResponse, StatusInvalid, StatusUnknown, ReasonSpace,
		NotAMessage, HeadTooLong, HeadCut, FirstFieldFolded, ObsFold, FieldNoColon, FieldNameEmpty, FieldNameInvalid,
		FieldNameSpace, FieldValueControl, FieldSwallowed, HostMissing, HostRepeated, HostInvalid, HostDiffers,
		LengthInvalid, LengthConflict, LengthRepeated, LengthAndCoding, LengthForbidden, CodingNotFinal,
		CodingUnknown, CodingRepeated, CodingIdentity, CodingOld, CodingForbidden, CodingParameter, BodyForbidden,
		BodyShort, BodyReset, ChunkSizeInvalid, ChunkSizeSpace, ChunkSizeLarge, ChunkExtension, ChunkExtInvalid,
		ChunkEndMissing, ChunkLineLong, ChunksCut, TrailerForbidden, TrailerUnlisted, TrailerEndMissing, ExcessBytes,
		AfterClose, RequestAfterClose, ResponseLost, Unanswered, Unsolicited, PairingUncertain, EarlyResponse,
		Pipelined, SwitchUnasked, SwitchOld, ConnectionOption, ProxyConnection, InterimOld, ExpectUnknown,
		ExpectBodyUnsent, ProxyHeader, StatusLineForeign, GapInMessage, LateHTTP, TooManyPending,
	}
}

// copied is the values of a fact with texts of their own: a finding may outlive the head that they stood in, of which
// nobody would know that it is kept.
func copied(args []any) []any {
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = strings.Clone(s)
		}
	}
	return args
}
