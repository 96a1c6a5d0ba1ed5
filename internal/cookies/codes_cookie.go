package cookies

// cookieCodes explains the findings about Cookie fields.
var cookieCodes = []Code{
	{
		CodeTrailingSemicolon, SeverityNote, "Cookie line ends with a semicolon",
		"A semicolon stands between pairs only. Servers ignore this one.",
		"Usually a line that was put together by hand or by a script.",
		"RFC 6265bis, section 4.2.1",
	},
	{
		CodeEmptyPair, SeverityNote, "Empty pair in a Cookie line",
		"Two semicolons enclose nothing. Most servers skip the gap, some stop there.",
		"See whether the server knows the cookies behind the gap.",
		"RFC 6265bis, section 4.2.1",
	},
	{
		CodePairWithoutEquals, SeverityNote, "Pair without an equals sign",
		"A nameless cookie is sent as its bare value. It can also be a piece of a value that contained a semicolon.",
		"Look for the Set-Cookie field that has no name.",
		"RFC 6265bis, section 5.8.3, step 6",
	},
	{
		CodePairWithoutName, SeverityNote, "Pair with an equals sign but no name",
		"Clients that follow the rules send a nameless cookie without \"=\".",
		"The client is not a browser, or the line was edited.",
		"RFC 6265bis, section 4.2.1 and section 5.8.3, step 6",
	},
	{
		CodePairSpacing, SeverityNote, "Unusual spacing in a Cookie line",
		"Clients separate pairs by a semicolon and one space, and put no space around \"=\". Other spacing shows another kind of client.",
		"Compare with the User-Agent field: does the client claim to be a browser?",
		"RFC 6265bis, section 4.2.1 and section 5.8.3, step 6",
	},
	{
		CodeSameNameTwice, SeverityNote, "One name, two cookies",
		"Cookies with different Domain or Path may share a name. The server cannot tell which is which, and should not trust the order.",
		"Look up both scopes in the jar. A subdomain may have planted one of them.",
		"RFC 6265bis, section 4.2.2 and section 8.6",
	},
	{
		CodeLegacyVersion, SeverityNote, "Name begins with a dollar sign",
		"RFC 2965 sent $Version, $Path and $Domain in the Cookie field. Today they are ordinary cookies with odd names.",
		"See whether a Set-Cookie2 field or an old library is at work.",
		"RFC 2965, section 3.3.4 (obsolete)",
	},
}
