package page

import (
	"fmt"
	"strings"

	"httpscope/internal/visible"
)

// shell is how a shell wants a command line.
type shell struct {
	program string
	comment string // begins a comment line
	around  string // format of the whole command
	most    int    // bytes of a body that fit into a command line
	piped   bool   // a body of any bytes can come from printf
	quote   func(s string) (quoted string, ok bool)
}

func shellFor(name string) shell {
	switch name {
	case ShellCmd:
		return shell{"curl.exe", "rem ", "%s", 2000, false, quoteCmd}
	case ShellPowerShell:
		// From version 7.3 on PowerShell escapes quotes of arguments itself,
		// before it does not; the variable makes all of them do as before.
		return shell{"curl.exe", "# ", "& { $PSNativeCommandArgumentPassing = 'Legacy'; %s }", 8000, false,
			quotePowerShell}
	}
	return shell{"curl", "# ", "%s", 32 << 10, true, quotePOSIX}
}

// must quotes what is made of this program's own words.
func (s shell) must(text string) string {
	q, ok := s.quote(text)
	if !ok {
		panic("page: " + s.program + " cannot carry " + text)
	}
	return q
}

// substitution begins an argument that printf writes.
const substitution = `"$(printf `

// quotePOSIX quotes for sh, bash, zsh and fish. Control characters would be
// obeyed by the terminal into which the command is pasted, quoted or not, and
// fish reads a backslash in single quotes, so both are written by printf.
func quotePOSIX(s string) (string, bool) {
	if strings.IndexByte(s, 0) >= 0 {
		return "", false // no argument can hold it
	}
	if bare(s) {
		return s, true
	}
	if visible.Text(s) == s && !strings.Contains(s, `\`) {
		return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'", true
	}
	if strings.HasSuffix(s, "\n") {
		return "", false // a substitution drops line ends
	}
	return substitution + printfArgument(s) + `)"`, true
}

// bare reports words that need no quotes in any shell.
func bare(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		case i > 0 && strings.IndexByte("-_./:", c) >= 0:
		default:
			return false
		}
	}
	return s != ""
}

// printfArgument is a format of printf that writes the bytes of s. All bytes
// that mean something to a shell, a terminal or printf are octal.
func printfArgument(s string) string {
	var b strings.Builder
	b.WriteByte('\'')
	for i := range len(s) {
		if c := s[i]; plainByte(c) && (i > 0 || c != '-') {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, `\%03o`, c)
		}
	}
	b.WriteByte('\'')
	return b.String()
}

// plainByte reports bytes that mean nothing special anywhere.
func plainByte(c byte) bool {
	switch {
	case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		return true
	}
	return strings.IndexByte(" -_.,:;/=+@&?()[]{}<>#~*", c) >= 0
}

// windowsSafe reports text of printable ASCII: other characters may be
// replaced by similar ones, among them quotes, on their way to a program.
func windowsSafe(s string) bool {
	for i := range len(s) {
		if s[i] < 0x20 || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

// argument writes s as programs of Windows read an argument in quotes: a quote
// has a backslash before it, and backslashes before a quote are doubled.
func argument(s string) string {
	var b strings.Builder
	slashes := 0
	for i := range len(s) {
		switch s[i] {
		case '\\':
			slashes++
		case '"':
			b.WriteString(strings.Repeat(`\`, slashes+1))
			slashes = 0
		default:
			slashes = 0
		}
		b.WriteByte(s[i])
	}
	b.WriteString(strings.Repeat(`\`, slashes))
	return b.String()
}

// quoteCmd quotes for cmd.exe. Every character that cmd could read has a caret
// before it, the quotes too, so that cmd is never inside quotes. The character
// after a percent sign has one as well: no variable has a caret in its name.
func quoteCmd(s string) (string, bool) {
	if !windowsSafe(s) {
		return "", false
	}
	var b strings.Builder
	b.WriteString(`^"`)
	for i, c := range []byte(argument(s)) {
		if !cmdPlain(c) || i > 0 && b.String()[b.Len()-1] == '%' {
			b.WriteByte('^')
		}
		b.WriteByte(c)
	}
	b.WriteString(`^"`)
	return b.String(), true
}

func cmdPlain(c byte) bool {
	switch {
	case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9', c == '%':
		return true
	}
	return strings.IndexByte(" -_.,:;/=+@?~*'\\", c) >= 0
}

// quotePowerShell quotes for PowerShell, which puts quotes round an argument
// with spaces. Its versions disagree on backslashes before that last quote.
func quotePowerShell(s string) (string, bool) {
	spaces := strings.Contains(s, " ")
	if !windowsSafe(s) || s == "" || spaces && strings.HasSuffix(s, `\`) {
		return "", false
	}
	arg := argument(s)
	if !spaces {
		arg = strings.TrimRight(arg, `\`) + s[len(strings.TrimRight(s, `\`)):]
	}
	return "'" + strings.ReplaceAll(arg, "'", "''") + "'", true
}
