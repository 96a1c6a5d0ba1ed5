package page_test

import (
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"httpscope/internal/page"
	"httpscope/internal/texts"
)

// curlOf is the command for a request with a body.
func curlOf(t *testing.T, request, body, shell string) string {
	t.Helper()
	r := conversation(t, 1000, []byte(request+body), nil)
	if len(r.Exchanges) == 0 || r.Exchanges[0].Request == nil {
		return ""
	}
	return page.Curl(texts.English, r.Exchanges[0], []byte(body), shell)
}

func TestCurl(t *testing.T) {
	for _, c := range []struct{ name, request, body, shell, want string }{
		{"the plain case", "GET /a?b=c HTTP/1.1\r\nHost: 10.0.0.1:8080\r\nUser-Agent: x\r\nAccept: */*\r\n\r\n", "",
			page.ShellPOSIX,
			`curl 'http://10.0.0.1:8080/a?b=c' --header 'User-Agent: x' --header 'Accept: */*'`},
		{"fields that curl would add are taken away", "GET / HTTP/1.0\r\n\r\n", "", page.ShellPOSIX,
			`curl --http1.0 http://10.0.0.1:8080/ --header User-Agent: --header Accept: --header Host:`},
		{"an empty value", "GET / HTTP/1.1\r\nHost: a\r\nAccept:\r\nUser-Agent: u\r\n\r\n", "", page.ShellPOSIX,
			`curl http://10.0.0.1:8080/ --header 'Host: a' --header 'Accept;' --header 'User-Agent: u'`},
		{"a target is never a URL: it may name a file",
			"GET file:///etc/passwd HTTP/1.1\r\nHost: a\r\nAccept: b\r\nUser-Agent: u\r\n\r\n", "", page.ShellPOSIX,
			`curl http://10.0.0.1:8080/ --request-target file:///etc/passwd --header 'Host: a' --header 'Accept: b' --header 'User-Agent: u'`},
		{"@ would read a file of fields", "GET / HTTP/1.1\r\nHost: a\r\n@/etc/passwd: b\r\nAccept: b\r\nUser-Agent: u\r\n\r\n", "", page.ShellPOSIX,
			"# 1 field that a command line cannot carry is left out\ncurl http://10.0.0.1:8080/ --header 'Host: a' --header 'Accept: b' --header 'User-Agent: u'"},
		{"dot segments stay", "GET /a/../%2e%2E/b[1] HTTP/1.1\r\nHost: a\r\nAccept: b\r\nUser-Agent: u\r\n\r\n", "",
			page.ShellPOSIX,
			`curl --globoff --path-as-is 'http://10.0.0.1:8080/a/../%2e%2E/b[1]' --header 'Host: a' --header 'Accept: b' --header 'User-Agent: u'`},
		{"a shell's words are data", "GET /$(id)`id`'x HTTP/1.1\r\nHost: a\r\nAccept: b\r\nUser-Agent: u\r\n\r\n", "",
			page.ShellPOSIX,
			"curl http://10.0.0.1:8080/ --request-target '/$(id)`id`'\\''x' --header 'Host: a' --header 'Accept: b' --header 'User-Agent: u'"},
		{"control characters are never pasted",
			"GET / HTTP/1.1\r\nHost: a\r\nAccept: b\x1b[201~\r\nUser-Agent: u\r\n\r\n", "", page.ShellPOSIX,
			`curl http://10.0.0.1:8080/ --header 'Host: a' --header "$(printf 'Accept: b\033[201~')" --header 'User-Agent: u'`},
		{"a body", "POST / HTTP/1.1\r\nHost: a\r\nAccept: b\r\nUser-Agent: u\r\nContent-Type: t/p\r\nContent-Length: 3\r\n\r\n", "@/x", page.ShellPOSIX,
			`curl --request POST http://10.0.0.1:8080/ --header 'Host: a' --header 'Accept: b' --header 'User-Agent: u' --header 'Content-Type: t/p' --header Expect: --data-raw '@/x'`},
		{"a body of bytes comes by a pipe", "PUT / HTTP/1.1\r\nHost: a\r\nAccept: b\r\nUser-Agent: u\r\nContent-Type: t/p\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n", "-\x00%\xff", page.ShellPOSIX,
			`printf '\055\000\045\377' | curl --request PUT http://10.0.0.1:8080/ --header 'Host: a' --header 'Accept: b' --header 'User-Agent: u' --header 'Content-Type: t/p' --header 'Expect: 100-continue' --data-binary @-`},
		{"cmd.exe", "GET /?a=%PATH%&b HTTP/1.1\r\nHost: a\r\nAccept: \"b\\\"\r\nUser-Agent: u\r\n\r\n", "",
			page.ShellCmd,
			`curl.exe ^"http://10.0.0.1:8080/?a=%^PATH%^&b^" --header ^"Host: a^" --header ^"Accept: \^"b\\\^"^" --header ^"User-Agent: u^"`},
		{"cmd.exe gets bytes from a file", "POST / HTTP/1.1\r\nHost: a\r\nAccept: b\r\nUser-Agent: u\r\nContent-Type: t/p\r\nContent-Length: 2\r\n\r\n", "\r\n", page.ShellCmd,
			"rem write the body, 2 bytes, to the file body.bin first\ncurl.exe --request ^\"POST^\" ^\"http://10.0.0.1:8080/^\" --header ^\"Host: a^\" --header ^\"Accept: b^\" --header ^\"User-Agent: u^\" --header ^\"Content-Type: t/p^\" --header ^\"Expect:^\" --data-binary ^\"@body.bin^\""},
		{"PowerShell", "GET / HTTP/1.1\r\nHost: it's\r\nAccept: \"b\\\"\r\nUser-Agent: $(id)\r\n\r\n", "",
			page.ShellPowerShell,
			`& { $PSNativeCommandArgumentPassing = 'Legacy'; curl.exe 'http://10.0.0.1:8080/' --header 'Host: it''s' --header 'Accept: \"b\\\"' --header 'User-Agent: $(id)' }`},
		{"a quote that PowerShell would take for its own",
			"GET / HTTP/1.1\r\nHost: a\r\nAccept: b\u2019;id\r\nUser-Agent: u\r\n\r\n", "", page.ShellPowerShell,
			"# 1 field that a command line cannot carry is left out\n& { $PSNativeCommandArgumentPassing = 'Legacy'; curl.exe 'http://10.0.0.1:8080/' --header 'Host: a' --header 'User-Agent: u' }"},
		{"HEAD", "HEAD / HTTP/1.1\r\nHost: a\r\nAccept: b\r\nUser-Agent: u\r\n\r\n", "", page.ShellPOSIX,
			`curl --head http://10.0.0.1:8080/ --header 'Host: a' --header 'Accept: b' --header 'User-Agent: u'`},
		{"a body that is announced empty", "POST / HTTP/1.1\r\nHost: a\r\nAccept: b\r\nUser-Agent: u\r\nContent-Length: 0\r\n\r\n", "", page.ShellPOSIX,
			`curl --request POST http://10.0.0.1:8080/ --header 'Host: a' --header 'Accept: b' --header 'User-Agent: u' --header 'Content-Length: 0'`},
	} {
		if got := curlOf(t, c.request, c.body, c.shell); got != c.want {
			t.Errorf("%s:\ngot  %s\nwant %s", c.name, got, c.want)
		}
	}
}

