package httpdecode

import (
	"slices"
	"strings"
)

// knownMethod reports the methods of the IANA registry (RFC 9110, Section
// 16.1), and those of protocols on HTTP that captures show: UPnP, DLNA, PURGE of caches.
func knownMethod(m string) bool {
	_, known := slices.BinarySearch(methods, m)
	return known
}

// ownMethod is a method in memory that is not part of a head.
func ownMethod(m string) string {
	if m == "GET" {
		return "GET"
	}
	if i, known := slices.BinarySearch(methods, m); known {
		return methods[i]
	}
	return strings.Clone(m)
}

var methods = slices.Sorted(slices.Values([]string{
	"GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH", "QUERY",
	"ACL", "BASELINE-CONTROL", "BIND", "CHECKIN", "CHECKOUT", "COPY", "LABEL", "LINK", "LOCK", "MERGE",
	"MKACTIVITY", "MKCALENDAR", "MKCOL", "MKREDIRECTREF", "MKWORKSPACE", "MOVE", "ORDERPATCH", "PRI",
	"PROPFIND", "PROPPATCH", "REBIND", "REPORT", "SEARCH", "UNBIND", "UNCHECKOUT", "UNLINK", "UNLOCK",
	"UPDATE", "UPDATEREDIRECTREF", "VERSION-CONTROL",
	"M-SEARCH", "NOTIFY", "SUBSCRIBE", "UNSUBSCRIBE", "PURGE",
}))

// beginsMethod reports the beginning of a known method.
func beginsMethod(s string) bool {
	for _, m := range methods {
		if strings.HasPrefix(m, s) {
			return true
		}
	}
	return false
}

// statusText is the reason phrase of the IANA registry (RFC 9110, Section 15),
// "" for a status that is not registered.
func statusText(status int) string { return statusTexts[status] }

// StatusText is the registered reason phrase of a status, "" when there is none.
func StatusText(status int) string { return statusText(status) }

var statusTexts = map[int]string{
	100: "Continue", 101: "Switching Protocols", 102: "Processing", 103: "Early Hints",
	104: "Upload Resumption Supported",
	200: "OK", 201: "Created", 202: "Accepted", 203: "Non-Authoritative Information", 204: "No Content",
	205: "Reset Content",
	206: "Partial Content", 207: "Multi-Status", 208: "Already Reported", 226: "IM Used",
	300: "Multiple Choices", 301: "Moved Permanently", 302: "Found", 303: "See Other", 304: "Not Modified",
	305: "Use Proxy",
	307: "Temporary Redirect", 308: "Permanent Redirect",
	400: "Bad Request", 401: "Unauthorized", 402: "Payment Required", 403: "Forbidden", 404: "Not Found",
	405: "Method Not Allowed",
	406: "Not Acceptable", 407: "Proxy Authentication Required", 408: "Request Timeout", 409: "Conflict", 410: "Gone",
	411: "Length Required", 412: "Precondition Failed", 413: "Content Too Large", 414: "URI Too Long",
	415: "Unsupported Media Type",
	416: "Range Not Satisfiable", 417: "Expectation Failed", 421: "Misdirected Request", 422: "Unprocessable Content",
	423: "Locked",
	424: "Failed Dependency", 425: "Too Early", 426: "Upgrade Required", 428: "Precondition Required",
	429: "Too Many Requests",
	431: "Request Header Fields Too Large", 451: "Unavailable For Legal Reasons",
	500: "Internal Server Error", 501: "Not Implemented", 502: "Bad Gateway", 503: "Service Unavailable",
	504: "Gateway Timeout",
	505: "HTTP Version Not Supported", 506: "Variant Also Negotiates", 507: "Insufficient Storage",
	508: "Loop Detected",
	510: "Not Extended", 511: "Network Authentication Required",
}
