package explain

// serverErrorTexts are about 5xx.
var serverErrorTexts = []Text{
	{
		"status-5xx", StatusSeverity, "5xx: the server's mistake",
		"The server failed to fulfil a valid request.",
		"The same request may succeed later. A client that does not know the number treats it like 500. With a proxy in between the fault can be in the proxy, in the server or between the two.",
		"Look at the Server field to see who answers, and at the time that it took.",
		"RFC 9110 section 15.6",
	},
	{
		"status-500", StatusSeverity, "500 Internal Server Error",
		"The server's program failed.",
		"An exception that nobody caught, a wrong configuration. The cause stands in the log of the server, and seldom in the response, because attackers read it too.",
		"Look at what is special about this request, and whether the same one fails again. Then read the server's log at this time.",
		"RFC 9110 section 15.6.1",
	},
	{
		"status-501", StatusSeverity, "501 Not Implemented",
		"The server does not know this method.",
		"The server knows no resource for which it could do it; 405 would mean that only this one does not allow it. Also a Transfer-Encoding that it does not know is answered so.",
		"Look at the method. A strange word there is often the rest of a body that was longer than its Content-Length.",
		"RFC 9110 section 15.6.2",
	},
	{
		"status-502", StatusSeverity, "502 Bad Gateway",
		"The proxy got an invalid response from the server behind it.",
		"The proxy works, and the program behind it does not: it has crashed, it does not listen, or it answers something that is no HTTP.",
		"Look at the Server field to see who says this, then capture between the proxy and the server behind it.",
		"RFC 9110 section 15.6.3",
	},
	{
		"status-503", StatusSeverity, "503 Service Unavailable",
		"The server cannot answer now, mostly because it is overloaded.",
		"It is meant to pass: too many requests, or maintenance. Search engines keep the page in their index, unlike with 404.",
		"Look at Retry-After, and at how long the responses before this one took.",
		"RFC 9110 section 15.6.4",
	},
	{
		"status-504", StatusSeverity, "504 Gateway Timeout",
		"The proxy got no response in time from the server behind it.",
		"The program behind the proxy takes too long, or its host cannot be reached. The request may still have an effect, so a POST must not simply be repeated.",
		"Look at the time between request and response: a round number such as 60 seconds is the proxy's limit.",
		"RFC 9110 section 15.6.5",
	},
	{
		"status-505", StatusSeverity, "505 HTTP Version Not Supported",
		"The server does not speak this version of HTTP.",
		"The first digit of the version is one that the server does not know, or its configuration refuses old versions. Some servers say it when a space in the target moves the version to the wrong place.",
		"Look at the last word of the request line.",
		"RFC 9110 section 15.6.6",
	},
	{
		"status-506", StatusSeverity, "506 Variant Also Negotiates",
		"The chosen form of the resource wants to be chosen itself again.",
		"It is a mistake in the server's configuration of content negotiation, which would go round in circles.",
		"It has to be mended on the server; nothing in the request is wrong.",
		"RFC 2295 section 8.1",
	},
	{
		"status-507", StatusSeverity, "507 Insufficient Storage",
		"The server has no room to store what the request brings.",
		"WebDAV servers say it when a disk or a user's quota is full. It will not get better by repeating.",
		"Look at Content-Length of the request.",
		"RFC 4918 section 11.5",
	},
	{
		"status-508", StatusSeverity, "508 Loop Detected",
		"A folder contains itself, and the server stopped following it.",
		"In WebDAV folders can be bound at several places, so a request for everything below one could go on for ever.",
		"Look at the Depth field of the request: infinity asks for everything.",
		"RFC 5842 section 7.2",
	},
	{
		"status-510", StatusSeverity, "510 Not Extended",
		"The request lacks an extension that the server demands.",
		"It belongs to an experiment of 2000 for extensions of HTTP, which is now historic.",
		"Look at the body, which should say what is missing.",
		"RFC 2774 section 7",
	},
	{
		"status-511", StatusSeverity, "511 Network Authentication Required",
		"The network, not the server, wants a login first.",
		"The Wi-Fi of a hotel or a station answers in place of the server until the user has agreed. With this status programs can tell that the page is not the one they asked for. Many networks send a redirect instead.",
		"Look at the body for a link to the login page. It must not come from the server that was asked for.",
		"RFC 6585 section 6",
	},
}
