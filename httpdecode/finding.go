package httpdecode

// Code names a kind of oddity. Codes are stable: scripts and courses refer to them.
type Code string

// Finding is something odd, or worth a word, in the traffic.
type Finding struct {
	Code   Code
	Detail string // what was seen here, in words
	Span   Span   // the bytes that show it, in the side's stream
}

// Severity ranks a code.
type Severity uint8

// Severities.
const (
	Note    Severity = iota // allowed, and worth knowing
	Warning                 // against a rule, and read in one way by everyone
	Error                   // against a rule, and read in different ways, or not at all
)

var severityNames = [...]string{"note", "warning", "error"}

// String is the word in JSON.
func (s Severity) String() string { return severityNames[s] }

// Codes of the start line (RFC 9112 sections 2 to 4).
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

// Codes of framing (RFC 9112 sections 6 and 7).
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

// Codes of the exchange and the connection (RFC 9112 section 9, RFC 9110 sections 7.8, 10.1.1, 15.2).
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

// severities of the codes; the keys are all codes there are.
var severities = map[Code]Severity{
	EmptyLine: Note, BareLF: Warning, BareCR: Error, StartLineSpace: Warning, MethodUnknown: Note, MethodCase: Warning,
	MethodInvalid: Error, TargetMissing: Error, TargetNoSlash: Error, TargetFormOdd: Warning, TargetSpace: Error, TargetBytes: Warning,
	TargetFragment: Warning, TargetPercent: Warning, VersionInvalid: Error, VersionMissing: Error, VersionOther: Warning, SimpleRequest: Note,
	SimpleResponse: Warning, StatusInvalid: Error, StatusUnknown: Note, ReasonSpace: Note, NotAMessage: Error, HeadTooLong: Error,
	HeadCut: Warning, FirstFieldFolded: Error, ObsFold: Warning, FieldNoColon: Error, FieldNameEmpty: Error, FieldNameInvalid: Error,
	FieldNameSpace: Error, FieldValueControl: Error, FieldSwallowed: Warning, HostMissing: Warning, HostRepeated: Error,
	HostInvalid: Warning, HostDiffers: Warning,
	LengthInvalid: Error, LengthConflict: Error, LengthRepeated: Warning, LengthAndCoding: Error, LengthForbidden: Warning,
	CodingNotFinal: Error, CodingUnknown: Error, CodingRepeated: Error, CodingIdentity: Warning, CodingOld: Error,
	CodingForbidden: Warning, CodingParameter: Warning, BodyForbidden: Error, BodyShort: Error, BodyReset: Warning,
	ChunkSizeInvalid: Error, ChunkSizeSpace: Warning, ChunkSizeLarge: Error, ChunkExtension: Note, ChunkExtInvalid: Warning,
	ChunkEndMissing: Error, ChunkLineLong: Error, ChunksCut: Error, TrailerForbidden: Warning, TrailerUnlisted: Note, TrailerEndMissing: Error, ExcessBytes: Error,
	AfterClose: Warning, RequestAfterClose: Warning, ResponseLost: Note, Unanswered: Warning, Unsolicited: Warning, PairingUncertain: Warning, EarlyResponse: Note,
	Pipelined: Note, SwitchUnasked: Error, SwitchOld: Warning, ConnectionOption: Warning, ProxyConnection: Note, InterimOld: Warning,
	ExpectUnknown: Warning, ExpectBodyUnsent: Note, ProxyHeader: Note, StatusLineForeign: Warning, GapInMessage: Warning, LateHTTP: Note, TooManyPending: Warning,
}

// SeverityOf returns the severity of a code of this package.
func SeverityOf(c Code) (Severity, bool) {
	s, ok := severities[c]
	return s, ok
}

// Codes lists all codes of this package, in no order.
func Codes() []Code {
	all := make([]Code, 0, len(severities))
	for c := range severities {
		all = append(all, c)
	}
	return all
}
