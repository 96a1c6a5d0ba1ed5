package explain

import (
	"strconv"
	"strings"

	"httpscope/httpdecode"
)

// Meaning says in one sentence what a method, a status or a field is for.
type Meaning struct {
	Text string // one sentence with a full stop
	Cite string // RFC 9110 section 9.3.1
}

// Method returns the meaning of a request method, which is case-sensitive.
func Method(name string) (Meaning, bool) {
	m, ok := methodMeanings[name]
	return m, ok
}

var methodMeanings = map[string]Meaning{
	"GET":     {"Asks for the resource; it changes nothing on the server and may be repeated.", "RFC 9110 section 9.3.1"},
	"HEAD":    {"Asks for the head that GET would give, without the body.", "RFC 9110 section 9.3.2"},
	"POST":    {"Gives the body to the resource to process; sent twice it may act twice.", "RFC 9110 section 9.3.3"},
	"PUT":     {"Replaces the resource by the body; sent twice it has the same effect as once.", "RFC 9110 section 9.3.4"},
	"DELETE":  {"Removes the resource.", "RFC 9110 section 9.3.5"},
	"CONNECT": {"Asks a proxy for a tunnel to a host and port.", "RFC 9110 section 9.3.6"},
	"OPTIONS": {"Asks which methods are allowed; browsers send it before some cross-site requests.", "RFC 9110 section 9.3.7"},
	"TRACE":   {"Asks for the request back as it arrived; most servers refuse it.", "RFC 9110 section 9.3.8"},
	"PATCH":   {"Changes a part of the resource as the body says.", "RFC 5789 section 2"},
	"QUERY":   {"Asks with a query in the body; it changes nothing on the server.", "draft-ietf-httpbis-safe-method-w-body"},
}

// Status returns the meaning of a status code; of an unknown one that of its class.
func Status(code int) (Meaning, bool) {
	if m, ok := statusMeanings[code]; ok {
		return m, true
	}
	if class, ok := statusClasses[code/100]; ok {
		text := class
		if name := httpdecode.StatusText(code); name != "" {
			text = name + ": " + strings.ToLower(class[:1]) + class[1:]
		}
		return Meaning{text, "RFC 9110 section 15"}, true
	}
	return Meaning{"Status " + strconv.Itoa(code) + " belongs to no class.", "RFC 9110 section 15"}, false
}

var statusClasses = map[int]string{
	1: "An interim response; the final one follows.",
	2: "The request was received, understood and accepted.",
	3: "The client has to do something more, mostly to go elsewhere.",
	4: "The server finds a fault in the request.",
	5: "The server failed to fulfil a valid request.",
}

var statusMeanings = map[int]Meaning{
	100: {"The client may send the body now; the final response follows.", "RFC 9110 section 15.2.1"},
	101: {"The connection speaks another protocol from here on.", "RFC 9110 section 15.2.2"},
	103: {"Fields that the final response will probably have, so that the client can fetch what they name.", "RFC 8297 section 2"},
	200: {"The request succeeded.", "RFC 9110 section 15.3.1"},
	201: {"The request made a new resource; Location may name it.", "RFC 9110 section 15.3.2"},
	202: {"The request was accepted and is not done yet.", "RFC 9110 section 15.3.3"},
	204: {"The request succeeded and there is no body.", "RFC 9110 section 15.3.5"},
	206: {"The body is the part, or the parts, that Range asked for.", "RFC 9110 section 15.3.7"},
	301: {"The resource has moved for good; Location says where, and clients may remember it.", "RFC 9110 section 15.4.2"},
	302: {"Go to Location this time; after a POST browsers use GET there.", "RFC 9110 section 15.4.3"},
	303: {"The answer is found at Location, with GET.", "RFC 9110 section 15.4.4"},
	304: {"The client's stored copy is still good, so no body is sent.", "RFC 9110 section 15.4.5"},
	307: {"Go to Location this time, with the same method and body.", "RFC 9110 section 15.4.8"},
	308: {"The resource has moved for good; repeat the same method and body at Location.", "RFC 9110 section 15.4.9"},
	400: {"The server cannot or will not read the request.", "RFC 9110 section 15.5.1"},
	401: {"Credentials are missing or wrong; WWW-Authenticate says which kind is wanted.", "RFC 9110 section 15.5.2"},
	403: {"The server understood the request and refuses it.", "RFC 9110 section 15.5.4"},
	404: {"There is nothing at this target, or the server does not say so.", "RFC 9110 section 15.5.5"},
	405: {"The target does not allow this method; Allow lists those that it does.", "RFC 9110 section 15.5.6"},
	408: {"The client took too long to send its request.", "RFC 9110 section 15.5.9"},
	409: {"The request contradicts the present state of the resource.", "RFC 9110 section 15.5.10"},
	411: {"The server wants Content-Length.", "RFC 9110 section 15.5.12"},
	412: {"A condition of the request does not hold.", "RFC 9110 section 15.5.13"},
	413: {"The body is larger than the server takes.", "RFC 9110 section 15.5.14"},
	414: {"The target is longer than the server reads.", "RFC 9110 section 15.5.15"},
	415: {"The server does not take this media type or content coding.", "RFC 9110 section 15.5.16"},
	416: {"None of the ranges that were asked for lies in the resource; Content-Range tells its size.", "RFC 9110 section 15.5.17"},
	417: {"The server does not do what Expect asks for.", "RFC 9110 section 15.5.18"},
	426: {"The server wants another protocol, which Upgrade names.", "RFC 9110 section 15.5.22"},
	429: {"The client sent too many requests; Retry-After may say when to go on.", "RFC 6585 section 4"},
	431: {"The fields of the request are too long.", "RFC 6585 section 5"},
	500: {"The server's program failed.", "RFC 9110 section 15.6.1"},
	501: {"The server does not know this method.", "RFC 9110 section 15.6.2"},
	502: {"The proxy got an invalid response from the server behind it.", "RFC 9110 section 15.6.3"},
	503: {"The server cannot answer now, mostly because it is overloaded.", "RFC 9110 section 15.6.4"},
	504: {"The proxy got no response in time from the server behind it.", "RFC 9110 section 15.6.5"},
	505: {"The server does not speak this version of HTTP.", "RFC 9110 section 15.6.6"},
}

// Field returns the meaning of a field by its name, in any case.
func Field(name string) (Meaning, bool) {
	m, ok := fieldMeanings[strings.ToLower(name)]
	return m, ok
}
