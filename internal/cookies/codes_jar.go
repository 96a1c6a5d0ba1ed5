package cookies

// jarCodes explains the findings that need the jar: refusals, evictions and the
// comparison of a request with the prediction.
var jarCodes = []Code{
	{
		CodeBadHost, SeverityWarning, "Request to a host without a canonical name",
		"Cookies belong to hosts. If the Host field holds no host name, no cookie is stored or sent.",
		"Look at the Host field of the request.",
		"RFC 6265bis, section 5.1.2 and section 5.8.3, step 2",
	},
	{
		CodeForeignDomain, SeverityError, "Cookie for a domain that the host is not part of",
		"A host may set cookies for itself and for domains above it, not for others: or any site could plant cookies in any other.",
		"Compare Domain with the Host field of the request.",
		"RFC 6265bis, section 5.7, step 10 and section 4.1.2.3",
	},
	{
		CodePublicSuffix, SeverityError, "Cookie for a public suffix",
		"Below \"com\" or \"co.uk\" everyone can register a name, so a cookie for it would reach unrelated sites. Clients refuse it, by a list.",
		"Look at the Domain attribute, and at publicsuffix.org for the list.",
		"RFC 6265bis, section 5.7, step 9 and section 8.9",
	},
	{
		CodeSecureOverHTTP, SeverityError, "Secure cookie set over http",
		"The response was readable, so the value is no secret any more; and an attacker in the middle could have set it. Clients refuse it, RFC 6265 did not.",
		"Look at the scheme. The eavesdropper of this capture has the value.",
		"RFC 6265bis, section 5.7, step 13",
	},
	{
		CodeSecureOverwrite, SeverityError, "http tries to overlay a Secure cookie",
		"An attacker who can change http could otherwise replace the session of the https site (session fixation). Clients leave Secure cookies alone.",
		"Find the earlier Set-Cookie with Secure, and ask who sent this one.",
		"RFC 6265bis, section 5.7, step 16 and section 8.6",
	},
	{
		CodeEvicted, SeverityNote, "Cookies removed because the jar is full",
		"Clients limit the number of cookies. The longest unused go first, those without Secure before those with it.",
		"A site that sets hundreds of cookies may push out the session cookie.",
		"RFC 6265bis, section 5.7 (remove excess cookies) and section 6.1",
	},
	{
		CodeDeleteMissed, SeverityWarning, "Deletion does not hit the stored cookie",
		"A cookie is deleted by an expired one with the same name, domain and path. With another scope nothing happens, and the user stays logged in.",
		"Compare Domain and Path of the two Set-Cookie fields.",
		"RFC 6265bis, section 3.1 and section 5.7, step 23",
	},
	{
		CodeWithheld, SeverityNote, "Client did not send a cookie that it may send",
		"Possible causes: a new session or a private window, blocked or deleted cookies, SameSite on a request from another site, another client behind the same address, or a lost packet.",
		"Compare User-Agent and Referer with the request that got the cookie.",
		"RFC 6265bis, section 5.8.1 and section 5.8.3",
	},
	{
		CodeAgainstRules, SeverityWarning, "Cookie sent against the rules",
		"The scope of the cookie (domain, path, Secure) forbids this request, or the cookie should never have been stored. The client is no browser, or the value was copied.",
		"Look at the rule in the detail, and at the address and User-Agent of the sender.",
		"RFC 6265bis, section 5.8.3, step 3",
	},
	{
		CodeStaleValue, SeverityWarning, "Cookie sent with an earlier value",
		"The server has replaced the value. A request that was already on its way explains it; so does someone who copied the old value.",
		"Compare the times, and the address of the sender.",
		"RFC 6265bis, section 5.7, step 23 and section 4.1.1 (race condition)",
	},
	{
		CodeChangedValue, SeverityNote, "Cookie sent with a value that no response set",
		"A script on the page may change cookies, unless they are HttpOnly; so may the user, or a response outside the capture.",
		"If the cookie is HttpOnly, no script did it.",
		"RFC 6265bis, section 5.8.2 and section 4.1.2.6",
	},
	{
		CodeSentAfterRemoval, SeverityWarning, "Cookie sent after it was deleted or expired",
		"The client has kept a cookie that the rules took away: its clock is wrong, it is no browser, or the value was copied.",
		"See whether the server still accepts the session.",
		"RFC 6265bis, section 5.7",
	},
	{
		CodeSentTwice, SeverityNote, "One cookie sent twice",
		"The jar holds one cookie, the line shows two equal pairs. Perhaps a second cookie with another scope was set before the capture.",
		"Look for two Cookie fields in the request.",
		"RFC 6265bis, section 5.8.3",
	},
	{
		CodeUnknownOrigin, SeverityNote, "Cookie that no response in this capture set",
		"Normal if the capture began after the client got the cookie, if a script made it, or if it was set over a connection that cannot be read.",
		"Search the capture for the name. A session that appears from nowhere may be stolen.",
		"RFC 6265bis, section 5.8.2 and section 8.4",
	},
	{
		CodeOrder, SeverityNote, "Cookies in an unusual order",
		"Clients should send longer paths first, then older cookies. Servers must not rely on it.",
		"Compare the order with the predicted line.",
		"RFC 6265bis, section 5.8.3, step 4 and section 4.2.2",
	},
}
