package lesson

import "httpscope/httpdecode"

// cause is why programs disagree on a message, and what follows from it.
type cause struct {
	code   httpdecode.Code
	title  string
	why    string
	danger string
}

// causes are the oddities on whose meaning programs disagree, the gravest first.
var causes = []cause{
	{httpdecode.LengthAndCoding, "Content-Length and Transfer-Encoding together", "Both fields tell where the body ends. RFC 9112 lets Transfer-Encoding win, allows to refuse the message, and older programs look at one of the two only.",
		"This is the classic request smuggling: when a proxy counts by one field and the server behind it by the other, the rest of the body becomes the beginning of somebody else's request."},
	{httpdecode.LengthConflict, "two different Content-Length", "The RFC calls this an error that cannot be recovered. Programs that go on take the first, or the last, or read up to the close.",
		"Two programs in a row that choose differently are out of step by the difference, and an attacker chooses which bytes lie in it."},
	{httpdecode.LengthRepeated, "one Content-Length twice", "A list of equal numbers may be read as one number (RFC 9112, Section 6.3, rule 5). Programs that read a number and meet a comma find none.",
		"A program that finds no number reads up to the close, and takes the next response for a part of this body."},
	{httpdecode.LengthInvalid, "a Content-Length that is no number", "The field holds digits and nothing else. Libraries for numbers also take a sign, spaces or a prefix, so programs that use them see a number where others see an error.",
		"Where a proxy reads +5 as 5 and the server behind it ignores the field, the body is read as the next request: request smuggling."},
	{httpdecode.ChunkSizeInvalid, "a chunk size that is no number", "A size is digits of base 16. C's strtol reads 0 where there is no digit, which means the last chunk; others refuse.",
		"A program that sees the last chunk begins the next message in the middle of this body."},
	{httpdecode.ChunkSizeSpace, "a chunk size with spaces", "The grammar has no spaces there. Most programs skip them, some on one side of the size only.",
		"Where one of two programs in a row refuses or reads another size, they are out of step."},
	{httpdecode.ChunkEndMissing, "a chunk without its CR LF", "Strict programs compare the two bytes after a chunk, kind ones skip whatever stands there, or nothing.",
		"Two bytes more or less move all chunk sizes that follow, and so the end of the message."},
	{httpdecode.CodingOld, "Transfer-Encoding in HTTP/1.0", "HTTP/1.0 has no Transfer-Encoding. The RFC lets a recipient decode it and demands to close the connection afterwards; Go's net/http ignores the field and reads the chunk sizes as content.",
		"A proxy that speaks HTTP/1.0 to a server that decodes chunks sees another end of the body, and gives chunk sizes to users as content."},
	{httpdecode.CodingNotFinal, "chunked that is not the last coding", "Without chunked at the end, nothing tells where a request ends; for a response the close does.",
		"Servers that find chunked somewhere in the list and decode it disagree with those that refuse."},
	{httpdecode.CodingRepeated, "chunked named twice", "Chunked may be applied once. Some programs look for the word and find it, others refuse the list.",
		"One decodes once, one twice, one refuses: they end the message at different bytes."},
	{httpdecode.CodingUnknown, "a transfer coding that nobody knows", "A server should answer 501 to a coding that it does not know. Programs that search for the letters chunked, or ignore what they do not know, go on by Content-Length.",
		"An almost-chunked coding hides chunks from the first program and shows them to the second: request smuggling by a misspelt field."},
	{httpdecode.CodingForbidden, "Transfer-Encoding where there can be no body", "The message ends with its head, whatever its fields say.",
		"A program that waits for chunks takes the next message for them."},
	{httpdecode.BodyForbidden, "a body where there can be none", "A response to HEAD and those with 1xx, 204 and 304 end with their head (rule 1). Programs that look at Content-Length first take the bytes that follow for a body.",
		"The bytes stand where the next response begins. A client that reads them as a response can be given one that no server meant for it: response splitting."},
	{httpdecode.LengthForbidden, "Content-Length where it is forbidden", "1xx and 204 have no body, so there is no length to tell. By rule 1 the message ends with its head; programs that look at the field first wait for a body.",
		"A program that waits takes the next response for the body."},
	{httpdecode.FieldNameSpace, "a space before the colon", "With the space the name is another one, or none at all. A server must refuse it; some programs cut the space, some ignore the line.",
		"Content-Length or Transfer-Encoding with a space counts for one of two programs only: request smuggling."},
	{httpdecode.ObsFold, "a folded line", "Line folding is gone from HTTP/1.1. Programs put a space in place of the fold, refuse the message, or take the line for something else.",
		"A field that is hidden in a fold passes the filter of a program that reads line by line, and counts for the next that joins them."},
	{httpdecode.BareLF, "lines that end with LF alone", "A sender must end lines with CR LF, and a recipient may take LF. Not all do.",
		"A program that needs CR LF sees one long line, or no end of the head, where the other sees fields."},
	{httpdecode.TargetNoSlash, "a target without its slash", "A target begins with a slash, or is a whole URL. Kind servers add the slash; strict ones answer 400, and Go's net/http cannot parse it.",
		"Rules of a proxy about paths, such as /admin, may not match a target that the server then repairs."},
	{httpdecode.SimpleRequest, "a request without a version", "HTTP/0.9 had one line, no version, no fields. Servers that still know it answer with the bare document; others wait for fields, or refuse.",
		"The bare document has no head, so whatever is in it comes first: a browser that accepts it can be made to read a response of another protocol."},
	{httpdecode.ExcessBytes, "bytes after the message", "The framing ends the body before the bytes end. They belong to no response, and the RFC forbids to use them as one.",
		"A client that reads them as the beginning of the next response can be given one by whoever wrote the body: response splitting."},
}

// pipelinedHead is a cause without a finding: the traffic is right.
var pipelinedHead = cause{"", "the answer to HEAD among others", "The answer to HEAD has a Content-Length and no body, so a reader must know which request it answers. With several requests under way, one that remembers only the last of them takes the next response for the body.",
	"Nothing is wrong on the wire, but tools lose the responses that follow, and a proxy that does so gives users each other's pages."}

// unnamed is for messages that programs read differently for another reason.
var unnamed = cause{"", "read differently", "The message keeps to what httpscope reads leniently, and the programs below do not all follow.", "Two programs in a row that end a message at different bytes are out of step from there on."}

// causeOf is the gravest of some codes that stands in the table.
func causeOf(codes []string) (cause, bool) {
	for _, c := range causes {
		for _, code := range codes {
			if string(c.code) == code {
				return c, true
			}
		}
	}
	return cause{}, false
}
