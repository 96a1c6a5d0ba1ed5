package filter

import (
	"errors"
	"strings"
	"testing"
)

// TestErrors holds where a wrong expression is marked, what is said, and what is
// suggested. The mark stands below the expression.
func TestErrors(t *testing.T) {
	for _, c := range []struct{ expr, mark, message, suggestion string }{
		{`http.requset`, `^^^^^^^^^^^^`, `There is no field "http.requset".`, `Did you mean http.request?`},
		{`http.method == "POST"`, `^^^^^^^^^^^`, `There is no field "http.method".`,
			`Did you mean http.request.method?`},
		{`http and tcp.prot == 80`, `         ^^^^^^^^`, `There is no field "tcp.prot".`, `Did you mean tcp.port?`},
		{`HTTP`, `^^^^`, `There is no field "HTTP".`, `Names are in lower case: http.`},
		{`tcp.seq == 1`, `^^^^^^^`, `tcp.seq is a field of packets, and the rows here are exchanges.`,
			`Filter packets with it: httpscope read --packets -Y.`},
		{`dns.qry.name`, `^^^^^^^^^^^^`, `httpscope does not record dns.qry.name, which is a field of Wireshark.`, ``},
		{`tls.handshake.type == 1`, `^^^^^^^^^^^^^^^^^^`,
			`tls.handshake.type is a field of packets, and the rows here are exchanges.`,
			`Filter packets with it: httpscope read --packets -Y.`},
		{`http.request.method = "POST"`, `                    ^`, `"=" stands where and, or, or the end is expected.`,
			`Write ==.`},
		{`tcp.port => 3`, `         ^^`, `"=>" is no operator.`, `Write >=.`},
		{`tcp.port <> 3`, `         ^^`, `"<>" is no operator.`, `Write !=.`},
		{`http AND tcp`, `     ^^^`, `"AND" stands where and, or, or the end is expected.`, `Write and.`},
		{`tcp.port ==`, `           `, `The filter ends where a field or a value is expected.`, ``},
		{`http and`, `        `, `The filter ends where a field or a value is expected.`, ``},
		{`and http`, `^^^`, `"and" stands where a field or a value is expected.`, ``},
		{`(http`, `     `, `The filter ends where ")" is expected. The ( is never closed.`, ``},
		{`http)`, `    ^`, `There is no ( to this ).`, ``},
		{`()`, ` ^`, `")" stands where a field or a value is expected.`, ``},
		{`http http`, `     ^^^^`, `"http" stands where and, or, or the end is expected.`, ``},
		{`http.request.method == "GET" or "POST"`, `                                ^^^^^^`,
			`A value alone is no test.`, `To compare a field with several values write FIELD in {"a", "b"}.`},
		{`http.request.method == GET or POST`, `                              ^^^^`, `There is no field "POST".`,
			`To compare a field with several values write FIELD in {"a", "b"}.`},
		{`http.request.method == ("GET" or "POST")`, `                       ^`,
			`"(" stands where a field or a value is expected.`, `To compare with several values write in {"a", "b"}.`},
		{`http.request.uri == /`, `                    ^`, `"/" stands where a field or a value is expected.`,
			`Put text in double quotes.`},
		{`80 == tcp.port`, `^^`, `The left side of == must be a field or a function of one.`,
			`Put the field on the left.`},
		{`tcp.port == 99999`, `            ^^^^^`,
			`99999 is too large: the largest unsigned integer, 2 bytes is 65535.`, ``},
		{`tcp.port == "80"`, `            ^^^^`,
			`A value of the type unsigned integer, 2 bytes stands without quotes.`, `Write 80.`},
		{`tcp.port == http`, `            ^^^^`,
			`The type on the left is unsigned integer, 2 bytes, and on the right protocol: they do not compare.`, ``},
		{`http.response.code == OK`, `                      ^^`, `OK is no unsigned integer, 2 bytes.`, ``},
		{`http.response == yes`, `                 ^^^`, `yes is no boolean.`, `Write True or False.`},
		{`ip.addr == 127.1`, `           ^^^^^`, `127.1 is no IPv4 address.`,
			`Write an address in numbers: httpscope resolves no host names in filters.`},
		{`ip.addr == ::1`, `           ^^^`, `::1 is no IPv4 address.`, `IPv6 addresses are in ipv6.addr.`},
		{`ip.addr == 10.0.0.0/33`, `           ^^^^^^^^^^^`, `The prefix of an IPv4 address has at most 32 bits.`, ``},
		{`http.time < 10ms`, `            ^^^^`, `10ms is no time offset in seconds.`, `Write seconds, as in 0.25.`},
		{`frame.time > "yesterday"`, `             ^^^^^^^^^^^`, `"yesterday" is no date and time.`,
			`Write "2026-03-02 08:00:00", in local time, or "2026-03-02T08:00:00Z".`},
		{`http contains GET`, `              ^^^`, `GET is no byte sequence.`,
			`Write text in double quotes, or bytes as 47:45:54.`},
		{`tcp contains "GET"`, `^^^`, `The bytes of tcp are in packets, and the rows here are exchanges.`,
			`Search http for bytes of messages, or filter packets: httpscope read --packets -Y.`},
		{`http.response.code contains "4"`, `^^^^^^^^^^^^^^^^^^`,
			`http.response.code has the type unsigned integer, 2 bytes, in which nothing can be contained.`,
			`Write string(http.response.code) to search its text.`},
		{`http.host matches curl`, `                  ^^^^`, `The pattern after matches must stand in double quotes.`,
			``},
		{`http.host matches "("`, `                  ^^^`, "The pattern cannot be read: missing closing ) at \"(\".",
			``},
		{`http.host matches "(?=a)"`, `                  ^^^^^^^`,
			`The pattern cannot be read: invalid or unsupported Perl syntax at "(?=".`,
			`Look-around and back-references of Wireshark's patterns are not known here.`},
		{`http.host matches "(.?.?.?.?.?.?){999}.{999}.{999}.{999}.{999}.{999}.{999}.{999}.{999}"`,
			`                  ` + strings.Repeat("^", 69), `The pattern is too large.`, ``},
		{`http.host == "a`, `             ^^`, `The quote that ends a string is missing.`, ``},
		{`http.host == "\q"`, `              ^^`, `"\\q" is no escape.`,
			`A backslash itself is written \\, or use a raw string: r"…".`},
		{`http.host == 'ab'`, `             ^^^^`, `'ab' is not one character.`, `Put text in double quotes.`},
		{`http.host[a] == "x"`, `          ^`, `"a" is not a place in a slice.`,
			`Write [0:4] for the first four bytes, [2-5] for bytes 2 to 5, or [-1] for the last.`},
		{`http.host[2-1] == "x"`, `          ^^^`, `The range "2-1" ends before it begins.`,
			`Write [0:4] for the first four bytes, [2-5] for bytes 2 to 5, or [-1] for the last.`},
		{`http.host[0:0] == "x"`, `          ^^^`, `The length in "0:0" is not positive.`,
			`Write [0:4] for the first four bytes, [2-5] for bytes 2 to 5, or [-1] for the last.`},
		{`http.host[0`, `         ^^`, `The ] is missing from a slice.`, ``},
		{`tcp.port[0] == 1`, `^^^^^^^^`, `tcp.port has the type unsigned integer, 2 bytes, which has no parts.`,
			`Write string(tcp.port) to slice its text.`},
		{`tcp.port in {80 81}`, `                ^^`,
			`"81" stands where "}" is expected. Members of a set are separated by commas.`, `Write {80, 81}.`},
		{`tcp.port in {80 443 8000..9000, 1 2}`, `                ^^^`,
			`"443" stands where "}" is expected. Members of a set are separated by commas.`,
			`Write {80, 443, 8000..9000, 1, 2}.`},
		{`http.request.method in {"GET" "PUT"} and http`, `                              ^^^^^`,
			`"\"PUT\"" stands where "}" is expected. Members of a set are separated by commas.`,
			`Write {"GET", "PUT"}.`},
		{`tcp.port in {80 81`, `                ^^`,
			`"81" stands where "}" is expected. Members of a set are separated by commas.`, ``},
		{`tcp.port in 80`, `            ^^`, `"80" stands where "{" is expected.`, ``},
		{`len(http.host)`, `^^^^^^^^^^^^^^`, `A function alone is no test.`, `Compare its result with a value.`},
		{`length(http.host) > 3`, `^^^^^^`, `There is no function "length".`,
			`Functions are abs, count, dec, hex, ip_linklocal, ip_multicast, ip_rfc1918, ip_special_mask, ip_special_name, ip_ula, len, lower, max, min, string, upper, vals.`},
		{`upper(tcp.port) == "A"`, `      ^^^^^^^^`,
			`upper takes text, and tcp.port has the type unsigned integer, 2 bytes.`, ``},
		{`(tcp.port + 1) == 3`, `               ^^`, `"==" stands where and, or, or the end is expected.`,
			`Group arithmetic with { }, and tests with ( ).`},
		{`http.host + 1 == 3`, `^^^^^^^^^^^^^`, `One cannot calculate + with the type character string.`, ``},
		{`tcp.dstport-1 == 3`, `^^^^^^^^^^^^^`, `There is no field "tcp.dstport-1".`,
			`Put spaces around a minus sign.`},
		{`tcp.port#0 == 3`, `        ^^`, `Layers are counted from 1.`, ``},
		{`all http`, `        `, `The filter ends where a comparison is expected. The word before it asks how many values must compare.`, ``},
		{`@http.hosts == "a"`, ` ^^^^^^^^^^`, `There is no field "http.hosts".`, `Did you mean http.host?`},
		{`@"a" == "a"`, ` ^^^`, `"\"a\"" stands where a field is expected.`, ``},
		{`ip.src == @ip.dst`, `          ^^^^^^^`,
			`The type on the left is IPv4 address, and on the right byte sequence: they do not compare.`, ``},
		{`tcp.port == ${tcp.port}`, `            ^^^^^^^^^^^`,
			`${tcp.port} is the value in a selected row, and none is selected.`,
			`Select an exchange on the screen, or name a packet: --reference N.`},
		{`tcp.port == ${tcp.prot}`, `              ^^^^^^^^`, `There is no field "tcp.prot".`,
			`Did you mean tcp.port?`},
		{`tcp.port == ${tcp.port`, `            ^^^^^^^^^^`, `The } is missing from ${.`, ``},
		{`${tcp.port}`, `^^^^^^^^^^^`, `A value alone is no test.`, `Compare it with a field.`},
		{`count(${tcp.port}) == 2`, `      ^^^^^^^^^^^`, `count takes a field, not a value.`, ``},
		{`tcp.port == $tcp.port`, `            ^`, `A $ begins a macro or a reference.`,
			`Write ${tcp.port} for the value in the selected row, or $private_ipv4(ip.src) for a macro.`},
		{`${foo:ip.src}`, `  ^^^`, `There is no macro "foo".`,
			`Macros are private_ethernet, private_ipv4, private_ipv6.`},
		{`http and $private_ipv4()`, `         ^^^^^^^^^^^^^^^`,
			`The macro private_ipv4 takes 1 argument, and 0 are given.`, `Write $private_ipv4(FIELD).`},
		{`$private_ipv4($private_ipv4(ip.src))`, `^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^`,
			`An argument of a macro holds no $.`, ``},
		{`vals(tcp.port) == "http"`, `     ^^^^^^^^`, `tcp.port has no names for its values.`,
			`Write dec(FIELD) or hex(FIELD) for a number as text.`},
		{`hex(http.host) == "1"`, `    ^^^^^^^^^`,
			`hex takes a field of numbers, and http.host has the type character string.`, ``},
		{`ip_rfc1918(ipv6.src)`, `           ^^^^^^^^`,
			`ip_rfc1918 takes an IPv4 address, and ipv6.src has the type IPv6 address.`, ``},
		{`ip_special_name(tcp.port) == "x"`, `                ^^^^^^^^`,
			`ip_special_name takes addresses, and tcp.port has the type unsigned integer, 2 bytes.`, ``},
		{`http.host == é`, `             ^^`, `The character "é" has no meaning here.`, `Put text in double quotes.`},
	} {
		_, err := Compile(c.expr)
		var e *Error
		if !errors.As(err, &e) {
			t.Errorf("%s: no error, want %q", c.expr, c.message)
			continue
		}
		mark := strings.Repeat(" ", e.Offset) + strings.Repeat("^", e.Length)
		if mark != strings.TrimRight(c.mark, " ") && mark != c.mark || e.Message.String() != c.message ||
			e.Suggestion.String() != c.suggestion {
			t.Errorf("%s\n%s %s %s\nwant\n%s %s %s", c.expr, mark, e.Message, e.Suggestion, c.mark, c.message,
				c.suggestion)
		}
	}
}

// TestTooMuch holds the bounds of expressions.
func TestTooMuch(t *testing.T) {
	for _, expr := range []string{
		strings.Repeat("http or ", maxExpression/8) + "http",
		strings.Repeat("(", 200) + "http" + strings.Repeat(")", 200),
		strings.Repeat("!", 200) + "http",
		"tcp.port == " + strings.Repeat("{", 200) + "1" + strings.Repeat("}", 200),
		strings.Repeat("abs(", 200) + "tcp.port" + strings.Repeat(")", 200) + " == 1",
	} {
		if _, err := Compile(expr); err == nil {
			t.Errorf("%.40s… (%d bytes) compiles", expr, len(expr))
		}
	}
	if _, err := Compile(strings.Repeat("(", maxDepth) + "http" + strings.Repeat(")", maxDepth)); err != nil {
		t.Error(err)
	}
}