func TestCurlOfNothing(t *testing.T) {
	r := conversation(t, 100, nil, []byte("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
	if got := page.Curl(texts.English, r.Exchanges[0], nil, page.ShellPOSIX); got != "" {
		t.Errorf("without a request: %q", got)
	}
	r = conversation(t, 100, []byte(get), nil)
	r.Exchanges[0].Conn.Ends = [2]netip.AddrPort{}
	if got := page.Curl(texts.English, r.Exchanges[0], nil, ""); !strings.HasPrefix(got, "curl http://localhost/ ") {
		t.Errorf("without an address: %q", got)
	}
}

// drawRequest is a request whose parts are made of what shells obey.
func drawRequest(t *rapid.T, alphabet string) (request, body string) {
	word := rapid.StringOfN(rapid.RuneFrom([]rune(alphabet)), 0, 12, -1)
	value := rapid.Map(word, strings.TrimSpace)
	request = "POST /" + strings.ReplaceAll(word.Draw(t, "target"), " ", "+") + " HTTP/1.1\r\nHost: a\r\nX-A: " +
		value.Draw(t, "value") + "\r\nX-B: b" + value.Draw(t, "value") + "\r\n\r\n"
	return request, word.Draw(t, "body")
}

const shellWords = `ab "'\$&|<>^%!();` + "`" + `[]{}*?#~=@-PATH`

// TestCmdObeysNothing reads the command like cmd.exe, with variables set, and
// then like a program of Windows: what comes out are the arguments, and no
// character had a meaning for cmd.
func TestCmdObeysNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		request, body := drawRequest(rt, shellWords)
		command := curlOf(t, request, body, page.ShellCmd)
		args := windowsArgs(cmdLine(rt, lastLine(command)))
		sameArguments(rt, args, request, body)
		nothingLost(rt, args, command, request)
	})
}

var variable = regexp.MustCompile(`%([^%:]+)(:[^%]*)?%`)

// cmdLine is what cmd.exe passes on: variables first, then carets. Outside of
// quotes nothing may be left that it obeys.
func cmdLine(t *rapid.T, s string) string {
	set := map[string]bool{"PATH": true, "A": true, "a": true, "b": true, "P": true, "ab": true}
	for _, m := range variable.FindAllStringSubmatch(s, -1) {
		if set[m[1]] {
			t.Fatalf("cmd would expand %q in %s", m[0], s)
		}
	}
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '^':
			i++
		case '"', '&', '|', '<', '>', '(', ')', '!', '\n':
			t.Fatalf("cmd would obey %q at %d of %s", s[i], i, s)
		}
		out.WriteByte(s[i])
	}
	return out.String()
}

