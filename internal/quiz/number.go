package quiz

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// unitWords may stand around a number without changing it.
var unitWords = []string{
	"bytes", "byte", "b", "octets", "packets", "packet", "pkt", "frames", "frame", "number", "no", "nr",
	"#", "ms", "milliseconds", "chunks", "chunk", "exchanges", "exchange", "connections", "connection",
	"port", "responses", "about", "approximately", "字节", "字", "个字节", "包", "个包", "帧", "毫秒",
	"个", "块", "号", "第", "端口", "条", "约", "大约",
}

// grouped is a number whose digits stand in groups of three, with one kind of
// separator: 1,001 or 1 001 or 1'001 or 1_001.
var grouped = regexp.MustCompile(
	`^-?[0-9]{1,3}(?:(?:,[0-9]{3})+|(?: [0-9]{3})+|(?:'[0-9]{3})+|(?:_[0-9]{3})+)(?:\.[0-9]+)?$`)

// plain is a decimal number without separators. An exponent or a word such as
// Inf is no answer that anybody types.
var plain = regexp.MustCompile(`^[-+]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)$`)

// parseNumber reads a number as people type it; false when it is none.
func parseNumber(s string, hex, verbatim bool) (float64, bool) {
	if !hex && !strings.ContainsFunc(s, unicode.IsDigit) {
		return 0, false // as most choices are
	}
	s = bare(s)
	if digits, ok := strings.CutPrefix(s, "0x"); ok && !verbatim {
		return parseHex(digits)
	}
	if hex {
		return parseHex(strings.TrimSuffix(s, "h"))
	}
	if !plain.MatchString(s) {
		if !grouped.MatchString(s) {
			return 0, false
		}
		s = strings.NewReplacer(",", "", " ", "", "'", "", "_", "").Replace(s)
	}
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil
}

func parseHex(s string) (float64, bool) {
	n, err := strconv.ParseUint(s, 16, 53)
	return float64(n), err == nil
}

// bare is a typed number without the words and signs around it.
func bare(s string) string {
	s = strings.TrimSuffix(strings.TrimSuffix(strings.TrimSpace(s), `\r\n`), `\R\N`)
	s = strings.TrimLeft(normal(s), "=~ ")
	for before := ""; before != s; {
		before = s
		for _, w := range unitWords {
			s = without(s, strings.TrimSuffix(s, w), w)
			s = without(s, strings.TrimPrefix(s, w), w)
		}
	}
	return s
}

// without is rest, which is s less a unit, or s where the unit is part of the
// number.
func without(s, rest, unit string) string {
	if rest == s || !parted(rest, unit) {
		return s
	}
	return strings.TrimSpace(rest)
}

// parted reports a unit that is no part of the number: b is a digit of 1b when
// nothing stands between them.
func parted(rest, unit string) bool {
	if len(unit) > 1 || unit == "#" {
		return true
	}
	return rest == "" || strings.HasSuffix(rest, " ") || strings.HasPrefix(rest, " ")
}
