package site

import "strings"

// The values of this file are what a hostile server sends to a terminal: a
// screen that obeys them has been taken over.
func rawTextEntries() []rawEntry {
	return []rawEntry{
		{Route: Route{ID: "raw-text-escape", Path: "/text/escape", Topic: "text",
			Try: "curl -s -o /dev/null {base}/text/escape"},
			answer: textEscape},
		{Route: Route{ID: "raw-text-tags", Path: "/text/tags", Topic: "text",
			Try: "curl -v {base}/text/tags"},
			answer: textTags, keeps: true},
		{Route: Route{ID: "raw-text-right-to-left", Path: "/text/right-to-left", Topic: "text",
			Try: "curl -s -o /dev/null {base}/text/right-to-left"},
			answer: textRightToLeft, keeps: true},
		{Route: Route{ID: "raw-text-wide", Path: "/text/wide", Topic: "text",
			Try: "curl -v {base}/text/wide"},
			answer: textWide, keeps: true},
		{Route: Route{ID: "raw-text-long", Path: "/text/long", Topic: "text",
			Try: "curl -s -D - -o /dev/null {base}/text/long"},
			answer: textLong, keeps: true},
	}
}

// textEscape sends control sequences: erase the screen, set the title, bell.
func textEscape(x *rawExchange) {
	x.send("HTTP/1.1 200 \x1b[31mOK\x1b[0m\r\nX-Note: \x1b[2J\x1b]0;owned\x07done\r\nContent-Type: text/plain\r\nContent-Length: 42\r\n\r\n" + alphabet)
}

// textTags sends the tags of terminal toolkits.
func textTags(x *rawExchange) {
	x.send("HTTP/1.1 200 [red]OK[-]\r\nX-Note: [::b]bold[-:-:-] [\"region\"]text[\"\"]\r\nContent-Type: text/plain\r\nContent-Length: 42\r\n\r\n" + alphabet)
}

// textRightToLeft disguises the extension of a file name.
func textRightToLeft(x *rawExchange) {
	x.send("HTTP/1.1 200 OK\r\nX-File: invoice-\u202etxt.exe\u202c\r\nX-Isolate: \u2067abc\u2069\r\nContent-Type: text/plain\r\nContent-Length: 42\r\n\r\n" + alphabet)
}

// textWide sends characters of zero and two cells, and a byte of none.
func textWide(x *rawExchange) {
	x.send("HTTP/1.1 200 好\r\nX-Wide: 南方科技大学 \U0001F600\r\nX-Combining: e\u0301 a\u0308\u0323\r\nX-Broken: \xff\xfe\r\nContent-Type: text/plain\r\nContent-Length: 42\r\n\r\n" + alphabet)
}

// textLong sends a value that fills several segments.
func textLong(x *rawExchange) {
	x.send("HTTP/1.1 200 OK\r\nX-Long: " + strings.Repeat("0123456789", 3000) +
		"\r\nContent-Type: text/plain\r\nContent-Length: 42\r\n\r\n" + alphabet)
}
