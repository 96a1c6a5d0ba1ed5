package explain

import "httpscope/httpdecode"

// bodyLessons are about bodies, chunks and trailers.
var bodyLessons = []lesson{
	{
		httpdecode.BodyForbidden, "Body after a response that cannot have one",
		"A response to HEAD, or a 1xx, 204 or 304 response, is followed by bytes that begin no response.",
		"Such a response ends with its head, whatever Content-Length says. A client takes the bytes for the next response and fails, or closes the connection.",
		"Look at the method of the request. A server that handles HEAD like GET must leave out the body; in Python's http.server it is do_HEAD.",
		"RFC 9112 section 6.3; RFC 9110 sections 6.4.1 and 9.3.2",
	},
	{
		httpdecode.BodyShort, "Body is shorter than Content-Length",
		"The connection ended before as many bytes came as Content-Length says.",
		"The recipient must treat the message as incomplete. Browsers show an error, or keep half a file as a failed download; curl says how many bytes are missing.",
		"Compare Content-Length with the bytes counted. Either the transfer broke off, or the program counted wrong: it added up more than it sent.",
		"RFC 9112 sections 6.3 and 8",
	},
	{
		httpdecode.BodyReset, "Body ended by a reset",
		"The body goes on until the connection closes, and the connection was reset, not closed.",
		"Without a length nobody can tell a complete body from one that broke off. FIN is at least a sign that the server meant to end. After RST the operating system may also throw away bytes that had arrived but were not yet read.",
		"Look at the last packets. A server that closes a socket while unread data of the client waits in it sends RST.",
		"RFC 9112 sections 8 and 9.6; RFC 9293 section 3.6.1",
	},
	{
		httpdecode.ChunkSizeInvalid, "Chunk size is no hexadecimal number",
		"A line where a chunk size belongs holds something else.",
		"The size tells where the next chunk begins. Without it the rest of the body cannot be read, and the connection cannot be used any more. Clients report an error.",
		"Look at the chunk before. A size that counts characters instead of bytes, or decimal digits where hexadecimal ones belong, puts the next size in the wrong place. So does a server that announces chunked and sends the body as it is.",
		"RFC 9112 section 7.1",
	},
	{
		httpdecode.ChunkSizeSpace, "White space around a chunk size",
		"Spaces or tabs stand before or behind the size of a chunk.",
		"The size is hexadecimal digits only. Some old servers fill the line up with spaces, and most clients accept it. Only in front of a semicolon must a recipient accept white space.",
		"Look at the raw chunk header.",
		"RFC 9112 sections 7.1 and 7.1.1",
	},
	{
		httpdecode.ChunkSizeLarge, "Chunk size is too large to be one",
		"The size of a chunk does not fit in 63 bits.",
		"A program that keeps only the last digits takes it for a small number and sees the rest of the body as something else. A recipient must be ready for large numbers, and should refuse this one.",
		"Look at the raw chunk header. Nobody sends so much: it is a mistake, or a test of the server's arithmetic.",
		"RFC 9112 section 7.1",
	},
	{
		httpdecode.ChunkExtension, "Chunk extension",
		"A semicolon and a name follow the size of a chunk.",
		"Extensions may carry a signature or a hash of the chunk. They concern one connection only, a proxy drops them, and a recipient must ignore those it does not know. Hardly anybody uses them.",
		"Look at the name, and at whether client and server both know it.",
		"RFC 9112 section 7.1.1",
	},
	{
		httpdecode.ChunkExtInvalid, "Malformed chunk extension",
		"What follows the size of a chunk is not ;name or ;name=value.",
		"Programs look for the end of the line in different ways, and skip an extension without checking it. A CR, LF or quote in it can make two of them see different chunks.",
		"Look at the raw chunk header up to CR LF.",
		"RFC 9112 sections 7.1.1 and 11.2",
	},
	{
		httpdecode.ChunkEndMissing, "CR LF after a chunk is missing",
		"Behind as many bytes as the chunk size says stands something else than CR LF.",
		"The size is wrong, or a byte was lost or added. From here on the body cannot be read, and clients report an error.",
		"Count the bytes of the chunk. The size counts the data alone, without the CR LF behind it, and it is hexadecimal: ten bytes are a.",
		"RFC 9112 section 7.1",
	},
	{
		httpdecode.ChunkLineLong, "Chunk header is too long",
		"No line end comes within what this program reads as a chunk header.",
		"A server ought to limit chunk extensions: a sender of many small chunks with long extensions makes it work for nothing. Or the body is not chunked at all.",
		"Look at the first bytes: are they hexadecimal digits and a semicolon, or already the content?",
		"RFC 9112 sections 7.1 and 7.1.1",
	},
	{
		httpdecode.ChunksCut, "Chunked body has no end",
		"The connection ended before the chunk of size 0.",
		"The last chunk is the only proof that a chunked body is complete. Without it a client must record the message as incomplete, and a cache must not take it for the whole.",
		"Look at how the connection ended, and at the server program: it must send 0, CR LF and an empty line at the end.",
		"RFC 9112 sections 7.1 and 8",
	},
	{
		httpdecode.TrailerForbidden, "Field that may not stand in a trailer",
		"The trailer behind the last chunk holds a field that is about framing, routing, credentials, cookies or the type of the content.",
		"A recipient needs such fields before the body, and has decided by then. A program that adds trailer fields to the head afterwards could be made to change its mind about a message that a filter has already let through. So they are ignored.",
		"Look at which field it is, and whether the head says something else.",
		"RFC 9110 section 6.5.1; RFC 9112 section 7.1.2",
	},
	{
		httpdecode.TrailerEndMissing, "Empty line after the last chunk is missing",
		"The chunk of size 0 is there, and right behind its line begins the next message.",
		"A chunked body ends with the last chunk, trailer fields if there are any, and an empty line. Without the empty line a recipient takes the next start line for a trailer field and loses that message.",
		"Look at the bytes behind the line with 0: CR LF must stand there once more.",
		"RFC 9112 section 7.1",
	},
	{
		httpdecode.TrailerUnlisted, "Trailer field was not announced",
		"The trailer behind the last chunk holds a field that no Trailer field in the head lists.",
		"A sender should announce trailer fields, so that a recipient can prepare, for example to compute a checksum on the way. Most clients ignore trailers anyway.",
		"Compare the Trailer field in the head with the lines behind the last chunk.",
		"RFC 9110 section 6.6.2",
	},
	{
		httpdecode.ExcessBytes, "Bytes after the end of a response",
		"The response is complete, and what follows is not the beginning of another one.",
		"A client must not take such bytes for a response, since they could be planted to fill a cache. Browsers throw them away and close the connection. What the user sees is a page that ends too early.",
		"Compare Content-Length with what the server sent. A program that counts characters instead of bytes announces too little: with Chinese text len(page) is smaller than len(page.encode()).",
		"RFC 9112 sections 6.3 and 9.2",
	},
}
