package pcapfilter

import (
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"httpscope/internal/texts"
)

// maxText bounds a filter, in bytes, and with it the depth of its parentheses.
const maxText = 4096

// direction says which of the two addresses or ports must match.
type direction uint8

const (
	either direction = iota
	source
	destination
	both
)

// qualifiers stand before a value. The zero value qualifies nothing.
type qualifiers struct {
	protocol  string // "ip", "ip6", "tcp", "udp" or ""
	direction direction
	kind      string // "host", "net", "port", "portrange"; "" when a value has nothing to inherit
}

var (
	protocols = []string{"ip", "ip6", "tcp", "udp"}
	kinds     = []string{"host", "net", "port", "portrange"}
)

// parser reads a filter by recursive descent, as pcap's grammar
// (pcap-filter(7) and libpcap's grammar.y) does from the left.
type parser struct {
	text string
	all  []token
	link link
}

func (p *parser) peek() token { return p.all[0] }

func (p *parser) take() token {
	t := p.all[0]
	if t.kind != end {
		p.all = p.all[1:]
	}
	return t
}

// filter reads the whole text. A filter of nothing accepts everything.
func (p *parser) filter() (*node, error) {
	if len(p.text) > maxText {
		return nil, p.fail(maxText, "pcapfilter.long", maxText)
	}
	if p.peek().kind == end {
		return always, nil
	}
	n, err := p.expression()
	if err != nil {
		return nil, err
	}
	if t := p.peek(); t.kind != end {
		return nil, p.fail(t.at, "pcapfilter.unexpected", t.text)
	}
	return n, nil
}

// expression reads terms, and after the first one values too, up to something
// that joins neither.
func (p *parser) expression() (*node, error) {
	left, q, err := p.term()
	if err != nil {
		return nil, err
	}
	for p.peek().kind == and || p.peek().kind == or {
		join := p.take().kind
		var right *node
		if p.valueAhead() {
			right, err = p.value(q)
		} else {
			right, q, err = p.term()
		}
		if err != nil {
			return nil, err
		}
		left = joined(join, left, right)
	}
	return left, nil
}

// valueAhead tells a value, perhaps negated or in parentheses, from a term.
func (p *parser) valueAhead() bool {
	for _, t := range p.all {
		if t.kind != not && t.kind != open {
			return t.kind == value
		}
	}
	return false
}

// term reads a negation, a group, a protocol or a qualified value, and returns
// the qualifiers that a value after it inherits.
func (p *parser) term() (*node, qualifiers, error) {
	switch t := p.peek(); t.kind {
	case not:
		p.take()
		n, q, err := p.term()
		return negated(n), q, err
	case open:
		p.take()
		n, err := p.expression()
		if err == nil {
			err = p.shut(t)
		}
		return n, qualifiers{}, err
	case word:
		return p.qualified()
	case value:
		return nil, qualifiers{}, p.fail(t.at, "pcapfilter.bare", t.text, example(t.text))
	case end:
		return nil, qualifiers{}, p.fail(t.at, "pcapfilter.ends")
	default:
		return nil, qualifiers{}, p.fail(t.at, "pcapfilter.unexpected", t.text)
	}
}

// example is how a bare value could have been meant.
func example(text string) string {
	if _, err := strconv.ParseUint(text, 0, 16); err == nil {
		return "port " + text
	}
	if strings.Contains(text, "/") {
		return "net " + text
	}
	return "host " + text
}

func (p *parser) shut(opened token) error {
	if t := p.take(); t.kind != shut {
		return p.fail(opened.at, "pcapfilter.open")
	}
	return nil
}

// qualified reads a protocol, or qualifiers and their value.
func (p *parser) qualified() (*node, qualifiers, error) {
	first := p.peek()
	var q qualifiers
	if slices.Contains(protocols, first.text) {
		q.protocol = p.take().text
	}
	directed := p.direction(&q)
	if t := p.peek(); t.kind == word && slices.Contains(kinds, t.text) {
		q.kind = p.take().text
	} else if directed {
		q.kind = "host"
	} else if q.protocol != "" {
		return p.link.protocol(q.protocol), qualifiers{}, nil
	} else {
		return nil, q, p.fail(first.at, "pcapfilter.unknown", first.text)
	}
	if err := p.fits(q, first); err != nil {
		return nil, q, err
	}
	if !p.valueAhead() {
		t := p.peek()
		if t.kind == word {
			return nil, q, p.fail(t.at, "pcapfilter.name", t.text)
		}
		return nil, q, p.fail(t.at, "pcapfilter.no-value", q.kind)
	}
	n, err := p.value(q)
	return n, q, err
}

