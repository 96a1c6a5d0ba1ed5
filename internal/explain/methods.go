package explain

// methodTexts are about the methods that browsers, curl and APIs use.
var methodTexts = []Text{
	{
		"method-get", MethodSeverity, "GET: ask for a resource",
		"Asks for the resource; it changes nothing on the server and may be repeated.",
		"GET is safe, so browsers, search engines and caches may send it without asking anybody, and idempotent, so a client may send it again when a connection broke. A server that deletes or buys something on GET is surprised by a link checker.",
		"Look at the target and its query: all that the client wants stands there, since a body of a GET has no meaning. Then at the status and the Content-Type of the response.",
		"RFC 9110 section 9.3.1",
	},
	{
		"method-head", MethodSeverity, "HEAD: ask for the head alone",
		"Asks for the head that GET would give, without the body.",
		"It tells the size, the date and the type of a file without its transfer. The response has the fields of the GET response, Content-Length as well, and ends with the empty line. A server that sends the body nevertheless breaks the next response on this connection.",
		"Look at Content-Length, and then at the bytes after the empty line: there must be none.",
		"RFC 9110 section 9.3.2",
	},
	{
		"method-post", MethodSeverity, "POST: give data to a resource",
		"Gives the body to the resource to process; sent twice it may act twice.",
		"Forms, logins and uploads use it. It is neither safe nor idempotent: a browser does not repeat it by itself, and asks the user before it reloads such a page. A server often answers with 303, so that reloading shows the result and sends nothing again.",
		"Look at Content-Type, which says how the body is to be read, and at how its length is told: Content-Length or chunked. The data of a form stands in the body, not in the target.",
		"RFC 9110 section 9.3.3",
	},
	{
		"method-put", MethodSeverity, "PUT: store a resource under this target",
		"Replaces the resource by the body; sent twice it has the same effect as once.",
		"The client chooses the name, and the body is the whole new content. It is idempotent, so it may be repeated after a broken connection. Two clients that both write overwrite each other; If-Match prevents that.",
		"Look at the status: 201 means that the resource is new, 200 or 204 that it was replaced. Look for If-Match in the request.",
		"RFC 9110 section 9.3.4",
	},
	{
		"method-delete", MethodSeverity, "DELETE: remove a resource",
		"Removes the resource.",
		"It is idempotent: after the second one the resource is gone as after the first, though the answer may be 404 then. A body in the request has no defined meaning, and some servers refuse it.",
		"Look at the status: 204 says that it is done, 202 that it will be done. HTML forms cannot send it, so a script or a program did.",
		"RFC 9110 section 9.3.5",
	},
	{
		"method-connect", MethodSeverity, "CONNECT: open a tunnel through a proxy",
		"Asks a proxy for a tunnel to a host and port.",
		"A browser with a proxy cannot speak TLS with a server in another way: the proxy must not read what is inside. After a 2xx response all bytes are passed on blindly in both directions, and they are no HTTP for the proxy any more.",
		"Look at the target, which is a host and a port without a slash. Then at the first bytes behind the response: 16 03 begins a TLS handshake.",
		"RFC 9110 section 9.3.6",
	},
	{
		"method-options", MethodSeverity, "OPTIONS: ask what is allowed",
		"Asks which methods are allowed; browsers send it before some cross-site requests.",
		"A script on one site that wants to send an unusual request to another makes the browser ask first: that is the preflight of CORS, with Origin and Access-Control-Request-Method. Only if the answer allows it does the real request follow.",
		"Look for Origin in the request and Access-Control-Allow-Origin in the response. A target of * asks about the server as a whole.",
		"RFC 9110 section 9.3.7",
	},
	{
		"method-trace", MethodSeverity, "TRACE: ask for the request back",
		"Asks for the request back as it arrived; most servers refuse it.",
		"The last recipient sends the request back as it arrived, so that one sees what the proxies on the way changed. A script could read cookies and credentials from such an answer, so browsers do not let scripts send it, and most servers answer 405.",
		"Look at the body of the response, which has the type message/http, and compare its fields with those of the request. Via lists the proxies.",
		"RFC 9110 section 9.3.8",
	},
	{
		"method-patch", MethodSeverity, "PATCH: change a part of a resource",
		"Changes a part of the resource as the body says.",
		"The body holds a description of the changes, not the new content, and Content-Type says in which language. It is not idempotent: adding a line twice adds two lines. If-Match makes sure that the change is applied to the version that the client knows.",
		"Look at Content-Type, for example application/merge-patch+json, and at Accept-Patch of an earlier response.",
		"RFC 5789 section 2",
	},
	{
		"method-query", MethodSeverity, "QUERY: ask with a query in the body",
		"Asks with a query in the body; it changes nothing on the server.",
		"A search can be too long or too secret for a target. With POST nobody on the way knows that it changes nothing; QUERY says so, and it may be repeated and stored in caches. It is new, and many servers do not know it yet.",
		"Look at Content-Type, which is the language of the query. A server that does not know the method answers 405 or 501.",
		"draft-ietf-httpbis-safe-method-w-body",
	},
}
