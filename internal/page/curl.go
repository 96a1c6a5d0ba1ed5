package page

import (
	"fmt"
	"net/netip"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/grammar"
	"httpscope/internal/layer"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// Shells that [Curl] writes for.
const (
	ShellPOSIX      = "posix"
	ShellCmd        = "cmd"        // cmd.exe of Windows
	ShellPowerShell = "powershell" // of Windows, and later ones
)

// Curl writes the request as a curl command that sends it again to the same
// address, for one of the shells; any other name means [ShellPOSIX]. body is
// the request's body without chunk framing.
//
// What came from the network stays data: it is quoted for the shell, it can
// become no option of curl, and it can make curl read no file. What a command
// line cannot carry is left out, and a comment line above the command says so.
// It is "" when the request was not captured.
func Curl(lang texts.Lang, x *trace.Exchange, body []byte, shell string) string {
	if x.Request == nil || x.Request.Head == nil || x.Conn == nil {
		return ""
	}
	c := curl{texts: texts.In(lang), head: x.Request.Head, server: x.Conn.Ends[layer.Server], body: body,
		shell: shellFor(shell)}
	c.method()
	c.target()
	c.fields()
	c.data()
	return c.String()
}

// curl is a command that is being built.
type curl struct {
	texts  texts.Catalogue
	head   *trace.Head
	server netip.AddrPort
	body   []byte
	shell  shell
	args   []string // quoted
	notes  []string // what was left out, in own words
}

func (c *curl) add(args ...string) { c.args = append(c.args, args...) }

// note says what is different from the request, once.
func (c *curl) note(key string, args ...any) {
	s := c.texts.Phrase(key, args...)
	for _, n := range c.notes {
		if n == s {
			return
		}
	}
	c.notes = append(c.notes, s)
}

// quoted adds an option with a value from the network; false when the shell
// cannot carry it.
func (c *curl) quoted(option, value string) bool {
	q, ok := c.shell.quote(value)
	if ok {
		c.add(option, q)
	}
	return ok
}

// method adds the version and the method; GET is what curl does by itself.
func (c *curl) method() {
	switch {
	case c.head.Version == "":
		c.add("--http0.9")
		c.note("page.curl.no-version")
	case c.head.Version == "HTTP/1.0":
		c.add("--http1.0")
	}
	switch {
	case c.head.Method == "HEAD" && len(c.body) == 0:
		c.add("--head")
	case c.head.Method == "GET" && len(c.body) == 0:
	case !grammar.IsToken(c.head.Method):
		c.note("page.curl.no-token")
	default:
		if !c.quoted("--request", c.head.Method) {
			c.note("page.curl.no-method")
		}
	}
}

// target adds the address of the server that was asked, not what the request
// names: a target may begin with file: and make curl read a file.
func (c *curl) target() {
	url := "http://" + c.server.String()
	if !c.server.IsValid() {
		url = "http://localhost"
	}
	if c.head.Form() == httpdecode.OriginForm && plainTarget(c.head.Target) {
		if strings.ContainsAny(c.head.Target, "[]") {
			c.add("--globoff")
		}
		if strings.Contains(c.head.Target, "/.") || strings.Contains(strings.ToLower(c.head.Target), "%2e") {
			c.add("--path-as-is")
		}
		c.add(c.shell.must(url + c.head.Target))
		return
	}
	c.add(c.shell.must(url + "/"))
	if !c.quoted("--request-target", c.head.Target) {
		c.note("page.curl.no-target")
	}
}

// plainTarget reports a target that curl sends as it stands in a URL.
func plainTarget(s string) bool {
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 0x7f || strings.IndexByte("#\\\"<>^`{|}", c) >= 0 {
			return false
		}
	}
	return true
}

// fields adds the fields as sent, and takes away those that curl adds itself.
func (c *curl) fields() {
	left, host := 0, false
	for i := range c.head.Fields {
		f := &c.head.Fields[i]
		if f.ID == httpdecode.FieldContentLength && (len(c.body) > 0 || f.Value != "0") {
			continue // curl counts
		}
		if f.ID == httpdecode.FieldTransferEncoding && len(c.body) == 0 {
			continue // without a body curl would wait for one
		}
		if f.ID == httpdecode.FieldHost && !host && f.Value == c.server.String() {
			host = true
			continue // it is in the URL
		}
		// curl reads "@name" as a file's name: only tokens may begin a field.
		if !grammar.IsToken(f.Name) || !c.quoted("--header", fieldText(f)) {
			left++
		}
	}
	if left > 0 {
		c.note("page.curl.no-fields", left)
	}
	for _, name := range []string{"User-Agent", "Accept", "Host"} {
		if _, ok := c.head.Get(name); !ok {
			c.add("--header", c.shell.must(name+":"))
		}
	}
}

// fieldText is how curl wants a field: a semicolon stands for an empty value.
func fieldText(f *httpdecode.Field) string {
	if f.Value == "" {
		return f.Name + ";"
	}
	return f.Name + ": " + f.Value
}

// data adds the body.
func (c *curl) data() {
	if len(c.body) == 0 {
		if n := c.head.Framing().Length; n > 0 {
			c.note("page.curl.no-body", texts.Say("count.byte", n))
		}
		return
	}
	for _, name := range []string{"Content-Type", "Expect"} {
		if _, ok := c.head.Get(name); !ok {
			c.add("--header", c.shell.must(name+":"))
		}
	}
	if len(c.body) <= c.shell.most {
		if q, ok := c.shell.quote(string(c.body)); ok && !strings.HasPrefix(q, substitution) {
			c.add("--data-raw", q)
			return
		}
		if c.shell.piped {
			c.add("--data-binary", "@-")
			return
		}
	}
	c.note("page.curl.body-file", texts.Say("count.byte", len(c.body)))
	c.add("--data-binary", c.shell.must("@body.bin"))
}

// String is the command under its comments.
func (c *curl) String() string {
	var b strings.Builder
	for _, n := range c.notes {
		b.WriteString(c.shell.comment + n + "\n")
	}
	command := c.shell.program + " " + strings.Join(c.args, " ")
	if n := len(c.args); n > 0 && c.args[n-1] == "@-" {
		command = "printf " + printfArgument(string(c.body)) + " | " + command
	}
	return b.String() + fmt.Sprintf(c.shell.around, command)
}