// direction reads src, dst, or both with "or" or "and" between them.
func (p *parser) direction(q *qualifiers) bool {
	directions := map[string]direction{"src": source, "dst": destination}
	first, ok := directions[p.peek().text]
	if !ok {
		return false
	}
	p.take()
	q.direction = first
	if join := p.peek().kind; (join == and || join == or) && len(p.all) > 1 {
		if second, ok := directions[p.all[1].text]; ok && second != first {
			p.all = p.all[2:]
			q.direction = map[kind]direction{and: both, or: either}[join]
		}
	}
	return true
}

// fits refuses a protocol that has no such addresses or ports.
func (p *parser) fits(q qualifiers, first token) error {
	ports := q.kind == "port" || q.kind == "portrange"
	transport := q.protocol == "tcp" || q.protocol == "udp"
	if q.protocol != "" && ports != transport {
		return p.fail(first.at, "pcapfilter.has-no", q.protocol, q.kind)
	}
	return nil
}

// value reads one value, its negation, or several in parentheses.
func (p *parser) value(q qualifiers) (*node, error) {
	switch t := p.take(); t.kind {
	case not:
		n, err := p.value(q)
		return negated(n), err
	case open:
		n, err := p.values(q)
		if err == nil {
			err = p.shut(t)
		}
		return n, err
	case value:
		return p.one(q, t)
	default:
		return nil, p.fail(t.at, "pcapfilter.value")
	}
}

// values reads values joined by and, or.
func (p *parser) values(q qualifiers) (*node, error) {
	left, err := p.value(q)
	for err == nil && (p.peek().kind == and || p.peek().kind == or) {
		join := p.take().kind
		var right *node
		if right, err = p.value(q); err == nil {
			left = joined(join, left, right)
		}
	}
	return left, err
}

// one reads the text of a value by its kind.
func (p *parser) one(q qualifiers, t token) (*node, error) {
	switch q.kind {
	case "port":
		return p.ports(q, t, t.text, t.text)
	case "portrange":
		low, high, found := strings.Cut(t.text, "-")
		if !found {
			high = low
		}
		return p.ports(q, t, low, high)
	case "host", "net":
		return p.address(q, t)
	}
	return nil, p.fail(t.at, "pcapfilter.bare-value", t.text)
}

// ports reads the lowest and the highest port of a range, in either order.
func (p *parser) ports(q qualifiers, t token, low, high string) (*node, error) {
	a, why := port(low)
	b, other := port(high)
	if why.IsZero() {
		why = other
	}
	if !why.IsZero() {
		return nil, p.fail(t.at, why.Key, why.Args...)
	}
	return p.link.ports(q, min(a, b), max(a, b)), nil
}

// port reads a number as C writes them, or says why it is none.
func port(text string) (n uint32, why texts.Phrase) {
	number, err := strconv.ParseUint(text, 0, 32)
	if err != nil || strings.Contains(text, "_") || strings.ContainsAny(text, "oObB") &&
		!strings.HasPrefix(strings.ToLower(text), "0x") {
		return 0, texts.Say("pcapfilter.port", text)
	}
	if number > 65535 {
		return 0, texts.Say("pcapfilter.port-large", number)
	}
	return uint32(number), why
}

// address reads a host or a network.
func (p *parser) address(q qualifiers, t token) (*node, error) {
	if q.kind == "host" && strings.Contains(t.text, "/") {
		return nil, p.fail(t.at, "pcapfilter.network", t.text)
	}
	prefix, err := prefix(t.text)
	a := prefix.Addr()
	switch {
	case err != nil || strings.Contains(t.text, "%"):
		return nil, p.fail(t.at, "pcapfilter.address", t.text)
	case prefix.Masked() != prefix:
		return nil, p.fail(t.at, "pcapfilter.bits", t.text, prefix.Masked())
	case q.protocol == "ip" && !a.Is4(), q.protocol == "ip6" && a.Is4():
		return nil, p.fail(t.at, "pcapfilter.version", t.text, q.protocol)
	}
	return p.link.net(q, prefix), nil
}

// prefix reads a network, or an address as the network of it alone.
func prefix(text string) (netip.Prefix, error) {
	if strings.Contains(text, "/") {
		return netip.ParsePrefix(text)
	}
	a, err := netip.ParseAddr(text)
	return netip.PrefixFrom(a, a.BitLen()), err
}
