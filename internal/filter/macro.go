package filter

import (
	"slices"
	"strings"

	"httpscope/internal/texts"
)

// macro is an expression with holes for arguments, $1, $2 and so on.
type macro struct {
	body string
	args int
}

// macros are those that Wireshark 4 comes with, by name.
var macros = map[string]macro{
	"private_ipv4":     {"$1 == 192.168.0.0/16 or $1 == 172.16.0.0/12 or $1 == 10.0.0.0/8", 1},
	"private_ethernet": {"$1[0] & 0x0F == 2", 1},
	"private_ipv6":     {"ipv6 and $1 == fc00::/7", 1},
}

// substitution is what stands after a $: ${name}, ${name;arg;arg}, ${name:arg} or
// $name(arg, arg).
type substitution struct {
	at, to int
	name   string
	nameAt int
	args   []string
	bare   bool // ${name}: a field's name makes it a reference
}

// refers reports a reference to the selected row.
func (d *substitution) refers() bool {
	_, is := macros[d.name]
	return d.bare && !is
}

// substitution steps over $ and what belongs to it.
func (p *parser) substitution() *substitution {
	open := p.take()
	switch t := p.peek(); {
	case t.kind == signToken && t.text == "{" && t.at == open.to:
		return p.braced(open)
	case t.kind == wordToken && t.at == open.to && p.tokens[p.next+1].text == "(" && p.tokens[p.next+1].at == t.to:
		return p.called(open)
	}
	panic(wrong(open.at, open.to, "filter.dollar").
		suggest("filter.write-reference"))
}

// braced reads what is between ${ and }.
func (p *parser) braced(open *token) *substitution {
	from := p.take().to
	n := strings.IndexByte(p.expr[from:], '}')
	if n < 0 {
		panic(wrong(open.at, len(p.expr), "filter.open-reference"))
	}
	text := p.expr[from : from+n]
	d := &substitution{at: open.at, to: from + n + 1, nameAt: from, name: text, bare: true}
	if i := strings.IndexAny(text, ":;"); i >= 0 {
		d.name, d.bare = text[:i], false
		d.args = arguments(text[i+1:])
	}
	p.skip(d.to)
	return d
}

// called reads $name(…).
func (p *parser) called(open *token) *substitution {
	name := p.take()
	from := p.take().to
	n := strings.IndexByte(p.expr[from:], ')')
	if n < 0 {
		panic(wrong(open.at, len(p.expr), "filter.open-macro"))
	}
	d := &substitution{at: open.at, to: from + n + 1, nameAt: name.at, name: name.text}
	d.args = arguments(p.expr[from : from+n])
	p.skip(d.to)
	return d
}

// arguments are separated by commas or semicolons, also within brackets, as in
// Wireshark.
func arguments(text string) []string {
	if strings.TrimSpace(text) == "" {
		return nil
	}
	all := strings.Split(strings.ReplaceAll(text, ";", ","), ",")
	for i := range all {
		all[i] = strings.TrimSpace(all[i])
	}
	return all
}

// skip goes on with the token that begins at a place or after it.
func (p *parser) skip(to int) {
	for t := p.peek(); t.kind != endToken && t.kind != badToken && t.at < to; t = p.peek() {
		p.next++
	}
}

// expand puts the tokens of macros in place of them. They are not grouped, as in
// Wireshark: not $private_ipv4(ip.src) denies the first of its tests alone. Arguments
// hold no macros: each could be there several times, and so on within.
func (p *parser) expand() {
	var all []token
	for p.peek().kind != endToken && p.peek().kind != badToken {
		from := p.next
		if !p.is("$") {
			all = append(all, *p.take())
			continue
		}
		if d := p.substitution(); d.refers() {
			all = append(all, p.tokens[from:p.next]...)
		} else {
			all = append(all, d.tokens()...)
		}
	}
	p.tokens, p.next = append(all, p.tokens[p.next:]...), 0
}

// tokens are those that a macro stands for. All of them are where it is.
func (d *substitution) tokens() []token {
	all := scan(d.body())
	last := all[len(all)-1]
	if last.kind == badToken {
		panic(wrong(d.at, d.to, "filter.macro-unread", d.name, d.body(), last.fault.Message))
	}
	all = all[:len(all)-1]
	for i := range all {
		all[i].at, all[i].to = d.at, d.to
	}
	return all
}

// body is the text of a macro with its arguments in it.
func (d *substitution) body() string {
	m, ok := macros[d.name]
	if !ok {
		panic(wrong(d.nameAt, d.nameAt+len(d.name), "filter.no-macro", d.name).
			suggest("filter.macros", texts.ListOf("", macroNames())))
	}
	if len(d.args) != m.args {
		panic(wrong(d.at, d.to, "filter.macro-arguments", d.name, m.args, len(d.args)).
			suggest("filter.write-argument", d.name))
	}
	if strings.Contains(d.args[0], "$") {
		panic(wrong(d.at, d.to, "filter.macro-nested"))
	}
	return strings.ReplaceAll(m.body, "$1", d.args[0])
}

func macroNames() []string {
	var names []string
	for n := range macros {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}
