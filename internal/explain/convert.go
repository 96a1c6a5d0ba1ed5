package explain

import (
	"regexp"
	"strings"

	"httpscope/internal/content"
	"httpscope/internal/cookies"
	"httpscope/internal/forms"
	"httpscope/internal/ranges"
)

// place says where the codes with a prefix are found, and what to look at
// when the package that finds them does not say.
type place struct {
	prefix string // of the code, or the whole code
	where  string
	look   string
}

// places are the parts of messages that other packages judge. The longest
// prefix counts.
var places = []place{
	{"range-", "the Range field of a request", "Read the Range field as a list of first and last positions, counted from 0. Compare it with the status and the Content-Range field of the response."},
	{"content-range-", "the Content-Range field of a response", "Compare Content-Range with the Range field of the request, and the positions with the number of body bytes: last minus first plus one."},
	{"partial-", "a 206 response and its request", "Put the Range field of the request next to the status and the Content-Range field of the response."},
	{ranges.AcceptRangesNone, "a 206 response", "Compare the Accept-Ranges field with the status of the same response."},
	{ranges.RangeIgnored, "a 200 response to a request with Range", "Compare the body's length with the ranges that were asked for. Accept-Ranges may say that the server offers none."},
	{"unsatisfied-", "a 416 response and its request", "Compare the ranges that were asked for with the size in Content-Range, or with the size that earlier responses gave."},
	{"if-range-", "the If-Range field of a request", "Compare If-Range with ETag and Last-Modified of this response and of the one before it."},
	{"multipart-", "a body of the type multipart/byteranges", "Take the boundary from Content-Type, and find the lines of the body that are two hyphens and the boundary. The last has two more hyphens."},
	{"part-", "one part of a body of the type multipart/byteranges", "Read the lines between a delimiter and the next empty line, then count the bytes up to the next delimiter."},
	{"map-", "the byte map of a resource, which all its responses fill", "List the Content-Range fields of all responses for this resource, with their ETag and Last-Modified."},

	{"coding-", "the Content-Encoding field of a message", "Compare Content-Encoding with the first bytes of the body: gzip begins with 1f 8b, zstd with 28 b5 2f fd. Accept-Encoding of the request says what the client can read."},
	{"content-", "a body with a content coding", "Compare the number of bytes on the wire with the decoded number, and see whether the message is complete."},
	{"deflate-", "a body with the coding deflate", "Look at the first byte: with the zlib wrapper it is usually 78."},
	{"gzip-", "a body with the coding gzip", "Look at the first ten bytes: 1f 8b, the method 08, then the flags."},
	{"zstd-", "a body with the coding zstd", "Look at the first bytes: 28 b5 2f fd, then the frame header with the window size."},
	{"media-type-", "the Content-Type field of a message", "Read Content-Type, and compare it with the first bytes of the body."},
	{"param-", "a parameter of the Content-Type field", "Read what stands behind the first semicolon of Content-Type."},
	{"charset-", "the charset parameter of the Content-Type field", "Compare the charset with the bytes of the text, and with the charset that an HTML page names in its head."},

	{"form-", "urlencoded form data", "Read the query of the target, or the body of the POST request: pairs name=value, joined by ampersands."},
	{"formdata-", "a body of the type multipart/form-data", "Take the boundary from Content-Type, and read each part's head: Content-Disposition carries the name of the form field."},
	{"auth-", "an Authorization or Proxy-Authorization field", "Read the first word of the field, which is the scheme, then what follows it. The response's WWW-Authenticate says what the server asked for."},
	{"etag-", "an entity tag", "Compare the tag with the ETag field of the response that the client got first, character by character."},
	{"date-", "a date in a field", "Compare the date with the form Sun, 06 Nov 1994 08:49:37 GMT."},
	{"conditional-", "a conditional request and its response", "Put the If-… fields of the request next to the status, ETag and Last-Modified of the response."},

	{"cookie-", "a Set-Cookie field of a response", ""},
	{cookies.CodeTrailingSemicolon, "the Cookie field of a request", ""},
	{cookies.CodeEmptyPair, "the Cookie field of a request", ""},
	{"cookie-pair-", "the Cookie field of a request", ""},
	{cookies.CodeSameNameTwice, "the Cookie field of a request", ""},
	{cookies.CodeLegacyVersion, "the Cookie field of a request", ""},
	{cookies.CodeBadHost, "the Host field of a request", ""},
	{cookies.CodeEvicted, "the cookie jar that httpscope keeps for the client", ""},
	{cookies.CodeWithheld, "the Cookie field of a request, compared with the cookie jar", ""},
	{cookies.CodeAgainstRules, "the Cookie field of a request, compared with the cookie jar", ""},
	{cookies.CodeStaleValue, "the Cookie field of a request, compared with the cookie jar", ""},
	{cookies.CodeChangedValue, "the Cookie field of a request, compared with the cookie jar", ""},
	{cookies.CodeSentAfterRemoval, "the Cookie field of a request, compared with the cookie jar", ""},
	{cookies.CodeSentTwice, "the Cookie field of a request, compared with the cookie jar", ""},
	{cookies.CodeUnknownOrigin, "the Cookie field of a request, compared with the cookie jar", ""},
	{cookies.CodeOrder, "the Cookie field of a request, compared with the cookie jar", ""},
}

// placeOf finds the place of a code; the zero place when there is none.
func placeOf(code string) place {
	var best place
	for _, p := range places {
		if strings.HasPrefix(code, p.prefix) && len(p.prefix) > len(best.prefix) {
			best = p
		}
	}
	return best
}

// convert makes a text from what another package says about its code.
func convert(code, severity, title, why, look, cite string) Text {
	t := Text{Code: code, Severity: severity, Title: title, Why: why, Look: look, Cite: plainCite(cite)}
	p := placeOf(code)
	if p.where != "" {
		t.What = "This was seen in " + p.where + ": " + title + "."
	}
	if t.Look == "" {
		t.Look = p.look
	}
	return t
}

var citedDocument = regexp.MustCompile(`(RFC \w+),`)

// plainCite turns "RFC 9110, section 14.2" into "RFC 9110 section 14.2".
func plainCite(cite string) string { return citedDocument.ReplaceAllString(cite, "$1") }

// cookieTexts converts the texts of package cookies.
func cookieTexts() []Text {
	var ts []Text
	for _, c := range cookies.Codes {
		ts = append(ts, convert(c.Code, c.Severity, c.Title, c.Why, c.Look, c.Cite))
	}
	return ts
}

// otherTexts converts the texts of packages ranges, content and forms.
func otherTexts() []Text {
	var ts []Text
	for _, c := range ranges.Codes {
		ts = append(ts, convert(c.Code, c.Severity, c.Title, c.Why, "", c.Cite))
	}
	for _, c := range content.Codes {
		ts = append(ts, convert(c.Code, c.Severity, c.Title, c.Why, "", c.Cite))
	}
	for _, c := range forms.Codes {
		ts = append(ts, convert(c.Code, c.Severity, c.Title, c.Why, "", c.Cite))
	}
	return ts
}
