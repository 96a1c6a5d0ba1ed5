package explain

// framingRules are the rules of RFC 9112 section 6.3. The first that applies
// decides where the body ends.
var framingRules = []Text{
	{
		"framing-rule-1", RuleSeverity, "Rule 1: HEAD, 1xx, 204 and 304 have no body",
		"The response answers a HEAD request, or its status is 1xx, 204 or 304. It ends with the empty line after its fields, whatever the fields say.",
		"Such a response may carry Content-Length: then it tells the length that the body of a GET would have. A client that waited for these bytes would wait for ever, so this rule comes before all others. After 101 the connection speaks another protocol.",
		"Look at the method of the request and at the status. The next byte of the connection, if there is one, begins the next response.",
		"RFC 9112 section 6.3; RFC 9110 sections 6.4.1 and 9.3.2",
	},
	{
		"framing-rule-2", RuleSeverity, "Rule 2: a 2xx response to CONNECT opens a tunnel",
		"The request's method is CONNECT and the response is a success. From the empty line on, the connection carries bytes of another connection in both directions.",
		"CONNECT asks a proxy for a tunnel, nearly always for TLS. The proxy forwards bytes blindly, so Content-Length and Transfer-Encoding have no meaning here and a client must ignore them.",
		"Look at the target of the CONNECT request, which is a host and a port, and at the first bytes in the tunnel: 16 03 begins a TLS handshake.",
		"RFC 9112 section 6.3; RFC 9110 section 9.3.6",
	},
	{
		"framing-rule-3", RuleSeverity, "Rule 3: Transfer-Encoding overrides Content-Length",
		"The message has both fields. Content-Length is ignored, and rule 4 tells where the body ends.",
		"Early senders gave a length for the progress bar and chunked for the end. Today both together are a sign of request smuggling: a program that obeys Content-Length sees another end of the message than one that obeys Transfer-Encoding. A server may refuse such a request, and must close the connection after answering it.",
		"Follow the chunks to their end, then count Content-Length bytes from the beginning of the body, and compare the two ends.",
		"RFC 9112 sections 6.1, 6.3 and 11.2",
	},
	{
		"framing-rule-4", RuleSeverity, "Rule 4: the last chunk ends the body",
		"The message has Transfer-Encoding and no Content-Length. With chunked as the last coding the body ends with the chunk of size 0, its trailer and an empty line.",
		"Chunked lets a server send a page while it is still being made, and keep the connection open after it. Where chunked is not the last coding, a response goes on until the connection closes; a request has no end that can be trusted, so the server must answer 400 and close.",
		"Look at the chunk sizes, which are hexadecimal, and at the line 0 that ends them. The sizes and their line ends do not belong to the content.",
		"RFC 9112 sections 6.3 and 7.1",
	},
	{
		"framing-rule-5", RuleSeverity, "Rule 5: an invalid Content-Length makes the framing invalid",
		"There is no Transfer-Encoding, and Content-Length is no decimal number, or it says two different numbers.",
		"Nobody knows where the message ends, so all that follows on this connection could be read in two ways. A server must answer 400 and close; a browser must close and discard the response; a proxy answers 502. One number repeated, as in 5, 5, may be taken as that number.",
		"Look at every Content-Length field. The reading shown here is the one that loses least, not one that a recipient may rely on.",
		"RFC 9112 section 6.3; RFC 9110 section 8.6",
	},
	{
		"framing-rule-6", RuleSeverity, "Rule 6: Content-Length counts the body",
		"There is no Transfer-Encoding and one valid Content-Length. The body is that many bytes.",
		"This is the usual case for files and for forms. The number counts bytes, not characters. A number that is too small leaves bytes over, which are read as the next message; one that is too large makes the recipient wait, and the message is incomplete when the connection closes.",
		"Compare Content-Length with the body bytes that were counted. A Chinese character is three bytes in UTF-8: in Python it is len(text.encode()), not len(text).",
		"RFC 9112 sections 6.2 and 6.3; RFC 9110 section 8.6",
	},
	{
		"framing-rule-7", RuleSeverity, "Rule 7: a request without a length has no body",
		"The request has neither Transfer-Encoding nor Content-Length. It ends with the empty line.",
		"A client cannot end its body by closing, because it still waits for the response on the same connection. So a body must be announced. A GET request usually has none; a POST program that forgets Content-Length sends a body that the server reads as the next request.",
		"Look at the bytes after the empty line. If there are any, they must be a request line.",
		"RFC 9112 section 6.3",
	},
	{
		"framing-rule-8", RuleSeverity, "Rule 8: the end of the connection ends the response",
		"The response has neither Transfer-Encoding nor Content-Length. Its body is everything up to the end of the connection.",
		"This is how HTTP/1.0 worked, and it is the simplest server: send, then close. It has a price. The connection cannot be used again, and a transfer that broke off looks like a complete one.",
		"Look at how the server ended the connection: FIN is a proper end, RST is not.",
		"RFC 9112 sections 6.3 and 8",
	},
}
