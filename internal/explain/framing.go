package explain

import "httpscope/httpdecode"

// framingLessons are about the fields that say where a body ends.
var framingLessons = []lesson{
	{
		httpdecode.LengthInvalid, "Content-Length is no number",
		"Content-Length holds something else than decimal digits, or a number that is too large, or nothing.",
		"The field decides where the message ends, so a guess is dangerous: +5, 0x10 and 5 bytes are read differently by different programs. Without Transfer-Encoding a server must answer 400 and close, and a browser must discard the response.",
		"Look at the raw value. Only digits may stand there: no sign, no unit, no quotes.",
		"RFC 9112 section 6.3; RFC 9110 section 8.6",
	},
	{
		httpdecode.LengthConflict, "Content-Length says two different numbers",
		"Several Content-Length values stand in the head, in one field or in several, and they differ.",
		"A program that takes the first and a program that takes the last see different ends of the message. What lies between is a body for one and a request for the other: request smuggling. A server must answer 400 and close.",
		"Compare both numbers with the bytes that really follow. Then look at who wrote each field: the program, or a library or proxy that added its own.",
		"RFC 9112 sections 6.3 and 11.2; RFC 9110 section 8.6",
	},
	{
		httpdecode.LengthRepeated, "Content-Length is repeated",
		"Content-Length stands in the head more than once, with one and the same number.",
		"No recipient can be misled about the length, so it may take the number once, or reject the message. It shows that two programs have written the field.",
		"Look for a program that sets Content-Length where its library does so anyway.",
		"RFC 9110 section 8.6; RFC 9112 section 6.3",
	},
	{
		httpdecode.LengthAndCoding, "Both Transfer-Encoding and Content-Length",
		"The head has both fields, and each tells another end of the body.",
		"Transfer-Encoding wins. A sender must not send both, because a program that obeys Content-Length sees other messages on the same connection: with a proxy of one kind and a server of the other, an attacker can smuggle a request past the proxy. A server may refuse, and must close the connection after its answer.",
		"Follow both readings: count Content-Length bytes, and follow the chunks. What stands between the two ends is what only one of them sees.",
		"RFC 9112 sections 6.1, 6.3 and 11.2",
	},
	{
		httpdecode.LengthForbidden, "Content-Length in a response that must not have it",
		"A 1xx or 204 response, or a successful response to CONNECT, has Content-Length.",
		"These responses never have a body. Clients ignore the field, but a program that does not will take the beginning of the next response for a body.",
		"Look at the status. In a 304 response, or one to HEAD, the field is allowed: there it tells the length that a GET would have had.",
		"RFC 9110 section 8.6; RFC 9112 section 6.3",
	},
	{
		httpdecode.CodingNotFinal, "Chunked is not the last coding",
		"Transfer-Encoding names chunked, and another coding behind it.",
		"The codings were applied in this order, so the last one is the outermost, and only chunked tells where the body ends. A response then ends with the connection. A request has no end that can be trusted: a server must answer 400 and close.",
		"Look at the order of the names. Compressed and then chunked is gzip, chunked.",
		"RFC 9112 sections 6.1 and 6.3",
	},
	{
		httpdecode.CodingUnknown, "Transfer-Encoding without chunked",
		"Transfer-Encoding names a coding, and chunked is not there.",
		"No other coding tells where the body ends. A response goes on until the connection closes. A server must answer 400 to such a request, or 501 when it does not know the coding. Misspelt names are used to make one of two programs overlook the field.",
		"Look at the spelling, character by character. For compression Content-Encoding is usually what was meant.",
		"RFC 9112 sections 6.1, 6.3 and 7",
	},
	{
		httpdecode.CodingRepeated, "Chunked is applied more than once",
		"Transfer-Encoding names chunked several times, in one field or in several.",
		"A sender must not chunk a body that is chunked already. Most programs undo the coding once; whether the chunk sizes inside are content is then a matter of taste, and a way to attack.",
		"Look at the body: do chunk sizes stand inside the chunks? If not, two programs have written the field and one has done the work.",
		"RFC 9112 sections 6.1 and 11.2",
	},
	{
		httpdecode.CodingIdentity, "Transfer-Encoding: identity",
		"Transfer-Encoding says identity, or names nothing.",
		"The word meant that the body is not coded. It was removed from HTTP/1.1 in 2014. Some programs ignore it and use Content-Length, others see an unknown coding and answer 501.",
		"Remove the field: no Transfer-Encoding says the same.",
		"RFC 7230 appendix A.2; RFC 9112 section 7",
	},
	{
		httpdecode.CodingOld, "Transfer-Encoding in an HTTP/1.0 message",
		"The start line says HTTP/1.0, and there is a Transfer-Encoding field.",
		"HTTP/1.0 does not know the field, so an old proxy on the way may have passed it on without understanding it. A recipient must treat the framing as faulty and close the connection after this message.",
		"Look at whether chunk sizes stand in the body. A server made by hand that answers HTTP/1.0 should send Content-Length, or just close.",
		"RFC 9112 section 6.1 and appendix C.2.3",
	},
	{
		httpdecode.CodingForbidden, "Transfer-Encoding in a response that must not have it",
		"A 1xx or 204 response, or a successful response to CONNECT, has Transfer-Encoding.",
		"These responses have no body, so there is nothing to code. Clients ignore the field; a program that does not waits for a chunk that never comes.",
		"Look at the status, and at the bytes after the empty line: a 0 line there is the empty chunked body of a server that does not know the rule.",
		"RFC 9112 section 6.1",
	},
	{
		httpdecode.CodingParameter, "Chunked with a parameter",
		"A semicolon follows chunked in Transfer-Encoding.",
		"The coding has no parameters, and a recipient should treat one as an error. Programs that compare the whole text do not recognise chunked here, others do: two readings of one message.",
		"Look at what stands behind the semicolon, and compare the body with both readings.",
		"RFC 9112 sections 7.1 and 11.2",
	},
}
