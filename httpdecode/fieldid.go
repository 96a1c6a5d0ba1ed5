package httpdecode

// FieldID is a field name that this program gives a meaning.
type FieldID uint8

// Known fields.
const (
	FieldOther FieldID = iota
	FieldAccept
	FieldAcceptEncoding
	FieldAcceptRanges
	FieldAuthorization
	FieldConnection
	FieldContentEncoding
	FieldContentLength
	FieldContentRange
	FieldContentType
	FieldCookie
	FieldDate
	FieldETag
	FieldExpect
	FieldHost
	FieldIfMatch
	FieldIfModifiedSince
	FieldIfNoneMatch
	FieldIfRange
	FieldIfUnmodifiedSince
	FieldKeepAlive
	FieldLastModified
	FieldLocation
	FieldProxyAuthorization
	FieldProxyConnection
	FieldRange
	FieldReferer
	FieldServer
	FieldSetCookie
	FieldTE
	FieldTrailer
	FieldTransferEncoding
	FieldUpgrade
	FieldUserAgent
	FieldWWWAuthenticate
	fieldCount
)

var fieldNames = [fieldCount]string{"", "accept", "accept-encoding", "accept-ranges", "authorization", "connection",
	"content-encoding",
	"content-length", "content-range", "content-type", "cookie", "date", "etag", "expect", "host", "if-match",
	"if-modified-since",
	"if-none-match", "if-range", "if-unmodified-since", "keep-alive", "last-modified", "location",
	"proxy-authorization",
	"proxy-connection", "range", "referer", "server", "set-cookie", "te", "trailer", "transfer-encoding", "upgrade",
	"user-agent",
	"www-authenticate"}

// String is the name in lower case, "" for FieldOther.
func (f FieldID) String() string { return fieldNames[f] }

// fieldsByLength narrows a name down to the few of its length.
var fieldsByLength = func() (t [24][]FieldID) {
	for id := FieldOther + 1; id < fieldCount; id++ {
		n := len(fieldNames[id])
		t[n] = append(t[n], id)
	}
	return t
}()

// KnownField looks a name up, in any case.
func KnownField(name string) FieldID {
	if len(name) >= len(fieldsByLength) {
		return FieldOther
	}
	for _, id := range fieldsByLength[len(name)] {
		if equalFold(name, fieldNames[id]) {
			return id
		}
	}
	return FieldOther
}

// equalFold compares ASCII letters in any case; lower is in lower case, of equal length.
func equalFold(s, lower string) bool {
	for i := range len(s) {
		c := s[i]
		if 'A' <= c && c <= 'Z' {
			c += 'a' - 'A'
		}
		if c != lower[i] {
			return false
		}
	}
	return true
}
