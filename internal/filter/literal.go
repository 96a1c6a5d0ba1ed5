package filter

import (
	"cmp"
	"encoding/hex"
	"errors"
	"net/netip"
	"strconv"
	"strings"
	"time"
)

// convert reads a literal as a value of a type; or says why it is none.
func convert(n *node, t Type) (value, *Error) {
	switch {
	case t == Boolean:
		return n.boolean()
	case t.number():
		return n.unsigned(t)
	case t == String:
		return text(n.characters()), nil
	case t.text():
		return n.bytes()
	case t.address():
		return n.address(t)
	case t == TimeOffset:
		return n.offset()
	}
	return n.date()
}

// characters is the text of a literal.
func (n *node) characters() string {
	if n.lit == wordToken {
		return n.name
	}
	return n.value
}

// misfit is the error that a literal is no value of a type.
func (n *node) misfit(t Type) *Error {
	return wrong(n.at, n.to, "filter.misfit", n.name, t.Name())
}

// unquoted is the error that a literal is in quotes and must not be.
func (n *node) unquoted(t Type) *Error {
	e := n.misfit(t)
	if word := strings.TrimSpace(n.value); word != "" && t != Bytes {
		if _, err := convert(&node{form: literalForm, lit: wordToken, name: word}, t); err == nil {
			e.says("filter.unquoted", t.Name()).suggest("filter.write", word)
		}
	}
	return e
}

func (n *node) boolean() (value, *Error) {
	switch n.characters() {
	case "True", "TRUE", "true":
		return boolean(true), nil
	case "False", "FALSE", "false":
		return boolean(false), nil
	}
	v, err := n.unsigned(Unsigned64)
	if err != nil {
		return v, n.misfit(Boolean).suggest("filter.write-boolean")
	}
	return boolean(v.n != 0), nil
}

func (n *node) unsigned(t Type) (value, *Error) {
	switch n.lit {
	case charToken:
		return number(uint64(n.value[0])), nil
	case textToken:
		return value{}, n.unquoted(t)
	}
	u, err := strconv.ParseUint(n.name, 0, 64)
	if errors.Is(err, strconv.ErrSyntax) || strings.Contains(n.name, "_") {
		return value{}, n.misfit(t)
	}
	if err != nil || u > t.limit() {
		return value{}, wrong(n.at, n.to, "filter.large", n.name, t.Name(), t.limit())
	}
	return number(u), nil
}

// bytes reads text in quotes, hexadecimal pairs with or without : . - between
// them, and 0xff, which is one byte. A digit may stand alone, but not beside a
// colon: 8.0 and 8 are bytes, 8:0 is none.
func (n *node) bytes() (value, *Error) {
	if n.lit != wordToken {
		return text(n.value), nil
	}
	s := strings.TrimSuffix(strings.TrimPrefix(n.name, ":"), ":") // 40: is the byte of @ip.ttl since version 4.2
	if x := strings.TrimPrefix(strings.ToLower(s), "0x"); len(x) == 2 && len(s) == 4 {
		s = x
	}
	b, ok := hexBytes(s)
	if !ok {
		return value{}, n.misfit(Bytes).suggest("filter.write-bytes")
	}
	return text(string(b)), nil
}

// hexBytes reads bytes between separators of one kind. An odd digit at the end
// of a part is a byte.
func hexBytes(s string) (all []byte, ok bool) {
	separator := ""
	if at := strings.IndexAny(s, ":.-"); at >= 0 {
		separator = s[at : at+1]
	}
	for part := range strings.SplitSeq(s, cmp.Or(separator, ":")) {
		odd := len(part)%2 == 1
		if odd {
			part = part[:len(part)-1] + "0" + part[len(part)-1:]
		}
		b, err := hex.DecodeString(part)
		if err != nil || len(b) == 0 || separator == ":" && (odd || len(b) > 1) {
			return nil, false
		}
		all = append(all, b...)
	}
	return all, true
}

func isAddress(s string) bool {
	_, err := netip.ParseAddr(s)
	return err == nil
}

func (n *node) address(t Type) (value, *Error) {
	if n.lit != wordToken {
		return value{}, n.unquoted(t)
	}
	host, length, prefix := strings.Cut(n.name, "/")
	a, err := netip.ParseAddr(host)
	if err != nil || a.Is4() != (t == IPv4) || a.Zone() != "" {
		e := n.misfit(t)
		switch {
		case err == nil && t == IPv4:
			e.suggest("filter.in-ipv6")
		case err == nil:
			e.suggest("filter.in-ip")
		default:
			e.suggest("filter.write-address")
		}
		return value{}, e
	}
	v := address(a)
	if prefix {
		bits, err := strconv.Atoi(length)
		if err != nil || bits > a.BitLen() {
			return value{}, wrong(n.at, n.to, "filter.prefix", t.Name(), a.BitLen())
		}
		v.bits = uint8(bits) + 1
	}
	return v, nil
}

// offset reads seconds with up to nine decimals.
func (n *node) offset() (value, *Error) {
	if n.lit != wordToken {
		return value{}, n.unquoted(TimeOffset)
	}
	whole, part, _ := strings.Cut(n.name, ".")
	digits := whole + part
	s, err := strconv.ParseInt(whole, 10, 34) // 2^33 seconds are centuries, and fit in 64 bits of nanoseconds
	if err != nil || strings.Trim(digits, "0123456789") != "" || len(part) > 9 {
		return value{}, n.misfit(TimeOffset).suggest("filter.write-seconds")
	}
	f, _ := strconv.ParseInt((part + "000000000")[:9], 10, 64)
	return signed(s*1e9 + f), nil
}

// dates are the notations of date and time. Those without a zone are in local
// time, as in Wireshark.
var dates = []string{"2006-01-02 15:04:05.999999999", "2006-01-02 15:04", "2006-01-02",
	"2006-01-02 15:04:05.999999999Z07:00",
	"2006-01-02 15:04:05.999999999-0700", "Jan _2, 2006 15:04:05.999999999", "Jan _2, 2006"}

func (n *node) date() (value, *Error) {
	s, zone := n.characters(), time.Local
	if rest, ok := strings.CutSuffix(s, " UTC"); ok {
		s, zone = rest, time.UTC
	}
	if len(s) > 10 && s[10] == 'T' {
		s = s[:10] + " " + s[11:]
	}
	for _, layout := range dates {
		if at, err := time.ParseInLocation(layout, s, zone); err == nil && at.Year() > 1700 && at.Year() < 2200 {
			return signed(at.UnixNano()), nil
		}
	}
	return value{}, n.misfit(DateTime).suggest("filter.write-date")
}