// windowsArgs splits a command line as programs of Windows do
// (CommandLineToArgvW): backslashes mean something before a quote only.
func windowsArgs(s string) []string {
	var args []string
	var arg strings.Builder
	quoted, begun, slashes := false, false, 0
	flush := func(n int) { arg.WriteString(strings.Repeat(`\`, n)); slashes = 0 }
	for i := range len(s) {
		c := s[i]
		switch {
		case c == '\\':
			slashes++
			begun = true
			continue
		case c == '"' && slashes%2 == 1:
			flush(slashes / 2)
			arg.WriteByte('"')
			continue
		case c == '"':
			flush(slashes / 2)
			quoted, begun = !quoted, true
			continue
		}
		flush(slashes)
		if c == ' ' && !quoted {
			if begun {
				args = append(args, arg.String())
			}
			arg.Reset()
			begun = false
			continue
		}
		arg.WriteByte(c)
		begun = true
	}
	flush(slashes)
	if begun {
		args = append(args, arg.String())
	}
	return args
}

// sameArguments: the arguments are options of curl, and values that stand in
// the request; none of them is new.
func sameArguments(t *rapid.T, args []string, request, body string) {
	t.Helper()
	if len(args) == 0 || args[0] != "curl.exe" {
		t.Fatalf("the program is %q", args)
	}
	options := map[string]bool{"--request": true, "--request-target": true, "--header": true, "--data-raw": true, "--data-binary": true}
	for i := 1; i < len(args); i++ {
		switch {
		case args[i] == "--globoff" || args[i] == "--path-as-is":
		case strings.HasPrefix(args[i], "http://10.0.0.1:8080/"):
			if rest := strings.TrimPrefix(args[i], "http://10.0.0.1:8080"); rest != "/" && !strings.Contains(request, rest) {
				t.Fatalf("the URL %q is not in %q", args[i], request)
			}
		case options[args[i]]:
			i++
			if i == len(args) || !ours(args[i]) && !strings.Contains(request+body, strings.TrimSuffix(args[i], ";")) {
				t.Fatalf("argument %q of %q is not in %q", args[i], args, request+body)
			}
		default:
			t.Fatalf("argument %q of %q is new", args[i], args)
		}
	}
}

// nothingLost: a command without a comment has every field of the request.
func nothingLost(t *rapid.T, args []string, command, request string) {
	t.Helper()
	if strings.Contains(command, "\n") {
		return
	}
	for line := range strings.SplitSeq(strings.TrimRight(request, "\r\n"), "\r\n") {
		name, value, field := strings.Cut(line, ": ")
		if !field || strings.Contains(name, " ") {
			continue
		}
		if value == "" {
			line = name + ";"
		}
		if !slices.Contains(args, line) {
			t.Fatalf("%q is not among %q of %s", line, args, command)
		}
	}
}

// ours are values that stand in no request.
func ours(arg string) bool {
	switch arg {
	case "User-Agent:", "Accept:", "Content-Type:", "Expect:", "@body.bin":
		return true
	}
	return false
}

func lastLine(s string) string { return s[strings.LastIndexByte(s, '\n')+1:] }

// TestPowerShellObeysNothing reads the command like PowerShell before and
// after it changed how it passes arguments on.
func TestPowerShellObeysNothing(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		request, body := drawRequest(rt, shellWords)
		whole := curlOf(t, request, body, page.ShellPowerShell)
		command := lastLine(whole)
		command, ok := strings.CutPrefix(command, "& { $PSNativeCommandArgumentPassing = 'Legacy'; ")
		command, closed := strings.CutSuffix(command, " }")
		if !ok || !closed {
			rt.Fatalf("the command is %s", command)
		}
		for _, doubles := range []bool{false, true} {
			var line []string
			for _, arg := range powerShellWords(rt, command) {
				line = append(line, legacyArgument(arg, doubles))
			}
			args := windowsArgs(strings.Join(line, " "))
			sameArguments(rt, args, request, body)
			nothingLost(rt, args, whole, request)
		}
	})
}

// powerShellWords splits a command of bare words and words in single quotes.
func powerShellWords(t *rapid.T, s string) []string {
	var words []string
	for s != "" {
		if s[0] != '\'' {
			word, rest, _ := strings.Cut(s, " ")
			if strings.ContainsAny(word, "$`\"'(){}&|;<>@#,") {
				t.Fatalf("PowerShell would obey something in %q", word)
			}
			words, s = append(words, word), rest
			continue
		}
		var word strings.Builder
		i := 1
		for ; s[i] != '\'' || i+1 < len(s) && s[i+1] == '\''; i++ {
			if s[i] == '\'' {
				i++
			}
			word.WriteByte(s[i])
		}
		words, s = append(words, word.String()), strings.TrimPrefix(s[i+1:], " ")
	}
	return words
}

// legacyArgument is how PowerShell puts an argument into a command line.
func legacyArgument(arg string, doubles bool) string {
	quotes, needs := 0, false
	for i := range len(arg) {
		switch {
		case arg[i] == '"' && (i == 0 || arg[i-1] != '\\'):
			quotes++
		case arg[i] == ' ' && quotes%2 == 0:
			needs = true
		}
	}
	if !needs {
		return arg
	}
	if doubles {
		arg += arg[len(strings.TrimRight(arg, `\`)):]
	}
	return `"` + arg + `"`
}
