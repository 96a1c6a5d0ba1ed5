package explain

import "httpscope/httpdecode"

// fieldLessons are about the head as a whole, its field lines, and Host.
var fieldLessons = []lesson{
	{
		httpdecode.HeadTooLong, "Head is too long",
		"No empty line ends the head, or no line end a trailer field, within what this program reads.",
		"Servers set a limit too, usually between 8 and 64 KiB, so that a client cannot fill their memory. They answer 431 (Request Header Fields Too Large) or 414 when the target is too long. HTTP itself has no limit.",
		"Look at which field fills the head. A Cookie field that grows with each response is common, a missing empty line too.",
		"RFC 9110 section 5.4; RFC 6585 section 5",
	},
	{
		httpdecode.HeadCut, "Stream breaks off inside the head",
		"The bytes end, or a gap begins, before the empty line that ends the head.",
		"Without the empty line a recipient does not act on a message: a server waits, and then answers 408 or closes. Fields may be missing from what is shown.",
		"Look at whether the client sent the empty line. A program that forgets the second \\r\\n waits for ever, and so does the server. If there is a gap, the capture lost the rest.",
		"RFC 9112 sections 2.1 and 8",
	},
	{
		httpdecode.FirstFieldFolded, "White space before the first field",
		"The line after the start line begins with a space or a tab.",
		"It looks like the continuation of a field, and there is no field yet. Some programs add it to the start line, some drop it, some read it as a field. A recipient must reject the message or ignore the line.",
		"Look at the raw bytes after the start line. Such a line is often made on purpose, to hide a field from a filter.",
		"RFC 9112 sections 2.2 and 11.2",
	},
	{
		httpdecode.ObsFold, "Field value goes on in the next line",
		"A line of the head begins with a space or a tab, so it continues the value before it.",
		"Mail allows this, and HTTP did. Now a sender must not do it. A server must answer 400 or replace the line end by a space; a browser must replace it. Programs that read the line as a new field disagree with those that join it.",
		"Look at the line end and the white space behind it. Text blocks of a source file that are sent with their indentation look like this.",
		"RFC 9112 section 5.2",
	},
	{
		httpdecode.FieldNoColon, "Line of the head has no colon",
		"A line between the start line and the empty line is no field.",
		"A field is a name, a colon and a value. Servers answer 400 to the request; browsers mostly ignore the line in a response. What it was meant to say is lost.",
		"Look at the lines around it. A forgotten empty line makes the first line of the body stand here.",
		"RFC 9112 sections 2.2 and 5",
	},
	{
		httpdecode.FieldNameEmpty, "Field without a name",
		"A line of the head begins with a colon.",
		"A name has at least one character. Servers answer 400, and no program can do anything with the value.",
		"Look at the program that writes the fields: a variable for the name is empty. HTTP/2 has names that begin with a colon, such as :path; they do not belong here.",
		"RFC 9112 section 5; RFC 9110 section 5.1",
	},
	{
		httpdecode.FieldNameInvalid, "Field name holds a character that is not allowed",
		"What stands before the colon is no token: it holds a space, a bracket, a slash, a control character or a byte outside ASCII.",
		"Names are letters, digits and a few signs. Servers answer 400, because a name that one program cleans up and the next does not is a way around filters.",
		"Look at the raw bytes of the name. Often the line is no field but text that contains a colon: a missing empty line, or HTML in the head.",
		"RFC 9110 sections 5.1 and 5.6.2; RFC 9112 section 5",
	},
	{
		httpdecode.FieldNameSpace, "White space between field name and colon",
		"A space or a tab stands between a field name and its colon.",
		"Some programs drop the space, some take it for part of the name, so one sees the field and the other does not. With Content-Length or Transfer-Encoding that was used for attacks. A server must answer 400; a proxy must remove the space from a response.",
		"Look at the bytes before the colon. White space after the colon is allowed.",
		"RFC 9112 section 5.1",
	},
	{
		httpdecode.FieldValueControl, "Control character in a field value",
		"A field value holds a byte below 20, other than a tab, or the byte 7f.",
		"A recipient must reject a value with NUL, or replace it by a space; other control characters are invalid too, and a program may keep them where they do no harm. C programs end a text at NUL, so two programs in a row can see different values.",
		"Look at the raw bytes of the value. Binary data belongs into the body, or must be encoded, for example with Base64.",
		"RFC 9110 section 5.5",
	},
	{
		httpdecode.FieldSwallowed, "Field value has swallowed the next field",
		"The value of a field goes on with the name and colon of another, as in Connection: closeContent-Type:text/html; charset=utf-8.",
		"CR LF is missing between the two, so there is one field where two were meant. The second does not exist for anybody: without Content-Type a browser guesses from the content what it is and in which charset. The first is wrong as well, because closeContent-Type… is not the option close. No program complains, so the mistake can stay for years.",
		"Look at the end of the first value in the program that sends. Python joins string literals that stand one behind the other: b'Connection: close' in one line and b'Content-Type:text/html\\r\\n' in the next, with no comma and no \\r\\n between them, are one literal. Write \\r\\n at the end of each field, and a comma behind each element of a list.",
		"RFC 9112 sections 2.1 and 5",
	},
	{
		httpdecode.HostMissing, "HTTP/1.1 request without Host",
		"The request says HTTP/1.1 and has no Host field.",
		"One address often serves many sites, and Host says which one is meant; the target holds the path only. It is the one field that a request of HTTP/1.1 must have. A server must answer 400 without it. HTTP/1.0 did not have it.",
		"Look at the status of the response. In telnet, type the line Host: and the name before the empty line.",
		"RFC 9112 section 3.2; RFC 9110 section 7.2",
	},
	{
		httpdecode.HostRepeated, "More than one Host field",
		"The request has several Host fields.",
		"A cache or a filter that takes the first and a server that takes the last act for different sites. A server must answer 400.",
		"Compare the values. A library that adds Host by itself, and a program that adds it again, give two equal ones; different ones are made on purpose.",
		"RFC 9112 section 3.2",
	},
	{
		httpdecode.HostInvalid, "Host is no host name",
		"The value of Host holds a space, a slash, a question mark, an at sign or another character that neither a name nor a port has.",
		"Host is a name or an address, and a colon and a port where the port is not the usual one. A server must answer 400 to an invalid value. Programs that put Host into links or mails pass on whatever a client wrote there.",
		"Compare Host with the URL: no http:// in front, no path behind.",
		"RFC 9112 section 3.2; RFC 9110 section 7.2",
	},
	{
		httpdecode.HostDiffers, "Host differs from the host in the target",
		"The target is a whole URL, and its host is not the one in the Host field.",
		"The target counts. A proxy must ignore the Host field it received and make a new one from the target, and a server must ignore it too. Filters that look at Host only can be misled this way.",
		"Compare the two names. A whole URL in the target is normal in a request to a proxy.",
		"RFC 9112 section 3.2.2",
	},
}
